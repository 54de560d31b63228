// SPDX-License-Identifier: GPL-3.0-or-later
// A UDP socket that carries SCTP packets: bound to one address or to all, non-blocking, many datagrams a system call.
// Next door: datagram_batch.h collects what goes out; user_endpoint.h has one socket for each of its local addresses.
#pragma once

#include "core/base/octets.h"
#include "core/transport/socket_address.h"

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <system_error>

namespace kolam::transport {

/// One datagram as it came in. The octets may be changed in place; they are valid during the call only.
struct Datagram {
    SocketAddress from;
    std::optional<IpAddress> to; // known on sockets that are bound to all addresses
    std::span<std::byte> octets;
};

/// The network's answer to a datagram of ours that did not arrive.
struct DatagramError {
    int error = 0;    // as errno: ECONNREFUSED when nobody is at the port
    SocketAddress to; // where our datagram was going
    OctetView octets; // its beginning, as far as the answer quotes it
};

/// Where datagrams are received to; one for all sockets of a thread, because it is large (but only touched as needed).
class ReceiveBuffers {
public:
    static constexpr std::size_t count = 16;
    static constexpr std::size_t size = 65536;
    [[nodiscard]] std::span<std::byte, size> at(std::size_t index) {
        return std::span<std::byte, size>{m_memory.get() + index * size, size};
    }

private:
    std::unique_ptr<std::byte[]> m_memory = std::make_unique_for_overwrite<std::byte[]>(count * size);
};

class UdpSocket {
public:
    /// Opens a socket that shares its port with nobody. Port 0 lets the kernel choose.
    [[nodiscard]] static std::expected<UdpSocket, std::error_code> open(const SocketAddress& local);
    UdpSocket(UdpSocket&& other) noexcept;
    UdpSocket& operator=(UdpSocket&& other) noexcept;
    UdpSocket(const UdpSocket&) = delete;
    UdpSocket& operator=(const UdpSocket&) = delete;
    ~UdpSocket();

    [[nodiscard]] int descriptor() const { return m_descriptor; }
    [[nodiscard]] const SocketAddress& local() const { return m_local; }
    [[nodiscard]] bool boundToAll() const { return m_local.ip.isUnspecified(); }
    /// Can the kernel cut one large send into many datagrams? Turned off for good when a device says no.
    [[nodiscard]] bool segments() const { return m_segments; }
    void dontSegment() { m_segments = false; }

    /// Hands over up to a few hundred datagrams that have arrived; what is left stays ready.
    void receive(ReceiveBuffers& buffers, const std::function<void(const Datagram&)>& handle);
    /// Hands over what the error queue holds.
    void receiveErrors(const std::function<void(const DatagramError&)>& handle);

private:
    UdpSocket(int descriptor, const SocketAddress& local) : m_descriptor(descriptor), m_local(local) {}
    std::error_code prepare();
    int m_descriptor;
    SocketAddress m_local;
    bool m_segments = true;
};

} // namespace kolam::transport
