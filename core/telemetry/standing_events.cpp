// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/telemetry/standing_events.h"

#include <fmt/format.h>
#include <utility>

namespace kolam::telemetry {

namespace {

// The order of the keys is the order of a key frame: who is up comes first, how it is missing last.
std::string elementKey(const PoolHandle& pool, PeIdentifier element) {
    return fmt::format("element/{}/{}", toText(pool), toText(element));
}
std::string numberKey(std::string_view what, std::uint64_t number) {
    return fmt::format("{}/{:016x}", what, number);
}
std::string sessionKey(std::uint64_t session, std::string_view what) {
    return fmt::format("session/{:016x}/{}", session, what);
}

} // namespace

void StandingEvents::take(const Event& event) {
    take(m_components[event.component], event);
}

void StandingEvents::take(Component& component, const Event& event) {
    const auto hold = [&](std::string key) {
        component.erase("z/gone"); // who speaks is there
        component.insert_or_assign(std::move(key), event);
    };
    const auto drop = [&](const std::string& key) { component.erase(key); };
    const auto only = [&](std::string key) {
        component.clear();
        hold(std::move(key));
    };
    const auto registered = [&](const ElementFacts& facts) {
        Event standing = event;
        standing.body = ElementRegistered{facts};
        component.erase("z/gone");
        component.insert_or_assign(elementKey(facts.pool, facts.element), std::move(standing));
    };
    std::visit(Overloaded{
                   [&](const SnapshotBegan&) { component.clear(); },
                   [&](const ComponentUp&) {
                       drop("z/gone");
                       hold("0/up");
                   },
                   [&](const StateChanged&) { hold("1/state"); },
                   [&](const ComponentFinal&) { only("z/gone"); },
                   [&](const ComponentDown& down) {
                       if (down.how == DownKind::Silent) {
                           hold("z/silent");
                       } else {
                           only("z/gone");
                       }
                   },
                   [&](const ComponentHeard&) { drop("z/silent"); },
                   [&](const StatusReported& status) {
                       if (status.final) {
                           only("z/gone");
                       } else {
                           drop("z/gone");
                           drop("z/silent");
                           hold("0/status");
                       }
                   },
                   [&](const ElementRegistered& e) { registered(e.facts); },
                   [&](const ElementReregistered& e) { registered(e.facts); },
                   [&](const ElementRemoved& e) { drop(elementKey(e.pool, e.element)); },
                   [&](const OwnerChanged& e) {
                       if (const auto found = component.find(elementKey(e.pool, e.element)); found != component.end()) {
                           std::get<ElementRegistered>(found->second.body).facts.owner = e.to;
                       }
                   },
                   [&](const RegistrarCounted&) { hold("counted"); },
                   [&](const PeerUp& e) {
                       drop("peer/" + toText(e.peer) + "/silent");
                       hold("peer/" + toText(e.peer));
                   },
                   [&](const PeerSilent& e) { hold("peer/" + toText(e.peer) + "/silent"); },
                   [&](const PeerLost& e) {
                       drop("peer/" + toText(e.peer));
                       drop("peer/" + toText(e.peer) + "/silent");
                       drop("takeover/" + toText(e.peer));
                   },
                   [&](const TakeoverBegan& e) { hold("takeover/" + toText(e.target)); },
                   [&](const TakeoverEnded& e) { drop("takeover/" + toText(e.target)); },
                   [&](const SessionOpened& e) { hold(sessionKey(e.session, "0")); },
                   [&](const SessionEstablished& e) { hold(sessionKey(e.session, "1")); },
                   [&](const SessionWaiting& e) { hold(sessionKey(e.session, "1")); },
                   [&](const FailoverBegan& e) { hold(sessionKey(e.session, "2")); },
                   [&](const FailoverEnded& e) { drop(sessionKey(e.session, "2")); },
                   [&](const SessionClosed& e) {
                       for (const char* const part : {"0", "1", "2"}) {
                           drop(sessionKey(e.session, part));
                       }
                   },
                   [&](const SessionAccepted& e) { hold(numberKey("accepted", e.session)); },
                   [&](const SessionEnded& e) { drop(numberKey("accepted", e.session)); },
                   [&](const LoadChanged&) { hold("load"); },
                   [&](const AssociationUp& e) { hold(numberKey("association", e.association)); },
                   [&](const AssociationDown& e) { drop(numberKey("association", e.association)); },
                   [&](const FaultBegan& e) { hold(numberKey("fault", e.fault)); },
                   [&](const FaultEnded& e) { drop(numberKey("fault", e.fault)); },
                   // What happens, and changes nothing that lasts.
                   [](const LogLine&) {},
                   [](const UnreachableReported&) {},
                   [](const HandleResolved&) {},
                   [](const TakeoverAcknowledged&) {},
                   [](const ElementsSelected&) {},
                   [](const Connecting&) {},
                   [](const UnreachableSent&) {},
                   [](const CookieHandedOver&) {},
                   [](const WorkRedone&) {},
                   [](const SessionResumed&) {},
                   [](const MessageSeen&) {},
                   [](const SnapshotEnded&) {},
                   [](const EventsDropped&) {},
                   [](const KeyFrameBegan&) {},
                   [](const KeyFrameEnded&) {},
               },
               event.body);
}

std::vector<Event> StandingEvents::all(WallTime wall, TimePoint monotonic) const {
    std::vector<Event> events;
    for (const auto& [id, component] : m_components) {
        Event event{.number = 0, .component = id, .wall = wall, .monotonic = monotonic, .story = {}, .body = {}};
        event.body = SnapshotBegan{};
        events.push_back(event);
        for (const auto& [key, standing] : component) {
            event.body = standing.body;
            event.story = standing.story;
            events.push_back(event);
        }
        event.story = {};
        event.body = SnapshotEnded{};
        events.push_back(std::move(event));
    }
    return events;
}

} // namespace kolam::telemetry
