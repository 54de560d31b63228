// SPDX-License-Identifier: GPL-3.0-or-later
// Iteration counts of many pixels at once, as fast as the machine can, equal to referenceCount() bit by bit.
// Next door: fractal_lanes.cpp holds the vectorised loop, fractal_plane.h says what a count is.
#pragma once

#include "demos/services/fractal/fractal_lanes.h"
#include "demos/services/fractal/smooth_plane.h"

#include <cstdint>
#include <span>
#include <vector>

namespace kolam::fractal {

/// The vectorised loop for every instruction set of this machine, best first.
[[nodiscard]] const std::vector<LanesTarget>& kernelTargets();

/// Computes the pixels number first .. first + counts.size() - 1 of the plane, in row order (x fastest). All of them
/// must lie within the plane. May be called from any number of threads.
/// Runs of some thousand pixels are fastest; a few hundred still do well.
void computeCounts(const Plane& plane, std::uint64_t first, std::span<std::uint32_t> counts,
                   const LanesTarget& target = kernelTargets().front());

/// The same for the extended fractals: equal to referenceSmoothCount() bit by bit.
void computeSmoothCounts(const Plane& plane, std::uint64_t first, std::span<std::uint64_t> counts,
                         const LanesTarget& target = kernelTargets().front());

} // namespace kolam::fractal
