// SPDX-License-Identifier: GPL-3.0-or-later
// Files without names for what comes and goes, and the digests that tell them apart.
// Next door: environment_cache.h keeps some under names.
#pragma once

#include "core/base/octets.h"
#include "demos/services/scripting/descriptor.h"

#include <array>
#include <cstdint>
#include <expected>
#include <string>

namespace kolam::scripting {

/// A file that nobody else can open, and that is gone with its descriptor. The error is a sentence.
[[nodiscard]] std::expected<Descriptor, std::string> anonymousFile();

/// Appends all of it; false: the disk is full.
[[nodiscard]] bool append(int descriptor, OctetView data);
/// Reads up to `into.size()` octets at `offset`; fewer at the end of the file only. Negative: it cannot be read.
[[nodiscard]] std::int64_t readAt(int descriptor, std::uint64_t offset, std::span<std::byte> into);
[[nodiscard]] std::uint64_t sizeOf(int descriptor);

struct Digests {
    std::array<std::uint8_t, 20> sha1{};
    std::array<std::uint8_t, 32> sha256{};
};
/// Of the whole file. The error is a sentence.
[[nodiscard]] std::expected<Digests, std::string> digestsOf(int descriptor);

} // namespace kolam::scripting
