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
    UserNode::Config config{.registrars = options.registrars,
                            .profile = options.profile,
                            .features = options.features,
                            .local = options.address};
    config.registrars.loopbackOnly = !options.insecureLan;
    const auto node = UserNode::start(dispatcher, *(*ground)->transport, (*ground)->log, config);
    if (!node) {
        (*ground)->log.error("cannot call from {}: {}", toText(options.address), node.error().message());
        return cannotRun;
    }
    const programs::SignalWatch signals{dispatcher, [&](int signal) {
                                            if (signal == SIGHUP) {
                                                (*ground)->log.reopen();
                                            } else {
                                                dispatcher.stop();
                                            }
                                        }};
    return use(dispatcher, (*ground)->log, **node);
}

} // namespace kolam::cli
