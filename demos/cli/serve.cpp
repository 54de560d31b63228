// SPDX-License-Identifier: GPL-3.0-or-later
// `kolam serve SERVICE`: one pool element in one process. Next door: demos/services, what it serves.
#include "core/dispatch/epoll_dispatcher.h"
#include "core/node/element_node.h"
#include "demos/cli/commands.h"
#include "demos/cli/policy_option.h"
#include "demos/services/fractal/fractal_element.h"
#include "demos/services/fractal/paced_compute_pool.h"
#include "demos/services/fractal/thread_compute_pool.h"
#include "programs/common/signals.h"
#include "programs/common/spdlog_log.h"
#include "programs/common/transport_choice.h"
#include "programs/common/values.h"

#include <algorithm>
#include <csignal>
#include <fmt/format.h>
#include <memory>
#include <thread>

namespace kolam::cli {

namespace {

constexpr int cannotServe = 1;
constexpr int badOption = 2;

struct ServeOptions {
    fractal::FractalServeOptions fractal;
    TransportAddress address{.ips = {IpAddress::v4(127, 0, 0, 1)}, .port = 0};
    programs::TransportChoice transport = programs::TransportChoice::Auto;
    LogLevel logLevel = LogLevel::Info;
    std::string logFile;
    bool insecureLan = false;
    std::uint32_t pace = 0; // points a second; 0: as fast as it can
};

/// Makes an option whose text goes through one of the readers that all programs share.
template <typename Reader>
void addRead(CLI::App& command, const std::string& name, const std::string& help, Reader store) {
    command
        .add_option_function<std::string>(
            name,
            [store = std::move(store), name](const std::string& text) {
                if (const std::string error = store(text); !error.empty()) {
                    throw CLI::ValidationError(name, error);
                }
            },
            help)
        ->type_name("TEXT");
}

template <typename Value, typename Target>
std::string take(std::expected<Value, std::string> value, Target& target) {
    if (!value) {
        return value.error();
    }
    target = static_cast<Target>(std::move(*value));
    return {};
}

/// Nothing but loopback without --insecure-lan, because nobody is authenticated yet.
std::string checkScope(const ServeOptions& options) {
    if (options.insecureLan) {
        return {};
    }
    const auto beyond = [](const TransportAddress& address) {
        return std::ranges::any_of(address.ips,
                                   [](const IpAddress& ip) { return ip.scope() != AddressScope::Loopback; });
    };
    const bool far = beyond(options.address) || std::ranges::any_of(options.fractal.element.registrars.fixed, beyond);
    return far ? "addresses beyond the loopback interface need --insecure-lan: nobody is authenticated yet" : "";
}

int serveFractal(ServeOptions options) {
    if (const std::string error = checkScope(options); !error.empty()) {
        fmt::print(stderr, "kolam serve: {}\n", error);
        return badOption;
    }
    programs::SpdlogLog log{options.logLevel, options.logFile};
    if (!log.ok()) {
        fmt::print(stderr, "kolam serve: cannot write the log file {}\n", options.logFile);
        return cannotServe;
    }
    EpollDispatcher dispatcher;
    auto transport = programs::openTransport(options.transport, dispatcher);
    if (!transport) {
        log.error("{}", transport.error());
        return cannotServe;
    }
    options.fractal.element.local = options.address;
    options.fractal.element.registrars.loopbackOnly = !options.insecureLan;
    const unsigned threads =
        options.fractal.threads != 0 ? options.fractal.threads : std::max(1u, std::thread::hardware_concurrency());
    std::unique_ptr<fractal::ComputePool> pool = std::make_unique<fractal::ThreadComputePool>(dispatcher, threads);
    if (options.pace != 0) {
        pool = std::make_unique<fractal::PacedComputePool>(dispatcher, std::move(pool), options.pace);
    }
    auto served = fractal::FractalElement::start(dispatcher, **transport, log, options.fractal, std::move(pool));
    if (!served) {
        log.error("cannot serve at {}: {}", toText(options.address), served.error().message());
        return cannotServe;
    }
    ElementNode& element = (*served)->node();
    if (options.insecureLan) {
        log.warning("serves other hosts, and nobody is authenticated");
    }
    bool ending = false;
    const programs::SignalWatch signals{dispatcher, [&](int signal) {
                                            if (signal == SIGHUP) {
                                                log.reopen();
                                            } else if (std::exchange(ending, true)) {
                                                dispatcher.stop(); // asked twice: at once
                                            } else {
                                                element.leave([&] { dispatcher.stop(); });
                                            }
                                        }};
    dispatcher.run();
    return 0;
}

} // namespace

void addServe(CLI::App& kolam, Run& run) {
    CLI::App* const serve = kolam.add_subcommand("serve", "Be a pool element: serve a service to a pool's users");
    serve->require_subcommand(1);
    CLI::App* const command = serve->add_subcommand("fractal", "Compute fractals for the fractal window");
    auto options = std::make_shared<ServeOptions>();
    options->fractal.element.profile = rsplibProfile();

    command->add_option_function<std::string>(
        "--pool", [options](const std::string& text) { options->fractal.element.poolHandle = PoolHandle{text}; },
        "Handle of the pool (FractalGeneratorPool)");
    addRead(*command, "--id", "Identifier in the pool, as 42 or 0x2a; a random one otherwise",
            [options](const std::string& text) {
                return take(programs::readNumber(text, 1, 0xffffffff), options->fractal.element.identifier.value);
            });
    command->add_option_function<std::vector<std::string>>(
        "--registrar",
        [options](const std::vector<std::string>& texts) {
            for (const std::string& text : texts) {
                auto address = programs::readAddress(text, 3863);
                if (!address) {
                    throw CLI::ValidationError("--registrar", address.error());
                }
                options->fractal.element.registrars.fixed.push_back(std::move(*address));
                options->fractal.element.registrars.announces = false; // whoever names registrars means these
            }
        },
        "A registrar to register at (ADDRESS:PORT), several allowed; otherwise those that announce themselves");
    addRead(*command, "--policy",
            "Selection policy of the pool, for example LeastUsed or WeightedRandom:10 (RoundRobin)",
            [options](const std::string& text) { return take(readPolicy(text), options->fractal.element.policy); });
    addRead(*command, "--profile", "Timers: rsplib, rfc or demo (rsplib)", [options](const std::string& text) {
        return take(programs::readProfile(text), options->fractal.element.profile);
    });
    addRead(*command, "--address", "Where users reach it: ADDRESS:PORT; port 0 is any free one (127.0.0.1:0)",
            [options](const std::string& text) { return take(programs::readAddress(text, 0), options->address); });
    addRead(
        *command, "--transport", "SCTP of the kernel, of this program, or both: kernel, user or auto (auto)",
        [options](const std::string& text) { return take(programs::readTransportChoice(text), options->transport); });
    command->add_option("--slots", options->fractal.service.capacity, "Sessions at a time; more are refused (4)")
        ->check(CLI::Range(1, 1024));
    command->add_option("--threads", options->fractal.threads, "Threads that compute; otherwise one for each processor")
        ->check(CLI::Range(1, 256));
    command->add_option("--pace", options->pace, "Points a second at most, so that people can watch; 0: no limit (0)");
    command->add_option("--failure-after", options->fractal.service.failureAfter,
                        "End each session after so many messages, to show failovers; 0: never (0)");
    command->add_flag("--insecure-lan", options->insecureLan, "Serve other hosts, too. Nothing is authenticated.");
    addRead(*command, "--log-level", "debug, info, warning or error (info)",
            [options](const std::string& text) { return take(programs::readLogLevel(text), options->logLevel); });
    command->add_option("--log-file", options->logFile, "Where the log goes; otherwise standard error");
    command->callback([options, &run] { run = [options] { return serveFractal(*options); }; });
}

} // namespace kolam::cli
