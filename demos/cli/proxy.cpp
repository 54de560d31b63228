// SPDX-License-Identifier: GPL-3.0-or-later
// `kolam proxy element` puts a TCP server into a pool, `kolam proxy user` lets TCP clients use one.
// Next door: demos/proxy, which does it.
#include "demos/cli/commands.h"
#include "demos/cli/element_program.h"
#include "demos/cli/option_reading.h"
#include "demos/cli/user_program.h"
#include "demos/proxy/element_proxy.h"
#include "demos/proxy/user_proxy.h"
#include "programs/common/signals.h"

#include <CLI/CLI.hpp>
#include <csignal>
#include <fmt/format.h>

namespace kolam::cli {

namespace {

struct ElementProxyOptions : ElementOptions {
    TransportAddress server;
    proxy::HealthOptions health;
};

struct UserProxyOptions : UserOptions {
    UserProxyOptions() { logLevel = LogLevel::Info; }
    proxy::UserProxyOptions proxy;
};

int proxyElement(ElementProxyOptions options) {
    auto ground = openGround(options);
    if (!ground) {
        return ground.error();
    }
    EpollDispatcher& dispatcher = (*ground)->dispatcher;
    RegistrationNode::Config config{.poolHandle = options.pool,
                                    .identifier = options.identifier,
                                    .policy = options.policy,
                                    .transport = {.protocol = wire::TransportProtocol::Tcp,
                                                  .port = options.server.port,
                                                  .addresses = options.server.ips},
                                    .registrars = options.registrars,
                                    .profile = options.profile};
    config.registrars.loopbackOnly = !options.insecureLan;
    if (options.health.server.ips.empty()) {
        options.health.server = options.server;
    }
    proxy::ElementProxy element{dispatcher, *(*ground)->transport, (*ground)->log, config, options.health};
    bool ending = false;
    const programs::SignalWatch signals{dispatcher, [&](int signal) {
                                            if (signal == SIGHUP) {
                                                (*ground)->log.reopen();
                                            } else if (std::exchange(ending, true)) {
                                                dispatcher.stop();
                                            } else {
                                                element.leave([&] { dispatcher.stop(); });
                                            }
                                        }};
    dispatcher.run();
    return 0;
}

int proxyUser(const UserProxyOptions& options) {
    return runUser(options, [&](DescriptorDispatcher& dispatcher, Log& log, UserNode& node) {
        const auto proxy = proxy::UserProxy::start(dispatcher, node, log, options.proxy);
        if (!proxy) {
            fmt::print(stderr, "kolam proxy user: cannot listen at {}: {}\n", toText(options.proxy.listen),
                       proxy.error().message());
            return cannotRun;
        }
        log.info("proxy: takes TCP connections at port {}", (*proxy)->port());
        dispatcher.run();
        const auto& all = (*proxy)->statistics();
        log.info("proxy: {} connections, {} relayed, {} elements not reached, {} clients turned away, {} octets",
                 all.accepted, all.relayed, all.retried, all.turnedAway, all.octets);
        return 0;
    });
}

/// One address and a port, which other programs have given to a server.
std::string readServer(const std::string& text, TransportAddress& into) {
    std::string error = take(programs::readAddress(text, 0), into);
    if (error.empty() && (into.ips.size() != 1 || into.port == 0)) {
        error = "must be one address and a port, as 127.0.0.1:8080";
    }
    return error;
}

void addElement(CLI::App& proxy, Run& run) {
    CLI::App* const command = proxy.add_subcommand("element", "Keep a TCP server in a pool for as long as it is well");
    const auto options = std::make_shared<ElementProxyOptions>();
    options->command = "kolam proxy element";
    options->pool = PoolHandle{"WebPool"};
    addElementOptions(*command, options);
    addRead(*command, "--tcp", "The server: ADDRESS:PORT", [options](const std::string& text) {
        return readServer(text, options->server);
    })->required();
    addRead(*command, "--check", "Ask http://ADDRESS:PORT/PATH whether it is well; otherwise a connection is enough",
            [options](const std::string& text) {
                const auto place = proxy::readHttpPlace(text);
                if (!place) {
                    return std::string{"must be as http://127.0.0.1:8080/health"};
                }
                options->health.server = place->server;
                options->health.path = place->path;
                return std::string{};
            });
    const auto duration = [&](const std::string& name, const std::string& help, Duration& target) {
        addRead(*command, name, help, [&target](const std::string& text) {
            return take(programs::readDuration(text, std::chrono::milliseconds{10}, std::chrono::hours{1}), target);
        });
    };
    duration("--check-interval", "Ask so often (1s)", options->health.interval);
    duration("--check-timeout", "Wait so long for an answer (1s)", options->health.timeout);
    addNumber(*command, "--check-fall", "So many bad answers in a row make it ill (2)", options->health.fall, 1, 1000);
    command->callback([options, &run] { run = [options] { return proxyElement(*options); }; });
}

void addUser(CLI::App& proxy, Run& run) {
    CLI::App* const command = proxy.add_subcommand("user", "Carry TCP connections to the elements of a pool");
    const auto options = std::make_shared<UserProxyOptions>();
    options->command = "kolam proxy user";
    options->pool = PoolHandle{"WebPool"};
    addUserOptions(*command, options);
    addRead(*command, "--listen", "Where clients connect to: ADDRESS:PORT", [options](const std::string& text) {
        return readServer(text, options->proxy.listen);
    })->required();
    addRead(*command, "--connect-timeout", "Try another element when one has not answered for so long (500ms)",
            [options](const std::string& text) {
                return take(programs::readDuration(text, std::chrono::milliseconds{10}, std::chrono::minutes{1}),
                            options->proxy.connectTimeout);
            });
    addNumber(*command, "--rounds", "Ask so often for elements before a client is turned away (3)",
              options->proxy.rounds, 1, 1000);
    command->callback([options, &run] {
        run = [options] {
            options->proxy.pool = options->pool;
            for (const IpAddress& ip : options->proxy.listen.ips) {
                if (!options->insecureLan && ip.scope() != AddressScope::Loopback) {
                    fmt::print(stderr, "kolam proxy user: clients of other hosts need --insecure-lan\n");
                    return badOption;
                }
            }
            return proxyUser(*options);
        };
    });
}

} // namespace

void addProxy(CLI::App& kolam, Run& run) {
    CLI::App* const proxy =
        kolam.add_subcommand("proxy", "Pools for TCP servers and clients that know nothing of them");
    proxy->require_subcommand(1);
    addElement(*proxy, run);
    addUser(*proxy, run);
}

} // namespace kolam::cli
