// SPDX-License-Identifier: GPL-3.0-or-later
// End to end: what one element, bound to one core, delivers to a pool user over the user-space transport, beside what
// its kernel alone computes on that core. Registrar and user are this process, on the other cores; the element is this
// program started again, because SCTP in user space exists once in a process.
#include "core/dispatch/epoll_dispatcher.h"
#include "core/node/access.h"
#include "core/node/registrar_node.h"
#include "core/node/user_node.h"
#include "core/transport/user_transport.h"
#include "demos/services/fractal/fractal_element.h"
#include "demos/services/fractal/fractal_kernel.h"
#include "demos/users/fractal/fractal_pool_user.h"
#include "demos/users/fractal/fractal_reference.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <fmt/format.h>
#include <sched.h>
#include <spawn.h>
#include <string>
#include <string_view>
#include <sys/wait.h>
#include <thread>
#include <time.h>
#include <unistd.h>

using namespace kolam;
using namespace kolam::fractal;
using namespace std::chrono_literals;

namespace {

constexpr wire::FractalParameter defaultView{
    .width = 3200, .height = 2400, .maxIterations = 1024, .c1Real = -0.5, .c1Imag = 1.5, .c2Real = 2.5, .c2Imag = -1.5};

/// Binds the process to the last core, or to all but the last one.
void bindToCore(bool last) {
    const auto cores = static_cast<int>(std::thread::hardware_concurrency());
    if (cores < 2) {
        return;
    }
    cpu_set_t set;
    CPU_ZERO(&set);
    for (int core = 0; core < cores; ++core) {
        if ((core == cores - 1) == last) {
            CPU_SET(static_cast<unsigned>(core), &set);
        }
    }
    sched_setaffinity(0, sizeof set, &set);
}

double secondsOf(clockid_t clock) {
    timespec now{};
    clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// Processor time that a process has used.
double cpuSeconds(pid_t process) {
    clockid_t clock{};
    return clock_getcpuclockid(process, &clock) == 0 ? secondsOf(clock) : 0;
}

std::unique_ptr<transport::Transport> openTransport(EpollDispatcher& dispatcher) {
    auto transport = transport::makeUserTransport(dispatcher);
    if (!transport) {
        fmt::print(stderr, "{}\n", transport.error().message());
        std::exit(1);
    }
    return std::move(*transport);
}

int runElement(std::uint16_t registrarPort) {
    bindToCore(true);
    EpollDispatcher dispatcher;
    SilentLog log;
    const auto transport = openTransport(dispatcher);
    FractalServeOptions options{.threads = 1};
    options.element.local = {{IpAddress::v4(127, 0, 0, 1)}, 0};
    options.element.registrars = {.announces = false, .fixed = {{{IpAddress::v4(127, 0, 0, 1)}, registrarPort}}};
    options.service.capacity = 64;
    const auto element = FractalElement::start(dispatcher, *transport, log, options);
    if (!element) {
        fmt::print(stderr, "{}\n", element.error().message());
        return 1;
    }
    dispatcher.watch(STDIN_FILENO, Interest::Read, [&](Readiness) { dispatcher.stop(); });
    dispatcher.run();
    dispatcher.unwatch(STDIN_FILENO);
    return 0;
}

/// Processor seconds that the kernel alone takes for the image on the element's core: the best of three.
double kernelSeconds() {
    double best = 1e9;
    std::thread{[&] {
        bindToCore(true);
        for (int round = 0; round < 3; ++round) {
            const double begin = secondsOf(CLOCK_THREAD_CPUTIME_ID);
            (void)computeReference(defaultView);
            best = std::min(best, secondsOf(CLOCK_THREAD_CPUTIME_ID) - begin);
        }
    }}.join();
    return best;
}

struct Outcome {
    double seconds = 0;
    double elementCpu = 0;
    double userCpu = 0;
    ImageProgress progress;
    bool correct = false;
};

Outcome measure(EpollDispatcher& dispatcher, UserNode& user, pid_t element, std::uint32_t sessions,
                std::uint32_t tileSide) {
    SilentLog log;
    UserNodeSessions port{user};
    FractalPoolUser engine{dispatcher, port, log, {.sessions = sessions, .tileSide = tileSide}};
    Outcome outcome;
    engine.onUpdate([&](const std::shared_ptr<const FractalUpdate>& update) {
        if (update->progress.state == ImageState::Complete) {
            dispatcher.stop();
        }
    });
    const double elementBefore = cpuSeconds(element);
    const double before = cpuSeconds(0);
    const double began = secondsOf(CLOCK_MONOTONIC);
    engine.start(defaultView);
    dispatcher.run();
    outcome.progress = engine.progress();
    outcome.seconds = secondsOf(CLOCK_MONOTONIC) - began;
    outcome.userCpu = cpuSeconds(0) - before;
    outcome.elementCpu = cpuSeconds(element) - elementBefore;
    outcome.correct = countDifferences(engine.counts(), computeReference(defaultView, tileSide)) == 0;
    return outcome;
}

int runUser(const char* program) {
    bindToCore(false);
    EpollDispatcher dispatcher;
    SilentLog log;
    const auto transport = openTransport(dispatcher);
    AccessRules access;
    RegistrarNode::Config registrarConfig;
    registrarConfig.asap = {{IpAddress::v4(127, 0, 0, 1)}, 0};
    registrarConfig.announce.enabled = false;
    const auto registrar = RegistrarNode::start(dispatcher, *transport, log, access, registrarConfig);
    if (!registrar) {
        fmt::print(stderr, "{}\n", registrar.error().message());
        return 1;
    }
    const TransportAddress at{{IpAddress::v4(127, 0, 0, 1)}, (*registrar)->asapAddress().port};

    int input[2];
    if (pipe(input) != 0) {
        return 1;
    }
    std::string self = program;
    std::string role = "element";
    std::string port = std::to_string(at.port);
    char* arguments[] = {self.data(), role.data(), port.data(), nullptr};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input[0], STDIN_FILENO);
    posix_spawn_file_actions_addclose(&actions, input[1]);
    pid_t child = 0;
    if (posix_spawn(&child, "/proc/self/exe", &actions, nullptr, arguments, environ) != 0) {
        return 1;
    }
    close(input[0]);

    const auto user = UserNode::start(dispatcher, *transport, log, {.registrars = {.announces = false, .fixed = {at}}});
    if (!user) {
        fmt::print(stderr, "{}\n", user.error().message());
        return 1;
    }
    bool allCorrect = true;
    const double megapixels = defaultView.width * 1e-6 * defaultView.height;
    fmt::print(
        "default view, {} x {}, {} iterations, one element bound to one core\n"
        "kernel: what it computes in a second of processor time; element: what it delivers in one, computing and\n"
        "sending; wall: what the user got in a second, which says something only on an idle machine\n",
        defaultView.width, defaultView.height, defaultView.maxIterations);
    fmt::print("{:>8} {:>5} {:>12} {:>13} {:>6} {:>11} {:>10} {:>7}\n", "sessions", "tile", "kernel Mpx/s",
               "element Mpx/s", "ratio", "wall Mpx/s", "user CPU s", "correct");
    for (const std::uint32_t tile : {TileGrid::defaultSide, 80u}) {
        for (const std::uint32_t sessions : {1u, 2u, 4u, 8u}) {
            const double kernel = kernelSeconds();
            const Outcome outcome = measure(dispatcher, **user, child, sessions, tile);
            allCorrect = allCorrect && outcome.correct;
            fmt::print("{:>8} {:>5} {:>12.1f} {:>13.1f} {:>6.2f} {:>11.1f} {:>10.2f} {:>7}\n", sessions, tile,
                       megapixels / kernel, megapixels / outcome.elementCpu, kernel / outcome.elementCpu,
                       megapixels / outcome.seconds, outcome.userCpu, outcome.correct ? "yes" : "NO");
            std::fflush(stdout);
        }
    }
    close(input[1]);
    waitpid(child, nullptr, 0);
    return allCorrect ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    if (argc == 3 && std::string_view{argv[1]} == "element") {
        std::uint16_t port = 0;
        std::from_chars(argv[2], argv[2] + std::string_view{argv[2]}.size(), port);
        return runElement(port);
    }
    return runUser(argv[0]);
}
