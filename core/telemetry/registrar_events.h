// SPDX-License-Identifier: GPL-3.0-or-later
// Events of registrars: elements in the handlespace, questions about them, and other registrars.
// Next door: events.h, which joins all events and says how they are declared.
#pragma once

#include "core/base/address.h"
#include "core/telemetry/component.h"
#include "core/telemetry/event_words.h"

#include <string>
#include <string_view>

namespace kolam::telemetry {

// ---- Registrars: elements ------------------------------------------------------------------------------------------

/// What a registrar knows of an element.
struct ElementFacts {
    PoolHandle pool;
    PeIdentifier element;
    ServerId owner; // its home registrar
    TransportAddress address;
    std::string policy; // "LeastUsed:load=50%"
    double load = 0;    // 0 to 1, of adaptive policies
    std::uint32_t lifeMs = 0;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("pool", self.pool);
        visit("element", self.element);
        visit("owner", self.owner);
        visit("address", self.address);
        visit("policy", self.policy);
        visit("load", self.load);
        visit("life_ms", self.lifeMs);
    }
    friend bool operator==(const ElementFacts&, const ElementFacts&) = default;
};
/// (state) An element is in this registrar's handlespace.
struct ElementRegistered {
    static constexpr std::string_view name = "element_registered";
    static constexpr Level level = Level::State;
    ElementFacts facts;
    static constexpr void fields(auto& self, auto&& visit) { ElementFacts::fields(self.facts, visit); }
    friend bool operator==(const ElementRegistered&, const ElementRegistered&) = default;
};
/// It has registered again, with other data. Those that change nothing are only counted.
struct ElementReregistered {
    static constexpr std::string_view name = "element_reregistered";
    static constexpr Level level = Level::State;
    ElementFacts facts;
    static constexpr void fields(auto& self, auto&& visit) { ElementFacts::fields(self.facts, visit); }
    friend bool operator==(const ElementReregistered&, const ElementReregistered&) = default;
};
struct ElementRemoved {
    static constexpr std::string_view name = "element_removed";
    static constexpr Level level = Level::State;
    PoolHandle pool;
    PeIdentifier element;
    Removal reason = Removal::Deregistered;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("pool", self.pool);
        visit("element", self.element);
        visit("reason", self.reason);
    }
    friend bool operator==(const ElementRemoved&, const ElementRemoved&) = default;
};
struct OwnerChanged {
    static constexpr std::string_view name = "owner_changed";
    static constexpr Level level = Level::State;
    PoolHandle pool;
    PeIdentifier element;
    ServerId from;
    ServerId to;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("pool", self.pool);
        visit("element", self.element);
        visit("from", self.from);
        visit("to", self.to);
    }
    friend bool operator==(const OwnerChanged&, const OwnerChanged&) = default;
};
/// A user has told this registrar that it does not reach an element.
struct UnreachableReported {
    static constexpr std::string_view name = "unreachable_reported";
    static constexpr Level level = Level::State;
    PoolHandle pool;
    PeIdentifier element;
    TransportAddress from; // the user's
    static constexpr void fields(auto& self, auto&& visit) {
        visit("pool", self.pool);
        visit("element", self.element);
        visit("from", self.from);
    }
    friend bool operator==(const UnreachableReported&, const UnreachableReported&) = default;
};
/// A pool was resolved: a sample, `skipped` others were not told since the last one.
struct HandleResolved {
    static constexpr std::string_view name = "handle_resolved";
    static constexpr Level level = Level::State;
    PoolHandle pool;
    TransportAddress from;
    std::uint64_t skipped = 0;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("pool", self.pool);
        visit("from", self.from);
        visit("skipped", self.skipped);
    }
    friend bool operator==(const HandleResolved&, const HandleResolved&) = default;
};
/// (state) What a registrar has done since it started, and what it holds; at most once a second, when it has changed.
struct RegistrarCounted {
    static constexpr std::string_view name = "registrar_counted";
    static constexpr Level level = Level::State;
    std::uint64_t registrations = 0; // those that came again included
    std::uint64_t deregistrations = 0;
    std::uint64_t resolutions = 0;
    std::uint64_t unreachableReports = 0;
    std::uint64_t elements = 0;
    std::uint64_t ownElements = 0;
    std::uint64_t pools = 0;
    std::uint64_t associations = 0;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("registrations", self.registrations);
        visit("deregistrations", self.deregistrations);
        visit("resolutions", self.resolutions);
        visit("unreachable_reports", self.unreachableReports);
        visit("elements", self.elements);
        visit("own_elements", self.ownElements);
        visit("pools", self.pools);
        visit("associations", self.associations);
    }
    friend bool operator==(const RegistrarCounted&, const RegistrarCounted&) = default;
};

// ---- Registrars: peers ---------------------------------------------------------------------------------------------

/// (state) Another registrar is a peer, and heard.
struct PeerUp {
    static constexpr std::string_view name = "peer_up";
    static constexpr Level level = Level::State;
    ServerId peer;
    TransportAddress address;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("peer", self.peer);
        visit("address", self.address);
    }
    friend bool operator==(const PeerUp&, const PeerUp&) = default;
};
/// It was not heard for too long, and has been asked whether it lives. When it answers, it is up again.
struct PeerSilent {
    static constexpr std::string_view name = "peer_silent";
    static constexpr Level level = Level::State;
    ServerId peer;
    static constexpr void fields(auto& self, auto&& visit) { visit("peer", self.peer); }
    friend bool operator==(const PeerSilent&, const PeerSilent&) = default;
};
struct PeerLost {
    static constexpr std::string_view name = "peer_lost";
    static constexpr Level level = Level::State;
    ServerId peer;
    static constexpr void fields(auto& self, auto&& visit) { visit("peer", self.peer); }
    friend bool operator==(const PeerLost&, const PeerLost&) = default;
};
/// This registrar asks the others to let it take over the elements of a dead one.
struct TakeoverBegan {
    static constexpr std::string_view name = "takeover_began";
    static constexpr Level level = Level::State;
    ServerId target;
    std::uint64_t elements = 0;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("target", self.target);
        visit("elements", self.elements);
    }
    friend bool operator==(const TakeoverBegan&, const TakeoverBegan&) = default;
};
struct TakeoverAcknowledged {
    static constexpr std::string_view name = "takeover_acknowledged";
    static constexpr Level level = Level::State;
    ServerId target;
    ServerId by;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("target", self.target);
        visit("by", self.by);
    }
    friend bool operator==(const TakeoverAcknowledged&, const TakeoverAcknowledged&) = default;
};
struct TakeoverEnded {
    static constexpr std::string_view name = "takeover_ended";
    static constexpr Level level = Level::State;
    ServerId target;
    ServerId successor;
    std::uint64_t elements = 0;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("target", self.target);
        visit("successor", self.successor);
        visit("elements", self.elements);
    }
    friend bool operator==(const TakeoverEnded&, const TakeoverEnded&) = default;
};

} // namespace kolam::telemetry
