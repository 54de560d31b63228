// SPDX-License-Identifier: GPL-3.0-or-later
// One child process that a lab started: its death is an event of the dispatcher, and nobody else is ever signalled.
// Next door: stage.h, which knows what the processes are for.
#pragma once

#include "core/dispatch/dispatcher.h"

#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <sys/types.h>
#include <system_error>
#include <utility>
#include <vector>

namespace kolam::lab {

/// How a process ended.
struct ProcessEnd {
    bool bySignal = false;
    int code = 0; // exit code, or the signal's number
};
/// "exit code 1", "signal 9 (Killed)".
[[nodiscard]] std::string toText(const ProcessEnd& end);

class Process {
public:
    struct Command {
        std::filesystem::path program;
        std::vector<std::string> arguments;
        std::vector<std::pair<std::string, std::string>> environment; // besides the one of this process
        std::filesystem::path log;                    // takes standard output and error; empty: those of this process
        std::vector<std::pair<int, int>> descriptors; // of this process that it gets, and which number each has there
        bool diesWithParent = true;
    };
    /// Starts a process. Signals are unblocked and default in it.
    /// @param onEnd  called once, from a turn of the dispatcher, when the process has ended and was reaped.
    static std::expected<std::unique_ptr<Process>, std::error_code>
    start(DescriptorDispatcher& dispatcher, const Command& command, std::function<void(const ProcessEnd&)> onEnd);
    ~Process(); // kills what still runs, and reaps it; what need not die with us is left alone
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    [[nodiscard]] pid_t pid() const { return m_pid; }
    [[nodiscard]] bool running() const { return m_descriptor >= 0; }
    /// Signals exactly this process, even when its number has been used again. Error: no_such_process.
    std::error_code signal(int number) const;

private:
    Process(DescriptorDispatcher& dispatcher, pid_t pid, int descriptor, std::function<void(const ProcessEnd&)> onEnd);
    void ended();
    ProcessEnd reap();

    DescriptorDispatcher& m_dispatcher;
    pid_t m_pid;
    int m_descriptor; // pidfd; -1 after the end
    bool m_diesWithUs = true;
    std::function<void(const ProcessEnd&)> m_onEnd;
};

} // namespace kolam::lab
