// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlespace/key_order.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace kolam {

void KeyOrder::keep(const Slab& slab, const PoolIndex& pools) {
    m_kept = true;
    pools.forEach([&](Pool& pool) { m_pools.insert(&pool); });
    std::vector<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>> found; // pool, identifier, slot
    for (std::uint32_t slot = 0; slot < slab.end(); ++slot) {
        if (slab[slot].identifier != 0) {
            found.emplace_back(slab[slot].pool, slab[slot].identifier, slot);
        }
    }
    std::ranges::sort(found); // what is entered in order fills its blocks
    for (const auto& [pool, identifier, slot] : found) {
        pools[pool].byIdentifier.insert(identifier, slab.refOf(slot));
    }
}

std::vector<ElementRef> KeyOrder::part(const TablePosition& position, std::size_t limit) const {
    auto [pool, identifier] = startOf(position);
    std::size_t available = 0;
    for (auto counted = pool; counted != m_pools.end() && available < limit; ++counted) {
        available += (*counted)->elementCount;
    }
    std::vector<ElementRef> result(std::min(limit, available));
    std::size_t filled = 0;
    for (; pool != m_pools.end() && filled < result.size(); ++pool, identifier = 0) {
        filled += (*pool)->byIdentifier.lowerBound(identifier).copy(result.size() - filled, result.data() + filled);
    }
    result.resize(filled);
    return result;
}

std::vector<ElementRef> KeyOrder::partOf(std::uint32_t owner, const Slab& slab, const TablePosition& position,
                                         std::size_t limit) const {
    std::vector<ElementRef> result;
    result.reserve(limit);
    std::array<ElementRef, 64> some;
    auto [pool, identifier] = startOf(position);
    for (; pool != m_pools.end(); ++pool, identifier = 0) {
        auto at = (*pool)->byIdentifier.lowerBound(identifier);
        while (const std::size_t count = at.copy(some.size(), some.data())) {
            // The elements lie scattered: fetching all at once takes hardly longer than waiting for one.
            for (std::size_t i = 0; i < count; ++i) {
                __builtin_prefetch(&slab[some[i].slot]);
            }
            for (std::size_t i = 0; i < count; ++i) {
                if (slab[some[i].slot].owner == owner) {
                    if (result.size() == limit) {
                        return result;
                    }
                    result.push_back(some[i]);
                }
            }
        }
    }
    return result;
}

} // namespace kolam
