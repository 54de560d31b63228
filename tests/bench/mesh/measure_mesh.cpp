// SPDX-License-Identifier: GPL-3.0-or-later
// Measures how registrars survive each other: real processes on loopback, `demo` profile. The home registrar dies or
// falls silent; how long until every element is owned by a survivor, does resolution fail there meanwhile, and how long
// after its return until all tables agree?
//   measure_mesh --registrars 2 --rounds 20           SIGKILL, then started again
//   measure_mesh --registrars 3 --rounds 20 --freeze 30   SIGSTOP for 30 s, then SIGCONT
// With --limits it fails when it is slower than promised; without, only when something never happens.
#include "tests/bench/mesh/mesh_lab.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>
#include <unistd.h>

namespace {

using namespace kolam;
using namespace std::chrono_literals;

struct Options {
    mesh::Settings lab;
    unsigned rounds = 20;
    double freezeSeconds = 0; // 0: kill
    bool limits = false;
};

constexpr Duration patience = 20s;
constexpr Duration calm = 1s;            // between two rounds, and after each one: does it stay as it is?
constexpr double heartbeats = 2 * 250.0; // milliseconds

double milliseconds(Duration duration) {
    return std::chrono::duration<double, std::milli>(duration).count();
}

double quantile(std::vector<double> values, double q) {
    std::ranges::sort(values);
    return values.empty() ? 0 : values[static_cast<std::size_t>(q * static_cast<double>(values.size() - 1) + 0.5)];
}

class Measurement {
public:
    explicit Measurement(const Options& options) : m_options(options), m_lab(options.lab) {}

    int run() {
        if (const std::string error = m_lab.start(); !error.empty()) {
            fmt::print(stderr, "{}\n", error);
            return 1;
        }
        for (unsigned round = 1; round <= m_options.rounds && m_error.empty(); ++round) {
            this->round(round);
        }
        if (!m_error.empty()) {
            fmt::print(stderr, "{}\n", m_error);
            return 1;
        }
        return report();
    }

private:
    void round(unsigned number) {
        const std::size_t elements = m_options.lab.elements;
        static_cast<void>(m_lab.takeFailures({}));
        m_lab.until([&, begin = m_lab.now()] { return m_lab.now() - begin > calm; }, patience);
        m_failures += m_lab.takeFailures({});
        // At a random phase of all timers.
        m_lab.until([&, begin = m_lab.now(),
                     wait = std::chrono::milliseconds{number * 37 % 250}] { return m_lab.now() - begin > wait; },
                    patience);
        const ServerId victim = m_lab.busiest();
        const std::size_t owned = m_lab.look().of.at(victim).summary.ownElements;
        const TimePoint lost = m_lab.now();
        m_options.freezeSeconds > 0 ? m_lab.freeze(victim) : m_lab.kill(victim);
        bool missing = false;
        const bool taken = m_lab.until(
            [&] {
                const mesh::Truth truth = m_lab.look();
                missing = missing || truth.missesElements(elements);
                return truth.complete(m_lab.running()) && truth.everyElementIsOwnedBySurvivors(elements);
            },
            patience);
        if (!taken) {
            m_error =
                fmt::format("round {}: not every element is owned by a survivor after {} s", number, patience / 1s);
            return;
        }
        m_takenOver.push_back(milliseconds(m_lab.now() - lost));
        m_dips += missing ? 1 : 0;
        m_lab.until([&] { return m_lab.now() - lost > std::chrono::duration<double>{m_options.freezeSeconds}; },
                    std::chrono::hours{1});
        m_failures += m_lab.takeFailures(victim);
        comeBack(number, victim);
        fmt::print(
            "{:3}: {} with {} of {} elements {}: owned by survivors after {:.0f} ms; back, all agree after {:.0f} "
            "ms\n",
            number, toText(victim), owned, elements, m_options.freezeSeconds > 0 ? "frozen" : "killed",
            m_takenOver.back(), m_error.empty() ? m_agreed.back() : -1);
        std::fflush(stdout);
    }

    void comeBack(unsigned number, ServerId victim) {
        const std::size_t elements = m_options.lab.elements;
        const TimePoint back = m_lab.now();
        if (m_options.freezeSeconds > 0) {
            m_lab.thaw(victim);
        } else {
            m_error = m_lab.restart(victim);
        }
        std::optional<TimePoint> serving;
        std::size_t most = 0;
        const auto agree = [&] {
            const mesh::Truth truth = m_lab.look();
            const auto it = truth.of.find(victim);
            if (!serving && it != truth.of.end() && it->second.summary.serving) {
                serving = m_lab.now();
            }
            most = std::max(most, truth.ownedTwice());
            return truth.complete(m_options.lab.registrars) && truth.agrees(elements) && truth.ownedTwice() == 0;
        };
        if (!m_error.empty() || !m_lab.until(agree, patience)) {
            m_error = m_error.empty() ? fmt::format("round {}: the tables do not agree {} s after the return", number,
                                                    patience / 1s)
                                      : m_error;
            return;
        }
        const TimePoint agreed = m_lab.now();
        m_agreed.push_back(milliseconds(agreed - back));
        m_agreedServing.push_back(milliseconds(agreed - *serving));
        m_twiceFor.push_back(most > 0 ? m_agreed.back() : 0);
        // And so it stays.
        std::size_t later = 0;
        m_lab.until(
            [&] {
                later = std::max(later, m_lab.look().ownedTwice());
                return m_lab.now() - agreed > calm;
            },
            patience);
        m_twiceLater += later;
    }

    int report() {
        const bool frozen = m_options.freezeSeconds > 0;
        fmt::print("{} registrars, {} elements, {} times {}, profile demo\n", m_options.lab.registrars,
                   m_options.lab.elements, m_takenOver.size(),
                   frozen ? fmt::format("SIGSTOP for {:.0f} s", m_options.freezeSeconds) : "SIGKILL");
        const auto line = [](std::string_view what, const std::vector<double>& values) {
            fmt::print("{}: p50 {:.0f} ms, p99 {:.0f} ms, longest {:.0f} ms\n", what, quantile(values, 0.5),
                       quantile(values, 0.99), quantile(values, 1));
        };
        line("every element owned by a survivor, at every survivor", m_takenOver);
        line(frozen ? "all tables agree, from SIGCONT" : "all tables agree, from the start of the process", m_agreed);
        if (!frozen) {
            line("all tables agree, from the begin of its service", m_agreedServing);
        }
        fmt::print("resolutions at survivors: {} failed or incomplete; tables of survivors with an element missing: {} "
                   "times\n",
                   m_failures, m_dips);
        fmt::print("elements owned twice: {} rounds for a while after the return ({:.0f} ms at most), {} afterwards\n",
                   std::ranges::count_if(m_twiceFor, [](double time) { return time > 0; }), quantile(m_twiceFor, 1),
                   m_twiceLater);
        const bool right = m_failures == 0 && m_dips == 0 && m_twiceLater == 0;
        const bool quick = frozen ? quantile(m_takenOver, 1) <= 1500
                                  : quantile(m_takenOver, 0.5) <= 500 && quantile(m_takenOver, 0.99) <= 1000 &&
                                        quantile(m_agreedServing, 1) <= heartbeats;
        fmt::print("{}\n", right && quick ? "as promised" : "NOT as promised");
        return right && (quick || !m_options.limits) ? 0 : 1;
    }

    Options m_options;
    mesh::MeshLab m_lab;
    std::vector<double> m_takenOver;
    std::vector<double> m_agreed;
    std::vector<double> m_agreedServing;
    std::vector<double> m_twiceFor;
    std::size_t m_twiceLater = 0;
    std::size_t m_failures = 0;
    std::size_t m_dips = 0;
    std::string m_error;
};

} // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app{"Measures how registrars on this host survive each other"};
    app.add_option("--registrars", options.lab.registrars, "Registrars (2)")->check(CLI::Range(2, 20));
    app.add_option("--elements", options.lab.elements, "Elements of the pool (20)")->check(CLI::Range(1, 128));
    app.add_option("--rounds", options.rounds, "How often the home registrar is lost (20)");
    app.add_option("--freeze", options.freezeSeconds, "SIGSTOP for so many seconds, instead of SIGKILL");
    app.add_option("--seed", options.lab.seed, "Of the elements' chances (1)");
    const std::map<std::string, transport::TransportKind> kinds{{"user", transport::TransportKind::User},
                                                                {"kernel", transport::TransportKind::Kernel}};
    app.add_option("--transport", options.lab.transport, "SCTP: user or kernel (user)")
        ->transform(CLI::CheckedTransformer(kinds));
    app.add_flag("--limits", options.limits, "Fail when it is slower than promised");
    app.add_flag("--keep", options.lab.detailedLogs, "Keep the registrars' logs, in full detail, and say where");
    CLI11_PARSE(app, argc, argv);
    std::string folder = std::filesystem::temp_directory_path() / "kolam-mesh-XXXXXX"; // as TMPDIR says
    if (::mkdtemp(folder.data()) == nullptr) {
        return 1;
    }
    options.lab.programs = std::filesystem::read_symlink("/proc/self/exe").parent_path();
    options.lab.folder = folder;
    const int code = Measurement{options}.run();
    if (options.lab.detailedLogs) {
        fmt::print("logs: {}\n", folder);
    } else {
        std::filesystem::remove_all(folder);
    }
    return code;
}
