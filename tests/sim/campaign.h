// SPDX-License-Identifier: GPL-3.0-or-later
// Many lives one after the other, what they add up to, and what is told when one of them goes wrong: the seed, the
// command that repeats it, the fewest faults that suffice, and what happened.
// Next door: simulation.h, one life.
#pragma once

#include "tests/sim/simulation.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace kolam::sim {

struct CampaignSettings {
    Settings world; // its seed is the first one
    std::uint64_t seeds = 1;
    Duration wallTime{};           // > 0: as many seeds as fit, instead
    bool drawSize = false;         // of each world, instead of the sizes in `world`
    bool trace = false;            // of every life, not only of one that goes wrong
    std::size_t violations = 1;    // that end it
    std::vector<std::size_t> keep; // only these faults of the plan
};

struct Failure {
    Settings settings;
    Violation violation;
    std::vector<std::size_t> faults; // of the plan: no one of them can be left out
};

struct Summary {
    std::uint64_t seeds = 0;
    std::uint64_t twice = 0;   // of them were lived twice
    std::uint64_t unequal = 0; // with different hashes: I9
    Duration lived{};
    double wall = 0;      // seconds
    double processor = 0; // seconds of one core, repeated lives not counted
    std::uint64_t steps = 0;
    std::uint64_t packets = 0;
    std::uint64_t answers = 0;
    std::uint64_t hash = 0; // of all lives
    std::array<std::uint64_t, faultKindCount> injected{};
    Measures measures;
    std::vector<Failure> failures;
    std::vector<std::string> late; // what has taken longer, as a rule, than it may
    [[nodiscard]] std::size_t violations() const { return failures.size() + unequal + late.size(); }
};

/// Takes lines of text for people.
using Say = std::function<void(const std::string& line)>;

[[nodiscard]] Summary run(const CampaignSettings& settings, const Say& say);
[[nodiscard]] std::string toText(const Summary& summary);
/// The settings of the seed's own world.
[[nodiscard]] Settings drawSize(Settings settings);
/// Removes faults one by one, for as long as what remains violates the same invariant.
[[nodiscard]] std::vector<std::size_t> shrink(const Settings& settings, const FaultPlan& plan,
                                              std::vector<std::size_t> faults, const std::string& invariant);

} // namespace kolam::sim
