// SPDX-License-Identifier: GPL-3.0-or-later
// Between messages: which element belongs to which association, who is still alive, and what goes when it is not.
// Next door: registrar_side.cpp receives and answers; registrar_side.h says what for.
#include "core/asap/registrar_addresses.h"
#include "core/asap/registrar_side.h"

#include <algorithm>
#include <utility>

namespace kolam::asap {
namespace {

using namespace std::chrono_literals;

/// An element that has just answered is not asked again sooner, however many say that it is unreachable.
constexpr Duration probeSpacing = 1s;
/// The part of the keep-alive time-out that a silent element still gets once enough users have reported it.
constexpr int shortenedPatience = 4;
constexpr unsigned mostLate = 3; // times that an answer may take once more as long

} // namespace

std::string_view toText(RemovalReason reason) {
    switch (reason) {
    case RemovalReason::None: return "none";
    case RemovalReason::Deregistered: return "deregistered";
    case RemovalReason::AssociationLost: return "association lost";
    case RemovalReason::KeepAliveTimeout: return "keep-alive not answered";
    case RemovalReason::Unreachable: return "reported unreachable and silent";
    case RemovalReason::LifeExpired: return "registration life over";
    }
    std::unreachable();
}

std::string_view toText(IncidentKind kind) {
    switch (kind) {
    case IncidentKind::Malformed: return "malformed";
    case IncidentKind::Unexpected: return "unexpected";
    case IncidentKind::Unauthorized: return "not allowed";
    case IncidentKind::Stranger: return "not the registrant";
    case IncidentKind::TooFast: return "too fast";
    case IncidentKind::TooMany: return "too many";
    case IncidentKind::Rejected: return "rejected";
    }
    std::unreachable();
}

// ---- Associations --------------------------------------------------------------------------------------------------

RegistrarSide::Association* RegistrarSide::find(AssociationId id) {
    const auto found = m_associations.find(id);
    return found == m_associations.end() ? nullptr : &found->second;
}

bool RegistrarSide::tooManyAssociations(const TransportAddress& peer) const {
    const RegistrarLimits& limits = m_settings.limits;
    if (limits.associations != 0 && m_associations.size() >= limits.associations) {
        return true;
    }
    return limits.associationsPerHost != 0 && std::ranges::any_of(peer.ips, [&](const IpAddress& address) {
               const auto host = m_perHost.find(address);
               return host != m_perHost.end() && host->second >= limits.associationsPerHost;
           });
}

void RegistrarSide::associationUp(AssociationId id, const TransportAddress& peer, TimePoint now) {
    if (Association* const called = find(id)) {
        called->up = true; // one that takeOver() began: say what we called for
        for (const ElementRef element : std::vector(called->elements)) {
            if (m_handlespace.contains(element)) {
                sendKeepAlive(element, true, now);
            }
        }
        return arm();
    }
    if (tooManyAssociations(peer)) {
        count({.kind = IncidentKind::TooMany, .association = id});
        return m_sink.abort(id, "too many associations");
    }
    open(id, peer).up = true;
}

RegistrarSide::Association& RegistrarSide::open(AssociationId id, const TransportAddress& peer) {
    Association& association = m_associations[id];
    association.id = id;
    association.identity.address = peer;
    association.usable = usableAddresses(peer, m_settings.minimumScope);
    m_byAddress[peer] = id;
    for (const IpAddress& address : peer.ips) {
        if (address.scope() != AddressScope::Loopback) {
            ++m_perHost[address];
        }
    }
    return association;
}

void RegistrarSide::associationDown(AssociationId id, TimePoint) {
    Association* const association = find(id);
    if (association == nullptr) {
        return;
    }
    for (const ElementRef element : std::exchange(association->elements, {})) {
        if (!m_handlespace.contains(element) ||
            m_handlespace.extra(element).association != static_cast<std::uint64_t>(id)) {
            continue;
        }
        if (m_handlespace.owner(element) == m_settings.id) {
            remove(element, RemovalReason::AssociationLost);
        } else {
            detach(element); // it has moved to another registrar
        }
    }
    const TransportAddress& peer = association->identity.address;
    if (const auto entry = m_byAddress.find(peer); entry != m_byAddress.end() && entry->second == id) {
        m_byAddress.erase(entry);
    }
    for (const IpAddress& address : peer.ips) {
        if (const auto host = m_perHost.find(address); host != m_perHost.end() && --host->second == 0) {
            m_perHost.erase(host);
        }
    }
    m_associations.erase(id);
}

// ---- Whose element it is -------------------------------------------------------------------------------------------

bool RegistrarSide::isRegistrant(ElementRef element, const Association& association) {
    const auto holder = AssociationId{m_handlespace.extra(element).association};
    if (holder == association.id) {
        return true;
    }
    if (const Association* const other = find(holder);
        other != nullptr && other->identity.name != association.identity.name) {
        return false;
    }
    // After a reconnect, or coming from another registrar: it is the same endpoint that registers.
    m_handlespace.elementInto(element, m_element);
    return m_element.asapTransport &&
           isEndpoint(*m_element.asapTransport, association.usable, association.identity.address.port);
}

void RegistrarSide::attach(ElementRef element, Association& association) {
    if (m_handlespace.extra(element).association == static_cast<std::uint64_t>(association.id)) {
        return;
    }
    detach(element);
    m_handlespace.extra(element).association = static_cast<std::uint64_t>(association.id);
    ++association.elementCount;
    // What has gone is swept out now and then only: finding it at each removal would cost more than keeping it.
    if (association.elements.size() > 2 * association.elementCount + 8) {
        std::erase_if(association.elements, [&](ElementRef old) {
            return !m_handlespace.contains(old) ||
                   m_handlespace.extra(old).association != static_cast<std::uint64_t>(association.id);
        });
    }
    association.elements.push_back(element);
}

void RegistrarSide::detach(ElementRef element) {
    std::uint64_t& holder = m_handlespace.extra(element).association;
    if (Association* const association = find(AssociationId{holder})) {
        --association->elementCount;
    }
    holder = static_cast<std::uint64_t>(AssociationId::None);
}

void RegistrarSide::remove(ElementRef element, RemovalReason reason) {
    ++m_counters.removals[static_cast<std::size_t>(reason)];
    m_sink.elementChanged({element, ElementChange::Removed, reason});
    detach(element);
    m_suspicions.erase(element.slot);
    m_handlespace.remove(element);
}

bool RegistrarSide::takeOver(ElementRef element, TimePoint now) {
    m_handlespace.elementInto(element, m_element);
    if (!m_element.asapTransport) {
        return false;
    }
    const TransportAddress endpoint{m_element.asapTransport->addresses, m_element.asapTransport->port};
    const auto present = m_byAddress.find(endpoint);
    const AssociationId id = present != m_byAddress.end() ? present->second : m_sink.connect(endpoint);
    if (id == AssociationId::None) {
        return false;
    }
    Association* const known = find(id);
    Association& association = known != nullptr ? *known : open(id, endpoint);
    m_handlespace.setOwner(element, m_settings.id);
    attach(element, association);
    startLife(element, m_element.life, now);
    m_sink.elementChanged({element, ElementChange::Changed});
    if (association.up) {
        sendKeepAlive(element, true, now);
    } else {
        setDeadline(element, DeadlineKind::KeepAliveTimeout, now + m_settings.keepAliveTimeout);
    }
    arm();
    return true;
}

void RegistrarSide::release(ElementRef element) {
    m_suspicions.erase(element.slot);
    m_handlespace.extra(element).lifeEnds = never;
    m_handlespace.setDeadline(element, DeadlineKind::None, never);
}

void RegistrarSide::forget(ElementRef element) {
    detach(element);
    m_suspicions.erase(element.slot);
}

bool RegistrarSide::isConnected(ElementRef element) const {
    const auto holder = m_associations.find(AssociationId{m_handlespace.extra(element).association});
    return holder != m_associations.end() && holder->second.up;
}

bool RegistrarSide::holds(ElementRef element, TimePoint now) const {
    return m_handlespace.owner(element) == m_settings.id && isConnected(element) &&
           m_handlespace.deadline(element) > now;
}

// ---- Life and death ------------------------------------------------------------------------------------------------

void RegistrarSide::startLife(ElementRef element, wire::RegistrationLife life, TimePoint now) {
    // A life shorter than one round of keep-alives would say nothing that they do not say (and a sender that counts in
    // seconds, as the RFC has it, gives small numbers).
    const Duration least = m_settings.keepAliveInterval + m_settings.keepAliveTimeout;
    m_handlespace.extra(element).lifeEnds = life == wire::endlessLife ? never : now + std::max<Duration>(life, least);
}

void RegistrarSide::setDeadline(ElementRef element, DeadlineKind kind, TimePoint when) {
    m_handlespace.setDeadline(element, kind, std::min(when, m_handlespace.extra(element).lifeEnds));
}

void RegistrarSide::waitForNextKeepAlive(ElementRef element, TimePoint now) {
    const double factor = 1 + m_settings.keepAliveVariation * (2 * m_random.unit() - 1);
    const auto interval = std::chrono::duration_cast<Duration>(m_settings.keepAliveInterval * factor);
    setDeadline(element, DeadlineKind::KeepAliveTransmission, now + interval);
}

void RegistrarSide::sendKeepAlive(ElementRef element, bool newHome, TimePoint now) {
    m_keepAlive.newHome = newHome;
    m_keepAlive.server = m_settings.id;
    m_keepAlive.poolHandle.value.assign(m_handlespace.poolHandle(element).value);
    m_keepAlive.element = m_handlespace.identifier(element);
    ++m_counters.keepAlives;
    setDeadline(element, DeadlineKind::KeepAliveTimeout, now + m_settings.keepAliveTimeout);
    send(AssociationId{m_handlespace.extra(element).association}, m_keepAlive);
}

void RegistrarSide::keepAliveAck(Permit, Source from, const wire::EndpointKeepAliveAck& message) {
    const ElementRef element = m_handlespace.find(message.poolHandle, message.element);
    if (element.isNull()) {
        return; // removed while the answer was on its way
    }
    if (m_handlespace.extra(element).association != static_cast<std::uint64_t>(from.association.id)) {
        return count({.kind = IncidentKind::Stranger,
                      .association = from.association.id,
                      .messageType = wire::EndpointKeepAliveAck::type,
                      .pool = &message.poolHandle,
                      .element = message.element});
    }
    if (m_handlespace.deadlineKind(element) != DeadlineKind::KeepAliveTimeout) {
        return; // nobody had asked
    }
    ++m_counters.keepAliveAcks;
    from.association.answered = std::max(from.association.answered, askedAt(element, m_handlespace.deadline(element)));
    if (const auto suspicion = m_suspicions.find(element.slot); suspicion != m_suspicions.end()) {
        suspicion->second.reporters.clear();
        suspicion->second.late = 0;
        if (from.now - suspicion->second.probed > probeSpacing) {
            m_suspicions.erase(suspicion);
        }
    }
    waitForNextKeepAlive(element, from.now);
}

void RegistrarSide::unreachable(Permit, Source from, const wire::EndpointUnreachable& message) {
    const auto ignore = [&] {
        count({.kind = IncidentKind::TooFast,
               .association = from.association.id,
               .messageType = wire::EndpointUnreachable::type,
               .pool = &message.poolHandle,
               .element = message.element});
    };
    if (!from.association.unreachableReports.take(m_settings.limits.unreachableReports, from.now)) {
        return ignore();
    }
    const ElementRef element = m_handlespace.find(message.poolHandle, message.element);
    if (element.isNull() || m_handlespace.owner(element) != m_settings.id) {
        return; // gone already, or another registrar's: only that one can ask the element
    }
    const auto [entry, first] = m_suspicions.try_emplace(element.slot);
    Suspicion& suspicion = entry->second;
    const bool asked = m_handlespace.deadlineKind(element) == DeadlineKind::KeepAliveTimeout;
    if (!asked && !first && from.now - suspicion.probed < probeSpacing) {
        return ignore(); // it has answered just now
    }
    ++m_counters.unreachableReports;
    if (suspicion.reporters.empty()) {
        suspicion.probed = from.now;
    }
    if (!asked) {
        sendKeepAlive(element, false, from.now);
    }
    if (suspicion.reporters.size() < m_settings.maxUnreachableReports &&
        std::ranges::find(suspicion.reporters, from.association.id) == suspicion.reporters.end()) {
        suspicion.reporters.push_back(from.association.id);
        if (suspicion.reporters.size() >= m_settings.maxUnreachableReports) {
            setDeadline(element, DeadlineKind::KeepAliveTimeout,
                        std::max(from.now, suspicion.probed + m_settings.keepAliveTimeout / shortenedPatience));
        }
    }
}

/// When the keep-alive was sent that is to be answered by `deadline`, more time included.
TimePoint RegistrarSide::askedAt(ElementRef element, TimePoint deadline) const {
    const auto suspicion = m_suspicions.find(element.slot);
    return suspicion != m_suspicions.end() && suspicion->second.late > 0 ? suspicion->second.asked
                                                                         : deadline - m_settings.keepAliveTimeout;
}

/// An association has the answers in the order of the questions. Where its other end has spoken since, and has only
/// answered what was asked before, the answer stands in a long line: the host is busy, or we are. Not for ever: who
/// speaks and never answers is no element.
bool RegistrarSide::mayBeLate(const Handlespace::Due& due, AssociationId holder, TimePoint now) {
    const Association* const association = find(holder);
    const TimePoint asked = askedAt(due.element, due.deadline);
    if (association == nullptr || association->heard + m_settings.keepAliveTimeout <= now ||
        association->answered >= asked) {
        return false;
    }
    Suspicion& suspicion = m_suspicions[due.element.slot];
    if (suspicion.late >= mostLate) {
        return false;
    }
    ++suspicion.late;
    suspicion.asked = asked;
    setDeadline(due.element, DeadlineKind::KeepAliveTimeout, association->heard + m_settings.keepAliveTimeout);
    return true;
}

void RegistrarSide::due(const Handlespace::Due& due, TimePoint now) {
    const ElementRef element = due.element;
    if (due.kind == DeadlineKind::Expiry) {
        m_expired.push_back(element);
        return;
    }
    if (m_handlespace.extra(element).lifeEnds <= now) {
        return remove(element, RemovalReason::LifeExpired);
    }
    switch (due.kind) {
    case DeadlineKind::None:
    case DeadlineKind::Expiry: return;
    case DeadlineKind::KeepAliveTransmission: return sendKeepAlive(element, false, now);
    case DeadlineKind::KeepAliveTimeout: {
        const auto suspicion = m_suspicions.find(element.slot);
        const bool reported =
            suspicion != m_suspicions.end() && suspicion->second.reporters.size() >= m_settings.maxUnreachableReports;
        const auto holder = AssociationId{m_handlespace.extra(element).association};
        if (!reported && mayBeLate(due, holder, now)) {
            return;
        }
        remove(element, reported ? RemovalReason::Unreachable : RemovalReason::KeepAliveTimeout);
        if (const Association* const association = find(holder);
            association != nullptr && association->elementCount == 0) {
            m_sink.abort(holder, "keep-alive not answered"); // if it ever wakes up, it learns that it is not registered
        }
        return;
    }
    }
    std::unreachable();
}

std::vector<ElementRef> RegistrarSide::deadlineReached(TimePoint now) {
    m_armed = never;
    while (const auto next = m_handlespace.popDue(now)) {
        due(*next, now);
    }
    arm();
    return std::exchange(m_expired, {});
}

void RegistrarSide::arm() {
    const TimePoint next = m_handlespace.nextDeadline();
    if (next >= m_armed) {
        return; // the earlier alarm finds nothing to do, and arms this one then
    }
    // Deadlines of many elements are met together, a little late, so that a thousand elements do not wake us for each.
    const Duration grain =
        std::min(m_settings.keepAliveInterval, m_settings.keepAliveTimeout) / m_settings.deadlineParts;
    m_armed = TimePoint{(next.time_since_epoch() / grain + 1) * grain};
    m_sink.armTimer(m_armed);
}

} // namespace kolam::asap
