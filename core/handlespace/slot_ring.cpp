// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlespace/slot_ring.h"

#include <algorithm>
#include <span>

namespace kolam {

namespace {

constexpr std::uint32_t blockSize = 64;
constexpr std::uint32_t smallestBlock = 8;

} // namespace

/// Who leaves, leaves a hole: so nobody else has to move, and an element knows where in its block it stands.
struct SlotRing::Block {
    Block* next = this;
    Block* previous = this;
    std::uint32_t number = 0;
    std::uint32_t count = 0; // with holes
    std::uint32_t live = 0;  // without
    std::uint32_t capacity = 0;
    std::unique_ptr<ElementRef[]> refs;

    /// The slot is in this block; where it was put, unless newcomers have moved it.
    [[nodiscard]] std::uint32_t indexOf(std::uint32_t slot, std::uint32_t presumed) const {
        if (presumed < count && refs[presumed].slot == slot) {
            return presumed;
        }
        std::uint32_t index = 0;
        while (refs[index].slot != slot) {
            ++index;
        }
        return index;
    }
    void put(Slab& slab, std::uint32_t index, ElementRef ref) {
        refs[index] = ref;
        slab[ref.slot].place = number;
        slab[ref.slot].order = index;
    }
    void append(Slab& slab, ElementRef ref) {
        put(slab, count++, ref);
        ++live;
    }
};

SlotRing::SlotRing() = default;
SlotRing::~SlotRing() = default;

SlotRing::Block* SlotRing::makeBlock(std::uint32_t capacity) {
    if (m_freeNumbers.empty()) {
        m_freeNumbers.push_back(static_cast<std::uint32_t>(m_blocks.size()));
        m_blocks.emplace_back();
    }
    const std::uint32_t number = m_freeNumbers.back();
    m_freeNumbers.pop_back();
    m_blocks[number] = std::make_unique<Block>();
    Block* block = m_blocks[number].get();
    block->number = number;
    block->capacity = capacity;
    block->refs = std::make_unique_for_overwrite<ElementRef[]>(capacity);
    return block;
}

void SlotRing::dropBlock(Block* block) {
    block->next->previous = block->previous;
    block->previous->next = block->next;
    m_freeNumbers.push_back(block->number);
    m_blocks[block->number].reset();
}

void SlotRing::linkAfter(Block* before, Block* block) {
    block->previous = before;
    block->next = before->next;
    before->next->previous = block;
    before->next = block;
}

/// Appends the entries from `first` on to another block, without the holes.
void SlotRing::moveTail(Slab& slab, Block* from, std::uint32_t first, Block* to) {
    for (std::uint32_t i = first; i < from->count; ++i) {
        if (!from->refs[i].isNull()) {
            to->append(slab, from->refs[i]);
            --from->live;
        }
    }
    from->count = first;
}

/// Holes at a block's end may have gone.
void SlotRing::settleCursor() {
    if (m_index >= m_block->count) {
        m_block = m_block->next;
        m_index = 0;
    }
}

/// Puts another block in the place of a full one: a larger one, or one without holes.
void SlotRing::renew(Slab& slab, Block* block) {
    Block* renewed = makeBlock(std::min(block->capacity * 2, blockSize));
    linkAfter(block, renewed);
    if (m_block == block) {
        const auto before = std::span{block->refs.get(), m_index};
        m_index -= static_cast<std::uint32_t>(std::ranges::count_if(before, &ElementRef::isNull));
        m_block = renewed;
    }
    moveTail(slab, block, 0, renewed);
    dropBlock(block);
    settleCursor();
}

void SlotRing::insert(Slab& slab, std::uint32_t slot) {
    if (m_count++ == 0) {
        m_block = makeBlock(smallestBlock);
        m_index = 0;
    }
    // With the cursor at a block's start, the back is the end of the block before.
    const auto backBlock = [this] { return m_index == 0 ? m_block->previous : m_block; };
    Block* block = backBlock();
    if (block->count == block->capacity && (block->capacity < blockSize || block->live < blockSize * 3 / 4)) {
        renew(slab, block);
        block = backBlock(); // holes before the cursor, or all behind it, may have gone
    }
    if (block->count == block->capacity) {
        Block* added = makeBlock(blockSize);
        linkAfter(block, added);
        if (m_index == 0) {
            block = added;
        } else { // the newcomer goes to the end of what stands before the cursor
            moveTail(slab, block, m_index, added);
            m_block = added;
            m_index = 0;
            if (added->live == 0) {
                m_block = added->next;
                dropBlock(added);
            }
        }
    }
    if (m_index == 0) { // the cursor is elsewhere, and this is the block's end
        block->append(slab, slab.refOf(slot));
        return;
    }
    // The cursor moves on with what stands behind the newcomer.
    const std::uint32_t index = m_index++;
    std::copy_backward(&block->refs[index], block->refs.get() + block->count, block->refs.get() + block->count + 1);
    ++block->count;
    ++block->live;
    block->put(slab, index, slab.refOf(slot));
}

void SlotRing::erase(Slab& slab, std::uint32_t slot) {
    Block* block = m_blocks[slab[slot].place].get();
    block->refs[block->indexOf(slot, slab[slot].order)] = {};
    --block->live;
    --m_count;
    if (block->live == 0) {
        if (m_block == block) {
            m_block = m_count > 0 ? block->next : nullptr;
            m_index = 0;
        }
        dropBlock(block);
    } else if (block->live < blockSize / 4) {
        mergeIfSparse(slab, block);
    }
}

/// Joins a sparse block with the next one, so that removals do not leave a trail of small blocks.
void SlotRing::mergeIfSparse(Slab& slab, Block* block) {
    Block* next = block->next;
    if (next == block || block->count + next->live > std::min(block->capacity, blockSize * 3 / 4)) {
        return;
    }
    if (m_block == next) {
        const auto before = std::span{next->refs.get(), m_index};
        const auto holes = static_cast<std::uint32_t>(std::ranges::count_if(before, &ElementRef::isNull));
        m_block = block;
        m_index += block->count - holes;
    }
    moveTail(slab, next, 0, block);
    dropBlock(next);
    settleCursor();
}

std::size_t SlotRing::select(Slab&, const SelectionRequest& request, Random&, ElementRef* into) {
    const std::uint32_t wanted = std::min(request.items, m_count);
    const std::uint32_t used = std::min(wanted, request.maxIncrement);
    Block* block = m_block;
    std::uint32_t index = m_index;
    for (std::uint32_t chosen = 0; chosen < wanted;) {
        if (const ElementRef ref = block->refs[index]; !ref.isNull()) {
            into[chosen++] = ref;
        }
        if (++index == block->count) {
            block = block->next;
            index = 0;
        }
        if (chosen <= used) {
            m_block = block;
            m_index = index;
        }
    }
    return wanted;
}

} // namespace kolam
