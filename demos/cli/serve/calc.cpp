// SPDX-License-Identifier: GPL-3.0-or-later
// `kolam serve calc`: a CalcApp server. Next door: demos/services/calcapp.
#include "demos/cli/element_program.h"
#include "demos/cli/option_reading.h"
#include "demos/cli/serve/serve.h"
#include "demos/services/calcapp/calc_service.h"
#include "programs/common/values.h"

#include <CLI/CLI.hpp>
#include <unistd.h>

namespace kolam::cli {

namespace {

struct CalcElementOptions : ElementOptions {
    calcapp::CalcServiceOptions service;
    std::string vector; // names of files; empty: none
    std::string scalar;
};

/// The service and its files.
struct RecordedService {
    RecordedService(const ServicePlace& place, const calcapp::CalcServiceOptions& options,
                    std::unique_ptr<calcapp::ResultFile> vector, std::unique_ptr<calcapp::ResultFile> scalar)
        : log(place.log)
        , scalars(std::move(scalar))
        , service(place.dispatcher, place.log, options, std::move(vector)) {}
    RecordedService(const RecordedService&) = delete;
    RecordedService& operator=(const RecordedService&) = delete;
    ~RecordedService() {
        if (scalars && !(scalars->write(service.scalars()) && scalars->close())) {
            log.error("the scalars could not be written");
        }
    }
    Log& log;
    std::unique_ptr<calcapp::ResultFile> scalars;
    calcapp::CalcService service;
};

std::shared_ptr<Service> makeService(CalcElementOptions options, const ServicePlace& place) {
    std::unique_ptr<calcapp::ResultFile> vector;
    std::unique_ptr<calcapp::ResultFile> scalar;
    for (const auto& [name, file] : {std::pair{&options.vector, &vector}, std::pair{&options.scalar, &scalar}}) {
        if (name->empty()) {
            continue;
        }
        auto created = calcapp::ResultFile::create(*name);
        if (!created) {
            place.log.error("{}", created.error());
            return nullptr;
        }
        *file = std::move(*created);
    }
    options.service.processId = static_cast<std::uint32_t>(::getpid());
    options.service.elementId = place.element.value;
    const auto recorded =
        std::make_shared<RecordedService>(place, options.service, std::move(vector), std::move(scalar));
    return {recorded, &recorded->service};
}

void addServerOptions(CLI::App& command, const std::shared_ptr<CalcElementOptions>& options) {
    calcapp::CalcServerOptions& server = options->service.server;
    addNumber(command, "--max-jobs", "Jobs at a time; more are rejected (10)", server.maxJobs, 1, 100'000);
    command.add_option("--capacity", server.capacity, "Calculations a second, shared by all jobs (1000000)")
        ->check(CLI::Range(1.0, 1e15));
    const auto duration = [&](const std::string& name, const std::string& help,
                              Duration calcapp::CalcServerOptions::* target) {
        addRead(command, name, help, [options, target](const std::string& text) {
            return take(programs::readDuration(text, std::chrono::milliseconds{10}, std::chrono::hours{24}),
                        options->service.server.*target);
        });
    };
    duration("--cookie-max-time", "A job's cookie is renewed after so long (5s)",
             &calcapp::CalcServerOptions::cookieMaxTime);
    command
        .add_option("--cookie-max-calculations", server.cookieMaxCalculations,
                    "or after so many calculations (5000000)")
        ->check(CLI::Range(1.0, 1e18));
    duration("--keepalive-interval", "A job's user is asked for a sign of life after so long (2500ms)",
             &calcapp::CalcServerOptions::keepAliveTransmissionInterval);
    duration("--keepalive-timeout", "and its job is dropped when it has not answered for so long (2500ms)",
             &calcapp::CalcServerOptions::keepAliveTimeoutInterval);
}

} // namespace

void addServeCalc(CLI::App& serve, Run& run) {
    CLI::App* const command =
        serve.add_subcommand("calc", "Have CalcApp jobs share a processor that exists on paper only");
    const auto options = std::make_shared<CalcElementOptions>();
    options->command = "kolam serve calc";
    options->pool = PoolHandle{"CalcAppPool"};
    addElementOptions(*command, options);
    addServerOptions(*command, options);
    command
        ->add_option("--clean-shutdown-probability", options->service.cleanShutdownProbability,
                     "that jobs get a last cookie when the element leaves (1)")
        ->check(CLI::Range(0.0, 1.0));
    command->add_option("--object", options->service.object,
                        "Name of the element in its results (scenario.calcapppoolelement[0])");
    command->add_option("--vector", options->vector,
                        "File for a line after each completed job; compressed when its name ends in .bz2");
    command->add_option("--scalar", options->scalar, "File for the sums at the end; compressed as above");
    command->callback([options, &run] {
        run = [options] {
            return serveElement(*options, [&](const ServicePlace& place) { return makeService(*options, place); });
        };
    });
}

} // namespace kolam::cli
