// SPDX-License-Identifier: GPL-3.0-or-later
// Policies that draw among all elements alike. Next door: weighted_selector.h, where some are more likely than others;
// policies/, who uses it.
#pragma once

#include "core/handlespace/chunked_array.h"
#include "core/handlespace/policy.h"

namespace kolam {

/// What is drawn: the base stands beside the reference, so that drawing never looks at the elements themselves.
struct Lot {
    ElementRef ref;
    std::uint32_t base;
};

/// Draws without replacement. With two choices, each draw takes the better one (lower base) of two: the herd that runs
/// after the least loaded element never forms (Mitzenmacher, "The Power of Two Choices", 2001).
class UniformSelector final : public Selector {
public:
    enum class Choices : bool { One, Two };
    explicit UniformSelector(Choices choices) : m_choices(choices) {}

    void insert(Slab& slab, std::uint32_t slot) override;
    void erase(Slab& slab, std::uint32_t slot) override;
    void revise(Slab& slab, std::uint32_t slot, std::uint32_t base, std::uint32_t step) override;
    std::size_t select(Slab& slab, const SelectionRequest& request, Random& random, ElementRef* into) override;

private:
    [[nodiscard]] std::size_t selectByShuffling(std::size_t count, Random& random, ElementRef* into);
    [[nodiscard]] std::size_t selectByDrawing(std::size_t count, Random& random, ElementRef* into);

    ChunkedArray<Lot> m_lots;
    std::vector<Lot> m_left; // kept for its capacity
    Choices m_choices;
};

} // namespace kolam
