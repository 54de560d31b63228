// SPDX-License-Identifier: GPL-3.0-or-later
// Collects the datagrams of one turn and sends them with few system calls: equal ones to one peer leave as one large
// send that the kernel cuts, the others side by side. Next door: udp_socket.h, usrsctp_stack.h.
#pragma once

#include "core/base/octets.h"
#include "core/transport/socket_address.h"

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace kolam::transport {

class UdpSocket;

class DatagramBatch {
public:
    /// Appends one datagram. Sends at once when very much has been collected.
    /// @param socket  must live until the next flush()
    /// @param from  the local address to send from, for sockets that are bound to all
    void add(UdpSocket& socket, const SocketAddress& to, const std::optional<IpAddress>& from, OctetView octets);
    /// Sends everything. What the network does not take is lost, as datagrams are.
    void flush();
    [[nodiscard]] bool empty() const { return m_entries.empty(); }
    /// Datagrams that the kernel refused since the last time that this was asked.
    [[nodiscard]] std::uint64_t takeRefused() { return std::exchange(m_refused, 0); }

private:
    struct Entry { // neighbours in the memory are neighbours here
        UdpSocket* socket;
        SocketAddress to;
        std::optional<IpAddress> from;
        std::size_t offset;
        std::size_t length;
    };
    [[nodiscard]] std::size_t runLength(std::size_t first) const;
    [[nodiscard]] std::size_t sendSome(std::size_t first);
    Octets m_memory;
    std::vector<Entry> m_entries;
    std::uint64_t m_refused = 0;
};

} // namespace kolam::transport
