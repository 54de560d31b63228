// SPDX-License-Identifier: GPL-3.0-or-later
// One end of a simulated association: a small SCTP, with set-up, numbered and repeated messages, heartbeats and both
// ways to end. Next door: memory_endpoint.h owns it and passes its events on.
#pragma once

#include "core/transport/memory_endpoint.h"

#include <deque>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace kolam::transport::memory {

/// Whoever calls receive() or lets its timer fire holds a reference, so that it may end itself within.
class Association : public std::enable_shared_from_this<Association> {
public:
    Association(EndpointCore& endpoint, AssocId id, TransportAddress peer, bool incoming);
    ~Association();

    void connect();
    /// The peer has proved that it is there: the association is up.
    void accept(const Packet& cookieEcho);
    void receive(const Packet& packet);
    std::expected<void, SendError> send(OctetView data, const SendOptions& options);
    void shutdown();
    void abort(std::string_view why);
    void setLiveness(const Liveness& liveness);
    /// A message has not arrived as it should have: it must be repeated in time.
    void watch() {
        m_unwatched = false;
        schedule();
    }
    /// Whoever waits for room may try again.
    void tellWritable();
    [[nodiscard]] AssocInfo info() const;
    /// The peer's process has begun anew and knows nothing of this association.
    void peerRestarted() { end(DownReason::ProcessGone, "the peer has restarted"); }
    /// No more events; with an ABORT to the peer unless the process is dead.
    void close(bool sayGoodBye);

    [[nodiscard]] AssocId id() const { return m_id; }
    [[nodiscard]] std::uint64_t peerTag() const { return m_peerTag; }
    [[nodiscard]] const TransportAddress& peer() const { return m_peer; }
    [[nodiscard]] bool connecting() const { return m_state == State::CookieWait || m_state == State::CookieEchoed; }
    [[nodiscard]] bool isUp() const { return m_state > State::CookieEchoed && m_state < State::Ending; }
    [[nodiscard]] Duration sameHostProbe() const { return m_liveness.sameHostProbe; }

private:
    enum class State : std::uint8_t {
        CookieWait,
        CookieEchoed,
        Established,
        ShutdownPending,  // we want to, but not all is delivered
        ShutdownSent,     // all of ours is delivered
        ShutdownReceived, // the peer wants to, but not all of ours is delivered
        ShutdownAckSent,
        Ending, // Down comes in the next turn
        Gone,
    };
    struct Path {
        IpAddress local;
        IpAddress peer;
        unsigned errors = 0;
        bool reachable = true;
        bool awaiting = false; // the answer to a heartbeat
    };
    struct Outgoing {
        std::uint64_t number;
        std::uint64_t order;
        std::uint16_t stream;
        bool unordered;
        std::uint32_t ppid;
        std::shared_ptr<const Octets> data;
        TimePoint sentAt;
        std::size_t path = 0; // of the latest transmission
        unsigned transmissions = 0;
        unsigned overtaken = 0; // answers to later messages
        bool lost = false;      // waits to be repeated
        bool acknowledged = false;
    };

    void establish();
    void learnAddresses(const Packet& packet);
    void receiveData(const Packet& packet);
    void deliver(const Packet& packet);
    void acknowledgeArrival(std::uint64_t number);
    /// Notes that the peer has our message; false when that has consequences, and so has to come as a packet.
    bool noteArrival(std::uint64_t number);
    /// The other end, when what we send there would surely arrive, and soon.
    [[nodiscard]] std::shared_ptr<Association> surelyReached();
    void receiveAck(const Packet& packet);
    void receiveHeartbeatAck(const Packet& packet);
    void receiveShutdown();
    void finishSending();
    void transmit(Outgoing& message, bool unwatched = false);
    void transmit(Kind kind, std::size_t path, std::uint64_t number = 0, std::shared_ptr<const Octets> data = nullptr);
    /// True when it has not been acknowledged before.
    bool acknowledge(Outgoing& message);
    void pathWorks(std::size_t path);
    /// One more transmission was in vain; false when it was the last.
    bool countError(std::size_t path);
    void setPathState(std::size_t path, bool reachable);
    [[nodiscard]] std::size_t currentPath() const;
    [[nodiscard]] Duration retransmissionTime() const;

    void onTimer();
    void retransmit();
    void heartbeat();
    void heartbeatFailed();
    [[nodiscard]] TimePoint nextHeartbeat();
    void schedule();
    void endLater(DownReason reason, std::string detail);
    void end(DownReason reason, std::string detail);
    [[nodiscard]] bool gone() const { return m_state == State::Gone || m_endpoint.closed(); }

    EndpointCore& m_endpoint;
    AssocId m_id; // also the tag by which the peer names this end
    std::uint64_t m_peerTag = 0;
    TransportAddress m_peer;
    Liveness m_liveness;
    State m_state = State::CookieWait;
    bool m_incoming;
    bool m_shutdownByUs = false;
    std::vector<Path> m_paths;
    TimePoint m_lastArrival{};
    std::weak_ptr<Association> m_other; // found once, instead of with each packet

    // sending
    std::deque<Outgoing> m_outgoing; // not yet acknowledged, numbers without gaps
    std::uint64_t m_lastNumber = 0;
    std::map<std::uint16_t, std::uint64_t> m_lastOrder; // by stream
    std::uint64_t m_buffered = 0;                       // octets in m_outgoing
    bool m_blocked = false;                             // somebody waits for Writable
    unsigned m_errors = 0;                              // transmissions in vain since the last answer
    Duration m_smoothedRtt{};

    // receiving
    std::uint64_t m_arrivedUpTo = 0;
    std::set<std::uint64_t> m_arrivedBeyond;
    std::map<std::uint16_t, std::uint64_t> m_deliveredOrder;              // by stream
    std::map<std::pair<std::uint16_t, std::uint64_t>, Packet> m_heldBack; // by stream and order

    // One timer for four deadlines.
    TimePoint m_retransmitAt = never;
    bool m_unwatched = false; // all in m_outgoing will surely arrive: no need to ring at m_retransmitAt
    TimePoint m_heartbeatAt = never;
    TimePoint m_heartbeatLostAt = never;
    TimePoint m_endAt = never;
    TimerId m_timer = TimerId::None;
    TimePoint m_timerAt = never;
    DownReason m_endReason{};
    std::string m_endDetail;
};

} // namespace kolam::transport::memory
