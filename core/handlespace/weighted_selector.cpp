// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlespace/weighted_selector.h"

#include <algorithm>
#include <bit>

namespace kolam {

namespace {

std::uint32_t exponentOf(std::uint32_t base) {
    return static_cast<std::uint32_t>(std::bit_width(base - 1));
}

} // namespace

WeightedSelector::Class& WeightedSelector::classFor(std::uint32_t base) {
    const std::uint32_t exponent = exponentOf(base);
    auto found = m_classes.begin();
    while (found != m_classes.end() && found->exponent > exponent) {
        ++found;
    }
    if (found == m_classes.end() || found->exponent != exponent) {
        found = m_classes.insert(found, Class{exponent, 0, {}});
    }
    return *found;
}

void WeightedSelector::put(Slab& slab, ElementRef ref, std::uint32_t base) {
    Class& chosen = classFor(base);
    slab[ref.slot].place = chosen.lots.size();
    chosen.lots.push_back({ref, base});
    chosen.sum += base;
    m_sum += base;
    ++m_count;
}

void WeightedSelector::take(Slab& slab, std::uint32_t place, std::uint32_t base) {
    Class& chosen = classFor(base);
    slab[chosen.lots.back().ref.slot].place = place;
    chosen.lots.swapRemove(place);
    chosen.sum -= base;
    m_sum -= base;
    --m_count;
}

void WeightedSelector::insert(Slab& slab, std::uint32_t slot) {
    Element& element = slab[slot];
    element.place = nowhere;
    if (element.base > 0) {
        put(slab, slab.refOf(slot), element.base);
    }
}

void WeightedSelector::erase(Slab& slab, std::uint32_t slot) {
    const Element& element = slab[slot];
    if (element.place != nowhere) {
        take(slab, element.place, element.base);
    }
}

void WeightedSelector::revise(Slab& slab, std::uint32_t slot, std::uint32_t base, std::uint32_t step) {
    Element& element = slab[slot];
    element.step = step;
    if (element.base == base) {
        return;
    }
    if (element.base > 0 && base > 0 && exponentOf(element.base) == exponentOf(base)) {
        Class& chosen = classFor(base);
        chosen.lots[element.place].base = base;
        chosen.sum += base - std::uint64_t{element.base};
        m_sum += base - std::uint64_t{element.base};
        element.base = base;
        return;
    }
    erase(slab, slot);
    element.base = base;
    insert(slab, slot);
}

const Lot& WeightedSelector::draw(Random& random) const {
    std::uint64_t at = random.below(m_sum);
    auto chosen = m_classes.begin();
    while (at >= chosen->sum) {
        at -= chosen->sum;
        ++chosen;
    }
    for (;;) {
        const std::uint64_t drawn = random();
        const auto index = static_cast<std::uint32_t>(((drawn >> 32) * chosen->lots.size()) >> 32);
        const Lot& lot = chosen->lots[index];
        if (((drawn & 0xffffffff) >> (32 - chosen->exponent)) < lot.base) {
            return lot;
        }
    }
}

std::size_t WeightedSelector::select(Slab& slab, const SelectionRequest& request, Random& random, ElementRef* into) {
    const std::size_t wanted = std::min(request.items, m_count);
    std::uint64_t weight = 0; // of those that were drawn and are still in their classes
    std::size_t inPlace = 0;  // index of the first of those
    m_aside.clear();
    for (std::size_t drawn = 0; drawn < wanted;) {
        // What was drawn before is drawn again instead of taken out, as long as that is the lesser effort.
        if (weight * 2 > m_sum) {
            for (; inPlace < drawn; ++inPlace) {
                const Element& element = slab[into[inPlace].slot];
                m_aside.push_back({into[inPlace], element.base});
                take(slab, element.place, element.base);
            }
            weight = 0;
        }
        const Lot& lot = draw(random);
        if (std::find(into + inPlace, into + drawn, lot.ref) == into + drawn) {
            weight += lot.base;
            into[drawn++] = lot.ref;
        }
    }
    for (const Lot& lot : m_aside) {
        put(slab, lot.ref, lot.base);
    }
    return wanted;
}

} // namespace kolam
