// SPDX-License-Identifier: GPL-3.0-or-later
// Events of the network under all components, its faults, and of the stream of events itself.
// Next door: events.h, which joins all events and says how they are declared.
#pragma once

#include "core/base/address.h"
#include "core/base/octets.h"
#include "core/base/time.h"
#include "core/telemetry/event_words.h"

#include <string>
#include <string_view>
#include <vector>

namespace kolam::telemetry {

/// (state) An association stands.
struct AssociationUp {
    static constexpr std::string_view name = "association_up";
    static constexpr Level level = Level::State;
    std::uint64_t association = 0; // number of this component's
    TransportAddress local;
    TransportAddress peer;
    bool incoming = false;
    std::string transport; // "user", "kernel", ...
    static constexpr void fields(auto& self, auto&& visit) {
        visit("association", self.association);
        visit("local", self.local);
        visit("peer", self.peer);
        visit("incoming", self.incoming);
        visit("transport", self.transport);
    }
    friend bool operator==(const AssociationUp&, const AssociationUp&) = default;
};
struct AssociationDown {
    static constexpr std::string_view name = "association_down";
    static constexpr Level level = Level::State;
    std::uint64_t association = 0;
    TransportAddress peer;
    std::string reason; // "process gone", "aborted by peer", ...
    static constexpr void fields(auto& self, auto&& visit) {
        visit("association", self.association);
        visit("peer", self.peer);
        visit("reason", self.reason);
    }
    friend bool operator==(const AssociationDown&, const AssociationDown&) = default;
};
/// One whole message of an association, or datagram of a group; `skipped` others were not told since the last one.
struct MessageSeen {
    static constexpr std::string_view name = "message_seen";
    static constexpr Level level = Level::Messages;
    Direction direction = Direction::Sent;
    std::uint64_t association = 0; // 0: a datagram
    TransportAddress peer;
    std::uint32_t ppid = 0;
    std::uint64_t octets = 0;
    std::string type; // "ASAP_REGISTRATION"; empty: no protocol of pools
    std::uint64_t skipped = 0;
    Octets payload; // for viewers of level payload
    static constexpr void fields(auto& self, auto&& visit) {
        visit("direction", self.direction);
        visit("association", self.association);
        visit("peer", self.peer);
        visit("ppid", self.ppid);
        visit("octets", self.octets);
        visit("type", self.type);
        visit("skipped", self.skipped);
        visit("payload", self.payload);
    }
    friend bool operator==(const MessageSeen&, const MessageSeen&) = default;
};

/// (state) Something is made worse on purpose.
struct FaultBegan {
    static constexpr std::string_view name = "fault_began";
    static constexpr Level level = Level::State;
    std::uint64_t fault = 0; // number of the fault at this component
    FaultKind kind = FaultKind::Loss;
    std::string target;                  // who suffers, when it is another component
    std::vector<TransportAddress> peers; // none: all
    double probability = 0;              // of loss
    Duration delay{};
    Duration lasts{}; // 0: until it is healed
    static constexpr void fields(auto& self, auto&& visit) {
        visit("fault", self.fault);
        visit("kind", self.kind);
        visit("target", self.target);
        visit("peers", self.peers);
        visit("probability", self.probability);
        visit("delay_ns", self.delay);
        visit("lasts_ns", self.lasts);
    }
    friend bool operator==(const FaultBegan&, const FaultBegan&) = default;
};
struct FaultEnded {
    static constexpr std::string_view name = "fault_ended";
    static constexpr Level level = Level::State;
    std::uint64_t fault = 0;
    FaultKind kind = FaultKind::Loss;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("fault", self.fault);
        visit("kind", self.kind);
    }
    friend bool operator==(const FaultEnded&, const FaultEnded&) = default;
};

/// What follows until SnapshotEnded is how things are, told as if it had just come to be; what was known is forgotten.
struct SnapshotBegan {
    static constexpr std::string_view name = "snapshot_began";
    static constexpr Level level = Level::State;
    static constexpr void fields(auto&, auto&&) {}
    friend bool operator==(const SnapshotBegan&, const SnapshotBegan&) = default;
};
struct SnapshotEnded {
    static constexpr std::string_view name = "snapshot_ended";
    static constexpr Level level = Level::State;
    static constexpr void fields(auto&, auto&&) {}
    friend bool operator==(const SnapshotEnded&, const SnapshotEnded&) = default;
};
/// In recordings: what follows until KeyFrameEnded is how things are at this moment. Who reads a recording from its
/// beginning knows all that already, and skips it; who begins in the middle begins here.
struct KeyFrameBegan {
    static constexpr std::string_view name = "key_frame_began";
    static constexpr Level level = Level::State;
    static constexpr void fields(auto&, auto&&) {}
    friend bool operator==(const KeyFrameBegan&, const KeyFrameBegan&) = default;
};
struct KeyFrameEnded {
    static constexpr std::string_view name = "key_frame_ended";
    static constexpr Level level = Level::State;
    static constexpr void fields(auto&, auto&&) {}
    friend bool operator==(const KeyFrameEnded&, const KeyFrameEnded&) = default;
};
/// This viewer was too slow, and has not heard of so many events: of a component, and a snapshot follows; or of nobody
/// in particular, and they were reports of CSP.
struct EventsDropped {
    static constexpr std::string_view name = "events_dropped";
    static constexpr Level level = Level::State;
    std::uint64_t count = 0;
    static constexpr void fields(auto& self, auto&& visit) { visit("count", self.count); }
    friend bool operator==(const EventsDropped&, const EventsDropped&) = default;
};

} // namespace kolam::telemetry
