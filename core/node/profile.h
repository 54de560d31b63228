// SPDX-License-Identifier: GPL-3.0-or-later
// Timer profiles: one struct of all protocol timers, and the named sets of values.
// Sources: procedures of the reference implementation (section 2), RFC 5352 and 5353, our extensions (section 4).
#pragma once

#include "core/base/time.h"
#include "core/transport/transport.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace kolam {

/// Every timer and limit of registrar, element and user. Durations are real time; counts have no unit.
struct Profile {
    std::string_view name;
    // registrar
    Duration announceInterval; // SERVER_ANNOUNCE, varied by 12.5 %
    Duration elementKeepAliveInterval;
    Duration elementKeepAliveTimeout;
    std::uint16_t maxUnreachableReports; // distinct reporters until an element is removed although it answers
    Duration peerHeartbeat;
    Duration peerLastHeard;
    Duration peerNoResponse;
    Duration takeoverExpiry;
    Duration mentorDiscovery;
    // endpoints
    Duration announceTimeout; // a registrar that was not heard for so long is forgotten
    Duration huntConnect;     // one round of connects to registrars, doubled with each round up to huntConnectMax
    Duration huntConnectMax;
    Duration registrarRequest; // an answer of the registrar
    std::uint16_t maxRequestTrials;
    Duration reRegistration;
    Duration registrationLife;
    Duration staleCache; // how long a resolution may be used again
    // sessions
    Duration sessionConnect;
    Duration sessionKeepAliveInterval;
    std::uint16_t sessionKeepAliveMissed;
    Duration featuresTimeout; // no KEEP_ALIVE_ACK within it: the peer is of another implementation
    Duration retryFirst;      // back-off of failover attempts that find no element, doubled up to retryMax
    Duration retryMax;
    Duration reportInterval; // CSP
    transport::Liveness liveness;
};

/// "rsplib": the reference implementation's values; "rfc"; "demo": fast enough for a room to see; "fast": a fifth of
/// that.
[[nodiscard]] const Profile& rsplibProfile();
[[nodiscard]] const Profile& rfcProfile();
[[nodiscard]] const Profile& demoProfile();
[[nodiscard]] const Profile& fastProfile();
/// The profile of that name, if there is one.
[[nodiscard]] const Profile* findProfile(std::string_view name);

} // namespace kolam
