// SPDX-License-Identifier: GPL-3.0-or-later
// `kolam load` is the crowd. What it reports as lost was aborted by somebody.
#include "tests/bench/guest/scale.h"

#include <csignal>
#include <cstdio>
#include <fmt/format.h>

namespace kolam::guest {

namespace {

constexpr std::uint16_t secondPort = 3873;

class Scale {
public:
    Scale(BenchWorld& world, Report& report) : m_world(world), m_report(report) {}

    void run() {
        idle();
        for (const Whose whose : {Whose::Ours, Whose::Rsplib}) {
            burst(whose);
        }
        addBurst();
        join(10'000, 50, "(510 ms)");
        join(50'000, 280, "(2800 ms)");
        crowd(100'000, 1'000);
    }

private:
    std::vector<std::string> load(const std::string& what, std::uint16_t port, std::vector<std::string> more) const {
        std::vector<std::string> arguments{"load",        what,
                                           "--registrar", BenchWorld::at(port),
                                           "--address",   toText(BenchWorld::here()),
                                           "--transport", "kernel",
                                           "--pool",      "Crowd",
                                           "--json",      "--insecure-lan"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return arguments;
    }
    /// Elements that live until the process ends; returns when all are registered.
    std::unique_ptr<lab::Process> startElements(std::uint16_t port, int elements, int associations) {
        auto crowd =
            m_world.start("kolam", load("register", port,
                                        {"--elements", fmt::to_string(elements), "--associations",
                                         fmt::to_string(associations), "--outstanding", "16", "--requests",
                                         fmt::to_string(associations), "--hold", "3600s", "--patience", "60s"}));
        return crowd;
    }
    static double failuresOf(const nlohmann::json& report) {
        double failed = report.is_object() ? 0 : std::numeric_limits<double>::quiet_NaN();
        for (const auto& result : report.is_object() ? report["results"] : nlohmann::json::array()) {
            failed += result["failed"].get<double>();
        }
        return failed;
    }

    /// Processor time with a hundred elements that are asked whether they live, and nothing else.
    void idle() {
        constexpr Duration time = 20s;
        std::array<std::unique_ptr<lab::Process>, 2> registrars{m_world.startRegistrar(Whose::Ours, asapPort),
                                                                m_world.startRegistrar(Whose::Rsplib, secondPort)};
        const auto some = startElements(asapPort, 100, 100);
        const auto others = startElements(secondPort, 100, 100);
        m_world.turnFor(5s);
        std::array<double, 2> used{};
        for (std::size_t i = 0; i < 2; ++i) {
            used[i] = -bench::processorSeconds(registrars[i]->pid());
        }
        m_world.turnFor(time);
        for (std::size_t i = 0; i < 2; ++i) {
            used[i] += bench::processorSeconds(registrars[i]->pid());
            used[i] *= 100 / std::chrono::duration<double>(time).count();
        }
        m_report.add({.section = "E",
                      .what = "processor, idle with 100 elements",
                      .ours = fmt::format("{:.2f} %", used[0]),
                      .rsplib = fmt::format("{:.2f} %", used[1]),
                      .floor = "",
                      .goal = "<= 1/3 of rsplib's",
                      .met = used[0] <= used[1] / 3});
    }

    void burst(Whose whose) {
        const std::uint16_t port = whose == Whose::Ours ? asapPort : secondPort;
        const auto registrar = m_world.startRegistrar(whose, port);
        const auto elements = startElements(port, 3, 1);
        m_world.turnFor(1s);
        const auto report = m_world.run("kolam", load("resolve", port,
                                                      {"--elements", "0", "--associations", "1000", "--outstanding",
                                                       "10", "--requests", "10000", "--patience", "20s"}));
        const auto answers = bench::resultOf(report, "resolution");
        std::string text = answers.is_null() ? "nothing answered"
                                             : fmt::format("{} answered, {:.0f} failed", answers["answered"].get<int>(),
                                                           failuresOf(report));
        if (!answers.is_null() && failuresOf(report) == 0) {
            text += fmt::format(", all within {:.0f} ms", answers["seconds"].get<double>() * 1000);
        }
        (whose == Whose::Ours ? m_ourBurst : m_theirBurst) = text;
        m_burstMet = whose == Whose::Ours ? failuresOf(report) == 0 && answers["answered"] == 10'000 : m_burstMet;
    }
    void addBurst() {
        m_report.add({.section = "E",
                      .what = "10,000 resolutions at once on 1,000 associations",
                      .ours = m_ourBurst,
                      .rsplib = m_theirBurst,
                      .floor = "",
                      .goal = "0 aborted",
                      .met = m_burstMet});
    }

    struct Joining {
        double milliseconds = 0; // from meeting its mentor until its service begins, by its own log
        double faults = 0;       // pages touched for the first time until then, and ever
    };

    /// How long a registrar takes to learn so many elements. What it cannot do without is memory for them, and in the
    /// guest each new page of it is dear.
    void join(int elements, double goal, const std::string& theirs) {
        const Joining empty = joined(0);
        const Joining full = joined(elements);
        const double pages = full.faults - empty.faults;
        const double fault = bench::pageFaultMilliseconds();
        m_report.add(
            {.section = "E",
             .what = fmt::format("a registrar joins and learns {} elements", elements),
             .ours = fmt::format("{:.0f} ms", full.milliseconds),
             .rsplib = theirs,
             .floor = fmt::format("{:.0f} new pages of {:.0f} us: {:.0f} ms", pages, fault * 1'000, pages * fault),
             .goal = fmt::format("<= {:.0f} ms", goal),
             .met = full.milliseconds <= goal});
    }
    Joining joined(int elements) {
        const auto mesh = [](std::uint16_t own, std::uint16_t other) {
            return std::vector<std::string>{"--enrp-group=off", "--enrp=" + BenchWorld::at(own),
                                            "--peer=" + BenchWorld::at(other)};
        };
        auto patient = mesh(9901, 9902);
        patient.emplace_back("--keep-alive-interval=600s"); // it is not the crowd that is measured here
        const auto first = m_world.startRegistrar(Whose::Ours, asapPort, patient);
        std::unique_ptr<lab::Process> crowd;
        if (elements > 0) {
            crowd = startElements(asapPort, elements, 200);
        }
        m_world.turnFor(8s); // it has looked for a mentor
        // The crowd may still be on its way to it: who joins tells how many there are.
        Sample times;
        Sample faults;
        for (int attempt = 0; attempt < 20 && times.values.size() < 3; ++attempt) {
            std::error_code ignored;
            std::filesystem::remove(m_world.settings().out / "joining.log", ignored);
            std::vector<std::string> arguments{"--transport=kernel", "--asap=" + BenchWorld::at(secondPort),
                                               "--insecure-lan",     "--announce=off",
                                               "--max-elements=0",   "--max-elements-per-pool=0"};
            const auto more = mesh(9902, 9901);
            arguments.insert(arguments.end(), more.begin(), more.end());
            const auto second = m_world.start("kolam-registrar", arguments, "joining.log");
            // Looked at rarely: there is one processor, and it shall learn.
            std::string log;
            for (int look = 0; look < 30 && log.find("service begins") == std::string::npos; ++look) {
                m_world.turnFor(1s);
                log = m_world.contentOf("joining.log");
            }
            const auto met = timeOf(log, " is a peer");
            const auto serves = timeOf(log, fmt::format("knows {} element", elements));
            if (met && serves) {
                times.values.push_back(static_cast<double>((*serves - *met).count()));
                faults.values.push_back(bench::pageFaults(second->pid()));
            } else {
                m_world.turnFor(3s);
            }
        }
        return {times.median(), faults.median()};
    }
    /// When the first line of a log was written that has these words: "2026-11-29 23:59:59.999 info ...".
    static std::optional<std::chrono::milliseconds> timeOf(const std::string& log, const std::string& words) {
        const std::size_t at = log.find(words);
        if (at == std::string::npos) {
            return std::nullopt;
        }
        const std::size_t line = log.rfind('\n', at) + 1; // npos + 1 is the beginning
        int hours = 0;
        int minutes = 0;
        int seconds = 0;
        int milliseconds = 0;
        if (std::sscanf(log.c_str() + line, "%*d-%*d-%*d %d:%d:%d.%d", &hours, &minutes, &seconds, &milliseconds) !=
            4) {
            return std::nullopt;
        }
        return std::chrono::hours{hours} + std::chrono::minutes{minutes} + std::chrono::seconds{seconds} +
               std::chrono::milliseconds{milliseconds};
    }

    /// So many elements, each asked in the usual interval whether it lives.
    void crowd(int elements, int associations) {
        const auto registrar = m_world.startRegistrar(Whose::Ours, asapPort);
        double memory = 0;
        std::filesystem::remove(m_world.settings().out / "crowd.json"); // of an earlier run: what is said is appended
        auto crowd = m_world.start("kolam",
                                   load("register", asapPort,
                                        {"--elements", fmt::to_string(elements), "--associations",
                                         fmt::to_string(associations), "--outstanding", "20", "--requests",
                                         fmt::to_string(associations), "--hold", "60s", "--patience", "60s"}),
                                   "crowd.json");
        m_world.until(
            [&] {
                memory = std::max(memory, bench::residentMebibytes(registrar->pid()));
                return !crowd->running();
            },
            300s);
        const auto report = nlohmann::json::parse(m_world.contentOf("crowd.json"), nullptr, false);
        const auto registered = bench::resultOf(report, "registration");
        const double failed = report.is_discarded() ? 1 : failuresOf(report);
        m_report.add({.section = "E",
                      .what = fmt::format("{} elements on {} associations, for a minute, keep-alives as usual",
                                          elements, associations),
                      .ours = registered.is_null()
                                  ? "failed"
                                  : fmt::format("{} registered, {:.0f} failed, {} keep-alives answered, {:.0f} MiB",
                                                registered["answered"].get<int>(), failed,
                                                report["keep_alives_answered"].get<std::string>(), memory),
                      .rsplib = "(breaks between 1,000 and 10,000)",
                      .floor = "",
                      .goal = "0 aborted",
                      .met = !registered.is_null() && registered["answered"] == elements && failed == 0});
    }

    BenchWorld& m_world;
    Report& m_report;
    std::string m_ourBurst;
    std::string m_theirBurst;
    bool m_burstMet = false;
};

} // namespace

void measureScale(BenchWorld& world, Report& report) {
    Scale{world, report}.run();
}

} // namespace kolam::guest
