// SPDX-License-Identifier: GPL-3.0-or-later
// CRC32c, the check sum of SCTP packets. Ours and not the stack's, because the user transport changes a port in every
// packet after the stack has made it. Next door: user_endpoint.h, who checks and writes it.
#pragma once

#include "core/base/octets.h"

#include <cstdint>

namespace kolam::transport {

/// The CRC32c (Castagnoli polynomial, RFC 9260 appendix A) of `bytes`, by the processor's instruction where it has one.
[[nodiscard]] std::uint32_t crc32c(OctetView bytes) noexcept;
/// The same by table: what processors without the instruction use.
[[nodiscard]] std::uint32_t crc32cByTable(OctetView bytes) noexcept;

/// Writes the check sum of an SCTP packet into it. `packet` holds a common header at least.
void writePacketChecksum(std::span<std::byte> packet) noexcept;
/// Is the packet's check sum right? Sets the field to zero meanwhile, and leaves it so.
[[nodiscard]] bool takePacketChecksum(std::span<std::byte> packet) noexcept;

} // namespace kolam::transport
