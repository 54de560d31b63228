// SPDX-License-Identifier: GPL-3.0-or-later
// Events of users and elements: sessions, and how they survive the death of an element.
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

// ---- Users: a failover is FailoverBegan, UnreachableSent, ElementsSelected, Connecting, CookieHandedOver,
// ---- FailoverEnded, SessionEstablished: one story, whose number the registrar's events about the element have, too.

/// (state) A session with a pool is wanted.
struct SessionOpened {
    static constexpr std::string_view name = "session_opened";
    static constexpr Level level = Level::State;
    std::uint64_t session = 0; // of this user
    PoolHandle pool;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("session", self.session);
        visit("pool", self.pool);
    }
    friend bool operator==(const SessionOpened&, const SessionOpened&) = default;
};
/// Elements were found for it, best first.
struct ElementsSelected {
    static constexpr std::string_view name = "elements_selected";
    static constexpr Level level = Level::State;
    std::uint64_t session = 0;
    PoolHandle pool;
    SelectionSource source = SelectionSource::Registrar;
    std::vector<PeIdentifier> elements;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("session", self.session);
        visit("pool", self.pool);
        visit("source", self.source);
        visit("elements", self.elements);
    }
    friend bool operator==(const ElementsSelected&, const ElementsSelected&) = default;
};
struct Connecting {
    static constexpr std::string_view name = "connecting";
    static constexpr Level level = Level::State;
    std::uint64_t session = 0;
    PeIdentifier element;
    TransportAddress address;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("session", self.session);
        visit("element", self.element);
        visit("address", self.address);
    }
    friend bool operator==(const Connecting&, const Connecting&) = default;
};
/// (state) The session stands.
struct SessionEstablished {
    static constexpr std::string_view name = "session_established";
    static constexpr Level level = Level::State;
    std::uint64_t session = 0;
    PoolHandle pool;
    PeIdentifier element;
    TransportAddress address;
    bool resumed = false;   // from a cookie, not from the beginning
    std::uint32_t ppid = 0; // of what the application had sent last; 0: nothing yet
    static constexpr void fields(auto& self, auto&& visit) {
        visit("session", self.session);
        visit("pool", self.pool);
        visit("element", self.element);
        visit("address", self.address);
        visit("resumed", self.resumed);
        visit("ppid", self.ppid);
    }
    friend bool operator==(const SessionEstablished&, const SessionEstablished&) = default;
};
/// (state) There is no element to talk to now.
struct SessionWaiting {
    static constexpr std::string_view name = "session_waiting";
    static constexpr Level level = Level::State;
    std::uint64_t session = 0;
    PoolHandle pool;
    std::string why; // "no element", ...
    static constexpr void fields(auto& self, auto&& visit) {
        visit("session", self.session);
        visit("pool", self.pool);
        visit("why", self.why);
    }
    friend bool operator==(const SessionWaiting&, const SessionWaiting&) = default;
};
/// The session has lost its element: what was detected, and when.
struct FailoverBegan {
    static constexpr std::string_view name = "failover_began";
    static constexpr Level level = Level::State;
    std::uint64_t session = 0;
    PoolHandle pool;
    PeIdentifier failed;
    FailoverReason reason = FailoverReason::AssociationLost;
    std::uint64_t cookieOctets = 0; // of the state that it has; 0: none
    static constexpr void fields(auto& self, auto&& visit) {
        visit("session", self.session);
        visit("pool", self.pool);
        visit("failed", self.failed);
        visit("reason", self.reason);
        visit("cookie_octets", self.cookieOctets);
    }
    friend bool operator==(const FailoverBegan&, const FailoverBegan&) = default;
};
/// The user tells its registrar that it does not reach an element.
struct UnreachableSent {
    static constexpr std::string_view name = "unreachable_sent";
    static constexpr Level level = Level::State;
    PoolHandle pool;
    PeIdentifier element;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("pool", self.pool);
        visit("element", self.element);
    }
    friend bool operator==(const UnreachableSent&, const UnreachableSent&) = default;
};
/// The session's state goes to the element that goes on.
struct CookieHandedOver {
    static constexpr std::string_view name = "cookie_handed_over";
    static constexpr Level level = Level::State;
    std::uint64_t session = 0;
    PeIdentifier element;
    std::uint64_t octets = 0;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("session", self.session);
        visit("element", self.element);
        visit("octets", self.octets);
    }
    friend bool operator==(const CookieHandedOver&, const CookieHandedOver&) = default;
};
struct FailoverEnded {
    static constexpr std::string_view name = "failover_ended";
    static constexpr Level level = Level::State;
    std::uint64_t session = 0;
    PoolHandle pool;
    PeIdentifier failed;
    PeIdentifier next;
    FailoverReason reason = FailoverReason::AssociationLost;
    Duration took{}; // since it began
    std::uint64_t cookieOctets = 0;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("session", self.session);
        visit("pool", self.pool);
        visit("failed", self.failed);
        visit("next", self.next);
        visit("reason", self.reason);
        visit("took_ns", self.took);
        visit("cookie_octets", self.cookieOctets);
    }
    friend bool operator==(const FailoverEnded&, const FailoverEnded&) = default;
};
/// The application says what a failover has cost it.
struct WorkRedone {
    static constexpr std::string_view name = "work_redone";
    static constexpr Level level = Level::State;
    std::uint64_t session = 0;
    std::uint64_t amount = 0;
    std::string unit; // "rows"
    static constexpr void fields(auto& self, auto&& visit) {
        visit("session", self.session);
        visit("amount", self.amount);
        visit("unit", self.unit);
    }
    friend bool operator==(const WorkRedone&, const WorkRedone&) = default;
};
struct SessionClosed {
    static constexpr std::string_view name = "session_closed";
    static constexpr Level level = Level::State;
    std::uint64_t session = 0;
    PoolHandle pool;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("session", self.session);
        visit("pool", self.pool);
    }
    friend bool operator==(const SessionClosed&, const SessionClosed&) = default;
};

// ---- Elements ------------------------------------------------------------------------------------------------------

/// (state) An element serves a user; numbers of sessions are the element's own.
struct SessionAccepted {
    static constexpr std::string_view name = "session_accepted";
    static constexpr Level level = Level::State;
    std::uint64_t session = 0;
    TransportAddress user;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("session", self.session);
        visit("user", self.user);
    }
    friend bool operator==(const SessionAccepted&, const SessionAccepted&) = default;
};
/// It goes on where another element stood: the user has brought the state.
struct SessionResumed {
    static constexpr std::string_view name = "session_resumed";
    static constexpr Level level = Level::State;
    std::uint64_t session = 0;
    std::uint64_t cookieOctets = 0;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("session", self.session);
        visit("cookie_octets", self.cookieOctets);
    }
    friend bool operator==(const SessionResumed&, const SessionResumed&) = default;
};
struct SessionEnded {
    static constexpr std::string_view name = "session_ended";
    static constexpr Level level = Level::State;
    std::uint64_t session = 0;
    static constexpr void fields(auto& self, auto&& visit) { visit("session", self.session); }
    friend bool operator==(const SessionEnded&, const SessionEnded&) = default;
};
/// (state) How busy an element is; at most some ten times a second.
struct LoadChanged {
    static constexpr std::string_view name = "load_changed";
    static constexpr Level level = Level::State;
    double load = 0; // 0 to 1
    std::uint64_t sessions = 0;
    std::uint64_t refused = 0; // so far, because all slots were taken
    static constexpr void fields(auto& self, auto&& visit) {
        visit("load", self.load);
        visit("sessions", self.sessions);
        visit("refused", self.refused);
    }
    friend bool operator==(const LoadChanged&, const LoadChanged&) = default;
};

} // namespace kolam::telemetry
