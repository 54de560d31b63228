// SPDX-License-Identifier: GPL-3.0-or-later
// How nodes and links look on the map, at three distances: cards with words, labels, and marks of the state only.
// Next door: topology_view.h, which knows where; gui/common/element_state.h, the shapes and colours.
#pragma once

#include "gui/common/theme.h"
#include "gui/monitor/layouts.h"

#include <QRectF>

class QPainter;

namespace kolam::gui {

enum class Detail : quint8 { Card, Label, Mark };

struct NodeLook {
    bool selected = false;
    bool hovered = false;
    bool focused = false; // the keyboard is here
};

/// The space that a node takes around its middle.
[[nodiscard]] QRectF nodeRect(const TopologyNode& node, Detail detail);
void paintNode(QPainter& painter, const TopologyNode& node, QPointF middle, Detail detail, const NodeLook& look,
               const ThemeTokens& tokens);

/// A link without its count; the painter's transformation is the map's.
void paintLink(QPainter& painter, const TopologyLink& link, QPointF from, QPointF to, const ThemeTokens& tokens,
               bool antialiased);
/// How many a bundle stands for, at its middle.
void paintCount(QPainter& painter, const TopologyLink& link, QPointF from, QPointF to, const ThemeTokens& tokens);
[[nodiscard]] QColor linkColour(const TopologyLink& link, const ThemeTokens& tokens);

} // namespace kolam::gui
