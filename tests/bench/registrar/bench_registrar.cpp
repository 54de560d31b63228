// SPDX-License-Identifier: GPL-3.0-or-later
// The registrar's core, from the octets of a request to the octets of its answer: no sockets, no system calls.
// Sizes as everywhere in our figures: one pool, one IPv4 address an element.
// The reference needs, for 10 / 1,000 / 100,000 elements: three of RoundRobin 203 / 270 / 653 ns, of LeastUsed
// 205 / 225 / 264 ns, of Random 445 / 860 / 5758 ns; a re-registration 279 / 426 / 2916 ns.
#include "core/asap/registrar_side.h"
#include "core/node/access.h"

#include <benchmark/benchmark.h>
#include <cstdlib>
#include <fmt/format.h>
#include <new>

namespace {

std::size_t allocations = 0;

void* countedAllocation(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size)) {
        return memory;
    }
    throw std::bad_alloc{};
}

} // namespace

void* operator new(std::size_t size) {
    return countedAllocation(size);
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

namespace {

using namespace kolam;
using namespace std::chrono_literals;

class CountingSink final : public asap::RegistrarSink {
public:
    void send(asap::AssociationId, OctetView message) override { octets += message.size(); }
    asap::AssociationId connect(const TransportAddress&) override { return asap::AssociationId::None; }
    void abort(asap::AssociationId, std::string_view) override {}
    [[nodiscard]] Duration roundTrip(AssociationId) override { return {}; }
    void armTimer(TimePoint) override {}
    void elementChanged(const asap::ElementEvent&) override {}
    void incident(const asap::Incident&) override { ++incidents; }
    std::size_t octets = 0;
    std::size_t incidents = 0;
};

constexpr asap::AssociationId user{1};
constexpr std::uint32_t elementsPerAssociation = 100;
const PoolHandle pool{"FractalGeneratorPool"};

asap::RegistrarSide::Settings unlimited() {
    asap::RegistrarSide::Settings settings;
    settings.id = ServerId{0x11111111};
    settings.keepAliveInterval = 5s;
    settings.keepAliveTimeout = 5s;
    settings.limits = {0, 0, 0, 0, 0, 0, 255, {}, {}, {}};
    return settings;
}

struct Bench {
    Bench(wire::PolicyType policyType, std::uint32_t elements) : policy(policyType) {
        machine.associationUp(user, {{IpAddress::v4(10, 255, 0, 1)}, 1}, now);
        for (std::uint32_t number = 0; number < elements; ++number) {
            const auto from = association(number);
            if (number % elementsPerAssociation == 0) {
                machine.associationUp(from, {{address(number)}, 5000}, now);
            }
            machine.message(from, registration(number), now);
        }
        if (handlespace.elementCount() != elements || sink.incidents != 0) {
            std::abort();
        }
    }
    static IpAddress address(std::uint32_t number) {
        const std::uint32_t host = number / elementsPerAssociation;
        return IpAddress::v4(10, 0, static_cast<std::uint8_t>(host >> 8), static_cast<std::uint8_t>(host));
    }
    static asap::AssociationId association(std::uint32_t number) {
        return asap::AssociationId{2 + number / elementsPerAssociation};
    }
    [[nodiscard]] Octets registration(std::uint32_t number, std::uint32_t load = 0) const {
        wire::Registration message;
        message.poolHandle = pool;
        message.element.identifier = PeIdentifier{(number + 1) * 2654435761u};
        message.element.life = 300s;
        message.element.userTransport.port = static_cast<std::uint16_t>(1024 + number % 50'000);
        message.element.userTransport.use = wire::TransportUse::DataPlusControl;
        message.element.userTransport.addresses = {address(number)};
        message.element.policy.type = policy;
        message.element.policy.load = load + number * 1000;
        return wire::encode(message);
    }
    wire::PolicyType policy;
    Handlespace handlespace{1};
    AccessRules access;
    Random random{1};
    CountingSink sink;
    asap::RegistrarSide machine{unlimited(), handlespace, access, random, sink};
    TimePoint now{1s};
};

void finish(benchmark::State& state, std::size_t before) {
    state.counters["allocations"] =
        benchmark::Counter(static_cast<double>(allocations - before) / static_cast<double>(state.iterations()));
}

void resolve(benchmark::State& state, wire::PolicyType policy) {
    Bench bench{policy, static_cast<std::uint32_t>(state.range(0))};
    wire::HandleResolution message;
    message.poolHandle = pool;
    message.items = 3;
    const Octets ask = wire::encode(message);
    bench.machine.message(user, ask, bench.now);
    const std::size_t before = allocations;
    for (auto _ : state) {
        bench.now += 1us;
        bench.machine.message(user, ask, bench.now);
    }
    finish(state, before);
}

void reRegister(benchmark::State& state, wire::PolicyType policy) {
    const auto elements = static_cast<std::uint32_t>(state.range(0));
    Bench bench{policy, elements};
    std::vector<Octets> requests;
    for (std::uint32_t number = 0; number < elements; ++number) {
        requests.push_back(bench.registration(number));
    }
    std::uint32_t number = 0;
    const std::size_t before = allocations;
    for (auto _ : state) {
        bench.now += 1us;
        bench.machine.message(Bench::association(number), requests[number], bench.now);
        number = number + 1 == elements ? 0 : number + 1;
    }
    finish(state, before);
}

/// Registration of a new element, and its deregistration: one of each.
void registerAndLeave(benchmark::State& state, wire::PolicyType policy) {
    const auto elements = static_cast<std::uint32_t>(state.range(0));
    Bench bench{policy, elements};
    const Octets come = bench.registration(elements - 1);
    wire::Deregistration leaving{pool, PeIdentifier{elements * 2654435761u}};
    const Octets go = wire::encode(leaving);
    const auto from = Bench::association(elements - 1);
    const std::size_t before = allocations;
    for (auto _ : state) {
        bench.now += 1us;
        bench.machine.message(from, go, bench.now);
        bench.machine.message(from, come, bench.now);
    }
    finish(state, before);
}

void keepAlive(benchmark::State& state) {
    const auto elements = static_cast<std::uint32_t>(state.range(0));
    Bench bench{wire::PolicyType::RoundRobin, elements};
    std::uint64_t exchanges = 0;
    std::vector<Octets> answers;
    for (std::uint32_t number = 0; number < elements; ++number) {
        answers.push_back(wire::encode(wire::EndpointKeepAliveAck{{}, pool, PeIdentifier{(number + 1) * 2654435761u}}));
    }
    for (auto _ : state) { // everybody is asked, and answers
        bench.now += 4s;   // before the earliest time-out, after the latest answer
        static_cast<void>(bench.machine.deadlineReached(bench.now));
        for (std::uint32_t number = 0; number < elements; ++number) {
            bench.machine.message(Bench::association(number), answers[number], bench.now);
            ++exchanges;
        }
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(exchanges));
}

void sizes(benchmark::internal::Benchmark* benchmark) {
    benchmark->Arg(10)->Arg(1'000)->Arg(100'000);
}

BENCHMARK_CAPTURE(resolve, RoundRobin, wire::PolicyType::RoundRobin)->Apply(sizes);
BENCHMARK_CAPTURE(resolve, LeastUsed, wire::PolicyType::LeastUsed)->Apply(sizes);
BENCHMARK_CAPTURE(resolve, Random, wire::PolicyType::Random)->Apply(sizes);
BENCHMARK_CAPTURE(reRegister, RoundRobin, wire::PolicyType::RoundRobin)->Apply(sizes);
BENCHMARK_CAPTURE(registerAndLeave, RoundRobin, wire::PolicyType::RoundRobin)->Apply(sizes);
BENCHMARK(keepAlive)->Arg(1'000);

} // namespace
