// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/lab/process.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace kolam::lab {

namespace {

constexpr int highDescriptors = 200;

std::error_code lastError() {
    return {errno, std::generic_category()};
}

/// A child must not inherit our blocked signals, and must die with us: util-linux's setpriv asks the kernel for that.
std::vector<std::string> commandLine(const Process::Command& command) {
    std::vector<std::string> line;
    if (static const char* const setpriv = "/usr/bin/setpriv"; command.diesWithParent && ::access(setpriv, X_OK) == 0) {
        line = {setpriv, "--pdeathsig", "KILL", "--"};
    }
    line.push_back(command.program.string());
    line.insert(line.end(), command.arguments.begin(), command.arguments.end());
    return line;
}

std::vector<std::string> environment(const Process::Command& command) {
    std::vector<std::string> variables;
    for (char** variable = environ; *variable != nullptr; ++variable) {
        const std::string_view text{*variable};
        const std::string_view name = text.substr(0, text.find('='));
        bool replaced = false;
        for (const auto& [other, value] : command.environment) {
            replaced = replaced || name == other;
        }
        if (!replaced) {
            variables.emplace_back(text);
        }
    }
    for (const auto& [name, value] : command.environment) {
        variables.push_back(name + "=" + value);
    }
    return variables;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> result;
    result.reserve(texts.size() + 1);
    for (std::string& text : texts) {
        result.push_back(text.data());
    }
    result.push_back(nullptr);
    return result;
}

} // namespace

std::string toText(const ProcessEnd& end) {
    return end.bySignal ? fmt::format("signal {} ({})", end.code, ::strsignal(end.code))
                        : fmt::format("exit code {}", end.code);
}

std::expected<std::unique_ptr<Process>, std::error_code>
Process::start(DescriptorDispatcher& dispatcher, const Command& command, std::function<void(const ProcessEnd&)> onEnd) {
    std::vector<std::string> line = commandLine(command);
    std::vector<std::string> variables = environment(command);

    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (!command.log.empty()) {
        posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, command.log.c_str(), O_WRONLY | O_CREAT | O_APPEND,
                                         0600);
        posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO);
    }
    // Copies far above all numbers, or one of them could be overwritten by another before it is copied itself.
    std::vector<int> copies;
    for (const auto& [ours, theirs] : command.descriptors) {
        copies.push_back(::fcntl(ours, F_DUPFD_CLOEXEC, highDescriptors));
        posix_spawn_file_actions_adddup2(&files, copies.back(), theirs);
    }
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none;
    sigset_t every;
    sigemptyset(&none);
    sigfillset(&every);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &every);
    posix_spawnattr_setpgroup(&attributes, 0); // Ctrl+C in the terminal is for us; we end the children in order
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);

    pid_t pid = -1;
    const int error = ::posix_spawn(&pid, line.front().c_str(), &files, &attributes, pointers(line).data(),
                                    pointers(variables).data());
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    for (const int copy : copies) {
        ::close(copy);
    }
    if (error != 0) {
        return std::unexpected(std::error_code{error, std::generic_category()});
    }
    const auto descriptor = static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
    if (descriptor < 0) {
        const std::error_code reason = lastError();
        ::kill(pid, SIGKILL);
        ::waitpid(pid, nullptr, 0);
        return std::unexpected(reason);
    }
    ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    std::unique_ptr<Process> process{new Process(dispatcher, pid, descriptor, std::move(onEnd))};
    process->m_diesWithUs = command.diesWithParent;
    return process;
}

Process::Process(DescriptorDispatcher& dispatcher, pid_t pid, int descriptor,
                 std::function<void(const ProcessEnd&)> onEnd)
    : m_dispatcher(dispatcher)
    , m_pid(pid)
    , m_descriptor(descriptor)
    , m_onEnd(std::move(onEnd)) {
    m_dispatcher.watch(m_descriptor, Interest::Read, [this](Readiness) { ended(); });
}

Process::~Process() {
    if (running() && m_diesWithUs) {
        static_cast<void>(signal(SIGKILL));
        static_cast<void>(reap());
    } else if (running()) {
        m_dispatcher.unwatch(m_descriptor);
        ::close(m_descriptor);
    }
}

std::error_code Process::signal(int number) const {
    if (!running()) {
        return std::make_error_code(std::errc::no_such_process);
    }
    return ::syscall(SYS_pidfd_send_signal, m_descriptor, number, nullptr, 0) == 0 ? std::error_code{} : lastError();
}

void Process::ended() {
    const ProcessEnd end = reap();
    if (auto onEnd = std::move(m_onEnd)) {
        onEnd(end); // may destroy this object
    }
}

ProcessEnd Process::reap() {
    siginfo_t info{};
    while (::waitid(P_PID, static_cast<id_t>(m_pid), &info, WEXITED) != 0 && errno == EINTR) {
    }
    m_dispatcher.unwatch(m_descriptor);
    ::close(m_descriptor);
    m_descriptor = -1;
    return {.bySignal = info.si_code != CLD_EXITED, .code = info.si_status};
}

} // namespace kolam::lab
