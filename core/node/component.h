// SPDX-License-Identifier: GPL-3.0-or-later
// What makes a node watchable: its events at its socket and in a recording, its reports by CSP, its log lines for
// viewers, its network under observation. Whoever makes a node makes one before it, gives the node what it offers, and
// opens it when the node stands. Next door: component_socket.h; programs/common/component_options.h; core/telemetry.
#pragma once

#include "core/node/component_socket.h"
#include "core/node/watched_transport.h"
#include "core/telemetry/csp_reporter.h"
#include "core/telemetry/event_hub.h"
#include "core/telemetry/recording_writer.h"
#include "core/telemetry/telling_log.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace kolam {

inline constexpr Duration usualCspInterval = std::chrono::seconds{1};
/// What people can say about it.
struct ComponentOptions {
    std::string scope{"default"};              // where viewers look for its socket; empty: it has none
    std::optional<TransportAddress> cspServer; // whom it reports to
    std::optional<Duration> cspInterval;       // a second
    std::string record;                        // the file of its recording; empty: none
};

class Component {
public:
    /// Everything referred to must outlive it.
    Component(DescriptorDispatcher& dispatcher, transport::Transport& transport, Log& log, ComponentOptions options);
    ~Component(); // with a farewell
    Component(const Component&) = delete;
    Component& operator=(const Component&) = delete;

    [[nodiscard]] telemetry::EventHub& hub() { return m_hub; }
    [[nodiscard]] transport::Transport& transport() { return m_transport; }
    [[nodiscard]] Log& log() { return m_log; }

    struct Node {
        telemetry::ComponentId id;
        std::string program;      // "kolam-registrar 0.1.0"
        PoolHandle pool;          // of an element
        TransportAddress address; // that reports name
        std::function<telemetry::CspContent()> cspContent;
        ComponentSocket::Handlers handlers;
    };
    /// The node stands. The error is a sentence: a recording cannot be written.
    [[nodiscard]] std::expected<void, std::string> open(Node node);

private:
    DescriptorDispatcher& m_dispatcher;
    ComponentOptions m_options;
    telemetry::EventHub m_hub;
    telemetry::TellingLog m_log;
    WatchedTransport m_transport;
    std::unique_ptr<telemetry::RecordingOfHub> m_recording;
    std::unique_ptr<ComponentSocket> m_socket;
    std::unique_ptr<telemetry::CspReporter> m_reporter;
};

} // namespace kolam
