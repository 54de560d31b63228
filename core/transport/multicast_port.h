// SPDX-License-Identifier: GPL-3.0-or-later
// Real UDP multicast, for the announcements of registrars: on plain loopback and on LANs, many processes on one host,
// no privilege. Every transport of real sockets opens its ports here. Next door: local_addresses.h.
#pragma once

#include "core/dispatch/dispatcher.h"
#include "core/transport/transport.h"

#include <expected>
#include <memory>
#include <system_error>

namespace kolam::transport {

/// Opens a port for a group. Its sockets are bound to the group's address, never to "all" and never to an address of
/// the host: so they share their numbers with the SCTP-over-UDP sockets of this and other processes, and take no packet
/// from them. That also holds for the source port, from which rsplib reads a registrar's SCTP port.
/// Errors: invalid_argument when `config.group` is no multicast address, else what the system says.
[[nodiscard]] std::expected<std::unique_ptr<DatagramPort>, std::error_code>
openMulticastPort(DescriptorDispatcher& dispatcher, const MulticastConfig& config, DatagramPort::Sink sink);

} // namespace kolam::transport
