// SPDX-License-Identifier: GPL-3.0-or-later
// `kolam serve daytime`: tells what time it is. Next door: demos/services/basic.
#include "demos/cli/element_program.h"
#include "demos/cli/serve/serve.h"
#include "demos/services/basic/daytime_service.h"

#include <CLI/CLI.hpp>

namespace kolam::cli {

void addServeDaytime(CLI::App& serve, Run& run) {
    CLI::App* const command = serve.add_subcommand("daytime", "Tell every user what time it is");
    const auto options = std::make_shared<ElementOptions>();
    options->command = "kolam serve daytime";
    options->pool = PoolHandle{"DaytimePool"};
    addElementOptions(*command, options);
    command->callback([options, &run] {
        run = [options] {
            return serveElement(*options, [](const ServicePlace&) {
                return std::make_shared<services::DaytimeService>(&std::chrono::system_clock::now);
            });
        };
    });
}

} // namespace kolam::cli
