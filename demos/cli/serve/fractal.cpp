// SPDX-License-Identifier: GPL-3.0-or-later
// `kolam serve fractal`: computes fractals for the fractal window. Next door: demos/services/fractal, what it serves.
#include "demos/cli/element_program.h"
#include "demos/cli/option_reading.h"
#include "demos/cli/serve/serve.h"
#include "demos/services/fractal/fractal_service.h"
#include "demos/services/fractal/paced_compute_pool.h"
#include "demos/services/fractal/thread_compute_pool.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <thread>

namespace kolam::cli {

namespace {

struct FractalOptions : ElementOptions {
    fractal::FractalServiceOptions service;
    unsigned threads = 0;   // 0: one for each processor
    std::uint32_t pace = 0; // points a second; 0: as fast as it can
};

struct PooledService {
    PooledService(Dispatcher& dispatcher, Log& log, std::unique_ptr<fractal::ComputePool> computes,
                  const fractal::FractalServiceOptions& options)
        : pool(std::move(computes))
        , service(dispatcher, *pool, log, options) {}
    std::unique_ptr<fractal::ComputePool> pool;
    fractal::FractalService service;
};

std::shared_ptr<Service> makeService(const FractalOptions& options, const ServicePlace& place) {
    const unsigned threads = options.threads != 0 ? options.threads : std::max(1u, std::thread::hardware_concurrency());
    std::unique_ptr<fractal::ComputePool> pool =
        std::make_unique<fractal::ThreadComputePool>(place.dispatcher, threads);
    if (options.pace != 0) {
        pool = std::make_unique<fractal::PacedComputePool>(place.dispatcher, std::move(pool), options.pace);
    }
    const auto pooled = std::make_shared<PooledService>(place.dispatcher, place.log, std::move(pool), options.service);
    return {pooled, &pooled->service};
}

} // namespace

void addServeFractal(CLI::App& serve, Run& run) {
    CLI::App* const command = serve.add_subcommand("fractal", "Compute fractals for the fractal window");
    const auto options = std::make_shared<FractalOptions>();
    options->command = "kolam serve fractal";
    options->pool = PoolHandle{"FractalGeneratorPool"};
    addElementOptions(*command, options);
    addNumber(*command, "--slots", "Sessions at a time; more are refused (4)", options->service.capacity, 1, 1024);
    addNumber(*command, "--threads", "Threads that compute; otherwise one for each processor", options->threads, 1,
              256);
    addNumber(*command, "--pace", "Points a second at most, so that people can watch; 0: no limit (0)", options->pace);
    addNumber(*command, "--failure-after", "End each session after so many messages, to show failovers; 0: never (0)",
              options->service.failureAfter);
    command->add_flag("--classic", options->service.classic,
                      "Compute rsplib's two fractals only, to show how users get on with elements of both kinds");
    command->callback([options, &run] {
        run = [options] {
            return serveElement(*options, [&](const ServicePlace& place) { return makeService(*options, place); });
        };
    });
}

} // namespace kolam::cli
