// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/monitor/map_painter.h"

#include <QCoreApplication>
#include <QPainter>
#include <QtMath>
#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace kolam::gui {

using telemetry::Role;

namespace {

struct MapWords {
    Q_DECLARE_TR_FUNCTIONS(Map)
};

constexpr double stripe = 8;
constexpr double corner = 9; // of an element's card; its stripe follows it

QFont sized(QPainter& painter, double pixels, bool bold) {
    QFont font = painter.font();
    font.setPixelSize(static_cast<int>(pixels));
    font.setBold(bold);
    return font;
}

bool gone(ElementState state) {
    return state == ElementState::Left || state == ElementState::Crashed || state == ElementState::Unknown;
}

QPainterPath bodyOf(const TopologyNode& node, const QRectF& rect) {
    QPainterPath path;
    // Registrars are octagons, elements cards, users pills: roles differ by shape, too.
    if (node.role == Role::Registrar) {
        const double cut = std::min(16.0, rect.height() / 4);
        path.addPolygon(QPolygonF({{rect.left() + cut, rect.top()},
                                   {rect.right() - cut, rect.top()},
                                   {rect.right(), rect.top() + cut},
                                   {rect.right(), rect.bottom() - cut},
                                   {rect.right() - cut, rect.bottom()},
                                   {rect.left() + cut, rect.bottom()},
                                   {rect.left(), rect.bottom() - cut},
                                   {rect.left(), rect.top() + cut}}));
        path.closeSubpath();
    } else {
        const double radius = node.role == Role::User ? rect.height() / 2 : corner;
        path.addRoundedRect(rect, radius, radius);
    }
    return path;
}

/// The owner's colour along the left side of a card. A path, because to clip costs more than all the rest of it.
QPainterPath stripeOf(const QRectF& rect) {
    static const double begin = qRadiansToDegrees(std::acos((stripe - corner) / corner)); // where the arc crosses it
    const QSizeF circle(2 * corner, 2 * corner);
    QPainterPath path;
    path.arcMoveTo(QRectF(rect.topLeft(), circle), begin);
    path.arcTo(QRectF(rect.topLeft(), circle), begin, 180 - begin);
    path.arcTo(QRectF(rect.bottomLeft() - QPointF(0, 2 * corner), circle), 180, 180 - begin);
    path.closeSubpath();
    return path;
}

void paintBody(QPainter& painter, const TopologyNode& node, const QRectF& rect, const NodeLook& look,
               const ThemeTokens& t) {
    const QPainterPath body = bodyOf(node, rect);
    if (node.hidden > 0) { // a pile of cards
        painter.setPen(QPen(t.border, 1));
        for (const double shift : {8.0, 4.0}) {
            painter.fillPath(body.translated(shift, -shift), t.raised);
            painter.drawPath(body.translated(shift, -shift));
        }
    }
    painter.fillPath(body, t.raised);
    const QColor owner = ownerColour(node.owner);
    if (node.owner >= 0 && node.role == Role::Element) {
        painter.fillPath(stripeOf(rect), owner);
        if (look.formerOwner >= 0 && look.wiped < 1) {
            painter.save();
            painter.setClipRect(rect.adjusted(0, look.wiped * rect.height(), 0, 0), Qt::IntersectClip);
            painter.fillPath(stripeOf(rect), ownerColour(look.formerOwner));
            painter.restore();
        }
    }
    const bool bad = node.state != ElementState::Up;
    QPen pen(bad ? colourOf(node.state, t) : t.border, bad ? 2.5 : 1.2);
    if (node.role == Role::Registrar && !bad) {
        pen = QPen(owner, 3);
    }
    if (look.selected) {
        pen = QPen(t.accent, 4);
    } else if (look.hovered) {
        pen.setWidthF(pen.widthF() + 1);
    }
    if (gone(node.state)) {
        pen.setStyle(Qt::DashLine);
    }
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(body);
    if (look.focused) {
        painter.setPen(QPen(t.text, 1.5, Qt::DotLine));
        painter.drawRoundedRect(rect.adjusted(-5, -5, 5, 5), 10, 10);
    }
}

void paintLoad(QPainter& painter, const TopologyNode& node, const QRectF& bar, const ThemeTokens& t) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.border);
    painter.drawRoundedRect(bar, 3, 3);
    QRectF filled = bar;
    filled.setWidth(bar.width() * std::clamp(node.load, 0.0, 1.0));
    painter.setBrush(node.load > 0.9 ? t.warning : t.accent);
    painter.drawRoundedRect(filled, 3, 3);
}

/// The last minute's load as a soft area behind the words.
void paintTrail(QPainter& painter, const std::vector<float>& trail, const QRectF& area, const ThemeTokens& t) {
    if (trail.size() < 2) {
        return;
    }
    const double step = area.width() / static_cast<double>(trail.size() - 1);
    QPolygonF line;
    const auto finish = [&] {
        if (line.size() > 1) {
            QPolygonF filled = line;
            filled << QPointF(line.last().x(), area.bottom()) << QPointF(line.first().x(), area.bottom());
            QColor soft = t.accent;
            soft.setAlphaF(0.22F);
            painter.setPen(Qt::NoPen);
            painter.setBrush(soft);
            painter.drawPolygon(filled);
            soft.setAlphaF(0.4F); // the words before it come first
            painter.setPen(QPen(soft, 1.2));
            painter.setBrush(Qt::NoBrush);
            painter.drawPolyline(line);
        }
        line.clear();
    };
    for (std::size_t i = 0; i < trail.size(); ++i) {
        if (trail[i] < 0) {
            finish();
        } else {
            line << QPointF(area.left() + static_cast<double>(i) * step,
                            area.bottom() - std::clamp(static_cast<double>(trail[i]), 0.0, 1.0) * area.height());
        }
    }
    finish();
}

void paintCard(QPainter& painter, const TopologyNode& node, const QRectF& rect, const NodeLook& look,
               const ThemeTokens& t) {
    const double left = rect.left() + (node.role == Role::User ? 22 : stripe + 10);
    const double right = rect.right() - (node.role == Role::User ? 20 : 10);
    if (look.trail != nullptr && node.role == Role::Element && !gone(node.state)) {
        paintTrail(painter, *look.trail, QRectF(left, rect.top() + 30, right - left, 24), t);
    }
    paintState(painter, node.state, QRectF(left, rect.top() + 10, 18, 18), t);
    painter.setFont(sized(painter, 16, true));
    painter.setPen(gone(node.state) ? t.muted : t.text);
    const QRectF title(left + 25, rect.top() + 7, right - left - 25, 24);
    painter.drawText(title, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(node.name, Qt::ElideRight, static_cast<int>(title.width())));
    painter.setFont(sized(painter, 14, false));
    const QRectF second(left, rect.top() + 32, right - left, 20);
    QString words = wordOf(node.state);
    if (node.state == ElementState::Up) {
        words = node.role == Role::Element && node.load >= 0 ? MapWords::tr("%1 %").arg(node.load * 100, 0, 'f', 0)
                : node.role == Role::User ? MapWords::tr("%n session(s)", nullptr, static_cast<int>(node.sessions))
                : node.caption.isEmpty()  ? wordOf(node.state)
                                          : node.caption;
    }
    if (node.inferred) {
        words.prepend(QStringLiteral("≈ "));
    }
    painter.setPen(node.state == ElementState::Up ? t.text : colourOf(node.state, t));
    painter.drawText(second, Qt::AlignLeft | Qt::AlignVCenter, words);
    if (node.role == Role::Element && node.sessions > 0 && !gone(node.state)) {
        painter.setPen(t.muted);
        painter.drawText(second, Qt::AlignRight | Qt::AlignVCenter,
                         MapWords::tr("%n session(s)", nullptr, static_cast<int>(node.sessions)));
    }
    if (node.load >= 0 && !gone(node.state)) {
        paintLoad(painter, node, QRectF(left, rect.bottom() - 16, right - left, 7), t);
    } else if (node.role == Role::User) {
        painter.setFont(sized(painter, 12, false));
        painter.setPen(t.muted);
        painter.drawText(QRectF(left, rect.bottom() - 22, right - left, 18), Qt::AlignLeft | Qt::AlignVCenter,
                         node.caption);
    } else if (node.role == Role::Registrar && node.state == ElementState::Up) {
        painter.setFont(sized(painter, 12, false));
        painter.setPen(t.muted);
        painter.drawText(QRectF(left, rect.bottom() - 22, right - left, 18), Qt::AlignLeft | Qt::AlignVCenter,
                         MapWords::tr("registrar"));
    }
}

} // namespace

QRectF nodeRect(const TopologyNode&, Detail detail) {
    const QSizeF size = detail == Detail::Card    ? cardSize
                        : detail == Detail::Label ? QSizeF(cardSize.width() * 0.9, cardSize.height() * 0.6)
                                                  : QSizeF(60, 44);
    return {QPointF(-size.width() / 2, -size.height() / 2), size};
}

void paintNode(QPainter& painter, const TopologyNode& node, QPointF middle, Detail detail, const NodeLook& look,
               const ThemeTokens& tokens) {
    const QRectF rect = nodeRect(node, detail).translated(middle);
    paintBody(painter, node, rect, look, tokens);
    if (detail == Detail::Card) {
        paintCard(painter, node, rect, look, tokens);
    } else {
        paintState(painter, node.state, QRectF(rect.left() + 12, rect.center().y() - 9, 18, 18), tokens);
        if (detail == Detail::Label) {
            painter.setFont(sized(painter, 16, false));
            painter.setPen(tokens.text);
            painter.drawText(rect.adjusted(36, 0, -4, 0), Qt::AlignLeft | Qt::AlignVCenter, node.name);
        }
    }
}

void paintByState(QPainter& painter, const RectsByState& rects, const ThemeTokens& tokens) {
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(Qt::NoPen);
    for (std::size_t state = 0; state < elementStates; ++state) {
        painter.setBrush(colourOf(static_cast<ElementState>(state), tokens));
        painter.drawRects(rects[state]);
    }
}

void paintMarks(QPainter& painter, const Topology& topology, const std::vector<QPointF>& places,
                const QTransform& toScreen, QSize window, const ThemeTokens& tokens) {
    // Ten thousand of them must be quick: no paths, no letters, no fractions, and all of one colour at once.
    const QRectF mark = toScreen.mapRect(nodeRect({}, Detail::Mark));
    const QSize size = mark.size().toSize().expandedTo({1, 1});
    const QSize band(std::max(size.width() / 4, 1), size.height());
    const QRect seen = QRect(QPoint(), window).adjusted(-size.width(), -size.height(), 0, 0);
    const QPointF corner(size.width() / 2.0, size.height() / 2.0);
    RectsByState states;
    std::map<int, QList<QRect>> owners;
    for (std::size_t i = 0; i < topology.nodes.size(); ++i) {
        const QPointF at = toScreen.map(places[i]) - corner;
        if (seen.contains(at.toPoint())) {
            const TopologyNode& node = topology.nodes[i];
            states[static_cast<std::size_t>(node.state)].emplaceBack(at.toPoint(), size);
            if (node.owner >= 0) {
                owners[node.owner].emplaceBack(at.toPoint(), band);
            }
        }
    }
    paintByState(painter, states, tokens);
    for (const auto& [owner, rects] : owners) {
        painter.setBrush(ownerColour(owner));
        painter.drawRects(rects);
    }
}

QColor linkColour(const TopologyLink& link, const ThemeTokens& tokens) {
    if (link.silent) {
        return tokens.warning;
    }
    switch (link.kind) {
    case LinkKind::Enrp: return tokens.accent;
    case LinkKind::Asap: return tokens.muted;
    case LinkKind::Session: return tokens.good;
    case LinkKind::Failing: break;
    }
    return tokens.bad;
}

void paintLink(QPainter& painter, const TopologyLink& link, QPointF from, QPointF to, const ThemeTokens& tokens) {
    QPen pen(linkColour(link, tokens), 1.5);
    switch (link.kind) {
    case LinkKind::Enrp: pen.setWidthF(5); break;
    case LinkKind::Asap: pen.setDashPattern({4, 4}); break;
    case LinkKind::Session: pen.setWidthF(std::min(2.5 + static_cast<double>(link.count - 1), 9.0)); break;
    case LinkKind::Failing:
        pen.setWidthF(3.5);
        pen.setDashPattern({1, 2});
        break;
    }
    if (link.silent) {
        pen.setDashPattern({1, 3});
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(pen);
    painter.drawLine(from, to);
    if (link.kind == LinkKind::Enrp && !link.silent) {
        painter.setPen(QPen(tokens.window, 1.8)); // a double line
        painter.drawLine(from, to);
    }
}

void paintCount(QPainter& painter, const TopologyLink& link, QPointF from, QPointF to, const ThemeTokens& tokens) {
    if (link.count < 2 || link.kind == LinkKind::Enrp || link.kind == LinkKind::Asap) {
        return;
    }
    const QPointF middle = from * 0.5 + to * 0.5;
    const QRectF badge(middle - QPointF(15, 11), QSizeF(30, 22));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(linkColour(link, tokens), 1.5));
    painter.setBrush(tokens.surface);
    painter.drawRoundedRect(badge, 11, 11);
    painter.setFont(sized(painter, 13, true));
    painter.setPen(tokens.text);
    painter.drawText(badge, Qt::AlignCenter, QStringLiteral("×%1").arg(link.count));
}

} // namespace kolam::gui
