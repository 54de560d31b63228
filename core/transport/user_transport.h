// SPDX-License-Identifier: GPL-3.0-or-later
// SCTP in user space: usrsctp above UDP sockets of our own, UDP port == SCTP port. Needs no privilege, no kernel module
// and no configuration; works with many processes on one host, on loopback and on a LAN. One path an association.
// Next door: usrsctp_stack.h (the process's one stack), user_endpoint.h, multicast_port.h.
#pragma once

#include "core/dispatch/dispatcher.h"
#include "core/transport/transport.h"

#include <cstdint>
#include <expected>
#include <memory>
#include <system_error>

namespace kolam::transport {

enum class UserTransportError : std::uint8_t {
    TransportInUse = 1, // the process has a user transport already: usrsctp exists once in a process
    NoPathLeft,         // an endpoint has all the 65,535 peers that it can have
};
[[nodiscard]] const std::error_category& userTransportCategory() noexcept;
[[nodiscard]] std::error_code make_error_code(UserTransportError error) noexcept;

/// What came in at the UDP ports of this process's endpoints, since the process began; the harmless and the hostile.
struct UserTransportCounters {
    std::uint64_t packets = 0;         // given to the stack
    std::uint64_t probes = 0;          // empty datagrams: a peer on this host asks whether the port lives
    std::uint64_t badChecksums = 0;    // too short for SCTP, or the wrong check sum
    std::uint64_t malformed = 0;       // chunks or parameters that are not whole
    std::uint64_t pathsExhausted = 0;  // no number left for a new peer
    std::uint64_t goneNotices = 0;     // ICMP: nobody at the peer's port, believed
    std::uint64_t doubtfulNotices = 0; // the same, but without proof that it answers a packet of ours
    std::uint64_t refusedSends = 0;    // datagrams that the kernel did not take
};
[[nodiscard]] UserTransportCounters userTransportCounters() noexcept;

struct UserTransportOptions {
    /// Lets the kernel say when a peer's process on this host has ended. Where it cannot, or must not, peers are asked
    /// every Liveness::sameHostProbe.
    bool hearClosedPorts = true;
};

/// The transport named "user". One at a time in a process, and everything of it on the dispatcher's thread: a second
/// one gets TransportInUse until the first and its endpoints are gone.
[[nodiscard]] std::expected<std::unique_ptr<Transport>, std::error_code>
makeUserTransport(DescriptorDispatcher& dispatcher, const UserTransportOptions& options = {});

} // namespace kolam::transport

template <>
struct std::is_error_code_enum<kolam::transport::UserTransportError> : std::true_type {};
