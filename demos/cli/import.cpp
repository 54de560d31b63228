// SPDX-License-Identifier: GPL-3.0-or-later
// `kolam import`: a setup of rserpooldemo becomes a scenario. Next door: demos/lab/demo_import.h, who understands it.
#include "demos/cli/commands.h"
#include "demos/cli/option_reading.h"
#include "demos/lab/demo_import.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fstream>
#include <memory>

namespace kolam::cli {

namespace {

struct ImportOptions {
    std::string file;
    std::string output;
};

int runImport(const ImportOptions& options) {
    const auto imported = lab::importDemo(options.file);
    if (!imported) {
        complain("import", imported.error());
        return badOption;
    }
    for (const std::string& note : imported->notes) {
        fmt::print(stderr, "{}\n", note);
    }
    if (options.output.empty()) {
        fmt::print("{}", imported->scenario);
        return 0;
    }
    std::ofstream out{options.output, std::ios::binary};
    out << imported->scenario;
    if (!out.flush()) {
        complain("import", fmt::format("{} cannot be written", options.output));
        return cannotRun;
    }
    fmt::print("{}: {} component(s). Play it with kolam demo {}\n", options.output, imported->nodes.size(),
               options.output);
    return 0;
}

} // namespace

void addImport(CLI::App& kolam, Run& run) {
    auto options = std::make_shared<ImportOptions>();
    CLI::App* const command = kolam.add_subcommand("import", "Make a scenario of a setup of rserpooldemo (XML)");
    command->add_option("file", options->file, "The setup")->required();
    command->add_option("-o,--output", options->output,
                        "The scenario, for example classroom.rsdemo; otherwise standard output");
    command->callback([options, &run] { run = [options] { return runImport(*options); }; });
}

} // namespace kolam::cli
