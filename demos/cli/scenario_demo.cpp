// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/cli/scenario_demo.h"

#include "core/base/strong.h"
#include "core/dispatch/epoll_dispatcher.h"
#include "demos/lab/lab_client.h"
#include "demos/lab/scenario_file.h"
#include "programs/common/signals.h"

#include <chrono>
#include <cstdio>
#include <fmt/format.h>
#include <random>
#include <unistd.h>
#include <utility>

namespace kolam::cli {

namespace {

constexpr int notAsExpected = 1;
constexpr int badFile = 2;

void print(const lab::LabLine& line) {
    std::visit(Overloaded{
                   [](const lab::ScenarioTold& e) {
                       fmt::print("{} ({:.1f} s)\n", e.title, std::chrono::duration<double>(e.length).count());
                       if (!e.about.empty()) {
                           fmt::print("{}{}", e.about, e.about.ends_with('\n') ? "" : "\n");
                       }
                   },
                   [](const lab::MemberTold&) {}, // said in words, too
                   [](const lab::FaultTold&) {},
                   [](const lab::Said& e) {
                       fmt::print("{:8.3f} s  {}\n", std::chrono::duration<double>(e.at).count(), e.text);
                   },
                   [](const lab::VerdictTold& e) {
                       for (const lab::Judgement& judgement : e.judgements) {
                           fmt::print("{}  {}\n", judgement.holds ? "as expected " : "NOT EXPECTED",
                                      judgement.sentence);
                       }
                       fmt::print("{}\n", e.passed ? "All was as expected." : "Not everything was as expected.");
                   },
                   [](const lab::ErrorTold& e) { fmt::print("{}\n", e.text); },
               },
               line);
    std::fflush(stdout);
}

} // namespace

int checkScenario(const std::filesystem::path& scenario) {
    const auto read = lab::readScenario(scenario);
    if (!read) {
        fmt::print(stderr, "kolam demo: {}\n", read.error());
        return badFile;
    }
    fmt::print("{}: {}\n", scenario.string(), read->title);
    return 0;
}

int runScenarioDemo(const ScenarioDemoOptions& options, const std::filesystem::path& programs,
                    const std::filesystem::path& folder) {
    std::error_code ignored;
    if (const auto read = lab::readScenario(options.scenario); !read) {
        fmt::print(stderr, "kolam demo: {}\n", read.error());
        std::filesystem::remove_all(folder, ignored);
        return badFile;
    }
    EpollDispatcher dispatcher{std::random_device{}()};
    bool judged = false;
    lab::ProcessEnd ended{.code = notAsExpected};
    auto client = lab::LabClient::start(
        dispatcher,
        {.programs = programs,
         .scenario = std::filesystem::absolute(options.scenario),
         .logs = folder,
         .scope = fmt::format("lab-{}", ::getpid()),
         .windows = !options.headless},
        [&](const lab::LabLine& line) {
            judged = judged || std::holds_alternative<lab::VerdictTold>(line);
            if (options.json) {
                fmt::print("{}\n", toJson(line));
                std::fflush(stdout);
            } else {
                print(line);
            }
        },
        [&](const lab::ProcessEnd& end) {
            ended = end;
            dispatcher.stop();
        });
    if (!client) {
        fmt::print(stderr, "kolam demo: {}\n", client.error());
        return notAsExpected;
    }
    const programs::SignalWatch signals{dispatcher, [&](int) { (*client)->order(lab::EndWanted{}); }};
    dispatcher.run();
    const bool good = judged && !ended.bySignal && ended.code == 0;
    if (good) {
        std::filesystem::remove_all(folder, ignored);
    } else {
        fmt::print(stderr, "kolam demo: {}. Logs are in {}.\n",
                   judged ? "not everything was as expected" : "ended before the verdict", folder.string());
    }
    return good ? 0 : notAsExpected;
}

} // namespace kolam::cli
