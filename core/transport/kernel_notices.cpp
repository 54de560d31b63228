// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/kernel_notices.h"

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace kolam::transport {
namespace {

constexpr int noticesAtOnce = 64;

constexpr std::uint32_t groupMask(unsigned group) {
    return 1U << (group - 1);
}

} // namespace

std::unique_ptr<KernelNotices> KernelNotices::open(DescriptorDispatcher& dispatcher, int protocol, std::uint32_t groups,
                                                   Handler handler) {
    const int descriptor = ::socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);
    if (descriptor < 0) {
        return nullptr;
    }
    sockaddr_nl address{};
    address.nl_family = AF_NETLINK;
    address.nl_groups = groups;
    sockaddr generic;
    static_assert(sizeof address <= sizeof generic);
    std::memcpy(&generic, &address, sizeof address);
    if (::bind(descriptor, &generic, sizeof address) != 0) {
        ::close(descriptor);
        return nullptr;
    }
    return std::unique_ptr<KernelNotices>{new KernelNotices{dispatcher, descriptor, std::move(handler)}};
}

KernelNotices::KernelNotices(DescriptorDispatcher& dispatcher, int descriptor, Handler handler)
    : m_dispatcher(dispatcher)
    , m_descriptor(descriptor)
    , m_handler(std::move(handler)) {
    m_dispatcher.watch(m_descriptor, Interest::Read, [this](Readiness) { receive(); });
}

KernelNotices::~KernelNotices() {
    m_dispatcher.unwatch(m_descriptor);
    ::close(m_descriptor);
}

void KernelNotices::receive() {
    for (int left = noticesAtOnce; left > 0; --left) {
        std::array<std::byte, 1024> notice; // what is longer is cut off, and not wanted
        const ssize_t length = ::recv(m_descriptor, notice.data(), notice.size(), MSG_DONTWAIT);
        if (length >= 0) {
            m_handler(OctetView{notice}.first(static_cast<std::size_t>(length)));
        } else if (errno == ENOBUFS) {
            m_handler(std::nullopt);
        } else {
            return;
        }
    }
}

std::unique_ptr<KernelNotices> watchClosedPorts(DescriptorDispatcher& dispatcher,
                                                std::function<void(std::optional<std::uint16_t>)> closed) {
    constexpr std::size_t portOffset =
        NLMSG_HDRLEN + offsetof(inet_diag_msg, id) + offsetof(inet_diag_sockid, idiag_sport);
    constexpr std::uint32_t groups = groupMask(SKNLGRP_INET_UDP_DESTROY) | groupMask(SKNLGRP_INET6_UDP_DESTROY);
    return KernelNotices::open(dispatcher, NETLINK_SOCK_DIAG, groups,
                               [closed = std::move(closed)](std::optional<OctetView> notice) {
                                   if (!notice) {
                                       closed(std::nullopt);
                                   } else if (notice->size() >= portOffset + sizeof(std::uint16_t)) {
                                       closed(readBigEndian<std::uint16_t>(*notice, portOffset));
                                   }
                               });
}

std::unique_ptr<KernelNotices> watchInterfaces(DescriptorDispatcher& dispatcher, std::function<void()> changed) {
    constexpr std::uint32_t groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR;
    return KernelNotices::open(dispatcher, NETLINK_ROUTE, groups,
                               [changed = std::move(changed)](std::optional<OctetView>) { changed(); });
}

} // namespace kolam::transport
