// SPDX-License-Identifier: GPL-3.0-or-later
// Looks at every SCTP packet before the stack does: are its chunks, and the parameters in them, whole? usrsctp 0.9.5
// loops for ever on one malformed INIT inside an association; nothing that fails here reaches it.
// Next door: user_endpoint.h, who asks.
#pragma once

#include "core/base/octets.h"

#include <cstdint>
#include <string_view>

namespace kolam::transport {

/// What is wrong with a packet; None when nothing is.
enum class PacketFault : std::uint8_t {
    None,
    TooShort,     // no room for a common header and a chunk
    ChunkLength,  // a chunk is shorter than its kind or longer than the packet
    Parameter,    // a parameter or cause is shorter than its kind or longer than its chunk
    BundledInit,  // an INIT, INIT ACK or SHUTDOWN COMPLETE that is not alone (RFC 9260 section 4.3)
    InitTag,      // an INIT with a verification tag, or another first chunk without one
    InitContents, // an INIT or INIT ACK without streams or without a tag
};
[[nodiscard]] std::string_view toText(PacketFault fault);

/// Octets of the common header: ports, verification tag, check sum.
inline constexpr std::size_t commonHeaderSize = 12;
/// The kinds of chunks that the transport itself looks for.
inline constexpr std::uint8_t chunkInit = 1;
inline constexpr std::uint8_t chunkInitAck = 2;
inline constexpr std::uint8_t chunkAbort = 6;

/// Checks one packet as it came in; the check sum is not looked at.
[[nodiscard]] PacketFault checkPacket(OctetView packet) noexcept;

} // namespace kolam::transport
