// SPDX-License-Identifier: GPL-3.0-or-later
// The handles of the kernel transport, and what this kernel can do.
#include "core/transport/kernel_transport.h"

#include "core/transport/kernel_endpoint.h"
#include "core/transport/multicast_port.h"

#include <algorithm>

namespace kolam::transport {

namespace {

class KernelEndpoint final : public Endpoint {
public:
    explicit KernelEndpoint(std::shared_ptr<KernelEndpointCore> core) : m_core(std::move(core)) {}
    ~KernelEndpoint() override { m_core->close(); }
    KernelEndpoint(const KernelEndpoint&) = delete;
    KernelEndpoint& operator=(const KernelEndpoint&) = delete;

    [[nodiscard]] TransportAddress local() const override { return m_core->local(); }
    std::expected<AssocId, std::error_code> connect(const TransportAddress& peer) override {
        return m_core->connect(peer);
    }
    std::expected<void, SendError> send(AssocId assoc, OctetView data, const SendOptions& options) override {
        return m_core->send(assoc, data, options);
    }
    void shutdown(AssocId assoc) override { m_core->shutdown(assoc); }
    void abort(AssocId assoc, std::string_view why) override { m_core->abort(assoc, why); }
    [[nodiscard]] std::optional<AssocInfo> info(AssocId assoc) const override { return m_core->info(assoc); }
    void setLiveness(AssocId assoc, const Liveness& liveness) override { m_core->setLiveness(assoc, liveness); }
    std::error_code addAddress(const IpAddress& address) override { return m_core->changeAddress(address, true); }
    std::error_code removeAddress(const IpAddress& address) override { return m_core->changeAddress(address, false); }

private:
    std::shared_ptr<KernelEndpointCore> m_core;
};

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
        return std::make_unique<KernelEndpoint>(std::move(core));
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
