// SPDX-License-Identifier: GPL-3.0-or-later
// Policies that draw elements with a probability proportional to a value, without replacement.
// Next door: uniform_selector.h, where all are alike; policies/, which say what the value is.
#pragma once

#include "core/handlespace/chunked_array.h"
#include "core/handlespace/uniform_selector.h"

#include <vector>

namespace kolam {

/// Elements are sorted into classes by the power of two that their base does not exceed. A draw picks a class by its
/// sum, then an element of it that is kept with probability base / power: at least every second one is. So a draw costs
/// the same however many elements there are, and a changed base only moves one element. Base 0: never drawn.
class WeightedSelector final : public Selector {
public:
    void insert(Slab& slab, std::uint32_t slot) override;
    void erase(Slab& slab, std::uint32_t slot) override;
    void revise(Slab& slab, std::uint32_t slot, std::uint32_t base, std::uint32_t step) override;
    std::size_t select(Slab& slab, const SelectionRequest& request, Random& random, ElementRef* into) override;

private:
    struct Class {
        std::uint32_t exponent; // 2^exponent is the largest base of this class, half of it is too small
        std::uint64_t sum;
        ChunkedArray<Lot> lots;
    };
    [[nodiscard]] Class& classFor(std::uint32_t base);
    void put(Slab& slab, ElementRef ref, std::uint32_t base);
    void take(Slab& slab, std::uint32_t place, std::uint32_t base);
    [[nodiscard]] const Lot& draw(Random& random) const;

    std::vector<Class> m_classes; // heavy ones first; empty ones stay
    std::uint64_t m_sum = 0;
    std::uint32_t m_count = 0;
    std::vector<Lot> m_aside; // kept for its capacity
};

} // namespace kolam
