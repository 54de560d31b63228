// SPDX-License-Identifier: GPL-3.0-or-later
// What one processor answers over SCTP in user space on this host: kolam-registrar under `kolam load`, and a bare echo
// on the same stack, in turns. Rates are of the processor time that the server has used, so other work on this host
// says little; latencies are of this host as it was.
//   measure_host [--repetitions 5] [--seconds 2] [--outstanding 64] [--json FILE]
#include "core/dispatch/epoll_dispatcher.h"
#include "demos/lab/process.h"
#include "tests/bench/common/programs.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <poll.h>
#include <unistd.h>

namespace {

using namespace kolam;
using namespace std::chrono_literals;

constexpr double rateGoal = 100'000;
constexpr double shareGoal = 0.8;

struct Options {
    int repetitions = 5;
    double seconds = 2;
    unsigned outstanding = 64;
    std::string json;
};

/// What every repetition has found.
struct Series {
    std::vector<double> perProcessorSecond;
    std::vector<double> perSecond;
    std::vector<double> p50;
    std::vector<double> p99;
    static double quantile(std::vector<double> values, double share) {
        std::ranges::sort(values);
        return values.empty() ? 0
                              : values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1) + 0.5)];
    }
};

class Measurement {
public:
    explicit Measurement(const Options& options)
        : m_options(options)
        , m_programs(std::filesystem::read_symlink("/proc/self/exe").parent_path())
        , m_base(static_cast<std::uint16_t>(20'000 + static_cast<unsigned>(::getpid()) % 20'000)) {}

    int run() {
        const auto registrar =
            start("kolam-registrar",
                  {"--transport", "user", "--asap", at(0), "--no-enrp", "--announce", "off", "--max-resolutions", "0",
                   "--max-registrations", "0", "--max-elements-per-association", "0", "--log-level", "error"});
        const auto echo = start("measure_floor", {"serve", "--transport", "user", "--at", at(1)});
        if (!registrar || !echo) {
            fmt::print(stderr, "measure_host: cannot start kolam-registrar and measure_floor\n");
            return 1;
        }
        turnFor(500ms);
        for (int i = 0; i < m_options.repetitions; ++i) {
            measure("echo", echo->pid(), "measure_floor",
                    {"ask", "--transport", "user", "--to", at(1), "--seconds", fmt::to_string(m_options.seconds)});
            for (const auto& [load, what] : {std::pair{"resolve", "resolution"}, {"register", "re-registration"}}) {
                measure(what, registrar->pid(), "kolam",
                        {"load", load, "--transport", "user", "--registrar", at(0), "--time",
                         fmt::format("{}s", m_options.seconds)});
            }
        }
        return report();
    }

private:
    [[nodiscard]] std::string at(unsigned port) const { return fmt::format("127.0.0.1:{}", m_base + port); }
    std::unique_ptr<lab::Process> start(const std::string& program, std::vector<std::string> arguments) {
        auto started = lab::Process::start(
            m_dispatcher,
            {.program = m_programs / program, .arguments = std::move(arguments), .environment = {}, .log = "/dev/null"},
            [](const lab::ProcessEnd&) {});
        return started ? std::move(*started) : nullptr;
    }
    void turnFor(Duration time) {
        for (const TimePoint end = m_dispatcher.now() + time; m_dispatcher.now() < end;) {
            pollfd ready{m_dispatcher.pollDescriptor(), POLLIN, 0};
            ::poll(&ready, 1, 20);
            m_dispatcher.turn();
        }
    }
    void measure(const std::string& what, pid_t server, const std::string& program,
                 std::vector<std::string> arguments) {
        arguments.insert(arguments.end(), {"--json", "--outstanding", fmt::to_string(m_options.outstanding)});
        const double before = bench::processorSeconds(server);
        const auto result = bench::resultOf(bench::runForJson(m_programs / program, arguments, "/dev/stderr"), what);
        const double used = bench::processorSeconds(server) - before;
        if (result.is_null() || result["failed"] != 0) {
            fmt::print(stderr, "measure_host: {}: {}\n", what, result.dump());
            return;
        }
        Series& series = m_series[what];
        series.perProcessorSecond.push_back(result["answered"].get<double>() / used);
        series.perSecond.push_back(result["per_second"]);
        series.p50.push_back(result["latency_us"]["p50"]);
        series.p99.push_back(result["latency_us"]["p99"]);
    }
    int report() {
        nlohmann::ordered_json json;
        fmt::print("{:<18} {:>22} {:>12} {:>10} {:>10}\n", "median of repetitions", "a second of processor", "a second",
                   "p50 us", "p99 us");
        for (const auto& [what, series] : m_series) {
            const auto median = [](const std::vector<double>& values) { return Series::quantile(values, 0.5); };
            fmt::print("{:<21} {:>22.0f} {:>12.0f} {:>10.1f} {:>10.1f}\n", what, median(series.perProcessorSecond),
                       median(series.perSecond), median(series.p50), median(series.p99));
            json[what] = {{"per_processor_second", series.perProcessorSecond},
                          {"per_second", series.perSecond},
                          {"p50_us", series.p50},
                          {"p99_us", series.p99}};
        }
        const auto& resolutions = m_series["resolution"].perProcessorSecond;
        const auto& echoes = m_series["echo"].perProcessorSecond;
        std::vector<double> shares;
        for (std::size_t i = 0; i < std::min(resolutions.size(), echoes.size()); ++i) {
            shares.push_back(resolutions[i] / echoes[i]);
        }
        const double rate = Series::quantile(resolutions, 0.25);
        const double share = Series::quantile(shares, 0.25);
        fmt::print(
            "resolutions, lower quartile: {:.0f} a second of processor (goal {:.0f}: {}), {:.2f} of echo (goal {}: "
            "{})\n",
            rate, rateGoal, rate >= rateGoal ? "met" : "NOT met", share, shareGoal,
            share >= shareGoal ? "met" : "NOT met");
        if (!m_options.json.empty()) {
            std::ofstream{m_options.json} << json.dump(2) << '\n';
        }
        return resolutions.empty() || echoes.empty() ? 1 : 0;
    }

    Options m_options;
    std::filesystem::path m_programs;
    std::uint16_t m_base;
    EpollDispatcher m_dispatcher;
    std::map<std::string, Series> m_series;
};

} // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app{"Measures a registrar and a bare echo over SCTP in user space"};
    app.add_option("--repetitions", options.repetitions, "Turns (5)")->check(CLI::Range(1, 1000));
    app.add_option("--seconds", options.seconds, "Of one measurement (2)")->check(CLI::Range(0.1, 600.0));
    app.add_option("--outstanding", options.outstanding, "Questions under way (64)")->check(CLI::Range(1, 10'000));
    app.add_option("--json", options.json, "Writes every value to this file");
    CLI11_PARSE(app, argc, argv);
    return Measurement{options}.run();
}
