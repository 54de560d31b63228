// SPDX-License-Identifier: GPL-3.0-or-later
// A CalcApp server: takes jobs up to a limit, lets them share its processor, hands out how far they are as cookies, and
// drops those whose users are gone. It is told what happened and when, and answers with actions.
// Next door: processor_sharing.h, how far jobs are; calc_service.h performs the actions in a pool.
#pragma once

#include "core/base/time.h"
#include "core/wire/services.h"
#include "demos/services/calcapp/processor_sharing.h"

#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

namespace kolam::calcapp {

using namespace std::chrono_literals;

/// The names are those of rsplib's options.
struct CalcServerOptions {
    std::uint32_t maxJobs = 10;                      // at a time; more are rejected
    double capacity = 1'000'000;                     // calculations a second, shared by all jobs
    Duration cookieMaxTime = 5s;                     // a new cookie at the latest after so long
    double cookieMaxCalculations = 5'000'000;        // or after so many calculations
    Duration keepAliveTransmissionInterval = 2500ms; // after a job's begin, or its user's last sign of life
    Duration keepAliveTimeoutInterval = 2500ms;      // then the job is dropped
};

/// Names a session of the server.
enum class CalcSession : std::uint64_t {};

class CalcServer {
public:
    // ---- What happens ----
    struct Received {
        CalcSession session;
        wire::CalcAppMessage message;
    };
    struct CookieEchoed { // of a job that another server had
        CalcSession session;
        wire::CalcAppCookie cookie;
    };
    struct SessionClosed {
        CalcSession session;
    };
    struct DeadlineReached {};
    struct Leaving {}; // in good order: every job's cookie goes to its user
    using Input = std::variant<Received, CookieEchoed, SessionClosed, DeadlineReached, Leaving>;

    // ---- What to do about it ----
    struct Send {
        CalcSession session;
        wire::CalcAppMessage message;
    };
    struct SendCookie {
        CalcSession session;
        wire::CalcAppCookie cookie;
    };
    struct AbortSession {
        CalcSession session;
        std::string_view why;
    };
    struct JobCompleted {
        std::uint32_t jobsLeft = 0;
    };
    struct JobDropped {
        CalcSession session;
        std::uint32_t jobId = 0;
        std::string_view why;
    };
    struct ArmTimer { // replaces the earlier deadline; `never`: none
        TimePoint deadline;
    };
    using Action = std::variant<Send, SendCookie, AbortSession, JobCompleted, JobDropped, ArmTimer>;
    using Actions = std::vector<Action>;

    struct Statistics {
        std::uint64_t accepted = 0;
        std::uint64_t rejected = 0;
        std::uint64_t resumed = 0; // of the accepted: with the progress they had elsewhere
        std::uint64_t completed = 0;
        std::uint64_t dropped = 0;
    };

    CalcServer(const CalcServerOptions& options, TimePoint now);

    [[nodiscard]] Actions handle(const Input& input, TimePoint now);
    [[nodiscard]] std::size_t jobs() const { return m_jobs.size(); }
    [[nodiscard]] const Statistics& statistics() const { return m_statistics; }
    /// As of the last input.
    [[nodiscard]] const ProcessorSharing& processor() const { return m_processor; }

private:
    struct Job {
        JobNumber number;
        CalcSession session;
        std::uint32_t id;
        std::uint64_t size;
        TimePoint lastCookie;
        double lastCookieCompleted;
        TimePoint keepAlive; // when to ask; or when the answer must be here
        bool asked;
    };

    void on(const Received& received, TimePoint now, Actions& actions);
    void on(const CookieEchoed& echoed, TimePoint now, Actions& actions);
    void on(const SessionClosed& closed, TimePoint now, Actions& actions);
    void on(const DeadlineReached&, TimePoint now, Actions& actions);
    void on(const Leaving&, TimePoint now, Actions& actions);

    Job* find(CalcSession session, std::uint32_t id);
    void begin(CalcSession session, std::uint32_t id, std::uint64_t size, std::uint64_t completed, TimePoint now,
               Actions& actions);
    void giveCookie(Job& job, TimePoint now, Actions& actions);
    void watchUser(Job& job, TimePoint now, Actions& actions);
    void drop(const Job& job, std::string_view why, TimePoint now, Actions& actions);
    [[nodiscard]] TimePoint cookieDue(const Job& job) const;
    [[nodiscard]] TimePoint nextDeadline() const;

    CalcServerOptions m_options;
    ProcessorSharing m_processor;
    std::vector<Job> m_jobs;
    std::uint64_t m_lastNumber = 0;
    Statistics m_statistics;
};

} // namespace kolam::calcapp
