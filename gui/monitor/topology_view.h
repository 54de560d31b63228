// SPDX-License-Identifier: GPL-3.0-or-later
// The map: nodes on their places over the picture of links, dots above. Drag the ground to move, the wheel to zoom, a
// node to place it; arrow keys go from node to node. It shows what it is given, and tells what was chosen.
// Next door: layouts.h, edge_layer.h, map_painter.h, mini_map.h, message_dots.h.
#pragma once

#include "gui/monitor/edge_layer.h"
#include "gui/monitor/layouts.h"
#include "gui/monitor/map_painter.h"
#include "gui/monitor/mini_map.h"
#include "gui/monitor/ownership_layer.h"

#include <QHash>
#include <QImage>
#include <QUndoStack>
#include <QVariantAnimation>
#include <QWidget>
#include <array>
#include <map>
#include <set>

namespace kolam::gui {

class MessageDots;

class TopologyView final : public QWidget {
    Q_OBJECT
public:
    explicit TopologyView(QWidget* parent = nullptr);

    void setTopology(Topology topology);
    [[nodiscard]] const Topology& topology() const { return m_topology; }
    void setDots(const MessageDots* dots) { m_dots = dots; }
    void setLayout(Layout layout);
    [[nodiscard]] Layout layout() const { return m_layout; }
    /// Places that people have chosen, in each layout its own.
    using Pins = std::map<NodeId, QPointF>;
    [[nodiscard]] const Pins& pins() const { return pins(m_layout); }
    [[nodiscard]] const Pins& pins(Layout layout) const { return m_pins[static_cast<std::size_t>(layout)]; }
    void setPins(Layout layout, Pins pins);
    /// What is behind the nodes in Layout::Picture.
    void setPicture(QImage picture);
    [[nodiscard]] const QImage& picture() const { return m_picture; }
    /// Of this layout; can be undone.
    void forgetPlaces();
    [[nodiscard]] QUndoStack& undoStack() { return m_undo; }

    void select(const std::optional<NodeId>& node);
    [[nodiscard]] const std::optional<NodeId>& selected() const { return m_selected; }
    void zoom(double factor, QPointF at);
    void zoomBy(double factor) { zoom(factor, QPointF(width() / 2.0, height() / 2.0)); }
    void pan(QPointF way);
    /// Everything is seen.
    void fit();
    void setMiniMap(bool shown);
    /// Load of elements in the last minute, for full cards.
    using Trails = std::map<telemetry::ComponentId, std::vector<float>>;
    void setTrails(Trails trails);
    [[nodiscard]] OwnershipLayer& ownership() { return m_ownership; }
    /// All but these are dimmed; none: nobody is.
    void setSpotlight(std::set<telemetry::ComponentId> components);
    [[nodiscard]] const std::set<telemetry::ComponentId>& spotlight() const { return m_spotlight; }
    [[nodiscard]] double scale() const { return m_toScreen.m11(); }
    [[nodiscard]] QPointF placeOf(int node) const { return m_places[static_cast<std::size_t>(node)]; }
    [[nodiscard]] const EdgeLayer& edges() const { return m_edges; }
    [[nodiscard]] QTransform toScreen() const { return m_toScreen; }
    [[nodiscard]] QRectF screenRect(int node) const;
    /// Those of which at least a part is in the window.
    [[nodiscard]] std::vector<int> seenNodes() const;
    /// What a person would be told of a node, in plain text.
    [[nodiscard]] QString describe(int node) const;
    /// Also without a window, for pictures of it.
    void paintMap(QPainter& painter, QSize size);
    /// As a PNG, SVG or PDF, by its name. @return what went wrong, as a sentence; empty: nothing
    [[nodiscard]] QString save(const QString& path);

    [[nodiscard]] QSize sizeHint() const override { return {900, 560}; }

signals:
    void chosen(const std::optional<kolam::gui::NodeId>& node);
    /// Of a node: what can be done to it.
    void menuWanted(const kolam::gui::NodeId& node, QPoint global);
    void activated(const kolam::gui::NodeId& node);
    void zoomed(double scale);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    friend class PinCommand;
    friend class ForgetCommand;
    [[nodiscard]] Detail detail() const;
    [[nodiscard]] int nodeAt(QPointF screen) const; // -1: none
    [[nodiscard]] QRectF bounds() const;
    [[nodiscard]] int indexOf(const NodeId& node); // -1: it is not shown
    [[nodiscard]] QRectF pictureRect() const;
    void paintPicture(QPainter& painter);
    [[nodiscard]] NodeLook lookOf(std::size_t node) const;
    void paintDots(QPainter& painter);
    void paintNotice(QPainter& painter);
    void place(bool animated);
    void refreshEdges();
    void step(QPointF direction);

    Topology m_topology;
    std::map<NodeId, int> m_indices; // of nodes, made when they are asked for
    Layout m_layout = Layout::Layered;
    std::vector<QPointF> m_places;
    std::array<Pins, layoutCount> m_pins;
    QImage m_picture;
    QUndoStack m_undo;
    EdgeLayer m_edges;
    OwnershipLayer m_ownership;
    Trails m_trails;
    const MessageDots* m_dots = nullptr;
    QTransform m_toScreen;
    bool m_fitted = true; // it follows what there is, until somebody moves it
    MiniMap m_miniMap;
    bool m_showsMiniMap = true;
    std::optional<NodeId> m_selected;
    std::set<telemetry::ComponentId> m_spotlight;
    int m_hovered = -1;
    int m_dragged = -1;
    bool m_panning = false;
    bool m_moved = false; // since the button was pressed
    QPointF m_pressed;
    QPointF m_before; // of what is dragged
    QVariantAnimation m_motion;
    std::vector<QPointF> m_motionFrom;
    std::vector<QPointF> m_motionTo;
};

} // namespace kolam::gui
