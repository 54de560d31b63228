// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlespace/slot_ring.h"

#include <algorithm>
#include <cstring>

namespace kolam {

namespace {

constexpr std::uint32_t blockSize = 64;
constexpr std::uint32_t smallestBlock = 8;

} // namespace

/// The slots lie together, so that one of them is found quickly.
struct SlotRing::Block {
    Block* next = this;
    Block* previous = this;
    std::uint32_t number = 0;
    std::uint32_t count = 0;
    std::uint32_t capacity = 0;
    std::unique_ptr<std::uint32_t[]> slots; // and behind them the generations

    [[nodiscard]] std::uint32_t* generations() const { return slots.get() + capacity; }
    [[nodiscard]] ElementRef at(std::uint32_t index) const { return {slots[index], generations()[index]}; }
    [[nodiscard]] std::uint32_t indexOf(std::uint32_t slot) const {
        std::uint32_t index = 0;
        for (std::uint32_t i = 0; i < count; ++i) { // no early end: the compiler compares four at a time
            index = slots[i] == slot ? i : index;
        }
        return index;
    }
    void shift(std::uint32_t from, std::uint32_t to) {
        std::memmove(slots.get() + to, slots.get() + from, (count - from) * sizeof slots[0]);
        std::memmove(generations() + to, generations() + from, (count - from) * sizeof slots[0]);
        count = count + to - from;
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
    block->slots = std::make_unique_for_overwrite<std::uint32_t[]>(std::size_t{2} * capacity);
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

/// Appends the entries from `first` on to another block.
void SlotRing::moveTail(Slab& slab, Block* from, std::uint32_t first, Block* to) {
    for (std::uint32_t i = first; i < from->count; ++i) {
        to->slots[to->count] = from->slots[i];
        to->generations()[to->count] = from->generations()[i];
        ++to->count;
        slab[from->slots[i]].place = to->number;
    }
    from->count = first;
}

/// Puts a block of twice the capacity in the place of a small one.
SlotRing::Block* SlotRing::grow(Slab& slab, Block* block) {
    Block* larger = makeBlock(block->capacity * 2);
    linkAfter(block, larger);
    moveTail(slab, block, 0, larger);
    if (m_block == block) {
        m_block = larger;
    }
    dropBlock(block);
    return larger;
}

void SlotRing::insert(Slab& slab, std::uint32_t slot) {
    if (m_count++ == 0) {
        m_block = makeBlock(smallestBlock);
        m_index = 0;
    }
    // With the cursor at a block's start, the back is the end of the block before.
    Block* block = m_index == 0 ? m_block->previous : m_block;
    if (block->count == block->capacity && block->capacity < blockSize) {
        block = grow(slab, block);
    }
    if (block->count == block->capacity) {
        Block* added = makeBlock(blockSize);
        linkAfter(block, added);
        if (m_index == 0) {
            block = added;
        } else {
            moveTail(slab, block, m_index, added);
            m_block = added;
            m_index = 0;
        }
    }
    // Either the cursor is elsewhere and this is the block's end, or it moves on with what stands behind the newcomer.
    const std::uint32_t index = m_index == 0 ? block->count : m_index++;
    block->shift(index, index + 1);
    block->slots[index] = slot;
    block->generations()[index] = slab[slot].generation;
    slab[slot].place = block->number;
}

void SlotRing::erase(Slab& slab, std::uint32_t slot) {
    Block* block = m_blocks[slab[slot].place].get();
    const std::uint32_t index = block->indexOf(slot);
    block->shift(index + 1, index);
    if (m_block == block && m_index > index) {
        --m_index;
    }
    if (m_block == block && m_index == block->count) {
        m_block = block->next;
        m_index = 0;
    }
    if (--m_count == 0) {
        dropBlock(block);
        m_block = nullptr;
    } else if (block->count == 0) {
        dropBlock(block);
    } else if (block->count < blockSize / 4) {
        mergeIfSparse(slab, block);
    }
}

/// Joins a sparse block with the next one, so that removals do not leave a trail of small blocks.
void SlotRing::mergeIfSparse(Slab& slab, Block* block) {
    Block* next = block->next;
    if (next == block || block->count + next->count > std::min(block->capacity, blockSize * 3 / 4)) {
        return;
    }
    if (m_block == next) {
        m_block = block;
        m_index += block->count;
    }
    moveTail(slab, next, 0, block);
    dropBlock(next);
}

std::size_t SlotRing::select(Slab&, const SelectionRequest& request, Random&, ElementRef* into) {
    const std::uint32_t wanted = std::min(request.items, m_count);
    const std::uint32_t used = std::min(wanted, request.maxIncrement);
    Block* block = m_block;
    std::uint32_t index = m_index;
    for (std::uint32_t i = 0; i < wanted; ++i) {
        if (i == used) {
            m_block = block;
            m_index = index;
        }
        into[i] = block->at(index);
        if (++index == block->count) {
            block = block->next;
            index = 0;
        }
    }
    if (used == wanted) {
        m_block = block;
        m_index = index;
    }
    return wanted;
}

} // namespace kolam
