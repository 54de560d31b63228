// SPDX-License-Identifier: GPL-3.0-or-later
// `kolam serve chargen`: sends characters for ever. Next door: demos/services/basic.
#include "demos/cli/element_program.h"
#include "demos/cli/serve/serve.h"
#include "demos/services/basic/chargen_service.h"

#include <CLI/CLI.hpp>

namespace kolam::cli {

namespace {
struct ChargenOptions : ElementOptions {
    std::uint32_t capacity = 4;
};
} // namespace

void addServeChargen(CLI::App& serve, Run& run) {
    CLI::App* const command = serve.add_subcommand("chargen", "Send characters for ever, as fast as users take them");
    const auto options = std::make_shared<ChargenOptions>();
    options->command = "kolam serve chargen";
    options->pool = PoolHandle{"CharGenPool"};
    addElementOptions(*command, options);
    addSlots(*command, options->capacity);
    command->callback([options, &run] {
        run = [options] {
            return serveElement(*options, [&](const ServicePlace& place) {
                return std::make_shared<services::ChargenService>(place.dispatcher, options->capacity);
            });
        };
    });
}

} // namespace kolam::cli
