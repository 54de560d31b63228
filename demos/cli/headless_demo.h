// SPDX-License-Identifier: GPL-3.0-or-later
// What `kolam demo --headless` promises, checked: the window's own account of the run and its image against an
// undisturbed computation. Next door: demo.cpp, which runs it.
#pragma once

#include <expected>
#include <filesystem>
#include <string>

namespace kolam::cli {

/// Compares what the window wrote with a computation that nobody disturbed.
/// @param report  the window's report (JSON)
/// @param counts  the window's iteration buffer: 32-bit big-endian counts, row by row
/// @return the lines to print; the error says what is wrong.
std::expected<std::string, std::string> judgeRun(const std::filesystem::path& report,
                                                 const std::filesystem::path& counts, bool aFailoverIsExpected);

} // namespace kolam::cli
