// SPDX-License-Identifier: GPL-3.0-or-later
// The load of each element over time, as the events of a history tell it, and as cells of a heat map. What an element
// says itself counts more than what registrars say of it; whoever is gone or silent has no load. Bounded as the history
// is. Next door: heat_map.h, which paints the cells.
#pragma once

#include "gui/common/event_history.h"

#include <map>
#include <vector>

namespace kolam::gui {

class LoadHistory {
public:
    struct Sample {
        WallTime time;
        float load = 0; // 0 to 1, until the next one; negative: there is none
    };

    /// Takes the events of a history from a position on; forgets what the history has forgotten.
    void take(const EventHistory& history, Position from);
    void clear();

    [[nodiscard]] const std::map<NodeId, std::vector<Sample>>& samples() const { return m_samples; }
    /// At a moment; negative: there is none.
    [[nodiscard]] float at(const NodeId& node, WallTime time) const;

    static constexpr std::size_t mostSamples = 8'192; // of an element; then the older half is forgotten

private:
    void take(const telemetry::Event& event, WallTime time);
    void put(const NodeId& node, WallTime time, float load);

    std::map<NodeId, std::vector<Sample>> m_samples;
    std::map<ComponentId, PoolHandle> m_pools; // of elements that speak for themselves
    std::map<ComponentId, float> m_before;     // what silent ones had
};

/// The highest load of each cell; row by row, negative where there is none.
struct HeatGrid {
    std::vector<std::vector<NodeId>> rows; // usually one element each, else as many as must share a row
    int columns = 0;
    WallTime begin; // of the first column
    Duration step{};
    std::vector<float> cells;

    [[nodiscard]] float at(int row, int column) const {
        return cells[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
                     static_cast<std::size_t>(column)];
    }
    [[nodiscard]] WallTime timeOf(int column) const { return WallTime{begin.value + step.count() * column}; }
    /// -1: none.
    [[nodiscard]] int rowOf(const NodeId& node) const;
};
/// The time before `end`, in steps that begin at multiples of themselves, so that cells do not change while time
/// passes.
[[nodiscard]] HeatGrid heatOf(const LoadHistory& history, WallTime end, Duration span, int columns, int mostRows);

} // namespace kolam::gui
