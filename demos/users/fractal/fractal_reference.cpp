// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/users/fractal/fractal_reference.h"

#include "demos/services/fractal/fractal_kernel.h"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <thread>

namespace kolam::fractal {
namespace {

template <typename Count>
void computeTile(const wire::FractalParameter& image, const TileRect& rect, std::vector<Count>& counts) {
    const Plane plane = Plane::of(tileParameter(image, rect));
    std::vector<Count> tile(plane.points());
    if constexpr (std::is_same_v<Count, std::uint64_t>) {
        computeSmoothCounts(plane, 0, tile);
    } else {
        computeCounts(plane, 0, tile);
    }
    for (std::uint32_t row = 0; row < rect.height; ++row) {
        std::copy_n(tile.begin() + std::ptrdiff_t{row} * rect.width, rect.width,
                    counts.begin() + (std::ptrdiff_t{rect.y} + row) * image.width + rect.x);
    }
}

template <typename Count>
std::vector<Count> computeTiles(const wire::FractalParameter& image, std::uint32_t tileSide, unsigned threads,
                                const std::function<bool()>& cancelled) {
    const TileGrid grid{image.width, image.height, tileSide};
    std::vector<Count> counts(std::size_t{image.width} * image.height);
    std::atomic<std::uint32_t> next = 0;
    std::atomic<bool> stopped = false;
    const auto work = [&] {
        for (std::uint32_t tile = next++; tile < grid.count(); tile = next++) {
            if (stopped || (cancelled && cancelled())) {
                stopped = true;
                return;
            }
            computeTile(image, grid.rect(tile), counts);
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
