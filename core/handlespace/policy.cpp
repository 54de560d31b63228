// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlespace/policy.h"

#include "core/handlespace/policies/policies.h"

namespace kolam {

const PolicyRule* findPolicyRule(wire::PolicyType type) {
#define KOLAM_ADDRESS(name) &policies::name,
    static constexpr const PolicyRule* table[] = {KOLAM_POLICIES(KOLAM_ADDRESS)};
#undef KOLAM_ADDRESS
    for (const PolicyRule* rule : table) {
        if (rule->type == type) {
            return rule;
        }
    }
    return nullptr;
}

} // namespace kolam
