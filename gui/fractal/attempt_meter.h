// SPDX-License-Identifier: GPL-3.0-or-later
// How often waiting sessions knock at the pool: at most one attempt a second each is fair play, and people can see it.
#pragma once

#include "demos/users/fractal/fractal_update.h"

#include <deque>
#include <map>

namespace kolam::gui {

class AttemptMeter {
public:
    static constexpr std::chrono::seconds window{5};

    void apply(const fractal::FractalUpdate& update);
    /// Attempts a second, over the last seconds, of the waiting session that tried most; 0 when none waits.
    [[nodiscard]] double highestRate() const { return m_highest; }

private:
    struct Sample {
        TimePoint at;
        std::uint64_t attempts;
    };
    std::map<std::uint32_t, std::deque<Sample>> m_samples; // by session; those that wait
    double m_highest = 0;
};

} // namespace kolam::gui
