// SPDX-License-Identifier: GPL-3.0-or-later
// Where elements live: one cache line with what every operation needs, and apart from it the details.
// Nothing ever moves, and a slot that is used again gets a new generation.
// Next door: handlespace.cpp; the selectors (policy.h), which keep slots and write their notes into the elements.
#pragma once

#include "core/base/time.h"
#include "core/handlespace/handlespace.h"

#include <cassert>
#include <cstdint>
#include <memory>
#include <vector>

namespace kolam {

inline constexpr std::uint32_t nowhere = 0xffffffff;

/// What selection, ownership and deadlines need of an element.
struct alignas(64) Element {
    TimePoint deadline;       // when kind is not None
    TimePoint scheduled;      // of this slot's entry in the deadline heap; never: there is none
    std::uint32_t identifier; // 0: the slot is free
    std::uint32_t pool;
    std::uint32_t generation;
    std::uint32_t place;    // in its selector: block or index; nowhere: never selected. Next free slot when free
    std::uint32_t order;    // sort key of ordered policies: first this,
    std::uint32_t sequence; // then this
    std::uint32_t counter;  // what selections have added to it, or parts of a round
    std::uint32_t base;     // what the policy makes of the registration: load, weight, ...
    std::uint32_t step;     // what a selection adds
    std::uint32_t owner : 30;
    std::uint32_t kind : 2; // a DeadlineKind
    std::uint32_t ownerPlace;
};
static_assert(sizeof(Element) == 64);

/// Words of a policy parameter, as registered; what the policy's type does not have is 0.
struct PolicyValues {
    std::uint32_t amount = 0; // weight, priority, load or sessions
    std::uint32_t degradation = 0;
    std::uint32_t penaltyFactor = 0;
    std::uint32_t distance = 0;
    friend bool operator==(const PolicyValues&, const PolicyValues&) = default;
};

/// The rest of an element.
struct ElementDetails {
    static constexpr std::size_t inlineSize = 32; // a user and an ASAP transport with one IPv4 address each
    ElementExtra extra;
    std::uint32_t life;     // milliseconds
    std::uint16_t userSize; // octets of the user transport parameter, padded; the ASAP transport's follow
    std::uint16_t asapSize; // 0: there is none
    PolicyValues values;
    union {
        std::byte inlined[inlineSize];
        std::byte* spilled;
    } transports;

    [[nodiscard]] std::size_t transportsSize() const { return std::size_t{userSize} + asapSize; }
    [[nodiscard]] const std::byte* transportOctets() const {
        return transportsSize() <= inlineSize ? transports.inlined : transports.spilled;
    }
};

class Slab {
public:
    Slab() = default;
    Slab(const Slab&) = delete;
    Slab& operator=(const Slab&) = delete;
    ~Slab() {
        for (std::uint32_t slot = 0; slot < m_used; ++slot) {
            if ((*this)[slot].identifier != 0) {
                forgetTransports(slot);
            }
        }
    }

    [[nodiscard]] Element& operator[](std::uint32_t slot) {
        return m_chunks[slot / chunkSize]->elements[slot % chunkSize];
    }
    [[nodiscard]] const Element& operator[](std::uint32_t slot) const {
        return m_chunks[slot / chunkSize]->elements[slot % chunkSize];
    }
    [[nodiscard]] ElementDetails& details(std::uint32_t slot) {
        return m_chunks[slot / chunkSize]->details[slot % chunkSize];
    }
    [[nodiscard]] const ElementDetails& details(std::uint32_t slot) const {
        return m_chunks[slot / chunkSize]->details[slot % chunkSize];
    }
    [[nodiscard]] bool contains(ElementRef ref) const {
        return ref.slot < m_used && (*this)[ref.slot].generation == ref.generation && (*this)[ref.slot].identifier != 0;
    }
    [[nodiscard]] ElementRef refOf(std::uint32_t slot) const { return {slot, (*this)[slot].generation}; }
    /// One past the highest slot that was ever used.
    [[nodiscard]] std::uint32_t end() const { return m_used; }

    /// A free slot. The caller fills in everything but deadline, kind and generation; scheduled belongs to the heap.
    [[nodiscard]] std::uint32_t take() {
        if (m_free != nowhere) {
            const std::uint32_t slot = m_free;
            m_free = (*this)[slot].place;
            return slot;
        }
        if (m_used % chunkSize == 0) {
            m_chunks.push_back(std::make_unique_for_overwrite<Chunk>());
        }
        const std::uint32_t slot = m_used++;
        Element& element = (*this)[slot];
        element.generation = 0;
        element.kind = 0;
        element.scheduled = never;
        return slot;
    }
    void give(std::uint32_t slot) {
        forgetTransports(slot);
        Element& element = (*this)[slot];
        assert(element.identifier != 0);
        element.identifier = 0;
        ++element.generation;
        element.place = m_free;
        m_free = slot;
    }
    /// Room for an element's transports, which are then written through the pointer.
    std::byte* transportRoom(std::uint32_t slot, std::uint16_t userSize, std::uint16_t asapSize) {
        ElementDetails& found = details(slot);
        found.userSize = userSize;
        found.asapSize = asapSize;
        if (found.transportsSize() <= ElementDetails::inlineSize) {
            return found.transports.inlined;
        }
        found.transports.spilled = new std::byte[found.transportsSize()];
        return found.transports.spilled;
    }
    void forgetTransports(std::uint32_t slot) {
        ElementDetails& found = details(slot);
        if (found.transportsSize() > ElementDetails::inlineSize) {
            delete[] found.transports.spilled;
        }
        found.userSize = 0;
        found.asapSize = 0;
    }

private:
    static constexpr std::uint32_t chunkSize = 256;
    struct Chunk {
        Element elements[chunkSize];
        ElementDetails details[chunkSize];
    };
    std::vector<std::unique_ptr<Chunk>> m_chunks;
    std::uint32_t m_used = 0;
    std::uint32_t m_free = nowhere;
};

} // namespace kolam
