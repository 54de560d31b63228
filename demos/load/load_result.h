// SPDX-License-Identifier: GPL-3.0-or-later
// What a load has found out: how many answers in which time, how late they were, and everything that went wrong.
// Next door: registrar_load.h and session_load.h, which fill it; load_report.h, which prints it.
#pragma once

#include "demos/load/latency_histogram.h"

#include <cstdint>
#include <map>
#include <string>

namespace kolam::load {

struct LoadResult {
    std::string what; // "resolution", "session set-up", ...
    LatencyHistogram latency;
    std::uint64_t answered = 0;                    // as it should be
    Duration took{};                               // from the first question to the last answer
    std::map<std::string, std::uint64_t> failures; // by a sentence's beginning: what happened, and how often

    [[nodiscard]] std::uint64_t failed() const {
        std::uint64_t sum = 0;
        for (const auto& [why, times] : failures) {
            sum += times;
        }
        return sum;
    }
    [[nodiscard]] double perSecond() const {
        const double seconds = std::chrono::duration<double>(took).count();
        return seconds > 0 ? static_cast<double>(answered) / seconds : 0;
    }
};

} // namespace kolam::load
