// SPDX-License-Identifier: GPL-3.0-or-later
// A pool element: registers a service with a registrar, keeps it registered, and carries its sessions.
// Performs the actions of asap's endpoint side and of the session layer's element side on a transport.
#pragma once

#include "core/base/ids.h"
#include "core/base/log.h"
#include "core/dispatch/dispatcher.h"
#include "core/node/profile.h"
#include "core/node/registrar_sources.h"
#include "core/node/service.h"
#include "core/telemetry/csp_reporter.h"
#include "core/telemetry/telemetry.h"
#include "core/transport/transport.h"
#include "core/wire/parameters.h"

#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace kolam {

enum class ElementState : std::uint8_t { Looking, Registering, Registered, Rejected, Leaving, Left };
struct ElementStatus {
    ElementState state = ElementState::Looking;
    ServerId registrar; // 0: none
    TransportAddress registrarAddress;
    std::string detail; // why rejected, or what is tried
    std::size_t sessions = 0;
    std::uint64_t refused = 0; // sessions that found all slots taken
};

/// What came in and was not what it should be.
struct EndpointCounters {
    std::uint64_t garbage = 0; // could not be read
    std::uint64_t ignored = 0; // could, but nobody has waited for it
    std::uint64_t refused = 0; // over a limit
};

/// Must not be destroyed from one of its own callbacks; from the `done` of leave() it may.
class ElementNode {
public:
    struct Config {
        PoolHandle poolHandle;
        PeIdentifier identifier; // 0: random
        wire::Policy policy;
        TransportAddress local; // of the service; no ips: loopback
        RegistrarSources registrars;
        Profile profile = demoProfile();
        bool businessCards = true;                 // to users of ours
        telemetry::Telemetry* telemetry = nullptr; // what happens is told there; nothing: to nobody
    };
    /// Dispatcher, transport, service and log must outlive the node.
    static std::expected<std::unique_ptr<ElementNode>, std::error_code>
    start(Dispatcher& dispatcher, transport::Transport& transport, Log& log, Service& service, const Config& config);
    ~ElementNode(); // stops at once, like a crash without its noise

    [[nodiscard]] PeIdentifier identifier() const;
    [[nodiscard]] TransportAddress serviceAddress() const;
    [[nodiscard]] ElementStatus status() const;
    [[nodiscard]] EndpointCounters counters() const;
    /// What a report of CSP says of it.
    [[nodiscard]] telemetry::CspContent cspContent() const;
    /// Called whenever the status has changed.
    void onStatus(std::function<void(const ElementStatus&)> callback);
    /// Tells the pool another weight, or whatever else is in the policy; its type must stay.
    void setPolicy(const wire::Policy& policy);
    /// Asks the service for its load now, not only within a second.
    void loadChanged();
    /// Out of the pool, without new sessions, and with those that there are; or into it again. Nothing when it leaves.
    void setMaintenance(bool on);
    /// Ends the sessions that there are gracefully, and stays in the pool: users fail over, perhaps to this element.
    void closeSessions();
    /// Deregisters, ends the sessions and the association to the registrar gracefully, then calls `done`; gives up
    /// waiting after the profile's request time-out. With patience, the sessions may first come to their end by
    /// themselves for so long; new ones are refused.
    void leave(std::function<void()> done, Duration patience = {});

    struct Impl;

private:
    explicit ElementNode(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace kolam
