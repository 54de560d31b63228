// SPDX-License-Identifier: GPL-3.0-or-later
// `kolam serve echo`: gives every message back. Next door: demos/services/basic.
#include "demos/cli/element_program.h"
#include "demos/cli/serve/serve.h"
#include "demos/services/basic/echo_service.h"

#include <CLI/CLI.hpp>

namespace kolam::cli {

namespace {
struct EchoOptions : ElementOptions {
    std::uint32_t capacity = 1024;
};
} // namespace

void addServeEcho(CLI::App& serve, Run& run) {
    CLI::App* const command = serve.add_subcommand("echo", "Give every message back");
    const auto options = std::make_shared<EchoOptions>();
    options->command = "kolam serve echo";
    options->pool = PoolHandle{"EchoPool"};
    addElementOptions(*command, options);
    addSlots(*command, options->capacity);
    command->callback([options, &run] {
        run = [options] {
            return serveElement(*options, [&](const ServicePlace&) {
                return std::make_shared<services::EchoService>(options->capacity);
            });
        };
    });
}

} // namespace kolam::cli
