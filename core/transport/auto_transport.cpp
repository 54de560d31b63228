// SPDX-License-Identifier: GPL-3.0-or-later
// The factory, and the transport that joins others.
#include "core/transport/auto_transport.h"

#include "core/transport/auto_endpoint.h"
#include "core/transport/endpoint_handle.h"
#include "core/transport/kernel_transport.h"
#include "core/transport/user_transport.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace kolam::transport {

namespace {

class AutoTransport final : public Transport {
public:
    AutoTransport(Dispatcher& dispatcher, std::vector<std::unique_ptr<Transport>> transports)
        : m_dispatcher(dispatcher)
        , m_transports(std::move(transports)) {
        assert(!m_transports.empty());
    }
    [[nodiscard]] std::string_view name() const noexcept override { return "auto"; }
    /// What can be relied on, whoever carries an association.
    [[nodiscard]] Capabilities capabilities() const noexcept override {
        Capabilities all = m_transports.front()->capabilities();
        for (const auto& transport : m_transports) {
            const Capabilities each = transport->capabilities();
            all.multihoming = all.multihoming && each.multihoming;
            all.addressChange = all.addressChange && each.addressChange;
            all.noticesDeadProcess = all.noticesDeadProcess && each.noticesDeadProcess;
            all.maxMessage = std::min(all.maxMessage, each.maxMessage);
        }
        return all;
    }
    std::expected<std::unique_ptr<Endpoint>, std::error_code> open(const EndpointConfig& config,
                                                                   EventSink sink) override {
        auto core = std::make_shared<AutoEndpointCore>(m_dispatcher, config, std::move(sink));
        if (const std::error_code error = core->open(m_transports)) {
            return std::unexpected(error);
        }
        return std::make_unique<EndpointHandle<AutoEndpointCore>>(std::move(core));
    }
    std::expected<std::unique_ptr<DatagramPort>, std::error_code> openMulticast(const MulticastConfig& config,
                                                                                DatagramPort::Sink sink) override {
        return m_transports.front()->openMulticast(config, std::move(sink)); // all have the same UDP
    }

private:
    Dispatcher& m_dispatcher;
    std::vector<std::unique_ptr<Transport>> m_transports;
};

} // namespace

std::optional<TransportKind> parseTransportKind(std::string_view text) {
    for (const TransportKind kind : {TransportKind::Auto, TransportKind::Kernel, TransportKind::User}) {
        if (text == toText(kind)) {
            return kind;
        }
    }
    return std::nullopt;
}

std::string_view toText(TransportKind kind) {
    switch (kind) {
    case TransportKind::Auto: return "auto";
    case TransportKind::Kernel: return "kernel";
    case TransportKind::User: return "user";
    }
    std::unreachable();
}

std::expected<std::unique_ptr<Transport>, std::error_code> makeTransport(TransportKind kind,
                                                                         DescriptorDispatcher& dispatcher) {
    if (kind == TransportKind::Kernel) {
        return makeKernelTransport(dispatcher);
    }
    if (kind == TransportKind::User) {
        return makeUserTransport(dispatcher);
    }
    std::vector<std::unique_ptr<Transport>> found;
    auto kernel = makeKernelTransport(dispatcher);
    if (kernel) {
        found.push_back(std::move(*kernel));
    }
    auto user = makeUserTransport(dispatcher);
    if (user) {
        found.push_back(std::move(*user));
    }
    if (found.empty()) {
        return std::unexpected(user.error());
    }
    return found.size() == 1 ? std::move(found.front()) : joinTransports(dispatcher, std::move(found));
}

std::unique_ptr<Transport> joinTransports(Dispatcher& dispatcher, std::vector<std::unique_ptr<Transport>> transports) {
    return std::make_unique<AutoTransport>(dispatcher, std::move(transports));
}

} // namespace kolam::transport
