// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sim/simulation.h"

#include <algorithm>

namespace kolam::sim {

Outcome live(const Settings& settings, const FaultPlan& plan, bool inWords) {
    Trace trace{inWords};
    World world{settings, trace};
    FaultDriver faults{world, settings, plan};
    Invariants invariants{world, faults, settings};
    world.startAll();
    invariants.afterChange();
    const TimePoint end = TimePoint{} + settings.length;
    TimePoint nextLook = TimePoint{} + Invariants::interval;
    while (world.now() < end && !invariants.violation()) {
        if (!world.runUntil(std::min({end, nextLook, faults.next()}))) {
            invariants.busy();
            break;
        }
        if (world.now() >= faults.next()) {
            invariants.beforeChange();
            faults.act();
            invariants.afterChange();
        }
        if (world.bury()) {
            faults.noteChange();
        }
        if (world.now() >= nextLook) {
            nextLook += Invariants::interval;
            invariants.look();
        }
    }
    world.watch(nullptr);
    return {.violation = invariants.violation(),
            .hash = world.traceHash(),
            .lived = world.now().time_since_epoch(),
            .steps = world.dispatcher.steps(),
            .packets = world.network.statistics().sent,
            .answers = world.answers(),
            .injected = faults.injected(),
            .measures = invariants.measures(),
            .trace = trace.lines()};
}

} // namespace kolam::sim
