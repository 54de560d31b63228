// SPDX-License-Identifier: GPL-3.0-or-later
// Octets and how numbers travel in them: big endian, always.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kolam {

using Octets = std::vector<std::byte>;
using OctetView = std::span<const std::byte>;

/// Reads a big-endian number at `offset`. The caller has checked that it lies within `bytes`.
template <typename Number>
[[nodiscard]] inline Number readBigEndian(OctetView bytes, std::size_t offset) {
    Number number;
    std::memcpy(&number, bytes.data() + offset, sizeof number);
    if constexpr (std::endian::native == std::endian::little && sizeof number > 1) {
        number = std::byteswap(number);
    }
    return number;
}

/// Writes a big-endian number at `offset`. The caller has checked that it lies within `bytes`.
template <typename Number>
inline void writeBigEndian(std::span<std::byte> bytes, std::size_t offset, Number number) {
    if constexpr (std::endian::native == std::endian::little && sizeof number > 1) {
        number = std::byteswap(number);
    }
    std::memcpy(bytes.data() + offset, &number, sizeof number);
}

[[nodiscard]] inline OctetView asOctets(std::string_view text) {
    return std::as_bytes(std::span{text.data(), text.size()});
}
[[nodiscard]] inline std::string_view asText(OctetView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// "0a0b0c": lower case, no separators.
[[nodiscard]] std::string toHex(OctetView bytes);
/// The octets that a hexadecimal text names; stops at the first character that is no hexadecimal digit.
[[nodiscard]] Octets fromHex(std::string_view text);

} // namespace kolam
