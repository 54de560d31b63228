// SPDX-License-Identifier: GPL-3.0-or-later
// How nodes and links look on the map, at three distances: cards with words, labels, and marks of the state only.
// Next door: topology_view.h, which knows where; gui/common/element_state.h, the shapes and colours.
#pragma once

#include "gui/common/theme.h"
#include "gui/monitor/layouts.h"

#include <QList>
#include <QRectF>
#include <array>
#include <vector>

class QPainter;

namespace kolam::gui {

enum class Detail : quint8 { Card, Label, Mark };

struct NodeLook {
    bool selected = false;
    bool hovered = false;
    bool focused = false; // the keyboard is here
    // Its registrar has just changed: the stripe wipes from the former one's colour to that of the new one.
    int formerOwner = -1;
    double wiped = 1;                          // 0 to 1
    const std::vector<float>* trail = nullptr; // its load in the last minute, 0 to 1; negative: not known
};

/// The space that a node takes around its middle.
[[nodiscard]] QRectF nodeRect(const TopologyNode& node, Detail detail);
void paintNode(QPainter& painter, const TopologyNode& node, QPointF middle, Detail detail, const NodeLook& look,
               const ThemeTokens& tokens);

/// Of one colour are as many as can be at once, and on whole pixels: that is quick.
using RectsByState = std::array<QList<QRect>, elementStates>;
void paintByState(QPainter& painter, const RectsByState& rects, const ThemeTokens& tokens);
/// Marks of all nodes that are seen, however many there are; the painter's transformation is that of the window.
void paintMarks(QPainter& painter, const Topology& topology, const std::vector<QPointF>& places,
                const QTransform& toScreen, QSize window, const ThemeTokens& tokens);

/// A link without its count; the painter's transformation is the map's.
void paintLink(QPainter& painter, const TopologyLink& link, QPointF from, QPointF to, const ThemeTokens& tokens);
/// How many a bundle stands for, at its middle.
void paintCount(QPainter& painter, const TopologyLink& link, QPointF from, QPointF to, const ThemeTokens& tokens);
[[nodiscard]] QColor linkColour(const TopologyLink& link, const ThemeTokens& tokens);

} // namespace kolam::gui
