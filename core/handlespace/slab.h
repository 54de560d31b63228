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
    TimePoint deadline;          // when kind is not None
    std::uint32_t chainNext;     // in the deadline wheel, when chained: the slots behind
    std::uint32_t chainPrevious; // and before this one
    std::uint32_t identifier;    // 0: the slot is free
    std::uint32_t pool;
    std::uint32_t generation;
    union {
        std::uint32_t place;    // in its selector: block or index; nowhere: never selected. Next free slot when free
        std::uint32_t sequence; // or the second part of the sort key of ordered policies
    };
    std::uint32_t order;   // the first part
    std::uint32_t counter; // what selections have added to it, or parts of a round
    std::uint32_t base;    // what the policy makes of the registration: load, weight, ...
    std::uint32_t step;    // what a selection adds
    std::uint32_t owner;
    std::uint32_t ownerPlace;
    std::uint16_t imageSize; // of the two images in ElementDetails
    std::uint16_t asapSize;
    DeadlineKind kind;
    bool chained;             // stays with the slot when the element goes
    std::uint16_t chainIndex; // which chain
};
static_assert(sizeof(Element) == 64);

/// The rest of an element: two images, as messages will need them, one behind the other. First the pool element
/// parameter without ASAP transport, as users get it; then the ASAP transport parameter, if there is one.
struct ElementDetails {
    static constexpr std::size_t inlineSize = 72; // with one IPv4 address in each transport, whatever the policy
    ElementExtra extra;
    union {
        std::byte inlined[inlineSize];
        std::byte* spilled;
    } images;
};

class Slab {
public:
    Slab() = default;
    Slab(const Slab&) = delete;
    Slab& operator=(const Slab&) = delete;
    ~Slab() {
        for (std::uint32_t slot = 0; slot < m_used; ++slot) {
            if ((*this)[slot].identifier != 0) {
                forgetImages(slot);
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
    /// Has them brought into the cache while other work goes on. The slot may be nowhere.
    void fetchDetails(std::uint32_t slot) const {
        if (slot != nowhere) {
            const auto* const first = reinterpret_cast<const std::byte*>(&details(slot));
            __builtin_prefetch(first);
            __builtin_prefetch(first + sizeof(ElementDetails) - 1);
        }
    }
    [[nodiscard]] bool contains(ElementRef ref) const {
        return ref.slot < m_used && (*this)[ref.slot].generation == ref.generation && (*this)[ref.slot].identifier != 0;
    }
    [[nodiscard]] ElementRef refOf(std::uint32_t slot) const { return {slot, (*this)[slot].generation}; }
    /// One past the highest slot that was ever used.
    [[nodiscard]] std::uint32_t end() const { return m_used; }

    /// A free slot. Its generation is right, it has no deadline and no images; the rest is for the caller to fill.
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
        element.kind = DeadlineKind::None;
        element.chained = false;
        element.imageSize = 0;
        element.asapSize = 0;
        return slot;
    }
    void give(std::uint32_t slot) {
        forgetImages(slot);
        Element& element = (*this)[slot];
        assert(element.identifier != 0);
        element.identifier = 0;
        ++element.generation;
        element.place = m_free;
        m_free = slot;
    }
    [[nodiscard]] std::byte* images(std::uint32_t slot) {
        ElementDetails& found = details(slot);
        return isSpilled((*this)[slot]) ? found.images.spilled : found.images.inlined;
    }
    [[nodiscard]] const std::byte* images(std::uint32_t slot) const {
        const ElementDetails& found = details(slot);
        return isSpilled((*this)[slot]) ? found.images.spilled : found.images.inlined;
    }
    /// Room for other images in the place of the old ones, if there are any.
    [[nodiscard]] std::byte* roomForImages(std::uint32_t slot, std::size_t imageSize, std::size_t asapSize) {
        Element& element = (*this)[slot];
        const std::size_t size = imageSize + asapSize;
        if (size != std::size_t{element.imageSize} + element.asapSize) {
            forgetImages(slot);
            if (size > ElementDetails::inlineSize) {
                details(slot).images.spilled = new std::byte[size];
            }
        }
        element.imageSize = static_cast<std::uint16_t>(imageSize);
        element.asapSize = static_cast<std::uint16_t>(asapSize);
        return images(slot);
    }

private:
    static constexpr std::uint32_t chunkSize = 256;
    struct Chunk {
        Element elements[chunkSize];
        ElementDetails details[chunkSize];
    };
    static bool isSpilled(const Element& element) {
        return std::size_t{element.imageSize} + element.asapSize > ElementDetails::inlineSize;
    }
    void forgetImages(std::uint32_t slot) {
        Element& element = (*this)[slot];
        if (isSpilled(element)) {
            delete[] details(slot).images.spilled;
        }
        element.imageSize = 0;
        element.asapSize = 0;
    }

    std::vector<std::unique_ptr<Chunk>> m_chunks;
    std::uint32_t m_used = 0;
    std::uint32_t m_free = nowhere;
};

} // namespace kolam
