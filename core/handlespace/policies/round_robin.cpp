// SPDX-License-Identifier: GPL-3.0-or-later
// RoundRobin: who was selected longest ago. Source: RFC 5356 section 3.1.
#include "core/handlespace/policies/policies.h"
#include "core/handlespace/slot_ring.h"

namespace kolam::policies {

const PolicyRule roundRobin{.type = wire::PolicyType::RoundRobin,
                            .base = nothing,
                            .step = nothing,
                            .selector = [](bool) -> std::unique_ptr<Selector> { return std::make_unique<SlotRing>(); }};

} // namespace kolam::policies
