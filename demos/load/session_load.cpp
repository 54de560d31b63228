// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/load/session_load.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace kolam::load {

namespace {

constexpr std::size_t leastOctets = sizeof(std::uint64_t); // the number of the message

} // namespace

/// One session and what it waits for.
class SessionLoad::Session final : public SessionHandler {
public:
    explicit Session(SessionLoad& load) : m_load(load) {}

    void open() {
        m_begun = m_load.m_dispatcher.now();
        m_id = m_load.m_user.openSession(m_load.m_settings.pool, *this);
    }
    void close() { m_load.m_user.closeSession(m_id); }

    void onEstablished(PeIdentifier, bool) override {
        m_stands = true;
        if (!std::exchange(m_stood, true)) {
            m_load.m_results.setUp.latency.add(m_load.m_dispatcher.now() - m_begun);
            ++m_load.m_results.setUp.answered;
            m_load.oneMoreStands();
        }
        send();
    }
    void onMessage(std::uint32_t, OctetView data) override {
        if (data.size() < leastOctets || m_sent.empty() ||
            readBigEndian<std::uint64_t>(data, 0) != m_sent.front().number) {
            ++m_load.m_results.message.failures["a message that was not sent"];
            return;
        }
        m_load.m_lastAnswer = m_load.m_dispatcher.now();
        m_load.m_results.message.latency.add(m_load.m_lastAnswer - m_sent.front().since);
        ++m_load.m_results.message.answered;
        m_sent.pop_front();
        send();
        m_load.endWhenIdle();
    }
    void onFailoverBegin(PeIdentifier, FailoverCause) override {
        m_stands = false;
        if (!m_sent.empty()) {
            m_load.m_results.message.failures["lost with an element"] += m_sent.size();
            m_sent.clear();
        }
    }
    void onFailoverEnd(PeIdentifier, PeIdentifier, FailoverCause, Duration took) override {
        m_load.m_results.failover.latency.add(took);
        ++m_load.m_results.failover.answered;
    }
    void onWritable() override { send(); }

    void send() {
        while (m_stands && m_sent.size() < m_load.m_settings.outstanding && m_load.wantsMore()) {
            writeBigEndian(std::span{m_load.m_octets}, 0, ++m_number);
            const auto sent = m_load.m_user.send(m_id, m_load.m_settings.ppid, m_load.m_octets);
            if (!sent) {
                --m_number;
                if (sent.error() == SessionSendError::TooBig) {
                    ++m_load.m_results.message.failures["too big to be sent"];
                    m_load.m_over = true;
                }
                return; // else onWritable() or onEstablished() comes
            }
            m_sent.push_back({m_load.m_dispatcher.now(), m_number});
            ++m_load.m_sent;
        }
    }
    [[nodiscard]] std::size_t underWay() const { return m_sent.size(); }
    [[nodiscard]] bool waitsSince(TimePoint before) const { return !m_sent.empty() && m_sent.front().since < before; }

private:
    struct Sent {
        TimePoint since;
        std::uint64_t number;
    };
    SessionLoad& m_load;
    SessionId m_id = SessionId::None;
    TimePoint m_begun{};
    bool m_stood = false;
    bool m_stands = false;
    std::uint64_t m_number = 0;
    std::deque<Sent> m_sent; // come back in this order
};

SessionLoad::SessionLoad(Dispatcher& dispatcher, UserNode& user, const Settings& settings)
    : m_dispatcher(dispatcher)
    , m_user(user)
    , m_settings(settings)
    , m_octets(std::max(settings.octets, leastOctets)) {
    m_results.setUp.what = "session set-up";
    m_results.message.what = "message";
    m_results.failover.what = "failover";
}

SessionLoad::~SessionLoad() {
    m_dispatcher.cancel(m_timer);
}

void SessionLoad::run(Done done) {
    m_done = std::move(done);
    m_running = true;
    m_dispatcher.post([this] {
        m_begun = m_dispatcher.now();
        for (std::size_t i = 0; i < m_settings.sessions; ++i) {
            m_sessions.push_back(std::make_unique<Session>(*this));
            m_sessions.back()->open();
        }
        watchPatience();
    });
}

void SessionLoad::oneMoreStands() {
    if (++m_standing == m_settings.sessions && !m_sending) {
        m_results.setUp.took = m_dispatcher.now() - m_begun;
        beginSending();
    }
}

void SessionLoad::beginSending() {
    m_sending = true;
    m_begun = m_lastAnswer = m_dispatcher.now();
    m_end = m_settings.time == Duration{} ? never : m_begun + m_settings.time;
    for (const auto& session : m_sessions) {
        session->send();
    }
    endWhenIdle();
}

bool SessionLoad::wantsMore() const {
    return m_sending && !m_over && m_dispatcher.now() < m_end &&
           (m_settings.messages == 0 || m_sent < m_settings.messages);
}

void SessionLoad::watchPatience() {
    m_timer = TimerId::None;
    const TimePoint now = m_dispatcher.now();
    if (!m_sending && now - m_begun > m_settings.patience) {
        m_results.setUp.took = now - m_begun;
        m_results.setUp.failures["does not stand in time"] += m_settings.sessions - m_standing;
        if (m_standing == 0) {
            finish();
            return;
        }
        beginSending(); // with those that do
    }
    const auto silent = static_cast<std::uint64_t>(std::ranges::count_if(
        m_sessions, [&](const auto& session) { return session->waitsSince(now - m_settings.patience); }));
    if (m_sending && silent != 0) {
        m_results.message.failures["session without an answer in time"] += silent;
        finish();
        return;
    }
    if (m_sending && wantsMore() && now - m_lastAnswer > m_settings.patience) {
        ++m_results.message.failures["no session stands any more"];
        finish();
        return;
    }
    endWhenIdle();
    if (m_running) {
        m_timer = m_dispatcher.callIn(std::chrono::milliseconds{20}, [this] { watchPatience(); });
    }
}

/// Over when nothing more is wanted and everything has come back; or with nobody left who could send.
void SessionLoad::endWhenIdle() {
    if (!m_running || !m_sending || wantsMore()) {
        return;
    }
    m_over = true;
    if (std::ranges::all_of(m_sessions, [](const auto& session) { return session->underWay() == 0; })) {
        finish();
    }
}

void SessionLoad::finish() {
    if (!std::exchange(m_running, false)) {
        return;
    }
    m_results.message.took = m_lastAnswer - m_begun;
    m_results.failover.took = m_results.message.took;
    m_dispatcher.cancel(std::exchange(m_timer, TimerId::None));
    for (const auto& session : m_sessions) {
        session->close();
    }
    m_dispatcher.post([done = std::exchange(m_done, nullptr), results = std::move(m_results)]() mutable {
        done(std::move(results));
    });
}

} // namespace kolam::load
