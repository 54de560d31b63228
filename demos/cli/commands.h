// SPDX-License-Identifier: GPL-3.0-or-later
// The sub-commands of `kolam`, one file each. A command adds its options to the parser and leaves what it does in
// `run`.
#pragma once

#include <CLI/App.hpp>
#include <functional>

namespace kolam::cli {

/// What the chosen sub-command does; its result is the exit code.
using Run = std::function<int()>;

void addCalc(CLI::App& kolam, Run& run);
void addServe(CLI::App& kolam, Run& run);
void addDemo(CLI::App& kolam, Run& run);
void addDump(CLI::App& kolam, Run& run);
void addImport(CLI::App& kolam, Run& run);
void addLab(CLI::App& kolam, Run& run);
void addLoad(CLI::App& kolam, Run& run);
void addPing(CLI::App& kolam, Run& run);
void addProxy(CLI::App& kolam, Run& run);
void addScript(CLI::App& kolam, Run& run);
void addSim(CLI::App& kolam, Run& run);
void addRecord(CLI::App& kolam, Run& run);
void addReplay(CLI::App& kolam, Run& run);
void addTop(CLI::App& kolam, Run& run);
void addTerminal(CLI::App& kolam, Run& run);

} // namespace kolam::cli
