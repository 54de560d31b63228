// SPDX-License-Identifier: GPL-3.0-or-later
// What this host looks like from inside: its addresses, its interfaces, and the way to another address.
// Next door: user_endpoint.h binds to them, multicast_port.h joins groups on them.
#pragma once

#include "core/base/address.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace kolam::transport {

/// Every address of an interface that is up, but link-local IPv6 (which means nothing without its interface): IPv4
/// before IPv6, and loopback last in each, so that a peer which tries one after the other begins with the useful ones.
[[nodiscard]] std::vector<IpAddress> localAddresses();

struct Interface {
    unsigned index = 0;
    bool loopback = false;
    std::vector<IpAddress> ips;
};
/// The interfaces that are up and can multicast; the loopback interface always counts, although it does not say so.
[[nodiscard]] std::vector<Interface> multicastInterfaces();

struct Route {
    IpAddress source;      // the address that the host would send from
    std::uint32_t mtu = 0; // octets of the largest IP packet that fits
    bool sameHost = false; // the destination is an address of this host
};
/// How the host would send to `destination`; nothing when it has no route.
[[nodiscard]] std::optional<Route> routeTo(const IpAddress& destination);

} // namespace kolam::transport
