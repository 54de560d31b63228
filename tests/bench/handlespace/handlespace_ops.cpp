// SPDX-License-Identifier: GPL-3.0-or-later
// How long every operation of the handlespace takes, as a table for scripts: handlespace_ops POLICY POOLS PES_PER_POOL
// [seconds per operation] [seed]. Prints CSV: engine,policy,pools,pes_per_pool,total,op,items,ns - thread CPU time.
// The lines of op mem_* are octets per element; those of register_*, resolve_* and so on, of single operations,
// percentiles. Next door: workload.h; bench_handlespace.cpp does the same with Google Benchmark.
#include "tests/bench/handlespace/workload.h"

#include <algorithm>
#include <benchmark/benchmark.h>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <malloc.h>
#include <memory>
#include <string>
#include <unistd.h>

using namespace kolam;

namespace {

constexpr std::size_t tablePartSize = 128;

double nanoseconds() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
}
double heapOctets() {
    const struct mallinfo2 info = mallinfo2();
    return static_cast<double>(info.uordblks) + static_cast<double>(info.hblkhd);
}
double residentOctets() {
    double total = 0;
    double resident = 0;
    std::ifstream("/proc/self/statm") >> total >> resident;
    return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

void check(bool right) {
    if (!right) {
        std::fputs("handlespace_ops: a result is wrong\n", stderr);
        std::abort();
    }
}

class Measurement {
public:
    Measurement(std::string policyName, wire::PolicyType type, std::uint32_t pools, std::uint32_t perPool,
                double budget, std::uint64_t seed)
        : m_policy(std::move(policyName))
        , m_pools(pools)
        , m_perPool(perPool)
        , m_budget(budget)
        , m_work(type, pools, perPool, seed)
        , m_space(std::make_unique<Handlespace>(seed)) {}

    void run() {
        fillAndEmpty();
        m_work.enterAll(*m_space);
        lookUp();
        change();
        timers();
        sums();
        tables();
        sync();
        takeover();
        percentiles();
    }

private:
    void print(std::string_view operation, std::size_t items, double value) {
        fmt::print("kolam,{},{},{},{},{},{},{:.2f}\n", m_policy, m_pools, m_perPool, m_work.size(), operation, items,
                   value);
        std::fflush(stdout);
    }
    /// Repeats until the budget is used up; ns per call.
    template <typename Operation>
    void repeat(std::string_view name, std::size_t items, const Operation& operation) {
        const double start = nanoseconds();
        double end = start;
        std::uint64_t calls = 0;
        for (std::uint64_t chunk = 64; end - start < m_budget; chunk = std::min<std::uint64_t>(chunk * 2, 65536)) {
            for (std::uint64_t i = 0; i < chunk; ++i) {
                operation();
            }
            calls += chunk;
            end = nanoseconds();
        }
        print(name, items, (end - start) / static_cast<double>(calls));
    }
    void removeOne(std::uint32_t index) { check(m_space->remove(m_work.find(*m_space, index))); }
    void resolve(std::uint32_t items) {
        m_space->select(m_work.anyHandle(), items, m_work.numbers(), m_chosen);
        benchmark::DoNotOptimize(m_space->identifier(m_chosen.front()).value);
    }
    void update() {
        const std::uint32_t index = m_work.any();
        m_work.items[index].load = m_work.numbers.below(0x7fffffff);
        m_work.items[index].weight = 1 + m_work.numbers.below(100);
        m_work.enter(*m_space, index);
    }

    void fillAndEmpty() {
        std::vector<double> registering;
        std::vector<double> removing;
        std::vector<std::uint32_t> order(m_work.size());
        for (std::uint32_t i = 0; i < order.size(); ++i) {
            order[i] = i;
        }
        const double heap = heapOctets();
        const double resident = residentOctets();
        double spent = 0;
        do {
            double start = nanoseconds();
            m_work.enterAll(*m_space);
            registering.push_back((nanoseconds() - start) / m_work.size());
            if (registering.size() == 1) {
                print("mem_heap", 0, (heapOctets() - heap) / m_work.size());
                print("mem_rss", 0, (residentOctets() - resident) / m_work.size());
            }
            m_work.shuffle(order);
            start = nanoseconds();
            for (const std::uint32_t index : order) {
                removeOne(index);
            }
            removing.push_back((nanoseconds() - start) / m_work.size());
            spent += (registering.back() + removing.back()) * m_work.size();
        } while (spent < 2 * m_budget && registering.size() < 1000);
        std::ranges::sort(registering);
        std::ranges::sort(removing);
        print("register", 0, registering[registering.size() / 2]);
        print("deregister", 0, removing[removing.size() / 2]);
    }
    void lookUp() {
        repeat("resolve", 1, [&] { resolve(1); });
        repeat("resolve", 3, [&] { resolve(3); });
        if (m_perPool >= 100) {
            repeat("resolve", 100, [&] { resolve(100); });
        }
        repeat("find", 0,
               [&] { benchmark::DoNotOptimize(m_space->identifier(m_work.find(*m_space, m_work.any())).value); });
    }
    void change() {
        repeat("reregister", 0, [&] { m_work.enter(*m_space, m_work.any()); });
        repeat("update", 0, [&] { update(); });
        repeat("mixed", 0, [&] {
            const std::uint32_t which = m_work.numbers.below(100);
            if (which < 90) {
                resolve(3);
            } else if (which < 99) {
                update();
            } else {
                const std::uint32_t index = m_work.any();
                removeOne(index);
                m_work.enter(*m_space, index);
            }
        });
    }
    void timers() {
        const auto arm = [&](ElementRef ref) {
            m_space->setDeadline(ref, DeadlineKind::KeepAliveTransmission, m_work.tick() + workload::keepAliveInterval);
        };
        repeat("timer", 0, [&] { arm(m_work.find(*m_space, m_work.any())); });
        repeat("timerpop", 0, [&] {
            m_work.now = m_space->nextDeadline();
            arm(m_space->popDue(m_work.now)->element);
        });
    }
    [[nodiscard]] std::uint16_t checksumFromScratch(const std::vector<ElementRef>& elements) const {
        std::uint64_t sum = 0;
        std::uint64_t handleSum = 0;
        const PoolHandle* last = nullptr;
        for (const ElementRef ref : elements) {
            const PoolHandle& handle = m_space->poolHandle(ref);
            if (&handle != last) {
                last = &handle;
                handleSum = 0;
                for (std::size_t i = 0; i < handle.value.size(); ++i) {
                    handleSum += std::uint64_t{static_cast<unsigned char>(handle.value[i])} << (i % 2 == 0 ? 8 : 0);
                }
            }
            sum += handleSum + (m_space->identifier(ref).value >> 16) + (m_space->identifier(ref).value & 0xffff);
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return static_cast<std::uint16_t>(~sum);
    }
    void sums() {
        repeat("checksum", 0, [&] { benchmark::DoNotOptimize(m_space->checksum(workload::me)); });
        perElement("checkfull", 0, [&] {
            check(checksumFromScratch(m_space->ownedBy(workload::me)) == m_space->checksum(workload::me));
            return m_work.size();
        });
    }
    /// Repeats something that handles many elements and returns how many; ns per element.
    template <typename Operation>
    void perElement(std::string_view name, std::size_t items, const Operation& operation) {
        double spent = 0;
        double elements = 0;
        while (spent < m_budget) {
            const double start = nanoseconds();
            const std::uint32_t count = operation();
            spent += nanoseconds() - start;
            elements += count;
        }
        print(name, items, spent / elements);
    }
    template <typename Function>
    std::uint32_t walkTable(const Handlespace& space, std::optional<ServerId> owner, const Function& function) {
        TablePosition position;
        std::uint32_t count = 0;
        for (;;) {
            const std::vector<ElementRef> part = space.tablePart(position, tablePartSize, owner);
            if (part.empty()) {
                check(count == m_work.size());
                return count;
            }
            for (const ElementRef ref : part) {
                function(ref);
            }
            position = {space.poolHandle(part.back()), space.identifier(part.back())};
            count += static_cast<std::uint32_t>(part.size());
        }
    }
    void tables() {
        const auto take = [&](ElementRef ref) { benchmark::DoNotOptimize(ref.slot); };
        walkTable(*m_space, std::nullopt, take); // the first one makes the key order
        perElement("tableall", tablePartSize, [&] { return walkTable(*m_space, std::nullopt, take); });
        perElement("tableown", tablePartSize, [&] { return walkTable(*m_space, workload::me, take); });
    }
    void sync() {
        double spent = 0;
        double elements = 0;
        wire::PoolElement element;
        while (spent < m_budget) {
            auto copy = std::make_unique<Handlespace>(7);
            const double start = nanoseconds();
            elements += walkTable(*m_space, std::nullopt, [&](ElementRef ref) {
                m_space->elementInto(ref, element);
                const auto entered = copy->registerElement(m_space->poolHandle(ref), element);
                copy->setDeadline(entered->element, DeadlineKind::Expiry, m_work.tick() + std::chrono::seconds{300});
            });
            check(copy->checksum(workload::me) == m_space->checksum(workload::me));
            spent += nanoseconds() - start;
        }
        print("sync", tablePartSize, spent / elements);
    }
    void takeover() {
        ServerId from = workload::me;
        ServerId to = workload::other;
        perElement("takeover", 0, [&] {
            const std::vector<ElementRef> owned = m_space->setOwnerOfAll(from, to);
            for (const ElementRef ref : owned) {
                m_space->setDeadline(ref, DeadlineKind::KeepAliveTransmission,
                                     m_work.tick() + workload::keepAliveInterval);
            }
            std::swap(from, to);
            return static_cast<std::uint32_t>(owned.size());
        });
    }

    /// Single operations, with the clock's own time taken off.
    template <typename Operation>
    void percentile(std::string_view name, const Operation& operation) {
        std::vector<double> times(std::min<std::uint32_t>(std::max<std::uint32_t>(m_work.size(), 10000), 100000));
        for (double& time : times) {
            const double start = wallNanoseconds();
            operation();
            time = wallNanoseconds() - start;
        }
        std::ranges::sort(times);
        const double clock = clockOverhead();
        print(fmt::format("{}_p50", name), 0, times[times.size() / 2] - clock);
        print(fmt::format("{}_p999", name), 0, times[times.size() - times.size() / 1000 - 1] - clock);
        print(fmt::format("{}_max", name), 0, times.back() - clock);
    }
    static double wallNanoseconds() {
        timespec time{};
        clock_gettime(CLOCK_MONOTONIC, &time);
        return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
    }
    static double clockOverhead() {
        double best = 1e9;
        for (int i = 0; i < 10000; ++i) {
            const double start = wallNanoseconds();
            best = std::min(best, wallNanoseconds() - start);
        }
        return best;
    }
    void percentiles() {
        std::uint32_t next = 0;
        auto fresh = std::make_unique<Handlespace>(9);
        std::swap(m_space, fresh);
        percentile("register", [&] {
            m_work.enter(*m_space, next);
            next = (next + 1) % m_work.size();
        });
        m_work.enterAll(*m_space);
        percentile("reregister", [&] { m_work.enter(*m_space, m_work.any()); });
        percentile("update", [&] { update(); });
        percentile("resolve3", [&] { resolve(3); });
        percentile("timerpop", [&] {
            m_work.now = m_space->nextDeadline();
            m_space->setDeadline(m_space->popDue(m_work.now)->element, DeadlineKind::KeepAliveTransmission,
                                 m_work.tick() + workload::keepAliveInterval);
        });
        std::vector<std::uint32_t> order(m_work.size());
        for (std::uint32_t i = 0; i < order.size(); ++i) {
            order[i] = i;
        }
        m_work.shuffle(order);
        next = 0;
        percentile("deregister", [&] {
            if (next < order.size()) {
                removeOne(order[next++]);
            }
        });
    }

    std::string m_policy;
    std::uint32_t m_pools;
    std::uint32_t m_perPool;
    double m_budget;
    workload::Workload m_work;
    std::unique_ptr<Handlespace> m_space;
    std::vector<ElementRef> m_chosen;
};

} // namespace

int main(int argc, char** argv) {
    const auto policy = argc >= 4 ? workload::findPolicy(argv[1]) : std::nullopt;
    const unsigned long pools = argc >= 4 ? std::strtoul(argv[2], nullptr, 10) : 0;
    const unsigned long perPool = argc >= 4 ? std::strtoul(argv[3], nullptr, 10) : 0;
    if (!policy || pools == 0 || perPool == 0 || pools > 10'000'000 || perPool > 10'000'000 / pools) {
        fmt::print(stderr, "usage: {} POLICY POOLS PES_PER_POOL [seconds per operation] [seed]\n", argv[0]);
        return 1;
    }
    const double seconds = argc > 4 ? std::atof(argv[4]) : 0.3;
    const std::uint64_t seed = argc > 5 ? std::strtoull(argv[5], nullptr, 10) : 0;
    Measurement{argv[1],       *policy, static_cast<std::uint32_t>(pools), static_cast<std::uint32_t>(perPool),
                seconds * 1e9, seed}
        .run();
}
