// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/monitor/topology_view.h"

#include "gui/common/saving.h"
#include "gui/monitor/map_accessibility.h"
#include "gui/monitor/message_dots.h"

#include <QAccessible>
#include <QPaintEngine>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace kolam::gui {

namespace {

constexpr double smallestScale = 0.005;
constexpr double largestScale = 4;
constexpr double labelsFrom = 0.5; // scales from which on there is room for it
constexpr double marksBelow = 0.3; // a thousand labels, which nobody can read, are no help
constexpr std::size_t animatedNodes = 500;
constexpr double pictureWidth = 1'400; // in the map's units
constexpr double pictureMiddle = 170;  // of the layers that nodes are in at first
constexpr double pictureOpacity = 0.55;
constexpr double dimmed = 0.35; // opacity of what a lesson is not about

} // namespace

TopologyView::TopologyView(QWidget* parent) : QWidget(parent) {
    installMapAccessibility();
    setAccessibleName(tr("Map of the pool"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setMinimumSize(240, 160);
    connect(&m_edges, &EdgeLayer::improved, this, QOverload<>::of(&QWidget::update));
    connect(&m_ownership, &OwnershipLayer::changed, this, QOverload<>::of(&QWidget::update));
    m_motion.setDuration(250);
    m_motion.setStartValue(0.0);
    m_motion.setEndValue(1.0);
    m_motion.setEasingCurve(QEasingCurve::InOutQuad);
    connect(&m_motion, &QVariantAnimation::valueChanged, this, [this](const QVariant& value) {
        const double share = value.toDouble();
        for (std::size_t i = 0; i < m_places.size() && i < m_motionTo.size(); ++i) {
            m_places[i] = m_motionFrom[i] * (1 - share) + m_motionTo[i] * share;
        }
        refreshEdges();
        if (m_fitted) {
            fit();
        }
    });
}

// ---- What is shown -------------------------------------------------------------------------------------------------

void TopologyView::setTopology(Topology topology) {
    if (topology == m_topology) {
        return;
    }
    const bool sameNodes =
        std::ranges::equal(topology.nodes, m_topology.nodes, {}, &TopologyNode::id, &TopologyNode::id);
    const bool sameLinks = topology.links == m_topology.links;
    const bool sameOwners = sameNodes && std::ranges::equal(topology.nodes, m_topology.nodes, {}, &TopologyNode::owner,
                                                            &TopologyNode::owner);
    if (!sameOwners) {
        m_ownership.setTopology(m_topology, topology);
    }
    m_topology = std::move(topology);
    m_miniMap.change();
    setAccessibleDescription(tr("%n node(s)", nullptr, static_cast<int>(m_topology.nodes.size())));
    if (!sameNodes) {
        m_indices.clear();
        m_hovered = -1;
        m_dragged = -1;
        m_panning = false;
        place(false);
    } else if (!sameLinks || !sameOwners) {
        refreshEdges();
    }
    update();
}

void TopologyView::setLayout(Layout layout) {
    m_layout = layout;
    m_fitted = true;
    place(true);
}

void TopologyView::setPins(Layout layout, Pins pins) {
    m_pins[static_cast<std::size_t>(layout)] = std::move(pins);
    place(false);
}

void TopologyView::setPicture(QImage picture) {
    const int most = 2 * static_cast<int>(pictureWidth); // finer than that nobody looks
    m_picture = picture.width() > most ? picture.scaledToWidth(most, Qt::SmoothTransformation) : std::move(picture);
    m_miniMap.change(); // it has other bounds
    if (m_fitted) {
        fit();
    }
    update();
}

void TopologyView::place(bool animated) {
    std::vector<QPointF> places = placesOf(m_topology, m_layout);
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (const auto pinned = pins().find(m_topology.nodes[i].id); pinned != pins().end()) {
            places[i] = pinned->second;
        }
    }
    m_motion.stop();
    if (animated && isVisible() && places.size() == m_places.size() && places.size() <= animatedNodes) {
        m_motionFrom = m_places;
        m_motionTo = std::move(places);
        m_motion.start();
        return;
    }
    m_places = std::move(places);
    refreshEdges();
    if (m_fitted) {
        fit();
    }
}

void TopologyView::refreshEdges() {
    m_miniMap.change();
    m_ownership.setPlaces(m_topology, m_places);
    m_edges.setScene({.links = m_topology.links, .places = m_places, .tokens = currentTokens()});
    update();
}

void TopologyView::select(const std::optional<NodeId>& node) {
    m_selected = node;
    if (hasFocus() && QAccessible::isActive()) { // readers follow
        QAccessibleEvent moved(this, QAccessible::Focus);
        QAccessible::updateAccessibility(&moved);
    }
    update();
}

void TopologyView::setTrails(Trails trails) {
    if (m_trails != trails) {
        m_trails = std::move(trails);
        update();
    }
}

void TopologyView::setSpotlight(std::set<telemetry::ComponentId> components) {
    if (m_spotlight != components) {
        m_spotlight = std::move(components);
        update();
    }
}

void TopologyView::setMiniMap(bool shown) {
    m_showsMiniMap = shown;
    update();
}

// ---- Where it is looked at -----------------------------------------------------------------------------------------

QRectF TopologyView::pictureRect() const {
    if (m_layout != Layout::Picture || m_picture.isNull()) {
        return {};
    }
    const QSizeF size(pictureWidth, pictureWidth * m_picture.height() / m_picture.width());
    return {QPointF(-size.width() / 2, pictureMiddle - size.height() / 2), size};
}

QRectF TopologyView::bounds() const {
    if (m_places.empty()) {
        return pictureRect().united(
            {-cardSize.width(), -cardSize.height(), 2 * cardSize.width(), 2 * cardSize.height()});
    }
    QRectF all(m_places.front(), QSizeF(0, 0));
    for (const QPointF& at : m_places) {
        all.setLeft(std::min(all.left(), at.x()));
        all.setRight(std::max(all.right(), at.x()));
        all.setTop(std::min(all.top(), at.y()));
        all.setBottom(std::max(all.bottom(), at.y()));
    }
    return all
        .adjusted(-cardSize.width() * 0.6, -cardSize.height() * 0.9, cardSize.width() * 0.6, cardSize.height() * 0.9)
        .united(pictureRect());
}

int TopologyView::indexOf(const NodeId& node) {
    if (m_indices.empty()) {
        for (std::size_t i = 0; i < m_topology.nodes.size(); ++i) {
            m_indices.emplace(m_topology.nodes[i].id, static_cast<int>(i));
        }
    }
    const auto found = m_indices.find(node);
    return found == m_indices.end() ? -1 : found->second;
}

void TopologyView::fit() {
    const QRectF all = bounds();
    const double scale =
        std::clamp(std::min(width() / all.width(), (height() - 24) / all.height()), smallestScale, 1.6);
    m_toScreen =
        QTransform::fromTranslate(width() / 2.0 - all.center().x() * scale, height() / 2.0 - all.center().y() * scale);
    m_toScreen.scale(scale, scale);
    m_fitted = true;
    emit zoomed(scale);
    update();
}

void TopologyView::zoom(double factor, QPointF at) {
    const double target = std::clamp(scale() * factor, smallestScale, largestScale);
    const double really = target / scale();
    m_toScreen *= QTransform::fromTranslate(-at.x(), -at.y()) * QTransform::fromScale(really, really) *
                  QTransform::fromTranslate(at.x(), at.y());
    m_fitted = false;
    emit zoomed(scale());
    update();
}

void TopologyView::pan(QPointF way) {
    m_toScreen *= QTransform::fromTranslate(way.x(), way.y());
    m_fitted = false;
    update();
}

void TopologyView::resizeEvent(QResizeEvent*) {
    if (m_fitted) {
        fit();
    }
}

Detail TopologyView::detail() const {
    return scale() >= labelsFrom ? Detail::Card : scale() >= marksBelow ? Detail::Label : Detail::Mark;
}

QRectF TopologyView::screenRect(int node) const {
    const auto at = static_cast<std::size_t>(node);
    return m_toScreen.mapRect(nodeRect(m_topology.nodes[at], detail()).translated(m_places[at]));
}

std::vector<int> TopologyView::seenNodes() const {
    std::vector<int> seen;
    for (int i = 0; i < static_cast<int>(m_places.size()); ++i) {
        if (screenRect(i).intersects(QRectF(rect()))) {
            seen.push_back(i);
        }
    }
    return seen;
}

int TopologyView::nodeAt(QPointF screen) const {
    const QPointF there = m_toScreen.inverted().map(screen);
    for (int i = static_cast<int>(m_topology.nodes.size()) - 1; i >= 0; --i) {
        const auto at = static_cast<std::size_t>(i);
        if (nodeRect(m_topology.nodes[at], detail()).translated(m_places[at]).contains(there)) {
            return i;
        }
    }
    return -1;
}

// ---- Painting ------------------------------------------------------------------------------------------------------

void TopologyView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintMap(painter, size());
}

void TopologyView::paintMap(QPainter& painter, QSize size) {
    const ThemeTokens& tokens = currentTokens();
    painter.fillRect(QRect(QPoint(), size), tokens.window);
    paintPicture(painter);
    painter.setOpacity(m_spotlight.empty() ? 1 : dimmed);
    if (detail() != Detail::Mark) {
        painter.save();
        painter.setTransform(m_toScreen, true);
        m_ownership.paint(painter);
        painter.restore();
    }
    if (painter.paintEngine()->type() == QPaintEngine::Raster) {
        m_edges.paint(painter, m_toScreen, size, painter.device()->devicePixelRatioF());
    } else { // a file that keeps lines
        m_edges.paintLines(painter, m_toScreen);
    }
    painter.setOpacity(1);
    const Detail how = detail();
    const QRectF seen = m_toScreen.inverted().mapRect(QRectF(QPointF(), QSizeF(size)));
    if (how == Detail::Mark) {
        paintMarks(painter, m_topology, m_places, m_toScreen, size, tokens);
    }
    painter.save();
    painter.setTransform(m_toScreen, true);
    painter.setRenderHint(QPainter::Antialiasing, how != Detail::Mark);
    for (std::size_t i = 0; how != Detail::Mark && i < m_topology.nodes.size(); ++i) {
        const TopologyNode& node = m_topology.nodes[i];
        if (node.id != m_selected &&
            nodeRect(node, how).translated(m_places[i]).adjusted(-8, -12, 12, 8).intersects(seen)) {
            painter.setOpacity(m_spotlight.empty() || m_spotlight.contains(node.id.component) ? 1 : dimmed);
            paintNode(painter, node, m_places[i], how, lookOf(i), tokens);
        }
    }
    painter.setOpacity(1);
    if (const int selected = m_selected ? m_topology.find(*m_selected) : -1; selected >= 0) { // above its neighbours
        painter.setRenderHint(QPainter::Antialiasing);
        paintNode(painter, m_topology.nodes[static_cast<std::size_t>(selected)], placeOf(selected), how,
                  lookOf(static_cast<std::size_t>(selected)), tokens);
    }
    paintDots(painter);
    OwnershipLayer::paintTakeovers(painter, m_topology, m_places, tokens);
    painter.restore();
    paintNotice(painter);
    if (m_showsMiniMap && !m_fitted) {
        m_miniMap.paint(painter, m_topology, m_places, bounds(), seen, size);
    }
}

QString TopologyView::save(const QString& path) {
    return savePainting(path, tr("Map of the pool"), size(), [this](QPainter& painter) { paintMap(painter, size()); });
}

void TopologyView::paintPicture(QPainter& painter) {
    const QRectF where = m_toScreen.mapRect(pictureRect());
    if (!where.isEmpty()) {
        painter.setOpacity(pictureOpacity); // cards and links must be read over it, in every theme
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(where, m_picture);
        painter.setOpacity(1);
    }
}

NodeLook TopologyView::lookOf(std::size_t index) const {
    const NodeId& node = m_topology.nodes[index].id;
    NodeLook look;
    look.selected = m_selected == node;
    look.hovered = m_hovered == static_cast<int>(index) && !look.selected;
    look.focused = look.selected && hasFocus();
    if (const OwnershipLayer::Wipe* const wipe = m_ownership.wipeOf(node)) {
        look.formerOwner = wipe->former;
        look.wiped = m_ownership.progress(*wipe);
    }
    if (const auto trail = m_trails.find(node.component); trail != m_trails.end()) {
        look.trail = &trail->second;
    }
    return look;
}

void TopologyView::paintDots(QPainter& painter) {
    if (m_dots == nullptr) {
        return;
    }
    const ThemeTokens& tokens = currentTokens();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(tokens.window, 1));
    for (const MessageDots::Dot& dot : m_dots->dots()) {
        const int from = indexOf(dot.from);
        const int to = indexOf(dot.to);
        if (from < 0 || to < 0) {
            continue;
        }
        const double share = std::clamp(m_dots->progress(dot), 0.0, 1.0);
        painter.setBrush(dot.session ? tokens.good : tokens.accent);
        painter.drawEllipse(placeOf(from) * (1 - share) + placeOf(to) * share, 5, 5);
    }
}

void TopologyView::paintNotice(QPainter& painter) {
    const ThemeTokens& tokens = currentTokens();
    QString words;
    if (m_topology.nodes.empty()) {
        words =
            tr("Nobody is here yet. Components of this scope appear by themselves, for example those of “kolam demo”.");
    } else if (m_topology.hidden > 0) {
        words = tr("%n component(s) are shown as groups", nullptr, static_cast<int>(m_topology.hidden));
    }
    if (!words.isEmpty()) {
        painter.setPen(m_topology.nodes.empty() ? tokens.text : tokens.warning);
        painter.setFont(font());
        const QRect where =
            m_topology.nodes.empty() ? rect().adjusted(40, 20, -40, -20) : rect().adjusted(10, 8, -10, -8);
        painter.drawText(
            where, m_topology.nodes.empty() ? Qt::AlignCenter | Qt::TextWordWrap : Qt::AlignTop | Qt::AlignLeft, words);
    }
}

} // namespace kolam::gui
