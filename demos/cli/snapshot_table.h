// SPDX-License-Identifier: GPL-3.0-or-later
// What registrars know, as tables for people. Next door: dump.cpp; core/telemetry/registrar_snapshot.h, the values.
#pragma once

#include "core/telemetry/registrar_snapshot.h"

#include <string>
#include <vector>

namespace kolam::cli {

/// One row for each registrar.
[[nodiscard]] std::string toTable(const std::vector<telemetry::RegistrarSummary>& registrars);
/// The registrar, its peers, and its handlespace.
[[nodiscard]] std::string toTable(const telemetry::RegistrarSnapshot& snapshot);

} // namespace kolam::cli
