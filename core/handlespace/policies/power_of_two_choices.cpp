// SPDX-License-Identifier: GPL-3.0-or-later
// PowerOfTwoChoices, ours: the less loaded of two elements that are drawn at random. It needs no fresh loads to spread
// work well. Source: docs of extensions, policy 0xb0003001.
#include "core/handlespace/policies/policies.h"
#include "core/handlespace/uniform_selector.h"

namespace kolam::policies {

const PolicyRule powerOfTwoChoices{.type = wire::PolicyType::PowerOfTwoChoices,
                                   .base = load,
                                   .step = nothing,
                                   .selector = [](bool) -> std::unique_ptr<Selector> {
                                       return std::make_unique<UniformSelector>(UniformSelector::Choices::Two);
                                   }};

} // namespace kolam::policies
