// SPDX-License-Identifier: GPL-3.0-or-later
// `kolam serve script`: does strangers' work in a box. Next door: demos/services/scripting.
#include "core/node/access.h"
#include "demos/cli/element_program.h"
#include "demos/cli/option_reading.h"
#include "demos/cli/serve/serve.h"
#include "demos/services/scripting/script_service.h"
#include "demos/services/scripting/script_workshop.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <thread>
#include <unistd.h>

namespace kolam::cli {

namespace {

constexpr std::uint64_t mebi = 1ULL << 20U;

struct ScriptElementOptions : ElementOptions {
    scripting::ScriptServiceOptions service{.capacity = std::max(1U, std::thread::hardware_concurrency())};
    scripting::JobLimits limits;
    scripting::EnvironmentCache::Limits cache;
    std::string cacheFolder;
    std::vector<AccessRule> allow;
    std::vector<AccessRule> deny;
    std::uint64_t memoryMebi = 1024;
    std::uint64_t diskMebi = 256;
    std::uint64_t outputMebi = 64;
    std::uint64_t uploadMebi = 64;
    std::uint64_t checkpointMebi = 16;
    std::uint64_t cacheMebi = 128;
    bool asRoot = false;
    bool withoutSandbox = false;
};

/// What is needed to do work: all of it, in the order in which it ends.
struct Workshop {
    Workshop(const ScriptElementOptions& options, const ServicePlace& place, scripting::Confinement confinement,
             std::unique_ptr<scripting::EnvironmentCache> cache)
        : environments(std::move(cache))
        , room(place.dispatcher, confinement, scripting::findRunner(), options.limits)
        , access(options.allow, options.deny)
        , service(place.dispatcher, place.log, room, *environments, access, options.service) {}
    std::unique_ptr<scripting::EnvironmentCache> environments;
    scripting::ScriptWorkshop room;
    AccessRules access;
    scripting::ScriptService service;
};

/// Nothing when strangers' work may be done here; else why not.
std::string objection(const ScriptElementOptions& options) {
    if (::geteuid() == 0 && !options.asRoot) {
        return "refuses to do strangers' work as root: run it as a user who may do nothing else "
               "(or say --unsafe-as-root)";
    }
    if (scripting::findRunner().empty()) {
        return "the program kolam-script-runner is not installed beside this one";
    }
    if (options.withoutSandbox) {
        return {};
    }
    if (const auto sandbox = scripting::checkSandbox(); !sandbox) {
        return fmt::format("refuses to do strangers' work without a sandbox: {} (or say --unsafe-without-sandbox)",
                           sandbox.error());
    }
    return {};
}

std::shared_ptr<Service> makeService(const ScriptElementOptions& options, const ServicePlace& place) {
    if (options.asRoot) {
        place.log.warning("UNSAFE: strangers' work is done as root");
    }
    if (options.withoutSandbox) {
        place.log.warning("UNSAFE: strangers' work is done without a sandbox, with all rights of this user");
    }
    auto cache = scripting::EnvironmentCache::open(options.cacheFolder, options.cache, place.log);
    if (!cache) {
        place.log.error("{}", cache.error());
        return nullptr;
    }
    const auto confinement = options.withoutSandbox ? scripting::Confinement::None : scripting::Confinement::Sandbox;
    const auto workshop = std::make_shared<Workshop>(options, place, confinement, std::move(*cache));
    return {workshop, &workshop->service};
}

int serveScripts(ScriptElementOptions options, bool policyGiven) {
    if (const std::string why = objection(options); !why.empty()) {
        fmt::print(stderr, "kolam serve script: {}\n", why);
        return badOption;
    }
    if (!policyGiven) { // as rsplib: whoever gets a session has so much less to give
        options.policy.type = wire::PolicyType::LeastUsedDegradation;
        options.policy.degradation = 0xffffffffU / options.service.capacity;
    }
    options.service.pool = options.pool;
    options.limits.memory = options.memoryMebi * mebi;
    options.limits.disk = options.diskMebi * mebi;
    options.limits.output = options.outputMebi * mebi;
    options.service.maxUpload = options.uploadMebi * mebi;
    options.limits.checkpoint = options.service.maxCheckpoint = options.checkpointMebi * mebi;
    options.cache.octets = options.cacheMebi * mebi;
    std::array<char, 65> host{};
    if (::gethostname(host.data(), host.size() - 1) == 0) {
        options.service.host = host.data();
    }
    return serveElement(options, [&](const ServicePlace& place) { return makeService(options, place); });
}

void addRules(CLI::App& command, const std::string& name, const std::string& help, std::vector<AccessRule>& target) {
    command
        .add_option_function<std::vector<std::string>>(
            name,
            [name, &target](const std::vector<std::string>& texts) {
                for (const std::string& text : texts) {
                    auto rule = AccessRule::parse(text);
                    if (!rule) {
                        throw CLI::ValidationError(name, "must be a rule: " + rule.error());
                    }
                    target.push_back(std::move(*rule));
                }
            },
            help)
        ->type_name("TEXT");
}

void addLimits(CLI::App& command, ScriptElementOptions& options) {
    constexpr std::uint64_t mostMebi = 1ULL << 30U;
    addRead(command, "--max-time", "A job ends after so long by the clock (60min)",
            [&options](const std::string& text) {
                return take(programs::readDuration(text, std::chrono::milliseconds{100}, std::chrono::hours{24 * 30}),
                            options.limits.time);
            });
    addNumber(command, "--max-cpu", "and each of its processes after so many seconds of computing (3600)",
              options.limits.cpuSeconds, 1, 1ULL << 30U);
    addNumber(command, "--max-memory", "MiB of memory for each process of a job (1024)", options.memoryMebi, 16,
              mostMebi);
    addNumber(command, "--max-disk", "MiB of files for a job, all in memory (256)", options.diskMebi, 1, mostMebi);
    addNumber(command, "--max-output", "MiB of results of a job (64)", options.outputMebi, 1, mostMebi);
    addNumber(command, "--max-checkpoint", "MiB of a checkpoint of a job (16)", options.checkpointMebi, 1, mostMebi);
    addNumber(command, "--max-processes", "Processes of a job at a time (64)", options.limits.processes, 2, 65'536);
    addNumber(command, "--max-upload", "MiB of a work package or an environment (64)", options.uploadMebi, 1, mostMebi);
    command.add_option("--cache-folder", options.cacheFolder,
                       "Where uploaded environments are kept; otherwise until the end only");
    addNumber(command, "--cache-max-size", "MiB of all environments (128)", options.cacheMebi, 1, mostMebi);
    addNumber(command, "--cache-max-entries", "Environments that are kept (16)", options.cache.entries, 1, 100'000);
}

} // namespace

void addServeScript(CLI::App& serve, Run& run) {
    CLI::App* const command = serve.add_subcommand("script", "Do the work that users upload, in a sandbox");
    const auto options = std::make_shared<ScriptElementOptions>();
    options->command = "kolam serve script";
    options->pool = PoolHandle{"ScriptingPool"};
    addElementOptions(*command, options);
    addSlots(*command, options->service.capacity);
    const auto duration = [&](const std::string& name, const std::string& help, Duration& target) {
        addRead(*command, name, help, [&target](const std::string& text) {
            return take(programs::readDuration(text, std::chrono::milliseconds{100}, std::chrono::hours{24}), target);
        });
    };
    duration("--transmit-timeout", "A user that sends and takes nothing for so long loses its session (30s)",
             options->service.transmitTimeout);
    duration("--keepalive-interval", "While its job runs, it is asked for a sign of life after so long (15s)",
             options->service.keepAliveInterval);
    duration("--keepalive-timeout", "and its job ends when it has not answered for so long (10s)",
             options->service.keepAliveTimeout);
    addRules(*command, "--allow", "Only these may have work done, several allowed: \"upload-script from=10.0.0.0/8\"",
             options->allow);
    addRules(*command, "--deny", "These may not, several allowed; wins over --allow", options->deny);
    addLimits(*command, *options);
    command->add_flag("--unsafe-as-root", options->asRoot, "Do strangers' work even as root");
    command->add_flag("--unsafe-without-sandbox", options->withoutSandbox,
                      "Do strangers' work with all rights of this user");
    command->callback([options, command, &run] {
        run = [options, given = command->count("--policy") > 0] { return serveScripts(*options, given); };
    });
}

} // namespace kolam::cli
