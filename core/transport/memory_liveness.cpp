// SPDX-License-Identifier: GPL-3.0-or-later
// The deadlines of an association's end: repetitions, heartbeats, giving up, and the end itself.
#include "core/transport/memory_association.h"

#include <algorithm>
#include <utility>

namespace kolam::transport::memory {

namespace {
// How many messages one time-out repeats; the answers let the others follow.
constexpr int repeatedAtOnce = 16;
} // namespace

Duration Association::retransmissionTime() const {
    Duration time = m_smoothedRtt == Duration{} ? m_liveness.rtoInitial
                                                : std::clamp(m_smoothedRtt * 2, m_liveness.rtoMin, m_liveness.rtoMax);
    for (unsigned i = 0; i < m_errors && time < m_liveness.rtoMax; ++i) {
        time *= 2;
    }
    return std::min(time, m_liveness.rtoMax);
}

TimePoint Association::nextHeartbeat() {
    if (m_liveness.heartbeat <= Duration{}) {
        return never;
    }
    // RFC 9260 section 8.3: the interval plus the retransmission time varied by half of itself.
    const Duration variation = retransmissionTime();
    return m_endpoint.dispatcher().now() + m_liveness.heartbeat + variation / 2 +
           Duration{static_cast<std::int64_t>(
               m_endpoint.dispatcher().random().below(static_cast<std::uint64_t>(variation.count()) + 1))};
}

std::size_t Association::currentPath() const {
    for (std::size_t place = 0; place < m_paths.size(); ++place) {
        const std::size_t path = (place + m_errors) % m_paths.size(); // after each failure the next one
        if (m_paths[path].reachable) {
            return path;
        }
    }
    return m_errors % m_paths.size();
}

void Association::pathWorks(std::size_t path) {
    m_errors = 0;
    m_paths[path].errors = 0;
    setPathState(path, true);
}

bool Association::countError(std::size_t path) {
    ++m_errors;
    if (++m_paths[path].errors > m_liveness.pathMaxRetransmissions) {
        setPathState(path, false);
        if (gone()) {
            return false;
        }
    }
    if (m_errors <= m_liveness.associationMaxRetransmissions) {
        return true;
    }
    transmit(Kind::Abort, path);
    end(DownReason::Unreachable, "no answer");
    return false;
}

void Association::setPathState(std::size_t path, bool reachable) {
    if (std::exchange(m_paths[path].reachable, reachable) != reachable) {
        m_endpoint.emit(PathChange{.assoc = m_id,
                                   .address = m_paths[path].peer,
                                   .state = reachable ? PathState::Available : PathState::Unreachable});
    }
}

void Association::onTimer() {
    const auto endpoint = m_endpoint.shared_from_this(); // the sink may destroy both of us
    const auto self = shared_from_this();
    m_timer = TimerId::None;
    m_timerAt = never;
    const TimePoint now = m_endpoint.dispatcher().now();
    if (m_endAt <= now) {
        end(m_endReason, std::move(m_endDetail));
        return;
    }
    if (m_retransmitAt <= now && !m_unwatched) {
        retransmit();
    }
    if (!gone() && m_heartbeatLostAt <= now) {
        heartbeatFailed();
    }
    if (!gone() && m_heartbeatAt <= now) {
        heartbeat();
    }
    if (!gone()) {
        schedule();
    }
}

void Association::retransmit() {
    if (connecting()) {
        if (++m_errors > m_liveness.initAttempts) {
            end(DownReason::SetupTimeout, "no answer");
            return;
        }
        transmit(m_state == State::CookieWait ? Kind::Init : Kind::CookieEcho, m_errors % m_paths.size());
    } else {
        if (!countError(currentPath())) {
            return;
        }
        if (m_state == State::ShutdownSent) {
            transmit(Kind::Shutdown, currentPath());
        } else if (m_state == State::ShutdownAckSent) {
            transmit(Kind::ShutdownAck, currentPath());
        }
        int repeated = 0;
        for (Outgoing& message : m_outgoing) {
            if (message.acknowledged) {
                continue;
            }
            if (repeated < repeatedAtOnce) {
                transmit(message);
                ++repeated;
            } else {
                message.lost = true;
            }
        }
    }
    m_retransmitAt = m_endpoint.dispatcher().now() + retransmissionTime();
}

void Association::heartbeat() {
    m_heartbeatAt = nextHeartbeat();
    for (std::size_t path = 0; path < m_paths.size() && !gone(); ++path) {
        if (path == currentPath() && !m_outgoing.empty()) {
            continue; // messages are probing it
        }
        Packet probe;
        probe.from = m_paths[path].local;
        probe.to = m_paths[path].peer;
        probe.toPort = m_peer.port;
        probe.toTag = m_peerTag;
        if (m_endpoint.network().wouldAnswer(m_endpoint.process().host, probe)) {
            pathWorks(path); // a heartbeat that cannot fail need not be carried
            continue;
        }
        m_paths[path].awaiting = true;
        transmit(Kind::Heartbeat, path, path);
        m_heartbeatLostAt = m_endpoint.dispatcher().now() + retransmissionTime();
    }
}

void Association::receiveHeartbeatAck(const Packet& packet) {
    if (packet.number >= m_paths.size() || !std::exchange(m_paths[packet.number].awaiting, false)) {
        return;
    }
    if (std::ranges::none_of(m_paths, &Path::awaiting)) {
        m_heartbeatLostAt = never;
    }
    pathWorks(packet.number);
}

void Association::heartbeatFailed() {
    m_heartbeatLostAt = never;
    for (std::size_t path = 0; path < m_paths.size(); ++path) {
        if (std::exchange(m_paths[path].awaiting, false) && !countError(path)) {
            return;
        }
    }
}

void Association::schedule() {
    const TimePoint earliest =
        std::min({m_unwatched ? never : m_retransmitAt, m_heartbeatAt, m_heartbeatLostAt, m_endAt});
    if (earliest >= m_timerAt) {
        return; // it rings early enough, and then looks again: cheaper than moving it with every message
    }
    Dispatcher& dispatcher = m_endpoint.dispatcher();
    dispatcher.cancel(m_timer);
    m_timerAt = earliest;
    m_timer = dispatcher.callAt(earliest, [this] { onTimer(); });
}

void Association::endLater(DownReason reason, std::string detail) {
    m_state = State::Ending;
    m_endReason = reason;
    m_endDetail = std::move(detail);
    m_endAt = m_endpoint.dispatcher().now();
    m_retransmitAt = m_heartbeatAt = m_heartbeatLostAt = never;
    m_endpoint.releasePeer(*this);
    schedule();
}

/// Tells the Down. The last thing that an association does; callers return at once.
void Association::end(DownReason reason, std::string detail) {
    m_state = State::Gone;
    m_endpoint.dispatcher().cancel(std::exchange(m_timer, TimerId::None));
    m_endpoint.releasePeer(*this);
    m_endpoint.forget(*this);
    m_endpoint.emit(Down{.assoc = m_id, .reason = reason, .detail = std::move(detail)});
}

} // namespace kolam::transport::memory
