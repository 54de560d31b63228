// SPDX-License-Identifier: GPL-3.0-or-later
// Endpoints of the simulated network: who is associated with whom, and answers to packets that no association knows.
#include "core/transport/memory_endpoint.h"
#include "core/transport/memory_association.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace kolam::transport::memory {

EndpointCore::EndpointCore(std::shared_ptr<Process> process, EndpointConfig config, std::vector<IpAddress> addresses,
                           EventSink sink)
    : m_process(std::move(process))
    , m_config(std::move(config))
    , m_addresses(std::move(addresses))
    , m_sink(std::move(sink))
    , m_anyAddress(m_config.local.ips.empty()) {
    m_process->endpoints.push_back(this);
    m_process->host.ports.emplace_back(m_config.local.port, this);
    m_process->host.silentPorts.erase(m_config.local.port);
}

EndpointCore::~EndpointCore() {
    detach();
}

std::expected<AssocId, std::error_code> EndpointCore::connect(const TransportAddress& peer) {
    if (m_closed) {
        return std::unexpected(std::make_error_code(std::errc::network_down));
    }
    const bool toItself =
        peer.port == m_config.local.port && std::ranges::any_of(peer.ips, [this](const auto& address) {
            return network().route(m_process->host, address) == &m_process->host && accepts(address);
        });
    if (peer.ips.empty() || peer.port == 0 || toItself) {
        return std::unexpected(std::make_error_code(std::errc::invalid_argument));
    }
    for (const IpAddress& address : peer.ips) {
        if (m_peers.contains({address, peer.port})) {
            return std::unexpected(std::make_error_code(std::errc::already_connected));
        }
    }
    const AssocId id{network().newTag()};
    const auto association = std::make_shared<Association>(*this, id, peer, false);
    m_associations.emplace_back(id, association);
    for (const IpAddress& address : peer.ips) {
        addPeer(address, *association);
    }
    association->connect();
    return id;
}

std::shared_ptr<Association> EndpointCore::find(AssocId id) const {
    const auto found = std::ranges::lower_bound(m_associations, id, {}, [](const auto& each) { return each.first; });
    return found == m_associations.end() || found->first != id ? nullptr : found->second;
}

void EndpointCore::close() {
    if (!m_closed) {
        for (const auto& [id, association] : m_associations) {
            association->close(true);
        }
        detach();
    }
}

void EndpointCore::vanish(Death death) {
    for (const auto& [id, association] : m_associations) {
        if (death == Death::Noticed && association->isUp()) {
            tellProbingPeer(*association);
        }
        association->close(false);
    }
    detach();
}

void EndpointCore::tellWritable() {
    for (const auto& [id, association] : std::vector(m_associations)) {
        association->tellWritable();
    }
}

/// A peer on this host that probes us finds out within its interval; so probes need not be carried.
void EndpointCore::tellProbingPeer(const Association& association) {
    Host& host = m_process->host;
    const TransportAddress& peer = association.peer();
    if (network().route(host, peer.ips.front()) != &host) {
        return;
    }
    const EndpointCore* const endpoint = host.find(peer.port, peer.ips.front());
    const auto other = endpoint != nullptr ? endpoint->find(AssocId{association.peerTag()}) : nullptr;
    if (other == nullptr || other->sameHostProbe() <= Duration{}) {
        return;
    }
    Packet probe;
    probe.from = peer.ips.front();
    probe.fromPort = peer.port;
    probe.fromTag = association.peerTag();
    probe.to = sourceFor(probe.from, 0);
    probe.toPort = m_config.local.port;
    network().sendPortUnreachable(host, probe, network().upTo(other->sameHostProbe()));
}

/// The port is free again. The associations stay until we die: one of them may be what is running.
void EndpointCore::detach() {
    if (std::exchange(m_closed, true)) {
        return;
    }
    std::erase(m_process->endpoints, this);
    std::erase_if(m_process->host.ports, [this](const auto& open) { return open.second == this; });
}

bool EndpointCore::accepts(const IpAddress& address) const {
    return m_anyAddress || std::ranges::find(m_addresses, address) != m_addresses.end();
}

void EndpointCore::emit(const Event& event) {
    if (!m_closed) {
        m_sink(event);
    }
}

// --- what arrives ---------------------------------------------------------------------------------------------------

void EndpointCore::receive(const Packet& packet) {
    const auto self = shared_from_this(); // the sink may destroy the handle
    if (packet.kind == Kind::Init) {
        receiveInit(packet);
    } else if (packet.kind == Kind::CookieEcho) {
        receiveCookieEcho(packet);
    } else if (const auto association = find(AssocId{packet.toTag})) {
        association->receive(packet);
    } else if (packet.kind == Kind::ShutdownAck) {
        answer(packet, Kind::ShutdownComplete, 0); // our last word was lost
    } else if (packet.kind != Kind::Abort && packet.kind != Kind::PortUnreachable &&
               packet.kind != Kind::ShutdownComplete) {
        answer(packet, Kind::Abort, 0); // "out of the blue", RFC 9260 section 8.4
    }
}

void EndpointCore::receiveInit(const Packet& packet) {
    const bool known = m_peers.contains({packet.from, packet.fromPort});
    answer(packet, m_config.listen || known ? Kind::InitAck : Kind::Abort, 0);
}

void EndpointCore::receiveCookieEcho(const Packet& packet) {
    const auto found = m_peers.find({packet.from, packet.fromPort});
    if (found != m_peers.end()) {
        const auto association = found->second->shared_from_this();
        if (association->connecting()) {
            association->accept(packet); // both have connected at once
            return;
        }
        if (association->peerTag() == packet.fromTag) {
            answer(packet, Kind::CookieAck, static_cast<std::uint64_t>(association->id())); // the first one was lost
            return;
        }
        if (packet.fromTag < association->peerTag()) {
            return; // a late copy from an earlier association
        }
        association->peerRestarted();
        if (m_closed) {
            return;
        }
    }
    if (!m_config.listen) {
        answer(packet, Kind::Abort, 0);
        return;
    }
    const AssocId id{network().newTag()};
    const auto association =
        std::make_shared<Association>(*this, id, TransportAddress{{packet.from}, packet.fromPort}, true);
    m_associations.emplace_back(id, association);
    addPeer(packet.from, *association);
    association->accept(packet);
}

void EndpointCore::answer(const Packet& packet, Kind kind, std::uint64_t fromTag) {
    Packet reply;
    reply.kind = kind;
    reply.from = packet.to;
    reply.to = packet.from;
    reply.fromPort = packet.toPort;
    reply.toPort = packet.fromPort;
    reply.fromTag = fromTag;
    reply.toTag = packet.fromTag;
    if (kind == Kind::InitAck) {
        reply.addresses = addressesFor(packet.from);
    }
    TimePoint alone{}; // answers to strangers need no order, and must not wait behind one to a peer that is far away
    network().transmit(process().host, std::move(reply), alone);
}

// --- what associations need -----------------------------------------------------------------------------------------

void EndpointCore::addPeer(const IpAddress& address, Association& association) {
    m_peers.emplace(std::pair{address, association.peer().port}, &association);
}

void EndpointCore::releasePeer(const Association& association) {
    for (const IpAddress& address : association.peer().ips) {
        const auto found = m_peers.find({address, association.peer().port});
        if (found != m_peers.end() && found->second == &association) {
            m_peers.erase(found);
        }
    }
}

void EndpointCore::forget(const Association& association) {
    std::erase_if(m_associations, [&](const auto& each) { return each.second.get() == &association; });
}

IpAddress EndpointCore::sourceFor(const IpAddress& peer, std::size_t place) const {
    if (peer.scope() == AddressScope::Loopback) {
        return peer;
    }
    std::vector<IpAddress> candidates;
    std::ranges::copy_if(m_addresses, std::back_inserter(candidates),
                         [&peer](const IpAddress& own) { return own.v6 == peer.v6; });
    return candidates.empty() ? m_addresses.front() : candidates[place % candidates.size()];
}

std::shared_ptr<const std::vector<IpAddress>> EndpointCore::addressesFor(const IpAddress& peer) const {
    if (peer.scope() == AddressScope::Loopback) {
        return std::make_shared<const std::vector<IpAddress>>(1, peer);
    }
    return std::make_shared<const std::vector<IpAddress>>(m_addresses);
}

// --- multicast ------------------------------------------------------------------------------------------------------

DatagramCore::DatagramCore(std::shared_ptr<Process> process, MulticastConfig config, DatagramPort::Sink sink)
    : m_process(std::move(process))
    , m_config(config)
    , m_sink(std::move(sink))
    , m_sourcePort(config.sourcePort != 0 ? config.sourcePort : m_process->host.freePort()) {}

void DatagramCore::join() {
    m_process->datagrams.push_back(this);
    if (m_config.receive) {
        m_member = m_process->core.join(*this);
    }
}

void DatagramCore::send(OctetView data) {
    if (!m_closed) {
        m_process->core.multicast(*m_process, m_config, m_sourcePort, data);
    }
}

void DatagramCore::close() {
    if (!std::exchange(m_closed, true)) {
        m_process->core.leave(m_member);
        std::erase(m_process->datagrams, this);
    }
}

void DatagramCore::receive(const Packet& packet) {
    const auto self = shared_from_this();
    m_sink(*packet.sender, *packet.data);
}

} // namespace kolam::transport::memory
