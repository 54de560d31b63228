// SPDX-License-Identifier: GPL-3.0-or-later
// Hears from the kernel when any UDP socket of this host is closed, also because its process was killed. So the death
// of a peer on this host shows within a millisecond, and nobody has to ask again and again. Needs no privilege.
// Next door: usrsctp_stack.h, who passes it on; user_endpoint.h, who asks the port before it believes.
#pragma once

#include "core/dispatch/dispatcher.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

namespace kolam::transport {

class PortWatch {
public:
    /// Called with the port of the socket that was closed; with nothing when so many were that some were missed.
    using Closed = std::function<void(std::optional<std::uint16_t> port)>;
    /// Nothing where the kernel does not tell.
    [[nodiscard]] static std::unique_ptr<PortWatch> open(DescriptorDispatcher& dispatcher, Closed closed);
    ~PortWatch();
    PortWatch(const PortWatch&) = delete;
    PortWatch& operator=(const PortWatch&) = delete;

private:
    PortWatch(DescriptorDispatcher& dispatcher, int descriptor, Closed closed);
    void receive();
    DescriptorDispatcher& m_dispatcher;
    int m_descriptor;
    Closed m_closed;
};

} // namespace kolam::transport
