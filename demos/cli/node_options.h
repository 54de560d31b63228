// SPDX-License-Identifier: GPL-3.0-or-later
// What every pool element and every pool user of the command line can be told, and the place where it then runs.
// Next door: element_program.h and user_program.h, which run the one or the other; option_reading.h.
#pragma once

#include "core/base/ids.h"
#include "core/dispatch/epoll_dispatcher.h"
#include "core/node/profile.h"
#include "core/node/registrar_sources.h"
#include "core/transport/transport.h"
#include "programs/common/component_options.h"
#include "programs/common/spdlog_log.h"
#include "programs/common/transport_choice.h"

#include <CLI/App.hpp>
#include <expected>
#include <memory>
#include <optional>
#include <string>

namespace kolam::cli {

struct NodeOptions {
    std::string command; // "kolam serve echo": complaints begin with it
    PoolHandle pool;
    RegistrarSources registrars;
    Profile profile = rsplibProfile();
    TransportAddress address{.ips = {IpAddress::v4(127, 0, 0, 1)}, .port = 0};
    programs::TransportChoice transport = programs::TransportChoice::Auto;
    LogLevel logLevel = LogLevel::Info;
    std::string logFile;
    bool insecureLan = false;
    ComponentOptions component; // for whoever watches
};

/// Adds --pool, --registrar, --profile, --address, --transport, --insecure-lan, the log's options, and those for
/// viewers
/// (--scope, --csp-server, --csp-interval, --record); the defaults that
/// their help names are those that `options` holds. `addressHelp` says what the address is for.
void addNodeOptions(CLI::App& command, const std::shared_ptr<NodeOptions>& options, const std::string& addressHelp);

/// What an element or a user stands on, in the order in which it ends.
struct NodeGround {
    NodeGround(LogLevel level, std::string logFile) : log(level, std::move(logFile)) {}
    programs::SpdlogLog log;
    EpollDispatcher dispatcher;
    std::unique_ptr<transport::Transport> transport;
    std::optional<Component> component; // to be opened when the node stands
};

/// Checks what only all options together can say, and opens log and transport. Complains on standard error; the error
/// is the exit code.
std::expected<std::unique_ptr<NodeGround>, int> openGround(const NodeOptions& options);

} // namespace kolam::cli
