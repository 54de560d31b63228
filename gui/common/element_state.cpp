// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/common/element_state.h"

#include <QPainter>
#include <algorithm>

namespace kolam::gui {

using telemetry::ComponentState;
using telemetry::Removal;
using telemetry::Role;

namespace {

struct ElementStateWords {
    Q_DECLARE_TR_FUNCTIONS(ElementState)
};

QPainterPath polygon(std::initializer_list<QPointF> points) {
    QPainterPath path;
    path.addPolygon(QPolygonF(points));
    path.closeSubpath();
    return path;
}

QPainterPath disc() {
    QPainterPath path;
    path.addEllipse(QRectF(0.1, 0.1, 0.8, 0.8));
    return path;
}
QPainterPath ring() {
    QPainterPath path = disc();
    path.addEllipse(QRectF(0.3, 0.3, 0.4, 0.4)); // odd-even filling leaves it free
    return path;
}
QPainterPath halfDisc() {
    QPainterPath path = ring();
    path.addRect(QRectF(0.3, 0.5, 0.4, 0.2));
    return path;
}
QPainterPath bar() {
    QPainterPath path;
    path.addRoundedRect(QRectF(0.1, 0.4, 0.8, 0.2), 0.08, 0.08);
    return path;
}
QPainterPath dots() {
    QPainterPath path;
    for (const double x : {0.1, 0.4, 0.7}) {
        path.addEllipse(QRectF(x, 0.4, 0.2, 0.2));
    }
    return path;
}
QPainterPath triangle() {
    QPainterPath path = polygon({{0.5, 0.06}, {0.97, 0.92}, {0.03, 0.92}});
    path.addRect(QRectF(0.45, 0.38, 0.1, 0.26));
    path.addRect(QRectF(0.45, 0.72, 0.1, 0.1));
    return path;
}
QPainterPath twoSquares() {
    QPainterPath path;
    path.addRect(QRectF(0.08, 0.08, 0.55, 0.55));
    path.addRect(QRectF(0.37, 0.37, 0.55, 0.55));
    return path;
}
/// Six arms of a snowflake.
QPainterPath flake() {
    QPainterPath path;
    path.setFillRule(Qt::WindingFill);
    for (int arm = 0; arm < 3; ++arm) {
        QTransform turn;
        turn.translate(0.5, 0.5);
        turn.rotate(60.0 * arm);
        path.addPath(turn.map(polygon({{-0.07, -0.47}, {0.07, -0.47}, {0.07, 0.47}, {-0.07, 0.47}})));
    }
    return path;
}
QPainterPath cross() {
    QPainterPath path;
    path.setFillRule(Qt::WindingFill);
    for (const double angle : {45.0, -45.0}) {
        QTransform turn;
        turn.translate(0.5, 0.5);
        turn.rotate(angle);
        path.addPath(turn.map(polygon({{-0.1, -0.52}, {0.1, -0.52}, {0.1, 0.52}, {-0.1, 0.52}})));
    }
    return path;
}

const std::array<ElementStateLook, elementStates> looks{{
    {ElementState::Up, "up", QT_TRANSLATE_NOOP("ElementState", "up"), QT_TRANSLATE_NOOP("ElementState", "It serves."),
     &ThemeTokens::good, disc},
    {ElementState::Registering, "registering", QT_TRANSLATE_NOOP("ElementState", "registering"),
     QT_TRANSLATE_NOOP("ElementState", "It looks for a registrar, or waits for its answer."), &ThemeTokens::accent,
     ring},
    {ElementState::Draining, "draining", QT_TRANSLATE_NOOP("ElementState", "draining"),
     QT_TRANSLATE_NOOP("ElementState", "It serves the users that it has, and takes no others."), &ThemeTokens::accent,
     halfDisc},
    {ElementState::Left, "left", QT_TRANSLATE_NOOP("ElementState", "left"),
     QT_TRANSLATE_NOOP("ElementState", "It has said goodbye."), &ThemeTokens::muted, bar},
    {ElementState::Unknown, "unknown", QT_TRANSLATE_NOOP("ElementState", "unknown"),
     QT_TRANSLATE_NOOP("ElementState", "Whoever knew about it is gone."), &ThemeTokens::muted, dots},
    {ElementState::Suspect, "suspect", QT_TRANSLATE_NOOP("ElementState", "suspect"),
     QT_TRANSLATE_NOOP("ElementState", "Others say that they do not reach it."), &ThemeTokens::warning, triangle},
    {ElementState::Conflicting, "conflicting", QT_TRANSLATE_NOOP("ElementState", "conflicting"),
     QT_TRANSLATE_NOOP("ElementState", "Two senders use its identifier."), &ThemeTokens::warning, twoSquares},
    {ElementState::Frozen, "frozen", QT_TRANSLATE_NOOP("ElementState", "frozen"),
     QT_TRANSLATE_NOOP("ElementState", "Its process is there, and says nothing."), &ThemeTokens::frozen, flake},
    {ElementState::Crashed, "crashed", QT_TRANSLATE_NOOP("ElementState", "crashed"),
     QT_TRANSLATE_NOOP("ElementState", "It went without a word: crashed, or killed."), &ThemeTokens::bad, cross},
}};

ElementState stateOfProcess(const ComponentView& component, const NodeId& node) {
    if (component.conflicting) {
        return ElementState::Conflicting;
    }
    switch (component.presence) {
    case Presence::Crashed: return ElementState::Crashed;
    case Presence::Left: return ElementState::Left;
    // By reports alone, nobody can tell frozen from cut off.
    case Presence::Silent: return component.reportsOnly ? ElementState::Unknown : ElementState::Frozen;
    case Presence::Here: break;
    }
    switch (component.state.state) {
    case ComponentState::Draining:
    case ComponentState::Leaving: return ElementState::Draining;
    case ComponentState::Serving: return ElementState::Up;
    case ComponentState::Starting:
        // Who has told a stream nothing yet may have been reported only.
        return component.reportsOnly ? ElementState::Up : ElementState::Registering;
    case ComponentState::Looking:
        // A registrar that looks for a mentor serves already those that find it.
        return telemetry::roleOf(node.component) == Role::Registrar ? ElementState::Up : ElementState::Registering;
    case ComponentState::Registering:
    case ComponentState::Rejected: return ElementState::Registering;
    }
    std::unreachable();
}

/// It says itself that no packet passes.
bool isCutOff(const ComponentView& component) {
    return std::ranges::any_of(component.faults, [](const auto& fault) {
        return fault.second.kind == telemetry::FaultKind::Partition && fault.second.peers.empty();
    });
}

ElementState stateByRegistrars(const ElementView& element) {
    if (element.removed && element.listedBy.empty()) {
        return *element.removed == Removal::Deregistered ? ElementState::Left : ElementState::Crashed;
    }
    if (element.listedBy.empty()) {
        return ElementState::Unknown;
    }
    return element.reports > 0 ? ElementState::Suspect : ElementState::Up;
}

/// Whether another registrar has not heard it for too long.
bool missed(const Model& model, const NodeId& registrar) {
    const ServerId id{static_cast<std::uint32_t>(telemetry::objectOf(registrar.component))};
    return std::ranges::any_of(model.components(), [&](const auto& entry) {
        const auto peer = entry.second.peers.find(id);
        return entry.second.presence == Presence::Here && peer != entry.second.peers.end() && peer->second;
    });
}

} // namespace

const ElementStateLook& lookOf(ElementState state) {
    return looks[static_cast<std::size_t>(state)];
}

QString wordOf(ElementState state) {
    return ElementStateWords::tr(lookOf(state).word);
}

QString meaningOf(ElementState state) {
    return ElementStateWords::tr(lookOf(state).meaning);
}

QColor colourOf(ElementState state, const ThemeTokens& tokens) {
    return tokens.*lookOf(state).colour;
}

void paintState(QPainter& painter, ElementState state, const QRectF& target, const ThemeTokens& tokens) {
    const double side = std::min(target.width(), target.height());
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(target.center() - QPointF(side / 2, side / 2));
    painter.scale(side, side);
    painter.fillPath(lookOf(state).shape(), colourOf(state, tokens));
    painter.restore();
}

ElementState stateOf(const Model& model, const NodeId& node) {
    const ComponentView* const component = model.component(node.component);
    const ElementView* const element = model.element(node);
    if (component == nullptr) {
        return element == nullptr ? ElementState::Unknown : stateByRegistrars(*element);
    }
    const ElementState own = stateOfProcess(*component, node);
    if (own != ElementState::Up) {
        return own;
    }
    // What serves by its own word only serves nobody: others cannot reach it, or cannot find it.
    const bool isLost = element != nullptr && element->removed && element->listedBy.empty();
    if (isCutOff(*component) || isLost || (element != nullptr && element->reports > 0)) {
        return ElementState::Suspect;
    }
    if (telemetry::roleOf(node.component) == Role::Registrar && missed(model, node)) {
        return ElementState::Suspect;
    }
    return ElementState::Up;
}

} // namespace kolam::gui
