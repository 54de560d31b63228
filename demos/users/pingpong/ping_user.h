// SPDX-License-Identifier: GPL-3.0-or-later
// Sends pings through one session of a pool, and looks whether the numbers of the replies go on without a gap,
// whatever happens to the elements. An element that lives but does not answer is left for another one.
// Next door: demos/services/pingpong, which answers.
#pragma once

#include "core/dispatch/dispatcher.h"
#include "core/node/timer.h"
#include "core/node/user_node.h"

#include <cstdint>
#include <deque>
#include <optional>

namespace kolam::users {

using namespace std::chrono_literals;

struct PingOptions {
    PoolHandle pool{"PingPongPool"};
    Duration interval = 500ms;
    Duration replyTimeout = 5s; // an element that owes an answer for so long is given up
    std::uint64_t count = 0;    // pings to send; 0: no end
};

struct PingReply {
    std::uint64_t message = 0;
    std::uint64_t number = 0;   // of the reply, as the element counts
    std::uint64_t expected = 0; // what it should have been
    PeIdentifier element;
    Duration took{};
};

/// Who wants to know.
class PingListener {
public:
    virtual ~PingListener() = default;
    virtual void onReply(const PingReply& /*reply*/) {}
    virtual void onReplyTimeout(PeIdentifier /*element*/) {}
    virtual void onFailoverBegin(PeIdentifier /*failed*/, FailoverCause /*cause*/) {}
    virtual void onFailoverEnd(PeIdentifier /*next*/, bool /*resumed*/, Duration /*took*/) {}
    /// All pings of PingOptions::count are answered.
    virtual void onDone() {}
};

class PingUser final : public SessionHandler {
public:
    struct Statistics {
        std::uint64_t pings = 0;
        std::uint64_t replies = 0;
        std::uint64_t skipped = 0;   // numbers that never came: state was lost
        std::uint64_t repeated = 0;  // numbers that came again after a failover: their cookie had been on its way
        std::uint64_t unordered = 0; // numbers that came again without a failover
        std::uint64_t malformed = 0; // messages that are no replies to anything asked
        std::uint64_t timeouts = 0;
        std::uint64_t failovers = 0;
        Duration shortest = Duration::max();
        Duration longest{};
        Duration sum{};
        [[nodiscard]] bool gapless() const { return skipped == 0 && unordered == 0; }
    };

    /// Opens the session. All must outlive the user.
    PingUser(Dispatcher& dispatcher, UserNode& node, PingListener& listener, const PingOptions& options);
    ~PingUser() override;
    PingUser(const PingUser&) = delete;
    PingUser& operator=(const PingUser&) = delete;

    [[nodiscard]] const Statistics& statistics() const { return m_statistics; }
    [[nodiscard]] PeIdentifier element() const { return m_element; }

    void onEstablished(PeIdentifier element, bool resumed) override;
    void onMessage(std::uint32_t ppid, OctetView data) override;
    void onFailoverBegin(PeIdentifier failed, FailoverCause cause) override;
    void onFailoverEnd(PeIdentifier failed, PeIdentifier next, FailoverCause cause, Duration took) override;
    void onWritable() override { sendWaiting(); }

private:
    struct Unanswered {
        std::uint64_t number;
        TimePoint since; // when it was sent
        bool sent;       // to the present element
    };
    void nextPing();
    void sendWaiting();
    void checkAnswers();
    void note(const PingReply& reply);

    Dispatcher& m_dispatcher;
    UserNode& m_node;
    PingListener& m_listener;
    PingOptions m_options;
    Statistics m_statistics;
    std::deque<Unanswered> m_unanswered; // oldest first
    std::uint64_t m_nextReply = 1;
    bool m_mayRepeat = false; // no reply has come since the failover
    std::optional<Duration> m_failoverTook;
    PeIdentifier m_element; // 0: none now
    Timer m_pingTimer;
    Timer m_answerTimer;
    SessionId m_session;
};

} // namespace kolam::users
