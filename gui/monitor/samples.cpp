// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/monitor/samples.h"

#include "core/base/strong.h"
#include "gui/common/sentences.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <cmath>

namespace kolam::gui {

using namespace telemetry;

std::vector<QPointF> reduced(const std::vector<QPointF>& points, int columns) {
    if (columns <= 0 || points.size() <= 2 * static_cast<std::size_t>(columns)) {
        return points;
    }
    const double from = points.front().x();
    const double step = (points.back().x() - from) / columns;
    std::vector<QPointF> kept;
    for (auto at = points.begin(); at != points.end();) {
        const double column = std::min(std::floor((at->x() - from) / step), columns - 1.0);
        const auto end = std::find_if(at, points.end(), [&](const QPointF& point) {
            return std::min(std::floor((point.x() - from) / step), columns - 1.0) != column;
        });
        auto [least, most] =
            std::minmax_element(at, end, [](const QPointF& a, const QPointF& b) { return a.y() < b.y(); });
        if (least > most) {
            std::swap(least, most);
        }
        kept.push_back(*least);
        if (least != most) {
            kept.push_back(*most);
        }
        at = end;
    }
    return kept;
}

Samples samplesOf(const EventHistory& history, WallTime end, std::chrono::seconds length, int columns) {
    const std::int64_t from = end.value - Duration{length}.count();
    const Position first = history.positionAt(WallTime{from});
    const Model start = history.modelAt(first);
    const auto x = [&](WallTime time) { return static_cast<double>(time.value - end.value) / 1e9; };
    std::map<ComponentId, Line> load;
    std::map<ComponentId, Line> resolutions;
    std::map<ComponentId, std::pair<WallTime, std::uint64_t>> counted;
    Line sessions{.name = {}, .colour = 2, .points = {}};
    auto standing = static_cast<double>(start.sessionCount());
    const double left = x(WallTime{from});
    for (const auto& [id, component] : start.components()) {
        if (component.load && roleOf(id) == Role::Element) {
            load[id].points.emplace_back(left, component.load->load * 100);
        }
        if (component.counted) {
            counted[id] = {component.heard, component.counted->resolutions};
        }
    }
    sessions.points.emplace_back(left, standing);
    for (Position at = first; at < history.end() && history.timeAt(at) <= end; ++at) {
        const Event& event = history.at(at);
        const double here = x(history.timeAt(at));
        const auto level = [&](std::vector<QPointF>& points, double y) {
            // Levels hold until they change: a step, not a slope.
            if (!points.empty()) {
                points.emplace_back(here, points.back().y());
            }
            points.emplace_back(here, y);
        };
        std::visit(Overloaded{
                       [&](const LoadChanged& e) { level(load[event.component].points, e.load * 100); },
                       [&](const ComponentDown&) {
                           if (const auto found = load.find(event.component); found != load.end()) {
                               level(found->second.points, 0);
                           }
                       },
                       [&](const RegistrarCounted& e) {
                           auto& before = counted[event.component];
                           const double seconds = static_cast<double>(event.wall.value - before.first.value) / 1e9;
                           if (before.first != WallTime{} && seconds > 0 && e.resolutions >= before.second) {
                               level(resolutions[event.component].points,
                                     static_cast<double>(e.resolutions - before.second) / seconds);
                           }
                           before = {event.wall, e.resolutions};
                       },
                       [&](const SessionOpened&) { level(sessions.points, ++standing); },
                       [&](const SessionClosed&) { level(sessions.points, --standing); },
                       [](const auto&) {},
                   },
                   event.body);
    }
    Samples samples;
    const auto finish = [&](std::map<ComponentId, Line>& from_, std::vector<Line>& to) {
        int colour = 0;
        for (auto& [id, line] : from_) {
            if (to.size() == mostLines) {
                break;
            }
            line.name = nameOf(id);
            line.colour = colour++;
            if (!line.points.empty()) {
                line.points.emplace_back(0, line.points.back().y());
                line.points = reduced(line.points, columns);
                to.push_back(std::move(line));
            }
        }
    };
    finish(load, samples.load);
    finish(resolutions, samples.resolutions);
    sessions.points.emplace_back(0, sessions.points.back().y());
    sessions.points = reduced(sessions.points, columns);
    samples.sessions = std::move(sessions);
    return samples;
}

Distribution distributionOf(const Model& model) {
    Distribution distribution;
    for (const Failover& failover : model.failovers()) {
        if (failover.took) {
            distribution.took.push_back(*failover.took);
        }
    }
    std::ranges::sort(distribution.took);
    using namespace std::chrono_literals;
    constexpr std::array<Duration, 9> limits{1ms, 2ms, 5ms, 10ms, 50ms, 200ms, 1s, 5s, 1h};
    for (std::size_t i = 0; i < limits.size(); ++i) {
        const auto below = [&](Duration limit) {
            return std::ranges::upper_bound(distribution.took, limit) - distribution.took.begin();
        };
        const auto count = below(limits[i]) - (i == 0 ? 0 : below(limits[i - 1]));
        // Milliseconds without their unit, and seconds for what is longer: there is room for no more.
        const QString name =
            i + 1 == limits.size() ? QStringLiteral(">")
            : limits[i] < 1s
                ? QString::number(limits[i] / 1ms)
                : QCoreApplication::translate("Samples", "%1s", "seconds, as short as it can be").arg(limits[i] / 1s);
        distribution.bars.emplace_back(name, static_cast<int>(count));
    }
    return distribution;
}

} // namespace kolam::gui
