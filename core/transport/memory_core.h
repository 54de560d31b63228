// SPDX-License-Identifier: GPL-3.0-or-later
// The inside of the simulated network: hosts, the processes on them, and the links that carry, delay and lose packets.
// Next door: memory_network.h is its public face, memory_endpoint.h what packets are delivered to.
#pragma once

#include "core/base/random.h"
#include "core/dispatch/pausable_dispatcher.h"
#include "core/transport/memory_network.h"
#include "core/transport/memory_packet.h"

#include <compare>
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

namespace kolam::transport::memory {

class Association;
class EndpointCore;
class DatagramCore;

struct Host {
    std::vector<IpAddress> addresses;
    std::vector<std::pair<std::uint16_t, EndpointCore*>> ports; // open ones; several on one: on different addresses
    std::set<std::uint16_t> silentPorts;                        // of processes that died silently
    std::uint16_t nextPort = 49152;                             // ephemeral ports begin here
    bool isolated = false;

    [[nodiscard]] bool has(const IpAddress& address) const;
    [[nodiscard]] EndpointCore* find(std::uint16_t port, const IpAddress& address) const;
    /// A free ephemeral port; 0 when there is none.
    [[nodiscard]] std::uint16_t freePort();
};

struct Process {
    Process(Core& network, Host& where, Dispatcher& below, std::uint64_t seed)
        : core(network)
        , host(where)
        , dispatcher(below, seed) {}
    Core& core;
    Host& host;
    PausableDispatcher dispatcher;
    std::vector<EndpointCore*> endpoints; // open ones, in the order in which they were opened
    std::vector<DatagramCore*> datagrams;
    std::deque<Packet> inbox; // what has arrived while it is frozen
    std::size_t inboxOctets = 0;
    TimerId waking = TimerId::None;
    bool sendsBlocked = false;
};

class Core : public std::enable_shared_from_this<Core> {
public:
    Core(Dispatcher& dispatcher, std::uint64_t seed) : m_dispatcher(dispatcher), m_random(seed) {}
    /// Drops what is on its way; nothing is sent from here on.
    void stop();

    /// The process lives as long as we do; the reference keeps us.
    [[nodiscard]] std::shared_ptr<Process> addProcess(Host& host);
    Host& addHost(const std::vector<IpAddress>& addresses);
    [[nodiscard]] Host* hostOf(const IpAddress& address) const;
    /// Where a packet of `from` to that address arrives: loopback leads to the sender itself.
    [[nodiscard]] Host* route(Host& from, const IpAddress& to) const;

    /// Sends a packet on its way. Packets that share `lastArrival` keep their order.
    void transmit(Host& from, Packet packet, TimePoint& lastArrival);
    /// The host's word for a process that is gone, sent after `delay`.
    void sendPortUnreachable(Host& from, const Packet& answered, Duration delay);
    /// True when a heartbeat there and back would surely be answered now, so that it need not be sent.
    [[nodiscard]] bool wouldAnswer(Host& from, const Packet& heartbeat) const;
    /// True when a packet between these would surely arrive, and soon.
    [[nodiscard]] bool isSure(const Host& from, const Host& to, const IpAddress& source,
                              const IpAddress& destination) const;
    /// The association whose name is the packet's tag; none when it is not there.
    [[nodiscard]] std::shared_ptr<Association> receiverOf(Host& from, const Packet& packet) const;

    void kill(Process& process, Death death);
    void freeze(Process& process);
    void thaw(Process& process);
    void blockSends(Process& process, bool blocked);

    std::uint64_t join(DatagramCore& member);
    void leave(std::uint64_t member);
    void multicast(Process& sender, const MulticastConfig& config, std::uint16_t sourcePort, OctetView data);

    /// The sender of the message that is being delivered has noted its arrival.
    void noteArrival() { m_noted = true; }
    [[nodiscard]] std::uint64_t newTag() { return ++m_lastTag; }
    /// Any delay from nothing to `most`.
    [[nodiscard]] Duration upTo(Duration most) {
        return Duration{static_cast<std::int64_t>(m_random.below(static_cast<std::uint64_t>(most.count()) + 1))};
    }

    // The faults, as the public face tells them.
    LinkModel m_link;
    LinkModel m_localLink{.latency = 10us, .jitter = 20us};
    std::map<std::pair<IpAddress, IpAddress>, LinkModel> m_links;
    std::set<std::pair<IpAddress, IpAddress>> m_cuts;
    void heal();
    std::uint64_t m_hash = 0xcbf29ce484222325;
    MemoryNetwork::Statistics m_statistics;

private:
    struct Flight {
        Packet packet;
        Host* to = nullptr;                 // nobody: to the members of a group
        std::vector<std::uint64_t> members; // whom a multicast packet reaches
        TimerId timer = TimerId::None;
    };
    struct AddressHash {
        std::size_t operator()(const IpAddress& address) const noexcept;
    };
    [[nodiscard]] const LinkModel& linkOf(const Host& from, const Host& to, const IpAddress& source,
                                          const IpAddress& destination) const;
    [[nodiscard]] static IpAddress loopback(bool v6);
    [[nodiscard]] bool isCut(const Host& from, const Host& to, const IpAddress& source,
                             const IpAddress& destination) const;
    Flight& fly(Packet packet, Host* to, TimePoint arrival);
    void land(std::uint32_t flight);
    [[nodiscard]] DatagramCore* member(std::uint64_t number) const;
    void tellSender(const Packet& packet);
    void arrive(const Packet& packet, Host& host);
    void arrive(const Packet& packet, Process& process);
    void deliver(Process& process, const Packet& packet);
    void trace(const Packet& packet, std::uint64_t what);

    Dispatcher& m_dispatcher;
    Random m_random;
    bool m_stopped = false;
    std::vector<std::unique_ptr<Host>> m_hosts;
    std::unordered_map<IpAddress, Host*, AddressHash> m_addresses;
    std::vector<Flight> m_flights;
    std::vector<std::uint32_t> m_freeFlights;
    std::vector<std::pair<std::uint64_t, DatagramCore*>> m_members; // of all groups, in the order in which they joined
    bool m_noted = false; // the sender of the message that is being delivered knows that it has arrived
    std::uint64_t m_lastTag = 0;
    std::vector<std::unique_ptr<Process>> m_processes; // also the dead ones
};

} // namespace kolam::transport::memory
