// SPDX-License-Identifier: GPL-3.0-or-later
// The C API's words for people: policies and notifications. Next door: rserpool_policies.h, the numbers.
#include "kolam/rserpool.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <strings.h>

namespace {

struct NamedPolicy {
    unsigned int type;
    const char* name;
};
constexpr std::array policies{
    NamedPolicy{PPT_ROUNDROBIN, "RoundRobin"},
    NamedPolicy{PPT_WEIGHTED_ROUNDROBIN, "WeightedRoundRobin"},
    NamedPolicy{PPT_RANDOM, "Random"},
    NamedPolicy{PPT_WEIGHTED_RANDOM, "WeightedRandom"},
    NamedPolicy{PPT_PRIORITY, "Priority"},
    NamedPolicy{PPT_LEASTUSED, "LeastUsed"},
    NamedPolicy{PPT_LEASTUSED_DEGRADATION, "LeastUsedDegradation"},
    NamedPolicy{PPT_PRIORITY_LEASTUSED, "PriorityLeastUsed"},
    NamedPolicy{PPT_RANDOMIZED_LEASTUSED, "RandomizedLeastUsed"},
    NamedPolicy{PPT_RANDOMIZED_PRIORITY_LEASTUSED, "RandomizedPriorityLeastUsed"},
    NamedPolicy{PPT_RANDOMIZED_LEASTUSED_DEGRADATION, "RandomizedLeastUsedDegradation"},
    NamedPolicy{PPT_PRIORITY_LEASTUSED_DEGRADATION, "PriorityLeastUsedDegradation"},
    NamedPolicy{PPT_RANDOMIZED_PRIORITY_LEASTUSED_DEGRADATION, "RandomizedPriorityLeastUsedDegradation"},
    NamedPolicy{PPT_WEIGHTED_RANDOM_DPF, "WeightedRandomDPF"},
    NamedPolicy{PPT_LEASTUSED_DPF, "LeastUsedDPF"},
    NamedPolicy{PPT_LEASTUSED_DEGRADATION_DPF, "LeastUsedDegradationDPF"},
    NamedPolicy{PPT_PRIORITY_LEASTUSED_DPF, "PriorityLeastUsedDPF"},
    NamedPolicy{PPT_PRIORITY_LEASTUSED_DEGRADATION_DPF, "PriorityLeastUsedDegradationDPF"},
};

const char* stateText(unsigned int state, const char* first, const char* second) {
    return state == 1 ? first : state == 2 ? second : "?";
}

} // namespace

const char* rsp_getpolicybytype(unsigned int policyType) {
    const auto* const found = std::ranges::find(policies, policyType, &NamedPolicy::type);
    return found != policies.end() ? found->name : nullptr;
}

unsigned int rsp_getpolicybyname(const char* policyName) {
    const auto* const found = std::ranges::find_if(policies, [&](const NamedPolicy& policy) {
        return policyName != nullptr && strcasecmp(policy.name, policyName) == 0;
    });
    return found != policies.end() ? found->type : PPT_UNDEFINED;
}

void rsp_print_notification(const union rserpool_notification* notification, FILE* fd) {
    if (notification == nullptr || fd == nullptr) {
        return;
    }
    switch (notification->rn_header.rn_type) {
    case RSERPOOL_FAILOVER:
        std::fprintf(fd, "RSERPOOL_FAILOVER %s, session %d, %s",
                     stateText(notification->rn_failover.rf_state, "NECESSARY", "COMPLETE"),
                     notification->rn_failover.rf_session,
                     notification->rn_failover.rf_has_cookie != 0 ? "with a cookie" : "without a cookie");
        break;
    case RSERPOOL_SESSION_CHANGE:
        std::fprintf(fd, "RSERPOOL_SESSION_CHANGE %s, session %d",
                     stateText(notification->rn_session_change.rsc_state, "ADD", "REMOVE"),
                     notification->rn_session_change.rsc_session);
        break;
    case RSERPOOL_SHUTDOWN_EVENT:
        std::fprintf(fd, "RSERPOOL_SHUTDOWN_EVENT session %d", notification->rn_shutdown_event.rse_session);
        break;
    default: std::fprintf(fd, "unknown notification %u", 1u * notification->rn_header.rn_type);
    }
}
