// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/users/pingpong/ping_user.h"

#include "core/wire/codec.h"

#include <algorithm>

namespace kolam::users {

namespace {
constexpr std::size_t mostUnanswered = 64; // then no new pings until an answer comes
}

PingUser::PingUser(Dispatcher& dispatcher, UserNode& node, PingListener& listener, const PingOptions& options)
    : m_dispatcher(dispatcher)
    , m_node(node)
    , m_listener(listener)
    , m_options(options)
    , m_pingTimer(dispatcher, [this] { nextPing(); })
    , m_answerTimer(dispatcher, [this] { checkAnswers(); })
    , m_session(node.openSession(options.pool, *this)) {}

PingUser::~PingUser() {
    m_node.closeSession(m_session);
}

void PingUser::onEstablished(PeIdentifier element, bool resumed) {
    m_element = element;
    m_mayRepeat = true;
    if (m_failoverTook) {
        m_listener.onFailoverEnd(element, resumed, *std::exchange(m_failoverTook, std::nullopt));
    }
    for (Unanswered& ping : m_unanswered) {
        ping.sent = false; // who should have answered is gone
    }
    sendWaiting();
    if (!m_pingTimer.armed()) {
        nextPing();
    }
}

void PingUser::nextPing() {
    if (m_options.count != 0 && m_statistics.pings >= m_options.count) {
        return;
    }
    m_pingTimer.arm(m_dispatcher.now() + m_options.interval);
    if (m_element != PeIdentifier{} && m_unanswered.size() < mostUnanswered) {
        m_unanswered.push_back({.number = ++m_statistics.pings, .since = m_dispatcher.now(), .sent = false});
        sendWaiting();
    }
}

void PingUser::sendWaiting() {
    if (m_element == PeIdentifier{}) {
        return;
    }
    for (Unanswered& ping : m_unanswered) {
        if (ping.sent) {
            continue;
        }
        const auto now = std::chrono::duration_cast<std::chrono::microseconds>(m_dispatcher.now().time_since_epoch());
        const std::string text = fmt::format("Message: {}, time stamp: {}", ping.number, now.count());
        const OctetView octets = asOctets(text);
        const wire::Ping message{.messageNumber = ping.number, .data = {octets.begin(), octets.end()}};
        if (!m_node.send(m_session, wire::pingPongPpid, wire::encode(message))) {
            break; // onWritable() or onEstablished() will say when there is room again
        }
        ping.sent = true;
        ping.since = m_dispatcher.now();
    }
    checkAnswers();
}

/// Gives the element up when it owes an answer for too long; else looks again when that could be.
void PingUser::checkAnswers() {
    m_answerTimer.stop();
    if (m_element == PeIdentifier{} || m_unanswered.empty()) {
        return;
    }
    const TimePoint limit = m_unanswered.front().since + m_options.replyTimeout;
    if (m_dispatcher.now() < limit) {
        m_answerTimer.arm(limit);
        return;
    }
    ++m_statistics.timeouts;
    m_listener.onReplyTimeout(m_element);
    m_node.forceFailover(m_session, true);
}

void PingUser::onMessage(std::uint32_t ppid, OctetView data) {
    const auto pong = wire::decode<wire::Pong>(data);
    const auto asked =
        pong ? std::ranges::find(m_unanswered, pong->messageNumber, &Unanswered::number) : m_unanswered.end();
    if (ppid != wire::pingPongPpid || asked == m_unanswered.end()) {
        ++m_statistics.malformed;
        return; // an element that sends nothing better will run into the reply time-out
    }
    const PingReply reply{.message = pong->messageNumber,
                          .number = pong->replyNumber,
                          .expected = m_nextReply,
                          .element = m_element,
                          .took = m_dispatcher.now() - asked->since};
    m_unanswered.erase(asked);
    note(reply);
    m_listener.onReply(reply);
    checkAnswers();
    if (m_options.count != 0 && m_statistics.pings >= m_options.count && m_unanswered.empty()) {
        m_listener.onDone();
    }
}

void PingUser::note(const PingReply& reply) {
    if (reply.number > reply.expected) {
        m_statistics.skipped += reply.number - reply.expected;
    } else if (reply.number < reply.expected) {
        (std::exchange(m_mayRepeat, false) ? m_statistics.repeated : m_statistics.unordered) +=
            reply.expected - reply.number;
    }
    m_mayRepeat = false;
    m_nextReply = reply.number + 1;
    ++m_statistics.replies;
    m_statistics.shortest = std::min(m_statistics.shortest, reply.took);
    m_statistics.longest = std::max(m_statistics.longest, reply.took);
    m_statistics.sum += reply.took;
}

void PingUser::onFailoverBegin(PeIdentifier failed, FailoverCause cause) {
    m_element = {};
    m_answerTimer.stop();
    m_listener.onFailoverBegin(failed, cause);
}

void PingUser::onFailoverEnd(PeIdentifier, PeIdentifier, FailoverCause, Duration took) {
    ++m_statistics.failovers;
    m_failoverTook = took; // onEstablished() follows, and knows more
}

} // namespace kolam::users
