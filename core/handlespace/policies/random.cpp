// SPDX-License-Identifier: GPL-3.0-or-later
// Random: each element with the same probability. Source: RFC 5356 section 3.3.
#include "core/handlespace/policies/policies.h"
#include "core/handlespace/uniform_selector.h"

namespace kolam::policies {

const PolicyRule random{.type = wire::PolicyType::Random,
                        .base = nothing,
                        .step = nothing,
                        .selector = [](bool) -> std::unique_ptr<Selector> {
                            return std::make_unique<UniformSelector>(UniformSelector::Choices::One);
                        }};

} // namespace kolam::policies
