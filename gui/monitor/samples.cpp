// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/monitor/samples.h"

#include "core/base/strong.h"
#include "gui/common/sentences.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <type_traits>

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

namespace {

/// Whether a user has a session after this event that it may not have had before; the model thinks so, too.
template <typename Body>
constexpr bool opens =
    std::is_same_v<Body, SessionOpened> || std::is_same_v<Body, ElementsSelected> || std::is_same_v<Body, Connecting> ||
    std::is_same_v<Body, SessionEstablished> || std::is_same_v<Body, SessionWaiting> ||
    std::is_same_v<Body, FailoverBegan> || std::is_same_v<Body, FailoverEnded>;

/// Draws lines while it walks through events.
class Drawing {
public:
    Drawing(const Model& start, const Model& live, WallTime from, WallTime end) : m_live(live), m_end(end) {
        const double left = x(from);
        for (const auto& [id, component] : start.components()) {
            if (component.load && roleOf(id) == Role::Element) {
                level(id, left, component.load->load);
            }
            if (component.counted) {
                m_counted[id] = {component.heard, *component.counted};
            }
            for (const auto& [number, session] : component.sessions) {
                m_open[id].insert(number);
            }
        }
        m_standing = start.sessionCount();
        sessions.points.emplace_back(left, static_cast<double>(m_standing));
    }

    void take(WallTime time, const Event& event) {
        const ComponentId id = event.component;
        const double here = x(time);
        std::visit(Overloaded{
                       [&](const LoadChanged& e) { level(id, here, e.load); },
                       [&](const StatusReported& e) {
                           const ComponentView* const own = m_live.component(id);
                           if (e.workload != wire::CspReport::noWorkload && own != nullptr && own->reportsOnly) {
                               level(id, here, static_cast<double>(e.workload) / 0xfffe);
                           }
                       },
                       [&](const ComponentDown& e) {
                           if (e.how != DownKind::Silent) {
                               gone(id, here);
                           }
                       },
                       [&](const ComponentFinal&) { gone(id, here); },
                       [&](const SnapshotBegan&) { closeAll(id, here); },
                       [&](const RegistrarCounted& e) { counted(event, here, e); },
                       [&](const MessageSeen& e) {
                           if (e.direction == Direction::Sent && e.type.starts_with("ENRP_")) {
                               ++enrp[id][second(here)];
                           }
                       },
                       [&](const EventsDropped& e) { lost[second(here)] += static_cast<double>(e.count); },
                       [&](const SessionClosed& e) {
                           if (m_open[id].erase(e.session) > 0) {
                               stand(here, -1);
                           }
                       },
                       [&]<typename Body>([[maybe_unused]] const Body& e) {
                           if constexpr (opens<Body>) {
                               if (m_open[id].insert(e.session).second) {
                                   stand(here, 1);
                               }
                           }
                       },
                   },
                   event.body);
    }

    std::map<ComponentId, Line> load; // of the first elements: more are not shown
    std::map<ComponentId, Line> resolutions;
    std::map<ComponentId, Line> registrations;
    using BySecond = std::map<int, double>; // of those before the end, negative: the others had nothing
    std::map<ComponentId, BySecond> enrp;
    BySecond lost;
    Line sessions{.name = {}, .colour = 2, .points = {}};

private:
    [[nodiscard]] double x(WallTime time) const { return static_cast<double>(time.value - m_end.value) / 1e9; }

    [[nodiscard]] static int second(double x) { return static_cast<int>(std::floor(std::min(x, -1e-9))); }

    /// Levels hold until they change: a step, not a slope.
    static void step(std::vector<QPointF>& points, double x, double y) {
        if (!points.empty()) {
            points.emplace_back(x, points.back().y());
        }
        points.emplace_back(x, y);
    }
    void level(ComponentId id, double x, double share) {
        if (!load.contains(id) && load.size() == mostLines) {
            if (id > load.rbegin()->first) {
                return;
            }
            load.erase(std::prev(load.end()));
        }
        step(load[id].points, x, share * 100);
    }
    void gone(ComponentId id, double x) {
        if (load.contains(id)) {
            level(id, x, 0);
        }
        closeAll(id, x);
    }
    void closeAll(ComponentId id, double x) {
        if (const auto open = m_open.find(id); open != m_open.end() && !open->second.empty()) {
            stand(x, -static_cast<std::int64_t>(open->second.size()));
            open->second.clear();
        }
    }
    void stand(double x, std::int64_t more) {
        m_standing += static_cast<std::uint64_t>(more);
        step(sessions.points, x, static_cast<double>(m_standing));
    }
    void counted(const Event& event, double x, const RegistrarCounted& counts) {
        auto& [when, before] = m_counted[event.component];
        const double seconds = static_cast<double>(event.wall.value - when.value) / 1e9;
        const auto draw = [&](std::map<ComponentId, Line>& lines, std::uint64_t from, std::uint64_t to) {
            if (when != WallTime{} && seconds > 0 && to >= from) { // less is the count of a new process
                step(lines[event.component].points, x, static_cast<double>(to - from) / seconds);
            }
        };
        draw(resolutions, before.resolutions, counts.resolutions);
        draw(registrations, before.registrations, counts.registrations);
        when = event.wall;
        before = counts;
    }

    const Model& m_live;
    WallTime m_end;
    std::map<ComponentId, std::pair<WallTime, RegistrarCounted>> m_counted;
    std::map<ComponentId, std::set<std::uint64_t>> m_open; // sessions
    std::uint64_t m_standing = 0;
};

} // namespace

Samples samplesOf(const EventHistory& history, Position to, WallTime end, std::chrono::seconds length, int columns) {
    const WallTime from{end.value - Duration{length}.count()};
    const Position first = std::min(history.positionAt(from), to);
    Drawing drawing(history.modelAt(first), history.live(), from, end);
    history.walk(first, to, [&](WallTime time, const Event& event) { drawing.take(time, event); });
    Samples samples;
    const auto finish = [&](std::map<ComponentId, Line>& drawn, std::vector<Line>& shown) {
        int colour = 0;
        for (auto& [id, line] : drawn) {
            if (shown.size() == mostLines) {
                break;
            }
            line.name = nameOf(id);
            line.colour = colour++;
            if (!line.points.empty()) {
                line.points.emplace_back(0, line.points.back().y());
                line.points = reduced(line.points, columns);
                shown.push_back(std::move(line));
            }
        }
    };
    finish(drawing.load, samples.load);
    finish(drawing.resolutions, samples.resolutions);
    finish(drawing.registrations, samples.registrations);
    const auto bySecond = [&](const Drawing::BySecond& counts) {
        std::vector<QPointF> points;
        for (int second = -static_cast<int>(length.count()); second < 0; ++second) {
            const auto found = counts.find(second);
            const double count = found == counts.end() ? 0 : found->second;
            points.emplace_back(second, count);
            points.emplace_back(second + 1, count);
        }
        return points;
    };
    std::map<ComponentId, Line> sent;
    for (const auto& [id, counts] : drawing.enrp) {
        sent[id].points = bySecond(counts);
    }
    finish(sent, samples.enrp);
    samples.lost = {.name = {}, .colour = 5, .points = reduced(bySecond(drawing.lost), columns)};
    samples.sessions = std::move(drawing.sessions);
    samples.sessions.points.emplace_back(0, samples.sessions.points.back().y());
    samples.sessions.points = reduced(samples.sessions.points, columns);
    return samples;
}

std::map<ComponentId, std::vector<float>> loadTrails(const EventHistory& history, WallTime end,
                                                     std::chrono::seconds length, std::size_t parts) {
    const std::int64_t from = end.value - Duration{length}.count();
    const Position first = history.positionAt(WallTime{from});
    const Model start = history.modelAt(first);
    std::map<ComponentId, std::vector<float>> trails;
    std::map<ComponentId, float> level;
    std::size_t part = 0;
    const auto goTo = [&](std::size_t next) { // levels hold until they change
        for (; part < next; ++part) {
            for (const auto& [id, value] : level) {
                auto& trail = trails.try_emplace(id, parts, -1.0F).first->second;
                trail[part] = std::max(trail[part], value);
            }
        }
    };
    for (const auto& [id, component] : start.components()) {
        if (component.load && roleOf(id) == Role::Element) {
            level[id] = static_cast<float>(component.load->load);
        }
    }
    for (Position at = first; at < history.end() && history.timeAt(at) <= end; ++at) {
        const Event& event = history.at(at);
        const auto* const load = std::get_if<LoadChanged>(&event.body);
        const bool gone =
            std::holds_alternative<ComponentDown>(event.body) || std::holds_alternative<ComponentFinal>(event.body);
        if ((load == nullptr && !gone) || roleOf(event.component) != Role::Element) {
            continue;
        }
        const double share =
            static_cast<double>(history.timeAt(at).value - from) / static_cast<double>(Duration{length}.count());
        goTo(std::min(static_cast<std::size_t>(share * static_cast<double>(parts)), parts - 1));
        if (gone) {
            level.erase(event.component);
        } else {
            level[event.component] = static_cast<float>(load->load);
        }
    }
    goTo(parts);
    return trails;
}

std::vector<QPointF> cumulated(const std::vector<Duration>& sorted, std::size_t most) {
    std::vector<QPointF> steps;
    const std::size_t stride = std::max<std::size_t>(1, (sorted.size() + most - 1) / most);
    double share = 0;
    for (std::size_t i = 0; i < sorted.size(); i += stride) {
        const std::size_t last = std::min(i + stride, sorted.size()) - 1;
        const double milliseconds = toSeconds(sorted[last]) * 1'000;
        steps.emplace_back(milliseconds, share);
        share = 100 * static_cast<double>(last + 1) / static_cast<double>(sorted.size());
        steps.emplace_back(milliseconds, share);
    }
    return steps;
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
