// SPDX-License-Identifier: GPL-3.0-or-later
// What the kernel tells anybody who listens, without privilege: a UDP port of this host was closed, also because its
// process was killed; an interface or address came or went. So nobody has to ask again and again.
// Next door: usrsctp_stack.h listens for dead peers, multicast_port.h for new interfaces.
#pragma once

#include "core/base/octets.h"
#include "core/dispatch/dispatcher.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

namespace kolam::transport {

/// Listens until it is destroyed.
class KernelNotices {
public:
    using Handler = std::function<void(std::optional<OctetView>)>; // one notice; nothing when some were missed
    /// @param protocol, groups  of netlink. Nothing where the kernel does not tell.
    [[nodiscard]] static std::unique_ptr<KernelNotices> open(DescriptorDispatcher& dispatcher, int protocol,
                                                             std::uint32_t groups, Handler handler);
    ~KernelNotices();
    KernelNotices(const KernelNotices&) = delete;
    KernelNotices& operator=(const KernelNotices&) = delete;

private:
    KernelNotices(DescriptorDispatcher& dispatcher, int descriptor, Handler handler);
    void receive();
    DescriptorDispatcher& m_dispatcher;
    int m_descriptor;
    Handler m_handler;
};

/// Calls `closed` with the port of every UDP socket that is closed on this host; with nothing when so many were that
/// some were missed.
[[nodiscard]] std::unique_ptr<KernelNotices> watchClosedPorts(DescriptorDispatcher& dispatcher,
                                                              std::function<void(std::optional<std::uint16_t>)> closed);

/// Calls `changed` when an interface or one of its addresses has come or gone.
[[nodiscard]] std::unique_ptr<KernelNotices> watchInterfaces(DescriptorDispatcher& dispatcher,
                                                             std::function<void()> changed);

} // namespace kolam::transport
