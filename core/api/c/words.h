// SPDX-License-Identifier: GPL-3.0-or-later
// Arguments of the C API, checked and made into the words of the C++ API.
// Next door: sockets.cpp and basic_mode.cpp, which take them.
#pragma once

#include "core/api/c/outcome.h"
#include "kolam/rserpool.h"
#include "kolam/types.h"

#include <string>

namespace kolam::rsp {

/// Errors: EINVAL.
[[nodiscard]] inline Outcome<std::string> poolOf(const unsigned char* handle, std::size_t size) {
    if (handle == nullptr || size == 0) {
        return failure(EINVAL);
    }
    return std::string{reinterpret_cast<const char*>(handle), size};
}

[[nodiscard]] inline api::Policy policyOf(const rsp_loadinfo* info) {
    api::Policy policy;
    if (info == nullptr) {
        return policy;
    }
    const auto part = [](std::uint32_t number) { return number / 4294967295.0; };
    policy.type = static_cast<api::PolicyType>(info->rli_policy);
    policy.weight = info->rli_weight;
    policy.load = part(info->rli_load);
    policy.degradation = part(info->rli_load_degradation);
    policy.penaltyFactor =
        part(info->rli_policy == PPT_WEIGHTED_RANDOM_DPF ? info->rli_weight_dpf : info->rli_load_dpf);
    return policy;
}

} // namespace kolam::rsp
