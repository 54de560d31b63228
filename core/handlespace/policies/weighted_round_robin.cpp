// SPDX-License-Identifier: GPL-3.0-or-later
// WeightedRoundRobin: each element as often in a round as its weight says, spread evenly over the round.
// Source: RFC 5356 section 3.2; BlockRounds is how rsplib does it instead.
#include "core/handlespace/ordered_selector.h"
#include "core/handlespace/policies/policies.h"
#include "core/handlespace/turn_queue.h"

namespace kolam::policies {

namespace {

// An order is the number of the round and, below it, a position within the round in 2^-20ths.
constexpr std::uint32_t positionBits = RowCalendar::spanBits;
constexpr std::uint32_t roundBits = 32 - positionBits;
constexpr std::uint32_t lastRound = (1u << roundBits) - 1;

std::uint32_t roundOf(std::uint32_t order) {
    return order >> positionBits;
}
std::uint32_t orderOf(std::uint32_t round, std::uint32_t position) {
    return std::min(round, lastRound) << positionBits | position;
}

/// The round is divided into `weight` equal parts, and the element's turn is in the middle of each. So proportions are
/// exact in every round, whatever the resolution of positions. Weight 0: never selected.
class EvenRounds final : public Selector {
public:
    void insert(Slab& slab, std::uint32_t slot) override {
        slab[slot].place = nowhere;
        if (slab[slot].base > 0) {
            enter(slab, slot);
        }
    }
    void erase(Slab& slab, std::uint32_t slot) override {
        if (slab[slot].place != nowhere) {
            m_turns.erase(slab[slot].place);
        }
    }
    void revise(Slab& slab, std::uint32_t slot, std::uint32_t base, std::uint32_t) override {
        Element& element = slab[slot];
        if (element.base == base) {
            return;
        }
        element.base = base;
        if (element.place == nowhere) {
            enter(slab, slot);
        } else if (base > 0) {
            Turn& turn = m_turns[element.place];
            m_turns.setWeight(turn, base);
            const std::uint32_t before = m_turns.orderOf(turn);
            if (const std::uint32_t order = join(turn, before); order != before) {
                m_turns.move(element.place, order, turn.sequence);
            }
        } else {
            m_turns.erase(element.place);
            element.place = nowhere;
        }
    }
    std::size_t select(Slab& slab, const SelectionRequest& request, Random&, ElementRef* into) override {
        prepare(request.items);
        const std::uint32_t count = std::min(request.items, m_turns.drawn());
        m_turns.copy(count, into);
        const std::uint32_t used = std::min(count, request.maxIncrement);
        if (used > 0) {
            Turn& turn = m_turns[m_turns.firstNumber()];
            m_turns.moveFirst(turn, advance(turn, m_turns.firstOrder()), m_sequence++);
        }
        for (std::uint32_t i = 1; i < used; ++i) { // the ones before need not have gone behind it
            const std::uint32_t number = slab[into[i].slot].place;
            Turn& turn = m_turns[number];
            m_turns.move(number, advance(turn, m_turns.orderOf(turn)), m_sequence++);
        }
        return count;
    }

private:
    /// A newcomer joins where the round is now: it neither makes up for what it has missed nor waits for the next one.
    void enter(Slab& slab, std::uint32_t slot) {
        prepare(1);
        Turn turn{.sequence = m_sequence++, .weight = slab[slot].base, .ref = slab.refOf(slot)};
        const std::uint32_t order = join(turn, m_turns.drawn() > 0 ? m_turns.firstOrder() : 0);
        slab[slot].place = m_turns.insert(turn, order);
    }
    /// Sequences and rounds are used up some day: once in thousands of millions of selections, or in thousands of
    /// rounds.
    void prepare(std::uint32_t items) {
        m_turns.draw(items);
        const std::uint32_t round = m_turns.drawn() > 0 ? roundOf(m_turns.firstOrder()) : 0;
        if (m_sequence > 0xffffffff - items || round > lastRound / 2) [[unlikely]] {
            renumber(round, items);
        }
    }
    [[gnu::noinline]] void renumber(std::uint32_t round, std::uint32_t items) {
        m_sequence = m_turns.renumber(round << positionBits);
        m_turns.draw(items);
    }
    // These set the part that the turn is in, and return its order.

    static std::uint32_t join(Turn& turn, std::uint32_t order) {
        const std::uint64_t position = order & ((1u << positionBits) - 1);
        // The first part whose middle, (2 part + 1) / (2 weight), is not before the position.
        const std::uint64_t doubled = ((position * turn.weight - 1) >> (positionBits - 1)) + 1;
        turn.part = position == 0 ? 0 : static_cast<std::uint32_t>(std::min<std::uint64_t>(doubled / 2, turn.weight));
        return settle(turn, roundOf(order));
    }
    static std::uint32_t advance(Turn& turn, std::uint32_t order) {
        ++turn.part;
        return settle(turn, roundOf(order));
    }
    static std::uint32_t settle(Turn& turn, std::uint32_t round) {
        if (turn.part >= turn.weight) {
            turn.part = 0;
            ++round;
        }
        const std::uint64_t middle = (2 * std::uint64_t{turn.part} + 1) << (positionBits - 1);
        return orderOf(round, static_cast<std::uint32_t>(middle / turn.weight));
    }

    TurnQueue m_turns;
    std::uint32_t m_sequence = 0;
};

/// As rsplib: the counter runs down from the weight, and the lower it is, the earlier comes the turn. Weights above
/// 2^20 are not told apart.
struct BlockRounds {
    static bool marked(const Element&) { return false; }
    static void enter(Element& element, const Element* front) {
        element.counter = element.base;
        settle(element, front != nullptr ? roundOf(front->order) : 0);
    }
    static void revise(Element& element, std::uint32_t base, std::uint32_t, const Element*) {
        element.base = base;
        element.counter = std::min(element.counter, base);
        settle(element, roundOf(element.order));
    }
    static void advance(Element& element) {
        if (element.counter > 1) {
            --element.counter;
            settle(element, roundOf(element.order));
        } else {
            element.counter = element.base;
            settle(element, roundOf(element.order) + 1);
        }
    }
    /// When all that are selected count as used, light elements are rounds ahead of heavy ones: as many as those weigh.
    static bool exhausted(const Element& front) { return roundOf(front.order) > lastRound / 2; }
    static void rebase(Element& element, const Element& front) {
        element.order -= roundOf(front.order) << positionBits;
    }

private:
    static void settle(Element& element, std::uint32_t round) {
        element.order = orderOf(round, std::min(element.counter, (1u << positionBits) - 1));
    }
};

std::unique_ptr<Selector> makeRoundsSelector(bool rsplibCompatible) {
    if (rsplibCompatible) {
        return std::make_unique<OrderedSelector<BlockRounds>>(true);
    }
    return std::make_unique<EvenRounds>();
}

} // namespace

const PolicyRule weightedRoundRobin{
    .type = wire::PolicyType::WeightedRoundRobin, .base = weight, .step = nothing, .selector = makeRoundsSelector};

} // namespace kolam::policies
