// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/asap/pool_cache.h"

#include <algorithm>

namespace kolam::asap {

namespace {

bool isRandom(wire::PolicyType policy) {
    switch (policy) {
    case wire::PolicyType::Random:
    case wire::PolicyType::WeightedRandom:
    case wire::PolicyType::RandomizedLeastUsed:
    case wire::PolicyType::RandomizedPriorityLeastUsed:
    case wire::PolicyType::RandomizedLeastUsedDegradation:
    case wire::PolicyType::RandomizedPriorityLeastUsedDegradation:
    case wire::PolicyType::WeightedRandomDpf:
    case wire::PolicyType::PowerOfTwoChoices: return true;
    default: return false;
    }
}

/// The list's first element is the one to use, whoever asks.
bool isStrict(wire::PolicyType policy) {
    return policy == wire::PolicyType::Priority || policy == wire::PolicyType::ConsistentHash;
}

} // namespace

void PoolCache::store(const wire::HandleResolutionResponse& answer, TimePoint now) {
    if (answer.error || answer.elements.empty()) {
        m_pools.erase(answer.poolHandle);
        return;
    }
    if (m_pools.size() >= m_limit && !m_pools.contains(answer.poolHandle)) {
        const auto oldest = std::ranges::min_element(m_pools, {}, [](const auto& pool) { return pool.second.learned; });
        if (oldest != m_pools.end()) {
            m_pools.erase(oldest);
        }
    }
    const auto policy = answer.policy ? answer.policy->type : wire::PolicyType::RoundRobin;
    m_pools.insert_or_assign(answer.poolHandle, Pool{policy, answer.elements, 0, now});
}

void PoolCache::forget(const PoolHandle& handle, PeIdentifier element) {
    if (const auto found = m_pools.find(handle); found != m_pools.end()) {
        std::erase_if(found->second.elements,
                      [&](const wire::PoolElement& candidate) { return candidate.identifier == element; });
        if (found->second.elements.empty()) {
            m_pools.erase(found);
        }
    }
}

std::vector<wire::PoolElement> PoolCache::select(const PoolHandle& handle, Staleness staleness, TimePoint now) {
    const auto found = m_pools.find(handle);
    if (found == m_pools.end() || (staleness == Staleness::Fresh && !isFresh(handle, now))) {
        return {};
    }
    Pool& pool = found->second;
    std::vector<wire::PoolElement> elements = pool.elements;
    if (isRandom(pool.policy)) {
        std::ranges::shuffle(elements, m_random);
    } else if (!isStrict(pool.policy)) {
        // Several sessions that lose their element in one moment must not all go to the first of the list.
        pool.next %= elements.size();
        std::ranges::rotate(elements, elements.begin() + static_cast<std::ptrdiff_t>(pool.next));
        ++pool.next;
    }
    return elements;
}

bool PoolCache::isFresh(const PoolHandle& handle, TimePoint now) const {
    const auto found = m_pools.find(handle);
    return found != m_pools.end() && now < found->second.learned + m_stale;
}

} // namespace kolam::asap
