// SPDX-License-Identifier: GPL-3.0-or-later
// A compute pool that takes its time: so many points a second and no more, so that a room can watch an image grow.
// Next door: thread_compute_pool.h, which it slows down.
#pragma once

#include "core/dispatch/dispatcher.h"
#include "demos/services/fractal/compute_pool.h"

#include <algorithm>
#include <memory>

namespace kolam::fractal {

class PacedComputePool final : public ComputePool {
public:
    /// @param pace  points a second of all sessions together; at least 1
    PacedComputePool(Dispatcher& dispatcher, std::unique_ptr<ComputePool> pool, std::uint32_t pace)
        : m_dispatcher(dispatcher)
        , m_pool(std::move(pool))
        , m_pace(std::max(pace, 1u)) {}

    void compute(ComputeJob job, std::weak_ptr<const void> owner, ComputeDone done) override {
        // Small jobs, so that points come in a stream and sessions take turns.
        job.count = std::clamp(m_pace / jobsPerSecond, 1u, job.count);
        const Duration share =
            std::chrono::duration_cast<Duration>(std::chrono::duration<double>(1.0 * job.count / m_pace));
        m_busyUntil = std::max(m_busyUntil, m_dispatcher.now()) + share;
        auto later = [this, owner, when = m_busyUntil, done = std::move(done)](ComputeResult result) mutable {
            m_dispatcher.callAt(when, [owner, result = std::move(result), done = std::move(done)]() mutable {
                if (!owner.expired()) {
                    done(std::move(result));
                }
            });
        };
        m_pool->compute(std::move(job), owner, std::move(later));
    }

private:
    static constexpr std::uint32_t jobsPerSecond = 40;
    Dispatcher& m_dispatcher;
    std::unique_ptr<ComputePool> m_pool;
    std::uint32_t m_pace;
    TimePoint m_busyUntil{};
};

} // namespace kolam::fractal
