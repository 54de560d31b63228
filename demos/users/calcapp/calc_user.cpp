// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/users/calcapp/calc_user.h"

#include <utility>

namespace kolam::calcapp {

using wire::CalcAppType;

CalcUser::Actions CalcUser::handle(const Input& input, TimePoint now) {
    Actions actions;
    std::visit([&](const auto& what) { on(what, now, actions); }, input);
    actions.emplace_back(ArmTimer{m_deadline});
    return actions;
}

void CalcUser::on(const NewJob& job, TimePoint now, Actions& actions) {
    ++m_statistics.jobsQueued;
    m_statistics.sizeQueued += static_cast<double>(job.size);
    m_queue.push_back(
        {.id = ++m_lastId, .size = job.size, .interval = job.interval, .queueLength = m_queue.size(), .queued = now});
    startNext(now, actions);
}

void CalcUser::startNext(TimePoint now, Actions& actions) {
    if (m_state != State::Idle || m_queue.empty()) {
        return;
    }
    m_job = m_queue.front();
    m_queue.pop_front();
    m_job.started = now;
    m_wasAccepted = false;
    ++m_statistics.jobsStarted;
    m_statistics.sizeStarted += static_cast<double>(m_job.size);
    m_state = State::Seeking;
    m_notBefore = {};
    m_deadline = never; // the session tries until there is a server
    actions.emplace_back(OpenSession{});
}

void CalcUser::on(const Established& established, TimePoint now, Actions& actions) {
    if (m_state == State::Idle) {
        return;
    }
    m_asked = false;
    if (established.resumed) {
        // The cookie is the request. A server may accept as late as the first keep-alive (rsplib's do).
        m_state = State::Requesting;
        m_deadline = now + m_options.keepAliveTransmissionInterval;
    } else if (now < m_notBefore) {
        m_state = State::Pausing;
        m_deadline = m_notBefore;
    } else {
        request(now, actions);
    }
}

void CalcUser::request(TimePoint now, Actions& actions) {
    m_state = State::Requesting;
    m_asked = true; // the request is the question; there is no use in asking whether it lives besides
    m_deadline = now + m_options.keepAliveTimeoutInterval;
    ++m_statistics.requests;
    actions.emplace_back(
        Send{{.kind = CalcAppType::Request, .jobId = m_job.id, .jobSize = m_job.size, .completed = 0}});
}

void CalcUser::on(const ServerLost&, TimePoint, Actions&) {
    if (m_state != State::Idle) {
        m_state = State::Seeking;
        m_deadline = never;
        ++m_job.failovers;
        ++m_statistics.failovers;
    }
}

void CalcUser::on(const Received& received, TimePoint now, Actions& actions) {
    const wire::CalcAppMessage& message = received.message;
    if (m_state != State::Requesting && m_state != State::Processing) {
        return; // of a server that has been given up
    }
    if (message.jobId != m_job.id) {
        return giveUp(false, "the server speaks of a job that is not ours", actions);
    }
    switch (message.kind) {
    case CalcAppType::Accept: return accepted(now);
    case CalcAppType::Reject:
        ++m_statistics.rejects;
        m_notBefore = now + m_options.rejectPause;
        return giveUp(false, "the server has too many jobs", actions);
    case CalcAppType::Complete: return completed(now, actions);
    case CalcAppType::KeepAlive: return send(CalcAppType::KeepAliveAck, actions);
    case CalcAppType::KeepAliveAck:
        ++m_statistics.keepAliveAcks;
        m_asked = false;
        m_deadline = now + m_options.keepAliveTransmissionInterval;
        return;
    case CalcAppType::Abort: return giveUp(false, "the server has aborted the job", actions);
    case CalcAppType::Request: break;
    }
    giveUp(false, "the server sends requests", actions);
}

void CalcUser::accepted(TimePoint now) {
    ++m_statistics.accepts;
    if (!std::exchange(m_wasAccepted, true)) {
        m_job.accepted = now;
    }
    m_state = State::Processing;
    m_asked = false;
    m_deadline = now + m_options.keepAliveTransmissionInterval;
}

void CalcUser::completed(TimePoint now, Actions& actions) {
    ++m_statistics.completes;
    if (!m_wasAccepted) {
        m_job.accepted = now; // the acceptance came with the end
    }
    m_job.completed = now;
    ++m_statistics.jobsCompleted;
    m_statistics.sizeCompleted += static_cast<double>(m_job.size);
    m_statistics.queuingTime += m_job.started - m_job.queued;
    m_statistics.startupTime += m_job.accepted - m_job.started;
    m_statistics.processingTime += now - m_job.accepted;
    m_statistics.handlingTime += now - m_job.queued;
    m_state = State::Idle;
    m_deadline = never;
    actions.emplace_back(CloseSession{});
    actions.emplace_back(JobDone{m_job});
    startNext(now, actions);
}

void CalcUser::on(const Garbage&, TimePoint, Actions& actions) {
    if (m_state == State::Requesting || m_state == State::Processing) {
        giveUp(false, "the server sends what nobody can read", actions);
    }
}

void CalcUser::on(const DeadlineReached&, TimePoint now, Actions& actions) {
    if (now < m_deadline) {
        return; // rung for an earlier deadline
    }
    m_deadline = never;
    switch (m_state) {
    case State::Idle:
    case State::Seeking: return;
    case State::Pausing: return request(now, actions);
    case State::Requesting:
    case State::Processing:
        if (m_asked) {
            return giveUp(true, "the server does not answer", actions);
        }
        m_asked = true;
        m_deadline = now + m_options.keepAliveTimeoutInterval;
        ++m_statistics.keepAlives;
        return send(CalcAppType::KeepAlive, actions);
    }
}

void CalcUser::send(CalcAppType kind, Actions& actions) {
    actions.emplace_back(Send{{.kind = kind, .jobId = m_job.id}});
}

/// ServerLost will follow.
void CalcUser::giveUp(bool report, std::string_view why, Actions& actions) {
    m_state = State::Seeking;
    m_deadline = never;
    actions.emplace_back(ForceFailover{report, why});
}

} // namespace kolam::calcapp
