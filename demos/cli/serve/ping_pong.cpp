// SPDX-License-Identifier: GPL-3.0-or-later
// `kolam serve pingpong`: answers with numbers that go on across elements. Next door: demos/services/pingpong.
#include "demos/cli/element_program.h"
#include "demos/cli/option_reading.h"
#include "demos/cli/serve/serve.h"
#include "demos/services/pingpong/ping_pong_service.h"

#include <CLI/CLI.hpp>

namespace kolam::cli {

namespace {
struct PingPongElementOptions : ElementOptions {
    services::PingPongOptions service;
};
} // namespace

void addServePingPong(CLI::App& serve, Run& run) {
    CLI::App* const command = serve.add_subcommand("pingpong", "Answer pings with numbers that go on across elements");
    const auto options = std::make_shared<PingPongElementOptions>();
    options->command = "kolam serve pingpong";
    options->pool = PoolHandle{"PingPongPool"};
    addElementOptions(*command, options);
    addSlots(*command, options->service.capacity);
    addNumber(*command, "--failure-after", "End each session after so many replies, to show failovers; 0: never (0)",
              options->service.failureAfter);
    command->callback([options, &run] {
        run = [options] {
            return serveElement(*options, [&](const ServicePlace& place) {
                return std::make_shared<services::PingPongService>(place.log, options->service);
            });
        };
    });
}

} // namespace kolam::cli
