// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/asap/pool_cache.h"

#include "core/handlespace/policy.h"

#include <algorithm>
#include <iterator>

namespace kolam::asap {

namespace {

/// An answer is one pool, whatever its elements say; and a policy that we do not know is walked through.
wire::PolicyType policyOf(const wire::HandleResolutionResponse& answer) {
    const auto type = answer.policy ? answer.policy->type : wire::PolicyType::RoundRobin;
    return findPolicyRule(type) != nullptr ? type : wire::PolicyType::RoundRobin;
}

} // namespace

void PoolCache::store(const wire::HandleResolutionResponse& answer, TimePoint now) {
    forgetPool(answer.poolHandle);
    if (answer.error) {
        return;
    }
    Known known{.learned = now, .elements = {}};
    for (wire::PoolElement element : answer.elements) {
        element.policy.type = policyOf(answer);
        if (const auto entered =
                m_space.registerElement(answer.poolHandle, element)) { // else it does not fit the others
            known.elements.push_back(entered->element);
        }
    }
    if (known.elements.empty()) {
        return;
    }
    const auto oldest = std::ranges::min_element(m_known, {}, [](const auto& pool) { return pool.second.learned; });
    if (oldest != m_known.end() && m_known.size() >= m_limit) {
        forgetPool(PoolHandle{oldest->first});
    }
    m_known.emplace(answer.poolHandle, std::move(known));
}

void PoolCache::forget(const PoolHandle& handle, PeIdentifier element) {
    m_space.remove(m_space.find(handle, element));
    if (m_space.elementCount(handle) == 0) {
        m_known.erase(handle);
    }
}

std::vector<wire::PoolElement> PoolCache::select(const PoolHandle& handle, Staleness staleness, TimePoint now,
                                                 const std::optional<std::uint64_t>& sessionKey) {
    std::vector<wire::PoolElement> elements;
    if (staleness == Staleness::Any || isFresh(handle, now)) {
        const auto all = static_cast<std::uint32_t>(m_space.elementCount(handle));
        m_space.select(handle, std::max(all, 1u), sessionKey, m_chosen);
        std::ranges::transform(m_chosen, std::back_inserter(elements),
                               [this](ElementRef chosen) { return m_space.element(chosen); });
    }
    return elements;
}

bool PoolCache::isFresh(const PoolHandle& handle, TimePoint now) const {
    const auto old = age(handle, now);
    return old && *old < m_stale;
}

std::optional<Duration> PoolCache::age(const PoolHandle& handle, TimePoint now) const {
    const auto known = m_known.find(handle);
    return known == m_known.end() ? std::nullopt : std::optional{now - known->second.learned};
}

void PoolCache::forgetPool(const PoolHandle& handle) {
    if (const auto known = m_known.extract(handle)) {
        for (const ElementRef element : known.mapped().elements) {
            m_space.remove(element);
        }
    }
}

} // namespace kolam::asap
