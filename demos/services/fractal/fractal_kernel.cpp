// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/services/fractal/fractal_kernel.h"

#include "demos/services/fractal/smooth_steps.h"

#include <cassert>
#include <cmath>
#include <optional>
#include <type_traits>

namespace kolam::fractal {
namespace {

/// Neither so large nor so small that an exponent could leave its range: there the vectorised loop is exact.
bool isTame(double number) {
    const double size = std::abs(number);
    return size == 0.0 || (size > 0x1p-400 && size < 0x1p400);
}

/// The vectorised loop that computes it, if one does.
std::optional<LanesFormula> formulaOf(wire::FractalAlgorithm algorithm) {
    switch (algorithm) {
    case wire::FractalAlgorithm::Mandelbrot: return LanesFormula::Classic;
    case wire::FractalAlgorithm::SmoothMandelbrot: return LanesFormula::SmoothMandelbrot;
    case wire::FractalAlgorithm::Julia: return LanesFormula::Julia;
    case wire::FractalAlgorithm::BurningShip: return LanesFormula::BurningShip;
    default: return std::nullopt;
    }
}

/// True when the vectorised loop has done it.
template <typename Count>
bool computeInLanes(const Plane& plane, std::uint64_t first, std::span<Count> counts, const LanesTarget& target) {
    const auto formula = formulaOf(plane.algorithm);
    if (!formula || (plane.isDeep && !target.isDeepToo) || plane.maxIterations == 0 || !isTame(plane.c1Real) ||
        !isTame(plane.c1Imag) || !isTame(plane.stepReal) || !isTame(plane.stepImag) || !isTame(plane.kReal) ||
        !isTame(plane.kImag)) {
        return false;
    }
    LanesJob job{.formula = *formula,
                 .c1Real = plane.c1Real,
                 .c1Imag = plane.c1Imag,
                 .stepReal = plane.stepReal,
                 .stepImag = plane.stepImag,
                 .width = plane.width,
                 .x = static_cast<std::uint32_t>(first % plane.width),
                 .y = static_cast<std::uint32_t>(first / plane.width),
                 .count = static_cast<std::uint32_t>(counts.size()),
                 .maxIterations = plane.maxIterations,
                 .kReal = plane.kReal,
                 .kImag = plane.kImag,
                 .isDeep = plane.isDeep,
                 .c1RealLow = plane.c1RealLow,
                 .c1ImagLow = plane.c1ImagLow};
    if constexpr (std::is_same_v<Count, std::uint64_t>) {
        job.smooth = counts.data();
    } else {
        job.out = counts.data();
    }
    target.compute(job);
    return true;
}

/// Multibrot, which also notices when z comes back to where it has been.
std::uint64_t multibrotCount(const Point& c, int degree, std::uint32_t maxIterations) {
    Point z = c;
    Point earlier = z;
    std::uint64_t next = 16; // when z is remembered again
    for (std::uint32_t count = 0; count < maxIterations; ++count) {
        const double norm = z.real * z.real + z.imag * z.imag;
        if (norm >= smoothBailOut * smoothBailOut) {
            return escapedCount(count, norm, degree, maxIterations);
        }
        z = powerStep(z, degree, c);
        if (count == next) {
            earlier = z;
            next *= 2;
        } else if (z == earlier) {
            break;
        }
    }
    return innerCount(maxIterations);
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

template <typename Number, typename Count>
void forEachPixel(const Plane& plane, std::uint64_t first, std::span<Number> counts, Count count) {
    auto x = static_cast<std::uint32_t>(first % plane.width);
    auto y = static_cast<std::uint32_t>(first / plane.width);
    for (Number& pixel : counts) {
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
    if (!wire::isExtended(plane.algorithm) && computeInLanes(plane, first, counts, target)) {
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
    default: break;
    }
    forEachPixel(plane, first, counts, [&](std::uint32_t x, std::uint32_t y) { return referenceCount(plane, x, y); });
}

void computeSmoothCounts(const Plane& plane, std::uint64_t first, std::span<std::uint64_t> counts,
                         const LanesTarget& target) {
    assert(first + counts.size() <= plane.points());
    if (counts.empty() || (wire::isExtended(plane.algorithm) && computeInLanes(plane, first, counts, target))) {
        return;
    }
    if (plane.algorithm == wire::FractalAlgorithm::Multibrot) {
        return forEachPixel(plane, first, counts, [&](std::uint32_t x, std::uint32_t y) {
            return multibrotCount({plane.real(x), plane.imag(y)}, static_cast<int>(plane.exponent),
                                  plane.maxIterations);
        });
    }
    forEachPixel(plane, first, counts,
                 [&](std::uint32_t x, std::uint32_t y) { return referenceSmoothCount(plane, x, y); });
}

} // namespace kolam::fractal
