// SPDX-License-Identifier: GPL-3.0-or-later
// The same image, computed at home: what an undisturbed pool would have delivered, point by point.
#pragma once

#include "demos/users/fractal/tile_grid.h"

#include <functional>
#include <vector>

namespace kolam::fractal {

/// Computes the image as the assembly of its tiles (see tileParameter()), row by row; of an extended fractal the whole
/// parts of its counts.
/// @param threads  1 or more
/// @param cancelled  asked now and then, from several threads; true ends early with an empty result
[[nodiscard]] std::vector<std::uint32_t> computeReference(const wire::FractalParameter& image,
                                                          std::uint32_t tileSide = TileGrid::defaultSide,
                                                          unsigned threads = 1,
                                                          const std::function<bool()>& cancelled = {});

/// The same of an extended fractal: counts as 32.32 fixed-point numbers.
[[nodiscard]] std::vector<std::uint64_t> computeSmoothReference(const wire::FractalParameter& image,
                                                                std::uint32_t tileSide = TileGrid::defaultSide,
                                                                unsigned threads = 1,
                                                                const std::function<bool()>& cancelled = {});

/// How many points differ.
[[nodiscard]] std::size_t countDifferences(const std::vector<std::uint32_t>& one,
                                           const std::vector<std::uint32_t>& other);

} // namespace kolam::fractal
