// SPDX-License-Identifier: GPL-3.0-or-later
// LeastSessions, ours: the fewest outstanding sessions, in turn among equals. Each selection counts as one more session
// until the element reports again. Source: docs of extensions, policy 0xb0003002.
#include "core/handlespace/ordered_selector.h"
#include "core/handlespace/policies/policies.h"

namespace kolam::policies {

const PolicyRule leastSessions{.type = wire::PolicyType::LeastSessions,
                               .base = load,
                               .step = [](const wire::Policy&) { return std::uint32_t{1}; },
                               .selector = makeSumSelector};

} // namespace kolam::policies
