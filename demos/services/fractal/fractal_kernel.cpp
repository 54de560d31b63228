// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/services/fractal/fractal_kernel.h"

#include <cassert>
#include <cmath>

namespace kolam::fractal {
namespace {

/// Neither so large nor so small that an exponent could leave its range: there the vectorised loop is exact.
bool isTame(double number) {
    const double size = std::abs(number);
    return size == 0.0 || (size > 0x1p-400 && size < 0x1p400);
}

bool suitsLanes(const Plane& plane) {
    return plane.algorithm == wire::FractalAlgorithm::Mandelbrot && plane.maxIterations > 0 && isTame(plane.c1Real) &&
           isTame(plane.c1Imag) && isTame(plane.stepReal) && isTame(plane.stepImag);
}

/// The plain loop, which also notices when z comes back to where it has been: then it will never escape.
template <typename Raise>
std::uint32_t countOne(const std::complex<double>& c, std::uint32_t maxIterations, Raise raise) {
    std::complex<double> z{0.0, 0.0};
    std::complex<double> earlier = z;
    std::uint64_t next = 16; // when z is remembered again
    for (std::uint32_t count = 0; count < maxIterations; ++count) {
        z = raise(z) - c;
        if (z.real() * z.real() + z.imag() * z.imag() >= 2.0) {
            return count;
        }
        if (count == next) {
            earlier = z;
            next *= 2;
        } else if (z == earlier) {
            return maxIterations;
        }
    }
    return maxIterations;
}

template <typename Count>
void forEachPixel(const Plane& plane, std::uint64_t first, std::span<std::uint32_t> counts, Count count) {
    auto x = static_cast<std::uint32_t>(first % plane.width);
    auto y = static_cast<std::uint32_t>(first / plane.width);
    for (std::uint32_t& pixel : counts) {
        pixel = count(x, y);
        if (++x == plane.width) {
            x = 0;
            ++y;
        }
    }
}

} // namespace

const std::vector<LanesTarget>& kernelTargets() {
    static const std::vector<LanesTarget> targets = lanesTargets();
    return targets;
}

void computeCounts(const Plane& plane, std::uint64_t first, std::span<std::uint32_t> counts,
                   const LanesTarget& target) {
    assert(first + counts.size() <= plane.points());
    if (counts.empty()) {
        return;
    }
    if (suitsLanes(plane)) {
        target.compute({.c1Real = plane.c1Real,
                        .c1Imag = plane.c1Imag,
                        .stepReal = plane.stepReal,
                        .stepImag = plane.stepImag,
                        .width = plane.width,
                        .x = static_cast<std::uint32_t>(first % plane.width),
                        .y = static_cast<std::uint32_t>(first / plane.width),
                        .count = static_cast<std::uint32_t>(counts.size()),
                        .maxIterations = plane.maxIterations,
                        .out = counts.data()});
        return;
    }
    using Complex = std::complex<double>;
    switch (plane.algorithm) {
    case wire::FractalAlgorithm::Mandelbrot:
        return forEachPixel(plane, first, counts, [&](std::uint32_t x, std::uint32_t y) {
            return countOne({plane.real(x), plane.imag(y)}, plane.maxIterations,
                            [](const Complex& z) { return z * z; });
        });
    case wire::FractalAlgorithm::MandelbrotN:
        return forEachPixel(plane, first, counts, [&](std::uint32_t x, std::uint32_t y) {
            return countOne({plane.real(x), plane.imag(y)}, plane.maxIterations,
                            [n = plane.exponent](const Complex& z) { return power(z, n); });
        });
    }
    forEachPixel(plane, first, counts, [&](std::uint32_t x, std::uint32_t y) { return referenceCount(plane, x, y); });
}

} // namespace kolam::fractal
