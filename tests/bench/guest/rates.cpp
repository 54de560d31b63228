// SPDX-License-Identifier: GPL-3.0-or-later
// Echo, ours and rsplib's take turns, so that whatever else the machine does meets all of them; a goal is met when the
// lower quartile of the turns' ratios meets it.
#include "tests/bench/guest/rates.h"

#include "core/node/registrar_line.h"
#include "core/node/registration_node.h"
#include "core/node/user_node.h"

#include <array>
#include <csignal>
#include <fmt/format.h>
#include <fstream>
#include <sstream>

namespace kolam::guest {

namespace {

constexpr std::array<std::uint16_t, 2> registrarPorts{3863, 3873};
constexpr int registrations = 1500; // of one turn
constexpr double tolerance = 0.05;  // of counted calls: what begins and ends an association is among them
constexpr int counted = 1500;       // questions, while somebody counts the registrar's system calls

struct Contest {
    Sample echo;
    Sample ours;
    Sample theirs;
    /// Of each turn, one's value in those of the echo.
    [[nodiscard]] Sample share(const Sample& of) const {
        Sample ratios;
        for (std::size_t i = 0; i < std::min(of.values.size(), echo.values.size()); ++i) {
            ratios.values.push_back(of.values[i] / echo.values[i]);
        }
        return ratios;
    }
};

class Rates {
public:
    Rates(BenchWorld& world, Report& report)
        : m_world(world)
        , m_report(report)
        , m_echo(world.start("measure_floor", {"serve", "--at", BenchWorld::at(echoPort)}))
        , m_registrars{world.startRegistrar(Whose::Ours, registrarPorts[0]),
                       world.startRegistrar(Whose::Rsplib, registrarPorts[1])} {
        for (const std::uint16_t port : registrarPorts) { // what is resolved: three elements that live on
            m_elements.push_back(
                world.start("kolam", {"load", "register", "--registrar", BenchWorld::at(port), "--address", address(),
                                      "--pool", "Pool", "--elements", "3", "--requests", "3", "--hold", "3600s",
                                      "--transport", "kernel", "--insecure-lan"}));
        }
        world.turnFor(2s);
    }

    void run() {
        serial();
        parallel();
        enter();
        systemCalls();
        libraries();
    }

private:
    static std::string address() { return toText(BenchWorld::here()); }

    nlohmann::json ask(std::uint16_t port, std::vector<std::string> more) {
        std::vector<std::string> arguments{"ask", "--to", BenchWorld::at(port), "--from", address(), "--json"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const auto report = m_world.run("measure_floor", arguments);
        return report.is_object() && !report["results"].empty() ? report["results"][0] : nlohmann::json{};
    }
    /// One turn of everybody; `value` takes what is wanted out of a result.
    template <typename Value>
    void turn(Contest& contest, const std::vector<std::string>& forEcho, const std::vector<std::string>& forRegistrars,
              Value value) {
        const auto add = [&](Sample& sample, const nlohmann::json& result) {
            if (result.is_object() && result["failed"] == 0) {
                sample.values.push_back(value(result));
            }
        };
        add(contest.echo, ask(echoPort, forEcho));
        add(contest.ours, ask(registrarPorts[0], forRegistrars));
        add(contest.theirs, ask(registrarPorts[1], forRegistrars));
    }
    static double rate(const nlohmann::json& result) { return result["per_second"]; }
    static double median(const nlohmann::json& result) { return result["latency_us"]["p50"]; }

    void addRate(const std::string& what, const Contest& contest, double goal) {
        const Sample ours = contest.share(contest.ours);
        m_report.add({.section = "C",
                      .what = what,
                      .ours = fmt::format("{:.0f}/s = {:.2f} of echo ({:.2f} to {:.2f})", contest.ours.median(),
                                          ours.median(), ours.quantile(0), ours.quantile(1)),
                      .rsplib = fmt::format("{:.0f}/s = {:.2f}", contest.theirs.median(),
                                            contest.share(contest.theirs).median()),
                      .floor = fmt::format("{:.0f}/s", contest.echo.median()),
                      .goal = fmt::format(">= {:.2f}", goal),
                      .met = ours.quantile(0.25) >= goal});
    }

    void serial() {
        Contest rates;
        Contest latencies;
        Sample processor;
        const std::string seconds = fmt::to_string(m_world.settings().seconds);
        for (int i = 0; i < m_world.settings().repetitions; ++i) {
            std::array<double, 2> before{};
            for (std::size_t one = 0; one < 2; ++one) {
                before[one] = bench::processorSeconds(m_registrars[one]->pid());
            }
            std::array<double, 3> answered{}; // of everybody in this turn
            std::size_t who = 0;
            const auto both = [&](const nlohmann::json& result) {
                answered[who++] = result["answered"];
                Sample& sample = who == 1 ? latencies.echo : who == 2 ? latencies.ours : latencies.theirs;
                sample.values.push_back(median(result));
                return rate(result);
            };
            turn(rates, {"--seconds", seconds}, {"--seconds", seconds, "--resolve", "Pool"}, both);
            const auto each = [&](std::size_t one) {
                return (bench::processorSeconds(m_registrars[one]->pid()) - before[one]) / answered[one + 1];
            };
            processor.values.push_back(each(0) / each(1));
        }
        addRate("resolutions, one at a time", rates, 0.90);
        const Sample late = latencies.share(latencies.ours);
        m_report.add({.section = "C",
                      .what = "resolution, p50",
                      .ours = fmt::format("{:.0f} us = {:.2f} of echo", latencies.ours.median(), late.median()),
                      .rsplib = fmt::format("{:.0f} us = {:.2f}", latencies.theirs.median(),
                                            latencies.share(latencies.theirs).median()),
                      .floor = fmt::format("{:.0f} us", latencies.echo.median()),
                      .goal = "<= 1.15",
                      .met = late.quantile(0.75) <= 1.15});
        m_report.add({.section = "C",
                      .what = "processor time of the registrar for a resolution",
                      .ours = fmt::format("{:.2f} of rsplib's", processor.median()),
                      .rsplib = "1",
                      .floor = "",
                      .goal = "<= 0.45",
                      .met = processor.quantile(0.75) <= 0.45});
    }

    void parallel() {
        Contest rates;
        const std::string seconds = fmt::to_string(m_world.settings().seconds);
        for (int i = 0; i < m_world.settings().repetitions; ++i) {
            turn(rates, {"--seconds", seconds, "--outstanding", "16"},
                 {"--seconds", seconds, "--outstanding", "16", "--resolve", "Pool"}, rate);
        }
        addRate("resolutions, 16 under way", rates, 0.90);
    }

    void enter() {
        for (const int outstanding : {1, 16}) {
            Contest rates;
            for (int i = 0; i < m_world.settings().repetitions; ++i) {
                const std::string requests = fmt::to_string(registrations);
                const std::string window = fmt::to_string(outstanding);
                turn(rates, {"--requests", requests, "--outstanding", window, "--octets", "72"},
                     {"--requests", requests, "--outstanding", window, "--register",
                      fmt::format("Fresh{}-{}", outstanding, i)},
                     rate);
                m_world.turnFor(300ms); // their elements leave with the association
            }
            addRate(fmt::format("registrations, {} under way", outstanding == 1 ? "one" : "16"), rates, 0.80);
        }
    }

    // ---- System calls ----
    struct Calls {
        double clock = std::numeric_limits<double>::quiet_NaN(); // calls only here: the guest has no vDSO
        double others = clock;
    };
    [[nodiscard]] Calls callsEach(Whose whose, const std::vector<std::string>& question) {
        const auto one = static_cast<std::size_t>(whose);
        const std::filesystem::path counts = m_world.settings().out / "strace.txt";
        std::error_code ignored;
        std::filesystem::remove(counts, ignored);
        const auto tracer = m_world.start(
            "strace", {"-c", "-f", "-o", counts.string(), "-p", fmt::to_string(m_registrars[one]->pid())});
        m_world.until([&] { return bench::isTraced(m_registrars[one]->pid()); }, 10s);
        std::vector<std::string> arguments{"--requests", fmt::to_string(counted)};
        arguments.insert(arguments.end(), question.begin(), question.end());
        const auto result = ask(registrarPorts[one], arguments);
        static_cast<void>(tracer->signal(SIGINT));
        m_world.until([&] { return !tracer->running(); }, 10s);
        if (!result.is_object() || result["answered"] != counted) {
            return {};
        }
        // Each line: share, seconds, each, calls, errors perhaps, name.
        Calls calls{0, 0};
        std::ifstream file{counts};
        for (std::string line; std::getline(file, line);) {
            std::istringstream words{line};
            std::string skipped;
            double number = 0;
            if (!(words >> skipped >> skipped >> skipped >> number) || line.ends_with("total")) {
                continue;
            }
            const bool clock = line.ends_with("gettime") || line.ends_with("gettimeofday");
            (clock ? calls.clock : calls.others) += number / counted;
        }
        return calls;
    }
    void systemCalls() {
        const auto row = [this](const std::string& what, const std::vector<std::string>& question,
                                std::optional<double> goal) {
            const auto text = [](const Calls& calls) {
                return fmt::format("{:.2f} + {:.2f}", calls.others, calls.clock);
            };
            const Calls ours = callsEach(Whose::Ours, question);
            const Calls theirs = callsEach(Whose::Rsplib, question);
            m_report.add(
                {.section = "C",
                 .what = fmt::format("system calls for a {} + reading the clock, a call only in the guest", what),
                 .ours = text(ours),
                 .rsplib = text(theirs),
                 .floor = "2",
                 .goal = goal ? fmt::format("<= {:.1f}", *goal) : "",
                 .met = goal ? std::optional{ours.others <= *goal + tolerance} : std::nullopt});
        };
        row("resolution, one at a time", {"--resolve", "Pool"}, 3.0);
        row("resolution, 16 under way", {"--resolve", "Pool", "--outstanding", "16"}, 2.2);
        row("registration, one at a time", {"--register", "Counted"}, std::nullopt);
        m_world.turnFor(500ms);
        row("registration, 16 under way", {"--register", "Counted16", "--outstanding", "16"}, std::nullopt);
    }

    // ---- What programs get that use the library ----
    void libraries() {
        const auto echo = ask(echoPort, {"--seconds", fmt::to_string(m_world.settings().seconds)});
        const double floor = echo.is_object() ? rate(echo) : std::numeric_limits<double>::quiet_NaN();
        const auto row = [&](const std::string& what, double ours, const std::string& theirs, double goal) {
            m_report.add({.section = "C",
                          .what = what,
                          .ours = fmt::format("{:.0f}/s = {:.2f} of echo", ours, ours / floor),
                          .rsplib = theirs,
                          .floor = fmt::format("{:.0f}/s", floor),
                          .goal = fmt::format(">= {:.2f}", goal),
                          .met = ours / floor >= goal});
        };
        row("resolutions by a user node", userRate(), "(2380/s = 0.25)", 0.75);
        row("registrations by the library, on one association", registrationRate(), "(780/s = 0.08)", 0.60);
    }
    double userRate() {
        UserNode::Config config;
        config.registrars = {.announces = false, .loopbackOnly = false, .fixed = {{{BenchWorld::here()}, 3863}}};
        config.local = TransportAddress{{BenchWorld::here()}, 0};
        const auto user = UserNode::start(m_world.dispatcher(), m_world.transport(), m_world.log(), config);
        if (!user || !m_world.until([&] { return !(*user)->status().looking; }, 10s)) {
            return 0;
        }
        int answers = 0;
        std::function<void()> next = [&] {
            (*user)->resolve(PoolHandle{"Pool"}, 3, [&](const auto& elements) {
                answers += elements ? 1 : 0;
                next();
            });
        };
        const TimePoint begin = m_world.dispatcher().now();
        next();
        // As a program turns it: looking around between turns costs two system calls more.
        m_world.dispatcher().callIn(
            std::chrono::duration_cast<Duration>(std::chrono::duration<double>{m_world.settings().seconds}),
            [this] { m_world.dispatcher().stop(); });
        m_world.dispatcher().run();
        const double seconds = std::chrono::duration<double>(m_world.dispatcher().now() - begin).count();
        next = [] {};
        m_world.turnFor(100ms);
        return answers / seconds;
    }
    double registrationRate() {
        constexpr std::size_t count = 1000;
        const auto line = RegistrarLine::open(m_world.dispatcher(), m_world.transport(), m_world.log(),
                                              {.sources = {.announces = false,
                                                           .group = {},
                                                           .loopbackOnly = false,
                                                           .fixed = {{{BenchWorld::here()}, asapPort}}},
                                               .profile = rsplibProfile(),
                                               .local = {{BenchWorld::here()}, 0}});
        if (!line) {
            return 0;
        }
        std::vector<std::unique_ptr<RegistrationNode>> nodes;
        std::size_t registered = 0;
        m_world.until([&] { return (*line)->connected(); }, 10s);
        const TimePoint begin = m_world.dispatcher().now();
        for (std::size_t i = 0; i < count; ++i) {
            RegistrationNode::Config config;
            config.poolHandle = PoolHandle{"Nodes"};
            config.policy.type = wire::PolicyType::RoundRobin;
            config.transport = {.protocol = wire::TransportProtocol::Sctp,
                                .port = static_cast<std::uint16_t>(10'000 + i),
                                .addresses = {BenchWorld::here()}};
            config.profile = rsplibProfile();
            config.line = *line;
            auto node = RegistrationNode::start(m_world.dispatcher(), m_world.transport(), m_world.log(), config);
            if (!node) {
                return 0;
            }
            (*node)->onStatus([&, counted = false](const ElementStatus& status) mutable {
                if (status.state == ElementState::Registered && !std::exchange(counted, true) &&
                    ++registered == count) {
                    m_world.dispatcher().stop();
                }
            });
            nodes.push_back(std::move(*node));
        }
        const TimerId limit = m_world.dispatcher().callIn(30s, [this] { m_world.dispatcher().stop(); });
        m_world.dispatcher().run();
        m_world.dispatcher().cancel(limit);
        return registered == count ? count / std::chrono::duration<double>(m_world.dispatcher().now() - begin).count()
                                   : 0;
    }

    BenchWorld& m_world;
    Report& m_report;
    std::unique_ptr<lab::Process> m_echo;
    std::array<std::unique_ptr<lab::Process>, 2> m_registrars; // by Whose
    std::vector<std::unique_ptr<lab::Process>> m_elements;
};

} // namespace

void measureRates(BenchWorld& world, Report& report) {
    Rates{world, report}.run();
}

} // namespace kolam::guest
