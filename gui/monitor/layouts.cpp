// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/monitor/layouts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>

namespace kolam::gui {

using telemetry::Role;

namespace {

constexpr double columnWidth = 230;
constexpr double rowHeight = 116;
constexpr double layerGap = 170;

using Indices = std::vector<std::size_t>;

Indices withRole(const Topology& topology, Role role) {
    Indices indices;
    for (std::size_t i = 0; i < topology.nodes.size(); ++i) {
        if (topology.nodes[i].role == role) {
            indices.push_back(i);
        }
    }
    return indices;
}

/// As many columns as make a block about twice as wide as high.
std::size_t columnsFor(std::size_t count) {
    const auto wide = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(count) * 2)));
    return std::max<std::size_t>(count <= 8 ? count : wide, 1);
}

/// Rows around x = 0 from `top` on. @return where the next thing may begin
double fillRows(const Indices& indices, double top, double spread, std::vector<QPointF>& places) {
    const std::size_t columns = columnsFor(indices.size());
    const double step = std::max(columnWidth, columns > 1 ? spread / static_cast<double>(columns) : columnWidth);
    for (std::size_t i = 0; i < indices.size(); ++i) {
        const std::size_t row = i / columns;
        const std::size_t inRow = std::min(columns, indices.size() - row * columns);
        const double x = (static_cast<double>(i % columns) - static_cast<double>(inRow - 1) / 2) * step;
        places[indices[i]] = {x, top + static_cast<double>(row) * rowHeight};
    }
    const std::size_t rows = (indices.size() + columns - 1) / columns;
    return top + (rows == 0 ? 0 : static_cast<double>(rows - 1) * rowHeight + layerGap);
}

void layered(const Topology& topology, std::vector<QPointF>& places) {
    std::size_t widest = 1;
    const std::array layers{withRole(topology, Role::Registrar), withRole(topology, Role::Element),
                            withRole(topology, Role::User)};
    for (const Indices& layer : layers) {
        widest = std::max(widest, columnsFor(layer.size()));
    }
    // Small layers spread over the width of the others, so that links do not all meet in the middle.
    const double spread = std::min(static_cast<double>(widest) * columnWidth, 6 * columnWidth) * 0.9;
    double top = 0;
    for (const Indices& layer : layers) {
        top = fillRows(layer, top, spread, places);
    }
}

void ring(const Topology& topology, std::vector<QPointF>& places) {
    double radius = 0;
    for (const Role role : {Role::Registrar, Role::Element, Role::User}) {
        const Indices indices = withRole(topology, role);
        if (indices.empty()) {
            continue;
        }
        const auto count = static_cast<double>(indices.size());
        const double needed = count * columnWidth / (2 * std::numbers::pi);
        radius = indices.size() == 1 && radius == 0 ? 0 : std::max(radius == 0 ? 130 : radius + 190, needed);
        for (std::size_t i = 0; i < indices.size(); ++i) {
            const double angle = 2 * std::numbers::pi * (static_cast<double>(i) + 0.5) / count - std::numbers::pi / 2;
            places[indices[i]] = {radius * std::cos(angle) * 1.25, radius * std::sin(angle)};
        }
    }
}

void grid(const Indices& indices, QPointF origin, std::vector<QPointF>& places) {
    const std::size_t columns = columnsFor(indices.size());
    for (std::size_t i = 0; i < indices.size(); ++i) {
        places[indices[i]] = origin + QPointF(static_cast<double>(i % columns) * columnWidth,
                                              static_cast<double>(i / columns) * rowHeight);
    }
}

void byHost(const Topology& topology, std::vector<QPointF>& places) {
    std::map<QString, Indices> hosts;
    for (std::size_t i = 0; i < topology.nodes.size(); ++i) {
        hosts[topology.nodes[i].host].push_back(i);
    }
    std::size_t largest = 1;
    for (const auto& [host, indices] : hosts) {
        largest = std::max(largest, indices.size());
    }
    const std::size_t inside = columnsFor(largest);
    const double width = static_cast<double>(inside + 1) * columnWidth;
    const double height = static_cast<double>(largest / inside + 2) * rowHeight;
    const std::size_t columns = std::max<std::size_t>(1, columnsFor(hosts.size()) / 2 + 1);
    std::size_t at = 0;
    for (const auto& [host, indices] : hosts) {
        grid(indices, {static_cast<double>(at % columns) * width, static_cast<double>(at / columns) * height}, places);
        ++at;
    }
}

} // namespace

std::vector<QPointF> placesOf(const Topology& topology, Layout layout) {
    std::vector<QPointF> places(topology.nodes.size());
    switch (layout) {
    case Layout::Picture: // until somebody moves them
    case Layout::Layered: layered(topology, places); break;
    case Layout::Ring: ring(topology, places); break;
    case Layout::Hosts: byHost(topology, places); break;
    case Layout::Grid: {
        Indices all(topology.nodes.size());
        for (std::size_t i = 0; i < all.size(); ++i) {
            all[i] = i;
        }
        grid(all, {}, places);
        break;
    }
    }
    return places;
}

QString layoutKey(Layout layout) {
    constexpr std::array<const char*, layoutCount> keys{"layered", "ring", "hosts", "grid", "picture"};
    return QString::fromLatin1(keys[static_cast<std::size_t>(layout)]);
}

std::optional<Layout> layoutFromKey(const QString& key) {
    for (int i = 0; i < layoutCount; ++i) {
        if (layoutKey(static_cast<Layout>(i)) == key) {
            return static_cast<Layout>(i);
        }
    }
    return std::nullopt;
}

} // namespace kolam::gui
