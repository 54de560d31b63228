// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/load/load_report.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace kolam::load {

namespace {

constexpr std::array<std::pair<std::string_view, double>, 5> quantiles{
    {{"p50", 0.5}, {"p90", 0.9}, {"p99", 0.99}, {"p999", 0.999}, {"max", 1.0}}};

double microseconds(Duration duration) {
    return std::chrono::duration<double, std::micro>(duration).count();
}

} // namespace

std::string toTable(std::span<const LoadResult> results) {
    std::string text = fmt::format("{:<18} {:>10} {:>8} {:>11} {:>9} {:>9} {:>9} {:>9} {:>9}\n", "", "answers",
                                   "failed", "a second", "p50 us", "p90 us", "p99 us", "p99.9 us", "max us");
    for (const LoadResult& result : results) {
        text += fmt::format("{:<18} {:>10} {:>8} {:>11.0f}", result.what, result.answered, result.failed(),
                            result.perSecond());
        for (const auto& [name, share] : quantiles) {
            text += fmt::format(" {:>9.1f}", microseconds(result.latency.quantile(share)));
        }
        text += '\n';
    }
    for (const LoadResult& result : results) {
        for (const auto& [why, times] : result.failures) {
            text += fmt::format("{}: {} times {}\n", result.what, times, why);
        }
    }
    return text;
}

std::string toJson(const Circumstances& circumstances, std::span<const LoadResult> results) {
    nlohmann::ordered_json json;
    for (const auto& [word, value] : circumstances) {
        json[word] = value;
    }
    json["results"] = nlohmann::ordered_json::array();
    for (const LoadResult& result : results) {
        nlohmann::ordered_json latency;
        latency["min"] = microseconds(result.latency.least());
        latency["mean"] = microseconds(result.latency.mean());
        for (const auto& [name, share] : quantiles) {
            latency[std::string{name}] = microseconds(result.latency.quantile(share));
        }
        json["results"].push_back({{"what", result.what},
                                   {"answered", result.answered},
                                   {"failed", result.failed()},
                                   {"seconds", std::chrono::duration<double>(result.took).count()},
                                   {"per_second", result.perSecond()},
                                   {"latency_us", latency},
                                   {"failures", result.failures}});
    }
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

} // namespace kolam::load
