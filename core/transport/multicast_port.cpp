// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/multicast_port.h"

#include "core/base/system_error.h"
#include "core/transport/packet_faults.h"

#include "core/transport/kernel_notices.h"
#include "core/transport/local_addresses.h"
#include "core/transport/socket_address.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <unistd.h>
#include <utility>

namespace kolam::transport {
namespace {

constexpr std::size_t largestDatagram = 65536;
constexpr int datagramsAtOnce = 64;

int setOption(int descriptor, int level, int option, int value) {
    return ::setsockopt(descriptor, level, option, &value, sizeof value);
}

/// A descriptor that closes itself.
class Socket {
public:
    Socket() = default;
    explicit Socket(int descriptor) : m_descriptor(descriptor) {}
    Socket(Socket&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}
    Socket& operator=(Socket&& other) noexcept {
        std::swap(m_descriptor, other.m_descriptor);
        return *this;
    }
    ~Socket() {
        if (m_descriptor >= 0) {
            ::close(m_descriptor);
        }
    }
    [[nodiscard]] int get() const { return m_descriptor; }

private:
    int m_descriptor = -1;
};

/// Opens a socket bound to the group's address, which others may share.
std::expected<Socket, std::error_code> openShared(const MulticastConfig& config, std::uint16_t port) {
    const bool v6 = config.group.v6;
    Socket socket{::socket(v6 ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
    if (socket.get() < 0) {
        return std::unexpected(lastError());
    }
    setOption(socket.get(), SOL_SOCKET, SO_REUSEADDR, 1);
    if (v6) {
        setOption(socket.get(), IPPROTO_IPV6, IPV6_MULTICAST_ALL, 0); // only what we have joined
        setOption(socket.get(), IPPROTO_IPV6, IPV6_MULTICAST_HOPS, config.ttl);
    } else {
        setOption(socket.get(), IPPROTO_IP, IP_MULTICAST_ALL, 0);
        setOption(socket.get(), IPPROTO_IP, IP_MULTICAST_TTL, config.ttl);
    }
    const SystemAddress address{SocketAddress{config.group, port}};
    if (::bind(socket.get(), &address.generic, address.length) != 0) {
        return std::unexpected(lastError());
    }
    return socket;
}

class MulticastPort final : public DatagramPort {
public:
    MulticastPort(DescriptorDispatcher& dispatcher, const MulticastConfig& config, Sink sink)
        : m_dispatcher(dispatcher)
        , m_config(config)
        , m_sink(std::make_shared<Sink>(std::move(sink))) {}
    ~MulticastPort() override {
        if (m_receiver.get() >= 0) {
            m_dispatcher.unwatch(m_receiver.get());
        }
    }

    std::error_code open() {
        auto sender = openShared(m_config, m_config.sourcePort);
        if (!sender) {
            return sender.error();
        }
        m_sender = std::move(*sender);
        if (m_config.receive) {
            auto receiver = openShared(m_config, m_config.port);
            if (!receiver) {
                return receiver.error();
            }
            m_receiver = std::move(*receiver);
            m_dispatcher.watch(m_receiver.get(), Interest::Read, [this](Readiness) { receive(); });
        }
        findInterfaces();
        if (!m_config.loopbackOnly) {
            m_changes = watchInterfaces(m_dispatcher, [this] { findInterfaces(); });
        }
        return {};
    }

    void send(OctetView data) override {
        for (const Interface& interface : m_interfaces) {
            if (isSource(interface)) {
                sendOn(interface, data);
            }
        }
    }

private:
    /// Sends and receives on all interfaces that there are now.
    void findInterfaces() {
        m_interfaces = multicastInterfaces();
        std::erase_if(m_interfaces, [&](const Interface& interface) {
            const bool unwanted = m_config.loopbackOnly && !interface.loopback;
            const bool sameFamily = std::ranges::any_of(
                interface.ips, [&](const IpAddress& address) { return address.v6 == m_config.group.v6; });
            return unwanted || !sameFamily;
        });
        for (const Interface& interface : m_interfaces) {
            if (m_receiver.get() >= 0) {
                join(m_receiver.get(), interface.index); // refused, without harm, where we are a member already
            }
        }
    }

    /// A receiver takes the source for an address of ours, so what is sent must come from one that we listen at.
    [[nodiscard]] bool isSource(const Interface& interface) const {
        return interface.loopback || m_config.from.empty() ||
               std::ranges::find_first_of(interface.ips, m_config.from) != interface.ips.end();
    }

    void join(int socket, unsigned interface) const {
        if (m_config.group.v6) {
            const ipv6_mreq request{.ipv6mr_multiaddr = toIn6Addr(m_config.group), .ipv6mr_interface = interface};
            (void)::setsockopt(socket, IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP, &request, sizeof request);
        } else {
            const ip_mreqn request{.imr_multiaddr = toInAddr(m_config.group),
                                   .imr_address = {},
                                   .imr_ifindex = static_cast<int>(interface)};
            (void)::setsockopt(socket, IPPROTO_IP, IP_ADD_MEMBERSHIP, &request, sizeof request);
        }
    }

    /// A datagram that an interface does not take is lost, like one on the wire: there is another one soon.
    void sendOn(const Interface& interface, OctetView data) const {
        if (m_config.group.v6) {
            const auto index = static_cast<int>(interface.index);
            (void)setOption(m_sender.get(), IPPROTO_IPV6, IPV6_MULTICAST_IF, index);
        } else {
            ip_mreqn from{};
            from.imr_ifindex = static_cast<int>(interface.index);
            if (interface.loopback) { // else the source would be some other address of the host, or none at all
                from.imr_address = toInAddr(IpAddress::v4(127, 0, 0, 1));
            }
            (void)::setsockopt(m_sender.get(), IPPROTO_IP, IP_MULTICAST_IF, &from, sizeof from);
        }
        const SystemAddress to{SocketAddress{m_config.group, m_config.port}};
        (void)::sendto(m_sender.get(), data.data(), data.size(), MSG_DONTWAIT, &to.generic, to.length);
    }

    void receive() {
        const std::shared_ptr<Sink> sink = m_sink;
        for (int left = datagramsAtOnce; left > 0; --left) {
            SystemAddress from;
            const ssize_t length = ::recvfrom(m_receiver.get(), m_buffer.data(), m_buffer.size(), MSG_DONTWAIT,
                                              &from.generic, &from.length);
            if (length < 0) {
                return;
            }
            const SocketAddress source = from.read();
            if (!packetFaults().none() && packetFaults().loses(source)) {
                continue;
            }
            const Octets data{m_buffer.begin(), m_buffer.begin() + length};
            (*sink)(TransportAddress{.ips = {source.ip}, .port = source.port}, data);
            if (sink.use_count() == 1) {
                return; // the sink has destroyed us
            }
        }
    }

    DescriptorDispatcher& m_dispatcher;
    MulticastConfig m_config;
    std::shared_ptr<Sink> m_sink;
    std::vector<Interface> m_interfaces;
    std::unique_ptr<KernelNotices> m_changes;
    Socket m_sender;
    Socket m_receiver;
    Octets m_buffer = Octets(largestDatagram);
};

} // namespace

std::expected<std::unique_ptr<DatagramPort>, std::error_code>
openMulticastPort(DescriptorDispatcher& dispatcher, const MulticastConfig& config, DatagramPort::Sink sink) {
    if (!config.group.isMulticast() || config.port == 0) {
        return std::unexpected(std::make_error_code(std::errc::invalid_argument));
    }
    auto port = std::make_unique<MulticastPort>(dispatcher, config, std::move(sink));
    if (const std::error_code error = port->open()) {
        return std::unexpected(error);
    }
    return port;
}

} // namespace kolam::transport
