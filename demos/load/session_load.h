// SPDX-License-Identifier: GPL-3.0-or-later
// Sessions with a pool whose elements send back what they get: how long a session takes to stand, a message to come
// back, and a failover to be over. What an element took to its grave is counted, not sent again: the service keeps no
// state, so nobody else knows of it. Next door: registrar_load.h, for the registrar alone.
#pragma once

#include "core/node/user_node.h"
#include "demos/load/load_result.h"

#include <deque>
#include <functional>
#include <memory>
#include <vector>

namespace kolam::load {

class SessionLoad {
public:
    struct Settings {
        PoolHandle pool;
        std::size_t sessions = 1;
        std::size_t outstanding = 1; // messages of a session that are under way
        std::size_t octets = 100;    // of a message, at least 8
        std::uint32_t ppid = 0;
        std::size_t messages = 0; // of all sessions together; 0: as many as the time allows
        Duration time{};          // and no longer; 0: until all messages are through
        Duration patience{};      // with a set-up, and with one message
    };
    struct Results {
        LoadResult setUp;
        LoadResult message;
        LoadResult failover;
    };
    using Done = std::function<void(Results)>;

    /// Everything referred to must outlive it.
    SessionLoad(Dispatcher& dispatcher, UserNode& user, const Settings& settings);
    ~SessionLoad();
    SessionLoad(const SessionLoad&) = delete;
    SessionLoad& operator=(const SessionLoad&) = delete;

    /// Opens the sessions, and when all of them stand, sends. `done` is called from a later turn.
    void run(Done done);

private:
    class Session;
    void oneMoreStands();
    void watchPatience();
    void beginSending();
    [[nodiscard]] bool wantsMore() const;
    void endWhenIdle();
    void finish();

    Dispatcher& m_dispatcher;
    UserNode& m_user;
    Settings m_settings;
    std::vector<std::unique_ptr<Session>> m_sessions;
    std::size_t m_standing = 0; // have stood for the first time
    bool m_running = false;
    bool m_sending = false;
    bool m_over = false;
    TimePoint m_begun{};
    TimePoint m_end = never;
    TimePoint m_lastAnswer{};
    std::size_t m_sent = 0;
    Octets m_octets; // of the message that is being sent
    Results m_results;
    Done m_done;
    TimerId m_timer = TimerId::None;
};

} // namespace kolam::load
