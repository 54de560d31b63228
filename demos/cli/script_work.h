// SPDX-License-Identifier: GPL-3.0-or-later
// A folder and a command as work for a scripting pool, and its results back in the folder.
// Next door: script.cpp, the sub-command; demos/services/scripting/archive.h, which packs and unpacks.
#pragma once

#include "demos/services/scripting/descriptor.h"

#include <expected>
#include <string>
#include <vector>

namespace kolam::cli {

/// The script that runs a command in the folder "job" and leaves as its output every file that the command has written,
/// and what it has said (.kolam-stdout and .kolam-stderr).
[[nodiscard]] std::string workScript(const std::vector<std::string>& command);

/// Packs a folder and the script. The error is a sentence.
std::expected<scripting::Descriptor, std::string> packWork(const std::string& folder,
                                                           const std::vector<std::string>& command);

/// Unpacks results into the folder, over what is there, and says what the command has said. The error is a sentence.
std::expected<void, std::string> takeResults(const std::string& folder, const scripting::Descriptor& results);

} // namespace kolam::cli
