// SPDX-License-Identifier: GPL-3.0-or-later
// RandomizedLeastUsed and its relatives: with a probability proportional to what is free. No RFC defines the ones with
// degradation; they never accumulate it, as in rsplib. Source: RFC 5356 section 4.4.
#include "core/handlespace/policies/policies.h"
#include "core/handlespace/weighted_selector.h"

#include <algorithm>

namespace kolam::policies {

namespace {

std::unique_ptr<Selector> makeFreeSelector(bool) {
    return std::make_unique<WeightedSelector>();
}
/// At least 1: an element under full load is the last resort, but it is one.
std::uint32_t free(const wire::Policy& policy) {
    return std::max(0xffffffff - policy.load, 1u);
}
std::uint32_t freeAfterwards(const wire::Policy& policy) {
    return std::max(0xffffffff - saturatedSum(policy.load, policy.degradation), 1u);
}

} // namespace

const PolicyRule randomizedLeastUsed{
    .type = wire::PolicyType::RandomizedLeastUsed, .base = free, .step = nothing, .selector = makeFreeSelector};
const PolicyRule randomizedLeastUsedDegradation{.type = wire::PolicyType::RandomizedLeastUsedDegradation,
                                                .base = free,
                                                .step = nothing,
                                                .selector = makeFreeSelector};
const PolicyRule randomizedPriorityLeastUsed{.type = wire::PolicyType::RandomizedPriorityLeastUsed,
                                             .base = freeAfterwards,
                                             .step = nothing,
                                             .selector = makeFreeSelector};
const PolicyRule randomizedPriorityLeastUsedDegradation{.type =
                                                            wire::PolicyType::RandomizedPriorityLeastUsedDegradation,
                                                        .base = freeAfterwards,
                                                        .step = nothing,
                                                        .selector = makeFreeSelector};

} // namespace kolam::policies
