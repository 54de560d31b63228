// SPDX-License-Identifier: GPL-3.0-or-later
// The wall's clock of a test program: it can be stepped, and it counts who asks. Linked into a program, it stands
// before the C library's. Next door: test_sim.cpp.
#pragma once

#include "tests/sim/sim_settings.h"

#include <cstdint>

namespace kolam::sim {

class SteppedClock final : public WallClock {
public:
    void step(Duration by) override;
    /// How often anybody in this program has asked what time it is on the wall.
    [[nodiscard]] static std::uint64_t asked();
};

} // namespace kolam::sim
