// SPDX-License-Identifier: GPL-3.0-or-later
// Very many components that report by CSP four times a second each, over real UDP, from a process of their own; and
// what they cost a monitor: in this process, where pictures can be measured, and in kolam-monitor as it is installed.
// Next door: measure_monitor.cpp.
#pragma once

#include <atomic>
#include <cstdint>
#include <sys/types.h>

namespace kolam::gui {

class TurnWatch;

class ReportStorm {
public:
    /// Forks: before there are threads.
    explicit ReportStorm(std::uint32_t senders);
    ~ReportStorm();
    ReportStorm(const ReportStorm&) = delete;
    ReportStorm& operator=(const ReportStorm&) = delete;

    void measure(TurnWatch& watch);

private:
    struct Shared {
        std::atomic<std::uint16_t> port = 0; // where to; 0: nowhere
        std::atomic<bool> end = false;
        std::atomic<std::uint64_t> sent = 0;
    };
    [[noreturn]] void send();
    void measureHere(TurnWatch& watch);
    void measureProgram();

    std::uint32_t m_senders;
    Shared* m_shared;
    pid_t m_process;
};

} // namespace kolam::gui
