// SPDX-License-Identifier: GPL-3.0-or-later
// What makes a program watchable: its events at its socket and in a recording, its reports by CSP, its log lines for
// viewers, its network under observation. A program makes one before its node, gives the node what it offers, and
// opens it when the node stands. Next door: core/node/component_socket.h; core/telemetry.
#pragma once

#include "core/node/component_socket.h"
#include "core/node/watched_transport.h"
#include "core/telemetry/csp_reporter.h"
#include "core/telemetry/event_hub.h"
#include "core/telemetry/recording_writer.h"
#include "core/telemetry/telling_log.h"
#include "programs/common/values.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace kolam::programs {

inline constexpr Duration usualCspInterval = std::chrono::seconds{1};
/// What users can say about it; each program declares options for it.
struct ComponentOptions {
    std::string scope{"default"};              // --scope
    std::optional<TransportAddress> cspServer; // --csp-server, CSP_SERVER
    std::optional<Duration> cspInterval;       // --csp-interval, CSP_INTERVAL; a second
    std::string record;                        // --record
};
/// One address with a port, 2960 if none is given.
[[nodiscard]] Read<TransportAddress> readCspServer(std::string_view text);
/// "250ms"; also a number alone, of milliseconds, as the variable CSP_INTERVAL has it.
[[nodiscard]] Read<Duration> readCspInterval(std::string_view text);
/// What the environment says, where no option has said it. The error is a sentence.
[[nodiscard]] std::expected<void, std::string> readEnvironment(ComponentOptions& options);

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
        std::string program;      // "kolam-registrar"
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

} // namespace kolam::programs
