// SPDX-License-Identifier: GPL-3.0-or-later
// Counts what a registrar tells of its table, part by part, and says when that has no end: the other side decides how
// much it sends, and each part alone is a good one. Next door: enrp_tables.cpp, which learns; core/node/enrp_inquiry.h,
// which only asks.
#pragma once

#include "core/wire/enrp.h"

#include <cstddef>

namespace kolam::enrp {

class TableTally {
public:
    static constexpr std::size_t mostParts = 50'000;
    /// A part is empty where nobody asks for what it had to tell: policies that the receiver does not know.
    static constexpr std::size_t mostEmptyParts = 2'000;
    static constexpr std::size_t mostElements = 2'000'000;

    void add(const wire::HandleTableResponse& part) {
        const std::size_t before = m_elements;
        for (const wire::PoolEntry& pool : part.pools) {
            m_elements += pool.elements.size();
        }
        ++m_parts;
        m_emptyParts += m_elements == before ? 1u : 0u;
    }
    /// More has come than any table has.
    [[nodiscard]] bool endless() const {
        return m_parts > mostParts || m_emptyParts > mostEmptyParts || m_elements > mostElements;
    }
    [[nodiscard]] std::size_t elements() const { return m_elements; }

private:
    std::size_t m_parts = 0;
    std::size_t m_emptyParts = 0;
    std::size_t m_elements = 0;
};

} // namespace kolam::enrp
