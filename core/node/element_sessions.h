// SPDX-License-Identifier: GPL-3.0-or-later
// The sessions of a pool element: takes or refuses users, carries their messages to the service and back.
// Performs the actions of session/element_session.h on the element's service endpoint.
// Next door: element_node.h keeps the element registered.
#pragma once

#include "core/base/log.h"
#include "core/dispatch/dispatcher.h"
#include "core/node/limited_log.h"
#include "core/node/profile.h"
#include "core/node/service.h"
#include "core/telemetry/telemetry.h"
#include "core/transport/transport.h"
#include "core/wire/parameters.h"

#include <expected>
#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

namespace kolam {

class ElementSessions {
public:
    struct Config {
        PoolHandle poolHandle;
        PeIdentifier element;
        TransportAddress local; // concrete addresses
        Profile profile;
        telemetry::Telemetry* telemetry = nullptr;
    };
    struct Counters {
        std::uint64_t opened = 0;
        std::uint64_t refused = 0; // all slots taken
        std::uint64_t garbage = 0; // messages of the control channel that could not be read
        std::uint64_t ignored = 0; // that could, but mean nothing to an element, or came out of turn
    };
    /// Everything referred to must outlive the sessions. `onChange` is called after each begin and end of a session.
    static std::expected<std::unique_ptr<ElementSessions>, std::error_code>
    open(Dispatcher& dispatcher, transport::Transport& transport, Log& log, Service& service, const Config& config,
         std::function<void()> onChange);
    ~ElementSessions();

    [[nodiscard]] TransportAddress local() const { return m_endpoint->local(); }
    [[nodiscard]] std::size_t count() const { return m_sessions.size(); }
    [[nodiscard]] const Counters& counters() const { return m_counters; }
    /// Where users of ours should go when this element fails. `ordered`: best first; else each gets an order of its
    /// own, so that they spread.
    void setCard(std::vector<wire::PoolElement> elements, bool ordered);
    /// Takes no more users; those that there are stay.
    void refuseMore() { m_closed = true; }
    /// Ends the sessions that there are gracefully, and takes new ones.
    void closeAll();
    void acceptAgain() { m_closed = false; }
    /// The sessions as events, for a snapshot.
    [[nodiscard]] telemetry::SnapshotParts tellAll() const;
    /// Takes no more users, and ends the sessions that there are gracefully.
    void shutdown();

private:
    class Session;
    ElementSessions(Dispatcher& dispatcher, Log& log, Service& service, const Config& config,
                    std::function<void()> onChange);

    void onTransport(const transport::Event& event);
    void on(const transport::Up& up);
    void on(const transport::Down& down);
    void on(const transport::Message& message);
    void on(const transport::Writable& writable);
    void giveCard(Session& session);

    Dispatcher& m_dispatcher;
    LimitedLog m_limitedLog;
    Service& m_service;
    Config m_config;
    telemetry::Telemetry& m_telemetry;
    std::function<void()> m_onChange;
    std::unordered_map<transport::AssocId, std::unique_ptr<Session>> m_sessions;
    std::vector<wire::PoolElement> m_card;
    bool m_cardOrdered = false;
    bool m_closed = false;
    Counters m_counters;
    std::unique_ptr<transport::Endpoint> m_endpoint;
};

} // namespace kolam
