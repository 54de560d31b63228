// SPDX-License-Identifier: GPL-3.0-or-later
// The viewers of one component's stream: each gets a snapshot and then the events, as fast as it reads. Who reads too
// slowly loses events, by count, is told so, and gets a new snapshot when it has caught up; the component never waits.
// A viewer that hears nothing else hears an empty record now and then: so a frozen component shows.
// Next door: event_hub.h, where events come from; observer_server.h, where viewers come in; event_source.h, the other
// end.
#pragma once

#include "core/dispatch/dispatcher.h"
#include "core/telemetry/event_hub.h"
#include "core/telemetry/local_socket.h"

#include <map>
#include <optional>
#include <string>

namespace kolam::telemetry {

class EventStreams final : public EventListener {
public:
    struct Limits {
        std::size_t viewers = 16;
        std::size_t backlog = 4 * 1024 * 1024;               // octets that wait for one viewer
        Duration heartbeat = std::chrono::milliseconds{250}; // of a stream with nothing to say
    };
    /// Dispatcher and hub must outlive the streams.
    EventStreams(DescriptorDispatcher& dispatcher, EventHub& hub, Limits limits);
    EventStreams(DescriptorDispatcher& dispatcher, EventHub& hub) : EventStreams(dispatcher, hub, Limits{}) {}
    ~EventStreams() override; // sends what the sockets take
    EventStreams(const EventStreams&) = delete;
    EventStreams& operator=(const EventStreams&) = delete;

    /// A viewer has asked. False: there are too many already.
    bool add(LocalSocket socket, Level level);
    [[nodiscard]] std::size_t viewerCount() const { return m_viewers.size(); }
    /// Events that viewers have not heard, so far.
    [[nodiscard]] std::uint64_t dropped() const { return m_dropped; }

    [[nodiscard]] std::optional<Level> level() const override;
    void happened(const Event& event) override;

private:
    struct Viewer {
        LocalSocket socket;
        Level level = Level::State;
        std::string out;
        std::size_t sent = 0;
        EventHub::Parts snapshot; // nothing: it has it
        std::string later;        // what happens while the snapshot is told
        std::uint64_t dropped = 0;
        bool waitsForRoom = false;
        TimePoint lastSent{};
    };
    void ready(int descriptor, Readiness readiness);
    /// Sends what there is and the socket takes. False: the viewer is gone.
    bool push(Viewer& viewer);
    /// Puts more of the snapshot into what is sent. False: there is nothing more to tell now.
    bool refill(Viewer& viewer);
    void flush();
    void beat();
    void drop(int descriptor);

    DescriptorDispatcher& m_dispatcher;
    EventHub& m_hub;
    Limits m_limits;
    std::map<int, Viewer> m_viewers;
    std::uint64_t m_dropped = 0;
    std::uint64_t m_flush = 0;
    bool m_news = false;
    TimerId m_beat = TimerId::None;
};

} // namespace kolam::telemetry
