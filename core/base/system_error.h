// SPDX-License-Identifier: GPL-3.0-or-later
// What the system's last failed call said.
#pragma once

#include <cerrno>
#include <system_error>

namespace kolam {

[[nodiscard]] inline std::error_code lastError() {
    return {errno, std::generic_category()};
}

} // namespace kolam
