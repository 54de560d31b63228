// SPDX-License-Identifier: GPL-3.0-or-later
// How long the world may need to find its order again, as its timers promise. All times count from the last fault.
// Next door: invariants.h holds the world to them.
#pragma once

#include "tests/sim/sim_settings.h"

#include <algorithm>

namespace kolam::sim {

struct Bounds {
    Duration start;            // until everybody has found everybody, in the beginning
    Duration home;             // a dead element is kept by its registrar (I3)
    Duration elsewhere;        // and by the others
    Duration agreement;        // registrars disagree (I1)
    Duration hesitation;       // they disagree, in a calm world, while something is on its way
    Duration dual;             // two registrars own one element (I4)
    Duration lost;             // a live element is unknown somewhere (I2)
    Duration agreementAsARule; // in 99 of 100 cases
    Duration cleanFailover;    // of a session in 99 of 100 cases, when the death shows (I6)
    Duration silentFailover;   // and when it does not
    Duration liveness;         // users get no answers, elements are not registered (I10)
    Duration calm;             // between two bouts of faults
    Duration ending;           // after the last one: longer than all of these
};

[[nodiscard]] inline Bounds boundsOf(const Settings& settings) {
    const Profile& p = settings.profile;
    Bounds bounds{};
    const Duration death = p.peerLastHeard + p.peerNoResponse + p.takeoverExpiry;
    // The keep-alive's interval varies by half of itself.
    bounds.home = p.elementKeepAliveInterval * 3 / 2 + p.elementKeepAliveTimeout + 1s;
    bounds.elsewhere = bounds.home + p.peerHeartbeat;
    // The issue says 3 heartbeats and 2 seconds; a registrar's death that the last fault has hidden comes before them.
    bounds.agreement = death + 3 * p.peerHeartbeat + 2s + bounds.home;
    bounds.agreementAsARule = death + 3 * p.peerHeartbeat + 2s;
    bounds.cleanFailover = 2 * p.sessionKeepAliveInterval;
    bounds.silentFailover = p.sessionKeepAliveInterval * (p.sessionKeepAliveMissed + 1) + 4 * p.sessionConnect;
    bounds.hesitation = 3 * p.peerHeartbeat;
    bounds.dual = p.takeoverExpiry + p.peerHeartbeat * 5 / 4 + 250ms; // the last is how often anybody looks
    bounds.lost = bounds.agreement;
    bounds.liveness = std::max<Duration>(30s, 4 * bounds.agreement);
    bounds.calm = bounds.agreement + 5s;
    bounds.ending = bounds.liveness + 5s;
    bounds.start = bounds.agreement + p.mentorDiscovery + 5s;
    return bounds;
}

} // namespace kolam::sim
