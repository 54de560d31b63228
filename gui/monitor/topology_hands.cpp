// SPDX-License-Identifier: GPL-3.0-or-later
// What hands and keys do on the map. Next door: topology_view.cpp, what it shows.
#include "gui/common/sentences.h"
#include "gui/monitor/topology_view.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QToolTip>
#include <QWheelEvent>
#include <cmath>
#include <limits>

namespace kolam::gui {

namespace {
constexpr int dragDistance = 5;
} // namespace

/// A node was placed by hand.
class PinCommand final : public QUndoCommand {
public:
    PinCommand(TopologyView& view, NodeId node, std::optional<QPointF> before, QPointF after)
        : QUndoCommand(TopologyView::tr("place %1").arg(nameOf(node)))
        , m_view(view)
        , m_layout(view.m_layout)
        , m_node(std::move(node))
        , m_before(before)
        , m_after(after) {}
    void redo() override { pin(m_after); }
    void undo() override { pin(m_before); }

private:
    void pin(const std::optional<QPointF>& where) {
        auto& pins = m_view.m_pins[static_cast<std::size_t>(m_layout)];
        if (where) {
            pins[m_node] = *where;
        } else {
            pins.erase(m_node);
        }
        m_view.place(true);
    }
    TopologyView& m_view;
    Layout m_layout;
    NodeId m_node;
    std::optional<QPointF> m_before;
    QPointF m_after;
};

/// All nodes of a layout went where it puts them.
class ForgetCommand final : public QUndoCommand {
public:
    explicit ForgetCommand(TopologyView& view)
        : QUndoCommand(TopologyView::tr("forget places"))
        , m_view(view)
        , m_layout(view.m_layout)
        , m_before(view.pins()) {}
    void redo() override { set({}); }
    void undo() override { set(m_before); }

private:
    void set(TopologyView::Pins pins) {
        m_view.m_pins[static_cast<std::size_t>(m_layout)] = std::move(pins);
        m_view.place(true);
    }
    TopologyView& m_view;
    Layout m_layout;
    TopologyView::Pins m_before;
};

void TopologyView::forgetPlaces() {
    if (!pins().empty()) {
        m_undo.push(new ForgetCommand(*this));
    }
}

// ---- Hands ---------------------------------------------------------------------------------------------------------

void TopologyView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) {
        return;
    }
    m_pressed = event->position();
    m_dragged = nodeAt(m_pressed);
    if (m_dragged >= 0) {
        m_before = placeOf(m_dragged);
        emit chosen(m_topology.nodes[static_cast<std::size_t>(m_dragged)].id);
    } else {
        m_panning = true;
        m_moved = false;
        setCursor(Qt::ClosedHandCursor);
    }
}

void TopologyView::mouseMoveEvent(QMouseEvent* event) {
    const QPointF way = event->position() - m_pressed;
    if (m_panning) {
        pan(way);
        m_pressed = event->position();
        m_moved = true;
    } else if (m_dragged >= 0 && (way.manhattanLength() >= dragDistance || placeOf(m_dragged) != m_before)) {
        m_places[static_cast<std::size_t>(m_dragged)] = m_before + way / scale();
        refreshEdges();
    } else if (const int under = nodeAt(event->position()); under != m_hovered) {
        m_hovered = under;
        update();
    }
}

void TopologyView::mouseReleaseEvent(QMouseEvent*) {
    if (m_dragged >= 0 && placeOf(m_dragged) != m_before) {
        const NodeId node = m_topology.nodes[static_cast<std::size_t>(m_dragged)].id;
        const auto pinned = pins().find(node);
        m_fitted = false; // the ground stays where it is
        m_undo.push(new PinCommand(*this, node, pinned == pins().end() ? std::nullopt : std::optional(pinned->second),
                                   placeOf(m_dragged)));
    } else if (m_panning && !m_moved) {
        emit chosen(std::nullopt);
    }
    m_dragged = -1;
    m_panning = false;
    unsetCursor();
}

void TopologyView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (const int node = nodeAt(event->position()); node >= 0) {
        emit activated(m_topology.nodes[static_cast<std::size_t>(node)].id);
    } else {
        fit();
    }
}

void TopologyView::wheelEvent(QWheelEvent* event) {
    zoom(std::pow(1.0015, event->angleDelta().y()), event->position());
    event->accept();
}

void TopologyView::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Left: return step({-1, 0});
    case Qt::Key_Right: return step({1, 0});
    case Qt::Key_Up: return step({0, -1});
    case Qt::Key_Down: return step({0, 1});
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_selected) {
            emit activated(*m_selected);
        }
        return;
    default: QWidget::keyPressEvent(event);
    }
}

void TopologyView::contextMenuEvent(QContextMenuEvent* event) {
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const int node = !byKey ? nodeAt(event->pos()) : m_selected ? m_topology.find(*m_selected) : -1;
    if (node >= 0) {
        emit menuWanted(m_topology.nodes[static_cast<std::size_t>(node)].id,
                        byKey ? mapToGlobal(m_toScreen.map(placeOf(node)).toPoint()) : event->globalPos());
    }
}

/// To the nearest node in this direction; from nowhere to the first one.
void TopologyView::step(QPointF direction) {
    const int here = m_selected ? m_topology.find(*m_selected) : -1;
    int best = here < 0 && !m_topology.nodes.empty() ? 0 : -1;
    double least = std::numeric_limits<double>::max();
    for (int i = 0; here >= 0 && i < static_cast<int>(m_topology.nodes.size()); ++i) {
        const QPointF way = placeOf(i) - placeOf(here);
        const double ahead = QPointF::dotProduct(way, direction);
        const double aside = std::abs(way.x() * direction.y()) + std::abs(way.y() * direction.x());
        if (i != here && ahead > 1 && ahead + 2 * aside < least) {
            least = ahead + 2 * aside;
            best = i;
        }
    }
    if (best >= 0) {
        emit chosen(m_topology.nodes[static_cast<std::size_t>(best)].id);
    }
}

bool TopologyView::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        auto* const help = static_cast<QHelpEvent*>(event);
        const int node = nodeAt(help->pos());
        // Names of pools come from the network: they are text, and nothing else.
        node < 0 ? QToolTip::hideText()
                 : QToolTip::showText(help->globalPos(),
                                      describe(node).toHtmlEscaped().replace(u'\n', QStringLiteral("<br>")), this);
        return true;
    }
    return QWidget::event(event);
}

QString TopologyView::describe(int index) const {
    const TopologyNode& node = m_topology.nodes[static_cast<std::size_t>(index)];
    return QStringLiteral("%1 – %2\n%3").arg(node.name, wordOf(node.state), meaningOf(node.state));
}

void TopologyView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange) {
        refreshEdges();
    }
    QWidget::changeEvent(event);
}

} // namespace kolam::gui
