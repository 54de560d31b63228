// SPDX-License-Identifier: GPL-3.0-or-later
// The events of all components of a scope on this host: watches the folder of their sockets, connects to whatever
// appears, connects again when a stream breaks, and hands on what they tell. It adds what they cannot tell themselves:
// ComponentDown when one is gone without a farewell or is silent (frozen), ComponentHeard when it speaks again.
// Nothing waits; everything comes from the dispatcher's turns. Next door: event_streams.h, the other end;
// csp_source.h, for components of others.
#pragma once

#include "core/dispatch/dispatcher.h"
#include "core/telemetry/commands.h"
#include "core/telemetry/event_log.h"
#include "core/telemetry/local_socket.h"
#include "core/telemetry/signs_of_life.h"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace kolam::telemetry {

/// After so much silence a window shows no component as if it served: two beats of its stream must not pass.
inline constexpr Duration shownSilence = longestWait(std::chrono::milliseconds{250});

class EventSource {
public:
    struct Config {
        std::filesystem::path folder; // observerFolder(scope)
        Level level = Level::State;
        Duration look = std::chrono::milliseconds{250}; // where the folder cannot be watched, and for retries
        Duration silence =
            std::chrono::milliseconds{1'000}; // of a stream that beats four times a second; see shownSilence
        std::size_t components = 20'000;      // more are not connected to
    };
    struct Counters {
        std::uint64_t events = 0;
        std::uint64_t unreadable = 0; // records that are no events
        std::uint64_t unknown = 0;    // events of a later version
        std::uint64_t dropped = 0;    // that components had to drop for us
    };
    using Sink = std::function<void(const Event& event)>;
    /// The sink may do anything but destroy the source. The dispatcher must outlive the source.
    EventSource(DescriptorDispatcher& dispatcher, Config config, Sink sink);
    ~EventSource();
    EventSource(const EventSource&) = delete;
    EventSource& operator=(const EventSource&) = delete;

    /// Who is connected now.
    [[nodiscard]] std::vector<ComponentId> components() const;
    [[nodiscard]] const Counters& counters() const { return m_counters; }
    /// Asks all components for another level: each begins with a new snapshot.
    void setLevel(Level level);

    using CommandAnswer = std::move_only_function<void(std::expected<CommandDone, std::string> answer)>;
    /// Tells a component to do something; `answer` is called exactly once, from a later turn, unless the source is
    /// destroyed before. The error is a sentence.
    void command(ComponentId component, const Command& command, CommandAnswer answer);

private:
    class Stream;
    class CommandCall;
    void look();
    void checkSigns();
    void watchFolder();
    void folderChanged();
    void streamEnded(const std::string& name);
    void deliver(const Event& event);
    [[nodiscard]] Event own(ComponentId component, EventBody body) const;

    DescriptorDispatcher& m_dispatcher;
    Config m_config;
    Sink m_sink;
    Counters m_counters;
    int m_watch = -1; // inotify
    bool m_watched = false;
    std::map<std::string, std::unique_ptr<Stream>> m_streams; // by the name of the socket
    std::vector<std::unique_ptr<CommandCall>> m_calls;
    TimerId m_look = TimerId::None;
    TimerId m_signs = TimerId::None;
    Wakefulness m_awake;
};

} // namespace kolam::telemetry
