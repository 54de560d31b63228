// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/cli/element_program.h"

#include "demos/cli/option_reading.h"
#include "demos/cli/policy_option.h"
#include "programs/common/signals.h"
#include "programs/common/values.h"

#include <csignal>
#include <fmt/format.h>

namespace kolam::cli {

void addElementOptions(CLI::App& command, const std::shared_ptr<ElementOptions>& options) {
    addNodeOptions(command, options, "Where users reach it: ADDRESS:PORT; port 0 is any free one (127.0.0.1:0)");
    addRead(command, "--id", "Identifier in the pool, as 42 or 0x2a; a random one otherwise",
            [options](const std::string& text) {
                return take(programs::readNumber(text, 1, 0xffffffff), options->identifier.value);
            });
    addRead(command, "--policy",
            "Selection policy of the pool, for example LeastUsed or WeightedRandom:10 (RoundRobin)",
            [options](const std::string& text) { return take(readPolicy(text), options->policy); });
}

void addSlots(CLI::App& command, std::uint32_t& capacity) {
    addNumber(command, "--slots", fmt::format("Sessions at a time; more are refused ({})", capacity), capacity, 1,
              65'536);
}

int serveElement(const ElementOptions& options, const MakeService& makeService) {
    auto ground = openGround(options);
    if (!ground) {
        return ground.error();
    }
    Component& component = *(*ground)->component;
    Log& log = component.log();
    EpollDispatcher& dispatcher = (*ground)->dispatcher;
    const PeIdentifier identifier =
        options.identifier != PeIdentifier{} ? options.identifier : PeIdentifier{dispatcher.random().nonZero32()};
    const std::shared_ptr<Service> service = makeService({dispatcher, log, identifier});
    if (!service) {
        return cannotRun;
    }
    ElementNode::Config config{.poolHandle = options.pool,
                               .identifier = identifier,
                               .policy = options.policy,
                               .local = options.address,
                               .registrars = options.registrars,
                               .profile = options.profile,
                               .telemetry = &component.hub()};
    config.registrars.loopbackOnly = !options.insecureLan;
    const auto element = ElementNode::start(dispatcher, component.transport(), log, *service, config);
    if (!element) {
        log.error("cannot serve at {}: {}", toText(options.address), element.error().message());
        return cannotRun;
    }
    bool ending = false;
    const auto end = [&](Duration patience) {
        if (std::exchange(ending, true)) {
            dispatcher.stop(); // asked twice: at once
        } else {
            (*element)->leave([&] { dispatcher.stop(); }, patience);
        }
    };
    const auto watchable =
        component.open({.id = telemetry::componentId(identifier),
                        .program = programs::withVersion(options.command),
                        .pool = options.pool,
                        .address = (*element)->serviceAddress(),
                        .cspContent = [&] { return (*element)->cspContent(); },
                        .handlers = {.answer = {},
                                     .stop = [&] { end({}); },
                                     .drain = [&] { end(Duration::max()); },
                                     .closeSessions = [&] { (*element)->closeSessions(); },
                                     .maintenance = [&](bool on) { (*element)->setMaintenance(on); }}});
    if (!watchable) {
        log.error("{}", watchable.error());
        return cannotRun;
    }
    const programs::SignalWatch signals{dispatcher, [&](int signal) {
                                            if (signal == SIGHUP) {
                                                (*ground)->log.reopen();
                                            } else {
                                                end({});
                                            }
                                        }};
    dispatcher.run();
    return 0;
}

} // namespace kolam::cli
