// SPDX-License-Identifier: GPL-3.0-or-later
// What the owner of an endpoint holds when the endpoint itself lives on for a moment after it was let go: because it is
// in the middle of telling something. Next door: kernel_endpoint.h and auto_endpoint.h are such cores.
#pragma once

#include "core/transport/transport.h"

#include <memory>
#include <utility>

namespace kolam::transport {

template <typename Core>
class EndpointHandle final : public Endpoint {
public:
    explicit EndpointHandle(std::shared_ptr<Core> core) : m_core(std::move(core)) {}
    ~EndpointHandle() override { m_core->close(); }
    EndpointHandle(const EndpointHandle&) = delete;
    EndpointHandle& operator=(const EndpointHandle&) = delete;

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
    std::shared_ptr<Core> m_core;
};

} // namespace kolam::transport
