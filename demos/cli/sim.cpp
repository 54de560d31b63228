// SPDX-License-Identifier: GPL-3.0-or-later
// `kolam sim`: whole worlds of registrars, elements and users in a simulated network, with all that can go wrong there.
// Next door: tests/sim, where they live.
#include "demos/cli/commands.h"
#include "programs/common/values.h"
#include "tests/sim/campaign.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fmt/format.h>
#include <memory>
#include <random>

namespace kolam::cli {

namespace {

constexpr int violated = 1;

struct SimOptions {
    sim::CampaignSettings campaign;
    unsigned minutes = 10;
    unsigned seconds = 0;
    std::optional<std::uint64_t> seed;
};

int simulate(SimOptions options) {
    sim::CampaignSettings& campaign = options.campaign;
    campaign.world.length = std::chrono::minutes{options.minutes};
    campaign.wallTime = std::chrono::seconds{options.seconds};
    // A lane of so many seconds looks at other lives each time; so many seeds are always the same ones.
    campaign.world.seed = options.seed.value_or(options.seconds > 0 ? std::random_device{}() : 1);
    fmt::print("first seed {}, profile {}, {}, {} minutes each\n", campaign.world.seed, campaign.world.profile.name,
               campaign.drawSize ? std::string{"1 to 7 registrars"}
                                 : fmt::format("{} registrars, {} elements, {} users", campaign.world.registrars,
                                               campaign.world.elements, campaign.world.users),
               options.minutes);
    const sim::Summary summary = sim::run(campaign, [](const std::string& line) {
        fmt::print("{}\n", line);
        std::fflush(stdout);
    });
    fmt::print("{}", sim::toText(summary));
    return summary.violations() == 0 ? 0 : violated;
}

} // namespace

void addSim(CLI::App& kolam, Run& run) {
    CLI::App* const command =
        kolam.add_subcommand("sim", "Simulate pools in a network that fails, and check what must always be true");
    auto options = std::make_shared<SimOptions>();
    sim::Settings& world = options->campaign.world;
    world.profile = rsplibProfile(); // as of all programs
    command->add_option("--registrars", world.registrars, "Registrars of a world (5)")->check(CLI::Range(1, 20));
    command->add_option("--elements", world.elements, "Pool elements of a world (50)")->check(CLI::Range(1, 2000));
    command->add_option("--users", world.users, "Pool users of a world (20)")->check(CLI::Range(0, 1000));
    command->add_flag("--any-size", options->campaign.drawSize, "Worlds of 1 to 7 registrars, as the seed says");
    command->add_option("--minutes", options->minutes, "How long a world lives, simulated (10)")
        ->check(CLI::Range(1, 100'000));
    command->add_option("--seeds", options->campaign.seeds, "How many worlds (1)");
    command->add_option("--seconds", options->seconds, "As many worlds as fit into so much real time, instead");
    command->add_option("--seed", options->seed, "Seed of the first world; 1, or a new one each time with --seconds");
    command->add_option_function<std::string>(
        "--profile",
        [options](const std::string& text) {
            auto profile = programs::readProfile(text);
            if (!profile) {
                throw CLI::ValidationError("--profile", profile.error());
            }
            options->campaign.world.profile = *profile;
        },
        "Timers: rsplib, rfc, demo or fast (rsplib)");
    command->add_option_function<std::string>(
        "--fault",
        [options](const std::string& text) {
            options->campaign.world.faults = text != "none";
            options->campaign.world.only = sim::findFaultKind(text);
            if (text != "none" && !options->campaign.world.only) {
                throw CLI::ValidationError("--fault", "no such kind: " + text);
            }
        },
        "Only this kind of fault, or none: " + sim::faultNames());
    command->add_option_function<std::string>(
        "--weakness",
        [options](const std::string& text) {
            const auto weakness = sim::findWeakness(text);
            if (!weakness) {
                throw CLI::ValidationError("--weakness", "no such weakness: " + text);
            }
            options->campaign.world.weakness = *weakness;
        },
        "Break the product in one place, to see that it is noticed: takeover, audit, owner or backoff");
    command
        ->add_option("--keep", options->campaign.keep, "Of all faults only these, by number, as a failure prints them")
        ->delimiter(',');
    command->add_option("--violations", options->campaign.violations, "End after so many violations (1)");
    command->add_flag("--trace", options->campaign.trace, "Tell everything that happens");
    command->callback([options, &run] { run = [options] { return simulate(*options); }; });
}

} // namespace kolam::cli
