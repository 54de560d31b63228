// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/cli/node_options.h"

#include "demos/cli/option_reading.h"
#include "programs/common/values.h"

#include <algorithm>
#include <fmt/format.h>

namespace kolam::cli {

namespace {

std::string_view nameOf(LogLevel level) {
    switch (level) {
    case LogLevel::Debug: return "debug";
    case LogLevel::Info: return "info";
    case LogLevel::Warning: return "warning";
    case LogLevel::Error: return "error";
    }
    std::unreachable();
}

/// Nothing but loopback without --insecure-lan, because nobody is authenticated yet.
std::string checkScope(const NodeOptions& options) {
    if (options.insecureLan) {
        return {};
    }
    const auto beyond = [](const TransportAddress& address) {
        return std::ranges::any_of(address.ips,
                                   [](const IpAddress& ip) { return ip.scope() != AddressScope::Loopback; });
    };
    const bool far = beyond(options.address) || std::ranges::any_of(options.registrars.fixed, beyond);
    return far ? "addresses beyond the loopback interface need --insecure-lan: nobody is authenticated yet" : "";
}

} // namespace

void addNodeOptions(CLI::App& command, const std::shared_ptr<NodeOptions>& options, const std::string& addressHelp) {
    addRead(command, "--pool", fmt::format("Handle of the pool ({})", options->pool.value),
            [options](const std::string& text) {
                options->pool = PoolHandle{text};
                return text.empty() ? std::string{"must not be empty"} : std::string{};
            });
    command
        .add_option_function<std::vector<std::string>>(
            "--registrar",
            [options](const std::vector<std::string>& texts) {
                for (const std::string& text : texts) {
                    auto address = programs::readAddress(text, 3863);
                    if (!address) {
                        throw CLI::ValidationError("--registrar", address.error());
                    }
                    options->registrars.fixed.push_back(std::move(*address));
                    options->registrars.announces = false; // whoever names registrars means these
                }
            },
            "A registrar to ask (ADDRESS:PORT), several allowed; otherwise those that announce themselves")
        ->type_name("TEXT");
    addRead(command, "--profile", "Timers: rsplib, rfc, demo or fast (rsplib)",
            [options](const std::string& text) { return take(programs::readProfile(text), options->profile); });
    addRead(command, "--address", addressHelp,
            [options](const std::string& text) { return take(programs::readAddress(text, 0), options->address); });
    addRead(
        command, "--transport", "SCTP of the kernel, of this program, or both: kernel, user or auto (auto)",
        [options](const std::string& text) { return take(programs::readTransportChoice(text), options->transport); });
    command.add_flag("--insecure-lan", options->insecureLan, "Speak with other hosts, too. Nothing is authenticated.");
    addRead(command, "--log-level", fmt::format("debug, info, warning or error ({})", nameOf(options->logLevel)),
            [options](const std::string& text) { return take(programs::readLogLevel(text), options->logLevel); });
    command.add_option("--log-file", options->logFile, "Where the log goes; otherwise standard error");
    addRead(command, "--scope", "In which viewers on this host find it (default)",
            [options](const std::string& text) { return take(programs::readScope(text), options->component.scope); });
    addRead(command, "--csp-server", "A monitor that gets status reports: ADDRESS:PORT (CSP_SERVER, or none)",
            [options](const std::string& text) {
                return take(programs::readCspServer(text), options->component.cspServer.emplace());
            });
    addRead(command, "--csp-interval", "Time between two status reports (CSP_INTERVAL, or 1s)",
            [options](const std::string& text) {
                return take(programs::readCspInterval(text), options->component.cspInterval.emplace());
            });
    command.add_option("--record", options->component.record,
                       "Record what happens in NAME.kolam.pcapng; one that is there goes on");
}

std::expected<std::unique_ptr<NodeGround>, int> openGround(const NodeOptions& options) {
    if (const std::string error = checkScope(options); !error.empty()) {
        fmt::print(stderr, "{}: {}\n", options.command, error);
        return std::unexpected(badOption);
    }
    ComponentOptions component = options.component;
    if (const auto environment = programs::readEnvironment(component); !environment) {
        fmt::print(stderr, "{}: {}\n", options.command, environment.error());
        return std::unexpected(badOption);
    }
    auto ground = std::make_unique<NodeGround>(options.logLevel, options.logFile);
    if (!ground->log.ok()) {
        fmt::print(stderr, "{}: cannot write the log file {}\n", options.command, options.logFile);
        return std::unexpected(cannotRun);
    }
    auto transport = programs::openTransport(options.transport, ground->dispatcher);
    if (!transport) {
        ground->log.error("{}", transport.error());
        return std::unexpected(cannotRun);
    }
    ground->transport = std::move(*transport);
    ground->component.emplace(ground->dispatcher, *ground->transport, ground->log, std::move(component));
    if (options.insecureLan) {
        ground->log.warning("speaks with other hosts, and nobody is authenticated");
    }
    return ground;
}

} // namespace kolam::cli
