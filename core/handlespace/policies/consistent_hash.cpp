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

/// One race for one session key.
class Race {
public:
    explicit Race(std::uint64_t key) : m_key(key) {}
    /// Whether this runner, so far, comes in first.
    bool leads(std::uint64_t runner, std::uint64_t weight) {
        const double u = (static_cast<double>(mixed(m_key ^ mixed(runner)) >> 11) + 0.5) * 0x1.0p-53;
        const double rate = static_cast<double>(weight);
        if (1 - u >= m_best * rate) { // 1 - u is never above -ln(u): most runners are out without a logarithm
            return false;
        }
        const double time = -std::log(u) / rate;
        if (time >= m_best) {
            return false;
        }
        m_best = time;
        return true;
    }

private:
    std::uint64_t m_key;
    double m_best = std::numeric_limits<double>::infinity();
};

class ConsistentHashSelector final : public Selector {
public:
    void insert(Slab& slab, std::uint32_t slot) override {
        Element& element = slab[slot];
        element.place = nowhere;
        if (element.base > 0) {
            Bucket& bucket = bucketOf(element);
            element.place = static_cast<std::uint32_t>(bucket.lots.size());
            bucket.lots.push_back({slab.refOf(slot), element.identifier, element.base});
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
        const std::uint64_t key = mixed(request.sessionKey.value_or(random()));
        m_left.clear();
        for (const Bucket& bucket : m_buckets) {
            m_left.push_back(bucket.weight);
        }
        for (std::size_t chosen = 0; chosen < request.items; ++chosen) {
            Race buckets{key};
            std::size_t winner = m_buckets.size();
            for (std::size_t i = 0; i < m_buckets.size(); ++i) {
                winner = buckets.leads(m_buckets[i].number, m_left[i]) ? i : winner;
            }
            if (winner == m_buckets.size()) {
                return chosen;
            }
            const std::vector<Lot>& lots = m_buckets[winner].lots;
            const auto isChosen = [&](const Lot& lot) {
                return std::find(into, into + chosen, lot.ref) != into + chosen;
            };
            Race elements{key};
            std::size_t best = 0;
            for (std::size_t i = 0; i < lots.size(); ++i) {
                best = !isChosen(lots[i]) && elements.leads(lots[i].identifier, lots[i].weight) ? i : best;
            }
            into[chosen] = lots[best].ref;
            m_left[winner] -= lots[best].weight;
        }
        return request.items;
    }

private:
    struct Lot {
        ElementRef ref;
        std::uint32_t identifier;
        std::uint32_t weight;
    };
    struct Bucket {
        std::uint64_t number; // above all identifiers, so that it runs a race of its own
        std::uint64_t weight = 0;
        std::vector<Lot> lots;
    };
    Bucket& bucketOf(const Element& element) {
        const std::uint64_t number = (std::uint64_t{1} << 32) + (mixed(element.identifier) >> 56);
        auto found = std::ranges::lower_bound(m_buckets, number, {}, &Bucket::number);
        if (found == m_buckets.end() || found->number != number) {
            found = m_buckets.insert(found, Bucket{number, 0, {}});
        }
        return *found;
    }

    std::vector<Bucket> m_buckets;     // by number; empty ones stay
    std::vector<std::uint64_t> m_left; // weights that are not chosen yet; kept for its capacity
};

} // namespace

const PolicyRule consistentHash{
    .type = wire::PolicyType::ConsistentHash,
    .base = weight,
    .step = nothing,
    .selector = [](bool) -> std::unique_ptr<Selector> { return std::make_unique<ConsistentHashSelector>(); }};

} // namespace kolam::policies
