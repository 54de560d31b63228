// SPDX-License-Identifier: GPL-3.0-or-later
// "1 element", "4 elements": numbers of things, as people say them.
#pragma once

#include <cstddef>
#include <fmt/format.h>
#include <string>
#include <string_view>

namespace kolam {

/// @param what  the singular of a word whose plural has an s
[[nodiscard]] inline std::string counted(std::size_t number, std::string_view what) {
    return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s");
}

} // namespace kolam
