// SPDX-License-Identifier: GPL-3.0-or-later
// What belongs to a pool, and how a pool is found by its handle. Next door: policy.h, whose selector each pool has.
#pragma once

#include "core/handlespace/policy.h"
#include "core/handlespace/segmented_hash.h"
#include "core/handlespace/sorted_blocks.h"

#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace kolam {

struct Pool {
    PoolHandle handle;
    std::uint32_t number; // elements remember it
    std::uint32_t hash;
    std::uint32_t elementCount = 0;
    wire::TransportProtocol protocol;
    wire::TransportUse use;
    std::uint32_t wordSum; // of the handle, for the checksum
    const PolicyRule* rule;
    std::unique_ptr<Selector> selector;
    wire::Policy founding;     // of the element that came first
    SortedBlocks byIdentifier; // only when the key order is kept
};

/// Handles are compared by their lengths, then by their octets, as rsplib does.
struct HandleOrder {
    using is_transparent = void;
    static bool less(std::string_view a, std::string_view b) {
        return a.size() != b.size() ? a.size() < b.size() : a < b;
    }
    bool operator()(const Pool* a, const Pool* b) const { return less(a->handle.value, b->handle.value); }
    bool operator()(const Pool* a, std::string_view b) const { return less(a->handle.value, b); }
    bool operator()(std::string_view a, const Pool* b) const { return less(a, b->handle.value); }
};

class PoolIndex {
public:
    explicit PoolIndex(std::uint64_t hashSeed) : m_seed(hashSeed) {}

    [[nodiscard]] std::size_t count() const { return m_pools.size() - m_free.size(); }
    [[nodiscard]] Pool& operator[](std::uint32_t number) const { return *m_pools[number]; }
    /// nullptr when there is none.
    [[nodiscard]] Pool* find(std::string_view handle) const {
        // Most questions are about the same pool as the one before.
        if (m_last == nullptr || !sameOctets(m_last->handle.value, handle)) {
            m_last = look(handle);
        }
        return m_last;
    }
    Pool& add(const PoolHandle& handle);
    void remove(Pool& pool);

    template <typename Function>
    void forEach(const Function& function) const {
        for (const auto& pool : m_pools) {
            if (pool) {
                function(*pool);
            }
        }
    }

private:
    /// Handles are short: compared by words, of which the last one may overlap the one before.
    static bool sameOctets(std::string_view a, std::string_view b) {
        if (a.size() != b.size()) {
            return false;
        }
        if (a.size() < 8 || a.size() > 64) {
            return std::memcmp(a.data(), b.data(), a.size()) == 0;
        }
        const auto difference = [&](std::size_t at) {
            std::uint64_t mine;
            std::uint64_t theirs;
            std::memcpy(&mine, a.data() + at, sizeof mine);
            std::memcpy(&theirs, b.data() + at, sizeof theirs);
            return mine ^ theirs;
        };
        std::uint64_t different = difference(a.size() - 8);
        for (std::size_t at = 0; at + 8 < a.size(); at += 8) {
            different |= difference(at);
        }
        return different == 0;
    }
    [[nodiscard]] std::uint32_t hashOf(std::string_view handle) const;
    [[nodiscard]] Pool* look(std::string_view handle) const;

    std::vector<std::unique_ptr<Pool>> m_pools;
    std::vector<std::uint32_t> m_free;
    SegmentedHash m_byHash;
    std::uint64_t m_seed;
    mutable Pool* m_last = nullptr;
};

} // namespace kolam
