// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/packet_faults.h"

#include <algorithm>
#include <random>

namespace kolam::transport {

namespace {

bool concerns(const NetworkFault& fault, const SocketAddress& peer) {
    return fault.peers.empty() || std::ranges::any_of(fault.peers, [&](const TransportAddress& named) {
               return (named.port == 0 || named.port == peer.port) &&
                      (named.ips.empty() || std::ranges::find(named.ips, peer.ip) != named.ips.end());
           });
}

} // namespace

std::uint64_t PacketFaults::begin(NetworkFault fault) {
    m_faults.emplace(++m_last, std::move(fault));
    return m_last;
}

bool PacketFaults::loses(const SocketAddress& peer) {
    return std::ranges::any_of(m_faults, [&](const auto& entry) {
        return entry.second.loss > 0 && concerns(entry.second, peer) && m_random.chance(entry.second.loss);
    });
}

Duration PacketFaults::delay(const SocketAddress& peer) const {
    Duration sum{};
    for (const auto& [number, fault] : m_faults) {
        sum += concerns(fault, peer) ? fault.delay : Duration{};
    }
    return sum;
}

PacketFaults& packetFaults() {
    static PacketFaults faults{std::random_device{}()};
    return faults;
}

} // namespace kolam::transport
