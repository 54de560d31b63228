// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/users/fractal/fractal_reference.h"

#include "demos/services/fractal/fractal_kernel.h"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <span>
#include <thread>

namespace kolam::fractal {
namespace {

using Cancelled = std::function<bool()>;

/// So many points are computed between two looks at whether it is cancelled: the slowest ones in some milliseconds.
constexpr std::size_t pointsBetween = 128;

/// False: cancelled.
template <typename Count>
bool computeTile(const wire::FractalParameter& image, const TileRect& rect, std::vector<Count>& counts,
                 const Cancelled& cancelled) {
    const Plane plane = Plane::of(tileParameter(image, rect));
    std::vector<Count> tile(plane.points());
    const std::size_t most = cancelled ? pointsBetween : tile.size();
    for (std::size_t first = 0; first < tile.size(); first += most) {
        if (cancelled && cancelled()) {
            return false;
        }
        const auto part = std::span{tile}.subspan(first, std::min(most, tile.size() - first));
        if constexpr (std::is_same_v<Count, std::uint64_t>) {
            computeSmoothCounts(plane, first, part);
        } else {
            computeCounts(plane, first, part);
        }
    }
    for (std::uint32_t row = 0; row < rect.height; ++row) {
        std::copy_n(tile.begin() + std::ptrdiff_t{row} * rect.width, rect.width,
                    counts.begin() + (std::ptrdiff_t{rect.y} + row) * image.width + rect.x);
    }
    return true;
}

template <typename Count>
std::vector<Count> computeTiles(const wire::FractalParameter& image, std::uint32_t tileSide, unsigned threads,
                                const Cancelled& cancelled) {
    const TileGrid grid{image.width, image.height, tileSide};
    std::vector<Count> counts(std::size_t{image.width} * image.height);
    std::atomic<std::uint32_t> next = 0;
    std::atomic<bool> stopped = false;
    const auto work = [&] {
        for (std::uint32_t tile = next++; tile < grid.count(); tile = next++) {
            if (stopped || !computeTile(image, grid.rect(tile), counts, cancelled)) {
                stopped = true;
                return;
            }
        }
    };
    {
        std::vector<std::jthread> others;
        for (unsigned i = 1; i < threads; ++i) {
            others.emplace_back(work);
        }
        work();
    }
    if (stopped) {
        counts.clear();
    }
    return counts;
}

} // namespace

std::vector<std::uint32_t> computeReference(const wire::FractalParameter& image, std::uint32_t tileSide,
                                            unsigned threads, const std::function<bool()>& cancelled) {
    if (!wire::isExtended(image.algorithm)) {
        return computeTiles<std::uint32_t>(image, tileSide, threads, cancelled);
    }
    const std::vector<std::uint64_t> smooth = computeSmoothReference(image, tileSide, threads, cancelled);
    std::vector<std::uint32_t> whole(smooth.size());
    std::ranges::transform(smooth, whole.begin(),
                           [](std::uint64_t count) { return static_cast<std::uint32_t>(count >> 32U); });
    return whole;
}

std::vector<std::uint64_t> computeSmoothReference(const wire::FractalParameter& image, std::uint32_t tileSide,
                                                  unsigned threads, const std::function<bool()>& cancelled) {
    return computeTiles<std::uint64_t>(image, tileSide, threads, cancelled);
}

std::size_t countDifferences(const std::vector<std::uint32_t>& one, const std::vector<std::uint32_t>& other) {
    if (one.size() != other.size()) {
        return std::max(one.size(), other.size());
    }
    std::size_t differences = 0;
    for (std::size_t i = 0; i < one.size(); ++i) {
        differences += one[i] != other[i];
    }
    return differences;
}

} // namespace kolam::fractal
