// SPDX-License-Identifier: GPL-3.0-or-later
// A registrar has died: who finds its elements a home? enrp_side.h says what for. Source: RFC 5353 section 3.5.
//
// Silence, then a probe that is not answered, then the question to all others, then their consent. A registrar that
// still hears the target keeps silent until it has made sure, and the initiator does not go on without the consent of
// anybody who is known to live: so a broken path between two registrars takes nobody's elements away.
#include "core/enrp/enrp_side.h"

#include <algorithm>
#include <utility>

namespace kolam::enrp {

/// Nothing was heard for too long, or the association is lost: does it live?
void EnrpSide::silent(Peer& peer, TimePoint now) {
    if (peer.state == PeerState::Active) {
        peer.state = PeerState::Probing;
        peer.deadline = now + m_settings.noResponse;
        tell(peer, PeerChange::Silent);
    }
    if (peer.up) {
        sendPresence(peer, true);
    } else {
        contact(peer, now);
    }
}

/// It does not live, or somebody who wanted to take it over has not done so.
void EnrpSide::unanswered(Peer& peer, TimePoint now) {
    if (peer.state == PeerState::TakingOver) {
        return; // others are asked already
    }
    Peer* heir = nullptr; // of those who have asked, the one that the others give way to
    for (const ServerId asked : std::exchange(peer.consentOwed, {})) {
        Peer* const initiator = m_peers.find(asked);
        if (initiator != nullptr && initiator->up && (heir == nullptr || beats(asked, heir->id))) {
            heir = initiator;
        }
    }
    if (heir != nullptr) {
        return consent(*heir, &peer, peer.id, now);
    }
    if (m_handlespace.countOwnedBy(peer.id) == 0) {
        return lose(peer.id, now);
    }
    beginTakeover(peer, now);
}

void EnrpSide::beginTakeover(Peer& target, TimePoint now) {
    target.state = PeerState::TakingOver;
    target.deadline = now + m_settings.takeoverExpiry;
    target.awaited.clear();
    tell(target, PeerChange::TakingOver, {}, m_handlespace.countOwnedBy(target.id));
    for (const auto& [id, peer] : m_peers.all()) {
        if (id != target.id && (peer.state == PeerState::Active || peer.state == PeerState::Probing)) {
            target.awaited.insert(id);
        }
        if (peer.up) {
            send(peer.association, wire::InitTakeover{m_settings.id, id, target.id}); // to the target, too
        }
    }
    if (target.awaited.empty()) {
        completeTakeover(target, now);
    }
}

/// Whether a registrar of this identifier goes on, when both want the same one's elements.
bool EnrpSide::beats(ServerId one, ServerId other) const {
    // One that has not presented itself is nobody yet: registrars that know of it by hearsay must not judge
    // differently.
    const bool rsplib = std::ranges::any_of(
        m_peers.all(), [](const auto& entry) { return entry.second.presented && !entry.second.ours; });
    return rsplib || m_settings.arbitration == Arbitration::Rsplib ? one < other : other < one;
}

/// Agrees that `initiator` takes the target over.
void EnrpSide::consent(Peer& initiator, Peer* target, ServerId targetId, TimePoint now) {
    send(initiator.association, wire::InitTakeoverAck{m_settings.id, initiator.id, targetId});
    if (target != nullptr) {
        target->state = PeerState::Yielded;
        target->successor = initiator.id;
        target->deadline = now + m_settings.takeoverExpiry;
        target->awaited.clear();
    }
}

void EnrpSide::initTakeover(Permit, Source from, const wire::InitTakeover& message) {
    if (from.peer == nullptr || message.target == message.sender) {
        return count({IncidentKind::Stranger, from.association, message.sender, wire::InitTakeover::type});
    }
    Peer& initiator = *from.peer;
    heard(initiator, from.now);
    if (message.target == m_settings.id) { // we live
        m_sink.multicast(wire::encode(presenceFor(nullptr)));
        for (const auto& [id, peer] : m_peers.all()) {
            sendPresence(peer, false);
        }
        return;
    }
    Peer* const target = m_peers.find(message.target);
    if (target == nullptr) {
        return consent(initiator, nullptr, message.target, from.now);
    }
    switch (target->state) {
    case PeerState::Active:
        if (target->up && initiator.ours) { // we do hear it: is that still so?
            silent(*target, from.now);
            target->consentOwed.insert(initiator.id);
            return;
        }
        return consent(initiator, target, target->id, from.now);
    case PeerState::Probing:
        if (!target->consentOwed.empty() && initiator.ours) { // heard just now, and not yet made sure
            target->consentOwed.insert(initiator.id);
            return;
        }
        return consent(initiator, target, target->id, from.now);
    case PeerState::TakingOver:
        if (beats(initiator.id, m_settings.id)) {
            consent(initiator, target, target->id, from.now);
        }
        return;
    case PeerState::Yielded:
        if (initiator.id == target->successor || beats(initiator.id, target->successor)) {
            consent(initiator, target, target->id, from.now);
        }
        return;
    }
    std::unreachable();
}

void EnrpSide::initTakeoverAck(Permit, Source from, const wire::InitTakeoverAck& message) {
    if (from.peer == nullptr) {
        return count({IncidentKind::Stranger, from.association, message.sender, wire::InitTakeoverAck::type});
    }
    heard(*from.peer, from.now);
    Peer* const target = m_peers.find(message.target);
    if (target != nullptr && target->state == PeerState::TakingOver && target->awaited.erase(from.peer->id) != 0 &&
        target->awaited.empty()) {
        completeTakeover(*target, from.now);
    }
}

/// Not everybody has agreed in time. Who is silent itself need not be waited for; who lives has its reasons.
void EnrpSide::takeoverExpired(Peer& target, TimePoint now) {
    const bool refused = std::ranges::any_of(target.awaited, [&](ServerId id) {
        const Peer* const peer = m_peers.find(id);
        return peer != nullptr && peer->state == PeerState::Active;
    });
    if (!refused) {
        return completeTakeover(target, now);
    }
    target.state = PeerState::Probing;
    target.deadline = now + m_settings.noResponse;
    target.awaited.clear();
    silent(target, now);
}

void EnrpSide::completeTakeover(Peer& target, TimePoint now) {
    if (m_settings.weaknesses.noTakeoverCompletion) {
        target.deadline = now + m_settings.takeoverExpiry;
        return;
    }
    const ServerId id = target.id;
    const std::vector<ElementRef> elements = m_handlespace.ownedBy(id);
    ++m_counters.takeovers;
    m_counters.takenOver += elements.size();
    tell(target, PeerChange::TakenOver, m_settings.id, elements.size());
    for (const auto& [other, peer] : m_peers.all()) {
        if (other != id && peer.up) {
            send(peer.association, wire::TakeoverServer{m_settings.id, other, id});
        }
    }
    for (const ElementRef element : elements) {
        if (!m_sink.takeOver(element, now)) {
            m_sink.drop(element, now); // nobody has said where it can be called: if it lives, it registers again
        }
    }
    flushUpdates();
    lose(id, now);
}

void EnrpSide::takeoverServer(Permit, Source from, const wire::TakeoverServer& message) {
    if (from.peer == nullptr) {
        return count({IncidentKind::Stranger, from.association, message.sender, wire::TakeoverServer::type});
    }
    Peer& successor = *from.peer;
    heard(successor, from.now);
    Peer* const target = m_peers.find(message.target);
    const bool lives =
        message.target == m_settings.id || (target != nullptr && target->state == PeerState::Active && target->up);
    if (lives || message.target == message.sender) {
        // It has been taken over without our consent. Its elements will say whose they are.
        return count({IncidentKind::NotOwner, from.association, message.sender, wire::TakeoverServer::type});
    }
    const std::vector<ElementRef> elements = m_handlespace.ownedBy(message.target);
    for (const ElementRef element : elements) {
        m_handlespace.setOwner(element, successor.id);
        startLife(element, from.now);
        m_sink.copyChanged(element, CopyChange::Changed);
    }
    if (target != nullptr) {
        tell(*target, PeerChange::TakenOver, successor.id, elements.size());
        lose(target->id, from.now);
    }
}

} // namespace kolam::enrp
