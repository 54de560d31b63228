// SPDX-License-Identifier: GPL-3.0-or-later
// Events for tests of windows: a small pool and what happens to it, told as real components would, at chosen times.
// Next door: core/telemetry/events.h.
#pragma once

#include "core/telemetry/event_log.h"

#include <chrono>
#include <vector>

namespace kolam::gui {

class EventStory {
public:
    static constexpr std::int64_t midnight = 1'795'824'000'000'000'000; // 2026-11-28 00:00:00 UTC
    const PoolHandle pool{"FractalGeneratorPool"};
    const ServerId one{0x11111111};
    const ServerId two{0x22222222};
    const telemetry::ComponentId user = telemetry::componentId(telemetry::Role::User, 0x4f2a);

    static PeIdentifier element(std::uint32_t number) { return PeIdentifier{0x0a000000 + number}; }
    static TransportAddress address(std::uint16_t port) { return {.ips = {IpAddress::v4(127, 0, 0, 1)}, .port = port}; }

    std::vector<telemetry::Event> events;
    std::chrono::nanoseconds now{};

    telemetry::Event& tell(telemetry::ComponentId component, telemetry::EventBody body, telemetry::StoryId story = {}) {
        events.push_back({.number = events.size() + 1,
                          .component = component,
                          .wall = telemetry::WallTime{midnight + now.count()},
                          .monotonic = TimePoint{now},
                          .story = story,
                          .body = std::move(body)});
        return events.back();
    }
    void wait(std::chrono::nanoseconds time) { now += time; }

    /// Two registrars that hear each other.
    void registrars() {
        using namespace telemetry;
        for (const auto& [own, other] : {std::pair{one, two}, std::pair{two, one}}) {
            tell(componentId(own), SnapshotBegan{});
            tell(componentId(own), ComponentUp{.program = "kolam-registrar 0.1.0",
                                               .pid = own.value & 0xff,
                                               .host = "lab",
                                               .pool = {},
                                               .addresses = {address(own == one ? 3863 : 3864)}});
            tell(componentId(own), StateChanged{.state = ComponentState::Serving});
            tell(componentId(own), PeerUp{other, address(9901)});
            tell(componentId(own), SnapshotEnded{});
        }
    }
    [[nodiscard]] telemetry::ElementFacts facts(std::uint32_t number, ServerId owner, double load = 0.25) const {
        return {.pool = pool,
                .element = element(number),
                .owner = owner,
                .address = address(static_cast<std::uint16_t>(5'000 + number)),
                .policy = "LeastUsed",
                .load = load,
                .lifeMs = 90'000};
    }
    void elementComes(std::uint32_t number, ServerId owner, double load = 0.25) {
        using namespace telemetry;
        const ComponentId id = componentId(element(number));
        tell(id, SnapshotBegan{});
        tell(id, ComponentUp{.program = "kolam serve fractal",
                             .pid = 100 + number,
                             .host = "lab",
                             .pool = pool,
                             .addresses = {address(static_cast<std::uint16_t>(5'000 + number))}});
        tell(id, StateChanged{.state = ComponentState::Serving, .registrar = owner});
        tell(id, LoadChanged{.load = load, .sessions = 1});
        tell(id, SnapshotEnded{});
        tell(componentId(owner), ElementRegistered{facts(number, owner, load)});
        tell(componentId(owner == one ? two : one), ElementRegistered{facts(number, owner, load)});
    }
    void userComes(std::uint64_t sessions, std::uint32_t elements) {
        using namespace telemetry;
        tell(user, SnapshotBegan{});
        tell(user, ComponentUp{.program = "kolam-fractal 0.1.0", .pid = 200, .host = "lab"});
        tell(user, StateChanged{.state = ComponentState::Serving, .registrar = one});
        tell(user, SnapshotEnded{});
        for (std::uint64_t session = 1; session <= sessions; ++session) {
            tell(user, SessionOpened{session, pool});
            tell(user,
                 SessionEstablished{.session = session,
                                    .pool = pool,
                                    .element = element(1 + static_cast<std::uint32_t>((session - 1) % elements))});
        }
    }
    /// The element's process is killed; session 1 of the user, which was there, goes on elsewhere after 3 ms.
    void failover(std::uint32_t failed, std::uint32_t next, std::uint64_t session = 1) {
        using namespace std::chrono_literals;
        using namespace telemetry;
        const StoryId story = storyOf(pool, element(failed));
        tell(componentId(element(failed)), ComponentDown{DownKind::StreamEnded});
        wait(200us);
        tell(user, FailoverBegan{.session = session, .pool = pool, .failed = element(failed), .cookieOctets = 76},
             story);
        wait(100us);
        tell(user, UnreachableSent{pool, element(failed)}, story);
        wait(300us);
        tell(componentId(one), UnreachableReported{pool, element(failed), address(7'000)}, story);
        tell(componentId(one), ElementRemoved{pool, element(failed), Removal::AssociationLost}, story);
        wait(400us);
        tell(user, ElementsSelected{session, pool, SelectionSource::Registrar, {element(next)}}, story);
        tell(user, Connecting{session, element(next), address(static_cast<std::uint16_t>(5'000 + next))}, story);
        wait(1'500us);
        tell(user, CookieHandedOver{session, element(next), 76}, story);
        wait(500us);
        tell(user, SessionEstablished{.session = session, .pool = pool, .element = element(next), .resumed = true},
             story);
        tell(user,
             FailoverEnded{.session = session,
                           .pool = pool,
                           .failed = element(failed),
                           .next = element(next),
                           .reason = FailoverReason::AssociationLost,
                           .took = 2'800us,
                           .cookieOctets = 76},
             story);
        wait(1ms);
        tell(user, WorkRedone{session, 3, "rows"}, story);
    }
    /// All of it: a pool of three, a user with three sessions, and one failover.
    void whole() {
        using namespace std::chrono_literals;
        registrars();
        wait(100ms);
        elementComes(1, one, 0.25);
        elementComes(2, one, 0.75);
        elementComes(3, two, 0.5);
        wait(100ms);
        userComes(3, 3);
        wait(2s);
        failover(1, 2);
        wait(1s);
        tell(telemetry::componentId(two),
             telemetry::RegistrarCounted{.registrations = 3, .resolutions = 12, .elements = 2});
    }
};

} // namespace kolam::gui
