// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the setups of rserpooldemo (XML) and makes scenarios of them: nodes, their names, places and images, captions.
// Its nodes are started by commands for a shell. We never run one: what they start is told from the words that we
// know, and everything else is named, and left out.
// Next door: scenario_file.h, which reads what is written here.
#pragma once

#include "core/telemetry/component.h"

#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kolam::lab {

/// A setup, as far as we understand it.
struct ImportedDemo {
    struct Node {
        std::string name;                 // in the scenario: "pe-2"
        telemetry::ComponentId component; // in the old setup, and in reports by CSP of what it starts
        std::string label;
        std::optional<double> x; // 0 to 100, from the left; with y
        std::optional<double> y; // from above
        std::string image;
    };
    std::string caption;
    std::string background;
    std::vector<Node> nodes;
    std::vector<std::string> notes; // what was left out, and why: sentences
    std::string scenario;           // TOML
};

/// The error is a sentence, with the place in the text where there is one.
[[nodiscard]] std::expected<ImportedDemo, std::string> importDemoText(std::string_view xml);
/// With the file's name before.
[[nodiscard]] std::expected<ImportedDemo, std::string> importDemo(const std::filesystem::path& file);

} // namespace kolam::lab
