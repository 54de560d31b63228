// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/lab/lab_client.h"

#include <cerrno>
#include <fmt/format.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace kolam::lab {

std::expected<std::unique_ptr<LabClient>, std::string> LabClient::start(DescriptorDispatcher& dispatcher,
                                                                        const Config& config,
                                                                        std::function<void(const LabLine&)> onLine,
                                                                        std::function<void(const ProcessEnd&)> onEnd) {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        return std::unexpected(fmt::format("cannot talk to a lab: {}", std::generic_category().message(errno)));
    }
    Process::Command command;
    command.program = config.programs / "kolam";
    command.arguments = {"lab", config.scenario.string(), "--scope", config.scope, "--logs", config.logs.string()};
    if (!config.windows) {
        command.arguments.emplace_back("--no-windows");
    }
    if (config.byHand) {
        command.arguments.emplace_back("--by-hand");
    }
    if (config.endless) {
        command.arguments.emplace_back("--endless");
    }
    command.descriptors = {{ends[1], STDIN_FILENO}};
    command.log = config.logs / "lab.log";
    // The lab must outlive us by the moment that it needs to heal what it has frozen.
    command.diesWithParent = false;
    auto process = Process::start(dispatcher, command, std::move(onEnd));
    ::close(ends[1]);
    if (!process) {
        ::close(ends[0]);
        return std::unexpected(fmt::format("cannot start {}: {}", command.program.string(), process.error().message()));
    }
    std::unique_ptr<LabClient> client{new LabClient};
    client->m_process = std::move(*process);
    client->m_channel = std::make_unique<LineChannel>(
        dispatcher, ends[0],
        [onLine = std::move(onLine)](std::string_view line) {
            if (const auto told = readLabLine(line)) { // a later version may say more
                onLine(*told);
            }
        },
        [] {}); // its process ends, too, and that is told
    return client;
}

LabClient::~LabClient() = default;

void LabClient::order(const LabOrder& order) {
    m_channel->send(toJson(order));
}

} // namespace kolam::lab
