// SPDX-License-Identifier: GPL-3.0-or-later
// kolam-registrar: reads its settings, opens a transport, serves until it is asked to end.
// Next door: registrar_settings.h, what can be set; core/node/registrar_node.h, the registrar.
#include "core/dispatch/epoll_dispatcher.h"
#include "programs/common/component_options.h"
#include "programs/common/descriptors.h"
#include "programs/common/signals.h"
#include "programs/common/spdlog_log.h"
#include "registrar/observer.h"
#include "registrar/peer_names.h"
#include "registrar/registrar_settings.h"
#include "registrar/start_registrar.h"

#include <csignal>
#include <cstdio>
#include <fmt/format.h>

using namespace kolam;

namespace {

constexpr int cannotServe = 1;
constexpr int wrongUsage = 2;

int serve(RegistrarSettings& settings) {
    programs::SpdlogLog file{settings.logLevel, settings.logFile};
    if (!file.ok()) {
        fmt::print(stderr, "kolam-registrar: cannot write the log file {}\n", settings.logFile);
        return cannotServe;
    }
    EpollDispatcher dispatcher;
    auto transport = programs::openTransport(settings.transport, dispatcher);
    if (!transport) {
        file.error("{}", transport.error());
        return cannotServe;
    }
    Component component{dispatcher, **transport, file, settings.component};
    Log& log = component.log();
    settings.node.telemetry = &component.hub();
    AccessRules access{settings.allow, settings.deny};
    auto registrar = startRegistrar(dispatcher, component.transport(), log, access, settings);
    if (!registrar) {
        log.error("{}", registrar.error());
        return cannotServe;
    }
    std::optional<PeerNames> peers;
    if (!settings.peers.empty()) {
        peers.emplace(dispatcher, log,
                      PeerNames::Config{.peers = settings.peers,
                                        .own = (*registrar)->enrpAddress()->ips,
                                        .loopbackOnly = settings.node.loopbackOnly},
                      [&](std::vector<TransportAddress> found) { (*registrar)->setStaticPeers(std::move(found)); });
    }
    if (settings.insecureLan) {
        log.warning("serves other hosts, and nobody is authenticated: whoever reaches it can register and resolve");
    }
    bool ending = false;
    const auto end = [&] {
        if (std::exchange(ending, true)) {
            dispatcher.stop(); // asked twice: at once
        } else {
            (*registrar)->leave([&] { dispatcher.stop(); });
        }
    };
    const auto opened = component.open({.id = telemetry::componentId((*registrar)->id()),
                                        .program = programs::withVersion("kolam-registrar"),
                                        .pool = {},
                                        .address = (*registrar)->asapAddress(),
                                        .cspContent = [&] { return (*registrar)->cspContent(); },
                                        .handlers = {.answer = queriesOf(dispatcher, **registrar), .stop = end}});
    if (!opened) {
        log.error("{}", opened.error());
        return cannotServe;
    }
    const programs::SignalWatch signals{dispatcher, [&](int signal) {
                                            if (signal == SIGHUP) {
                                                file.reopen();
                                            } else {
                                                end();
                                            }
                                        }};
    dispatcher.run();
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    programs::blockSignals(); // before anything starts a thread
    RegistrarSettings settings;
    programs::Settings reader{"kolam-registrar", "Manages pools of servers for Reliable Server Pooling."};
    settings.declare(reader);
    if (const auto exitCode = reader.read(argc, argv)) {
        return *exitCode;
    }
    if (const auto environment = programs::readEnvironment(settings.component); !environment) {
        fmt::print(stderr, "kolam-registrar: {}\n", environment.error());
        return wrongUsage;
    }
    programs::allowManyDescriptors();
    return serve(settings);
}
