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

    /// At most `limit` elements behind the position.
    [[nodiscard]] std::vector<ElementRef> part(const TablePosition& position, std::size_t limit) const;
    /// The same, only those of one owner (its number).
    [[nodiscard]] std::vector<ElementRef> partOf(std::uint32_t owner, const Slab& slab, const TablePosition& position,
                                                 std::size_t limit) const;

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

} // namespace kolam
