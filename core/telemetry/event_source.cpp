// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/telemetry/event_source.h"

#include "core/telemetry/event_hub.h"
#include "core/telemetry/observer_folder.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fmt/format.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace kolam::telemetry {

using namespace std::chrono_literals;

namespace {

constexpr Duration commandPatience = 5s;
constexpr std::size_t longestAnswer = 64 * 1024; // octets, of a command
constexpr int readsInATurn = 16;

/// Appends what has arrived. False: the other end has closed, or is broken.
bool receive(int descriptor, const std::function<void(std::string_view)>& take) {
    static thread_local std::array<char, 64 * 1024> buffer;
    for (int reads = 0; reads < readsInATurn; ++reads) {
        const ssize_t length = ::recv(descriptor, buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (length <= 0) {
            return length < 0 && (errno == EAGAIN || errno == EINTR);
        }
        take({buffer.data(), static_cast<std::size_t>(length)});
        if (static_cast<std::size_t>(length) < buffer.size()) {
            return true;
        }
    }
    return true; // the rest is for the next turn
}

bool sendLine(int descriptor, const std::string& line) {
    const std::string whole = line + "\n"; // shorter than any socket's buffer
    return ::send(descriptor, whole.data(), whole.size(), MSG_DONTWAIT | MSG_NOSIGNAL) ==
           static_cast<ssize_t>(whole.size());
}

} // namespace

// ---- One component's stream ----------------------------------------------------------------------------------------

class EventSource::Stream {
public:
    /// Nothing: nobody listens there now.
    static std::unique_ptr<Stream> open(EventSource& owner, const std::string& name) {
        auto socket = LocalSocket::connect(owner.m_config.folder / name);
        if (!socket || !socket->otherEndIsTrusted() ||
            !sendLine(socket->descriptor(), streamQuery(owner.m_config.level))) {
            return nullptr;
        }
        return std::unique_ptr<Stream>{new Stream{owner, name, std::move(*socket)}};
    }
    ~Stream() { m_owner.m_dispatcher.unwatch(m_socket.descriptor()); }
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;

    [[nodiscard]] std::optional<ComponentId> component() const { return m_component; }
    /// What its end means: it was known, and has said no farewell.
    [[nodiscard]] bool endsInSilence() const { return m_component && !m_farewell; }

    void checkSilence(TimePoint now) {
        if (m_component && !m_silent && now - m_lastHeard > m_owner.m_config.silence) {
            m_silent = true;
            m_owner.deliver(m_owner.own(*m_component, ComponentDown{DownKind::Silent}));
        }
    }

private:
    Stream(EventSource& owner, std::string name, LocalSocket socket)
        : m_owner(owner)
        , m_name(std::move(name))
        , m_socket(std::move(socket))
        , m_lastHeard(owner.m_dispatcher.now()) {
        owner.m_dispatcher.watch(m_socket.descriptor(), Interest::Read, [this](Readiness) { ready(); });
    }

    void ready() {
        const bool open = receive(m_socket.descriptor(), [this](std::string_view arrived) { m_records.take(arrived); });
        const TimePoint now = m_owner.m_dispatcher.now();
        const Duration silentFor = now - std::exchange(m_lastHeard, now);
        if (open && std::exchange(m_silent, false)) {
            m_owner.deliver(m_owner.own(*m_component, ComponentHeard{silentFor}));
        }
        while (const auto record = m_records.next()) {
            take(*record);
        }
        if (!open || m_records.broken()) {
            m_owner.streamEnded(m_name); // destroys us
        }
    }

    void take(std::string_view record) {
        if (record.empty()) {
            return; // it lives, and has nothing to say
        }
        if (!m_component) {
            const auto hello = readHello(record);
            if (hello) {
                m_component = hello->component;
            } else {
                ++m_owner.m_counters.unreadable; // an older component, which has no stream
            }
            return;
        }
        const auto event = readEvent(record);
        if (!event) {
            ++(event.error().unknown ? m_owner.m_counters.unknown : m_owner.m_counters.unreadable);
            return;
        }
        m_component = event->component; // registrars may take another name
        m_farewell = m_farewell || std::holds_alternative<ComponentFinal>(event->body);
        m_owner.deliver(*event);
    }

    EventSource& m_owner;
    std::string m_name;
    LocalSocket m_socket;
    RecordReader m_records;
    std::optional<ComponentId> m_component;
    bool m_farewell = false;
    bool m_silent = false;
    TimePoint m_lastHeard;
};

// ---- One command ---------------------------------------------------------------------------------------------------

class EventSource::CommandCall {
public:
    CommandCall(EventSource& owner, CommandAnswer answer) : m_owner(owner), m_answer(std::move(answer)) {}
    ~CommandCall() {
        m_owner.m_dispatcher.cancel(m_timer);
        if (m_socket.descriptor() >= 0) {
            m_owner.m_dispatcher.unwatch(m_socket.descriptor());
        }
    }
    CommandCall(const CommandCall&) = delete;
    CommandCall& operator=(const CommandCall&) = delete;

    void begin(const std::filesystem::path& path, const std::string& line) {
        auto socket = LocalSocket::connect(path);
        if (!socket || !sendLine(socket->descriptor(), line)) {
            return later(fmt::format("nobody listens at {}", path.string()));
        }
        m_socket = std::move(*socket);
        m_owner.m_dispatcher.watch(m_socket.descriptor(), Interest::Read, [this](Readiness) { ready(); });
        m_timer = m_owner.m_dispatcher.callIn(commandPatience, [this] {
            finish(std::unexpected(std::string{"the component does not answer; it may be frozen"}));
        });
    }
    void later(std::string sentence) {
        m_timer = m_owner.m_dispatcher.callIn(
            {}, [this, sentence = std::move(sentence)]() mutable { finish(std::unexpected(std::move(sentence))); });
    }

private:
    void ready() {
        const bool open = receive(m_socket.descriptor(), [this](std::string_view arrived) { m_heard += arrived; });
        if (m_heard.find('\n') != std::string::npos || m_heard.size() > longestAnswer) {
            finish(readCommandDone(m_heard));
        } else if (!open) {
            finish(std::unexpected(std::string{"the component has ended without an answer"}));
        }
    }
    void finish(std::expected<CommandDone, std::string> result) {
        auto answer = std::move(m_answer);
        std::erase_if(m_owner.m_calls, [this](const auto& call) { return call.get() == this; }); // destroys us
        answer(std::move(result));
    }

    EventSource& m_owner;
    CommandAnswer m_answer;
    LocalSocket m_socket;
    std::string m_heard;
    TimerId m_timer = TimerId::None;
};

// ---- All of them ---------------------------------------------------------------------------------------------------

EventSource::EventSource(DescriptorDispatcher& dispatcher, Config config, Sink sink)
    : m_dispatcher(dispatcher)
    , m_config(std::move(config))
    , m_sink(std::move(sink)) {
    m_watch = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC); // without it, the folder is looked at now and then
    if (m_watch >= 0) {
        m_dispatcher.watch(m_watch, Interest::Read, [this](Readiness) { folderChanged(); });
    }
    m_look = m_dispatcher.callIn({}, [this] { look(); });
    checkSigns();
}

EventSource::~EventSource() {
    m_dispatcher.cancel(m_look);
    m_dispatcher.cancel(m_signs);
    m_calls.clear();
    m_streams.clear();
    if (m_watch >= 0) {
        m_dispatcher.unwatch(m_watch);
        ::close(m_watch);
    }
}

std::vector<ComponentId> EventSource::components() const {
    std::vector<ComponentId> known;
    for (const auto& [name, stream] : m_streams) {
        if (const auto component = stream->component()) {
            known.push_back(*component);
        }
    }
    return known;
}

void EventSource::setLevel(Level level) {
    m_config.level = level;
    m_dispatcher.cancel(m_look); // later: perhaps a stream is calling us
    m_look = m_dispatcher.callIn({}, [this] {
        m_streams.clear();
        look();
    });
}

void EventSource::command(ComponentId component, const Command& command, CommandAnswer answer) {
    auto& call = *m_calls.emplace_back(std::make_unique<CommandCall>(*this, std::move(answer)));
    const auto found = std::ranges::find_if(
        m_streams, [&](const auto& entry) { return entry.second->component() == std::optional{component}; });
    if (found == m_streams.end()) {
        return call.later(fmt::format("{} is not connected", toText(component)));
    }
    call.begin(m_config.folder / found->first, toLine(command));
}

void EventSource::watchFolder() {
    if (m_watch >= 0 && !m_watched) {
        m_watched = ::inotify_add_watch(m_watch, m_config.folder.c_str(),
                                        IN_CREATE | IN_MOVED_TO | IN_DELETE_SELF | IN_ONLYDIR) >= 0;
    }
}

void EventSource::folderChanged() {
    alignas(inotify_event) std::array<char, 4096> notes;
    for (ssize_t length = 0; (length = ::read(m_watch, notes.data(), notes.size())) > 0;) {
        for (ssize_t at = 0; at < length;) {
            inotify_event note{};
            std::memcpy(&note, notes.data() + at, sizeof note);
            m_watched = m_watched && (note.mask & (IN_DELETE_SELF | IN_IGNORED)) == 0;
            at += static_cast<ssize_t>(sizeof note + note.len);
        }
    }
    m_dispatcher.cancel(m_look);
    look();
}

void EventSource::look() {
    m_look = m_dispatcher.callIn(m_config.look, [this] { look(); });
    watchFolder();
    for (const std::filesystem::path& path : observerSockets(m_config.folder)) {
        const std::string name = path.filename().string();
        if (m_streams.size() >= m_config.components || m_streams.contains(name)) {
            continue;
        }
        if (auto stream = Stream::open(*this, name)) {
            m_streams.emplace(name, std::move(stream));
        }
    }
}

void EventSource::checkSigns() {
    m_signs = m_dispatcher.callIn(signsLook, [this] { checkSigns(); });
    if (const TimePoint now = m_dispatcher.now(); m_awake.continues(now)) {
        for (const auto& [name, stream] : m_streams) {
            stream->checkSilence(now);
        }
    }
}

void EventSource::streamEnded(const std::string& name) {
    const auto stream = m_streams.extract(name);
    if (stream.mapped()->endsInSilence()) {
        deliver(own(*stream.mapped()->component(), ComponentDown{DownKind::StreamEnded}));
    }
}

void EventSource::deliver(const Event& event) {
    ++m_counters.events;
    if (const auto* const dropped = std::get_if<EventsDropped>(&event.body)) {
        m_counters.dropped += dropped->count;
    }
    m_sink(event);
}

Event EventSource::own(ComponentId component, EventBody body) const {
    return {.number = 0,
            .component = component,
            .wall = EventHub::systemWallClock(),
            .monotonic = m_dispatcher.now(),
            .story = {},
            .body = std::move(body)};
}

} // namespace kolam::telemetry
