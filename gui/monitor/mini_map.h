// SPDX-License-Identifier: GPL-3.0-or-later
// All of the map, small, in a corner, and which part of it is in the window. Its marks are painted once, until they are
// others: ten thousand of them are a part of each picture that nobody must wait for. Next door: topology_view.h.
#pragma once

#include "gui/monitor/topology.h"

#include <QImage>
#include <QRectF>
#include <QSize>
#include <vector>

class QPainter;

namespace kolam::gui {

class MiniMap {
public:
    /// Nodes, their states, their places or the theme are others.
    void change() { m_picture = {}; }
    /// @param all     the bounds of the map, in its own units
    /// @param seen    the part of it that is in the window
    /// @param window  whose lower right corner it is in
    void paint(QPainter& painter, const Topology& topology, const std::vector<QPointF>& places, const QRectF& all,
               const QRectF& seen, QSize window);

private:
    QImage m_picture;
};

} // namespace kolam::gui
