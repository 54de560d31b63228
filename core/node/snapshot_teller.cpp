// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/snapshot_teller.h"

#include "core/node/element_facts.h"

#include <utility>

namespace kolam {

using namespace telemetry;

std::vector<EventBody> SnapshotTeller::take(const RegistrarSnapshot& snapshot) {
    std::vector<EventBody> told;
    const bool isNew = !std::exchange(m_isThere, true) || m_registrar != snapshot.summary.id;
    if (isNew) {
        m_registrar = snapshot.summary.id;
        m_peers.clear();
        m_elements.clear();
        ComponentUp up{.program = "registrar, asked by ENRP", .pid = 0, .host = {}, .pool = {}, .addresses = {}};
        if (snapshot.summary.enrp) {
            up.addresses.push_back(*snapshot.summary.enrp);
        }
        told.emplace_back(SnapshotBegan{});
        told.emplace_back(std::move(up));
        told.emplace_back(StateChanged{.state = ComponentState::Serving});
    }
    std::map<ServerId, TransportAddress> peers;
    for (const RegistrarPeer& peer : snapshot.summary.peers) {
        peers.emplace(peer.id, peer.address);
        if (!m_peers.contains(peer.id)) {
            told.emplace_back(PeerUp{peer.id, peer.address});
        }
    }
    for (const auto& [peer, address] : std::exchange(m_peers, std::move(peers))) {
        if (!m_peers.contains(peer)) {
            told.emplace_back(PeerLost{peer});
        }
    }
    Elements elements;
    for (const wire::PoolEntry& pool : snapshot.pools) {
        for (const wire::PoolElement& element : pool.elements) {
            elements.emplace(std::pair{pool.poolHandle, element.identifier}, factsOf(pool.poolHandle, element));
        }
    }
    std::swap(m_elements, elements); // elements: the last ones
    for (const auto& [key, facts] : m_elements) {
        const auto last = elements.find(key);
        if (last == elements.end()) {
            told.emplace_back(ElementRegistered{facts});
            continue;
        }
        if (facts.owner != last->second.owner) {
            told.emplace_back(OwnerChanged{facts.pool, facts.element, last->second.owner, facts.owner});
            last->second.owner = facts.owner;
        }
        if (facts != last->second) {
            told.emplace_back(ElementReregistered{facts});
        }
    }
    for (const auto& [key, facts] : elements) {
        if (!m_elements.contains(key)) {
            // Why it went, a table does not say.
            told.emplace_back(ElementRemoved{facts.pool, facts.element, Removal::OwnerSaysSo});
        }
    }
    if (isNew) {
        told.emplace_back(SnapshotEnded{});
    }
    return told;
}

std::vector<EventBody> SnapshotTeller::lost(DownKind how) {
    if (!std::exchange(m_isThere, false)) {
        return {};
    }
    return {ComponentDown{how}};
}

} // namespace kolam
