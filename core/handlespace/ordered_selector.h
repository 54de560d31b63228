// SPDX-License-Identifier: GPL-3.0-or-later
// Policies that always choose the first elements of a sorted list: what they have in common.
// Next door: sorted_blocks.h, the list; policies/, where each says what it sorts by.
// Source: RFC 5356; the algorithm is that of rsplib, without its double updates unless asked for.
#pragma once

#include "core/handlespace/policy.h"
#include "core/handlespace/sorted_blocks.h"

#include <algorithm>
#include <vector>

namespace kolam {

/// Sorted by what the element has brought along plus what selections have added: so equal elements take turns.
/// This is the order of all ordered policies but the weighted ones.
struct SumOrder {
    static void enter(Element& element, const Element*) { start(element); }
    static void revise(Element& element, std::uint32_t base, std::uint32_t step, const Element*) {
        element.base = base;
        element.step = step;
        start(element);
    }
    static void advance(Element& element) {
        element.counter = saturatedSum(element.counter, element.step);
        element.order = saturatedSum(element.base, element.counter);
    }
    /// Whether selections have left a mark that a registration wipes away.
    static bool marked(const Element& element) { return element.counter != 0; }
    static bool exhausted(const Element&) { return false; }
    static void rebase(Element&, const Element&) {}

private:
    static void start(Element& element) {
        element.counter = 0;
        element.order = element.base;
    }
};

/// Sorted by order, then by sequence: who was selected longest ago. `Order` computes the first.
template <typename Order>
class OrderedSelector final : public Selector {
public:
    explicit OrderedSelector(bool rsplibCompatible) : m_compatible(rsplibCompatible) {}

    void insert(Slab& slab, std::uint32_t slot) override {
        Element& element = slab[slot];
        prepare(slab, 1);
        element.sequence = m_sequence++;
        Order::enter(element, front(slab));
        if (m_compatible) {
            Order::advance(element);
        }
        m_sorted.insert(keyOf(element), slab.refOf(slot));
    }
    void erase(Slab& slab, std::uint32_t slot) override { m_sorted.erase(keyOf(slab[slot])); }
    void revise(Slab& slab, std::uint32_t slot, std::uint32_t base, std::uint32_t step) override {
        Element& element = slab[slot];
        if (element.base == base && element.step == step && !Order::marked(element)) {
            return;
        }
        const SortedBlocks::Key before = keyOf(element);
        Order::revise(element, base, step, front(slab));
        if (m_compatible) {
            Order::advance(element);
        }
        if (keyOf(element) != before) {
            m_sorted.erase(before);
            m_sorted.insert(keyOf(element), slab.refOf(slot));
        }
    }
    std::size_t select(Slab& slab, const SelectionRequest& request, Random&, ElementRef* into) override {
        prepare(slab, request.items);
        const std::size_t count = m_sorted.begin().copy(request.items, into);
        const std::size_t used = std::min<std::size_t>(count, request.maxIncrement);
        for (std::size_t i = 0; i < used; ++i) {
            Element& element = slab[into[i].slot];
            const SortedBlocks::Key before = keyOf(element);
            element.sequence = m_sequence++;
            Order::advance(element);
            if (m_compatible) {
                Order::advance(element);
            }
            if (m_sorted.begin().key() == before) {
                m_sorted.moveFirst(keyOf(element));
            } else {
                m_sorted.erase(before);
                m_sorted.insert(keyOf(element), into[i]);
            }
        }
        return count;
    }

private:
    static SortedBlocks::Key keyOf(const Element& element) {
        return SortedBlocks::Key{element.order} << 32 | element.sequence;
    }
    const Element* front(const Slab& slab) const {
        return m_sorted.empty() ? nullptr : &slab[m_sorted.begin().ref().slot];
    }
    void prepare(Slab& slab, std::uint32_t items) {
        if (m_sequence > 0xffffffff - items) [[unlikely]] {
            renumber(slab);
        }
        if (const Element* const first = front(slab); first != nullptr && Order::exhausted(*first)) [[unlikely]] {
            rebase(slab, Element{*first});
        }
    }
    /// Sequence numbers are used up some day, once in thousands of millions of selections: then all elements get new
    /// ones. rsplib numbers them in the order in which they are sorted, which is another one than before for elements
    /// of different loads that become equal later.
    [[gnu::noinline]] void renumber(Slab& slab) {
        std::vector<ElementRef> refs = takeAll();
        if (!m_compatible) {
            std::ranges::sort(refs, {}, [&](ElementRef ref) { return slab[ref.slot].sequence; });
        }
        m_sequence = 0;
        for (const ElementRef ref : refs) {
            slab[ref.slot].sequence = m_sequence++;
            m_sorted.insert(keyOf(slab[ref.slot]), ref);
        }
    }
    /// So are the rounds of weighted orders, once in thousands of rounds.
    [[gnu::noinline]] void rebase(Slab& slab, const Element& first) {
        for (const ElementRef ref : takeAll()) {
            Order::rebase(slab[ref.slot], first);
            m_sorted.insert(keyOf(slab[ref.slot]), ref);
        }
    }
    std::vector<ElementRef> takeAll() {
        std::vector<ElementRef> refs;
        for (auto at = m_sorted.begin(); !at.atEnd(); at.next()) {
            refs.push_back(at.ref());
        }
        m_sorted.clear();
        return refs;
    }

    SortedBlocks m_sorted;
    std::uint32_t m_sequence = 0xfffffff0; // as rsplib does: so that the end of the numbers is seen soon
    bool m_compatible;
};

/// A selector for policies that are sorted by a sum.
[[nodiscard]] std::unique_ptr<Selector> makeSumSelector(bool rsplibCompatible);

} // namespace kolam
