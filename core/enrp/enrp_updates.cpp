// SPDX-License-Identifier: GPL-3.0-or-later
// What changes: our elements, told to all peers; theirs, told to us. enrp_side.h says what for.
// Source: RFC 5353 section 3.3.
#include "core/enrp/enrp_side.h"
#include "core/handlespace/distance.h"

#include <algorithm>
#include <utility>

namespace kolam::enrp {

namespace {

constexpr std::size_t rsplibLongestHandle = 32; // octets

/// Drafts and the RFC, but not what our extensions add.
bool isRsplibs(wire::PolicyType policy) {
    switch (policy) {
    case wire::PolicyType::PowerOfTwoChoices:
    case wire::PolicyType::LeastSessions:
    case wire::PolicyType::ConsistentHash: return false;
    default: return !wire::policyWords(policy).has(wire::PolicyWords::Unknown);
    }
}

} // namespace

/// rsplib's registrar ends itself when it reads a longer handle. Of a table with a policy that it does not know it
/// takes nothing, and then never compares tables again.
bool EnrpSide::understands(const Peer& peer, const PoolHandle& handle, wire::PolicyType policy) {
    return peer.ours || rsplibUnderstands(handle, policy);
}

bool EnrpSide::rsplibUnderstands(const PoolHandle& handle, wire::PolicyType policy) {
    return handle.value.size() <= rsplibLongestHandle && isRsplibs(policy);
}

// ---- Ours ----------------------------------------------------------------------------------------------------------

/// Notes only: what changes several times before the turn is over is told once, and all of it together.
void EnrpSide::ownElementChanged(ElementRef element, OwnChange change, TimePoint now) {
    const auto noted = m_noteOf.find(element.slot);
    const bool known = noted != m_noteOf.end() && m_notes[noted->second].element == element;
    if (change == OwnChange::Removed) {
        wire::HandleUpdate& removal = m_removals.emplace_back();
        removal.action = wire::UpdateAction::Delete;
        removal.sender = m_settings.id;
        removal.poolHandle = m_handlespace.poolHandle(element);
        m_handlespace.elementInto(element, removal.element);
        if (known) {
            m_noteOf.erase(noted); // its note finds nobody any more
        }
    } else if (known) {
        m_notes[noted->second].changed |= change == OwnChange::Changed;
    } else {
        m_noteOf[element.slot] = m_notes.size();
        m_notes.push_back({element, change == OwnChange::Changed});
    }
    m_flush = now;
    arm();
}

void EnrpSide::flushUpdates() {
    m_flush = never;
    const auto toAll = [this](const wire::HandleUpdate& message, bool changed) {
        wire::encodeInto(message, m_octets);
        for (const auto& [id, peer] : m_peers.all()) {
            // A copy at a peer of ours lives as long as the audit finds it equal; rsplib counts the life down.
            if (peer.up && peer.presented && (changed || !peer.ours) &&
                understands(peer, message.poolHandle, message.element.policy.type)) {
                ++m_counters.updatesSent;
                m_sink.send(peer.association, m_octets);
            }
        }
    };
    for (const wire::HandleUpdate& removal : m_removals) {
        toAll(removal, true);
    }
    m_removals.clear();
    m_update.sender = m_settings.id;
    m_update.receiver = {};
    m_update.action = wire::UpdateAction::Add;
    m_update.takeoverSuggested = false;
    for (const Note& note : m_notes) {
        if (m_handlespace.contains(note.element) && m_handlespace.owner(note.element) == m_settings.id) {
            m_update.poolHandle = m_handlespace.poolHandle(note.element);
            m_handlespace.elementInto(note.element, m_update.element);
            toAll(m_update, note.changed);
            if (m_settings.suggestTakeovers && note.changed) {
                suggest(note.element);
            }
        }
    }
    m_notes.clear();
    m_noteOf.clear();
}

void EnrpSide::sendUpdate(const Peer& peer, ElementRef element, bool takeoverSuggested) {
    m_update.sender = m_settings.id;
    m_update.receiver = peer.id;
    m_update.action = wire::UpdateAction::Add;
    m_update.takeoverSuggested = takeoverSuggested;
    m_update.poolHandle = m_handlespace.poolHandle(element);
    m_handlespace.elementInto(element, m_update.element);
    if (understands(peer, m_update.poolHandle, m_update.element.policy.type)) {
        ++m_counters.updatesSent;
        send(peer.association, m_update);
    }
    m_update.takeoverSuggested = false;
    m_update.receiver = {};
}

/// Draft enrp-takeover: an element lives best at the registrar whose identifier differs most from its own, which
/// spreads them over all.
void EnrpSide::suggest(ElementRef element) {
    const std::uint32_t identifier = m_handlespace.identifier(element).value;
    const Peer* best = nullptr;
    std::uint32_t most = m_settings.id.value ^ identifier;
    for (const auto& [id, peer] : m_peers.all()) {
        if (peer.up && peer.state == PeerState::Active && (id.value ^ identifier) > most) {
            best = &peer;
            most = id.value ^ identifier;
        }
    }
    if (best != nullptr) {
        sendUpdate(*best, element, true);
    }
}

// ---- Theirs --------------------------------------------------------------------------------------------------------

void EnrpSide::update(Permit, Source from, const wire::HandleUpdate& message) {
    const auto refuse = [&](IncidentKind kind) {
        count({kind, from.association, message.sender, wire::HandleUpdate::type});
    };
    if (from.peer == nullptr || !from.peer->presented) {
        return refuse(IncidentKind::Stranger);
    }
    Peer& peer = *from.peer;
    heard(peer, from.now);
    const bool ownersOnly = !m_settings.weaknesses.noOwnerCheck;
    if (message.action == wire::UpdateAction::Delete) {
        const ElementRef known = m_handlespace.find(message.poolHandle, message.element.identifier);
        if (known.isNull()) {
            return;
        }
        const ServerId owner = m_handlespace.owner(known);
        if (ownersOnly && owner != peer.id) {
            if (owner == m_settings.id) {
                sendUpdate(peer, known, false); // it is here, alive
            }
            return refuse(IncidentKind::NotOwner);
        }
        ++m_counters.updatesReceived;
        if (owner == m_settings.id) {
            m_sink.release(known);
        }
        return m_sink.drop(known, from.now);
    }
    if (message.element.homeRegistrar == m_settings.id || message.element.identifier == PeIdentifier{} ||
        (ownersOnly && message.element.homeRegistrar != peer.id)) {
        return refuse(IncidentKind::NotOwner);
    }
    const ElementRef element = take(peer, message.poolHandle, message.element, Claim::Event, from.now);
    if (element.isNull()) {
        return;
    }
    ++m_counters.updatesReceived;
    // A registrar of ours suggests it when it leaves; one of rsplib wants to spread its elements.
    if (message.takeoverSuggested && !m_leaving && (peer.ours || m_settings.suggestTakeovers)) {
        m_counters.takenOver += m_sink.takeOver(element, from.now) ? 1u : 0u;
    }
}

/// Enters what a peer says about an element. Null when it is not believed.
ElementRef EnrpSide::take(Peer& from, const PoolHandle& handle, const wire::PoolElement& element, Claim claim,
                          TimePoint now) {
    const auto refuse = [&](IncidentKind kind) {
        count({kind, from.association, from.id, wire::HandleUpdate::type});
        return ElementRef{};
    };
    const ElementRef known = m_handlespace.find(handle, element.identifier);
    if (known.isNull() && m_settings.limits.elements != 0 &&
        m_handlespace.elementCount() >= m_settings.limits.elements) {
        return refuse(IncidentKind::TooMany);
    }
    const bool wasOurs = !known.isNull() && m_handlespace.owner(known) == m_settings.id;
    if (wasOurs && claim == Claim::Memory && m_sink.holds(known, now)) {
        sendUpdate(from, known, false); // it is connected here: the other one does not know yet
        return {};
    }
    const wire::PoolElement* entering = &element;
    if (hasDistance(element.policy.type)) { // its way to its registrar, and the way from there to us
        m_element = element;
        m_element.policy.distance =
            addDistance(element.policy.distance, distanceOf(m_sink.roundTrip(from.association)));
        entering = &m_element;
    }
    const auto entered = m_handlespace.registerElement(handle, *entering);
    if (!entered) {
        return refuse(IncidentKind::Refused);
    }
    if (wasOurs) {
        m_sink.release(known);
    }
    m_handlespace.extra(entered->element).marked = false;
    startLife(entered->element, now);
    if (entered->changed) {
        m_sink.copyChanged(entered->element, entered->added ? CopyChange::Added : CopyChange::Changed);
    }
    return entered->element;
}

void EnrpSide::startLife(ElementRef copy, TimePoint now) {
    m_handlespace.elementInto(copy, m_element);
    if (m_element.life == wire::endlessLife) {
        return m_handlespace.setDeadline(copy, DeadlineKind::None, never);
    }
    m_handlespace.setDeadline(copy, DeadlineKind::Expiry,
                              now + std::max<Duration>(m_element.life, m_settings.lastHeard + m_settings.noResponse));
}

void EnrpSide::copyExpired(ElementRef element, TimePoint now) {
    const ServerId owner = m_handlespace.owner(element);
    const Peer* const peer = m_peers.find(owner);
    // An owner whose audit agrees vouches for it; for one that is silent, the takeover decides.
    if (owner == m_settings.id || (peer != nullptr && (peer->inSync || peer->state != PeerState::Active))) {
        startLife(element, now);
    } else {
        m_sink.drop(element, now);
    }
}

// ---- Leaving -------------------------------------------------------------------------------------------------------

void EnrpSide::leave(TimePoint now) {
    if (std::exchange(m_leaving, true)) {
        return;
    }
    flushUpdates();
    std::vector<const Peer*> heirs;
    for (const auto& [id, peer] : m_peers.all()) {
        if (peer.up && peer.ours && peer.state == PeerState::Active) {
            heirs.push_back(&peer);
        }
    }
    const std::vector<ElementRef> elements = m_handlespace.ownedBy(m_settings.id);
    m_leaveDeadline = now;
    if (!heirs.empty() && !elements.empty()) {
        m_leaveDeadline += m_settings.takeoverExpiry;
        std::size_t next = 0;
        for (const ElementRef element : elements) {
            sendUpdate(*heirs[next++ % heirs.size()], element, true);
        }
    }
    arm();
}

void EnrpSide::checkFarewell() {
    if (m_leaving && m_leaveDeadline != never && m_handlespace.countOwnedBy(m_settings.id) == 0) {
        m_leaveDeadline = never;
        m_sink.farewell();
    }
}

} // namespace kolam::enrp
