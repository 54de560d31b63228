// SPDX-License-Identifier: GPL-3.0-or-later
// `kolam calc`: has a CalcApp pool compute jobs, and writes down how long that took. Next door: demos/users/calcapp.
#include "demos/cli/commands.h"
#include "demos/cli/option_reading.h"
#include "demos/cli/user_program.h"
#include "demos/users/calcapp/calc_pool_user.h"
#include "demos/users/calcapp/calc_user_results.h"
#include "programs/common/values.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fmt/format.h>
#include <unistd.h>

namespace kolam::cli {

namespace {

struct CalcCommand : UserOptions {
    calcapp::CalcPoolUserOptions user;
    Duration runtime = std::chrono::hours{24};
    std::string object = "scenario.calcapppooluser[0]";
    std::string vector; // names of files; empty: none
    std::string scalar;
};

std::string describe(const calcapp::CalcJob& job) {
    const std::chrono::duration<double> took = job.completed - job.queued;
    return fmt::format("job {}: {} calculations in {:.3f} s, {} failovers\n", job.id, job.size, took.count(),
                       job.failovers);
}

int compute(const CalcCommand& options, calcapp::VectorFile& vector, calcapp::ResultFile* scalars) {
    return runUser(options, [&](DescriptorDispatcher& dispatcher, Log& log, UserNode& node) {
        const auto processId = static_cast<std::uint32_t>(::getpid());
        calcapp::CalcPoolUser user{dispatcher, node, log, options.user};
        user.onJobDone([&](const calcapp::CalcJob& job) {
            vector.line(calcapp::jobLine(options.object, processId, job));
            fmt::print("{}", describe(job));
            std::fflush(stdout);
            if (options.user.jobs != 0 && user.statistics().jobsCompleted >= options.user.jobs) {
                dispatcher.stop();
            }
        });
        dispatcher.callIn(options.runtime, [&] { dispatcher.stop(); });
        dispatcher.run();
        const calcapp::CalcUser::Statistics& all = user.statistics();
        fmt::print("{} jobs queued, {} started, {} completed; {} failovers, {} rejects\n", all.jobsQueued,
                   all.jobsStarted, all.jobsCompleted, all.failovers, all.rejects);
        const bool written =
            vector.close() &&
            (scalars == nullptr || (scalars->write(calcapp::userScalars(options.object, all)) && scalars->close()));
        if (!written) {
            fmt::print(stderr, "kolam calc: the results could not be written\n");
            return cannotRun;
        }
        return options.user.jobs == 0 || all.jobsCompleted >= options.user.jobs ? 0 : cannotRun;
    });
}

int calc(const CalcCommand& options) {
    std::unique_ptr<calcapp::ResultFile> vector;
    std::unique_ptr<calcapp::ResultFile> scalar;
    for (const auto& [name, file] : {std::pair{&options.vector, &vector}, std::pair{&options.scalar, &scalar}}) {
        if (name->empty()) {
            continue;
        }
        auto created = calcapp::ResultFile::create(*name);
        if (!created) {
            fmt::print(stderr, "kolam calc: {}\n", created.error());
            return cannotRun;
        }
        *file = std::move(*created);
    }
    calcapp::VectorFile lines{std::move(vector), calcapp::jobColumns};
    return compute(options, lines, scalar.get());
}

} // namespace

void addCalc(CLI::App& kolam, Run& run) {
    CLI::App* const command = kolam.add_subcommand("calc", "Have a CalcApp pool compute jobs, and measure how it does");
    const auto options = std::make_shared<CalcCommand>();
    options->command = "kolam calc";
    options->pool = options->user.pool;
    addUserOptions(*command, options);
    const auto duration = [&](const std::string& name, const std::string& help, Duration least, auto target) {
        addRead(*command, name, help, [least, target](const std::string& text) {
            return take(programs::readDuration(text, least, std::chrono::hours{24 * 365}), *target);
        });
    };
    using std::chrono::milliseconds;
    // The pointers live as long as the options, which this callback of the command holds.
    duration("--job-interval", "Mean time between two jobs, exponentially distributed (15s)", milliseconds{1},
             &options->user.jobInterval);
    command
        ->add_option("--job-size", options->user.jobSize,
                     "Mean size of a job in calculations, exponentially distributed (5000000)")
        ->check(CLI::Range(1.0, 1e15));
    command->add_flag("--constant-size", options->user.constantSize, "Every job has the mean size");
    addNumber(*command, "--jobs", "End after so many completed jobs; 0: go on (0)", options->user.jobs);
    duration("--runtime", "End after so long (1440min)", milliseconds{1}, &options->runtime);
    duration("--keepalive-interval", "Ask the server for a sign of life after so long (5s)", milliseconds{100},
             &options->user.user.keepAliveTransmissionInterval);
    duration("--keepalive-timeout", "and look for another one when it has not answered for so long (5s)",
             milliseconds{100}, &options->user.user.keepAliveTimeoutInterval);
    command->add_option("--object", options->object, "Name of the user in its results (scenario.calcapppooluser[0])");
    command->add_option("--vector", options->vector,
                        "File for a line after each completed job; compressed when its name ends in .bz2");
    command->add_option("--scalar", options->scalar, "File for the sums at the end; compressed as above");
    command->callback([options, &run] {
        run = [options] {
            options->user.pool = options->pool;
            return calc(*options);
        };
    });
}

} // namespace kolam::cli
