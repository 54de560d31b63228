// SPDX-License-Identifier: GPL-3.0-or-later
// Says what strangers do to us, but not as often as they do it.
#pragma once

#include "core/base/log.h"
#include "core/base/token_bucket.h"

#include <concepts>
#include <cstdint>
#include <string_view>

namespace kolam {

class LimitedLog {
public:
    explicit LimitedLog(Log& log, const RateLimit& limit = {1, 5}) : m_log(log), m_limit(limit) {}

    void warning(TimePoint now, std::string_view line) {
        warning(now, [line] { return line; });
    }
    /// The same for a line that costs something: `makeLine` is called only when it will be written.
    template <std::invocable MakeLine>
    void warning(TimePoint now, MakeLine&& makeLine) {
        if (!m_bucket.take(m_limit, now)) {
            ++m_suppressed;
            return;
        }
        if (m_suppressed > 0) {
            m_log.warning("{} (and {} more such lines)", makeLine(), m_suppressed);
            m_suppressed = 0;
        } else {
            m_log.warning("{}", makeLine());
        }
    }

private:
    Log& m_log;
    RateLimit m_limit;
    TokenBucket m_bucket;
    std::uint64_t m_suppressed = 0;
};

} // namespace kolam
