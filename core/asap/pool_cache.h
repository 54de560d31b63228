// SPDX-License-Identifier: GPL-3.0-or-later
// This room remembers what handle resolutions have said, so that a failover need not wait for a registrar.
// A user does not repeat the registrar's work: it walks through the list as RFC 5356 tells users to.
// Next door: request_engine.h, which asks; session/user_session.h, which wants elements.
// Source: RFC 5352 section 3.5 (stale_cache_value), RFC 5356 (pool user's side of each policy).
#pragma once

#include "core/base/ids.h"
#include "core/base/random.h"
#include "core/base/time.h"
#include "core/wire/asap.h"

#include <unordered_map>
#include <vector>

namespace kolam::asap {

enum class Staleness : bool { Fresh, Any };

class PoolCache {
public:
    /// `stale`: how long an answer may be used. `pools`: how many are remembered; the oldest goes first.
    PoolCache(Duration stale, Random& random, std::size_t pools = 256)
        : m_stale(stale)
        , m_random(random)
        , m_limit(pools) {}

    /// Replaces what is known of the pool. An answer without elements forgets it.
    void store(const wire::HandleResolutionResponse& answer, TimePoint now);
    /// Drops an element that was found to be unreachable.
    void forget(const PoolHandle& handle, PeIdentifier element);
    /// The elements of a pool, the one to use first in front; each call starts where the policy wants the next user to
    /// start. Empty: nothing usable is known.
    [[nodiscard]] std::vector<wire::PoolElement> select(const PoolHandle& handle, Staleness staleness, TimePoint now);
    [[nodiscard]] bool isFresh(const PoolHandle& handle, TimePoint now) const;

private:
    struct Pool {
        wire::PolicyType policy = wire::PolicyType::RoundRobin;
        std::vector<wire::PoolElement> elements;
        std::size_t next = 0;
        TimePoint learned;
    };
    Duration m_stale;
    Random& m_random;
    std::size_t m_limit;
    std::unordered_map<PoolHandle, Pool> m_pools;
};

} // namespace kolam::asap
