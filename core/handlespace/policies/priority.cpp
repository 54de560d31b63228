// SPDX-License-Identifier: GPL-3.0-or-later
// Priority: the highest priority, in turn among equals. Source: RFC 5356 section 3.5.
#include "core/handlespace/ordered_selector.h"
#include "core/handlespace/policies/policies.h"

namespace kolam::policies {

const PolicyRule priority{.type = wire::PolicyType::Priority,
                          .base = [](const wire::Policy& policy) { return 0xffffffff - policy.weight; },
                          .step = nothing,
                          .selector = makeSumSelector};

} // namespace kolam::policies
