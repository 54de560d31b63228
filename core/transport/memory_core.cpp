// SPDX-License-Identifier: GPL-3.0-or-later
// Routing, links and faults of the simulated network.
#include "core/transport/memory_core.h"
#include "core/transport/memory_association.h"
#include "core/transport/memory_endpoint.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace kolam::transport::memory {

namespace {

// What a frozen process's socket can hold, as with Linux' defaults, and what a packet costs beside its data.
constexpr std::size_t inboxLimit = 212'992;
constexpr std::size_t packetOverhead = 256;

// Slower links are not pretended to be instant.
constexpr Duration soon = 50ms;

std::uint64_t mix(std::uint64_t hash, std::uint64_t value) {
    hash ^= value;
    hash *= 0x9e3779b97f4a7c15;
    return hash ^ (hash >> 29);
}

std::uint64_t mix(std::uint64_t hash, OctetView data) {
    hash = mix(hash, data.size());
    for (; data.size() >= 8; data = data.subspan(8)) {
        hash = mix(hash, readBigEndian<std::uint64_t>(data, 0));
    }
    for (const std::byte octet : data) {
        hash = mix(hash, std::to_integer<std::uint64_t>(octet));
    }
    return hash;
}

// What happened to a packet, for the trace.
constexpr std::uint64_t wasLost = 1;
constexpr std::uint64_t wasDelivered = 2;

} // namespace

bool Host::has(const IpAddress& address) const {
    return address.scope() == AddressScope::Loopback || std::ranges::find(addresses, address) != addresses.end();
}

EndpointCore* Host::find(std::uint16_t port, const IpAddress& address) const {
    for (const auto& [number, endpoint] : ports) {
        if (number == port && endpoint->accepts(address)) {
            return endpoint;
        }
    }
    return nullptr;
}

std::size_t Core::AddressHash::operator()(const IpAddress& address) const noexcept {
    std::uint64_t words[2];
    std::memcpy(words, address.octets.data(), sizeof words);
    return (words[0] ^ (words[1] * 31)) * 0x9e3779b97f4a7c15 >> 32;
}

std::uint16_t Host::freePort() {
    constexpr std::uint16_t first = 49152;
    for (int attempts = 0; attempts <= 65535 - first; ++attempts) {
        const std::uint16_t port = nextPort;
        nextPort = port == 65535 ? first : static_cast<std::uint16_t>(port + 1);
        if (std::ranges::find(ports, port, [](const auto& open) { return open.first; }) == ports.end()) {
            return port;
        }
    }
    return 0;
}

// --- hosts and processes --------------------------------------------------------------------------------------------

Host& Core::addHost(const std::vector<IpAddress>& addresses) {
    Host& host = *m_hosts.emplace_back(std::make_unique<Host>());
    host.addresses = addresses;
    for (const IpAddress& address : addresses) {
        if (address.scope() != AddressScope::Loopback) {
            m_addresses.emplace(address, &host);
        }
    }
    return host;
}

std::shared_ptr<Process> Core::addProcess(Host& host) {
    m_processes.push_back(std::make_unique<Process>(*this, host, m_dispatcher, m_random()));
    return {shared_from_this(), m_processes.back().get()};
}

Host* Core::hostOf(const IpAddress& address) const {
    const auto found = m_addresses.find(address);
    return found == m_addresses.end() ? nullptr : found->second;
}

Host* Core::route(Host& from, const IpAddress& to) const {
    return to.scope() == AddressScope::Loopback ? &from : hostOf(to);
}

void Core::kill(Process& process, Death death) {
    for (EndpointCore* endpoint : std::vector(process.endpoints)) {
        if (death == Death::Silent) {
            process.host.silentPorts.insert(endpoint->config().local.port);
        }
        endpoint->vanish(death);
    }
    for (DatagramCore* port : std::vector(process.datagrams)) {
        port->close();
    }
    m_dispatcher.cancel(std::exchange(process.waking, TimerId::None));
    process.inbox.clear();
    process.dispatcher.kill();
}

void Core::freeze(Process& process) {
    m_dispatcher.cancel(std::exchange(process.waking, TimerId::None));
    process.dispatcher.freeze();
}

void Core::thaw(Process& process) {
    if (!process.dispatcher.frozen() || process.waking != TimerId::None) {
        return;
    }
    // In a turn of its own, because events come from turns only.
    process.waking = m_dispatcher.callAt(m_dispatcher.now(), [&process] {
        process.waking = TimerId::None;
        process.dispatcher.thaw(); // its timers run in the next turn at the earliest
        while (!process.inbox.empty() && !process.dispatcher.frozen()) {
            const Packet packet = std::move(process.inbox.front());
            process.inbox.pop_front();
            process.core.deliver(process, packet);
        }
    });
}

void Core::blockSends(Process& process, bool blocked) {
    if (std::exchange(process.sendsBlocked, blocked) && !blocked) {
        process.dispatcher.post([&process] {
            std::vector<std::shared_ptr<EndpointCore>> endpoints; // whoever is told may close some
            for (EndpointCore* const endpoint : process.endpoints) {
                endpoints.push_back(endpoint->shared_from_this());
            }
            for (const auto& endpoint : endpoints) {
                endpoint->tellWritable();
            }
        });
    }
}

// --- packets on their way -------------------------------------------------------------------------------------------

bool Core::isCut(const Host& from, const Host& to, const IpAddress& source, const IpAddress& destination) const {
    if (&from == &to) {
        return false;
    }
    return from.isolated || to.isolated || (!m_cuts.empty() && m_cuts.contains({source, destination}));
}

const LinkModel& Core::linkOf(const Host& from, const Host& to, const IpAddress& source,
                              const IpAddress& destination) const {
    if (&from == &to) {
        return m_localLink;
    }
    if (!m_links.empty()) {
        if (const auto found = m_links.find({source, destination}); found != m_links.end()) {
            return found->second;
        }
    }
    return m_link;
}

void Core::transmit(Host& from, Packet packet, TimePoint& lastArrival) {
    if (m_stopped) {
        return;
    }
    ++m_statistics.sent;
    Host* const to = route(from, packet.to);
    if (to == nullptr || isCut(from, *to, packet.from, packet.to)) {
        ++m_statistics.lost;
        trace(packet, wasLost);
        return;
    }
    const LinkModel& link = linkOf(from, *to, packet.from, packet.to);
    if (link.loss > 0 && m_random.chance(link.loss)) {
        ++m_statistics.lost;
        trace(packet, wasLost);
        return;
    }
    TimePoint arrival = std::max(m_dispatcher.now() + link.latency + upTo(link.jitter), lastArrival);
    if (link.reordering > 0 && m_random.chance(link.reordering)) {
        arrival += upTo(link.reorderDelay);
    } else {
        lastArrival = arrival;
    }
    if (link.duplication > 0 && m_random.chance(link.duplication)) {
        fly(packet, to, arrival + upTo(link.latency));
    }
    fly(std::move(packet), to, arrival);
}

Core::Flight& Core::fly(Packet packet, Host* to, TimePoint arrival) {
    std::uint32_t index = 0;
    if (m_freeFlights.empty()) {
        index = static_cast<std::uint32_t>(m_flights.size());
        m_flights.emplace_back();
    } else {
        index = m_freeFlights.back();
        m_freeFlights.pop_back();
    }
    if (packet.data && packet.dataHash == 0) {
        packet.dataHash = mix(0, *packet.data);
    }
    Flight& flight = m_flights[index];
    flight.packet = std::move(packet);
    flight.to = to;
    flight.timer = m_dispatcher.callAt(arrival, [this, index] { land(index); });
    return flight;
}

void Core::land(std::uint32_t flight) {
    const auto self = shared_from_this();
    Packet packet = std::move(m_flights[flight].packet);
    Host* const to = m_flights[flight].to;
    std::vector<std::uint64_t> members = std::move(m_flights[flight].members);
    m_flights[flight].members.clear();
    m_flights[flight].timer = TimerId::None;
    m_freeFlights.push_back(flight);
    if (to != nullptr) {
        m_noted = false;
        arrive(packet, *to);
        if (packet.unwatched && !m_noted) {
            tellSender(packet);
        }
        return;
    }
    for (const std::uint64_t number : members) {
        packet.toTag = number;
        if (DatagramCore* const reached = member(number)) {
            if (reached->process().dispatcher.frozen()) {
                arrive(packet, reached->process());
                continue;
            }
            ++m_statistics.delivered;
            trace(packet, wasDelivered);
            reached->receive(packet);
        }
    }
}

/// Its sender thought that the message would arrive, and has to watch over it now.
void Core::tellSender(const Packet& packet) {
    Host* const host = hostOf(packet.from);
    if (const EndpointCore* const endpoint = host != nullptr ? host->find(packet.fromPort, packet.from) : nullptr) {
        if (const auto association = endpoint->find(AssocId{packet.fromTag})) {
            association->watch();
        }
    }
}

void Core::arrive(const Packet& packet, Host& host) {
    if (packet.kind == Kind::Datagram) {
        if (DatagramCore* const reached = member(packet.toTag)) {
            arrive(packet, reached->process());
        }
    } else if (EndpointCore* const endpoint = host.find(packet.toPort, packet.to)) {
        arrive(packet, endpoint->process());
    } else if (packet.kind != Kind::PortUnreachable && packet.kind != Kind::Abort &&
               !host.silentPorts.contains(packet.toPort)) {
        sendPortUnreachable(host, packet, Duration{});
    }
}

void Core::arrive(const Packet& packet, Process& process) {
    if (!process.dispatcher.frozen()) {
        deliver(process, packet);
        return;
    }
    const std::size_t size = packetOverhead + (packet.data ? packet.data->size() : 0);
    if (process.inbox.empty() || process.inboxOctets + size <= inboxLimit) {
        process.inboxOctets = process.inbox.empty() ? size : process.inboxOctets + size;
        process.inbox.push_back(packet);
    } else {
        ++m_statistics.lost;
        trace(packet, wasLost);
    }
}

void Core::deliver(Process& process, const Packet& packet) {
    ++m_statistics.delivered;
    trace(packet, wasDelivered);
    if (packet.kind == Kind::Datagram) {
        if (DatagramCore* const reached = member(packet.toTag)) {
            reached->receive(packet);
        }
    } else if (EndpointCore* const endpoint = process.host.find(packet.toPort, packet.to)) {
        endpoint->receive(packet);
    }
}

void Core::sendPortUnreachable(Host& from, const Packet& answered, Duration delay) {
    Packet reply;
    reply.kind = Kind::PortUnreachable;
    reply.from = answered.to;
    reply.to = answered.from;
    reply.fromPort = answered.toPort;
    reply.toPort = answered.fromPort;
    reply.toTag = answered.fromTag;
    TimePoint earliest = m_dispatcher.now() + delay;
    transmit(from, std::move(reply), earliest);
}

bool Core::wouldAnswer(Host& from, const Packet& heartbeat) const {
    Host* const to = route(from, heartbeat.to);
    if (to == nullptr || isCut(from, *to, heartbeat.from, heartbeat.to) ||
        isCut(*to, from, heartbeat.to, heartbeat.from) || linkOf(from, *to, heartbeat.from, heartbeat.to).loss > 0 ||
        linkOf(*to, from, heartbeat.to, heartbeat.from).loss > 0) {
        return false;
    }
    const EndpointCore* const endpoint = to->find(heartbeat.toPort, heartbeat.to);
    return endpoint != nullptr && !endpoint->process().dispatcher.frozen() && endpoint->knows(heartbeat.toTag);
}

bool Core::isSure(const Host& from, const Host& to, const IpAddress& source, const IpAddress& destination) const {
    if (m_stopped || isCut(from, to, source, destination)) {
        return false;
    }
    const LinkModel& link = linkOf(from, to, source, destination);
    return link.loss <= 0 && link.latency + link.jitter <= soon;
}

std::shared_ptr<Association> Core::receiverOf(Host& from, const Packet& packet) const {
    Host* const to = route(from, packet.to);
    const EndpointCore* const endpoint = to != nullptr ? to->find(packet.toPort, packet.to) : nullptr;
    return endpoint != nullptr ? endpoint->find(AssocId{packet.toTag}) : nullptr;
}

void Core::stop() {
    m_stopped = true;
    for (Flight& flight : m_flights) {
        m_dispatcher.cancel(flight.timer);
    }
}

void Core::heal() {
    m_cuts.clear();
    for (const auto& host : m_hosts) {
        host->isolated = false;
    }
}

// --- multicast ------------------------------------------------------------------------------------------------------

std::uint64_t Core::join(DatagramCore& member) {
    const std::uint64_t number = newTag();
    m_members.emplace_back(number, &member);
    return number;
}

void Core::leave(std::uint64_t member) {
    std::erase_if(m_members, [member](const auto& each) { return each.first == member; });
}

DatagramCore* Core::member(std::uint64_t number) const {
    const auto found = std::ranges::lower_bound(m_members, number, {}, [](const auto& each) { return each.first; });
    return found == m_members.end() || found->first != number ? nullptr : found->second;
}

void Core::multicast(Process& sender, const MulticastConfig& config, std::uint16_t sourcePort, OctetView data) {
    Packet packet;
    packet.kind = Kind::Datagram;
    packet.fromPort = sourcePort;
    packet.to = config.group;
    packet.toPort = config.port;
    packet.data = std::make_shared<const Octets>(data.begin(), data.end());
    const auto own = std::ranges::find(sender.host.addresses, config.group.v6, &IpAddress::v6);
    packet.from = own != sender.host.addresses.end() ? *own : loopback(config.group.v6);
    packet.sender = std::make_shared<const TransportAddress>(std::vector{packet.from}, sourcePort);
    // What a switch repeats to many arrives at all of them together, unless their links are special.
    const bool plain = m_link.duplication <= 0 && m_link.reordering <= 0;
    std::vector<std::uint64_t> together;
    for (const auto& [number, member] : m_members) {
        const MulticastConfig& other = member->config();
        Host& host = member->process().host;
        const bool local = &host == &sender.host;
        if (other.group != config.group || other.port != config.port ||
            (!local && (config.loopbackOnly || other.loopbackOnly))) {
            continue;
        }
        const IpAddress& to = host.addresses.front();
        if (plain && !local && !m_stopped && &linkOf(sender.host, host, packet.from, to) == &m_link &&
            !isCut(sender.host, host, packet.from, to)) {
            ++m_statistics.sent;
            if (m_link.loss > 0 && m_random.chance(m_link.loss)) {
                ++m_statistics.lost;
            } else {
                together.push_back(number);
            }
            continue;
        }
        Packet copy = packet;
        copy.toTag = number;
        copy.to = local ? loopback(config.group.v6) : to;
        if (local && (config.loopbackOnly || other.loopbackOnly)) {
            copy.from = loopback(config.group.v6);
            copy.sender = std::make_shared<const TransportAddress>(std::vector{copy.from}, sourcePort);
        }
        TimePoint unordered{};
        transmit(sender.host, std::move(copy), unordered);
    }
    if (!together.empty()) {
        fly(std::move(packet), nullptr, m_dispatcher.now() + m_link.latency + upTo(m_link.jitter)).members =
            std::move(together);
    }
}

IpAddress Core::loopback(bool v6) {
    IpAddress address = IpAddress::v4(127, 0, 0, 1);
    if (v6) {
        address = IpAddress{};
        address.octets[15] = 1;
        address.v6 = true;
    }
    return address;
}

void Core::trace(const Packet& packet, std::uint64_t what) {
    m_hash = mix(m_hash, static_cast<std::uint64_t>(m_dispatcher.now().time_since_epoch().count()));
    m_hash = mix(m_hash, (what << 40) | (std::uint64_t{static_cast<std::uint8_t>(packet.kind)} << 32) |
                             (std::uint64_t{packet.fromPort} << 16) | packet.toPort);
    m_hash = mix(mix(mix(m_hash, packet.fromTag), packet.toTag), packet.number);
    if (packet.data) {
        m_hash = mix(m_hash, packet.dataHash != 0 ? packet.dataHash : mix(0, *packet.data));
    }
}

} // namespace kolam::transport::memory
