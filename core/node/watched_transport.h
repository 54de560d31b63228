// SPDX-License-Identifier: GPL-3.0-or-later
// A transport that tells what passes: which associations stand, and, only while somebody wants to see them, messages.
// Everything goes on to the transport under it, unchanged. Next door: component_socket.h, through which viewers watch.
#pragma once

#include "core/base/token_bucket.h"
#include "core/dispatch/dispatcher.h"
#include "core/telemetry/telemetry.h"
#include "core/transport/transport.h"

#include <map>
#include <memory>

namespace kolam {

class WatchedTransport final : public transport::Transport, telemetry::TelemetrySubject {
public:
    /// Everything referred to must outlive the transport, and the transport its endpoints.
    WatchedTransport(Dispatcher& dispatcher, transport::Transport& transport, telemetry::Telemetry& telemetry);
    ~WatchedTransport() override;

    [[nodiscard]] std::string_view name() const noexcept override { return m_transport.name(); }
    [[nodiscard]] transport::Capabilities capabilities() const noexcept override { return m_transport.capabilities(); }
    std::expected<std::unique_ptr<transport::Endpoint>, std::error_code> open(const transport::EndpointConfig& config,
                                                                              transport::EventSink sink) override;
    std::expected<std::unique_ptr<transport::DatagramPort>, std::error_code>
    openMulticast(const transport::MulticastConfig& config, transport::DatagramPort::Sink sink) override;

    /// Where its endpoints are: what others see of this component.
    [[nodiscard]] std::vector<TransportAddress> addresses() const;

private:
    class Watch;
    class WatchedEndpoint;
    class WatchedPort;
    [[nodiscard]] telemetry::SnapshotParts snapshot() override;
    void messageSeen(telemetry::Direction direction, std::uint64_t association, const TransportAddress& peer,
                     std::uint32_t ppid, OctetView data);

    Dispatcher& m_dispatcher;
    transport::Transport& m_transport;
    telemetry::Telemetry& m_telemetry;
    std::uint64_t m_lastEndpoint = 0;
    std::map<std::uint64_t, Watch*> m_watches;
    TokenBucket m_samples;
    std::uint64_t m_skipped = 0;
};

/// "ASAP_REGISTRATION"; empty for what is no message of pools.
[[nodiscard]] std::string messageName(std::uint32_t ppid, OctetView data);

} // namespace kolam
