// SPDX-License-Identifier: GPL-3.0-or-later
// The socket of one component on this host: queries, the stream of its events, and commands, which it obeys here:
// faults of its network, each undone by time, by command, or with the process; stop, drain and closing
// sessions by whoever knows how.
// Next door: core/telemetry, which carries all this; watched_transport.h; component.h, which opens it.
#pragma once

#include "core/base/log.h"
#include "core/dispatch/dispatcher.h"
#include "core/telemetry/commands.h"
#include "core/telemetry/event_hub.h"
#include "core/telemetry/event_streams.h"
#include "core/telemetry/observer_server.h"

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace kolam {

/// The faults that this process does to its own network.
class NetworkFaults final : telemetry::TelemetrySubject {
public:
    NetworkFaults(Dispatcher& dispatcher, telemetry::Telemetry& telemetry);
    ~NetworkFaults() override; // heals all
    NetworkFaults(const NetworkFaults&) = delete;
    NetworkFaults& operator=(const NetworkFaults&) = delete;

    /// @return the number of the fault.
    std::uint64_t begin(const telemetry::FaultCommand& fault);
    /// False: there is no such fault (any more).
    bool heal(std::uint64_t fault);
    void healAll();

private:
    struct Fault {
        telemetry::FaultBegan told;
        std::uint64_t packets = 0; // number in transport::PacketFaults
        TimerId timer = TimerId::None;
    };
    [[nodiscard]] telemetry::SnapshotParts snapshot() override;

    Dispatcher& m_dispatcher;
    telemetry::Telemetry& m_telemetry;
    std::map<std::uint64_t, Fault> m_faults;
    std::uint64_t m_last = 0;
};

class ComponentSocket {
public:
    struct Handlers {
        telemetry::ObserverServer::Answer answer; // of queries; nothing: there are none
        std::function<void()> stop;               // nothing: it cannot
        std::function<void()> drain;
        std::function<void()> closeSessions;
        std::function<void(bool on)> maintenance;
        std::string noFaults; // why its network cannot be disturbed from here; empty: it can
    };
    /// Nothing, and a warning, when there can be no socket: the component works all the same.
    /// Everything referred to must outlive the socket.
    static std::unique_ptr<ComponentSocket> open(DescriptorDispatcher& dispatcher, Log& log, telemetry::EventHub& hub,
                                                 std::string_view scope, Handlers handlers);

    [[nodiscard]] const std::filesystem::path& path() const { return m_server->path(); }
    [[nodiscard]] std::size_t viewerCount() const { return m_streams.viewerCount(); }

private:
    ComponentSocket(DescriptorDispatcher& dispatcher, telemetry::EventHub& hub, Handlers handlers);
    std::expected<telemetry::NextLine, std::string> answer(std::string_view line);
    std::expected<telemetry::CommandDone, std::string> obey(const telemetry::Command& command);

    Dispatcher& m_dispatcher;
    Handlers m_handlers;
    NetworkFaults m_faults;
    telemetry::EventStreams m_streams;
    std::unique_ptr<telemetry::ObserverServer> m_server;
};

} // namespace kolam
