// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/enrp/peer_list.h"

#include <algorithm>

namespace kolam::enrp {

bool sameEndpoint(const TransportAddress& one, const TransportAddress& other) {
    return one.port == other.port && std::ranges::any_of(one.ips, [&](const IpAddress& address) {
               return std::ranges::find(other.ips, address) != other.ips.end();
           });
}

Peer* PeerList::find(ServerId id) {
    const auto found = m_peers.find(id);
    return found == m_peers.end() ? nullptr : &found->second;
}

Peer& PeerList::add(ServerId id) {
    Peer& peer = m_peers[id];
    peer.id = id;
    return peer;
}

void PeerList::remove(ServerId id) {
    if (Peer* const peer = find(id)) {
        unbind(*peer);
        m_peers.erase(id);
    }
}

std::vector<ServerId> PeerList::ids() const {
    std::vector<ServerId> result;
    for (const auto& [id, peer] : m_peers) {
        result.push_back(id);
    }
    return result;
}

Link* PeerList::link(AssociationId id) {
    const auto found = m_links.find(id);
    return found == m_links.end() ? nullptr : &found->second;
}

Link& PeerList::addLink(AssociationId id, const TransportAddress& address) {
    Link& link = m_links[id];
    link.address = address;
    return link;
}

AssociationId PeerList::linkTo(const TransportAddress& address) const {
    for (const auto& [id, link] : m_links) {
        if (sameEndpoint(link.address, address)) {
            return id;
        }
    }
    return AssociationId::None;
}

void PeerList::bind(AssociationId id, Peer& peer) {
    if (peer.association == id) {
        return;
    }
    unbind(peer);
    if (Link* const found = link(id)) {
        found->peer = peer.id;
        peer.association = id;
        peer.up = found->up;
    }
}

void PeerList::unbind(Peer& peer) {
    if (Link* const old = link(peer.association); old != nullptr && old->peer == peer.id) {
        old->peer = {};
    }
    peer.association = AssociationId::None;
    peer.up = false;
    peer.presented = false;
    peer.listAsked = false;
    peer.fetch.reset();
    peer.given.reset();
}

} // namespace kolam::enrp
