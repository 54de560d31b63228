// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/telemetry/event_streams.h"

#include <array>
#include <cerrno>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace kolam::telemetry {

namespace {

constexpr std::size_t refillBelow = 64 * 1024; // octets: while so few wait, the snapshot goes on

/// The JSON for viewers of a level: payload is only for those who want it.
class Encoded {
public:
    explicit Encoded(const Event& event) : m_event(event) {}
    const std::string& at(Level level) {
        const auto* const message = std::get_if<MessageSeen>(&m_event.body);
        if (message == nullptr || message->payload.empty() || level == Level::Payload) {
            return make(m_whole, m_event);
        }
        if (m_bare.empty()) {
            Event bare = m_event;
            std::get<MessageSeen>(bare.body).payload.clear();
            make(m_bare, bare);
        }
        return m_bare;
    }

private:
    static const std::string& make(std::string& json, const Event& event) {
        if (json.empty()) {
            json = toJson(event);
        }
        return json;
    }
    const Event& m_event;
    std::string m_whole;
    std::string m_bare;
};

} // namespace

EventStreams::EventStreams(DescriptorDispatcher& dispatcher, EventHub& hub, Limits limits)
    : m_dispatcher(dispatcher)
    , m_hub(hub)
    , m_limits(limits) {
    m_flush = dispatcher.addFlush([this] { flush(); });
    hub.listen(*this);
}

EventStreams::~EventStreams() {
    m_hub.forget(*this);
    m_dispatcher.removeFlush(m_flush);
    m_dispatcher.cancel(m_beat);
    for (auto& [descriptor, viewer] : m_viewers) {
        (void)push(viewer);
        m_dispatcher.unwatch(descriptor);
    }
}

bool EventStreams::add(LocalSocket socket, Level level) {
    if (m_viewers.size() >= m_limits.viewers) {
        return false;
    }
    const int descriptor = socket.descriptor();
    Viewer& viewer = m_viewers[descriptor];
    viewer.socket = std::move(socket);
    viewer.level = level;
    appendRecord(viewer.out, toJson(StreamHello{m_hub.component(), static_cast<std::uint32_t>(::getpid()), level}));
    viewer.snapshot = m_hub.snapshot();
    m_hub.wishesChanged();
    m_news = true;
    m_dispatcher.watch(descriptor, Interest::ReadWrite,
                       [this, descriptor](Readiness readiness) { ready(descriptor, readiness); });
    viewer.waitsForRoom = true;
    if (m_beat == TimerId::None) {
        beat();
    }
    return true;
}

std::optional<Level> EventStreams::level() const {
    std::optional<Level> most;
    for (const auto& [descriptor, viewer] : m_viewers) {
        most = std::max(most, std::optional{viewer.level});
    }
    return most;
}

void EventStreams::happened(const Event& event) {
    Encoded json{event};
    for (auto& [descriptor, viewer] : m_viewers) {
        if (viewer.level < levelOf(event.body)) {
            continue;
        }
        const std::string& record = json.at(viewer.level);
        // Once something is missing, all is until the next snapshot: half of a story would be a lie.
        if (viewer.dropped > 0 || record.size() > longestRecord ||
            viewer.out.size() - viewer.sent + viewer.later.size() + record.size() > m_limits.backlog) {
            ++viewer.dropped;
            ++m_dropped;
            continue;
        }
        appendRecord(viewer.snapshot ? viewer.later : viewer.out, record);
        m_news = true;
    }
}

void EventStreams::ready(int descriptor, Readiness readiness) {
    Viewer& viewer = m_viewers.at(descriptor);
    if (readiness.read || readiness.error) { // a viewer says nothing; that it ends is read
        std::array<char, 256> buffer;
        const ssize_t length = ::recv(descriptor, buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (length == 0 || (length < 0 && errno != EAGAIN && errno != EINTR)) {
            return drop(descriptor);
        }
    }
    if (readiness.write && !push(viewer)) {
        drop(descriptor);
    }
}

bool EventStreams::refill(Viewer& viewer) {
    if (viewer.out.size() - viewer.sent >= refillBelow) {
        return false;
    }
    if (!viewer.snapshot) {
        if (viewer.dropped == 0) {
            return false;
        }
        appendRecord(viewer.out, toJson(m_hub.unnumbered(EventsDropped{std::exchange(viewer.dropped, 0)})));
        viewer.snapshot = m_hub.snapshot();
        return true;
    }
    const std::vector<Event> part = viewer.snapshot();
    for (const Event& event : part) {
        appendRecord(viewer.out, toJson(event));
    }
    if (part.empty()) {
        viewer.snapshot = nullptr;
        viewer.out += std::exchange(viewer.later, {});
    }
    return true;
}

bool EventStreams::push(Viewer& viewer) {
    bool more = refill(viewer);
    while (viewer.sent < viewer.out.size()) {
        const ssize_t length = ::send(viewer.socket.descriptor(), viewer.out.data() + viewer.sent,
                                      viewer.out.size() - viewer.sent, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (length < 0 && errno != EAGAIN && errno != EINTR) {
            return false;
        }
        if (length < 0) {
            break;
        }
        viewer.sent += static_cast<std::size_t>(length);
        viewer.lastSent = m_dispatcher.now();
    }
    if (viewer.sent == viewer.out.size()) {
        viewer.out.clear();
        viewer.sent = 0;
    } else if (viewer.sent > m_limits.backlog / 2) {
        viewer.out.erase(0, std::exchange(viewer.sent, 0));
    }
    // A snapshot goes on with the next turn, so that a large one holds up nobody.
    more = more || viewer.snapshot || viewer.dropped > 0 || !viewer.out.empty();
    if (more != viewer.waitsForRoom) {
        viewer.waitsForRoom = more;
        const int descriptor = viewer.socket.descriptor();
        m_dispatcher.watch(descriptor, more ? Interest::ReadWrite : Interest::Read,
                           [this, descriptor](Readiness readiness) { ready(descriptor, readiness); });
    }
    return true;
}

void EventStreams::flush() {
    if (!std::exchange(m_news, false)) {
        return;
    }
    for (auto entry = m_viewers.begin(); entry != m_viewers.end();) {
        auto& [descriptor, viewer] = *entry++;
        if (!viewer.waitsForRoom && !push(viewer)) {
            drop(descriptor);
        }
    }
}

void EventStreams::beat() {
    // Nobody waits longer than a heartbeat for a sign of life: a viewer that does takes us for silent.
    Duration next = m_limits.heartbeat;
    for (auto& [descriptor, viewer] : m_viewers) {
        const Duration left = m_limits.heartbeat - (m_dispatcher.now() - viewer.lastSent);
        if (viewer.out.empty() && left <= m_limits.heartbeat / 8) {
            appendRecord(viewer.out, {});
            m_news = true;
        } else if (viewer.out.empty()) {
            next = std::min(next, left);
        }
    }
    m_beat = m_dispatcher.callIn(next, [this] { beat(); });
}

void EventStreams::drop(int descriptor) {
    m_dispatcher.unwatch(descriptor);
    m_viewers.erase(descriptor);
    m_hub.wishesChanged();
    if (m_viewers.empty()) {
        m_dispatcher.cancel(std::exchange(m_beat, TimerId::None));
    }
}

} // namespace kolam::telemetry
