// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers the ways to the peers of one endpoint. The stack knows a peer by this number alone: it stands where the
// peer's SCTP port belongs, in every packet that goes in or comes out, and is changed back at the door. So all look-ups
// in the stack are short, peers with equal ports on different hosts do not collide, and no pointer of ours lives in the
// stack. Next door: user_endpoint.h.
#pragma once

#include "core/base/time.h"
#include "core/transport/socket_address.h"
#include "core/transport/transport.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <unordered_map>
#include <vector>

namespace kolam::transport {

/// Names a path of one endpoint; 0 names none, as SCTP port 0 does.
using PathNumber = std::uint16_t;

struct Path {
    PathNumber number = 0;
    std::size_t socket = 0;         // of the endpoint's sockets
    SocketAddress peer;             // UDP
    std::uint16_t sctpPort = 0;     // the peer's; differs from the UDP port behind a NAT or with a kernel peer
    std::optional<IpAddress> local; // where the peer reached us, on sockets that are bound to all addresses
    AssocId assoc = AssocId::None;  // the association that runs on it
    bool sameHost = false;          // the peer is on this host
    TimePoint lastHeard;            // any datagram from the peer
    std::uint32_t offeredTag = 0;   // the verification tag in our last INIT or INIT ACK
    std::uint32_t ourTag = 0;       // the tag that the peer uses towards us: it has proved to know it
    std::uint32_t peerTag = 0;      // the tag that we use towards the peer
    bool processGone = false;       // an ICMP message said so; the stack is being told

    /// Makes it as if there had never been an association.
    void forgetTags() {
        offeredTag = ourTag = peerTag = 0;
        processGone = false;
    }
};

class PathTable {
public:
    /// Paths without an association that are remembered: a set-up needs its path for one round trip.
    static constexpr std::size_t mostIdle = 4096;

    /// The path for packets between one of our sockets and a peer; made when it is new. May forget the idle path that
    /// has not been used for the longest time. Nothing only when all numbers carry associations.
    /// The path stays where it is until it is forgotten.
    [[nodiscard]] Path* obtain(std::size_t socket, const SocketAddress& peer, std::uint16_t sctpPort);
    [[nodiscard]] Path* find(PathNumber number);
    [[nodiscard]] const Path* find(PathNumber number) const { return const_cast<PathTable*>(this)->find(number); }
    /// Calls `visit` with every path to a UDP address.
    template <typename Visit>
    void forEach(std::size_t socket, const SocketAddress& peer, Visit visit) {
        const auto [begin, end] = m_numbers.equal_range(Key{socket, peer});
        for (auto at = begin; at != end; ++at) {
            visit(m_slots[at->second].path);
        }
    }
    /// Binds a path to an association, or sets it idle with AssocId::None.
    void assign(Path& path, AssocId assoc);
    [[nodiscard]] std::size_t size() const { return m_numbers.size(); }

private:
    struct Key {
        std::size_t socket;
        SocketAddress peer;
        friend bool operator==(const Key&, const Key&) = default;
    };
    struct Hash {
        std::size_t operator()(const Key& key) const noexcept;
    };
    struct Slot { // idle ones form a ring around slot 0, the one used last in front of it
        Path path;
        PathNumber before = 0;
        PathNumber after = 0;
    };
    [[nodiscard]] PathNumber freeNumber();
    void forget(PathNumber number);
    void makeIdle(PathNumber number);
    void takeFromIdle(PathNumber number);
    std::deque<Slot> m_slots{Slot{}}; // slots never move
    std::vector<PathNumber> m_free;
    std::unordered_multimap<Key, PathNumber, Hash> m_numbers;
    std::size_t m_idle = 0;
};

} // namespace kolam::transport
