// SPDX-License-Identifier: GPL-3.0-or-later
// WeightedRoundRobin: each element as often in a round as its weight says, spread evenly over the round.
// Source: RFC 5356 section 3.2; BlockRounds is how rsplib does it instead.
#include "core/handlespace/ordered_selector.h"
#include "core/handlespace/policies/policies.h"

namespace kolam::policies {

namespace {

// An order is the number of the round and, below it, a position within the round in 2^-20ths.
constexpr std::uint32_t roundBits = 12;
constexpr std::uint32_t positionBits = 32 - roundBits;
constexpr std::uint32_t lastRound = (1u << roundBits) - 1;

std::uint32_t roundOf(std::uint32_t order) {
    return order >> positionBits;
}
std::uint32_t orderOf(std::uint32_t round, std::uint32_t position) {
    return std::min(round, lastRound) << positionBits | position;
}

/// The round is divided into `weight` equal parts (base), and the element's turn is in the middle of each. The counter
/// is the part that it waits for. So proportions are exact in every round, whatever the resolution of positions.
struct EvenRounds {
    static bool selectable(const Element& element) { return element.base > 0; }
    static bool marked(const Element&) { return false; }
    /// A newcomer joins where the round is now: it neither makes up for what it has missed nor waits for the next one.
    static void enter(Element& element, const Element* front) { join(element, front != nullptr ? front->order : 0); }
    static void revise(Element& element, std::uint32_t base, std::uint32_t, const Element*) {
        element.base = base;
        if (base > 0) {
            join(element, element.order);
        }
    }
    static void advance(Element& element) {
        ++element.counter;
        settle(element, roundOf(element.order));
    }
    static bool exhausted(const Element& front) { return roundOf(front.order) > lastRound / 2; }
    static void rebase(Element& element, const Element& front) {
        element.order -= roundOf(front.order) << positionBits;
    }

private:
    static void join(Element& element, std::uint32_t order) {
        const std::uint64_t position = order & ((1u << positionBits) - 1);
        // The first part whose middle, (2 part + 1) / (2 weight), is not before the position.
        const std::uint64_t doubled = ((position * element.base - 1) >> (positionBits - 1)) + 1;
        element.counter =
            position == 0 ? 0 : static_cast<std::uint32_t>(std::min<std::uint64_t>(doubled / 2, element.base));
        settle(element, roundOf(order));
    }
    static void settle(Element& element, std::uint32_t round) {
        if (element.counter >= element.base) {
            element.counter = 0;
            ++round;
        }
        const std::uint64_t middle = (2 * std::uint64_t{element.counter} + 1) << (positionBits - 1);
        element.order = orderOf(round, static_cast<std::uint32_t>(middle / element.base));
    }
};

/// As rsplib: the counter runs down from the weight, and the lower it is, the earlier comes the turn. Weights above
/// 2^20 are not told apart.
struct BlockRounds {
    static bool selectable(const Element&) { return true; }
    static bool marked(const Element&) { return false; }
    static void enter(Element& element, const Element* front) {
        element.counter = element.base;
        settle(element, front != nullptr ? roundOf(front->order) : lastRound - 0xf);
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
    static bool exhausted(const Element& front) { return roundOf(front.order) + 4 > lastRound; }
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
    return std::make_unique<OrderedSelector<EvenRounds>>(false);
}

} // namespace

const PolicyRule weightedRoundRobin{
    .type = wire::PolicyType::WeightedRoundRobin, .base = weight, .step = nothing, .selector = makeRoundsSelector};

} // namespace kolam::policies
