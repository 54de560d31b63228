// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/poolview/load_history.h"

#include "core/base/strong.h"

#include <algorithm>

namespace kolam::gui {

using namespace telemetry;

void LoadHistory::clear() {
    m_samples.clear();
    m_pools.clear();
    m_before.clear();
}

void LoadHistory::take(const EventHistory& history, Position from) {
    for (Position at = std::max(from, history.begin()); at < history.end(); ++at) {
        take(history.at(at), history.timeAt(at));
    }
    if (history.forgotten() > 0) {
        const WallTime first = history.timeAt(history.begin());
        std::erase_if(m_samples, [&](const auto& entry) {
            return entry.second.back().load < 0 && entry.second.back().time < first; // gone before all that is known
        });
    }
}

void LoadHistory::take(const Event& event, WallTime time) {
    const ComponentId id = event.component;
    const auto pool = m_pools.find(id);
    const NodeId own{id, pool == m_pools.end() ? PoolHandle{} : pool->second};
    const auto byRegistrar = [&](const ElementFacts& facts) {
        if (!m_pools.contains(componentId(facts.element))) {
            put(elementNode(facts.pool, facts.element), time, static_cast<float>(facts.load));
        }
    };
    const auto gone = [&] {
        if (pool != m_pools.end()) {
            put(own, time, -1);
        }
    };
    std::visit(
        Overloaded{[&](const ComponentUp& e) {
                       if (roleOf(id) == Role::Element && !e.pool.value.empty()) {
                           m_pools[id] = e.pool;
                           put({id, e.pool}, time, 0);
                       }
                   },
                   [&](const LoadChanged& e) {
                       if (pool != m_pools.end()) {
                           put(own, time, static_cast<float>(e.load));
                       }
                   },
                   [&](const ComponentDown& e) {
                       if (pool != m_pools.end() && e.how == DownKind::Silent) {
                           m_before[id] = m_samples[own].back().load;
                       }
                       gone();
                   },
                   [&](const ComponentHeard&) {
                       if (const auto before = m_before.find(id); before != m_before.end() && pool != m_pools.end()) {
                           put(own, time, before->second);
                       }
                   },
                   [&](const ComponentFinal&) { gone(); }, [&](const ElementRegistered& e) { byRegistrar(e.facts); },
                   [&](const ElementReregistered& e) { byRegistrar(e.facts); },
                   [&](const ElementRemoved& e) {
                       const NodeId node = elementNode(e.pool, e.element);
                       if (!m_pools.contains(node.component) && m_samples.contains(node) &&
                           e.reason != Removal::OwnerSaysSo) {
                           put(node, time, -1);
                       }
                   },
                   [](const auto&) {}},
        event.body);
}

void LoadHistory::put(const NodeId& node, WallTime time, float load) {
    std::vector<Sample>& samples = m_samples[node];
    if (!samples.empty() && samples.back().load == load) {
        return; // it holds until it changes
    }
    if (samples.size() >= mostSamples) {
        samples.erase(samples.begin(), samples.begin() + static_cast<std::ptrdiff_t>(samples.size() / 2));
    }
    samples.push_back({time, load});
}

float LoadHistory::at(const NodeId& node, WallTime time) const {
    const auto found = m_samples.find(node);
    if (found == m_samples.end()) {
        return -1;
    }
    const auto after = std::ranges::upper_bound(found->second, time, {}, &Sample::time);
    return after == found->second.begin() ? -1.0F : std::prev(after)->load;
}

int HeatGrid::rowOf(const NodeId& node) const {
    const auto found = std::ranges::find_if(
        rows, [&](const std::vector<NodeId>& nodes) { return std::ranges::find(nodes, node) != nodes.end(); });
    return found == rows.end() ? -1 : static_cast<int>(found - rows.begin());
}

HeatGrid heatOf(const LoadHistory& history, WallTime end, Duration span, int columns, int mostRows) {
    HeatGrid grid;
    grid.columns = std::max(columns, 1);
    grid.step = std::max(Duration{span.count() / grid.columns}, Duration{1'000'000});
    const std::int64_t last = end.value / grid.step.count() + 1; // the column in which `end` is ends here
    grid.begin = WallTime{(last - grid.columns) * grid.step.count()};
    // Neighbours share a row, but never with another pool.
    std::map<PoolHandle, std::vector<NodeId>> pools;
    for (const auto& [node, samples] : history.samples()) {
        if (samples.back().load >= 0 || samples.back().time > grid.begin) {
            pools[node.pool].push_back(node);
        }
    }
    std::size_t nodes = 0;
    for (const auto& [pool, all] : pools) {
        nodes += all.size();
    }
    const std::size_t rows = static_cast<std::size_t>(std::max(mostRows, 1));
    const std::size_t share = std::max<std::size_t>(1, (nodes + rows - 1) / rows);
    for (const auto& [pool, all] : pools) {
        for (std::size_t at = 0; at < all.size(); at += share) {
            const auto first = all.begin() + static_cast<std::ptrdiff_t>(at);
            grid.rows.emplace_back(first, all.begin() + static_cast<std::ptrdiff_t>(std::min(at + share, all.size())));
        }
    }
    grid.cells.assign(grid.rows.size() * static_cast<std::size_t>(grid.columns), -1);
    for (std::size_t row = 0; row < grid.rows.size(); ++row) {
        float* const cells = &grid.cells[row * static_cast<std::size_t>(grid.columns)];
        for (const NodeId& node : grid.rows[row]) {
            const std::vector<LoadHistory::Sample>& samples = history.samples().at(node);
            auto next = std::ranges::upper_bound(samples, grid.begin, {}, &LoadHistory::Sample::time);
            float load = next == samples.begin() ? -1.0F : std::prev(next)->load;
            for (int column = 0; column < grid.columns && grid.timeOf(column) <= end; ++column) {
                float most = load;
                for (; next != samples.end() && next->time < grid.timeOf(column + 1) && next->time <= end; ++next) {
                    load = next->load;
                    most = std::max(most, load);
                }
                cells[column] = std::max(cells[column], most);
            }
        }
    }
    return grid;
}

} // namespace kolam::gui
