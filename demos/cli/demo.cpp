// SPDX-License-Identifier: GPL-3.0-or-later
// `kolam demo`: registrars, a few fractal elements, the monitor and the fractal window on this host. Kill elements; the
// picture completes.
// Next door: demos/lab plays the pool as a scenario without an end; headless_demo.h judges a run that nobody watched.
#include "core/dispatch/epoll_dispatcher.h"
#include "demos/cli/commands.h"
#include "demos/cli/headless_demo.h"
#include "demos/cli/key_reader.h"
#include "demos/cli/scenario_demo.h"
#include "demos/cli/virtual_screen.h"
#include "demos/lab/lab_service.h"
#include "programs/common/signals.h"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <memory>
#include <random>
#include <unistd.h>

namespace kolam::cli {

namespace {

using namespace std::chrono_literals;

struct DemoOptions {
    std::string scenario; // a file to play; empty: the demonstration that is built in
    bool check = false;
    bool json = false;
    bool headless = false;
    bool killOne = false;
    std::string screenshot;
    std::string monitorScreenshot;
    bool monitor = true;        // with a screen
    std::size_t registrars = 0; // 0: one without a screen, two with
    std::size_t elements = 3;
    std::uint32_t slots = 8;
    std::uint32_t pace = 25'000; // points a second of each element: a room wants to watch
    std::uint32_t sessions = 9;
    std::string size = "1440x900";
    std::string picture; // .fsf file; empty: the window's own first picture
    std::string transport = "user";
    std::uint64_t seed = 0;   // 0: another one each time
    unsigned timeLimit = 180; // seconds, headless only
};

/// A folder of this user's own for sockets and logs, removed at the end unless something went wrong.
std::filesystem::path makeFolder() {
    const char* const runtime = std::getenv("XDG_RUNTIME_DIR");
    const std::filesystem::path base =
        runtime != nullptr && ::access(runtime, W_OK) == 0 ? std::filesystem::path{runtime} : "/tmp";
    std::string pattern = (base / "kolam-demo-XXXXXX").string();
    return ::mkdtemp(pattern.data()) != nullptr ? std::filesystem::path{pattern} : std::filesystem::path{};
}

/// Names of the scenario's troops.
constexpr const char* registrars = "registrar";
constexpr const char* elements = "element";

lab::Scenario poolScenario(const DemoOptions& options) {
    lab::Scenario scenario;
    scenario.title = "A pool computes a fractal";
    scenario.transport = options.transport;
    scenario.length = 24h;
    scenario.troops.push_back({.name = registrars,
                               .kind = lab::MemberKind::Registrar,
                               .count = options.registrars != 0 ? options.registrars
                                        : options.headless      ? 1U
                                                                : 2U});
    scenario.troops.push_back(
        {.name = elements,
         .kind = lab::MemberKind::Element,
         .count = options.elements,
         .program = "fractal",
         .options = {"--slots", std::to_string(options.slots), "--pace", std::to_string(options.pace)}});
    return scenario;
}

class Demo {
public:
    Demo(const DemoOptions& options, std::filesystem::path programs, std::filesystem::path folder)
        : m_options(options)
        , m_dispatcher(options.seed != 0 ? options.seed : std::random_device{}())
        , m_programs(std::move(programs))
        , m_folder(std::move(folder))
        , m_lab(m_dispatcher, poolScenario(options),
                {.programs = m_programs, .logs = m_folder, .scope = scope(), .byHand = true},
                {.onTold = [this](const lab::LabLine& line) { told(line); },
                 .onProgress = [this](double done) { progressed(done); }}) {}

    int run() {
        programs::SignalWatch signals{m_dispatcher, [this](int) { end(m_options.headless ? 1 : 0); }};
        if (auto opened = m_lab.openDoor(m_folder / lab::controlSocket); !opened) {
            return failed(opened.error());
        }
        if (auto begun = m_lab.begin(); !begun) {
            return failed(begun.error());
        }
        m_begun = true;
        if (auto started = startMonitor(); !started) {
            return failed(started.error());
        }
        if (m_options.headless) {
            m_screen = std::make_unique<VirtualScreen>(m_dispatcher, m_folder, [this](const auto& environment) {
                if (auto started = startWindow(environment); !started) {
                    m_trouble = started.error();
                    end(1);
                }
            });
        } else if (auto started = startWindow({}); !started) {
            return failed(started.error());
        }
        fmt::print("{} registrar(s) ({}) and {} elements are running; logs are in {}.\n", all(registrars).size(),
                   toText(all(registrars).front().address), m_options.elements, m_folder.string());
        fmt::print("Viewers find them with --scope {}.\n", scope());
        const KeyReader keys{m_dispatcher, [this](char key) { pressed(key); }};
        if (keys.active()) {
            fmt::print("Keys: k kills an element, z freezes one, r brings all back, p kills or restarts the registrar, "
                       "q ends.\n");
        }
        std::fflush(stdout);
        if (m_options.headless) {
            m_dispatcher.callIn(std::chrono::seconds{m_options.timeLimit}, [this] {
                m_trouble = fmt::format("the image was not complete after {} s", m_options.timeLimit);
                end(1);
            });
        }
        m_dispatcher.run();
        return finish();
    }

private:
    /// A scope of its own: viewers of other pools on this host do not see the demonstration, and it does not see them.
    [[nodiscard]] static std::string scope() { return fmt::format("demo-{}", ::getpid()); }

    std::expected<void, std::string> startMonitor() {
        const bool wanted = m_options.headless ? !m_options.monitorScreenshot.empty() : m_options.monitor;
        if (!wanted) {
            return {};
        }
        lab::Process::Command command;
        command.program = m_programs / "kolam-monitor";
        if (!m_options.headless && ::access(command.program.c_str(), X_OK) != 0) {
            fmt::print("The monitor was not built (it needs Qt Charts): only the fractal window is shown.\n");
            return {};
        }
        command.arguments = {"--source", "scope:" + scope(), "--control", (m_folder / lab::controlSocket).string()};
        if (!m_options.monitorScreenshot.empty()) {
            command.arguments.insert(
                command.arguments.end(),
                {"--screenshot", std::filesystem::absolute(m_options.monitorScreenshot).string(), "--at", "failover"});
        }
        if (m_options.headless) {
            command.arguments.emplace_back("--headless");
        }
        command.log = m_folder / "monitor.log";
        return start(command, m_monitor);
    }

    std::expected<void, std::string> start(const lab::Process::Command& command,
                                           std::unique_ptr<lab::Process>& window) {
        const std::string name = command.program.filename().string();
        auto started = lab::Process::start(m_dispatcher, command, [this, name](const lab::ProcessEnd& ended) {
            if (!m_ending && (ended.bySignal || ended.code != 0)) {
                m_trouble = fmt::format("{} has ended with {}", name, toText(ended));
            }
            windowEnded();
        });
        if (!started) {
            return std::unexpected(fmt::format("cannot start {}: {}", name, started.error().message()));
        }
        window = std::move(*started);
        return {};
    }

    /// It goes on while somebody looks.
    void windowEnded() {
        const auto open = [](const std::unique_ptr<lab::Process>& window) { return window && window->running(); };
        if (!m_trouble.empty()) {
            end(1);
        } else if (m_window && !open(m_window) && !open(m_monitor)) {
            end(0);
        }
    }

    std::expected<void, std::string> startWindow(const VirtualScreen::Environment& environment) {
        lab::Process::Command command;
        command.program = m_programs / "kolam-fractal";
        command.arguments = {"--profile",   "demo",
                             "--transport", m_options.transport,
                             "--sessions",  std::to_string(m_options.sessions),
                             "--size",      m_options.size,
                             "--scope",     scope(),
                             "--control",   (m_folder / lab::controlSocket).string()};
        for (const lab::Stage::Member& registrar : all(registrars)) {
            command.arguments.insert(command.arguments.end(), {"--registrar", toText(registrar.address)});
        }
        const auto add = [&](std::initializer_list<std::string> more) {
            command.arguments.insert(command.arguments.end(), more);
        };
        if (!m_options.picture.empty()) {
            add({"--fsf", m_options.picture});
        }
        if (m_options.headless) {
            add({"--exit-after-complete", "--when-complete", "--report", (m_folder / "report.json").string(),
                 "--export-counts", (m_folder / "counts").string()});
            if (!m_options.screenshot.empty()) {
                add({"--screenshot", std::filesystem::absolute(m_options.screenshot).string()});
            }
        }
        command.environment = environment;
        command.log = m_folder / "window.log";
        return start(command, m_window);
    }

    /// Kills one element at a random moment of the image's second quarter: --kill-one.
    void progressed(double done) {
        if (!m_options.killOne || m_killed) {
            return;
        }
        if (m_killAt == 0) {
            m_killAt = 0.25 + 0.25 * m_dispatcher.random().unit();
        }
        if (done >= m_killAt) {
            m_killed = true;
            const auto serving = all(elements);
            const lab::Stage::Member& victim = serving[m_dispatcher.random().below(serving.size())];
            fmt::print("The image is {:.0f} % done: {} gets SIGKILL.\n", done * 100, victim.name);
            if (const std::string error = perform(lab::Deed::Kill, victim.name); !error.empty()) {
                m_trouble = error;
            }
        }
    }

    [[nodiscard]] std::vector<lab::Stage::Member> all(std::string_view troop) {
        auto members = m_lab.director().members();
        std::erase_if(members, [&](const auto& member) { return !member.name.starts_with(troop); });
        return members;
    }

    std::string perform(lab::Deed deed, const std::string& who) {
        return m_lab.director().perform({.deed = deed, .who = {who}});
    }

    void pressed(char key) {
        using lab::Deed;
        const auto serving = all(elements);
        const auto running = std::ranges::find(serving, lab::MemberState::Running, &lab::Stage::Member::state);
        const lab::Stage::Member first = all(registrars).front();
        std::string error;
        switch (key) {
        case 'k':
        case 'z':
            error = running == serving.end() ? "no element is running; r brings them back"
                                             : perform(key == 'k' ? Deed::Kill : Deed::Freeze, running->name);
            break;
        case 'r': error = m_lab.director().perform({.deed = Deed::Heal}); break;
        case 'p':
            error = perform(first.state == lab::MemberState::Running ? Deed::Kill : Deed::Restart, first.name);
            break;
        case 'q': end(0); return;
        default: return;
        }
        if (!error.empty()) {
            fmt::print("{}.\n", error);
            std::fflush(stdout);
        }
    }

    void told(const lab::LabLine& line) {
        const auto* const said = std::get_if<lab::Said>(&line);
        if (said != nullptr && m_begun && !m_ending) {
            fmt::print("{}\n", said->text);
            std::fflush(stdout);
        }
    }

    void end(int code) {
        if (m_ending) {
            return;
        }
        m_ending = true;
        m_code = code;
        for (const auto& window : {std::cref(m_window), std::cref(m_monitor)}) {
            if (window.get() && window.get()->running()) {
                static_cast<void>(window.get()->signal(SIGTERM));
            }
        }
        m_lab.end();
    }

    /// After everything has ended: the verdict of a headless run.
    int finish() {
        m_window.reset();
        m_monitor.reset();
        if (m_code == 0 && m_options.headless) {
            const auto verdict = judgeRun(m_folder / "report.json", m_folder / "counts", m_killed);
            if (!verdict) {
                m_trouble = verdict.error();
            } else if (m_options.killOne && !m_killed) {
                m_trouble = "the image was complete before an element could be killed";
            } else {
                fmt::print("{}", *verdict);
                if (!m_options.screenshot.empty()) {
                    fmt::print("screenshot:              {}\n", m_options.screenshot);
                }
            }
        }
        if (!m_trouble.empty()) {
            return failed(m_trouble);
        }
        std::error_code ignored;
        std::filesystem::remove_all(m_folder, ignored);
        return m_code;
    }

    [[nodiscard]] int failed(const std::string& why) const {
        fmt::print(stderr, "kolam demo: {}. Logs are in {}.\n", why, m_folder.string());
        return 1;
    }

    DemoOptions m_options;
    EpollDispatcher m_dispatcher;
    std::filesystem::path m_programs;
    std::filesystem::path m_folder;
    lab::LabService m_lab;
    std::unique_ptr<VirtualScreen> m_screen;
    std::unique_ptr<lab::Process> m_window;
    std::unique_ptr<lab::Process> m_monitor;
    std::string m_trouble;
    double m_killAt = 0;
    bool m_killed = false;
    bool m_begun = false;
    bool m_ending = false;
    int m_code = 0;
};

int runDemo(const DemoOptions& options) {
    if (options.check) {
        return checkScenario(options.scenario);
    }
    std::error_code error;
    const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
    const std::filesystem::path folder = makeFolder();
    if (error || folder.empty()) {
        fmt::print(stderr, "kolam demo: cannot make a folder for logs and sockets\n");
        return 1;
    }
    if (!options.scenario.empty()) {
        return runScenarioDemo({.scenario = options.scenario, .headless = options.headless, .json = options.json},
                               self.parent_path(), folder);
    }
    if (!options.headless && std::getenv("DISPLAY") == nullptr && std::getenv("WAYLAND_DISPLAY") == nullptr) {
        fmt::print(stderr,
                   "kolam demo: there is no display for the window. Use --headless --screenshot FILE, or run it "
                   "from a desktop.\n");
        std::filesystem::remove_all(folder, error);
        return 1;
    }
    return Demo{options, self.parent_path(), folder}.run();
}

} // namespace

void addDemo(CLI::App& kolam, Run& run) {
    auto options = std::make_shared<DemoOptions>();
    CLI::App* const demo =
        kolam.add_subcommand("demo", "Registrars, fractal elements, the monitor and the fractal window on this host");
    CLI::Option* const scenario =
        demo->add_option("scenario", options->scenario,
                         "A scenario file to play and to judge; otherwise a pool that computes a fractal");
    demo->add_flag("--check", options->check, "Only read the scenario file, and say what is wrong with it")
        ->needs(scenario);
    demo->add_flag("--json", options->json, "What happens in a scenario as lines of JSON")->needs(scenario);
    demo->add_flag("--headless", options->headless, "Without a screen: compute one image, check it, end");
    demo->add_flag("--kill-one", options->killOne, "Kill one element with SIGKILL while the image is computed");
    demo->add_option("--screenshot", options->screenshot, "Where the window's picture goes when the image is complete");
    demo->add_option("--monitor-screenshot", options->monitorScreenshot,
                     "Where the monitor's picture goes, a moment after the first failover");
    demo->add_flag("!--no-monitor", options->monitor, "Only the fractal window");
    demo->add_option("--registrars", options->registrars, "How many registrars manage the pool (2; headless: 1)")
        ->check(CLI::Range(1, 9));
    demo->add_option("--elements", options->elements, "How many elements serve")->check(CLI::Range(1, 26));
    demo->add_option("--slots", options->slots, "Sessions that each element takes")->check(CLI::Range(1, 64));
    demo->add_option("--pace", options->pace, "Points a second of each element; 0: as fast as it can");
    demo->add_option("--sessions", options->sessions, "Sessions of the window")->check(CLI::Range(1, 64));
    demo->add_option("--size", options->size, "Size of the window, for example 1440x900");
    demo->add_option("--picture", options->picture, "A fractal parameter file (.fsf)")->check(CLI::ExistingFile);
    demo->add_option("--transport", options->transport, "auto, user or kernel")
        ->check(CLI::IsMember({"auto", "user", "kernel"}));
    demo->add_option("--seed", options->seed, "Chooses the victim and the moment; 0: another one each time");
    demo->add_option("--time-limit", options->timeLimit, "Seconds until a headless run has failed");
    demo->callback([options, &run] { run = [options] { return runDemo(*options); }; });
}

} // namespace kolam::cli
