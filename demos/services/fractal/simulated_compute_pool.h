// SPDX-License-Identifier: GPL-3.0-or-later
// Virtual threads for the simulator: the counts are computed at once, but come when virtual threads would be done.
#pragma once

#include "core/dispatch/dispatcher.h"
#include "demos/services/fractal/compute_pool.h"

#include <algorithm>

namespace kolam::fractal {

class SimulatedComputePool final : public ComputePool {
public:
    /// @param perPoint  how long a virtual thread takes for each pixel
    SimulatedComputePool(Dispatcher& dispatcher, unsigned threads, Duration perPoint)
        : m_dispatcher(dispatcher)
        , m_perPoint(perPoint)
        , m_freeAt(std::max(threads, 1u)) {}

    void compute(ComputeJob job, std::weak_ptr<const void> owner, ComputeDone done) override {
        ComputeResult result{.first = job.first, .counts = std::move(job.memory), .smooth = {}};
        result.counts.clear();
        computeNext(job, job.count, result);
        result.took = m_perPoint * job.count;
        TimePoint& freeAt = *std::ranges::min_element(m_freeAt);
        freeAt = std::max(freeAt, m_dispatcher.now()) + result.took;
        m_dispatcher.callAt(freeAt,
                            [owner = std::move(owner), done = std::move(done), result = std::move(result)]() mutable {
                                if (!owner.expired()) {
                                    done(std::move(result));
                                }
                            });
    }

private:
    Dispatcher& m_dispatcher;
    Duration m_perPoint;
    std::vector<TimePoint> m_freeAt; // of each virtual thread
};

} // namespace kolam::fractal
