// SPDX-License-Identifier: GPL-3.0-or-later
// Where the events of one component come together: they get number and time, and go to all who listen, which are
// streams of viewers and recordings. Next door: telemetry.h, how nodes see it; event_streams.h and
// recording_writer.h, who listen.
#pragma once

#include "core/dispatch/dispatcher.h"
#include "core/telemetry/event_log.h"
#include "core/telemetry/telemetry.h"

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace kolam::telemetry {

class EventListener {
public:
    virtual ~EventListener() = default;
    /// What it wants now; it says with EventHub::wishesChanged() that this is another.
    [[nodiscard]] virtual std::optional<Level> level() const = 0;
    /// Events of all levels that anybody wants come here, with all they hold.
    virtual void happened(const Event& event) = 0;
};

class EventHub final : public Telemetry {
public:
    /// Nanoseconds since 1970; another one for tests.
    using WallClock = std::function<WallTime()>;
    EventHub(Dispatcher& dispatcher, ComponentId component, WallClock wallClock = systemWallClock);
    ~EventHub() override;
    EventHub(const EventHub&) = delete;
    EventHub& operator=(const EventHub&) = delete;

    [[nodiscard]] ComponentId component() const { return m_component; }
    /// It goes on under another identifier (ENRP: two registrars with one).
    void rename(ComponentId component) { m_component = component; }
    /// What begins each snapshot.
    void introduce(ComponentUp introduction);
    [[nodiscard]] const ComponentUp& introduction() const { return m_introduction; }

    // For nodes.
    [[nodiscard]] bool wants(Level level) const override { return m_wanted && *m_wanted >= level; }
    void tell(EventBody body, StoryId story = {}) override;
    void attach(TelemetrySubject& subject) override;
    void detach(TelemetrySubject& subject) override;

    // For listeners.
    void listen(EventListener& listener);
    void forget(EventListener& listener);
    void wishesChanged();
    /// SnapshotBegan, how things are, SnapshotEnded, in parts; an empty part is the end. Must not outlive the hub.
    using Parts = std::move_only_function<std::vector<Event>()>;
    [[nodiscard]] Parts snapshot();
    /// An event that no node has told, and that has no number.
    [[nodiscard]] Event unnumbered(EventBody body) const;

    static WallTime systemWallClock();

private:
    class Snapshot;
    void tick();

    Dispatcher& m_dispatcher;
    ComponentId m_component;
    WallClock m_wallClock;
    ComponentUp m_introduction;
    std::uint64_t m_lastNumber = 0;
    std::optional<Level> m_wanted;
    std::vector<EventListener*> m_listeners;
    std::uint64_t m_lastSubject = 0;
    std::map<std::uint64_t, TelemetrySubject*> m_subjects; // by the order in which they came
    TimerId m_tick = TimerId::None;
};

} // namespace kolam::telemetry
