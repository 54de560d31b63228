// SPDX-License-Identifier: GPL-3.0-or-later
// A pool element as a process: what all `kolam serve SERVICE` have in common. A service brings its own options and
// itself. Next door: serve/, one file a service; user_program.h, the other side.
#pragma once

#include "core/node/element_node.h"
#include "core/node/service.h"
#include "demos/cli/node_options.h"

#include <functional>

namespace kolam::cli {

struct ElementOptions : NodeOptions {
    PeIdentifier identifier; // 0: random
    wire::Policy policy;
};

/// The node options, --id and --policy.
void addElementOptions(CLI::App& command, const std::shared_ptr<ElementOptions>& options);

/// Adds --slots.
void addSlots(CLI::App& command, std::uint32_t& capacity);

/// Where a service is made.
struct ServicePlace {
    DescriptorDispatcher& dispatcher;
    Log& log;
    PeIdentifier element; // whose service it is
};
/// Makes the service; what is returned may own more, as its threads. Nothing: it has complained in the log.
using MakeService = std::function<std::shared_ptr<Service>(const ServicePlace&)>;
/// Serves until SIGINT or SIGTERM, then leaves the pool in good order, or at once when told a second time.
/// @return the exit code
int serveElement(const ElementOptions& options, const MakeService& makeService);

} // namespace kolam::cli
