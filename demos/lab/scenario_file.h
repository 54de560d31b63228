// SPDX-License-Identifier: GPL-3.0-or-later
// Reads scenario files: TOML with a schema of its own, kolam-scenario = 1. Mistakes are told with file, line and
// column, before anything is started: an unknown key, a name that nobody has, a time after the end.
// Next door: scenario.h, what a file says; docs/handbook.md, how to write one.
#pragma once

#include "demos/lab/scenario.h"

#include <expected>
#include <filesystem>
#include <string>
#include <string_view>

namespace kolam::lab {

/// The error is complete: "FILE:LINE:COLUMN: ...".
[[nodiscard]] std::expected<Scenario, std::string> readScenario(const std::filesystem::path& file);
/// @param name  what mistakes call the text
[[nodiscard]] std::expected<Scenario, std::string> readScenarioText(std::string_view toml, const std::string& name);

} // namespace kolam::lab
