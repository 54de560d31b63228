// SPDX-License-Identifier: GPL-3.0-or-later
// ConsistentHash, ours: the same session key leads to the same element, at every registrar, for as long as the element
// is there; and to each element as many keys as its weight says. Source: extensions, policy 0xb0003003.
#include "core/handlespace/policies/policies.h"
#include "core/handlespace/uniform_selector.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace kolam::policies {

namespace {

// Weighted rendezvous hashing (Thaler and Ravishankar, 1998): key and element together make a number u between 0 and 1,
// and the element with the smallest -ln(u) / weight is chosen. That is an exponentially distributed time with the
// weight as its rate: so the shares are exactly proportional, and a key only moves when its own element goes or when a
// newcomer is faster.
// Asking a hundred thousand elements for every key would take long, though. So the same race is run twice: first among
// 256 buckets, to which elements belong by their identifiers and whose weight is the sum of theirs, then within the
// winning bucket. The shares stay exact. In pools of hundreds of elements, the keys that a newcomer draws to its bucket
// are shared with the others there: about as many keys move as it gets itself, instead of just those.

/// A permutation of the 64-bit numbers that leaves no pattern (the finalizer of splitmix64).
std::uint64_t mixed(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    return x ^ (x >> 31);
}

/// When a runner comes in, in the race for one session key.
class Race {
public:
    explicit Race(std::uint64_t key) : m_key(mixed(key)) {}
    /// The runner's time; infinity when it is not below the limit. Most are out without a logarithm.
    [[nodiscard]] double time(std::uint64_t runner, std::uint64_t weight, double limit) const {
        const double u = (static_cast<double>(mixed(m_key ^ runner) >> 11) + 0.5) * 0x1.0p-53;
        const double rate = static_cast<double>(weight);
        if (1 - u >= limit * rate) { // 1 - u is never above -ln(u)
            return never;
        }
        const double result = -std::log(u) / rate;
        return result < limit ? result : never;
    }
    static constexpr double never = std::numeric_limits<double>::infinity();

private:
    std::uint64_t m_key;
};

class ConsistentHashSelector final : public Selector {
public:
    void insert(Slab& slab, std::uint32_t slot) override {
        Element& element = slab[slot];
        element.place = nowhere;
        if (element.base > 0) {
            Bucket& bucket = bucketOf(element);
            element.place = static_cast<std::uint32_t>(bucket.lots.size());
            bucket.lots.push_back({slab.refOf(slot), element.base, mixed(element.identifier)});
            bucket.weight += element.base;
        }
    }
    void erase(Slab& slab, std::uint32_t slot) override {
        const Element& element = slab[slot];
        if (element.place == nowhere) {
            return;
        }
        Bucket& bucket = bucketOf(element);
        slab[bucket.lots.back().ref.slot].place = element.place;
        bucket.lots[element.place] = bucket.lots.back();
        bucket.lots.pop_back();
        bucket.weight -= element.base;
    }
    void revise(Slab& slab, std::uint32_t slot, std::uint32_t base, std::uint32_t step) override {
        Element& element = slab[slot];
        element.step = step;
        if (element.base != base) {
            erase(slab, slot);
            element.base = base;
            insert(slab, slot);
        }
    }
    /// Further elements are those that would be chosen if the ones before them were not there. Without a session key,
    /// any key will do.
    std::size_t select(Slab&, const SelectionRequest& request, Random& random, ElementRef* into) override {
        const Race race{request.sessionKey ? *request.sessionKey : random()};
        m_heats.clear();
        for (Bucket& bucket : m_buckets) {
            bucket.left = bucket.weight;
            run(race, bucket, request.items);
        }
        std::size_t chosen = 0;
        while (chosen < request.items && !m_heats.empty()) {
            Bucket& winner = *m_heats.front().bucket;
            m_heats.erase(m_heats.begin());
            const Lot* best = nullptr;
            double limit = Race::never;
            for (const Lot& lot : winner.lots) {
                const double time = race.time(lot.runner, lot.weight, limit);
                if (time < limit && std::find(into, into + chosen, lot.ref) == into + chosen) {
                    limit = time;
                    best = &lot;
                }
            }
            if (best == nullptr) {
                break; // cannot be: only buckets with somebody left are in the race
            }
            into[chosen++] = best->ref;
            winner.left -= best->weight;
            run(race, winner, request.items - chosen);
        }
        return chosen;
    }

private:
    struct Lot {
        ElementRef ref;
        std::uint32_t weight;
        std::uint64_t runner;
    };
    struct Bucket {
        std::uint64_t number; // above all identifiers, so that it runs a race of its own
        std::uint64_t runner;
        std::uint64_t weight = 0;
        std::uint64_t left = 0; // of the weight, while elements are chosen
        std::vector<Lot> lots;
    };
    struct Heat {
        double time;
        Bucket* bucket;
    };
    /// Lets a bucket run with what is left of it. Only the first so many can win something.
    void run(const Race& race, Bucket& bucket, std::size_t places) {
        if (bucket.left == 0 || places == 0) {
            return;
        }
        const double limit = m_heats.size() < places ? Race::never : m_heats.back().time;
        const double time = race.time(bucket.runner, bucket.left, limit);
        if (time < limit) {
            m_heats.insert(std::ranges::upper_bound(m_heats, time, {}, &Heat::time), {time, &bucket});
            if (m_heats.size() > places) {
                m_heats.pop_back();
            }
        }
    }
    Bucket& bucketOf(const Element& element) {
        const std::uint64_t number = (std::uint64_t{1} << 32) + (mixed(element.identifier) >> 56);
        auto found = std::ranges::lower_bound(m_buckets, number, {}, &Bucket::number);
        if (found == m_buckets.end() || found->number != number) {
            found = m_buckets.insert(found, Bucket{number, mixed(number), 0, 0, {}});
        }
        return *found;
    }

    std::vector<Bucket> m_buckets; // by number; empty ones stay
    std::vector<Heat> m_heats;     // the fastest buckets, in order; kept for its capacity
};

} // namespace

const PolicyRule consistentHash{
    .type = wire::PolicyType::ConsistentHash,
    .base = weight,
    .step = nothing,
    .selector = [](bool) -> std::unique_ptr<Selector> { return std::make_unique<ConsistentHashSelector>(); }};

} // namespace kolam::policies
