// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlespace/key_order.h"

#include <algorithm>
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

} // namespace kolam
