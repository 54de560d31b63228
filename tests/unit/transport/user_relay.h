// SPDX-License-Identifier: GPL-3.0-or-later
// A stranger in the middle: two UDP ports that pass SCTP packets between a client and a server, and can look at them,
// drop them, change them and invent some. Each side believes that the relay is its peer.
#pragma once

#include "core/dispatch/epoll_dispatcher.h"
#include "core/transport/crc32c.h"
#include "core/transport/udp_socket.h"

#include <functional>

namespace kolam::transport::testing {

class Relay {
public:
    enum class Direction : std::uint8_t { ToServer, ToClient };
    /// Sees each packet before it is passed on, ports already right for the receiver. @return whether to pass it on
    std::function<bool(Direction, Octets&)> filter = [](Direction, Octets&) { return true; };

    Relay(EpollDispatcher& dispatcher, std::uint16_t serverPort)
        : m_dispatcher(dispatcher)
        , m_serverPort(serverPort)
        , m_outside(open())
        , m_inside(open()) {
        watch(m_outside, Direction::ToServer);
        watch(m_inside, Direction::ToClient);
    }
    ~Relay() {
        m_dispatcher.unwatch(m_outside.descriptor());
        m_dispatcher.unwatch(m_inside.descriptor());
    }
    Relay(const Relay&) = delete;
    Relay& operator=(const Relay&) = delete;

    /// Where clients connect to.
    [[nodiscard]] std::uint16_t port() const { return m_outside.local().port; }
    /// Sends a packet as if it came from the other side: with the right ports, and a right check sum if asked.
    void inject(Direction direction, Octets packet, bool checksum = true) {
        if (checksum && packet.size() >= 12) {
            const bool toServer = direction == Direction::ToServer;
            writeBigEndian(std::span<std::byte>{packet}, 0, toServer ? m_inside.local().port : port());
            writeBigEndian(std::span<std::byte>{packet}, 2, toServer ? m_serverPort : m_clientPort);
            writePacketChecksum(packet);
        }
        sendRaw(direction, packet);
    }

private:
    static UdpSocket open() { return UdpSocket::open({IpAddress::v4(127, 0, 0, 1), 0}).value(); }
    void watch(UdpSocket& socket, Direction direction) {
        m_dispatcher.watch(socket.descriptor(), Interest::Read, [this, &socket, direction](Readiness) {
            socket.receiveErrors([](const DatagramError&) {});
            socket.receive(m_buffers, [this, direction](const Datagram& datagram) { pass(direction, datagram); });
        });
    }
    void pass(Direction direction, const Datagram& datagram) {
        if (direction == Direction::ToServer) {
            m_clientPort = datagram.from.port;
        }
        Octets packet{datagram.octets.begin(), datagram.octets.end()};
        if (packet.size() < 16) {
            return; // a probe
        }
        const bool toServer = direction == Direction::ToServer;
        writeBigEndian(std::span<std::byte>{packet}, 0, toServer ? m_inside.local().port : port());
        writeBigEndian(std::span<std::byte>{packet}, 2, toServer ? m_serverPort : m_clientPort);
        if (filter(direction, packet)) {
            writePacketChecksum(packet);
            sendRaw(direction, packet);
        }
    }
    void sendRaw(Direction direction, OctetView packet) {
        const bool toServer = direction == Direction::ToServer;
        const SystemAddress to{SocketAddress{IpAddress::v4(127, 0, 0, 1), toServer ? m_serverPort : m_clientPort}};
        const int descriptor = toServer ? m_inside.descriptor() : m_outside.descriptor();
        (void)::sendto(descriptor, packet.data(), packet.size(), 0, &to.generic, to.length);
    }
    EpollDispatcher& m_dispatcher;
    std::uint16_t m_serverPort;
    std::uint16_t m_clientPort = 0;
    UdpSocket m_outside;
    UdpSocket m_inside;
    ReceiveBuffers m_buffers;
};

} // namespace kolam::transport::testing
