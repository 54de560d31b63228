// SPDX-License-Identifier: GPL-3.0-or-later
// A CalcApp user: keeps a queue of jobs and has one of them computed at a time, each in a session of its own that fails
// over as often as it must. It is told what happened and when, and answers with actions.
// Next door: calc_pool_user.h performs the actions in a pool; demos/services/calcapp computes.
#pragma once

#include "core/base/time.h"
#include "core/wire/services.h"

#include <cstdint>
#include <deque>
#include <string_view>
#include <variant>
#include <vector>

namespace kolam::calcapp {

using namespace std::chrono_literals;

/// The names are those of rsplib's options.
struct CalcUserOptions {
    Duration keepAliveTransmissionInterval = 5s; // after the server's last sign of life
    Duration keepAliveTimeoutInterval = 5s;      // then another server is sought; so long a request may take, too
    Duration rejectPause = 1s;                   // before a rejected job without progress is requested again
};

/// What became of one job.
struct CalcJob {
    std::uint32_t id = 0;
    std::uint64_t size = 0;      // calculations
    Duration interval{};         // since the job before came
    std::size_t queueLength = 0; // that it found
    TimePoint queued{};
    TimePoint started{};
    TimePoint accepted{}; // for the first time
    TimePoint completed{};
    std::uint32_t failovers = 0;
};

class CalcUser {
public:
    // ---- What happens ----
    struct NewJob {
        std::uint64_t size = 0;
        Duration interval{};
    };
    struct Established { // the session stands
        bool resumed = false;
    };
    struct ServerLost {};
    struct Received {
        wire::CalcAppMessage message;
    };
    struct Garbage {}; // what the server sent cannot be read
    struct DeadlineReached {};
    using Input = std::variant<NewJob, Established, ServerLost, Received, Garbage, DeadlineReached>;

    // ---- What to do about it ----
    struct OpenSession {};
    struct CloseSession {};
    struct Send {
        wire::CalcAppMessage message;
    };
    struct ForceFailover {
        bool reportUnreachable = false;
        std::string_view why;
    };
    struct JobDone {
        CalcJob job;
    };
    struct ArmTimer { // replaces the earlier deadline; `never`: none
        TimePoint deadline;
    };
    using Action = std::variant<OpenSession, CloseSession, Send, ForceFailover, JobDone, ArmTimer>;
    using Actions = std::vector<Action>;

    struct Statistics {
        std::uint64_t jobsQueued = 0;
        std::uint64_t jobsStarted = 0;
        std::uint64_t jobsCompleted = 0;
        double sizeQueued = 0;
        double sizeStarted = 0;
        double sizeCompleted = 0;
        Duration queuingTime{};    // from here on: of completed jobs
        Duration startupTime{};    // from the queue's end to the first acceptance
        Duration processingTime{}; // from there to the end
        Duration handlingTime{};   // all of it
        std::uint64_t requests = 0;
        std::uint64_t accepts = 0;
        std::uint64_t rejects = 0;
        std::uint64_t completes = 0;
        std::uint64_t keepAlives = 0; // sent
        std::uint64_t keepAliveAcks = 0;
        std::uint64_t failovers = 0;
    };

    explicit CalcUser(const CalcUserOptions& options) : m_options(options) {}

    [[nodiscard]] Actions handle(const Input& input, TimePoint now);
    [[nodiscard]] const Statistics& statistics() const { return m_statistics; }
    /// Jobs that wait; the one that is being computed is not among them.
    [[nodiscard]] std::size_t waiting() const { return m_queue.size(); }
    [[nodiscard]] bool idle() const { return m_state == State::Idle; }

private:
    enum class State : std::uint8_t {
        Idle,
        Seeking,    // a server
        Pausing,    // at a server, but it is too early to ask again
        Requesting, // or resuming: the server has to accept
        Processing,
    };
    void on(const NewJob& job, TimePoint now, Actions& actions);
    void on(const Established& established, TimePoint now, Actions& actions);
    void on(const ServerLost&, TimePoint now, Actions& actions);
    void on(const Received& received, TimePoint now, Actions& actions);
    void on(const Garbage&, TimePoint now, Actions& actions);
    void on(const DeadlineReached&, TimePoint now, Actions& actions);

    void startNext(TimePoint now, Actions& actions);
    void request(TimePoint now, Actions& actions);
    void send(wire::CalcAppType kind, Actions& actions);
    void accepted(TimePoint now);
    void completed(TimePoint now, Actions& actions);
    void giveUp(bool report, std::string_view why, Actions& actions);

    CalcUserOptions m_options;
    State m_state = State::Idle;
    std::deque<CalcJob> m_queue;
    CalcJob m_job; // the present one
    std::uint32_t m_lastId = 0;
    bool m_wasAccepted = false;
    bool m_asked = false;    // for a sign of life
    TimePoint m_notBefore{}; // a request
    TimePoint m_deadline = never;
    Statistics m_statistics;
};

} // namespace kolam::calcapp
