// SPDX-License-Identifier: GPL-3.0-or-later
// What will go wrong in one life, and when: drawn from the seed before the life begins, so that single faults can be
// taken out of it and the rest stays as it was. Next door: fault_driver.h makes them happen.
#pragma once

#include "tests/sim/sim_settings.h"

#include <string>
#include <vector>

namespace kolam::sim {

enum class Role : std::uint8_t { Registrar, Element, User };
[[nodiscard]] std::string_view toText(Role role);

struct Fault {
    FaultKind kind{};
    Duration begin{}; // since the beginning of the life
    Duration end{};
    Role role{};              // of the one whom it meets
    unsigned number = 0;      // which of them; of a mass: how many
    double strength = 0;      // 0 to 1, as the kind takes it
    std::uint64_t chance = 0; // for whatever else is to be chosen
};
/// "12.345 s to 14.000 s: silent-kill of element 7".
[[nodiscard]] std::string toText(const Fault& fault);

using FaultPlan = std::vector<Fault>; // in the order of their begins

/// Faults come in bouts of one to four with calm between them, in which the world must find its order again; the end
/// of a life is calm, too.
[[nodiscard]] FaultPlan drawPlan(const Settings& settings);

} // namespace kolam::sim
