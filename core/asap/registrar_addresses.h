// SPDX-License-Identifier: GPL-3.0-or-later
// Which addresses a registrar believes: only those that the association itself has, and that reach far enough.
// So nobody can send a pool's users to somebody else's host. Next door: registrar_side.h, which asks.
#pragma once

#include "core/base/address.h"
#include "core/wire/parameters.h"

#include <vector>

namespace kolam::asap {

/// The addresses of an association's peer that may be registered, sorted: at least `minimum` in scope, and not
/// link-local, since no parameter can say on which link.
[[nodiscard]] std::vector<IpAddress> usableAddresses(const TransportAddress& peer, AddressScope minimum);

/// Keeps of a transport what is among `usable` (sorted). False when that leaves no address: the transport is not
/// theirs.
[[nodiscard]] bool keepUsable(wire::TransportParameter& transport, const std::vector<IpAddress>& usable);

/// Whether an ASAP transport is exactly this endpoint: the same port and the same set of addresses. A subset would not
/// do: an association may name addresses that are not its own, but it cannot leave out the one that it really has.
[[nodiscard]] bool isEndpoint(const wire::TransportParameter& transport, const std::vector<IpAddress>& usable,
                              std::uint16_t port);

} // namespace kolam::asap
