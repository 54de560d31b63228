// SPDX-License-Identifier: GPL-3.0-or-later
// An endpoint and a multicast port of the simulated network, as the network sees them.
// Next door: memory_association.h for the associations of an endpoint; memory_core.h brings the packets.
#pragma once

#include "core/transport/memory_core.h"

#include <map>
#include <memory>
#include <utility>
#include <vector>

namespace kolam::transport::memory {

class Association;

/// The endpoint behind a handle. Shared, so that it survives a sink that destroys the handle.
class EndpointCore : public std::enable_shared_from_this<EndpointCore> {
public:
    EndpointCore(std::shared_ptr<Process> process, EndpointConfig config, std::vector<IpAddress> addresses,
                 EventSink sink);
    ~EndpointCore();

    // What the handle asks for.
    [[nodiscard]] TransportAddress local() const { return {m_addresses, m_config.local.port}; }
    std::expected<AssocId, std::error_code> connect(const TransportAddress& peer);
    [[nodiscard]] std::shared_ptr<Association> find(AssocId id) const;
    /// The handle is gone: aborts what is left, without events.
    void close();

    // What the network tells.
    void receive(const Packet& packet);
    /// The process is dead: nothing is sent, no event comes any more. A noticed death shows soon to peers that probe.
    void vanish(Death death);
    /// There is room again for what could not be sent.
    void tellWritable();
    [[nodiscard]] bool accepts(const IpAddress& address) const;
    [[nodiscard]] bool knows(std::uint64_t tag) const { return find(AssocId{tag}) != nullptr; }

    // What associations need.
    void emit(const Event& event);
    void addPeer(const IpAddress& address, Association& association);
    /// The peer can be connected to again; the association itself stays until forget().
    void releasePeer(const Association& association);
    void forget(const Association& association);
    /// Our address towards a peer's: the same family, loopback to loopback, else the one at the same place in the list.
    [[nodiscard]] IpAddress sourceFor(const IpAddress& peer, std::size_t place) const;
    /// What a peer at that address may know of us.
    [[nodiscard]] std::shared_ptr<const std::vector<IpAddress>> addressesFor(const IpAddress& peer) const;
    [[nodiscard]] bool closed() const { return m_closed; }
    [[nodiscard]] const EndpointConfig& config() const { return m_config; }
    [[nodiscard]] Process& process() const { return *m_process; }
    [[nodiscard]] Core& network() const { return m_process->core; }
    [[nodiscard]] Dispatcher& dispatcher() const { return m_process->dispatcher; }

private:
    void detach();
    void tellProbingPeer(const Association& association);
    void receiveInit(const Packet& packet);
    void receiveCookieEcho(const Packet& packet);
    void answer(const Packet& packet, Kind kind, std::uint64_t fromTag);

    std::shared_ptr<Process> m_process;
    EndpointConfig m_config;
    std::vector<IpAddress> m_addresses;
    EventSink m_sink;
    bool m_anyAddress;
    bool m_closed = false;
    std::vector<std::pair<AssocId, std::shared_ptr<Association>>> m_associations; // in the order of their ids
    std::map<std::pair<IpAddress, std::uint16_t>, Association*> m_peers;
};

/// A member of a multicast group.
class DatagramCore : public std::enable_shared_from_this<DatagramCore> {
public:
    DatagramCore(std::shared_ptr<Process> process, MulticastConfig config, DatagramPort::Sink sink);
    void join();
    void send(OctetView data);
    void close();
    void receive(const Packet& packet);
    [[nodiscard]] const MulticastConfig& config() const { return m_config; }
    [[nodiscard]] Process& process() const { return *m_process; }

private:
    std::shared_ptr<Process> m_process;
    MulticastConfig m_config;
    DatagramPort::Sink m_sink;
    std::uint16_t m_sourcePort;
    std::uint64_t m_member = 0;
    bool m_closed = false;
};

} // namespace kolam::transport::memory
