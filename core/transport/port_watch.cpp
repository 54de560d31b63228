// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/port_watch.h"

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <sys/socket.h>
#include <unistd.h>

namespace kolam::transport {
namespace {

constexpr int noticesAtOnce = 64;

constexpr unsigned groupMask(unsigned group) {
    return 1U << (group - 1);
}

} // namespace

std::unique_ptr<PortWatch> PortWatch::open(DescriptorDispatcher& dispatcher, Closed closed) {
    const int descriptor = ::socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
    if (descriptor < 0) {
        return nullptr;
    }
    sockaddr_nl address{};
    address.nl_family = AF_NETLINK;
    address.nl_groups = groupMask(SKNLGRP_INET_UDP_DESTROY) | groupMask(SKNLGRP_INET6_UDP_DESTROY);
    sockaddr generic;
    static_assert(sizeof address <= sizeof generic);
    std::memcpy(&generic, &address, sizeof address);
    if (::bind(descriptor, &generic, sizeof address) != 0) {
        ::close(descriptor);
        return nullptr;
    }
    return std::unique_ptr<PortWatch>{new PortWatch{dispatcher, descriptor, std::move(closed)}};
}

PortWatch::PortWatch(DescriptorDispatcher& dispatcher, int descriptor, Closed closed)
    : m_dispatcher(dispatcher)
    , m_descriptor(descriptor)
    , m_closed(std::move(closed)) {
    m_dispatcher.watch(m_descriptor, Interest::Read, [this](Readiness) { receive(); });
}

PortWatch::~PortWatch() {
    m_dispatcher.unwatch(m_descriptor);
    ::close(m_descriptor);
}

void PortWatch::receive() {
    constexpr std::size_t portOffset =
        NLMSG_HDRLEN + offsetof(inet_diag_msg, id) + offsetof(inet_diag_sockid, idiag_sport);
    for (int left = noticesAtOnce; left > 0; --left) {
        std::array<std::byte, 1024> notice; // one socket's; what is longer is cut off, and not wanted
        const ssize_t length = ::recv(m_descriptor, notice.data(), notice.size(), MSG_DONTWAIT);
        if (length < 0) {
            if (errno == ENOBUFS) {
                m_closed(std::nullopt);
            }
            return;
        }
        std::uint16_t port = 0;
        if (static_cast<std::size_t>(length) >= portOffset + sizeof port) {
            std::memcpy(&port, notice.data() + portOffset, sizeof port);
            m_closed(ntohs(port));
        }
    }
}

} // namespace kolam::transport
