// SPDX-License-Identifier: GPL-3.0-or-later
// The names of faults and weaknesses.
#include "tests/sim/sim_settings.h"

#include <algorithm>
#include <array>

namespace kolam::sim {

namespace {

constexpr std::array<std::string_view, faultKindCount> kinds{
    "loss",       "duplication", "reordering",   "delay",     "partition", "one-way",      "isolation",
    "kill",       "silent-kill", "stop",         "pause",     "restart",   "replacement",  "collision",
    "clock-step", "clock-skew",  "send-failure", "malformed", "mass-join", "mass-restart",
};
constexpr std::array<std::string_view, 5> weaknesses{"none", "takeover", "audit", "owner", "backoff"};

template <typename Value, std::size_t count>
std::optional<Value> find(const std::array<std::string_view, count>& names, std::string_view name) {
    const auto found = std::ranges::find(names, name);
    return found == names.end() ? std::nullopt : std::optional{static_cast<Value>(found - names.begin())};
}

} // namespace

std::string_view toText(FaultKind kind) {
    return kinds[static_cast<std::size_t>(kind)];
}
std::string_view toText(Weakness weakness) {
    return weaknesses[static_cast<std::size_t>(weakness)];
}
std::optional<FaultKind> findFaultKind(std::string_view name) {
    return find<FaultKind>(kinds, name);
}
std::string faultNames() {
    std::string names;
    for (const std::string_view name : kinds) {
        names.append(names.empty() ? "" : ", ").append(name);
    }
    return names;
}
std::optional<Weakness> findWeakness(std::string_view name) {
    return find<Weakness>(weaknesses, name);
}

} // namespace kolam::sim
