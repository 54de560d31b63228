// SPDX-License-Identifier: GPL-3.0-or-later
// Ports of the loopback interface that nobody has at this moment, for components that others must be told of before
// they run. Next door: stage.h, which starts them.
#pragma once

#include <cstdint>

namespace kolam::lab {

/// A UDP port; 0 when there is none. Asked again it gives another one, as far as there are some.
[[nodiscard]] std::uint16_t freePort();

} // namespace kolam::lab
