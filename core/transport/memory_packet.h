// SPDX-License-Identifier: GPL-3.0-or-later
// What travels through the simulated network: SCTP's conversation, one chunk a packet, with names instead of tags.
// Next door: memory_association.h speaks it, memory_core.h carries it.
#pragma once

#include "core/base/address.h"
#include "core/base/octets.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace kolam::transport::memory {

struct Host;

/// As the chunks of RFC 9260; PortUnreachable is ICMP's, Datagram is UDP's.
enum class Kind : std::uint8_t {
    Init,
    InitAck,
    CookieEcho,
    CookieAck,
    Data,
    Ack,
    Heartbeat,
    HeartbeatAck,
    Shutdown,
    ShutdownAck,
    ShutdownComplete,
    Abort,
    PortUnreachable,
    Datagram,
};

struct Packet {
    Kind kind = Kind::Data;
    bool unordered = false;
    bool unwatched = false; // its sender relies on its arrival
    std::uint16_t fromPort = 0;
    std::uint16_t toPort = 0;
    std::uint16_t stream = 0;
    std::uint32_t ppid = 0;
    IpAddress from;
    IpAddress to;
    std::uint64_t fromTag = 0;          // the sender's end of the association
    std::uint64_t toTag = 0;            // the receiver's, 0 while unknown; of a datagram: the member of the group
    std::uint64_t number = 0;           // Data: its number; Ack: the number it answers; Heartbeat: the path
    std::uint64_t order = 0;            // Data: its number within the stream; Ack: all numbers up to this have arrived
    std::shared_ptr<const Octets> data; // Data, Datagram; Abort: the reason
    std::uint64_t dataHash = 0;         // for the trace; 0: not computed yet
    std::shared_ptr<const TransportAddress> sender;          // Datagram
    std::shared_ptr<const std::vector<IpAddress>> addresses; // Init, InitAck, CookieEcho: the sender's
};

} // namespace kolam::transport::memory
