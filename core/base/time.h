// SPDX-License-Identifier: GPL-3.0-or-later
// Time as a value that is handed in: only a dispatcher asks a clock, real or virtual.
#pragma once

#include <chrono>
#include <cstdint>

namespace kolam {

using Duration = std::chrono::nanoseconds;

/// Monotonic time of a dispatcher. It has no now() of its own, so that no protocol code can ask the wall.
struct MonotonicClock {
    using rep = std::int64_t;
    using period = std::nano;
    using duration = Duration;
    using time_point = std::chrono::time_point<MonotonicClock>;
    static constexpr bool is_steady = true;
};
using TimePoint = MonotonicClock::time_point;

[[nodiscard]] constexpr double toSeconds(Duration duration) {
    return std::chrono::duration<double>(duration).count();
}

inline constexpr TimePoint never = TimePoint::max();

} // namespace kolam
