// SPDX-License-Identifier: GPL-3.0-or-later
// `kolam demo FILE`: a scenario is played, told line by line, and judged: one file is demonstration, lesson and test.
// Next door: demo.cpp, the demonstration that needs no file; demos/lab/lab_client.h.
#pragma once

#include <filesystem>
#include <string>

namespace kolam::cli {

struct ScenarioDemoOptions {
    std::filesystem::path scenario;
    bool headless = false; // windows of users draw to nowhere
    bool json = false;     // the lab's lines as they come
};

/// @param folder  the demonstration's own, for logs; kept when something was not as expected
/// @return 0: all was as expected; 1: it was not; 2: the file is wrong
int runScenarioDemo(const ScenarioDemoOptions& options, const std::filesystem::path& programs,
                    const std::filesystem::path& folder);

/// Only reads the file, and says what is wrong with it.
int checkScenario(const std::filesystem::path& scenario);

} // namespace kolam::cli
