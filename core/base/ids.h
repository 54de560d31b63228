// SPDX-License-Identifier: GPL-3.0-or-later
// The names that RSerPool gives to its parts: pools, pool elements, registrars.
#pragma once

#include "core/base/strong.h"

#include <cstdint>
#include <string>

namespace kolam {

/// A pool element's identifier: chosen by the element, non-zero, unique within its pool only (RFC 5351 section 1.2).
using PeIdentifier = Strong<struct PeIdentifierTag, std::uint32_t>;
/// A registrar's identifier: random, non-zero, fixed while the process lives (RFC 5353). 0 means "unknown".
using ServerId = Strong<struct ServerIdTag, std::uint32_t>;
/// A pool's name: octets, compared octet by octet, may hold zeros (RFC 5354 section 3.9).
using PoolHandle = Strong<struct PoolHandleTag, std::string>;

/// "0x0a000001": how identifiers are printed everywhere.
[[nodiscard]] std::string toText(PeIdentifier id);
/// "0x11111111".
[[nodiscard]] std::string toText(ServerId id);
/// The handle as text; octets that do not print appear as \xNN, so a hostile name cannot harm a terminal.
[[nodiscard]] std::string toText(const PoolHandle& handle);

} // namespace kolam
