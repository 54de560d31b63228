// SPDX-License-Identifier: GPL-3.0-or-later
// Writes messages as packets of a capture file, so that other people's dissectors can judge them.
#pragma once

#include "core/base/octets.h"

#include <cstdint>
#include <vector>

namespace kolam::test {

/// A classic pcap file in memory: raw IPv4 packets, each with one SCTP user message or one UDP datagram.
class Pcap {
public:
    Pcap();
    /// One SCTP DATA chunk with this payload protocol identifier.
    void addSctp(std::uint32_t ppid, OctetView message);
    void addUdp(std::uint16_t port, OctetView message);
    [[nodiscard]] const Octets& file() const { return m_file; }
    [[nodiscard]] int packets() const { return m_packets; }

private:
    void addIp(std::uint8_t protocol, OctetView payload);
    Octets m_file;
    int m_packets = 0;
};

} // namespace kolam::test
