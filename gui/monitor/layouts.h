// SPDX-License-Identifier: GPL-3.0-or-later
// Where nodes are on the map, in five ways. The same nodes get the same places, and nobody moves because of a takeover:
// what people have learnt by looking stays true. Next door: topology.h, the nodes.
#pragma once

#include "gui/monitor/topology.h"

#include <QPointF>
#include <QRectF>
#include <QStringList>
#include <vector>

namespace kolam::gui {

enum class Layout : quint8 {
    Layered, // registrars above, elements below them, users at the bottom
    Ring,    // registrars in the middle, users outside
    Hosts,   // a place for each host
    Grid,
    Picture, // over a picture, where people put them
};
inline constexpr int layoutCount = 5;

/// The middle of each node, in the map's own units; cards are cardSize.
[[nodiscard]] std::vector<QPointF> placesOf(const Topology& topology, Layout layout);
inline constexpr QSizeF cardSize{176, 74};

[[nodiscard]] QString layoutKey(Layout layout); // "layered", for settings and options
[[nodiscard]] std::optional<Layout> layoutFromKey(const QString& key);

} // namespace kolam::gui
