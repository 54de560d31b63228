// SPDX-License-Identifier: GPL-3.0-or-later
// `kolam lab`: the process that plays a scenario for `kolam demo FILE` and for windows, who talk to it through its
// standard input, one end of a socket pair. Next door: demos/lab/lab_service.h.
#include "core/dispatch/epoll_dispatcher.h"
#include "demos/cli/commands.h"
#include "demos/cli/option_reading.h"
#include "demos/lab/lab_service.h"
#include "demos/lab/scenario_file.h"
#include "programs/common/signals.h"
#include "programs/common/values.h"

#include <CLI/CLI.hpp>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <random>
#include <sys/socket.h>
#include <unistd.h>

namespace kolam::cli {

namespace {

constexpr int notAsExpected = 1;

struct LabOptions {
    std::string scenario;
    std::string scope;
    std::string logs;
    bool noWindows = false;
    bool byHand = false;
    bool endless = false;
};

bool isSocket(int descriptor) {
    int type = 0;
    socklen_t size = sizeof type;
    return ::getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &size) == 0;
}

int runLab(const LabOptions& options) {
    const auto refuse = [](const std::string& text) {
        complain("lab", text);
        return badOption;
    };
    if (!isSocket(STDIN_FILENO)) {
        return refuse("is for programs that talk to it; try kolam demo FILE");
    }
    auto scenario = lab::readScenario(options.scenario);
    if (!scenario) {
        return refuse(scenario.error());
    }
    std::error_code error;
    const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
    EpollDispatcher dispatcher{std::random_device{}()};
    // A descriptor of its own: nothing that is started here may hold the control socket open.
    const int control = ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
    const int nothing = ::open("/dev/null", O_RDONLY);
    ::dup2(nothing, STDIN_FILENO);
    ::close(nothing);
    lab::LabService service{dispatcher,
                            std::move(*scenario),
                            {.programs = self.parent_path(),
                             .logs = options.logs,
                             .scope = options.scope,
                             .windows = !options.noWindows,
                             .byHand = options.byHand,
                             .endless = options.endless}};
    service.addOwner(control);
    if (auto opened = service.openDoor(std::filesystem::path{options.logs} / lab::controlSocket); !opened) {
        return refuse(opened.error());
    }
    const programs::SignalWatch signals{dispatcher, [&](int) { service.end(); }};
    if (auto begun = service.begin(); !begun) {
        return refuse(begun.error());
    }
    dispatcher.run();
    return service.passed() ? 0 : notAsExpected;
}

} // namespace

void addLab(CLI::App& kolam, Run& run) {
    auto options = std::make_shared<LabOptions>();
    CLI::App* const command = kolam.add_subcommand("lab", "Play a scenario for the program at standard input");
    command->group(""); // for programs: kolam demo is for people
    command->add_option("scenario", options->scenario, "The scenario file")->required();
    command->add_option("--scope", options->scope, "Where viewers find the components")->required();
    command->add_option("--logs", options->logs, "The folder of the logs")->required()->check(CLI::ExistingDirectory);
    command->add_flag("--no-windows", options->noWindows, "Windows of users draw to nowhere");
    command->add_flag("--by-hand", options->byHand, "Do only what is asked for, until the end is asked for");
    command->add_flag("--endless", options->endless, "Go on when the scenario's time is over");
    command->callback([options, &run] { run = [options] { return runLab(*options); }; });
}

} // namespace kolam::cli
