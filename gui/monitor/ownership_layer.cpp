// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/monitor/ownership_layer.h"

#include "gui/common/playback.h"
#include "gui/monitor/layouts.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

namespace kolam::gui {

using telemetry::Role;

namespace {

constexpr double halo = 16;  // around a card
constexpr double near = 250; // between the middles of neighbours in a row
constexpr double nearBelow = 130;
constexpr double aligned = 12;

bool areNeighbours(QPointF one, QPointF other) {
    const double across = std::abs(one.x() - other.x());
    const double down = std::abs(one.y() - other.y());
    return (across < near && down < aligned) || (down < nearBelow && across < aligned);
}

QRectF groundOf(QPointF place) {
    return QRectF(place - QPointF(cardSize.width() / 2, cardSize.height() / 2), cardSize)
        .adjusted(-halo, -halo, halo, halo);
}

} // namespace

OwnershipLayer::OwnershipLayer(QObject* parent) : QObject(parent) {
    m_clock.start();
    m_frames.setInterval(frameMilliseconds);
    connect(&m_frames, &QTimer::timeout, this, &OwnershipLayer::tick);
}

void OwnershipLayer::setEnabled(bool enabled) {
    m_enabled = enabled;
    emit changed();
}

void OwnershipLayer::setTopology(const Topology& before, const Topology& now) {
    std::map<NodeId, int> owners;
    for (const TopologyNode& node : before.nodes) {
        owners.emplace(node.id, node.owner);
    }
    for (const TopologyNode& node : now.nodes) {
        const auto former = owners.find(node.id);
        if (node.role == Role::Element && node.owner >= 0 && former != owners.end() && former->second >= 0 &&
            former->second != node.owner) {
            m_wipes[node.id] = {former->second, m_clock.elapsed()};
            m_frames.start();
        }
    }
}

void OwnershipLayer::setPlaces(const Topology& topology, const std::vector<QPointF>& places) {
    m_grounds.clear();
    if (topology.nodes.size() > mostNodes || places.size() != topology.nodes.size()) {
        return;
    }
    std::map<int, std::vector<QPointF>> owned;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const TopologyNode& node = topology.nodes[i];
        if (node.owner >= 0 && (node.role == Role::Element || node.role == Role::Registrar)) {
            owned[node.owner].push_back(places[i]);
        }
    }
    for (const auto& [owner, middles] : owned) {
        QPainterPath ground;
        ground.setFillRule(Qt::WindingFill);
        for (std::size_t i = 0; i < middles.size(); ++i) {
            ground.addRoundedRect(groundOf(middles[i]), halo * 1.4, halo * 1.4);
            for (std::size_t j = 0; j < i; ++j) {
                if (areNeighbours(middles[i], middles[j])) {
                    ground.addRoundedRect(groundOf(middles[i]).united(groundOf(middles[j])), halo * 1.4, halo * 1.4);
                }
            }
        }
        m_grounds.emplace_back(owner, ground);
    }
}

void OwnershipLayer::paint(QPainter& painter) const {
    if (!m_enabled) {
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    for (const auto& [owner, ground] : m_grounds) {
        QColor soft = ownerColour(owner);
        soft.setAlphaF(0.14F);
        painter.setBrush(soft);
        painter.drawPath(ground);
    }
}

void OwnershipLayer::paintTakeovers(QPainter& painter, const Topology& topology, const std::vector<QPointF>& places,
                                    const ThemeTokens& tokens) {
    double lift = 0; // several at a time do not cover each other
    for (const TopologyTakeover& takeover : topology.takeovers) {
        const int from = topology.find(takeover.target);
        const int to = topology.find(takeover.by);
        if (from < 0 || to < 0) {
            continue;
        }
        const QPointF half(0, cardSize.height() / 2 + 4);
        const QPointF begin = places[static_cast<std::size_t>(from)] - half;
        const QPointF end = places[static_cast<std::size_t>(to)] - half;
        const QPointF top((begin.x() + end.x()) / 2, std::min(begin.y(), end.y()) - 56 - lift);
        QPainterPath way(begin);
        way.quadTo(top, end);
        const QColor colour = ownerColour(topology.nodes[static_cast<std::size_t>(to)].owner);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(colour, 4, Qt::SolidLine, Qt::RoundCap));
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(way);
        const double angle = std::atan2(end.y() - top.y(), end.x() - top.x());
        QPolygonF head;
        for (const double side : {-0.42, 0.0, 0.42}) {
            const double back = side == 0.0 ? 0 : 16;
            head << end - QPointF(back * std::cos(angle + side), back * std::sin(angle + side));
        }
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawPolygon(head);
        QFont font = painter.font();
        font.setPixelSize(15);
        font.setBold(true);
        painter.setFont(font);
        const double width = painter.fontMetrics().horizontalAdvance(takeover.words) + 20.0;
        const QRectF label(QPointF(top.x() - width / 2, (begin.y() + end.y()) / 4 + top.y() / 2 - 13),
                           QSizeF(width, 26));
        painter.setPen(QPen(colour, 1.5));
        painter.setBrush(tokens.surface);
        painter.drawRoundedRect(label, 13, 13);
        painter.setPen(tokens.text);
        painter.drawText(label, Qt::AlignCenter, takeover.words);
        lift += 40;
    }
}

const OwnershipLayer::Wipe* OwnershipLayer::wipeOf(const NodeId& node) const {
    const auto found = m_wipes.find(node);
    return found == m_wipes.end() ? nullptr : &found->second;
}

double OwnershipLayer::progress(const Wipe& wipe) const {
    return std::clamp(static_cast<double>(m_clock.elapsed() - wipe.begun) / wipeMilliseconds, 0.0, 1.0);
}

void OwnershipLayer::tick() {
    std::erase_if(m_wipes, [&](const auto& wipe) { return progress(wipe.second) >= 1; });
    if (m_wipes.empty()) {
        m_frames.stop();
    }
    emit changed();
}

} // namespace kolam::gui
