// SPDX-License-Identifier: GPL-3.0-or-later
// `kolam serve discard`: takes everything and answers nothing. Next door: demos/services/basic.
#include "demos/cli/element_program.h"
#include "demos/cli/serve/serve.h"
#include "demos/services/basic/discard_service.h"

#include <CLI/CLI.hpp>

namespace kolam::cli {

namespace {
struct DiscardOptions : ElementOptions {
    std::uint32_t capacity = 1024;
};
} // namespace

void addServeDiscard(CLI::App& serve, Run& run) {
    CLI::App* const command = serve.add_subcommand("discard", "Take everything and answer nothing");
    const auto options = std::make_shared<DiscardOptions>();
    options->command = "kolam serve discard";
    options->pool = PoolHandle{"DiscardPool"};
    addElementOptions(*command, options);
    addSlots(*command, options->capacity);
    command->callback([options, &run] {
        run = [options] {
            return serveElement(*options, [&](const ServicePlace&) {
                return std::make_shared<services::DiscardService>(options->capacity);
            });
        };
    });
}

} // namespace kolam::cli
