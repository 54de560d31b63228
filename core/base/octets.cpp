// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/octets.h"

namespace kolam {

std::string toHex(OctetView bytes) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const std::byte octet : bytes) {
        const auto value = std::to_integer<unsigned>(octet);
        text += digits[value >> 4];
        text += digits[value & 15];
    }
    return text;
}

Octets fromHex(std::string_view text) {
    const auto digit = [](char c) -> int {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        if (c >= 'a' && c <= 'f') {
            return c - 'a' + 10;
        }
        return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    };
    Octets octets;
    octets.reserve(text.size() / 2);
    for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
        const int high = digit(text[i]);
        const int low = digit(text[i + 1]);
        if (high < 0 || low < 0) {
            break;
        }
        octets.push_back(static_cast<std::byte>(high * 16 + low));
    }
    return octets;
}

} // namespace kolam
