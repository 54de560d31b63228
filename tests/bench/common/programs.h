// SPDX-License-Identifier: GPL-3.0-or-later
// Programs that a measurement runs, and what they cost.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <sys/types.h>
#include <vector>

namespace kolam::bench {

/// Runs a program to its end and returns what it prints; its complaints are added to a file.
[[nodiscard]] std::string runForText(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                                     const std::filesystem::path& complaints);
/// The same, read as JSON; null when it is none.
[[nodiscard]] nlohmann::json runForJson(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                                        const std::filesystem::path& complaints);
/// Of a report of `kolam load`, or of measure_floor, the result that says what it is; null when there is none.
[[nodiscard]] nlohmann::json resultOf(const nlohmann::json& report, const std::string& what);

/// Processor time that a process has used, user and system.
[[nodiscard]] double processorSeconds(pid_t process);
/// Whether somebody, such as strace, watches it.
[[nodiscard]] bool isTraced(pid_t process);
/// Its resident memory.
[[nodiscard]] double residentMebibytes(pid_t process);
/// Of a process so far: pages that it has touched for the first time.
[[nodiscard]] double pageFaults(pid_t process);
/// What one of them costs here, in milliseconds: a microsecond or a few of them, in a user-mode guest a hundred.
[[nodiscard]] double pageFaultMilliseconds();

} // namespace kolam::bench
