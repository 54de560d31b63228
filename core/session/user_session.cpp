// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/user_session.h"

#include "core/wire/codec.h"

#include <algorithm>
#include <utility>

namespace kolam::session {

namespace {

constexpr std::size_t cardSize = 16;  // elements of a business card that are kept
constexpr std::size_t mostRivals = 2; // attempts beside the first
constexpr std::ptrdiff_t mostCookieAborts = 2;
constexpr std::size_t abortsRemembered = 32;

} // namespace

UserSession::UserSession(PoolHandle handle, const UserLimits& limits, std::uint32_t features, Random& random)
    : m_handle(std::move(handle))
    , m_limits(limits)
    , m_features(features)
    , m_random(random)
    , m_choice(limits.failedMemory)
    , m_watch(limits.keepAliveInterval, limits.keepAliveMissed) {}

UserSession::Actions UserSession::handle(const Input& input, TimePoint now) {
    Actions actions;
    if (m_status.state == SessionState::Closed) {
        return actions;
    }
    std::visit([&](const auto& what) { on(what, now, actions); }, input);
    armEarliest(now, actions);
    return actions;
}

// ---- Finding an element ----

void UserSession::on(const Open&, TimePoint now, Actions& actions) {
    if (m_status.state == SessionState::Idle) {
        find(now, actions);
    }
}

void UserSession::find(TimePoint now, Actions& actions) {
    m_lastResort = false;
    const auto preferred = std::ranges::find_if(
        m_preferred, [&](const wire::PoolElement& element) { return m_choice.isFresh(element, now); });
    if (preferred != m_preferred.end()) {
        const wire::PoolElement element = *preferred;
        m_preferred.erase(preferred);
        connect(element, m_preferred, now, actions);
        return;
    }
    enter(SessionState::Resolving, actions);
    actions.emplace_back(Resolve{m_source});
}

void UserSession::on(const Found& found, TimePoint now, Actions& actions) {
    if (m_status.state != SessionState::Resolving) {
        return; // an answer that comes too late
    }
    const wire::PoolElement* chosen = m_choice.fresh(found.elements, now);
    if (chosen == nullptr && found.cached) {
        actions.emplace_back(Resolve{Source::OnlyRegistrar});
        return;
    }
    if (chosen == nullptr && m_atOnce) {
        chosen = m_choice.returned(found.elements, m_failoverBegan);
    }
    if (chosen == nullptr && m_atOnce && m_choice.anyRefused()) {
        wait(WaitReason::Refused, now, actions); // there is no elsewhere
        return;
    }
    if (chosen == nullptr) {
        chosen = m_choice.anyOf(found.elements);
        m_lastResort = true;
    }
    if (chosen == nullptr) {
        wait(WaitReason::NoElement, now, actions);
    } else if (m_lastResort && m_waits > 0 && now < m_lastAttempt + m_limits.spacing) {
        wait(WaitReason::ConnectFailed, now, actions); // perhaps another element comes before that one does
    } else if (m_lastResort) {
        connect(*chosen, {}, now, actions);
    } else {
        connect(*chosen, m_choice.beside(*chosen, found.elements), now, actions);
    }
}

void UserSession::on(const NotFound& notFound, TimePoint now, Actions& actions) {
    if (m_status.state == SessionState::Resolving) {
        wait(notFound.reason, now, actions);
    }
}

void UserSession::on(const RegistrarFound&, TimePoint now, Actions& actions) {
    if (m_status.state == SessionState::Waiting && m_status.waitReason == WaitReason::NoRegistrar) {
        find(now, actions);
    }
}

void UserSession::wait(WaitReason reason, TimePoint now, Actions& actions) {
    // A refused session comes back later than one that only asks the registrar again.
    const Duration first =
        reason == WaitReason::Refused ? std::max(m_limits.retryFirst, m_limits.spacing) : m_limits.retryFirst;
    Duration pause = std::min(first * (std::int64_t{1} << std::min(m_waits, 20u)), std::max(m_limits.retryMax, first));
    ++m_waits;
    // Up to a quarter more, never less: sessions that were refused together must not come back together.
    pause += std::chrono::duration_cast<Duration>(pause * 0.25 * m_random.unit());
    if (reason == WaitReason::Refused) {
        m_atOnce = false;
        m_choice.forgetEarlierRefusals();
    }
    forgetShortcuts(); // the registrar knows by then who has a slot, or who is there
    m_status.retryAt = now + pause;
    m_status.waitReason = reason;
    enter(SessionState::Waiting, actions);
}

// ---- Getting an association ----

void UserSession::connect(const wire::PoolElement& element, std::vector<wire::PoolElement> others, TimePoint now,
                          Actions& actions) {
    if (!m_attempts.take(m_limits.attempts, now)) {
        wait(m_atOnce && m_choice.anyRefused() ? WaitReason::Refused : WaitReason::ConnectFailed, now, actions);
        return;
    }
    m_lastAttempt = now;
    if (!m_atOnce) {
        m_choice.forgetRefusals();
    }
    ++m_status.attempts;
    show(element);
    m_others = std::move(others);
    m_connectDue = now + m_limits.connect;
    m_raceDue = m_others.empty() ? never : now + m_limits.race;
    enter(SessionState::Connecting, actions);
    actions.emplace_back(Connect{element});
}

/// An attempt that takes long may be one at a host that has gone: another element is tried beside it, and the first
/// association that stands has the session.
void UserSession::race(TimePoint now, Actions& actions) {
    m_raceDue = never;
    while (!m_others.empty() && m_rivals.size() < mostRivals) {
        const wire::PoolElement element = std::move(m_others.front());
        m_others.erase(m_others.begin());
        if (m_choice.hasFailed(element.identifier, now)) {
            continue;
        }
        if (m_attempts.take(m_limits.attempts, now)) {
            m_lastAttempt = now;
            ++m_status.attempts;
            m_rivals.push_back(element);
            m_connectDue = now + m_limits.connect;
            m_raceDue = now + m_limits.race;
            actions.emplace_back(Connect{element});
        }
        return;
    }
}

/// @return whether the end was that of one attempt among several; then the others go on
bool UserSession::rivalDown(const Down& down, TimePoint now, Actions& actions) {
    const bool first = down.element == PeIdentifier{} || down.element == m_status.element;
    const auto rival = std::ranges::find(m_rivals, down.element, &wire::PoolElement::identifier);
    if (first ? m_rivals.empty() : rival == m_rivals.end()) {
        return !first; // one that was given up already
    }
    const PeIdentifier failed = first ? m_status.element : down.element;
    m_choice.failed(failed, now);
    if (down.end == End::CouldNotStart || down.end == End::Lost) {
        actions.emplace_back(ReportUnreachable{failed});
    }
    if (first) {
        show(m_rivals.front());
        m_rivals.erase(m_rivals.begin());
        actions.emplace_back(StatusChanged{});
    } else {
        m_rivals.erase(rival);
    }
    race(now, actions);
    return true;
}

void UserSession::endRivals(Actions& actions) {
    for (const wire::PoolElement& rival : m_rivals) {
        actions.emplace_back(EndAssociation{false, rival.identifier});
    }
    m_rivals.clear();
    m_others.clear();
    m_raceDue = never;
}

void UserSession::show(const wire::PoolElement& element) {
    m_tried = element;
    m_status.element = element.identifier;
    m_status.elementAddress = {element.userTransport.addresses, element.userTransport.port};
}

void UserSession::on(const Up& up, TimePoint now, Actions& actions) {
    if (m_status.state != SessionState::Connecting || m_up) {
        return;
    }
    if (const auto rival = std::ranges::find(m_rivals, up.element, &wire::PoolElement::identifier);
        rival != m_rivals.end()) {
        // Those that had more time than the winner have gone, or are slow: not the first choice next time.
        m_choice.failed(m_tried.identifier, now);
        for (auto earlier = m_rivals.begin(); earlier != rival; ++earlier) {
            m_choice.failed(earlier->identifier, now);
        }
        show(std::exchange(*rival, m_tried));
        actions.emplace_back(StatusChanged{});
    }
    endRivals(actions);
    m_up = true;
    m_heard = m_served = false;
    m_connectDue = never;
    m_acceptDue = now + m_limits.accept;
    m_featuresDue = now + m_limits.features;
    m_resumed = !m_cookie.empty() && std::ranges::count(m_abortedAtCookie, m_status.element) < mostCookieAborts;
    if (m_resumed) {
        actions.emplace_back(SendControl{wire::CookieEcho{m_cookie}}); // before anything else
    }
    if ((m_features & wire::Features::sessionKeepAlive) != 0) {
        sendKeepAlive(actions);
        if (up.knownAsOurs) {
            m_watch.start(now); // it has answered before; if it does not now, it is frozen
        }
    }
}

/// The first word of the element: it has taken the session.
void UserSession::heard(TimePoint now, Actions& actions) {
    m_watch.heard(now);
    if (!m_heard) {
        m_heard = true;
        m_atOnce = false;
        m_choice.forgetRefusals();
        m_waits = 0;
        if (m_status.state == SessionState::Connecting) {
            establish(now, actions);
        }
    }
}

void UserSession::establish(TimePoint now, Actions& actions) {
    m_acceptDue = never;
    m_choice.tookTheSession(m_status.element);
    m_preferred.clear();
    m_source = Source::Quick;
    m_establishedAt = now;
    m_status.waitReason = WaitReason::None;
    enter(SessionState::Established, actions);
    if (std::exchange(m_failingOver, false)) {
        ++m_status.failovers;
        actions.emplace_back(FailoverEnded{m_failedElement, m_status.element, m_cause, now - m_failoverBegan});
    }
    actions.emplace_back(Established{m_status.element, m_resumed});
}

// ---- Losing it ----

void UserSession::on(const Down& down, TimePoint now, Actions& actions) {
    if (rivalDown(down, now, actions)) {
        return;
    }
    const bool silentEnd = down.end == End::ShutdownByPeer && !m_heard;
    if (m_up && m_resumed && !m_heard && down.end == End::AbortByPeer) {
        noteCookieAborted();
    }
    if (m_status.state == SessionState::Connecting) {
        if (m_up && silentEnd) {
            attemptFailed(WaitReason::Refused, false, now, actions);
        } else {
            attemptFailed(WaitReason::ConnectFailed, down.end == End::CouldNotStart || down.end == End::Lost, now,
                          actions);
        }
    } else if (m_status.state == SessionState::Established) {
        const auto cause =
            down.end == End::ShutdownByPeer ? FailoverCause::PeerShutdown : FailoverCause::AssociationLost;
        lose(cause, down.end == End::Lost, now, actions);
    }
}

void UserSession::on(const PeerClosing&, TimePoint now, Actions& /*actions*/) {
    if (m_up) {
        m_closingDue = now + m_limits.closing; // what it still sends may come; its end follows
    }
}

void UserSession::on(const ForceFailover& force, TimePoint now, Actions& actions) {
    if (m_status.state == SessionState::Established) {
        actions.emplace_back(EndAssociation{true});
        lose(FailoverCause::Application, force.report, now, actions);
    } else if (m_status.state == SessionState::Connecting) {
        actions.emplace_back(EndAssociation{m_up});
        attemptFailed(WaitReason::ConnectFailed, force.report, now, actions);
    }
}

void UserSession::attemptFailed(WaitReason reason, bool report, TimePoint now, Actions& actions) {
    const PeIdentifier failed = m_status.element;
    for (const wire::PoolElement& rival : m_rivals) {
        m_choice.failed(rival.identifier, now);
        if (report) {
            actions.emplace_back(ReportUnreachable{rival.identifier});
        }
    }
    leaveElement();
    if (reason == WaitReason::Refused) {
        refusedBy(failed, now, actions);
        return;
    }
    m_choice.failed(failed, now);
    if (report) {
        actions.emplace_back(ReportUnreachable{failed});
    }
    if (m_lastResort) {
        wait(reason, now, actions);
    } else {
        forgetShortcuts(); // one of them was wrong, the others are as old: better ask
        find(now, actions);
    }
}

void UserSession::forgetShortcuts() {
    m_preferred.clear();
    m_source = Source::Registrar;
}

void UserSession::lose(FailoverCause cause, bool report, TimePoint now, Actions& actions) {
    const bool refused = cause == FailoverCause::PeerShutdown && !m_heard;
    m_failingOver = true;
    m_atOnce = !refused;
    m_failedElement = m_status.element;
    m_cause = cause;
    m_failoverBegan = now;
    if (m_served || now - m_establishedAt >= m_limits.settled) {
        m_attempts = {};
    }
    leaveElement();
    actions.emplace_back(FailoverBegan{m_failedElement, cause});
    if (refused) {
        refusedBy(m_failedElement, now, actions);
        return;
    }
    m_choice.failed(m_failedElement, now);
    if (report) {
        actions.emplace_back(ReportUnreachable{m_failedElement});
    }
    find(now, actions);
}

/// The element lives, it is only full. A session that has just lost its place asks the others at once, each of them
/// once; else the next attempt waits, and then goes elsewhere, if there is an elsewhere. Later ones need not.
void UserSession::refusedBy(PeIdentifier element, TimePoint now, Actions& actions) {
    m_choice.refused(element, now);
    if (m_atOnce) {
        find(now, actions);
    } else {
        wait(WaitReason::Refused, now, actions);
    }
}

/// Services without states of sessions abort at a cookie, rsplib's do. Once may be an accident; one that does it again
/// gets the session without its state, which is better than none.
void UserSession::noteCookieAborted() {
    if (m_abortedAtCookie.size() >= abortsRemembered) {
        m_abortedAtCookie.erase(m_abortedAtCookie.begin());
    }
    m_abortedAtCookie.push_back(m_status.element);
}

void UserSession::leaveElement() {
    m_up = false;
    m_heard = false;
    m_watch.stop();
    m_connectDue = m_raceDue = m_acceptDue = m_featuresDue = m_closingDue = never;
    m_rivals.clear();
    m_others.clear();
    m_status.element = PeIdentifier{};
    m_status.elementAddress = {};
    m_status.peerIsOurs = m_status.peerIsKnown = false;
    m_status.peerFeatures = 0;
}

void UserSession::on(const Close&, TimePoint /*now*/, Actions& actions) {
    if (m_status.state == SessionState::Connecting || m_status.state == SessionState::Established) {
        actions.emplace_back(EndAssociation{m_up});
    }
    leaveElement();
    enter(SessionState::Closed, actions);
}

// ---- Talking with the element ----

void UserSession::on(const Data&, TimePoint now, Actions& actions) {
    if (m_up) {
        heard(now, actions);
    }
}

void UserSession::on(const DropCookie&, TimePoint /*now*/, Actions& /*actions*/) {
    m_cookie.clear();
    m_status.cookieSize = 0;
}

void UserSession::on(const Control& control, TimePoint now, Actions& actions) {
    if (!m_up) {
        return;
    }
    heard(now, actions);
    std::visit(Overloaded{
                   [&](const wire::Cookie& m) { received(m, now, actions); },
                   [&](const wire::EndpointKeepAliveAck& m) { received(m, now, actions); },
                   [&](const wire::EndpointKeepAlive& m) { received(m, now, actions); },
                   [&](const wire::BusinessCard& m) { received(m, now, actions); },
                   [&]<typename Other>(const Other&) { actions.emplace_back(Ignored{Other::name}); },
               },
               control.message);
}

void UserSession::received(const wire::Cookie& cookie, TimePoint /*now*/, Actions& actions) {
    m_cookie = cookie.cookie;
    m_served = true;
    if (m_status.cookieSize != m_cookie.size()) {
        m_status.cookieSize = m_cookie.size();
        actions.emplace_back(StatusChanged{});
    }
}

void UserSession::received(const wire::EndpointKeepAliveAck& ack, TimePoint now, Actions& actions) {
    if (ack.poolHandle != m_handle || ack.element != m_status.element) {
        actions.emplace_back(Ignored{wire::EndpointKeepAliveAck::name});
        return;
    }
    if (!ack.features || (ack.features->mask & wire::Features::sessionKeepAlive) == 0) {
        return; // alive, but it does not promise to answer again
    }
    m_watch.start(now);
    m_featuresDue = never;
    if (!m_status.peerIsOurs || m_status.peerFeatures != ack.features->mask) {
        m_status.peerIsOurs = m_status.peerIsKnown = true;
        m_status.peerFeatures = ack.features->mask;
        actions.emplace_back(StatusChanged{});
    }
}

/// The element watches us.
void UserSession::received(const wire::EndpointKeepAlive& keepAlive, TimePoint now, Actions& actions) {
    if (keepAlive.poolHandle == m_handle && m_keepAliveAnswers.take(m_limits.keepAliveAnswers, now)) {
        actions.emplace_back(SendControl{wire::EndpointKeepAliveAck{features(), m_handle, m_status.element}});
    }
}

void UserSession::received(const wire::BusinessCard& card, TimePoint /*now*/, Actions& actions) {
    if (card.poolHandle != m_handle) {
        actions.emplace_back(Ignored{wire::BusinessCard::name});
        return;
    }
    m_preferred.clear();
    for (const wire::PoolElement& element : card.elements) {
        if (m_preferred.size() < cardSize && ElementChoice::isReachable(element) &&
            element.identifier != m_status.element) {
            m_preferred.push_back(element);
        }
    }
}

void UserSession::sendKeepAlive(Actions& actions) {
    wire::EndpointKeepAlive keepAlive;
    keepAlive.features = features();
    keepAlive.poolHandle = m_handle;
    keepAlive.element = m_status.element;
    actions.emplace_back(SendControl{std::move(keepAlive)});
}

// ---- Time ----

void UserSession::on(const DeadlineReached&, TimePoint now, Actions& actions) {
    m_armed = never;
    switch (m_status.state) {
    case SessionState::Waiting:
        if (now >= m_status.retryAt) {
            find(now, actions);
        }
        break;
    case SessionState::Connecting:
    case SessionState::Established: look(now, actions); break;
    case SessionState::Idle:
    case SessionState::Resolving:
    case SessionState::Closed: break;
    }
}

void UserSession::look(TimePoint now, Actions& actions) {
    if (now >= m_connectDue) {
        actions.emplace_back(EndAssociation{false});
        attemptFailed(WaitReason::ConnectFailed, true, now, actions);
        return;
    }
    if (now >= m_raceDue) {
        race(now, actions);
    }
    if (now >= m_closingDue) {
        actions.emplace_back(EndAssociation{false});
        on(Down{End::ShutdownByPeer}, now, actions);
        return;
    }
    if (now >= m_featuresDue) {
        m_featuresDue = never;
        m_status.peerIsKnown = true;
        actions.emplace_back(StatusChanged{});
    }
    switch (m_watch.look(now)) {
    case KeepAliveWatch::Verdict::Fine: break;
    case KeepAliveWatch::Verdict::Probe: sendKeepAlive(actions); break;
    case KeepAliveWatch::Verdict::Dead:
        actions.emplace_back(EndAssociation{false});
        if (m_status.state == SessionState::Established) {
            lose(FailoverCause::KeepAliveTimeout, true, now, actions);
        } else {
            attemptFailed(WaitReason::ConnectFailed, true, now, actions);
        }
        return;
    }
    // An element that is known to answer is believed when it has answered; another one when it has not refused.
    if (now >= m_acceptDue) {
        m_acceptDue = never;
        if (!m_watch.running()) {
            establish(now, actions);
        }
    }
}

void UserSession::enter(SessionState state, Actions& actions) {
    m_status.state = state;
    actions.emplace_back(StatusChanged{});
}

void UserSession::armEarliest(TimePoint now, Actions& actions) {
    TimePoint earliest = never;
    if (m_status.state == SessionState::Waiting) {
        earliest = m_status.retryAt;
    } else if (m_status.state == SessionState::Connecting || m_status.state == SessionState::Established) {
        earliest = std::min({m_connectDue, m_raceDue, m_acceptDue, m_featuresDue, m_closingDue, m_watch.deadline()});
    }
    // A timer that rings too early costs less than one that is moved with every message.
    const bool ringsBefore = m_armed > now && m_armed <= earliest;
    if (earliest != m_armed && !(ringsBefore && earliest != never)) {
        m_armed = earliest;
        actions.emplace_back(ArmTimer{earliest});
    }
}

} // namespace kolam::session
