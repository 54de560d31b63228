// SPDX-License-Identifier: GPL-3.0-or-later
// LeastUsed and its relatives: the lowest load, in turn among equals. "Degradation" expects each selection to add load
// until the element reports again; "Priority" counts the load that would come on top; a distance penalty factor (DPF)
// adds to the load of what is far away.
// Source: RFC 5356 section 4; drafts rserpool-policies and rserpool-delay; rsplib for their private types.
#include "core/handlespace/ordered_selector.h"
#include "core/handlespace/policies/policies.h"

#include <algorithm>

namespace kolam::policies {

namespace {

std::uint32_t degradation(const wire::Policy& policy) {
    return policy.degradation;
}
std::uint32_t loadAndDegradation(const wire::Policy& policy) {
    return saturatedSum(policy.load, policy.degradation);
}
std::uint32_t loadAndPenalty(const wire::Policy& policy) {
    const std::uint64_t penalty = std::uint64_t{policy.penaltyFactor} * policy.distance;
    return saturatedSum(policy.load, static_cast<std::uint32_t>(std::min<std::uint64_t>(penalty, 0xffffffff)));
}

} // namespace

const PolicyRule leastUsed{
    .type = wire::PolicyType::LeastUsed, .base = load, .step = nothing, .selector = makeSumSelector};
const PolicyRule leastUsedDegradation{
    .type = wire::PolicyType::LeastUsedDegradation, .base = load, .step = degradation, .selector = makeSumSelector};
const PolicyRule priorityLeastUsed{.type = wire::PolicyType::PriorityLeastUsed,
                                   .base = loadAndDegradation,
                                   .step = nothing,
                                   .selector = makeSumSelector};
const PolicyRule priorityLeastUsedDegradation{.type = wire::PolicyType::PriorityLeastUsedDegradation,
                                              .base = loadAndDegradation,
                                              .step = degradation,
                                              .selector = makeSumSelector};
const PolicyRule leastUsedDpf{
    .type = wire::PolicyType::LeastUsedDpf, .base = loadAndPenalty, .step = nothing, .selector = makeSumSelector};
const PolicyRule leastUsedDegradationDpf{.type = wire::PolicyType::LeastUsedDegradationDpf,
                                         .base = loadAndPenalty,
                                         .step = degradation,
                                         .selector = makeSumSelector};

} // namespace kolam::policies
