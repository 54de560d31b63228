// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/udp_socket.h"

#include "core/base/system_error.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <linux/errqueue.h>
#include <netinet/udp.h>
#include <unistd.h>
#include <utility>

namespace kolam::transport {
namespace {

constexpr int bufferSize = 4 << 20; // asked for; the kernel gives what net.core.rmem_max allows
constexpr int rounds = 4;           // system calls for one receive()

int setOption(int descriptor, int level, int option, int value) {
    return ::setsockopt(descriptor, level, option, &value, sizeof value);
}

/// Reads a control message's value; it may lie unaligned.
template <typename Value>
Value valueOf(const cmsghdr& control) {
    Value value;
    std::memcpy(&value, CMSG_DATA(&control), sizeof value);
    return value;
}

struct Control {
    std::size_t segment = 0; // octets of each of the datagrams that the kernel has joined; 0: it has not
    std::optional<IpAddress> to;
};

Control readControl(msghdr& message) {
    Control result;
    for (cmsghdr* control = CMSG_FIRSTHDR(&message); control != nullptr; control = CMSG_NXTHDR(&message, control)) {
        if (control->cmsg_level == SOL_UDP && control->cmsg_type == UDP_GRO) {
            result.segment = static_cast<std::size_t>(std::max(valueOf<int>(*control), 0));
        } else if (control->cmsg_level == IPPROTO_IP && control->cmsg_type == IP_PKTINFO) {
            result.to = toIpAddress(valueOf<in_pktinfo>(*control).ipi_addr);
        } else if (control->cmsg_level == IPPROTO_IPV6 && control->cmsg_type == IPV6_PKTINFO) {
            result.to = toIpAddress(valueOf<in6_pktinfo>(*control).ipi6_addr);
        }
    }
    return result;
}

/// The error in a message of the error queue; 0 when there is none.
int readError(msghdr& message) {
    for (cmsghdr* control = CMSG_FIRSTHDR(&message); control != nullptr; control = CMSG_NXTHDR(&message, control)) {
        const bool v4 = control->cmsg_level == IPPROTO_IP && control->cmsg_type == IP_RECVERR;
        const bool v6 = control->cmsg_level == IPPROTO_IPV6 && control->cmsg_type == IPV6_RECVERR;
        if (v4 || v6) {
            return static_cast<int>(valueOf<sock_extended_err>(*control).ee_errno);
        }
    }
    return 0;
}

} // namespace

std::expected<UdpSocket, std::error_code> UdpSocket::open(const SocketAddress& local) {
    const int descriptor = ::socket(local.ip.v6 ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0) {
        return std::unexpected(lastError());
    }
    UdpSocket socket{descriptor, local};
    if (const std::error_code error = socket.prepare()) {
        return std::unexpected(error);
    }
    return socket;
}

std::error_code UdpSocket::prepare() {
    if (m_local.ip.v6) {
        setOption(m_descriptor, IPPROTO_IPV6, IPV6_V6ONLY, 1);
        setOption(m_descriptor, IPPROTO_IPV6, IPV6_RECVERR, 1);
        setOption(m_descriptor, IPPROTO_IPV6, IPV6_MULTICAST_ALL, 0);
        // The stack knows the size of a path before it sends. Should a link in between be smaller, fragments are better
        // than silence.
        setOption(m_descriptor, IPPROTO_IPV6, IPV6_MTU_DISCOVER, IPV6_PMTUDISC_DONT);
        setOption(m_descriptor, IPPROTO_IPV6, IPV6_RECVPKTINFO, boundToAll());
    } else {
        setOption(m_descriptor, IPPROTO_IP, IP_RECVERR, 1);
        setOption(m_descriptor, IPPROTO_IP, IP_MULTICAST_ALL, 0);
        setOption(m_descriptor, IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_DONT);
        setOption(m_descriptor, IPPROTO_IP, IP_PKTINFO, boundToAll());
    }
    setOption(m_descriptor, SOL_SOCKET, SO_RCVBUF, bufferSize);
    setOption(m_descriptor, SOL_SOCKET, SO_SNDBUF, bufferSize);
    setOption(m_descriptor, SOL_UDP, UDP_GRO, 1); // a kernel without it delivers one datagram at a time: as good
    SystemAddress address{m_local};
    if (::bind(m_descriptor, &address.generic, address.length) != 0 ||
        ::getsockname(m_descriptor, &address.generic, &address.length) != 0) {
        return lastError();
    }
    m_local = address.read();
    return {};
}

UdpSocket::UdpSocket(UdpSocket&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
    , m_local(other.m_local)
    , m_segments(other.m_segments) {}

UdpSocket& UdpSocket::operator=(UdpSocket&& other) noexcept {
    std::swap(m_descriptor, other.m_descriptor);
    std::swap(m_local, other.m_local);
    std::swap(m_segments, other.m_segments);
    return *this;
}

UdpSocket::~UdpSocket() {
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
}

void UdpSocket::receive(ReceiveBuffers& buffers, const std::function<void(const Datagram&)>& handle) {
    struct alignas(cmsghdr) ControlSpace {
        std::array<std::byte, 128> octets;
    };
    std::array<mmsghdr, ReceiveBuffers::count> messages;
    std::array<iovec, ReceiveBuffers::count> vectors;
    std::array<SystemAddress, ReceiveBuffers::count> sources;
    std::array<ControlSpace, ReceiveBuffers::count> controls;
    for (int round = 0; round < rounds; ++round) {
        for (std::size_t i = 0; i < messages.size(); ++i) {
            vectors[i] = {buffers.at(i).data(), ReceiveBuffers::size};
            messages[i].msg_hdr = {.msg_name = &sources[i].generic,
                                   .msg_namelen = sizeof(sockaddr_in6),
                                   .msg_iov = &vectors[i],
                                   .msg_iovlen = 1,
                                   .msg_control = controls[i].octets.data(),
                                   .msg_controllen = controls[i].octets.size(),
                                   .msg_flags = 0};
        }
        const int received = ::recvmmsg(m_descriptor, messages.data(), messages.size(), MSG_DONTWAIT, nullptr);
        if (received <= 0) {
            return; // nothing left, or an error that the error queue explains
        }
        for (std::size_t i = 0; i < static_cast<std::size_t>(received); ++i) {
            const Control control = readControl(messages[i].msg_hdr);
            std::span<std::byte> rest = buffers.at(i).first(messages[i].msg_len);
            const std::size_t step = control.segment == 0 ? rest.size() : control.segment;
            const SocketAddress from = sources[i].read();
            do {
                const std::size_t length = std::min(step, rest.size());
                handle({.from = from, .to = control.to, .octets = rest.first(length)});
                rest = rest.subspan(length);
            } while (!rest.empty());
        }
        if (static_cast<std::size_t>(received) < messages.size()) {
            return;
        }
    }
}

void UdpSocket::receiveErrors(const std::function<void(const DatagramError&)>& handle) {
    for (int left = 256; left > 0; --left) {
        std::array<std::byte, 256> octets;
        alignas(cmsghdr) std::array<std::byte, 512> control;
        SystemAddress to;
        iovec vector{octets.data(), octets.size()};
        msghdr message{.msg_name = &to.generic,
                       .msg_namelen = to.length,
                       .msg_iov = &vector,
                       .msg_iovlen = 1,
                       .msg_control = control.data(),
                       .msg_controllen = control.size(),
                       .msg_flags = 0};
        const ssize_t length = ::recvmsg(m_descriptor, &message, MSG_ERRQUEUE | MSG_DONTWAIT);
        if (length < 0) {
            return;
        }
        if (const int error = readError(message); error != 0) {
            handle({.error = error,
                    .to = to.read(),
                    .octets = OctetView{octets}.first(std::min(static_cast<std::size_t>(length), octets.size()))});
        }
    }
}

} // namespace kolam::transport
