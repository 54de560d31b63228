// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/common/failover.h"

#include "core/base/strong.h"

#include <algorithm>
#include <cmath>

namespace kolam::gui {

using namespace telemetry;

void Failover::take(const Event& event) {
    const auto ours = [&](std::uint64_t number) { return event.component == user && number == session && !took; };
    std::visit(Overloaded{
                   [&](const UnreachableSent& e) {
                       if (event.component == user && e.element == failed) {
                           happened(FailoverStep::Reported, event.wall);
                       }
                   },
                   [&](const UnreachableReported& e) {
                       if (e.pool == pool && e.element == failed) {
                           happened(FailoverStep::Heard, event.wall);
                       }
                   },
                   [&](const ElementRemoved& e) {
                       if (e.pool == pool && e.element == failed) {
                           happened(FailoverStep::Removed, event.wall);
                       }
                   },
                   [&](const ElementsSelected& e) {
                       if (ours(e.session)) {
                           happened(FailoverStep::Reselected, event.wall);
                       }
                   },
                   [&](const Connecting& e) {
                       if (ours(e.session)) {
                           happened(FailoverStep::Connecting, event.wall);
                           next = e.element;
                           ++tries;
                       }
                   },
                   [&](const CookieHandedOver& e) {
                       if (ours(e.session)) {
                           happened(FailoverStep::Cookie, event.wall);
                           cookieOctets = e.octets;
                       }
                   },
                   [&](const SessionEstablished& e) {
                       if (ours(e.session)) {
                           happened(FailoverStep::Resumed, event.wall);
                           next = e.element;
                       }
                   },
                   [&](const FailoverEnded& e) {
                       if (ours(e.session)) {
                           happened(FailoverStep::Resumed, event.wall);
                           next = e.next;
                           took = e.took;
                           cookieOctets = std::max(cookieOctets, e.cookieOctets);
                       }
                   },
                   [&](const WorkRedone& e) {
                       if (event.component == user && e.session == session) {
                           redone += e.amount;
                           unit = e.unit;
                       }
                   },
                   [](const auto&) {},
               },
               event.body);
}

std::vector<FailoverStretch> stretchesOf(const Failover& failover) {
    using enum FailoverStep;
    std::vector<std::pair<WallTime, FailoverStep>> steps;
    for (const FailoverStep step : {Gone, Detected, Reported, Reselected, Connecting, Cookie, Resumed}) {
        if (const auto& time = failover.at(step)) {
            steps.emplace_back(*time, step);
        }
    }
    // The user may notice before the watchers do; what is told in one nanosecond stays in the usual order.
    std::ranges::stable_sort(steps, {}, &std::pair<WallTime, FailoverStep>::first);
    std::vector<FailoverStretch> stretches;
    const WallTime detected = failover.at(Detected).value_or(WallTime{});
    for (std::size_t i = 1; i < steps.size(); ++i) {
        const std::int64_t before = steps[i - 1].first.value;
        stretches.push_back({.until = steps[i].second,
                             .from = Duration{before - detected.value},
                             .length = Duration{steps[i].first.value - before}});
    }
    return stretches;
}

Duration percentile(const std::vector<Duration>& sorted, double share) {
    if (sorted.empty()) {
        return {};
    }
    const double rank = std::ceil(std::clamp(share, 0.0, 1.0) * static_cast<double>(sorted.size()));
    return sorted[static_cast<std::size_t>(std::max(rank, 1.0)) - 1];
}

} // namespace kolam::gui
