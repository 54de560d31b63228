// SPDX-License-Identifier: GPL-3.0-or-later
// What a load has found out, for people and for programs. Next door: load_result.h.
#pragma once

#include "demos/load/load_result.h"

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kolam::load {

/// What was done, as words beside their values: "transport" "user", "outstanding" "16".
using Circumstances = std::vector<std::pair<std::string, std::string>>;

/// A table with a line for each result, and what went wrong below it.
[[nodiscard]] std::string toTable(std::span<const LoadResult> results);
/// One JSON object on one line; times in microseconds, rates a second.
[[nodiscard]] std::string toJson(const Circumstances& circumstances, std::span<const LoadResult> results);

} // namespace kolam::load
