// SPDX-License-Identifier: GPL-3.0-or-later
// Which element's deadline comes first. Elements move their deadlines back all the time and hardly ever forward, so
// moving one back only writes it down; the heap learns of it when the old time has come to its top.
// Next door: slab.h, where the deadlines stand; handlespace.cpp.
#pragma once

#include "core/handlespace/slab.h"

#include <algorithm>
#include <memory>
#include <vector>

namespace kolam {

/// A heap with four children a node, four to a cache line, of slots under the time at which somebody should look at
/// them. An element's `scheduled` names its one valid entry; all others are left-overs and are dropped when they come
/// to the top. A slot keeps its entry when its element goes: the next element in it takes it over.
class DeadlineHeap {
public:
    void set(Slab& slab, std::uint32_t slot, DeadlineKind kind, TimePoint when) {
        Element& element = slab[slot];
        element.kind = static_cast<std::uint32_t>(kind) & 3;
        element.deadline = when;
        if (kind != DeadlineKind::None && when < element.scheduled) {
            element.scheduled = when;
            push({when, slot});
            if (size() > 2 * slab.end() + minimumSize) {
                rebuild(slab);
            }
        }
    }
    /// The earliest deadline. Costs what moving deadlines back has saved since the last time.
    [[nodiscard]] TimePoint next(Slab& slab) {
        settle(slab);
        return size() == 0 ? never : at(0).when;
    }
    /// Takes the slot with the earliest deadline if that is not after `now`; else nowhere. Its entry stays for its next
    /// deadline.
    [[nodiscard]] std::uint32_t pop(Slab& slab, TimePoint now) {
        settle(slab);
        return size() == 0 || at(0).when > now ? nowhere : at(0).slot;
    }

private:
    struct Entry {
        TimePoint when;
        std::uint32_t slot;
    };
    // Times and slots stand apart, because finding the earliest of four children only needs times.
    static constexpr std::uint32_t chunkSize = 1024;
    struct Chunk {
        TimePoint whens[chunkSize];
        std::uint32_t slots[chunkSize];
    };
    static constexpr std::uint32_t minimumSize = 64;
    // The root stands at 3, so that each node's children share a cache line.
    static constexpr std::uint32_t offset = 3;
    [[nodiscard]] std::uint32_t size() const { return m_size; }
    [[nodiscard]] TimePoint& whenAt(std::uint32_t index) {
        return m_chunks[(index + offset) / chunkSize]->whens[(index + offset) % chunkSize];
    }
    [[nodiscard]] Entry at(std::uint32_t index) const {
        const Chunk& chunk = *m_chunks[(index + offset) / chunkSize];
        return {chunk.whens[(index + offset) % chunkSize], chunk.slots[(index + offset) % chunkSize]};
    }
    void put(std::uint32_t index, Entry entry) {
        Chunk& chunk = *m_chunks[(index + offset) / chunkSize];
        chunk.whens[(index + offset) % chunkSize] = entry.when;
        chunk.slots[(index + offset) % chunkSize] = entry.slot;
    }

    /// Works on the top until it is an element's present deadline.
    void settle(Slab& slab) {
        while (size() > 0) {
            const Entry top = at(0);
            Element& element = slab[top.slot];
            if (element.scheduled != top.when) {
                removeTop();
            } else if (element.kind == static_cast<std::uint32_t>(DeadlineKind::None)) {
                element.scheduled = never;
                removeTop();
            } else if (element.deadline != top.when) {
                element.scheduled = element.deadline;
                sink(0, {element.deadline, top.slot});
            } else {
                return;
            }
        }
    }
    void push(Entry entry) {
        if (m_size + offset >= m_chunks.size() * chunkSize) {
            m_chunks.push_back(std::make_unique_for_overwrite<Chunk>());
        }
        rise(m_size++, 0, entry);
    }
    void removeTop() {
        const Entry last = at(--m_size);
        if (m_size > 0) {
            sink(0, last);
        }
    }
    void rise(std::uint32_t index, std::uint32_t top, Entry entry) {
        while (index > top && entry.when < whenAt((index - 1) / 4)) {
            put(index, at((index - 1) / 4));
            index = (index - 1) / 4;
        }
        put(index, entry);
    }
    /// What sinks is late as a rule: so the hole goes down all the way first, and then the entry up to its place.
    void sink(std::uint32_t top, Entry entry) {
        std::uint32_t hole = top;
        for (std::uint32_t first = hole * 4 + 1; first < m_size; first = hole * 4 + 1) {
            std::uint32_t best = first;
            for (std::uint32_t child = first + 1; child < std::min(first + 4, m_size); ++child) {
                best = whenAt(child) < whenAt(best) ? child : best;
            }
            put(hole, at(best));
            hole = best;
        }
        rise(hole, top, entry);
    }
    /// Drops the left-overs; at most one entry for each slot remains.
    void rebuild(Slab& slab) {
        std::uint32_t kept = 0;
        for (std::uint32_t i = 0; i < size(); ++i) {
            const Entry entry = at(i);
            if (slab[entry.slot].scheduled == entry.when) {
                slab[entry.slot].scheduled = never; // so that an equal entry is not kept as well
                put(kept++, entry);
            }
        }
        m_size = kept;
        m_chunks.resize((m_size + offset) / chunkSize + 1);
        for (std::uint32_t i = 0; i < kept; ++i) {
            slab[at(i).slot].scheduled = at(i).when;
        }
        for (std::uint32_t i = (kept + 2) / 4; i-- > 0;) {
            sink(i, at(i));
        }
    }

    std::vector<std::unique_ptr<Chunk>> m_chunks;
    std::uint32_t m_size = 0;
};

} // namespace kolam
