// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/telemetry/event_hub.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace kolam::telemetry {

using namespace std::chrono_literals;

namespace {
constexpr Duration tickInterval = 1s;
} // namespace

Telemetry& silentTelemetry() {
    static SilentTelemetry silence;
    return silence;
}

/// One listener's way through all subjects; one that is gone meanwhile has nothing to say any more.
class EventHub::Snapshot {
public:
    explicit Snapshot(EventHub& hub) : m_hub(hub) {}

    std::vector<Event> next() {
        switch (m_chapter) {
        case Chapter::Begin:
            m_chapter = Chapter::Subjects;
            return {m_hub.unnumbered(SnapshotBegan{}), m_hub.unnumbered(m_hub.m_introduction)};
        case Chapter::Subjects:
            if (auto part = subjects(); !part.empty()) {
                return part;
            }
            m_chapter = Chapter::Over;
            return {m_hub.unnumbered(SnapshotEnded{})};
        case Chapter::Over: return {};
        }
        std::unreachable();
    }

private:
    enum class Chapter : std::uint8_t { Begin, Subjects, Over };

    std::vector<Event> subjects() {
        for (;;) {
            if (m_parts && m_hub.m_subjects.contains(m_subject)) {
                std::vector<Event> events;
                for (EventBody& body : m_parts()) {
                    events.push_back(m_hub.unnumbered(std::move(body)));
                }
                if (!events.empty()) {
                    return events;
                }
            }
            const auto after = m_hub.m_subjects.upper_bound(m_subject);
            if (after == m_hub.m_subjects.end()) {
                return {};
            }
            m_subject = after->first;
            m_parts = after->second->snapshot();
        }
    }

    EventHub& m_hub;
    Chapter m_chapter = Chapter::Begin;
    std::uint64_t m_subject = 0;
    SnapshotParts m_parts;
};

EventHub::EventHub(Dispatcher& dispatcher, ComponentId component, WallClock wallClock)
    : m_dispatcher(dispatcher)
    , m_component(component)
    , m_wallClock(std::move(wallClock)) {}

EventHub::~EventHub() {
    m_dispatcher.cancel(m_tick);
}

void EventHub::introduce(ComponentUp introduction) {
    m_introduction = std::move(introduction);
    if (wants(Level::State)) {
        tell(m_introduction);
    }
}

void EventHub::tell(EventBody body, StoryId story) {
    if (!wants(levelOf(body))) {
        return;
    }
    Event event = unnumbered(std::move(body));
    event.number = ++m_lastNumber;
    event.story = story;
    for (std::size_t i = 0; i < m_listeners.size(); ++i) { // one may leave meanwhile
        if (const auto level = m_listeners[i]->level(); level && *level >= levelOf(event.body)) {
            m_listeners[i]->happened(event);
        }
    }
}

void EventHub::attach(TelemetrySubject& subject) {
    m_subjects.emplace(++m_lastSubject, &subject);
}

void EventHub::detach(TelemetrySubject& subject) {
    std::erase_if(m_subjects, [&](const auto& entry) { return entry.second == &subject; });
}

void EventHub::listen(EventListener& listener) {
    m_listeners.push_back(&listener);
    wishesChanged();
}

void EventHub::forget(EventListener& listener) {
    std::erase(m_listeners, &listener);
    wishesChanged();
}

void EventHub::wishesChanged() {
    m_wanted.reset();
    for (const EventListener* const listener : m_listeners) {
        m_wanted = std::max(m_wanted, listener->level());
    }
    if (!m_wanted) {
        m_dispatcher.cancel(std::exchange(m_tick, TimerId::None));
    } else if (m_tick == TimerId::None) {
        m_tick = m_dispatcher.callIn(tickInterval, [this] { tick(); });
    }
}

void EventHub::tick() {
    m_tick = m_dispatcher.callIn(tickInterval, [this] { tick(); });
    for (const auto& [order, subject] : m_subjects) {
        subject->tick();
    }
}

EventHub::Parts EventHub::snapshot() {
    return [snapshot = Snapshot{*this}]() mutable { return snapshot.next(); };
}

Event EventHub::unnumbered(EventBody body) const {
    return {.number = 0,
            .component = m_component,
            .wall = m_wallClock(),
            .monotonic = m_dispatcher.now(),
            .story = {},
            .body = std::move(body)};
}

WallTime EventHub::systemWallClock() {
    return WallTime{std::chrono::nanoseconds{std::chrono::system_clock::now().time_since_epoch()}.count()};
}

} // namespace kolam::telemetry
