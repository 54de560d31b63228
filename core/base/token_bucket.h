// SPDX-License-Identifier: GPL-3.0-or-later
// How often something may happen: so many a second, with a burst; refills for ever, unlike a counter that once ran
// over.
#pragma once

#include "core/base/time.h"

#include <algorithm>
#include <cstdint>

namespace kolam {

/// A rate with its burst. perSecond 0: no limit.
struct RateLimit {
    std::uint32_t perSecond = 0;
    std::uint32_t burst = 0;
    friend bool operator==(const RateLimit&, const RateLimit&) = default;
};

/// Kept as one time stamp: the moment at which the bucket will be full again (generic cell rate algorithm).
class TokenBucket {
public:
    /// Takes one token; false when there is none. `scale` multiplies rate and burst.
    [[nodiscard]] bool take(const RateLimit& limit, TimePoint now, std::uint32_t scale = 1) {
        if (limit.perSecond == 0) {
            return true;
        }
        const Duration token = Duration{1'000'000'000} / limit.perSecond / scale;
        const TimePoint full = std::max(m_full, now) + token;
        if (full - now > token * limit.burst * scale) {
            return false;
        }
        m_full = full;
        return true;
    }

private:
    TimePoint m_full{};
};

} // namespace kolam
