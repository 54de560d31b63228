// SPDX-License-Identifier: GPL-3.0-or-later
// Man pages and a bash completion for a command line, made of what its parser knows: so they are never stale.
// Next door: commands.h, whose commands they are.
#pragma once

#include <CLI/App.hpp>
#include <functional>
#include <string>
#include <vector>

namespace kolam::cli {

struct Document {
    std::string name; // of a file: "kolam-serve-echo.1", "kolam"
    std::string text;
};

/// A page for the command and each of its sub-commands, at any depth.
[[nodiscard]] std::vector<Document> manPages(const CLI::App& root, const std::string& version);
/// One file for all of them.
[[nodiscard]] Document bashCompletion(const CLI::App& root);

/// Adds the hidden sub-command "documents FOLDER", which writes all of them; the build uses it.
void addDocuments(CLI::App& root, const std::string& version, std::function<int()>& run);

} // namespace kolam::cli
