// SPDX-License-Identifier: GPL-3.0-or-later
// Who computes: takes runs of pixels, and gives their counts back on the dispatcher's thread.
// Next door: thread_compute_pool.h has real threads, simulated_compute_pool.h virtual ones for the simulator.
#pragma once

#include "core/base/time.h"
#include "demos/services/fractal/fractal_plane.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace kolam::fractal {

/// The pixels number first .. first + count - 1 of a plane, in row order; count is at least 1.
struct ComputeJob {
    Plane plane;
    std::uint64_t first = 0;
    std::uint32_t count = 0;
    std::vector<std::uint32_t> memory; // for the counts; what is in it does not matter
};
struct ComputeResult {
    std::uint64_t first = 0;
    // At least one; fewer than asked for when the pixels are slow ones. One of the two, as the algorithm has it.
    std::vector<std::uint32_t> counts;
    std::vector<std::uint64_t> smooth; // of the extended fractals: 32.32 fixed-point numbers
    Duration took{};
    [[nodiscard]] std::size_t size() const { return counts.size() + smooth.size(); }
};
using ComputeDone = std::move_only_function<void(ComputeResult)>;

/// Jobs are computed in the order in which they come, several at a time.
class ComputePool {
public:
    virtual ~ComputePool() = default;
    /// Calls `done` once from a later turn of the dispatcher. When `owner` is gone by then, it is not called, and the
    /// work stops as soon as a thread notices.
    virtual void compute(ComputeJob job, std::weak_ptr<const void> owner, ComputeDone done) = 0;
};

/// A run of pixels that any machine computes in about a tenth of a second at most: after such a run a thread looks
/// whether it is still wanted.
[[nodiscard]] std::uint32_t sliceOf(const Plane& plane);

/// Computes the next `count` pixels of the job behind those that the result has.
void computeNext(const ComputeJob& job, std::uint32_t count, ComputeResult& result);

} // namespace kolam::fractal
