// SPDX-License-Identifier: GPL-3.0-or-later
// One life of a simulated world, from its seed to its end or its first violation.
// Next door: campaign.h lives many of them.
#pragma once

#include "tests/sim/fault_plan.h"
#include "tests/sim/invariants.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace kolam::sim {

struct Outcome {
    std::optional<Violation> violation;
    std::uint64_t hash = 0;
    Duration lived{};
    std::uint64_t steps = 0;   // timers and packets
    std::uint64_t packets = 0; // sent
    std::uint64_t answers = 0; // acknowledged requests of users
    std::array<std::uint64_t, faultKindCount> injected{};
    Measures measures;
    std::vector<std::string> trace; // when it was asked for
};

/// The same settings and plan give the same outcome, on every machine and with every compiler.
[[nodiscard]] Outcome live(const Settings& settings, const FaultPlan& plan, bool inWords = false);

} // namespace kolam::sim
