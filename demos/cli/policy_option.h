// SPDX-License-Identifier: GPL-3.0-or-later
// A selection policy as people write it: the names and the order of the numbers are those of rsplib's -policy option.
#pragma once

#include "core/wire/parameters.h"

#include <expected>
#include <string>
#include <string_view>

namespace kolam::cli {

/// "RoundRobin", "WeightedRoundRobin:3", "LeastUsedDegradation:0.25", "WeightedRandomDPF:100:0.0005".
/// Weights and priorities are whole numbers; degradations and penalty factors fractions from 0 to 1.
/// The error is the end of a sentence that begins with the option's name.
[[nodiscard]] std::expected<wire::Policy, std::string> readPolicy(std::string_view text);

} // namespace kolam::cli
