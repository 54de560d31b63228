// SPDX-License-Identifier: GPL-3.0-or-later
// Whole tables: from a mentor at the start, from a peer whose checksum or digest says that our copy of its elements is
// wrong; and given to others. enrp_side.h says what for. Source: RFC 5353 sections 3.2 to 3.4.
#include "core/enrp/enrp_side.h"
#include "core/wire/image.h"

#include <algorithm>

namespace kolam::enrp {

namespace {

// Of one part. rsplib's own parts are not larger; ours read as much as a message can hold with ease.
struct PartSize {
    std::size_t elements;
    std::size_t octets;
};
constexpr PartSize rsplibPart{128, 1'400};
constexpr PartSize largePart{256, 32'000};
/// Requests that are on their way at the same time to a peer that understands it, so that a long way costs no time.
constexpr std::uint32_t windowSize = 4;

} // namespace

// ---- A mentor, at the start ----------------------------------------------------------------------------------------

/// Asks the next peer for its table, when no answer is awaited; begins service when nobody is left to ask.
void EnrpSide::nextMentor(TimePoint now) {
    if (!m_starting) {
        return;
    }
    if (const Peer* const mentor = m_peers.find(m_mentor); mentor != nullptr && mentor->fetch) {
        return;
    }
    m_mentor = {};
    for (auto& [id, peer] : m_peers.all()) {
        if (peer.presented && !peer.triedAsMentor) {
            peer.triedAsMentor = true;
            m_mentor = id;
            return beginFetch(peer, false, now);
        }
    }
    if (m_startDeadline == never) {
        beginService();
    }
}

void EnrpSide::beginService() {
    m_starting = false;
    m_startDeadline = never;
    m_sink.serviceBegins();
}

// ---- Downloading ---------------------------------------------------------------------------------------------------

void EnrpSide::audit(Peer& peer, const wire::Presence& message, TimePoint now) {
    if (m_settings.weaknesses.noAudit) {
        return;
    }
    ++m_counters.audits;
    peer.inSync = (!message.checksum || *message.checksum == m_handlespace.checksum(peer.id)) &&
                  (!message.digest || *message.digest == m_handlespace.digest(peer.id));
    if (!peer.inSync) {
        ++m_counters.mismatches;
        if (!peer.fetch) {
            beginFetch(peer, true, now);
        }
    }
}

void EnrpSide::beginFetch(Peer& peer, bool ownChildren, TimePoint now) {
    peer.fetch = Fetch{.ownChildren = ownChildren};
    if (ownChildren) {
        for (const ElementRef element : m_handlespace.ownedBy(peer.id)) {
            m_handlespace.extra(element).marked = true;
        }
    }
    requestPart(peer, false, now);
}

void EnrpSide::requestPart(Peer& peer, bool continuation, TimePoint now) {
    wire::HandleTableRequest request;
    request.ownChildrenOnly = peer.fetch->ownChildren;
    request.continuation = continuation && (peer.features & wire::Features::windowedTables) != 0;
    request.sender = m_settings.id;
    request.receiver = peer.id;
    ++peer.fetch->outstanding;
    peer.fetch->deadline = now + m_settings.noResponse;
    send(peer.association, request);
}

void EnrpSide::tableResponse(Permit, Source from, const wire::HandleTableResponse& message) {
    if (from.peer == nullptr || !from.peer->fetch || from.peer->fetch->outstanding == 0) {
        return count({IncidentKind::Stranger, from.association, message.sender, wire::HandleTableResponse::type});
    }
    Peer& peer = *from.peer;
    heard(peer, from.now);
    --peer.fetch->outstanding;
    peer.fetch->deadline = from.now + m_settings.noResponse;
    if (message.reject) {
        return failFetch(peer, from.now);
    }
    peer.fetch->told.add(message);
    if (peer.fetch->told.endless()) {
        count({IncidentKind::TooMany, from.association, message.sender, wire::HandleTableResponse::type});
        return failFetch(peer, from.now);
    }
    ++m_counters.tableParts;
    if (!peer.fetch->complete) {
        const bool ownChildren = peer.fetch->ownChildren;
        for (const wire::PoolEntry& pool : message.pools) {
            for (const wire::PoolElement& element : pool.elements) {
                applyEntry(peer, ownChildren, pool.poolHandle, element, from.now);
            }
        }
        peer.fetch->complete = !message.moreToSend;
    }
    const std::uint32_t window = (peer.features & wire::Features::windowedTables) != 0 ? windowSize : 1;
    while (!peer.fetch->complete && peer.fetch->outstanding < window) {
        requestPart(peer, true, from.now);
    }
    if (peer.fetch->complete && peer.fetch->outstanding == 0) {
        finishFetch(peer, from.now);
    }
}

void EnrpSide::applyEntry(Peer& peer, bool ownChildren, const PoolHandle& handle, const wire::PoolElement& element,
                          TimePoint now) {
    const ServerId owner = element.homeRegistrar;
    if (owner == m_settings.id) {
        // From before we were restarted: nobody knows better whose they are, and the elements wait for us.
        if (m_starting && m_handlespace.find(handle, element.identifier).isNull()) {
            if (const auto entered = m_handlespace.registerElement(handle, element);
                entered && !m_sink.takeOver(entered->element, now)) {
                m_sink.drop(entered->element, now);
            }
        }
        return;
    }
    if (ownChildren && owner != peer.id && !m_settings.weaknesses.noOwnerCheck) {
        return count({IncidentKind::NotOwner, peer.association, peer.id, wire::HandleTableResponse::type});
    }
    take(peer, handle, element, Claim::Memory, now);
}

void EnrpSide::finishFetch(Peer& peer, TimePoint now) {
    const bool ownChildren = peer.fetch->ownChildren;
    peer.fetch.reset();
    if (ownChildren) {
        for (const ElementRef element : m_handlespace.ownedBy(peer.id)) {
            if (m_handlespace.extra(element).marked) {
                m_sink.drop(element, now);
            }
        }
    } else if (m_starting) {
        beginService();
    }
}

/// The download has come to nothing: it was rejected, had no end, nobody answered, or the association is lost. An audit
/// tries again with the next presence.
void EnrpSide::failFetch(Peer& peer, TimePoint now) {
    peer.fetch.reset();
    if (m_starting && peer.id == m_mentor) {
        m_mentor = {};
        nextMentor(now);
    }
}

// ---- Giving --------------------------------------------------------------------------------------------------------

void EnrpSide::tableRequest(Permit, Source from, const wire::HandleTableRequest& message) {
    wire::HandleTableResponse answer;
    answer.sender = m_settings.id;
    answer.receiver = message.sender;
    if (from.peer == nullptr || !from.peer->presented || m_starting) {
        answer.reject = true;
        return send(from.association, answer);
    }
    Peer& peer = *from.peer;
    heard(peer, from.now);
    flushUpdates(); // what it has been told already must not come again as news, older than the table
    const bool windowed = (peer.features & wire::Features::windowedTables) != 0;
    if (windowed && !message.continuation) {
        peer.given.reset();
    }
    if (windowed && message.continuation && !peer.given) {
        return send(from.association, answer); // of a window, one more than there were parts
    }
    const PartSize limit = windowed ? largePart : rsplibPart;
    TablePosition position = peer.given.value_or(TablePosition{});
    const auto owner = message.ownChildrenOnly ? std::optional{m_settings.id} : std::nullopt;
    const std::vector<ElementRef> elements = m_handlespace.tablePart(position, limit.elements + 1, owner);
    std::size_t octets = 0;
    std::size_t taken = 0;
    for (; taken < std::min(elements.size(), limit.elements); ++taken) {
        const ElementRef ref = elements[taken];
        const PoolHandle& handle = m_handlespace.poolHandle(ref);
        if (!understands(peer, handle, m_handlespace.poolPolicy(handle)->type)) {
            continue;
        }
        const bool opens = answer.pools.empty() || answer.pools.back().poolHandle != handle;
        octets += m_handlespace.elementImage(ref).size() + m_handlespace.asapImage(ref).size() +
                  (opens ? wire::imageSize(handle) : 0);
        if (octets > limit.octets && taken > 0) {
            break;
        }
        if (opens) {
            answer.pools.emplace_back().poolHandle = handle;
        }
        m_handlespace.elementInto(ref, answer.pools.back().elements.emplace_back());
    }
    answer.moreToSend = taken < elements.size();
    if (answer.moreToSend) {
        position.poolHandle = m_handlespace.poolHandle(elements[taken - 1]);
        position.element = m_handlespace.identifier(elements[taken - 1]);
        peer.given = std::move(position);
    } else {
        peer.given.reset();
    }
    send(from.association, answer);
}

} // namespace kolam::enrp
