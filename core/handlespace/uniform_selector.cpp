// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlespace/uniform_selector.h"

#include <algorithm>

namespace kolam {

void UniformSelector::insert(Slab& slab, std::uint32_t slot) {
    slab[slot].place = m_lots.size();
    m_lots.push_back({slab.refOf(slot), slab[slot].base});
}

void UniformSelector::erase(Slab& slab, std::uint32_t slot) {
    const std::uint32_t place = slab[slot].place;
    slab[m_lots.back().ref.slot].place = place;
    m_lots.swapRemove(place);
}

void UniformSelector::revise(Slab& slab, std::uint32_t slot, std::uint32_t base, std::uint32_t step) {
    Element& element = slab[slot];
    element.base = base;
    element.step = step;
    m_lots[element.place].base = base;
}

std::size_t UniformSelector::select(Slab&, const SelectionRequest& request, Random& random, ElementRef* into) {
    const std::size_t count = std::min(request.items, m_lots.size());
    return count * 2 >= m_lots.size() ? selectByShuffling(count, random, into) : selectByDrawing(count, random, into);
}

/// Many of a few: draw from a copy, which loses what was drawn.
std::size_t UniformSelector::selectByShuffling(std::size_t count, Random& random, ElementRef* into) {
    m_left.resize(m_lots.size());
    for (std::uint32_t i = 0; i < m_lots.size(); ++i) {
        m_left[i] = m_lots[i];
    }
    for (std::size_t i = 0; i < count; ++i) {
        std::size_t chosen = random.below(m_left.size());
        if (m_choices == Choices::Two && m_left.size() > 1) {
            std::size_t other = random.below(m_left.size() - 1);
            other += other >= chosen ? 1 : 0;
            chosen = m_left[other].base < m_left[chosen].base ? other : chosen;
        }
        into[i] = m_left[chosen].ref;
        m_left[chosen] = m_left.back();
        m_left.pop_back();
    }
    return count;
}

/// Few of many: draw again whatever was drawn before, which happens in less than half of the draws.
std::size_t UniformSelector::selectByDrawing(std::size_t count, Random& random, ElementRef* into) {
    const auto drawNew = [&](std::size_t drawn) {
        for (;;) {
            const Lot& lot = m_lots[static_cast<std::uint32_t>(random.below(m_lots.size()))];
            if (std::find(into, into + drawn, lot.ref) == into + drawn) {
                return lot;
            }
        }
    };
    for (std::size_t i = 0; i < count; ++i) {
        const Lot first = drawNew(i);
        into[i] = first.ref;
        if (m_choices == Choices::Two) {
            const Lot second = drawNew(i + 1);
            into[i] = second.base < first.base ? second.ref : first.ref;
        }
    }
    return count;
}

} // namespace kolam
