// SPDX-License-Identifier: GPL-3.0-or-later
// Makes the network of this process worse on purpose: packets of SCTP in user space are lost, late, or cut off, by
// peer. Below the stack, so that retransmission, heartbeats and failure of paths are the real ones.
// Next door: usrsctp_stack.h and user_endpoint.h, whose packets pass here; multicast_port.h, whose datagrams do, too.
#pragma once

#include "core/base/address.h"
#include "core/base/random.h"
#include "core/base/time.h"
#include "core/transport/socket_address.h"

#include <cstdint>
#include <map>
#include <vector>

namespace kolam::transport {

struct NetworkFault {
    std::vector<TransportAddress> peers; // none: all; one without ips: any address; port 0: any port
    double loss = 0;                     // probability, each way; 1: cut off
    Duration delay{};                    // each way
};

class PacketFaults {
public:
    explicit PacketFaults(std::uint64_t seed) : m_random(seed) {}
    /// @return its number, for end().
    std::uint64_t begin(NetworkFault fault);
    void end(std::uint64_t fault) { m_faults.erase(fault); }

    // For each packet. Without a fault they cost a comparison.
    [[nodiscard]] bool none() const { return m_faults.empty(); }
    [[nodiscard]] bool loses(const SocketAddress& peer);
    [[nodiscard]] Duration delay(const SocketAddress& peer) const;

private:
    std::map<std::uint64_t, NetworkFault> m_faults;
    std::uint64_t m_last = 0;
    Random m_random;
};

/// Those of this process: there is one stack in it. For the dispatcher's thread only.
[[nodiscard]] PacketFaults& packetFaults();

} // namespace kolam::transport
