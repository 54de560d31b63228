// SPDX-License-Identifier: GPL-3.0-or-later
// How light kolam-registrar is: starts the real program on loopback, gives it elements that answer their keep-alives,
// and prints its resident memory and its processor time per second of doing nothing else.
// Usage: measure_registrar KOLAM-REGISTRAR [ELEMENTS] [SECONDS]
#include "core/dispatch/epoll_dispatcher.h"
#include "core/transport/user_transport.h"
#include "core/wire/codec.h"

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <poll.h>
#include <spawn.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace {

using namespace kolam;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr std::size_t elementsPerProcess = 50; // each stands for a process with one association

/// One association with its elements.
struct Elements {
    std::unique_ptr<transport::Endpoint> endpoint;
    transport::AssocId association{};
    std::size_t accepted = 0;
    std::uint64_t keepAlives = 0;
};

std::size_t residentKibibytes(pid_t process, std::string_view what = "VmRSS:") {
    std::ifstream status{fmt::format("/proc/{}/status", process)};
    std::string word;
    std::size_t value = 0;
    while (status >> word) {
        if (word == what) {
            status >> value;
        }
    }
    return value;
}

double processorSeconds(pid_t process) {
    std::ifstream status{fmt::format("/proc/{}/schedstat", process)}; // nanoseconds; the ticks of stat are too coarse
    std::uint64_t nanoseconds = 0;
    status >> nanoseconds;
    return static_cast<double>(nanoseconds) / 1e9;
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        fmt::print(stderr, "usage: measure_registrar KOLAM-REGISTRAR [ELEMENTS] [SECONDS] [OPTION...]\n");
        return 2;
    }
    const std::size_t wanted = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 1000;
    const std::chrono::seconds duration{argc > 3 ? std::strtol(argv[3], nullptr, 10) : 20};
    EpollDispatcher dispatcher;
    const auto port = static_cast<std::uint16_t>(20000 + dispatcher.random().below(20000));
    const std::string address = fmt::format("127.0.0.1:{}", port);
    std::vector<std::string> arguments{
        argv[1], "--asap", address, "--announce", fmt::format("239.0.0.50:{}", port), "--log-level", "warning"};
    for (int i = 4; i < argc; ++i) {
        arguments.emplace_back(argv[i]);
    }
    std::vector<char*> pointers;
    for (std::string& argument : arguments) {
        pointers.push_back(argument.data());
    }
    pointers.push_back(nullptr);
    pid_t registrar = 0;
    if (posix_spawn(&registrar, argv[1], nullptr, nullptr, pointers.data(), environ) != 0) {
        fmt::print(stderr, "cannot start {}\n", argv[1]);
        return 1;
    }
    auto transport = std::move(*transport::makeUserTransport(dispatcher));
    const auto run = [&](auto done, std::chrono::seconds limit) {
        const auto end = Clock::now() + limit;
        while (!done() && Clock::now() < end) {
            pollfd ready{dispatcher.pollDescriptor(), POLLIN, 0};
            poll(&ready, 1, 50);
            dispatcher.turn();
        }
        return done();
    };
    std::size_t announces = 0;
    const auto group = std::move(*transport->openMulticast({.group = IpAddress::v4(239, 0, 0, 50), .port = port},
                                                           [&](const TransportAddress&, OctetView) { ++announces; }));
    if (!run([&] { return announces > 0; }, 10s)) {
        fmt::print(stderr, "the registrar does not announce itself\n");
        return 1;
    }
    const std::size_t empty = residentKibibytes(registrar);

    std::vector<std::unique_ptr<Elements>> processes;
    std::uint32_t identifier = 0;
    for (std::size_t made = 0; made < wanted; made += elementsPerProcess) {
        const std::uint32_t first = identifier + 1;
        const auto count = static_cast<std::uint32_t>(std::min(elementsPerProcess, wanted - made));
        identifier += count;
        auto& elements = *processes.emplace_back(std::make_unique<Elements>());
        const auto happened = [&elements, first, count](const transport::Event& event) {
            if (std::holds_alternative<transport::Up>(event)) {
                for (std::uint32_t id = first; id < first + count; ++id) {
                    wire::Registration registration;
                    registration.poolHandle = PoolHandle{"FractalGeneratorPool"};
                    registration.element.identifier = PeIdentifier{id};
                    registration.element.life = wire::endlessLife;
                    registration.element.userTransport.port = static_cast<std::uint16_t>(1024 + id);
                    registration.element.userTransport.addresses = {IpAddress::v4(127, 0, 0, 1)};
                    (void)elements.endpoint->send(elements.association, wire::encode(registration),
                                                  {.ppid = wire::asapPpid});
                }
            } else if (const auto* message = std::get_if<transport::Message>(&event)) {
                if (wire::peekType(message->data) == wire::RegistrationResponse::type) {
                    ++elements.accepted;
                } else if (const auto question = wire::decode<wire::EndpointKeepAlive>(message->data)) {
                    ++elements.keepAlives;
                    const wire::EndpointKeepAliveAck answer{{}, question->poolHandle, *question->element};
                    (void)elements.endpoint->send(elements.association, wire::encode(answer), {.ppid = wire::asapPpid});
                }
            }
        };
        elements.endpoint = std::move(*transport->open({.local = {{IpAddress::v4(127, 0, 0, 1)}, 0}}, happened));
        elements.association = *elements.endpoint->connect(*TransportAddress::parse(address, 0));
    }
    const auto sum = [&](auto member) {
        std::uint64_t total = 0;
        for (const auto& elements : processes) {
            total += (*elements).*member;
        }
        return total;
    };
    if (!run([&] { return sum(&Elements::accepted) >= wanted; }, 30s)) {
        fmt::print(stderr, "{} of {} elements were registered\n", sum(&Elements::accepted), wanted);
        kill(registrar, SIGKILL);
        return 1;
    }
    const std::uint64_t asked = sum(&Elements::keepAlives);
    const double before = processorSeconds(registrar);
    run([] { return false; }, duration);
    const double spent = processorSeconds(registrar) - before;
    const double seconds = static_cast<double>(duration.count());
    fmt::print("{} elements on {} associations: resident {} KiB (without elements {} KiB, of which {} KiB are files'), "
               "processor {:.2f} % with {:.0f} keep-alives a second\n",
               wanted, processes.size(), residentKibibytes(registrar), empty, residentKibibytes(registrar, "RssFile:"),
               100 * spent / seconds, static_cast<double>(sum(&Elements::keepAlives) - asked) / seconds);
    kill(registrar, SIGTERM);
    int status = 0;
    waitpid(registrar, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
