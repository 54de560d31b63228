// SPDX-License-Identifier: GPL-3.0-or-later
// WeightedRandom: each element with a probability proportional to its weight; with a distance penalty factor (DPF), the
// further away an element is, the less of its weight counts. Source: RFC 5356 section 3.4, draft rserpool-delay.
#include "core/handlespace/policies/policies.h"
#include "core/handlespace/weighted_selector.h"

#include <cmath>

namespace kolam::policies {

namespace {

std::unique_ptr<Selector> makeWeightedSelector(bool) {
    return std::make_unique<WeightedSelector>();
}

/// A weight that distance has used up still counts as 1; one that is 0 stays 0.
std::uint32_t remainingWeight(const wire::Policy& policy) {
    const double full = policy.weight;
    const double lost = std::rint(full * policy.distance * (policy.penaltyFactor / double{0xffffffff}));
    return lost > full ? 1 : static_cast<std::uint32_t>(full - lost);
}

} // namespace

const PolicyRule weightedRandom{
    .type = wire::PolicyType::WeightedRandom, .base = weight, .step = nothing, .selector = makeWeightedSelector};
const PolicyRule weightedRandomDpf{.type = wire::PolicyType::WeightedRandomDpf,
                                   .base = remainingWeight,
                                   .step = nothing,
                                   .selector = makeWeightedSelector};

} // namespace kolam::policies
