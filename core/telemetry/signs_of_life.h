// SPDX-License-Identifier: GPL-3.0-or-later
// When somebody who is heard at regular intervals must be taken for silent. Whoever shows that all is well must not do
// so for long when nothing was heard: a sign that is missing is noticed before the one after it is due. Next door:
// event_source.h and csp_source.h, who listen.
#pragma once

#include "core/base/time.h"

#include <utility>

namespace kolam::telemetry {

/// So often must those be looked at who are to be heard.
inline constexpr Duration signsLook = std::chrono::milliseconds{50};

/// Later than this, a sign is missing: by a half of the interval, so that a slow host and a busy network do not make
/// everybody suspicious.
[[nodiscard]] constexpr Duration longestWait(Duration interval) {
    return interval * 3 / 2;
}

/// Whoever was stopped or starved himself has not listened: nobody else is silent for that.
class Wakefulness {
public:
    /// Asked at each look: whether there was one not long ago.
    [[nodiscard]] bool continues(TimePoint now) { return now - std::exchange(m_last, now) < 4 * signsLook; }

private:
    TimePoint m_last{};
};

} // namespace kolam::telemetry
