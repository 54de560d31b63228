// SPDX-License-Identifier: GPL-3.0-or-later
// Events of every kind of component: coming, going, what it does, its log, and reports of CSP.
// Next door: events.h, which joins all events and says how they are declared.
#pragma once

#include "core/base/address.h"
#include "core/base/time.h"
#include "core/telemetry/component.h"
#include "core/telemetry/event_words.h"

#include <string>
#include <string_view>
#include <vector>

namespace kolam::telemetry {

/// (state) A component is there: the first event of each stream.
struct ComponentUp {
    static constexpr std::string_view name = "component_up";
    static constexpr Level level = Level::State;
    std::string program; // "kolam-registrar 0.1.0"
    std::uint32_t pid = 0;
    std::string host;
    PoolHandle pool;                         // of an element
    std::vector<TransportAddress> addresses; // of its endpoints: what peers see of it, and faults can name
    static constexpr void fields(auto& self, auto&& visit) {
        visit("program", self.program);
        visit("pid", self.pid);
        visit("host", self.host);
        visit("pool", self.pool);
        visit("addresses", self.addresses);
    }
    friend bool operator==(const ComponentUp&, const ComponentUp&) = default;
};
/// (state) What it is doing, and where its registrar is.
struct StateChanged {
    static constexpr std::string_view name = "state_changed";
    static constexpr Level level = Level::State;
    ComponentState state = ComponentState::Starting;
    ServerId registrar; // of an element or user; 0: none
    TransportAddress registrarAddress;
    std::string detail; // for people
    static constexpr void fields(auto& self, auto&& visit) {
        visit("state", self.state);
        visit("registrar", self.registrar);
        visit("registrar_address", self.registrarAddress);
        visit("detail", self.detail);
    }
    friend bool operator==(const StateChanged&, const StateChanged&) = default;
};
/// Its farewell: nothing follows, and nothing is wrong.
struct ComponentFinal {
    static constexpr std::string_view name = "component_final";
    static constexpr Level level = Level::State;
    std::string why;
    static constexpr void fields(auto& self, auto&& visit) { visit("why", self.why); }
    friend bool operator==(const ComponentFinal&, const ComponentFinal&) = default;
};
/// Told by who watches: it is gone without a farewell.
struct ComponentDown {
    static constexpr std::string_view name = "component_down";
    static constexpr Level level = Level::State;
    DownKind how = DownKind::StreamEnded;
    static constexpr void fields(auto& self, auto&& visit) { visit("how", self.how); }
    friend bool operator==(const ComponentDown&, const ComponentDown&) = default;
};
/// Told by who watches: after a silence, it is heard again; it was frozen.
struct ComponentHeard {
    static constexpr std::string_view name = "component_heard";
    static constexpr Level level = Level::State;
    Duration silentFor{};
    static constexpr void fields(auto& self, auto&& visit) { visit("silent_for_ns", self.silentFor); }
    friend bool operator==(const ComponentHeard&, const ComponentHeard&) = default;
};
/// A line of its log.
struct LogLine {
    static constexpr std::string_view name = "log_line";
    static constexpr Level level = Level::State;
    Severity severity = Severity::Info;
    std::string text;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("severity", self.severity);
        visit("text", self.text);
    }
    friend bool operator==(const LogLine&, const LogLine&) = default;
};
/// A report of CSP 0x0200, as a monitor has received it: all that is known of components of others.
struct StatusReported {
    static constexpr std::string_view name = "status_reported";
    static constexpr Level level = Level::State;
    struct Association {
        ComponentId receiver;
        std::uint32_t ppid = 0;
        std::uint64_t durationUs = wire::CspAssociation::unknownDuration;
        static constexpr void fields(auto& self, auto&& visit) {
            visit("receiver", self.receiver);
            visit("ppid", self.ppid);
            visit("duration_us", self.durationUs);
        }
        friend bool operator==(const Association&, const Association&) = default;
    };
    TransportAddress source;
    bool final = false;
    bool conflicting = false; // another sender uses this identifier at the same time
    std::string location;
    std::string status;
    std::uint64_t uptimeUs = 0;
    std::uint32_t intervalUs = 0;
    std::uint16_t workload = wire::CspReport::noWorkload;
    std::vector<Association> associations;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("source", self.source);
        visit("final", self.final);
        visit("conflicting", self.conflicting);
        visit("location", self.location);
        visit("status", self.status);
        visit("uptime_us", self.uptimeUs);
        visit("interval_us", self.intervalUs);
        visit("workload", self.workload);
        visit("associations", self.associations);
    }
    friend bool operator==(const StatusReported&, const StatusReported&) = default;
};

} // namespace kolam::telemetry
