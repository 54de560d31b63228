// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/cli/user_program.h"

#include "demos/cli/option_reading.h"
#include "programs/common/signals.h"

#include <csignal>

namespace kolam::cli {

void addUserOptions(CLI::App& command, const std::shared_ptr<UserOptions>& options) {
    addNodeOptions(command, options, "Where it calls from: ADDRESS:PORT; port 0 is any free one (127.0.0.1:0)");
}

int runUser(const UserOptions& options, const UseNode& use) {
    auto ground = openGround(options);
    if (!ground) {
        return ground.error();
    }
    EpollDispatcher& dispatcher = (*ground)->dispatcher;
    Component& component = *(*ground)->component;
    UserNode::Config config{.registrars = options.registrars,
                            .profile = options.profile,
                            .features = options.features,
                            .local = options.address,
                            .telemetry = &component.hub()};
    config.registrars.loopbackOnly = !options.insecureLan;
    const auto node = UserNode::start(dispatcher, component.transport(), component.log(), config);
    if (!node) {
        (*ground)->log.error("cannot call from {}: {}", toText(options.address), node.error().message());
        return cannotRun;
    }
    const auto watchable =
        component.open({.id = telemetry::componentId(telemetry::Role::User, dispatcher.random()()),
                        .program = programs::withVersion(options.command),
                        .pool = {},
                        .address = {options.address.ips, 0},
                        .cspContent = [&] { return (*node)->cspContent(); },
                        .handlers = {.answer = {}, .stop = [&] { dispatcher.stop(); }, .drain = {}}});
    if (!watchable) {
        component.log().error("{}", watchable.error());
        return cannotRun;
    }
    const programs::SignalWatch signals{dispatcher, [&](int signal) {
                                            if (signal == SIGHUP) {
                                                (*ground)->log.reopen();
                                            } else {
                                                dispatcher.stop();
                                            }
                                        }};
    return use(dispatcher, component.log(), **node);
}

} // namespace kolam::cli
