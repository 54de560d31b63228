// SPDX-License-Identifier: GPL-3.0-or-later
// Every operation of the handlespace under every policy: one pool of 10 to 1,000,000 elements, and up to 10,000 pools.
// Times are per operation or per element; "allocations" is how often it asks for memory, "octets" what an element takes
// of the heap. A name is operation/policy/pools x elements, so --benchmark_filter=resolve3/LU picks a row.
// Next door: workload.h, the elements; handlespace_ops.cpp, the same figures as another program prints them.
#include "tests/bench/handlespace/workload.h"

#include <benchmark/benchmark.h>
#include <cstdlib>
#include <malloc.h>
#include <memory>
#include <new>
#include <string>

namespace {

std::size_t allocations = 0;
std::size_t octetsInUse = 0;

void* countedAllocation(std::size_t size) {
    void* memory = std::malloc(size);
    if (memory == nullptr) {
        throw std::bad_alloc{};
    }
    ++allocations;
    octetsInUse += malloc_usable_size(memory);
    return memory;
}
void* countedAllocation(std::size_t size, std::align_val_t alignment) {
    const auto to = static_cast<std::size_t>(alignment);
    void* memory = std::aligned_alloc(to, (size + to - 1) / to * to);
    if (memory == nullptr) {
        throw std::bad_alloc{};
    }
    ++allocations;
    octetsInUse += malloc_usable_size(memory);
    return memory;
}
void release(void* memory) {
    octetsInUse -= malloc_usable_size(memory);
    std::free(memory);
}

} // namespace

void* operator new(std::size_t size) {
    return countedAllocation(size);
}
void* operator new(std::size_t size, std::align_val_t alignment) {
    return countedAllocation(size, alignment);
}
void operator delete(void* memory) noexcept {
    release(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    release(memory);
}
void operator delete(void* memory, std::align_val_t) noexcept {
    release(memory);
}
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
    release(memory);
}

namespace {

using namespace kolam;
using workload::Workload;

struct Shape {
    std::uint32_t pools;
    std::uint32_t perPool;
    friend bool operator==(const Shape&, const Shape&) = default;
};

/// A handlespace with all elements of the workload.
struct Filled {
    Filled(wire::PolicyType policy, Shape of)
        : type(policy)
        , shape(of)
        , work(policy, of.pools, of.perPool, 0)
        , space(std::make_unique<Handlespace>(1)) {
        work.enterAll(*space);
    }
    wire::PolicyType type;
    Shape shape;
    Workload work;
    std::unique_ptr<Handlespace> space;
    std::vector<ElementRef> chosen;

    void resolve(std::uint32_t items) {
        space->select(work.anyHandle(), items, work.numbers(), chosen);
        benchmark::DoNotOptimize(chosen.data());
    }
    void update() {
        const std::uint32_t index = work.any();
        work.items[index].load = work.numbers.below(0x7fffffff);
        work.items[index].weight = 1 + work.numbers.below(100);
        work.enter(*space, index);
    }
    void arm(ElementRef ref) {
        space->setDeadline(ref, DeadlineKind::KeepAliveTransmission, work.tick() + workload::keepAliveInterval);
    }
    void mixed() {
        const std::uint32_t which = work.numbers.below(100);
        if (which < 90) {
            resolve(3);
        } else if (which < 99) {
            update();
        } else {
            const std::uint32_t index = work.any();
            space->remove(work.find(*space, index));
            work.enter(*space, index);
        }
    }
    /// Hands the table out in parts; returns how many elements it has.
    template <typename Function>
    std::size_t walk(std::optional<ServerId> owner, const Function& function) {
        TablePosition position;
        std::size_t count = 0;
        for (;;) {
            const std::vector<ElementRef> part = space->tablePart(position, 128, owner);
            if (part.empty()) {
                return count;
            }
            for (const ElementRef ref : part) {
                function(ref);
            }
            position = {space->poolHandle(part.back()), space->identifier(part.back())};
            count += part.size();
        }
    }
};

/// Filling takes longer than measuring: all operations of a policy and shape, which stand one behind the other, share
/// one handlespace. What they do to it leaves it filled.
Filled& filled(wire::PolicyType type, Shape shape) {
    static std::unique_ptr<Filled> kept;
    if (!kept || kept->type != type || kept->shape != shape) {
        kept.reset();
        kept = std::make_unique<Filled>(type, shape);
    }
    return *kept;
}

void countAllocations(benchmark::State& state, std::size_t before) {
    state.counters["allocations"] =
        static_cast<double>(allocations - before) / static_cast<double>(std::max<std::int64_t>(state.iterations(), 1));
}

/// One operation an iteration.
template <typename Operation>
void each(benchmark::State& state, Filled& with, const Operation& operation) {
    operation(with); // what is made when it is first asked for, is made now
    const std::size_t before = allocations;
    for (auto _ : state) {
        operation(with);
    }
    countAllocations(state, before);
}

/// Operations that handle all elements at once; the time is that of one element.
template <typename Operation>
void perElement(benchmark::State& state, Filled& with, const Operation& operation) {
    operation(with);
    const std::size_t before = allocations;
    while (state.KeepRunningBatch(with.work.size())) {
        operation(with);
    }
    countAllocations(state, before);
}

/// Fills an empty handlespace, again and again.
void registerAll(benchmark::State& state, wire::PolicyType type, Shape shape) {
    Workload work{type, shape.pools, shape.perPool, 0};
    Handlespace space{1};
    const std::size_t octets = octetsInUse;
    work.enterAll(space);
    state.counters["octets"] = static_cast<double>(octetsInUse - octets) / work.size();
    std::size_t asked = 0;
    while (state.KeepRunningBatch(work.size())) {
        state.PauseTiming();
        space.clear();
        const std::size_t before = allocations;
        state.ResumeTiming();
        work.enterAll(space);
        asked += allocations - before;
    }
    countAllocations(state, allocations - asked);
}

/// Empties a full one in a random order.
void deregisterAll(benchmark::State& state, wire::PolicyType type, Shape shape) {
    Workload work{type, shape.pools, shape.perPool, 0};
    Handlespace space{1};
    std::vector<std::uint32_t> order(work.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) {
        order[i] = i;
    }
    std::size_t asked = 0;
    while (state.KeepRunningBatch(work.size())) {
        state.PauseTiming();
        work.enterAll(space);
        work.shuffle(order);
        const std::size_t before = allocations;
        state.ResumeTiming();
        for (const std::uint32_t index : order) {
            space.remove(work.find(space, index));
        }
        asked += allocations - before;
    }
    countAllocations(state, allocations - asked);
}

void synchronise(Filled& with) {
    Handlespace copy{7};
    wire::PoolElement element;
    with.walk(std::nullopt, [&](ElementRef ref) {
        with.space->elementInto(ref, element);
        const auto entered = copy.registerElement(with.space->poolHandle(ref), element);
        copy.setDeadline(entered->element, DeadlineKind::Expiry, with.work.tick() + std::chrono::seconds{300});
    });
    if (copy.checksum(workload::me) != with.space->checksum(workload::me)) {
        std::abort();
    }
}

/// There and back again, so that the owner is the same afterwards; the time is that of two changes.
void takeOver(Filled& with) {
    for (const ServerId to : {workload::other, workload::me}) {
        const ServerId from = to == workload::me ? workload::other : workload::me;
        for (const ElementRef ref : with.space->setOwnerOfAll(from, to)) {
            with.arm(ref);
        }
    }
}

using Operation = void (*)(benchmark::State&, wire::PolicyType, Shape);
struct Named {
    const char* name;
    Operation operation;
    std::uint32_t leastPerPool = 1;
};
#define KOLAM_EACH(call)                                                                                               \
    [](benchmark::State& state, wire::PolicyType type, Shape shape) {                                                  \
        each(state, filled(type, shape), [](Filled& with) { call; });                                                  \
    }
#define KOLAM_PER_ELEMENT(call)                                                                                        \
    [](benchmark::State& state, wire::PolicyType type, Shape shape) {                                                  \
        perElement(state, filled(type, shape), [](Filled& with) { call; });                                            \
    }
const Named operations[] = {
    {"resolve1", KOLAM_EACH(with.resolve(1))},
    {"resolve3", KOLAM_EACH(with.resolve(3))},
    {"resolve100", KOLAM_EACH(with.resolve(100)), 100},
    {"find", KOLAM_EACH(benchmark::DoNotOptimize(with.work.find(*with.space, with.work.any())))},
    {"reregister", KOLAM_EACH(with.work.enter(*with.space, with.work.any()))},
    {"update", KOLAM_EACH(with.update())},
    {"mixed", KOLAM_EACH(with.mixed())},
    {"timer", KOLAM_EACH(with.arm(with.work.find(*with.space, with.work.any())))},
    {"timerpop",
     KOLAM_EACH(with.work.now = with.space->nextDeadline(); with.arm(with.space->popDue(with.work.now)->element))},
    {"checksum", KOLAM_EACH(benchmark::DoNotOptimize(with.space->checksum(workload::me)))},
    {"tableall", KOLAM_PER_ELEMENT(with.walk(std::nullopt, [](ElementRef) {}))},
    {"tableown", KOLAM_PER_ELEMENT(with.walk(workload::me, [](ElementRef) {}))},
    {"takeover", KOLAM_PER_ELEMENT(takeOver(with))},
    {"sync", KOLAM_PER_ELEMENT(synchronise(with))},
    {"register", registerAll},
    {"deregister", deregisterAll},
    // The last one: from here on, every change of an element changes a digest, too.
    {"digest", KOLAM_EACH(benchmark::DoNotOptimize(with.space->digest(workload::me)))},
};
#undef KOLAM_EACH
#undef KOLAM_PER_ELEMENT

const bool registered = [] {
    const Shape shapes[] = {{1, 10},        {1, 100},     {1, 1'000},   {1, 10'000},  {1, 100'000},
                            {1, 1'000'000}, {100, 1'000}, {10'000, 10}, {10'000, 100}};
    for (const Shape shape : shapes) {
        for (const workload::NamedPolicy& policy : workload::policies) {
            for (const Named& named : operations) {
                if (shape.perPool >= named.leastPerPool) {
                    const auto name = fmt::format("{}/{}/{}x{}", named.name, policy.name, shape.pools, shape.perPool);
                    const auto run = [operation = named.operation, type = policy.type, shape](benchmark::State& state) {
                        operation(state, type, shape);
                    };
                    benchmark::RegisterBenchmark(name.c_str(), run)->MinTime(0.02);
                }
            }
        }
    }
    return true;
}();

} // namespace
