// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/services/calcapp/calc_server.h"

#include <algorithm>
#include <utility>

namespace kolam::calcapp {

using wire::CalcAppMessage;
using wire::CalcAppType;

CalcServer::CalcServer(const CalcServerOptions& options, TimePoint now)
    : m_options(options)
    , m_processor(options.capacity, now) {}

CalcServer::Actions CalcServer::handle(const Input& input, TimePoint now) {
    Actions actions;
    m_processor.advance(now);
    std::visit([&](const auto& what) { on(what, now, actions); }, input);
    actions.emplace_back(ArmTimer{nextDeadline()});
    return actions;
}

// ---- What users say -------------------------------------------------------------------------------------------------

void CalcServer::on(const Received& received, TimePoint now, Actions& actions) {
    const CalcAppMessage& message = received.message;
    Job* const job = find(received.session, message.jobId);
    switch (message.kind) {
    case CalcAppType::Request:
        if (job == nullptr) {
            begin(received.session, message.jobId, message.jobSize, 0, now, actions);
        } else if (job->size == message.jobSize) { // asked again: the answer is the same
            actions.emplace_back(Send{received.session, {.kind = CalcAppType::Accept, .jobId = message.jobId}});
        } else {
            actions.emplace_back(AbortSession{received.session, "two jobs with one identifier"});
        }
        return;
    case CalcAppType::KeepAlive:
        if (job != nullptr) { // silence says that the job is not here
            actions.emplace_back(Send{received.session, {.kind = CalcAppType::KeepAliveAck, .jobId = message.jobId}});
        }
        return;
    case CalcAppType::KeepAliveAck:
        if (job != nullptr) {
            job->asked = false;
            job->keepAlive = now + m_options.keepAliveTransmissionInterval;
        }
        return;
    case CalcAppType::Abort:
        if (job != nullptr) {
            drop(*job, "given up by its user", now, actions);
        }
        return;
    case CalcAppType::Accept:
    case CalcAppType::Reject:
    case CalcAppType::Complete: break;
    }
    actions.emplace_back(AbortSession{received.session, "a message that only servers send"});
}

void CalcServer::on(const CookieEchoed& echoed, TimePoint now, Actions& actions) {
    const wire::CalcAppCookie& cookie = echoed.cookie;
    if (cookie.completed > cookie.jobSize) {
        actions.emplace_back(AbortSession{echoed.session, "a cookie of a job that is more than complete"});
    } else if (find(echoed.session, cookie.jobId) != nullptr) {
        actions.emplace_back(AbortSession{echoed.session, "a cookie of a job that is here"});
    } else {
        begin(echoed.session, cookie.jobId, cookie.jobSize, cookie.completed, now, actions);
    }
}

void CalcServer::on(const SessionClosed& closed, TimePoint now, Actions& actions) {
    for (std::size_t i = m_jobs.size(); i > 0; --i) {
        if (m_jobs[i - 1].session == closed.session) {
            drop(m_jobs[i - 1], "its user is gone", now, actions);
        }
    }
}

void CalcServer::begin(CalcSession session, std::uint32_t id, std::uint64_t size, std::uint64_t completed,
                       TimePoint now, Actions& actions) {
    if (m_jobs.size() >= m_options.maxJobs) {
        ++m_statistics.rejected;
        actions.emplace_back(Send{session, {.kind = CalcAppType::Reject, .jobId = id}});
        return;
    }
    ++m_statistics.accepted;
    m_statistics.resumed += completed > 0 ? 1U : 0U;
    const JobNumber number{++m_lastNumber};
    m_processor.add(number, static_cast<double>(size), static_cast<double>(completed), now);
    m_jobs.push_back({.number = number,
                      .session = session,
                      .id = id,
                      .size = size,
                      .lastCookie = now,
                      .lastCookieCompleted = static_cast<double>(completed),
                      .keepAlive = now + m_options.keepAliveTransmissionInterval,
                      .asked = false});
    actions.emplace_back(Send{session, {.kind = CalcAppType::Accept, .jobId = id}});
}

CalcServer::Job* CalcServer::find(CalcSession session, std::uint32_t id) {
    const auto found =
        std::ranges::find_if(m_jobs, [&](const Job& job) { return job.session == session && job.id == id; });
    return found == m_jobs.end() ? nullptr : &*found;
}

// ---- What time brings -----------------------------------------------------------------------------------------------

void CalcServer::on(const DeadlineReached&, TimePoint now, Actions& actions) {
    for (const JobNumber number : m_processor.complete()) {
        const auto job = std::ranges::find(m_jobs, number, &Job::number);
        actions.emplace_back(
            Send{job->session,
                 {.kind = CalcAppType::Complete, .jobId = job->id, .jobSize = job->size, .completed = job->size}});
        m_jobs.erase(job);
        m_processor.remove(number, now);
        ++m_statistics.completed;
        actions.emplace_back(JobCompleted{static_cast<std::uint32_t>(m_jobs.size())});
    }
    for (Job& job : m_jobs) {
        if (now >= cookieDue(job)) {
            giveCookie(job, now, actions);
        }
    }
    for (std::size_t i = m_jobs.size(); i > 0; --i) { // backwards, because some may go
        if (now >= m_jobs[i - 1].keepAlive) {
            watchUser(m_jobs[i - 1], now, actions);
        }
    }
}

void CalcServer::watchUser(Job& job, TimePoint now, Actions& actions) {
    if (job.asked) {
        drop(job, "its user does not answer", now, actions);
        return;
    }
    job.asked = true;
    job.keepAlive = now + m_options.keepAliveTimeoutInterval;
    actions.emplace_back(Send{job.session, {.kind = CalcAppType::KeepAlive, .jobId = job.id}});
}

void CalcServer::on(const Leaving&, TimePoint now, Actions& actions) {
    for (Job& job : m_jobs) {
        giveCookie(job, now, actions);
    }
}

void CalcServer::giveCookie(Job& job, TimePoint now, Actions& actions) {
    job.lastCookie = now;
    job.lastCookieCompleted = m_processor.completed(job.number);
    actions.emplace_back(SendCookie{
        job.session,
        {.jobId = job.id, .jobSize = job.size, .completed = static_cast<std::uint64_t>(job.lastCookieCompleted)}});
}

void CalcServer::drop(const Job& job, std::string_view why, TimePoint now, Actions& actions) {
    actions.emplace_back(JobDropped{job.session, job.id, why});
    ++m_statistics.dropped;
    const JobNumber number = job.number;
    m_processor.remove(number, now);
    std::erase_if(m_jobs, [number](const Job& other) { return other.number == number; });
}

TimePoint CalcServer::cookieDue(const Job& job) const {
    return std::min(job.lastCookie + m_options.cookieMaxTime,
                    m_processor.whenCompleted(job.number, job.lastCookieCompleted + m_options.cookieMaxCalculations));
}

TimePoint CalcServer::nextDeadline() const {
    TimePoint next = m_processor.nextCompletion();
    for (const Job& job : m_jobs) {
        next = std::min({next, job.keepAlive, cookieDue(job)});
    }
    return next;
}

} // namespace kolam::calcapp
