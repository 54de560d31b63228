// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/element_facts.h"

#include "core/wire/printer.h"

namespace kolam {

namespace {

double loadOf(const wire::Policy& policy) {
    const bool fraction =
        wire::policyWords(policy.type).has(wire::PolicyWords::Load) && policy.type != wire::PolicyType::LeastSessions;
    return fraction ? static_cast<double>(policy.load) / 0xffffffff : 0;
}

} // namespace

telemetry::ElementFacts factsOf(const PoolHandle& pool, const wire::PoolElement& element) {
    telemetry::ElementFacts facts{.pool = pool,
                                  .element = element.identifier,
                                  .owner = element.homeRegistrar,
                                  .address = {element.userTransport.addresses, element.userTransport.port},
                                  .policy = {},
                                  .load = loadOf(element.policy),
                                  .lifeMs = static_cast<std::uint32_t>(element.life.count())};
    wire::print(facts.policy, element.policy);
    return facts;
}

} // namespace kolam
