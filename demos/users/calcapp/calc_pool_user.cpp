// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/users/calcapp/calc_pool_user.h"

#include "core/wire/codec.h"

#include <algorithm>
#include <cmath>

namespace kolam::calcapp {

namespace {

/// Exponentially distributed.
double draw(Random& random, double mean) {
    return -mean * std::log1p(-random.unit());
}

} // namespace

CalcPoolUser::CalcPoolUser(Dispatcher& dispatcher, UserNode& node, Log& log, const CalcPoolUserOptions& options)
    : m_dispatcher(dispatcher)
    , m_node(node)
    , m_log(log)
    , m_options(options)
    , m_user(options.user)
    , m_lastJob(dispatcher.now())
    , m_jobTimer(dispatcher, [this] { nextJob(); })
    , m_timer(dispatcher, [this] { deliver(CalcUser::DeadlineReached{}); }) {
    m_jobTimer.arm(dispatcher.now());
}

CalcPoolUser::~CalcPoolUser() {
    if (m_session != SessionId::None) {
        m_node.closeSession(m_session);
    }
}

void CalcPoolUser::nextJob() {
    const TimePoint now = m_dispatcher.now();
    const double size = m_options.constantSize ? m_options.jobSize : draw(m_dispatcher.random(), m_options.jobSize);
    const Duration interval = now - std::exchange(m_lastJob, now);
    if (++m_made < m_options.jobs || m_options.jobs == 0) {
        const double mean = std::chrono::duration<double>(m_options.jobInterval).count();
        const std::chrono::duration<double> pause{draw(m_dispatcher.random(), mean)};
        m_jobTimer.arm(now + std::chrono::duration_cast<Duration>(pause));
    }
    deliver(
        CalcUser::NewJob{.size = static_cast<std::uint64_t>(std::max(1.0, std::round(size))), .interval = interval});
}

void CalcPoolUser::onEstablished(PeIdentifier element, bool resumed) {
    m_element = element;
    m_unsent.clear();
    deliver(CalcUser::Established{resumed});
}

void CalcPoolUser::onMessage(std::uint32_t ppid, OctetView data) {
    const auto message = wire::decode<wire::CalcAppMessage>(data);
    if (ppid == wire::calcAppPpid && message) {
        deliver(CalcUser::Received{*message});
    } else {
        deliver(CalcUser::Garbage{});
    }
}

void CalcPoolUser::onFailoverBegin(PeIdentifier failed, FailoverCause cause) {
    m_log.info("calcapp: element {} is lost: {}", toText(failed), toText(cause));
    m_element = {};
    deliver(CalcUser::ServerLost{});
}

void CalcPoolUser::onWritable() {
    while (!m_unsent.empty() && m_node.send(m_session, wire::calcAppPpid, m_unsent.front())) {
        m_unsent.erase(m_unsent.begin());
    }
}

void CalcPoolUser::deliver(const CalcUser::Input& input) {
    m_actions.run(m_user.handle(input, m_dispatcher.now()), [this](const auto& action) { perform(action); });
}

void CalcPoolUser::perform(const CalcUser::Action& action) {
    std::visit(Overloaded{
                   [&](const CalcUser::OpenSession&) { m_session = m_node.openSession(m_options.pool, *this); },
                   [&](const CalcUser::CloseSession&) {
                       m_element = {};
                       m_node.closeSession(std::exchange(m_session, SessionId::None));
                   },
                   [&](const CalcUser::Send& a) { send(a.message); },
                   [&](const CalcUser::ForceFailover& a) {
                       m_log.info("calcapp: leaves element {}: {}", toText(m_element), a.why);
                       m_node.forceFailover(m_session, a.reportUnreachable);
                   },
                   [&](const CalcUser::JobDone& a) {
                       if (m_onJobDone) {
                           m_onJobDone(a.job);
                       }
                   },
                   [&](const CalcUser::ArmTimer& a) { m_timer.arm(a.deadline); },
               },
               action);
}

void CalcPoolUser::send(const wire::CalcAppMessage& message) {
    Octets octets = wire::encode(message);
    if (!m_unsent.empty() || !m_node.send(m_session, wire::calcAppPpid, octets)) {
        m_unsent.push_back(std::move(octets)); // goes at onWritable(), or is of no use when the element is lost
    }
}

} // namespace kolam::calcapp
