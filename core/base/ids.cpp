// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/ids.h"

#include <fmt/format.h>

namespace kolam {

std::string toText(PeIdentifier id) {
    return fmt::format("0x{:08x}", id.value);
}

std::string toText(ServerId id) {
    return fmt::format("0x{:08x}", id.value);
}

std::string toText(const PoolHandle& handle) {
    std::string text;
    for (const char octet : handle.value) {
        const auto code = static_cast<unsigned char>(octet);
        if (code >= 0x20 && code < 0x7f && octet != '\\') {
            text += octet;
        } else {
            text += fmt::format("\\x{:02x}", code);
        }
    }
    return text;
}

} // namespace kolam
