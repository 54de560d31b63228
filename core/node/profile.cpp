// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/profile.h"

#include <array>

namespace kolam {

using namespace std::chrono_literals;

namespace {

constexpr Duration probe = 100ms; // of peers on the same host: costs microseconds, and no profile wants to be slow here

constexpr Profile rsplib{
    .name = "rsplib",
    .announceInterval = 1s,
    .elementKeepAliveInterval = 5s,
    .elementKeepAliveTimeout = 5s,
    .maxUnreachableReports = 3,
    .peerHeartbeat = 2'444'444us,
    .peerLastHeard = 5s,
    .peerNoResponse = 5s,
    .takeoverExpiry = 5s,
    .mentorDiscovery = 5s,
    .announceTimeout = 5s,
    .huntConnect = 7'500ms,
    .huntConnectMax = 7'500ms,
    .registrarRequest = 3s,
    .maxRequestTrials = 1,
    .reRegistration = 30s,
    .registrationLife = 90s,
    .staleCache = 0s,
    .sessionConnect = 5s,
    .sessionKeepAliveInterval = 1s, // the reference has none; this is ours, towards elements of ours
    .sessionKeepAliveMissed = 3,
    .featuresTimeout = 500ms,
    .retryFirst = 250ms,
    .retryMax = 4s,
    .reportInterval = 1s,
    .liveness = {.heartbeat = 15s,
                 .rtoInitial = 2s,
                 .rtoMin = 1s,
                 .rtoMax = 5s,
                 .pathMaxRetransmissions = 3,
                 .associationMaxRetransmissions = 8,
                 .initAttempts = 8,
                 .sameHostProbe = probe},
};

constexpr Profile rfc{
    .name = "rfc",
    .announceInterval = 1s,
    .elementKeepAliveInterval = 5s,
    .elementKeepAliveTimeout = 5s,
    .maxUnreachableReports = 3,
    .peerHeartbeat = 30s,
    .peerLastHeard = 61s,
    .peerNoResponse = 5s,
    .takeoverExpiry = 5s,
    .mentorDiscovery = 5s,
    .announceTimeout = 5s,
    .huntConnect = 10s,
    .huntConnectMax = 60s,
    .registrarRequest = 15s,
    .maxRequestTrials = 3, // MAX-REQUEST-RETRANSMIT 2, and the first transmission
    .reRegistration = 600s,
    .registrationLife = 620s,
    .staleCache = 30s,
    .sessionConnect = 5s,
    .sessionKeepAliveInterval = 5s,
    .sessionKeepAliveMissed = 3,
    .featuresTimeout = 500ms,
    .retryFirst = 1s,
    .retryMax = 60s,
    .reportInterval = 1s,
    .liveness = {.sameHostProbe = probe}, // else RFC 9260
};

constexpr Profile demo{
    .name = "demo",
    .announceInterval = 250ms,
    .elementKeepAliveInterval = 250ms,
    .elementKeepAliveTimeout = 500ms,
    .maxUnreachableReports = 3,
    .peerHeartbeat = 250ms,
    .peerLastHeard = 750ms,
    .peerNoResponse = 250ms,
    .takeoverExpiry = 500ms,
    .mentorDiscovery = 750ms,
    .announceTimeout = 1s,
    .huntConnect = 500ms,
    .huntConnectMax = 2s,
    .registrarRequest = 500ms,
    .maxRequestTrials = 3,
    .reRegistration = 2s,
    .registrationLife = 6s,
    .staleCache = 1s,
    .sessionConnect = 500ms,
    .sessionKeepAliveInterval = 250ms,
    .sessionKeepAliveMissed = 3,
    .featuresTimeout = 500ms,
    .retryFirst = 250ms,
    .retryMax = 2s,
    .reportInterval = 250ms,
    .liveness = {.heartbeat = 500ms,
                 .rtoInitial = 200ms,
                 .rtoMin = 100ms,
                 .rtoMax = 500ms,
                 .pathMaxRetransmissions = 3,
                 .associationMaxRetransmissions = 4,
                 .initAttempts = 4,
                 .sameHostProbe = 20ms},
};

// A fifth of demo, for hosts whose processors are not all busy. Sessions are watched a little more closely than that,
// so that a failover fits into 150 ms as a whole; a probe of the same host more often than each 10 ms would prove
// nothing.
constexpr Profile fast{
    .name = "fast",
    .announceInterval = 50ms,
    .elementKeepAliveInterval = 50ms,
    .elementKeepAliveTimeout = 100ms,
    .maxUnreachableReports = 3,
    .peerHeartbeat = 50ms,
    .peerLastHeard = 150ms,
    .peerNoResponse = 50ms,
    .takeoverExpiry = 100ms,
    .mentorDiscovery = 150ms,
    .announceTimeout = 200ms,
    .huntConnect = 100ms,
    .huntConnectMax = 400ms,
    .registrarRequest = 100ms,
    .maxRequestTrials = 3,
    .reRegistration = 400ms,
    .registrationLife = 1'200ms,
    .staleCache = 200ms,
    .sessionConnect = 100ms,
    .sessionKeepAliveInterval = 40ms,
    .sessionKeepAliveMissed = 3,
    .featuresTimeout = 100ms,
    .retryFirst = 50ms,
    .retryMax = 400ms,
    .reportInterval = 50ms,
    .liveness = {.heartbeat = 100ms,
                 .rtoInitial = 40ms,
                 .rtoMin = 20ms,
                 .rtoMax = 100ms,
                 .pathMaxRetransmissions = 3,
                 .associationMaxRetransmissions = 4,
                 .initAttempts = 4,
                 .sameHostProbe = 10ms},
};

} // namespace

const Profile& rsplibProfile() {
    return rsplib;
}

const Profile& rfcProfile() {
    return rfc;
}

const Profile& demoProfile() {
    return demo;
}

const Profile& fastProfile() {
    return fast;
}

const Profile* findProfile(std::string_view name) {
    static constexpr std::array<const Profile*, 4> all{&rsplib, &rfc, &demo, &fast};
    for (const Profile* profile : all) {
        if (profile->name == name) {
            return profile;
        }
    }
    return nullptr;
}

} // namespace kolam
