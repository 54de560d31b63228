// SPDX-License-Identifier: GPL-3.0-or-later
// What happened, each kind of event declared once: its name, the least level of viewers that hear it, and its fields.
// JSON, text, arbitrary events and comparison come from the declaration. A snapshot of a component is told in the same
// words: what a viewer knows is what its events have said. So an event marked "(state)" says what is, and not only what
// has changed: whoever hears it twice knows nothing new. To add one, declare it in one of the four files below and name
// it here. Next door: event_words.h, the enumerations; event_log.h, who says it and when, and how it travels.
#pragma once

#include "core/telemetry/component_events.h"
#include "core/telemetry/network_events.h"
#include "core/telemetry/registrar_events.h"
#include "core/telemetry/session_events.h"

#include <variant>

namespace kolam::telemetry {

using EventBody =
    std::variant<ComponentUp, StateChanged, ComponentFinal, ComponentDown, ComponentHeard, LogLine, StatusReported,
                 ElementRegistered, ElementReregistered, ElementRemoved, OwnerChanged, UnreachableReported,
                 HandleResolved, RegistrarCounted, PeerUp, PeerSilent, PeerLost, TakeoverBegan, TakeoverAcknowledged,
                 TakeoverEnded, SessionOpened, ElementsSelected, Connecting, SessionEstablished, SessionWaiting,
                 FailoverBegan, UnreachableSent, CookieHandedOver, FailoverEnded, WorkRedone, SessionClosed,
                 SessionAccepted, SessionResumed, SessionEnded, LoadChanged, AssociationUp, AssociationDown,
                 MessageSeen, FaultBegan, FaultEnded, SnapshotBegan, SnapshotEnded, EventsDropped, KeyFrameBegan,
                 KeyFrameEnded>;

[[nodiscard]] inline std::string_view nameOf(const EventBody& body) {
    return std::visit([](const auto& event) { return event.name; }, body);
}
[[nodiscard]] inline Level levelOf(const EventBody& body) {
    return std::visit([](const auto& event) { return event.level; }, body);
}

} // namespace kolam::telemetry
