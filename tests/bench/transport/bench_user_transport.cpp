// SPDX-License-Identifier: GPL-3.0-or-later
// Messages a second and round trips of the user transport between two processes on loopback, for several sizes; and
// what set-up costs. Starts itself again as the peer, because SCTP in user space exists once in a process.
#include "core/dispatch/epoll_dispatcher.h"
#include "core/transport/user_transport.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <fcntl.h>
#include <fmt/format.h>
#include <functional>
#include <spawn.h>
#include <string>
#include <string_view>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

using namespace kolam;
using namespace kolam::transport;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::uint32_t bulk = 1;    // no answer
constexpr std::uint32_t echo = 2;    // comes back
constexpr std::uint32_t bulkEnd = 3; // is answered with the processor time that the peer has used

std::string cpuSeconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return fmt::format("{:.6f}", seconds(usage.ru_utime) + seconds(usage.ru_stime));
}

std::unique_ptr<Transport> openTransport(EpollDispatcher& dispatcher) {
    auto transport = makeUserTransport(dispatcher);
    if (!transport) {
        fmt::print(stderr, "{}\n", transport.error().message());
        std::exit(1);
    }
    return std::move(*transport);
}

std::unique_ptr<Endpoint> openEndpoint(Transport& transport, bool listen, EventSink sink) {
    auto endpoint = transport.open({.local = {{IpAddress::v4(127, 0, 0, 1)}, 0}, .listen = listen}, std::move(sink));
    if (!endpoint) {
        fmt::print(stderr, "{}\n", endpoint.error().message());
        std::exit(1);
    }
    return std::move(*endpoint);
}

/// The other process: answers until its input ends.
int runPeer() {
    EpollDispatcher dispatcher;
    const auto transport = openTransport(dispatcher);
    std::unique_ptr<Endpoint> endpoint;
    endpoint = openEndpoint(*transport, true, [&](const Event& event) {
        const auto* message = std::get_if<Message>(&event);
        if (message == nullptr || message->ppid == bulk) {
            return;
        }
        const std::string used = cpuSeconds();
        (void)endpoint->send(message->assoc, message->ppid == echo ? message->data : asOctets(used),
                             {.ppid = message->ppid});
    });
    dispatcher.watch(STDIN_FILENO, Interest::Read, [&](Readiness) { dispatcher.stop(); });
    fmt::print("{}\n", endpoint->local().port);
    std::fflush(stdout);
    dispatcher.run();
    dispatcher.unwatch(STDIN_FILENO);
    return 0;
}

struct Peer {
    pid_t pid = 0;
    int input = -1;
    std::uint16_t port = 0;
};

Peer startPeer() {
    std::array<int, 2> toPeer{};
    std::array<int, 2> fromPeer{};
    if (pipe2(toPeer.data(), O_CLOEXEC) != 0 || pipe2(fromPeer.data(), O_CLOEXEC) != 0) {
        std::exit(1);
    }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, toPeer[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, fromPeer[1], STDOUT_FILENO);
    std::string self = "/proc/self/exe";
    std::string mode = "--peer";
    std::array<char*, 3> arguments{self.data(), mode.data(), nullptr};
    Peer peer{.input = toPeer[1]};
    if (posix_spawn(&peer.pid, self.c_str(), &actions, nullptr, arguments.data(), environ) != 0) {
        std::exit(1);
    }
    posix_spawn_file_actions_destroy(&actions);
    close(toPeer[0]);
    close(fromPeer[1]);
    std::array<char, 16> text{};
    const ssize_t length = read(fromPeer[0], text.data(), text.size());
    std::from_chars(text.data(), text.data() + std::max<ssize_t>(length, 0), peer.port);
    close(fromPeer[0]);
    return peer;
}

class Bench {
public:
    explicit Bench(std::uint16_t port) : m_peer{{IpAddress::v4(127, 0, 0, 1)}, port} {}

    void measure(std::size_t size) {
        const auto [rate, perCpuSecond] = throughput(size);
        const auto [median, late] = roundTrip(size);
        fmt::print("{:>8} {:>12.0f} {:>10.1f} {:>14.0f} {:>10.1f} {:>10.1f}\n", size, rate,
                   rate * static_cast<double>(size) / 1e6, perCpuSecond, median, late);
    }

    void measureSetup() {
        std::vector<double> times;
        for (int i = 0; i < 2000; ++i) {
            const auto begin = Clock::now();
            auto endpoint = openEndpoint(*m_transport, false, [&](const Event& event) { onEvent(event); });
            m_up = false;
            (void)endpoint->connect(m_peer);
            runUntil([this] { return m_up; });
            times.push_back(std::chrono::duration<double, std::micro>(Clock::now() - begin).count());
        }
        m_up = false;
        std::ranges::sort(times);
        fmt::print("set-up with an endpoint of its own: p50 {:.0f} us, p99 {:.0f} us\n", times[times.size() / 2],
                   times[times.size() * 99 / 100]);
    }

    void connect() {
        m_endpoint = openEndpoint(*m_transport, false, [this](const Event& event) { onEvent(event); });
        m_assoc = m_endpoint->connect(m_peer).value_or(AssocId::None);
        runUntil([this] { return m_up; });
    }

private:
    void onEvent(const Event& event) {
        if (const auto* message = std::get_if<Message>(&event)) {
            m_answer = std::string{asText(message->data)};
            m_answered = true;
        } else if (std::holds_alternative<Up>(event)) {
            m_up = true;
        } else if (std::holds_alternative<Writable>(event)) {
            m_writable = true;
        } else if (const auto* down = std::get_if<Down>(&event)) {
            fmt::print(stderr, "association lost: {}\n", toText(down->reason));
            std::exit(1);
        }
        if (m_done && m_done()) {
            m_dispatcher.stop();
        }
    }

    void runUntil(std::function<bool()> done) {
        if (!done()) {
            m_done = std::move(done);
            m_dispatcher.run();
            m_done = nullptr;
        }
    }

    /// Sends, waiting for room as long as it takes.
    void send(OctetView data, std::uint32_t ppid) {
        while (!m_endpoint->send(m_assoc, data, {.ppid = ppid})) {
            m_writable = false;
            runUntil([this] { return m_writable; });
        }
    }

    /// @return messages a second, and messages a second of processor time of both processes
    std::pair<double, double> throughput(std::size_t size) {
        const Octets data(size, std::byte{0x42});
        const std::size_t count = std::clamp<std::size_t>(1'500'000'000 / size, 20'000, 1'000'000);
        const double cpuBefore = askPeerForCpu() + std::stod(cpuSeconds());
        const auto begin = Clock::now();
        for (std::size_t i = 0; i < count; ++i) {
            send(data, bulk);
        }
        const double cpuAfter = askPeerForCpu() + std::stod(cpuSeconds());
        const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
        return {static_cast<double>(count) / seconds, static_cast<double>(count) / (cpuAfter - cpuBefore)};
    }

    double askPeerForCpu() {
        m_answered = false;
        send(asOctets("done?"), bulkEnd);
        runUntil([this] { return m_answered; });
        return std::stod(m_answer);
    }

    /// @return median and 99th percentile in microseconds
    std::pair<double, double> roundTrip(std::size_t size) {
        const Octets data(size, std::byte{0x42});
        std::vector<double> times;
        for (int i = 0; i < 20'000; ++i) {
            const auto begin = Clock::now();
            m_answered = false;
            send(data, echo);
            runUntil([this] { return m_answered; });
            times.push_back(std::chrono::duration<double, std::micro>(Clock::now() - begin).count());
        }
        std::ranges::sort(times);
        return {times[times.size() / 2], times[times.size() * 99 / 100]};
    }

    EpollDispatcher m_dispatcher;
    std::unique_ptr<Transport> m_transport = openTransport(m_dispatcher);
    TransportAddress m_peer;
    std::unique_ptr<Endpoint> m_endpoint;
    AssocId m_assoc = AssocId::None;
    std::function<bool()> m_done;
    std::string m_answer;
    bool m_up = false;
    bool m_writable = false;
    bool m_answered = false;
};

} // namespace

int main(int count, char** arguments) {
    if (count > 1 && std::string_view{arguments[1]} == "--peer") {
        return runPeer();
    }
    const Peer peer = startPeer();
    {
        Bench bench{peer.port};
        bench.measureSetup();
        bench.connect();
        fmt::print("{:>8} {:>12} {:>10} {:>14} {:>10} {:>10}\n", "octets", "messages/s", "MB/s", "per cpu-second",
                   "RTT p50 us", "RTT p99 us");
        for (const std::size_t size : {64UZ, 1024UZ, 1312UZ, 65536UZ}) {
            bench.measure(size);
        }
    }
    close(peer.input); // ends the peer
    waitpid(peer.pid, nullptr, 0);
    return 0;
}
