// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/poolview/state_story.h"

#include "gui/common/sentences.h"

#include <algorithm>

namespace kolam::gui {

using telemetry::ComponentState;
using telemetry::Removal;
using telemetry::Role;

namespace {

struct StateStoryWords {
    Q_DECLARE_TR_FUNCTIONS(StateStory)
};

QString removalText(Removal removal) {
    switch (removal) {
    case Removal::Deregistered: return StateStoryWords::tr("it has deregistered");
    case Removal::AssociationLost: return StateStoryWords::tr("removed: its association was lost");
    case Removal::KeepAliveTimeout: return StateStoryWords::tr("removed: no answer to keep-alives");
    case Removal::Unreachable: return StateStoryWords::tr("removed: users did not reach it, and it did not answer");
    case Removal::LifeExpired: return StateStoryWords::tr("removed: its registration has expired");
    case Removal::OwnerSaysSo: return StateStoryWords::tr("removed: its home registrar says so");
    }
    return {};
}

QString ownText(const telemetry::StateChanged& state) {
    QString text;
    switch (state.state) {
    case ComponentState::Starting: text = StateStoryWords::tr("it starts"); break;
    case ComponentState::Looking: text = StateStoryWords::tr("it looks for a registrar"); break;
    case ComponentState::Registering: text = StateStoryWords::tr("it has asked to be registered"); break;
    case ComponentState::Rejected: text = StateStoryWords::tr("its registrar does not want it"); break;
    case ComponentState::Serving: text = StateStoryWords::tr("it serves"); break;
    case ComponentState::Draining: text = StateStoryWords::tr("it serves the users that it has, and no others"); break;
    case ComponentState::Leaving: text = StateStoryWords::tr("it takes its leave"); break;
    }
    return state.detail.empty()
               ? text
               : StateStoryWords::tr("%1: %2").arg(text, QString::fromStdString(state.detail).simplified());
}

QString us() {
    return StateStoryWords::tr("this window");
}

StateStory byRegistrars(const ElementView& element, ElementState state) {
    const QString home = element.facts.owner == ServerId{} ? StateStoryWords::tr("registrars")
                                                           : nameOf(registrarNode(element.facts.owner));
    StateStory story{.state = state, .reason = {}, .teller = home, .since = element.since, .inferred = true};
    if (element.removed && element.listedBy.empty()) {
        story.reason = removalText(*element.removed);
    } else if (element.listedBy.empty()) {
        story.reason = StateStoryWords::tr("the registrars that knew it are gone");
        story.teller = us();
    } else if (element.reports > 0) {
        story.reason =
            StateStoryWords::tr("reported unreachable %n time(s)", nullptr, static_cast<int>(element.reports));
        story.teller = StateStoryWords::tr("users");
    } else {
        story.reason = StateStoryWords::tr("it is registered");
    }
    return story;
}

/// The registrars that do not hear this one.
QString deafPeers(const Model& model, ComponentId registrar) {
    const ServerId id{static_cast<std::uint32_t>(telemetry::objectOf(registrar))};
    QStringList names;
    for (const auto& [peer, view] : model.components()) {
        const auto found = view.peers.find(id);
        if (view.presence == Presence::Here && found != view.peers.end() && found->second) {
            names.append(nameOf(peer));
        }
    }
    return names.join(QStringLiteral(", "));
}

} // namespace

StateStory storyOfState(const Model& model, const NodeId& node) {
    const ElementState state = stateOf(model, node);
    const ComponentView* const own = model.component(node.component);
    const ElementView* const element = model.element(node);
    if (own == nullptr) {
        return element == nullptr
                   ? StateStory{.state = state, .reason = StateStoryWords::tr("nobody knows it"), .teller = us()}
                   : byRegistrars(*element, state);
    }
    StateStory story{.state = state,
                     .reason = {},
                     .teller = own->reportsOnly ? StateStoryWords::tr("its reports (CSP)") : nameOf(node.component),
                     .since = own->since,
                     .inferred = own->reportsOnly};
    switch (state) {
    case ElementState::Conflicting: story.reason = StateStoryWords::tr("two senders use its identifier"); return story;
    case ElementState::Crashed:
        story.reason = StateStoryWords::tr("its stream has ended without a farewell");
        story.teller = us();
        return story;
    case ElementState::Left: story.reason = StateStoryWords::tr("it has said goodbye"); return story;
    case ElementState::Frozen:
        story.reason = StateStoryWords::tr("its process is there, and a sign of life is overdue");
        story.teller = us();
        return story;
    case ElementState::Unknown:
        story.reason = StateStoryWords::tr("its reports have ceased");
        story.teller = us();
        return story;
    case ElementState::Suspect:
        if (element != nullptr && (element->reports > 0 || (element->removed && element->listedBy.empty()))) {
            const StateStory others = byRegistrars(*element, state);
            story.reason = others.reason;
            story.teller = others.teller;
        } else if (telemetry::roleOf(node.component) == Role::Element) {
            story.reason = StateStoryWords::tr("it is cut off from everybody");
        } else {
            story.reason = StateStoryWords::tr("a peer does not hear it");
            story.teller = deafPeers(model, node.component);
        }
        story.inferred = true;
        return story;
    case ElementState::Up:
    case ElementState::Registering:
    case ElementState::Draining: break;
    }
    story.reason = own->reportsOnly && !own->status.empty() ? QString::fromStdString(own->status).simplified()
                                                            : ownText(own->state);
    return story;
}

QString ageText(Duration age) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(age).count();
    if (seconds < 1) {
        return StateStoryWords::tr("now");
    }
    if (seconds < 60) {
        return StateStoryWords::tr("%1 s").arg(seconds);
    }
    if (seconds < 60 * 60) {
        return StateStoryWords::tr("%1 min").arg(seconds / 60);
    }
    if (seconds < 48 * 60 * 60) {
        return StateStoryWords::tr("%1 h").arg(seconds / 60 / 60);
    }
    return StateStoryWords::tr("%1 d").arg(seconds / 24 / 60 / 60);
}

Duration ageOf(WallTime since, WallTime now) {
    return Duration{std::max<std::int64_t>(0, now.value - since.value)};
}

} // namespace kolam::gui
