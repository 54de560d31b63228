// SPDX-License-Identifier: GPL-3.0-or-later
// Which element's deadline comes first. Elements move their deadlines back all the time and hardly ever forward, so
// moving one back only writes it down; the wheel learns of it when the old time has come.
// Next door: slab.h, where the deadlines stand; handlespace.cpp.
#pragma once

#include "core/handlespace/slab.h"

#include <algorithm>
#include <array>
#include <bit>
#include <tuple>
#include <vector>

namespace kolam {

/// A hashed timing wheel (Varghese and Lauck, 1987): time in ticks, and a chain of elements for each of the next 8192.
/// A chain that is reached gives its elements to a sorted list, so that deadlines are exact although ticks are coarse.
/// An element is in one chain at most. When its deadline moves to before that chain's tick, it stays there, and an
/// entry in a small heap comes up first. An entry counts only if it bears the element's present deadline. Whoever has a
/// deadline has a chain or an entry that comes up at that time or before.
class DeadlineWheel {
public:
    void set(Slab& slab, std::uint32_t slot, DeadlineKind kind, TimePoint when) {
        Element& element = slab[slot];
        const bool covered = isSet(element) && element.deadline <= when;
        element.kind = kind;
        element.deadline = when;
        if (!covered && isWaiting(element) && !chainCovers(element)) {
            if (element.chained) {
                unchain(slab, slot);
            }
            chain(slab, slot);
        }
    }
    /// The earliest deadline. Costs what moving deadlines back has saved since the last time.
    [[nodiscard]] TimePoint next(Slab& slab) {
        const Entry* const first = settle(slab);
        return first != nullptr ? first->when : never;
    }
    /// Takes the slot with the earliest deadline if that is not after `now`, else nowhere. The caller says what that
    /// element's kind of deadline is from now on.
    [[nodiscard]] std::uint32_t pop(Slab& slab, TimePoint now) {
        const Entry* const first = settle(slab);
        if (first == nullptr || first->when > now) {
            return nowhere;
        }
        const std::uint32_t slot = first->slot;
        drop(first);
        return slot;
    }

private:
    using Tick = std::int64_t; // of 2 ms
    static constexpr int tickBits = 21;
    static constexpr std::uint32_t size = 8192; // so a turn of the wheel is 17 s
    static constexpr std::uint32_t wordBits = 64;
    struct Entry {
        TimePoint when;
        std::uint32_t slot;
        friend bool operator==(const Entry&, const Entry&) = default;
        friend bool operator>(const Entry& a, const Entry& b) { return a.when > b.when; }
    };

    static Tick tickOf(TimePoint when) { return when.time_since_epoch().count() >> tickBits; }
    static std::uint32_t indexOf(Tick tick) { return static_cast<std::uint32_t>(tick) % size; }
    static bool isSet(const Element& element) { return element.kind != DeadlineKind::None; }
    static bool isWaiting(const Element& element) { return isSet(element) && element.deadline != never; }
    /// Whether the element stands in a chain that is reached in time.
    [[nodiscard]] bool chainCovers(const Element& element) const {
        const std::uint32_t ahead = (element.chainIndex - indexOf(m_next)) % size;
        return element.chained && tickOf(element.deadline) >= m_next + ahead;
    }

    // ---- what comes first ----

    /// nullptr when there is no entry, whatever the chains hold.
    [[nodiscard]] const Entry* first() const {
        if (m_sorted.empty()) {
            return m_heap.empty() ? nullptr : &m_heap.front();
        }
        return m_heap.empty() || m_heap.front() > m_sorted.back() ? &m_sorted.back() : &m_heap.front();
    }
    void drop(const Entry* entry) {
        if (!m_sorted.empty() && entry == &m_sorted.back()) {
            m_sorted.pop_back();
        } else {
            std::ranges::pop_heap(m_heap, std::greater{});
            m_heap.pop_back();
        }
    }
    /// Works until the first entry is an element's present deadline; nullptr when there is none. As a rule there is
    /// nothing to do.
    const Entry* settle(Slab& slab) {
        const Entry* const entry = first();
        if (entry != nullptr && !mayBeEarlierInChains(entry) && counts(slab, *entry)) [[likely]] {
            return entry;
        }
        return settleByWork(slab);
    }
    static bool counts(const Slab& slab, const Entry& entry) {
        return isSet(slab[entry.slot]) && slab[entry.slot].deadline == entry.when;
    }
    [[gnu::noinline]] const Entry* settleByWork(Slab& slab) {
        for (;;) {
            const Entry* const entry = first();
            if (mayBeEarlierInChains(entry)) {
                turn(slab);
                continue;
            }
            if (entry == nullptr) {
                return nullptr;
            }
            if (counts(slab, *entry)) {
                return entry;
            }
            const std::uint32_t slot = entry->slot;
            drop(entry);
            if (isWaiting(slab[slot]) && !slab[slot].chained) {
                chain(slab, slot); // it has been moved back
            }
        }
    }
    [[nodiscard]] bool mayBeEarlierInChains(const Entry* entry) const {
        return m_chained > 0 && (entry == nullptr || tickOf(entry->when) >= m_next);
    }

    // ---- entering ----

    void chain(Slab& slab, std::uint32_t slot) {
        if (m_heads.empty()) {
            m_heads.assign(size, nowhere);
        }
        Element& element = slab[slot];
        const Tick tick = tickOf(element.deadline);
        if (m_chained++ == 0 || tick < m_next) {
            m_next = tick;
        }
        const std::uint32_t index = indexOf(tick);
        const std::uint32_t next = std::exchange(m_heads[index], slot);
        element.chained = true;
        element.chainIndex = static_cast<std::uint16_t>(index);
        element.chainNext = next;
        element.chainPrevious = nowhere;
        if (next != nowhere) {
            slab[next].chainPrevious = slot;
        }
        m_occupied[index / wordBits] |= std::uint64_t{1} << index % wordBits;
    }
    void unchain(Slab& slab, std::uint32_t slot) {
        Element& element = slab[slot];
        element.chained = false;
        --m_chained;
        if (element.chainNext != nowhere) {
            slab[element.chainNext].chainPrevious = element.chainPrevious;
        }
        if (element.chainPrevious != nowhere) {
            slab[element.chainPrevious].chainNext = element.chainNext;
            return;
        }
        const std::uint32_t index = element.chainIndex;
        m_heads[index] = element.chainNext;
        if (element.chainNext == nowhere) {
            m_occupied[index / wordBits] &= ~(std::uint64_t{1} << index % wordBits);
        }
    }
    void pushLate(const Slab& slab, Entry entry) {
        m_heap.push_back(entry);
        std::ranges::push_heap(m_heap, std::greater{});
        if (m_heap.size() > 2 * std::size_t{slab.end()} + wordBits) {
            tidyHeap(slab);
        }
    }
    /// Drops what does not count; so that whoever moves a deadline to and fro does not fill the memory.
    void tidyHeap(const Slab& slab) {
        std::erase_if(m_heap, [&](const Entry& entry) { return !isWaiting(slab[entry.slot]); });
        for (Entry& entry : m_heap) {
            entry.when = slab[entry.slot].deadline;
        }
        std::ranges::sort(m_heap, {}, [](const Entry& entry) { return std::tuple(entry.when, entry.slot); });
        const auto doubles = std::ranges::unique(m_heap);
        m_heap.erase(doubles.begin(), doubles.end());
    }

    // ---- turning ----

    /// Takes all chains that may hold something earlier than the first entry.
    void turn(Slab& slab) {
        Tick start = m_next;
        while (mayBeEarlierInChains(first())) {
            if (m_next - start > size) { // a whole turn, and nothing is due: what is next is far away
                chainAllAnew(slab);
                start = m_next;
            }
            m_next += distanceToChain(indexOf(m_next));
            if (mayBeEarlierInChains(first())) {
                takeChain(slab, m_next++);
            }
        }
    }
    /// How many ticks after `index` the next chain comes; there is one.
    [[nodiscard]] std::uint32_t distanceToChain(std::uint32_t index) const {
        std::uint64_t word = m_occupied[index / wordBits] >> index % wordBits;
        if (word != 0) {
            return static_cast<std::uint32_t>(std::countr_zero(word));
        }
        std::uint32_t distance = wordBits - index % wordBits;
        while ((word = m_occupied[(index + distance) % size / wordBits]) == 0) {
            distance += wordBits;
        }
        return distance + static_cast<std::uint32_t>(std::countr_zero(word));
    }
    /// After that, the next tick is that of the earliest deadline in a chain.
    void chainAllAnew(Slab& slab) {
        std::uint32_t all = nowhere;
        for (std::uint32_t& head : m_heads) {
            for (std::uint32_t slot = std::exchange(head, nowhere); slot != nowhere;) {
                Element& element = slab[slot];
                element.chained = false;
                const std::uint32_t following = std::exchange(element.chainNext, all);
                all = std::exchange(slot, following);
            }
        }
        m_occupied.fill(0);
        m_chained = 0;
        while (all != nowhere) {
            const std::uint32_t slot = std::exchange(all, slab[all].chainNext);
            if (isWaiting(slab[slot])) {
                chain(slab, slot);
            }
        }
    }
    void takeChain(Slab& slab, Tick tick) {
        const std::uint32_t index = indexOf(tick);
        std::uint32_t slot = std::exchange(m_heads[index], nowhere);
        m_occupied[index / wordBits] &= ~(std::uint64_t{1} << index % wordBits);
        const bool intoList = m_sorted.empty();
        while (slot != nowhere) {
            Element& element = slab[slot];
            const std::uint32_t following = element.chainNext;
            element.chained = false;
            --m_chained;
            if (isWaiting(element)) {
                if (tickOf(element.deadline) > tick) {
                    chain(slab, slot); // it has been moved back, or its turn of the wheel is a later one
                } else if (intoList) {
                    m_sorted.push_back({element.deadline, slot});
                } else {
                    pushLate(slab, {element.deadline, slot});
                }
            }
            slot = following;
        }
        // Chains begin with what came last: as a rule that is the right order.
        if (intoList && !std::ranges::is_sorted(m_sorted, std::greater{})) {
            std::ranges::sort(m_sorted, std::greater{});
        }
    }

    std::vector<std::uint32_t> m_heads; // of the chains; none before there is a deadline
    std::array<std::uint64_t, size / wordBits> m_occupied{};
    std::uint32_t m_chained = 0; // elements in all chains
    Tick m_next = 0;             // no chain is due before
    std::vector<Entry> m_sorted; // the last one comes first
    std::vector<Entry> m_heap;   // the first one comes first
};

} // namespace kolam
