// SPDX-License-Identifier: GPL-3.0-or-later
// The services that `kolam serve` knows, one file each: it adds its options and leaves what it does in `run`.
// Next door: element_program.h, what all of them do.
#pragma once

#include "demos/cli/commands.h"

namespace kolam::cli {

void addServeCalc(CLI::App& serve, Run& run);
void addServeChargen(CLI::App& serve, Run& run);
void addServeDaytime(CLI::App& serve, Run& run);
void addServeDiscard(CLI::App& serve, Run& run);
void addServeEcho(CLI::App& serve, Run& run);
void addServeFractal(CLI::App& serve, Run& run);
void addServePingPong(CLI::App& serve, Run& run);
void addServeScript(CLI::App& serve, Run& run);

} // namespace kolam::cli
