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

#include <type_traits>
#include <utility>
#include <variant>

namespace kolam::telemetry {

using AnyEvent =
    std::variant<ComponentUp, StateChanged, ComponentFinal, ComponentDown, ComponentHeard, LogLine, StatusReported,
                 ElementRegistered, ElementReregistered, ElementRemoved, OwnerChanged, UnreachableReported,
                 HandleResolved, RegistrarCounted, PeerUp, PeerSilent, PeerLost, TakeoverBegan, TakeoverAcknowledged,
                 TakeoverEnded, SessionOpened, ElementsSelected, Connecting, SessionEstablished, SessionWaiting,
                 FailoverBegan, UnreachableSent, CookieHandedOver, FailoverEnded, WorkRedone, SessionClosed,
                 SessionAccepted, SessionResumed, SessionEnded, LoadChanged, AssociationUp, AssociationDown,
                 MessageSeen, FaultBegan, FaultEnded, SnapshotBegan, SnapshotEnded, EventsDropped, KeyFrameBegan,
                 KeyFrameEnded>;

/// An AnyEvent whose copies, moves and ends are compiled once, in events.cpp, and that becomes the event it is given
/// without a look at all the others: with so many alternatives that is half of the time a file that tells events takes.
class EventBody : public AnyEvent {
public:
    EventBody();
    template <typename Body>
        requires requires { std::remove_cvref_t<Body>::level; }
    EventBody(Body&& body) // NOLINT(google-explicit-constructor): as the variant's own
        : AnyEvent{std::in_place_type<std::remove_cvref_t<Body>>, std::forward<Body>(body)} {}
    EventBody(const EventBody& other);
    EventBody(EventBody&& other) noexcept;
    EventBody& operator=(const EventBody& other);
    EventBody& operator=(EventBody&& other) noexcept;
    ~EventBody();
    friend bool operator==(const EventBody& left, const EventBody& right);
};

[[nodiscard]] std::string_view nameOf(const EventBody& body);
[[nodiscard]] Level levelOf(const EventBody& body);

} // namespace kolam::telemetry
