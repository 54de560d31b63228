// SPDX-License-Identifier: GPL-3.0-or-later
// A CalcApp user in a pool: jobs come at random times, and go through the pool one after the other.
// Next door: calc_user.h decides; calc_user_results.h writes down.
#pragma once

#include "core/base/log.h"
#include "core/dispatch/dispatcher.h"
#include "core/node/action_queue.h"
#include "core/node/timer.h"
#include "core/node/user_node.h"
#include "demos/users/calcapp/calc_user.h"

#include <functional>
#include <vector>

namespace kolam::calcapp {

struct CalcPoolUserOptions {
    CalcUserOptions user;
    PoolHandle pool{"CalcAppPool"};
    Duration jobInterval = 15s; // mean of the exponentially distributed time between two jobs
    double jobSize = 5'000'000; // calculations: mean of the exponentially distributed size
    bool constantSize = false;  // each job has the mean size
    std::uint64_t jobs = 0;     // so many, then no more; 0: no end
};

class CalcPoolUser final : public SessionHandler {
public:
    /// The first job comes at once. Everything must outlive the user.
    CalcPoolUser(Dispatcher& dispatcher, UserNode& node, Log& log, const CalcPoolUserOptions& options);
    ~CalcPoolUser() override;
    CalcPoolUser(const CalcPoolUser&) = delete;
    CalcPoolUser& operator=(const CalcPoolUser&) = delete;

    void onJobDone(std::function<void(const CalcJob&)> callback) { m_onJobDone = std::move(callback); }
    [[nodiscard]] const CalcUser::Statistics& statistics() const { return m_user.statistics(); }
    [[nodiscard]] PeIdentifier element() const { return m_element; }

    void onEstablished(PeIdentifier element, bool resumed) override;
    void onMessage(std::uint32_t ppid, OctetView data) override;
    void onFailoverBegin(PeIdentifier failed, FailoverCause cause) override;
    void onWritable() override;

private:
    void nextJob();
    void deliver(const CalcUser::Input& input);
    void perform(const CalcUser::Action& action);
    void send(const wire::CalcAppMessage& message);

    Dispatcher& m_dispatcher;
    UserNode& m_node;
    Log& m_log;
    CalcPoolUserOptions m_options;
    CalcUser m_user;
    std::function<void(const CalcJob&)> m_onJobDone;
    std::uint64_t m_made = 0; // jobs
    TimePoint m_lastJob{};
    SessionId m_session = SessionId::None;
    PeIdentifier m_element;       // 0: none now
    std::vector<Octets> m_unsent; // for the present element, while its association has no room
    ActionQueue<CalcUser::Action> m_actions;
    Timer m_jobTimer;
    Timer m_timer;
};

} // namespace kolam::calcapp
