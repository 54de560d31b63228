// SPDX-License-Identifier: GPL-3.0-or-later
// What turning costs: events of virtual time, timers and posts of the real dispatcher, and the simulated network.
#include "core/dispatch/epoll_dispatcher.h"
#include "core/dispatch/virtual_dispatcher.h"
#include "core/transport/memory_network.h"

#include <benchmark/benchmark.h>
#include <functional>
#include <vector>

using namespace kolam;
using namespace kolam::transport;

namespace {

/// Events of `timers` independent periodic timers.
void virtualEvents(benchmark::State& state) {
    VirtualDispatcher dispatcher{1};
    std::vector<std::function<void()>> ticks(static_cast<std::size_t>(state.range(0)));
    for (auto& tick : ticks) {
        tick = [&dispatcher, &tick] {
            dispatcher.callIn(Duration{1 + dispatcher.random().below(1'000'000)}, [&tick] { tick(); });
        };
        tick();
    }
    for (auto _ : state) {
        dispatcher.step();
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(virtualEvents)->Arg(10)->Arg(1'000)->Arg(100'000);

/// A deadline that is moved again and again, as a keep-alive's is.
void armAndCancel(benchmark::State& state) {
    VirtualDispatcher dispatcher{1};
    for (int i = 0; i < state.range(0); ++i) {
        dispatcher.callIn(Duration{dispatcher.random().below(1'000'000)}, [] {});
    }
    for (auto _ : state) {
        dispatcher.cancel(dispatcher.callIn(Duration{dispatcher.random().below(1'000'000)}, [] {}));
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(armAndCancel)->Arg(10)->Arg(100'000);

void postAndTurn(benchmark::State& state) {
    EpollDispatcher dispatcher{1};
    for (auto _ : state) {
        dispatcher.post([] {});
        dispatcher.turn();
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(postAndTurn);

void timerAndTurn(benchmark::State& state) {
    EpollDispatcher dispatcher{1};
    for (auto _ : state) {
        dispatcher.callIn(Duration{}, [] {});
        dispatcher.turn();
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(timerAndTurn);

/// One message there and one back.
void memoryRoundTrip(benchmark::State& state) {
    VirtualDispatcher dispatcher{1};
    MemoryNetwork network{dispatcher, 1};
    const auto one = network.addHost({IpAddress::v4(10, 0, 0, 1)});
    const auto two = network.addHost({IpAddress::v4(10, 0, 0, 2)});
    const Octets ball(static_cast<std::size_t>(state.range(0)));
    std::unique_ptr<Endpoint> server;
    std::int64_t returned = 0;
    server = std::move(*one->open({.local = {{}, 1}, .listen = true}, [&](const Event& event) {
        if (const auto* message = std::get_if<Message>(&event)) {
            (void)server->send(message->assoc, message->data, {});
        }
    }));
    bool up = false;
    const auto client = std::move(*two->open({}, [&](const Event& event) {
        up = up || std::holds_alternative<Up>(event);
        returned += std::holds_alternative<Message>(event) ? 1 : 0;
    }));
    const AssocId assoc = *client->connect(server->local());
    dispatcher.runUntilTrue([&] { return up; }, 1s);
    for (auto _ : state) {
        const std::int64_t before = returned;
        (void)client->send(assoc, ball, {});
        while (returned == before) {
            dispatcher.step();
        }
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(memoryRoundTrip)->Arg(64)->Arg(1024);

/// A second of virtual time with idle associations between many hosts: what heartbeats cost.
void memoryIdleSecond(benchmark::State& state) {
    VirtualDispatcher dispatcher{1};
    MemoryNetwork network{dispatcher, 1};
    std::vector<std::unique_ptr<MemoryProcess>> processes;
    std::vector<std::unique_ptr<Endpoint>> endpoints;
    const auto open = [&](std::uint8_t host, bool listen) -> Endpoint& {
        processes.push_back(
            network.addHost({IpAddress::v4(10, 0, host, static_cast<std::uint8_t>(processes.size() % 250 + 1))}));
        endpoints.push_back(
            std::move(*processes.back()->open({.local = {{}, 3863}, .listen = listen}, [](const Event&) {})));
        return *endpoints.back();
    };
    const TransportAddress server = open(0, true).local();
    for (int i = 0; i < state.range(0); ++i) {
        (void)open(static_cast<std::uint8_t>(1 + i / 250), false).connect(server);
    }
    dispatcher.runFor(10s);
    for (auto _ : state) {
        dispatcher.runFor(1s);
    }
    state.SetItemsProcessed(state.iterations()); // virtual seconds
}
BENCHMARK(memoryIdleSecond)->Arg(100)->Arg(1'000);

} // namespace
