// SPDX-License-Identifier: GPL-3.0-or-later
// What a selection policy is to the handlespace: how it reads a registration, and who keeps the pool's elements in the
// order or with the chances that it wants. A new policy is one file in policies/ and one line in policies.h.
// Source: RFC 5356, draft rserpool-policies, and rsplib where those are silent.
#pragma once

#include "core/base/random.h"
#include "core/handlespace/slab.h"

#include <memory>
#include <optional>

namespace kolam {

/// What is asked of a pool.
struct SelectionRequest {
    std::uint32_t items;                            // at most so many elements, at least 1
    std::uint32_t maxIncrement;                     // so many of them count as used (ordered policies)
    const std::optional<std::uint64_t>& sessionKey; // ConsistentHash
};

/// Keeps the elements of one pool for selection. It finds base and step in an element, and owns place, order, sequence
/// and counter.
class Selector {
public:
    virtual ~Selector() = default;
    virtual void insert(Slab& slab, std::uint32_t slot) = 0;
    virtual void erase(Slab& slab, std::uint32_t slot) = 0;
    /// The element was registered again. Its place is kept when neither its policy's words have changed nor selections
    /// have left a mark on it.
    virtual void revise(Slab& slab, std::uint32_t slot, std::uint32_t base, std::uint32_t step) = 0;
    /// Writes the chosen elements to `into`, best first, at most request.items; returns how many.
    virtual std::size_t select(Slab& slab, const SelectionRequest& request, Random& random, ElementRef* into) = 0;
};

/// One policy. Without step, a selection adds nothing.
struct PolicyRule {
    wire::PolicyType type;
    std::uint32_t (*base)(const wire::Policy& policy);
    std::uint32_t (*step)(const wire::Policy& policy);
    std::unique_ptr<Selector> (*selector)(bool rsplibCompatible);
};

/// The policy's rule; nullptr when the type is not in the table.
[[nodiscard]] const PolicyRule* findPolicyRule(wire::PolicyType type);

/// Loads and degradations add up to at most 100 %.
[[nodiscard]] inline std::uint32_t saturatedSum(std::uint32_t a, std::uint32_t b) {
    return a > 0xffffffff - b ? 0xffffffff : a + b;
}

} // namespace kolam
