// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/services/scripting/sandbox.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <ranges>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace kolam::scripting {

namespace {

constexpr const char* bubblewrap = "/usr/bin/bwrap";

constexpr std::string_view apart = "--unshare-all --unshare-user --disable-userns --new-session --die-with-parent "
                                   "--cap-drop ALL --hostname kolam";
/// Of /etc there is what /usr points to and nothing else; there is no /home, no /var, and what is not here cannot be
/// reached.
constexpr std::string_view files = "--ro-bind /usr /usr --symlink usr/bin /bin --symlink usr/sbin /sbin "
                                   "--symlink usr/lib /lib --symlink usr/lib64 /lib64 "
                                   "--ro-bind-try /etc/alternatives /etc/alternatives --proc /proc "
                                   "--dev /dev --size 16777216 --tmpfs /dev/shm --remount-ro /dev";
constexpr std::string_view variables = "--clearenv --setenv PATH /usr/bin:/bin --setenv HOME /work "
                                       "--setenv TMPDIR /work --setenv LC_ALL C.UTF-8";

void appendWords(std::vector<std::string>& to, std::string_view text) {
    for (const auto word : std::views::split(text, ' ')) {
        to.emplace_back(word.begin(), word.end());
    }
}

/// The box without what goes in.
std::vector<std::string> box(std::uint64_t disk) {
    // With a clean environment from the start: nothing of ours can be found in there.
    std::vector<std::string> command{"/usr/bin/env", "-i", bubblewrap};
    appendWords(command, apart);
    appendWords(command, files);
    appendWords(command, fmt::format("--size {} --tmpfs /work --symlink work /tmp --chdir /work", disk));
    appendWords(command, variables);
    return command;
}

} // namespace

std::vector<std::string> jobCommand(Confinement confinement, const std::string& runner, const JobLimits& limits,
                                    const std::string& environment, const std::string& folder) {
    std::vector<std::string> command;
    std::string inside = runner;
    std::string shown = environment;
    std::string place = folder;
    if (confinement == Confinement::Sandbox) {
        command = box(limits.disk);
        inside = "/runner";
        place = "/work";
        command.insert(command.end(), {"--ro-bind", runner, inside});
        if (!environment.empty()) {
            shown = "/environment";
            command.insert(command.end(), {"--ro-bind", environment, shown});
        }
        command.insert(command.end(), {"--remount-ro", "/", "--seccomp", std::to_string(filterDescriptor), "--"});
    }
    command.insert(command.end(),
                   {inside, place, shown, std::to_string(limits.cpuSeconds), std::to_string(limits.memory),
                    std::to_string(limits.disk), std::to_string(limits.output), std::to_string(limits.processes),
                    std::to_string(limits.openFiles), std::to_string(limits.entries),
                    std::to_string(limits.checkpoint)});
    return command;
}

std::expected<void, std::string> checkSandbox() {
    if (::access(bubblewrap, X_OK) != 0) {
        return std::unexpected("bubblewrap (/usr/bin/bwrap, Debian package bubblewrap) is missing");
    }
    std::vector<std::string> line = box(1U << 20U);
    line.insert(line.end(), {"--", "/usr/bin/true"});
    std::vector<char*> arguments;
    for (std::string& argument : line) {
        arguments.push_back(argument.data());
    }
    arguments.push_back(nullptr);
    pid_t child = -1;
    if (const int error = ::posix_spawn(&child, line.front().c_str(), nullptr, nullptr, arguments.data(), environ);
        error != 0) {
        return std::unexpected(fmt::format("bubblewrap cannot be started: {}", std::strerror(error)));
    }
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        return std::unexpected("bubblewrap cannot make a sandbox here (are user namespaces allowed?)");
    }
    return {};
}

std::string findRunner() {
    std::error_code error;
    const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
    for (const std::filesystem::path& place : {self.parent_path(), self.parent_path() / "../lib/kolam"}) {
        std::filesystem::path runner = (place / "kolam-script-runner").lexically_normal();
        if (::access(runner.c_str(), X_OK) == 0) {
            return runner;
        }
    }
    return {};
}

} // namespace kolam::scripting
