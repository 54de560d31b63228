// SPDX-License-Identifier: GPL-3.0-or-later
// Binds a port of the user transport: which addresses, and one UDP number on all of them.
// Next door: user_endpoint.h, who owns the sockets.
#pragma once

#include "core/transport/transport.h"
#include "core/transport/udp_socket.h"

#include <expected>
#include <system_error>
#include <vector>

namespace kolam::transport {

/// Binds `local.port` (0: a free one) on `local.ips`. Without addresses a listener, or a fixed port, is bound to each
/// address of the host: a socket bound to "all" would clash with multicast sockets of the same port and could be
/// robbed of its packets. Who only connects gets a socket bound to all.
[[nodiscard]] std::expected<std::vector<UdpSocket>, std::error_code> bindPort(const TransportAddress& local,
                                                                              bool listen);

} // namespace kolam::transport
