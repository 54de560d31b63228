// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/monitor/mini_map.h"

#include "gui/common/theme.h"
#include "gui/monitor/map_painter.h"

#include <QPaintEngine>
#include <QPainter>
#include <algorithm>

namespace kolam::gui {

namespace {

constexpr QSizeF most{170, 110};
constexpr double margin = 12; // to the edges of the window
constexpr QSize mark{4, 3};

/// The marks, in a frame whose corner is the origin.
void paintAll(QPainter& painter, const Topology& topology, const std::vector<QPointF>& places, const QRectF& all,
              double scale) {
    const ThemeTokens& tokens = currentTokens();
    painter.setPen(QPen(tokens.border, 1));
    painter.setBrush(tokens.surface);
    painter.drawRect(QRectF(QPointF(), all.size() * scale));
    RectsByState marks;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const QPointF middle = (places[i] - all.topLeft()) * scale;
        marks[static_cast<std::size_t>(topology.nodes[i].state)].emplaceBack(
            (middle - QPointF(mark.width(), mark.height()) / 2).toPoint(), mark);
    }
    paintByState(painter, marks, tokens);
}

} // namespace

void MiniMap::paint(QPainter& painter, const Topology& topology, const std::vector<QPointF>& places, const QRectF& all,
                    const QRectF& seen, QSize window) {
    const double scale = std::min(most.width() / all.width(), most.height() / all.height());
    const QRectF frame(QPointF(window.width() - margin, window.height() - margin) -
                           QPointF(all.width(), all.height()) * scale,
                       all.size() * scale);
    if (painter.paintEngine()->type() != QPaintEngine::Raster) { // a file that keeps lines
        painter.save();
        painter.translate(frame.topLeft());
        paintAll(painter, topology, places, all, scale);
        painter.restore();
    } else {
        const double ratio = painter.device()->devicePixelRatioF();
        const QSize size = (frame.size() * ratio).toSize() + QSize(2, 2); // the frame's line is a half outside
        if (m_picture.size() != size) {
            m_picture = QImage(size, QImage::Format_ARGB32_Premultiplied);
            m_picture.setDevicePixelRatio(ratio);
            m_picture.fill(Qt::transparent);
            QPainter once(&m_picture);
            paintAll(once, topology, places, all, scale);
        }
        painter.drawImage(frame.topLeft(), m_picture);
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(currentTokens().accent, 1.5));
    const auto there = [&](QPointF at) { return frame.topLeft() + (at - all.topLeft()) * scale; };
    painter.drawRect(QRectF(there(seen.topLeft()), there(seen.bottomRight())).intersected(frame));
}

} // namespace kolam::gui
