// SPDX-License-Identifier: GPL-3.0-or-later
// Every policy of this folder. Next door: policy.h, what a policy is; policy.cpp, which looks them up.
#pragma once

#include "core/handlespace/policy.h"

// The table: a new policy is a file here, its line in CMakeLists.txt, and one line below.
// clang-format off
#define KOLAM_POLICIES(POLICY) \
    POLICY(roundRobin) \
    POLICY(weightedRoundRobin) \
    POLICY(random) \
    POLICY(weightedRandom) \
    POLICY(weightedRandomDpf) \
    POLICY(priority) \
    POLICY(leastUsed) \
    POLICY(leastUsedDegradation) \
    POLICY(leastUsedDpf) \
    POLICY(leastUsedDegradationDpf) \
    POLICY(priorityLeastUsed) \
    POLICY(priorityLeastUsedDegradation) \
    POLICY(randomizedLeastUsed) \
    POLICY(randomizedLeastUsedDegradation) \
    POLICY(randomizedPriorityLeastUsed) \
    POLICY(randomizedPriorityLeastUsedDegradation) \
    POLICY(powerOfTwoChoices) \
    POLICY(leastSessions) \
    POLICY(consistentHash)
// clang-format on

namespace kolam::policies {

#define KOLAM_DECLARE(name) extern const PolicyRule name;
KOLAM_POLICIES(KOLAM_DECLARE)
#undef KOLAM_DECLARE

/// What many policies make of their words.
inline std::uint32_t weight(const wire::Policy& policy) {
    return policy.weight;
}
inline std::uint32_t load(const wire::Policy& policy) {
    return policy.load;
}
inline std::uint32_t nothing(const wire::Policy&) {
    return 0;
}

} // namespace kolam::policies
