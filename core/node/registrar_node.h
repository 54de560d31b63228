// SPDX-License-Identifier: GPL-3.0-or-later
// A registrar: performs the actions of asap's registrar side on a transport, and announces itself by multicast.
// Idle, it does nothing but announce and ask its elements for a sign of life.
// Next door: core/asap/registrar_side.h decides; access.h holds the rules of access.
#pragma once

#include "core/asap/registrar_side.h"
#include "core/base/ids.h"
#include "core/base/log.h"
#include "core/dispatch/dispatcher.h"
#include "core/enrp/enrp_side.h"
#include "core/node/registrar_config.h"
#include "core/telemetry/csp_reporter.h"
#include "core/transport/transport.h"

#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <system_error>
#include <vector>

namespace kolam {

class RegistrarNode {
public:
    using Config = RegistrarConfig;
    /// Everything referred to must outlive the node.
    static std::expected<std::unique_ptr<RegistrarNode>, std::error_code>
    start(Dispatcher& dispatcher, transport::Transport& transport, Log& log, Authorizer& access, const Config& config);
    ~RegistrarNode(); // ends at once, like a crash

    [[nodiscard]] ServerId id() const;
    /// Where elements and users reach it.
    [[nodiscard]] TransportAddress asapAddress() const;
    /// Where its peers reach it; nothing without a mesh.
    [[nodiscard]] std::optional<TransportAddress> enrpAddress() const;
    /// The other registrars that it knows.
    [[nodiscard]] std::vector<enrp::PeerView> peers() const;
    [[nodiscard]] enrp::EnrpCounters meshCounters() const;
    /// Replaces the peers that were named in the configuration: their names have been resolved again.
    void setStaticPeers(std::vector<TransportAddress> peers);
    /// Whether it has finished looking for a mentor, and announces itself to elements and users.
    [[nodiscard]] bool serving() const;
    [[nodiscard]] const Handlespace& handlespace() const;
    [[nodiscard]] const asap::RegistrarCounters& counters() const;
    [[nodiscard]] std::size_t associationCount() const;
    /// What a report of CSP says of it.
    [[nodiscard]] telemetry::CspContent cspContent() const;
    /// Called for every change of an element, during which it is in the handlespace: for ENRP and for whoever watches.
    void onElementChange(std::function<void(const asap::ElementEvent&)> callback);
    /// Stops announcing, hands its elements over to its peers, closes every association gracefully, then calls `done`;
    /// waits a second or two at most.
    void leave(std::function<void()> done);

    struct Impl;

private:
    explicit RegistrarNode(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace kolam
