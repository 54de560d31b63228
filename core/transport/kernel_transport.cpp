// SPDX-License-Identifier: GPL-3.0-or-later
// The handles of the kernel transport, and what this kernel can do.
#include "core/transport/kernel_transport.h"

#include "core/transport/endpoint_handle.h"
#include "core/transport/kernel_endpoint.h"
#include "core/transport/multicast_port.h"

#include <algorithm>

namespace kolam::transport {

namespace {

class KernelTransport final : public Transport {
public:
    KernelTransport(DescriptorDispatcher& dispatcher, const Capabilities& capabilities)
        : m_dispatcher(dispatcher)
        , m_capabilities(capabilities) {}

    [[nodiscard]] std::string_view name() const noexcept override { return "kernel"; }
    [[nodiscard]] Capabilities capabilities() const noexcept override { return m_capabilities; }
    std::expected<std::unique_ptr<Endpoint>, std::error_code> open(const EndpointConfig& config,
                                                                   EventSink sink) override {
        auto socket = KernelSocket::open(config);
        if (!socket) {
            return std::unexpected(socket.error());
        }
        auto core = std::make_shared<KernelEndpointCore>(m_dispatcher, config, std::move(*socket), std::move(sink));
        core->start();
        return std::make_unique<EndpointHandle<KernelEndpointCore>>(std::move(core));
    }
    std::expected<std::unique_ptr<DatagramPort>, std::error_code> openMulticast(const MulticastConfig& config,
                                                                                DatagramPort::Sink sink) override {
        return openMulticastPort(m_dispatcher, config, std::move(sink));
    }

private:
    DescriptorDispatcher& m_dispatcher;
    Capabilities m_capabilities;
};

} // namespace

std::expected<std::unique_ptr<Transport>, std::error_code> makeKernelTransport(DescriptorDispatcher& dispatcher) {
    const EndpointConfig usual;
    const auto probe = KernelSocket::open(usual);
    if (!probe) {
        return std::unexpected(probe.error());
    }
    // Unprivileged processes get less of a buffer than they ask for, so their messages are smaller, too.
    const Capabilities capabilities{.multihoming = true,
                                    .addressChange = probe->canChangeAddresses(),
                                    .noticesDeadProcess = true,
                                    .maxMessage = std::min(probe->sendBuffer(), usual.sendBuffer)};
    return std::make_unique<KernelTransport>(dispatcher, capabilities);
}

} // namespace kolam::transport
