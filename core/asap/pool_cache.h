// SPDX-License-Identifier: GPL-3.0-or-later
// This room remembers what handle resolutions have said, so that a failover need not wait for a registrar.
// It chooses with the registrar's own policies, from a handlespace that holds only what this user has been told.
// Next door: request_engine.h, which asks; session/user_session.h, which wants elements.
// Source: RFC 5352 section 3.5 (stale_cache_value), RFC 5356 (each policy).
#pragma once

#include "core/base/ids.h"
#include "core/base/random.h"
#include "core/base/time.h"
#include "core/handlespace/handlespace.h"
#include "core/wire/asap.h"

#include <optional>
#include <unordered_map>
#include <vector>

namespace kolam::asap {

enum class Staleness : bool { Fresh, Any };

class PoolCache {
public:
    /// `stale`: how long an answer may be used. `pools`: how many are remembered; the oldest goes first.
    PoolCache(Duration stale, Random& random, std::size_t pools = 256)
        : m_stale(stale)
        , m_limit(pools)
        , m_space(random()) {}

    /// Replaces what is known of the pool; of elements that are equal to their policy, the registrar's order counts. An
    /// answer without elements forgets the pool.
    void store(const wire::HandleResolutionResponse& answer, TimePoint now);
    /// Drops an element that was found to be unreachable.
    void forget(const PoolHandle& handle, PeIdentifier element);
    /// The elements of a pool, the one to use first in front; each call counts the first one as used, so that sessions
    /// that lose their element in one moment do not all go to the same. Empty: nothing usable is known.
    [[nodiscard]] std::vector<wire::PoolElement> select(const PoolHandle& handle, Staleness staleness, TimePoint now,
                                                        const std::optional<std::uint64_t>& sessionKey = {});
    [[nodiscard]] bool isFresh(const PoolHandle& handle, TimePoint now) const;
    /// Of the last answer about the pool; nothing: there was none.
    [[nodiscard]] std::optional<Duration> age(const PoolHandle& handle, TimePoint now) const;

private:
    struct Known {
        TimePoint learned;
        std::vector<ElementRef> elements; // those that are forgotten stay in the list, and point at nothing
    };
    void forgetPool(const PoolHandle& handle);

    Duration m_stale;
    std::size_t m_limit;
    Handlespace m_space;
    std::unordered_map<PoolHandle, Known> m_known;
    std::vector<ElementRef> m_chosen;
};

} // namespace kolam::asap
