// SPDX-License-Identifier: GPL-3.0-or-later
// A pool user as a process: what `kolam terminal`, `kolam ping` and others have in common.
// Next door: element_program.h, the other side.
#pragma once

#include "core/node/user_node.h"
#include "demos/cli/node_options.h"

#include <functional>

namespace kolam::cli {

struct UserOptions : NodeOptions {
    /// What a user says goes to standard output; so its log says only what is wrong.
    UserOptions() { logLevel = LogLevel::Warning; }
    std::uint32_t features = 0; // besides the session keep-alive
};

/// The node options.
void addUserOptions(CLI::App& command, const std::shared_ptr<UserOptions>& options);

/// Uses the node: opens its sessions, turns the dispatcher, and answers with the exit code.
using UseNode = std::function<int(DescriptorDispatcher&, Log&, UserNode&)>;
/// Starts a user node for it. SIGINT and SIGTERM stop the dispatcher.
/// @return the exit code
int runUser(const UserOptions& options, const UseNode& use);

} // namespace kolam::cli
