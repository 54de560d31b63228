// SPDX-License-Identifier: GPL-3.0-or-later
// Round robin: elements in a ring, and a cursor that moves over them. A selection moves the cursor and nothing else.
// Next door: policy.h, what a selector is; policies/round_robin.cpp, which uses it.
#pragma once

#include "core/handlespace/policy.h"

#include <memory>
#include <vector>

namespace kolam {

/// The ring consists of blocks of up to 64, linked in a circle. "The back" of the queue is the place before the cursor.
class SlotRing final : public Selector {
public:
    SlotRing();
    ~SlotRing() override;
    void insert(Slab& slab, std::uint32_t slot) override;
    void erase(Slab& slab, std::uint32_t slot) override;
    void revise(Slab&, std::uint32_t, std::uint32_t, std::uint32_t) override {}
    std::size_t select(Slab& slab, const SelectionRequest& request, Random& random, ElementRef* into) override;

private:
    struct Block;
    [[nodiscard]] Block* makeBlock(std::uint32_t capacity);
    void dropBlock(Block* block);
    void linkAfter(Block* before, Block* block);
    void moveTail(Slab& slab, Block* from, std::uint32_t first, Block* to);
    void renew(Slab& slab, Block* block);
    void settleCursor();
    void mergeIfSparse(Slab& slab, Block* block);

    std::vector<std::unique_ptr<Block>> m_blocks; // by number; elements remember the number
    std::vector<std::uint32_t> m_freeNumbers;
    Block* m_block = nullptr; // the cursor: never at a block's end
    std::uint32_t m_index = 0;
    std::uint32_t m_count = 0;
};

} // namespace kolam
