// SPDX-License-Identifier: GPL-3.0-or-later
// One address with one UDP port, and how the system calls spell it. Next door: udp_socket.h, who uses it in each call.
#pragma once

#include "core/base/address.h"

#include <cstdint>
#include <netinet/in.h>
#include <sys/socket.h>

namespace kolam::transport {

struct SocketAddress {
    IpAddress ip;
    std::uint16_t port = 0;
    friend auto operator<=>(const SocketAddress&, const SocketAddress&) = default;
};

/// Room for either family's spelling, with the length that is in use.
struct SystemAddress {
    union {
        sockaddr generic;
        sockaddr_in v4;
        sockaddr_in6 v6;
    };
    socklen_t length = sizeof(sockaddr_in6);

    SystemAddress() : v6{} {}
    explicit SystemAddress(const SocketAddress& address);
    [[nodiscard]] SocketAddress read() const;
};

[[nodiscard]] IpAddress toIpAddress(const in_addr& address);
[[nodiscard]] IpAddress toIpAddress(const in6_addr& address);
[[nodiscard]] in_addr toInAddr(const IpAddress& address);
[[nodiscard]] in6_addr toIn6Addr(const IpAddress& address);

} // namespace kolam::transport
