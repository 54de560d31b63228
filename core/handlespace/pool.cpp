// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlespace/pool.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace kolam {

namespace {

std::uint32_t wordSumOf(std::string_view handle) {
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < handle.size(); ++i) {
        const std::uint32_t octet = static_cast<unsigned char>(handle[i]);
        sum += i % 2 == 0 ? octet << 8 : octet;
    }
    return sum;
}

} // namespace

/// Strangers choose the handles; they do not know the seed.
std::uint32_t PoolIndex::hashOf(std::string_view handle) const {
    return static_cast<std::uint32_t>(XXH3_64bits_withSeed(handle.data(), handle.size(), m_seed));
}

Pool* PoolIndex::look(std::string_view handle) const {
    const std::uint32_t number = m_byHash.find(
        hashOf(handle), [&](std::uint32_t candidate) { return sameOctets(m_pools[candidate]->handle.value, handle); });
    return number != SegmentedHash::none ? m_pools[number].get() : nullptr;
}

Pool& PoolIndex::add(const PoolHandle& handle) {
    if (m_free.empty()) {
        m_free.push_back(static_cast<std::uint32_t>(m_pools.size()));
        m_pools.emplace_back();
    }
    const std::uint32_t number = m_free.back();
    m_free.pop_back();
    m_pools[number] = std::make_unique<Pool>();
    Pool& pool = *m_pools[number];
    pool.handle = handle;
    pool.number = number;
    pool.hash = hashOf(handle.value);
    pool.wordSum = wordSumOf(handle.value);
    m_byHash.insert(pool.hash, number);
    m_last = &pool;
    return pool;
}

void PoolIndex::remove(Pool& pool) {
    m_last = nullptr;
    m_byHash.erase(pool.hash, pool.number);
    m_free.push_back(pool.number);
    m_pools[pool.number].reset();
}

} // namespace kolam
