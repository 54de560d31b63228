// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sim/fault_plan.h"

#include "core/base/random.h"
#include "tests/sim/bounds.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <utility>

namespace kolam::sim {

namespace {

constexpr std::uint64_t planSalt = 0x706c616e; // a chance of its own, that the world's does not share

/// As many orders of magnitude below `most` as above `least`: short ones are as interesting as long ones.
Duration between(Random& random, Duration least, Duration most) {
    const double factor =
        std::exp2(random.unit() * std::log2(static_cast<double>(most.count()) / static_cast<double>(least.count())));
    // To the millisecond: then the last bits of a library's logarithm do not matter.
    return std::chrono::milliseconds{static_cast<std::int64_t>(static_cast<double>(least / 1ms) * factor)};
}

struct Shape {
    Duration least;
    Duration most;
    bool anybody = false; // meets one process, else the network
};

Shape shapeOf(FaultKind kind) {
    switch (kind) {
    case FaultKind::Loss:
    case FaultKind::Duplication:
    case FaultKind::Reordering:
    case FaultKind::Delay: return {500ms, 20s};
    case FaultKind::Partition:
    case FaultKind::OneWay: return {100ms, 30s};
    case FaultKind::Isolation: return {100ms, 30s, true};
    case FaultKind::Kill:
    case FaultKind::SilentKill:
    case FaultKind::Stop: return {500ms, 20s, true};
    case FaultKind::Pause: return {100ms, 60s, true};
    case FaultKind::Restart:
    case FaultKind::Replacement: return {1ms, 200ms, true};
    case FaultKind::Collision: return {500ms, 10s, true};
    case FaultKind::ClockStep: return {1ms, 2ms};
    case FaultKind::ClockSkew: return {5s, 60s, true};
    case FaultKind::SendFailure: return {10ms, 3s, true};
    case FaultKind::Malformed: return {100ms, 5s, true};
    case FaultKind::MassJoin: return {5s, 20s};
    case FaultKind::MassRestart: return {1ms, 2s};
    }
    return {};
}

/// Registrars are few, and what happens to them is what this is about.
Role drawRole(Random& random) {
    const std::uint64_t drawn = random.below(10);
    return drawn < 5 ? Role::Registrar : drawn < 8 ? Role::Element : Role::User;
}

Fault draw(const Settings& settings, Random& random, FaultKind kind) {
    const Shape shape = shapeOf(kind);
    Fault fault;
    fault.kind = kind;
    fault.end = between(random, shape.least, shape.most);
    if (shape.anybody) {
        fault.role = kind == FaultKind::Malformed ? Role::Registrar : drawRole(random);
        if (kind == FaultKind::Collision && fault.role == Role::User) {
            fault.role = Role::Element; // users have no identifiers
        }
        const unsigned count = fault.role == Role::Registrar ? settings.registrars
                               : fault.role == Role::Element ? settings.elements
                                                             : settings.users;
        fault.number = static_cast<unsigned>(random.below(std::max(count, 1u)));
    }
    fault.strength = random.unit();
    fault.chance = random();
    return fault;
}

std::vector<FaultKind> kindsOf(const Settings& settings) {
    std::vector<FaultKind> kinds;
    for (std::size_t i = 0; i < faultKindCount; ++i) {
        const auto kind = static_cast<FaultKind>(i);
        const bool possible = kind != FaultKind::ClockStep || settings.wallClock != nullptr;
        if (possible && (!settings.only || *settings.only == kind)) {
            kinds.push_back(kind);
        }
    }
    return kinds;
}

} // namespace

std::string_view toText(Role role) {
    constexpr std::array<std::string_view, 3> names{"registrar", "element", "user"};
    return names[static_cast<std::size_t>(role)];
}

std::string toText(const Fault& fault) {
    const auto seconds = [](Duration time) { return std::chrono::duration<double>(time).count(); };
    std::string text =
        fmt::format("{:.3f} s to {:.3f} s: {}", seconds(fault.begin), seconds(fault.end), toText(fault.kind));
    if (shapeOf(fault.kind).anybody) {
        text += fmt::format(" of {} {}", toText(fault.role), fault.number + 1);
    }
    return text + fmt::format(", strength {:.2f}", fault.strength);
}

FaultPlan drawPlan(const Settings& settings) {
    Random random{settings.seed ^ planSalt};
    const Bounds bounds = boundsOf(settings);
    const std::vector<FaultKind> kinds = kindsOf(settings);
    FaultPlan plan;
    if (!settings.faults || kinds.empty()) {
        return plan;
    }
    Duration time = bounds.start;
    while (true) {
        Duration boutEnd = time;
        FaultPlan bout;
        for (std::uint64_t faults = 1 + random.below(4); faults > 0; --faults) {
            Fault fault = draw(settings, random, kinds[random.below(kinds.size())]);
            fault.begin = time + std::chrono::milliseconds{random.below(10'000)};
            fault.end += fault.begin;
            boutEnd = std::max(boutEnd, fault.end);
            bout.push_back(fault);
        }
        if (boutEnd + bounds.ending > settings.length) {
            break;
        }
        plan.insert(plan.end(), bout.begin(), bout.end());
        // One bout in four follows before the world has found its order.
        time = boutEnd + (random.chance(0.25) ? bounds.calm / 8 : bounds.calm);
    }
    std::ranges::sort(plan, {}, [](const Fault& fault) { return std::pair{fault.begin, fault.chance}; });
    return plan;
}

} // namespace kolam::sim
