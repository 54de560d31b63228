// SPDX-License-Identifier: GPL-3.0-or-later
// What charts show, as numbers: lines over time, cut down to two points for each column of pixels - the least and the
// most - and how long failovers took. Pure functions of the history. Next door: charts_panel.h, which draws them.
#pragma once

#include "gui/common/event_history.h"

#include <QPointF>
#include <QString>
#include <map>
#include <vector>

namespace kolam::gui {

struct Line {
    QString name;
    int colour = 0;              // index of ElementColours
    std::vector<QPointF> points; // x: seconds before the end, negative; in order
    friend bool operator==(const Line&, const Line&) = default;
};

/// At most two points for each of `columns`, of which the extremes are kept.
[[nodiscard]] std::vector<QPointF> reduced(const std::vector<QPointF>& points, int columns);

struct Samples {
    std::vector<Line> load;          // of each element, percent
    std::vector<Line> resolutions;   // of each registrar, per second
    std::vector<Line> registrations; // of each registrar, per second, those that came again included
    std::vector<Line> enrp;          // messages that each registrar has sent to others, per second
    Line sessions;                   // that stand
    Line lost;                       // events that were not told, per second
};
/// Of the time before `end`, as far as it had happened at a position: what the model knows there.
[[nodiscard]] Samples samplesOf(const EventHistory& history, Position to, WallTime end, std::chrono::seconds length,
                                int columns);

/// The load of each element in the time before `end`, in so many equal parts: the most of each, 0 to 1; -1: not known,
/// or it did not run. For small pictures.
[[nodiscard]] std::map<telemetry::ComponentId, std::vector<float>>
loadTrails(const EventHistory& history, WallTime end, std::chrono::seconds length, std::size_t parts);

struct Distribution {
    std::vector<Duration> took;                // sorted
    std::vector<std::pair<QString, int>> bars; // from fast to slow
};
[[nodiscard]] Distribution distributionOf(const Model& model);
/// The share (0 to 100) of the sorted durations that took no longer (x: milliseconds), as steps; so many at most.
[[nodiscard]] std::vector<QPointF> cumulated(const std::vector<Duration>& sorted, std::size_t most = 300);

inline constexpr std::size_t mostLines = 8; // more cannot be told apart

} // namespace kolam::gui
