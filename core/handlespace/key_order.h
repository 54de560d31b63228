// SPDX-License-Identifier: GPL-3.0-or-later
// All elements in key order (handle length, handle octets, identifier), for tables that are handed out in parts.
// Registrars that never give a table away should not pay for one: the order is made when it is first asked for, and
// kept from then on. Next door: pool.h, where each pool's part of it stands.
#pragma once

#include "core/handlespace/pool.h"

#include <set>
#include <vector>

namespace kolam {

class KeyOrder {
public:
    [[nodiscard]] bool kept() const { return m_kept; }
    /// Enters all that is there. Later changes are told by the functions below.
    void keep(const Slab& slab, const PoolIndex& pools);

    void addPool(Pool& pool) {
        if (m_kept) {
            m_pools.insert(&pool);
        }
    }
    void removePool(Pool& pool) {
        if (m_kept) {
            m_pools.erase(&pool);
        }
    }
    void add(Pool& pool, std::uint32_t identifier, ElementRef ref) {
        if (m_kept) {
            pool.byIdentifier.insert(identifier, ref);
        }
    }
    void remove(Pool& pool, std::uint32_t identifier) {
        if (m_kept) {
            pool.byIdentifier.erase(identifier);
        }
    }

    /// At most `limit` elements behind the position, those for which `wanted(slot)` holds.
    template <typename Wanted>
    [[nodiscard]] std::vector<ElementRef> part(const TablePosition& position, std::size_t limit,
                                               const Wanted& wanted) const;
    /// The same without a condition.
    [[nodiscard]] std::vector<ElementRef> part(const TablePosition& position, std::size_t limit) const;

private:
    struct Start {
        std::set<Pool*, HandleOrder>::const_iterator pool;
        std::uint64_t identifier; // the first one that may be taken in that pool
    };
    [[nodiscard]] Start startOf(const TablePosition& position) const {
        const auto pool = m_pools.lower_bound(std::string_view{position.poolHandle.value});
        const bool inside = pool != m_pools.end() && (*pool)->handle == position.poolHandle;
        return {pool, inside ? std::uint64_t{position.element.value} + 1 : 0};
    }

    std::set<Pool*, HandleOrder> m_pools;
    bool m_kept = false;
};

template <typename Wanted>
std::vector<ElementRef> KeyOrder::part(const TablePosition& position, std::size_t limit, const Wanted& wanted) const {
    std::vector<ElementRef> result;
    auto [pool, identifier] = startOf(position);
    for (; pool != m_pools.end(); ++pool, identifier = 0) {
        for (auto at = (*pool)->byIdentifier.lowerBound(identifier); !at.atEnd(); at.next()) {
            if (result.size() == limit) {
                return result;
            }
            if (wanted(at.ref().slot)) {
                result.push_back(at.ref());
            }
        }
    }
    return result;
}

} // namespace kolam
