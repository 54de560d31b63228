// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/services/fractal/smooth_plane.h"

#include "core/base/double_double.h"
#include "demos/services/fractal/smooth_steps.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numbers>

namespace kolam::fractal {
namespace {

template <typename Step>
std::uint64_t escape(Point z, double degree, std::uint32_t maxIterations, Step step) {
    for (std::uint32_t count = 0; count < maxIterations; ++count) {
        const double norm = z.real * z.real + z.imag * z.imag;
        if (norm >= smoothBailOut * smoothBailOut) {
            return escapedCount(count, norm, degree, maxIterations);
        }
        z = step(z);
    }
    return innerCount(maxIterations);
}

/// The number of the root of 1 that lies nearest.
int nearestRoot(const Point& z, int degree) {
    using Roots = std::array<std::array<Point, largestDegree>, largestDegree + 1>; // by degree
    static const Roots roots = [] {
        Roots all{};
        for (int n = smallestDegree; n <= largestDegree; ++n) {
            for (int root = 0; root < n; ++root) {
                const double angle = 2 * std::numbers::pi * root / n;
                all.at(static_cast<std::size_t>(n)).at(static_cast<std::size_t>(root)) = {std::cos(angle),
                                                                                          std::sin(angle)};
            }
        }
        return all;
    }();
    const auto& candidates = roots.at(static_cast<std::size_t>(degree));
    const auto along = [&z](const Point& root) { return z.real * root.real + z.imag * root.imag; };
    const auto last = candidates.begin() + degree;
    return static_cast<int>(std::ranges::max_element(candidates.begin(), last, {}, along) - candidates.begin());
}

/// z_0 and the constant of the orbit with twice a double's precision; the bail-out needs no more than a double.
std::uint64_t deepCount(const Plane& plane, std::uint32_t x, std::uint32_t y) {
    const DoubleDouble pixelReal =
        DoubleDouble{plane.c1Real, plane.c1RealLow} + DoubleDouble::productOf(x, plane.stepReal);
    const DoubleDouble pixelImag =
        DoubleDouble{plane.c1Imag, plane.c1ImagLow} + DoubleDouble::productOf(y, plane.stepImag);
    const bool isJulia = plane.algorithm == wire::FractalAlgorithm::Julia;
    const bool isShip = plane.algorithm == wire::FractalAlgorithm::BurningShip;
    const DoubleDouble cReal = isJulia ? DoubleDouble{plane.kReal} : pixelReal;
    const DoubleDouble cImag = isJulia ? DoubleDouble{plane.kImag} : pixelImag;
    DoubleDouble real = pixelReal;
    DoubleDouble imag = pixelImag;
    DoubleDouble earlierReal = real;
    DoubleDouble earlierImag = imag;
    std::uint64_t next = 16; // when z is remembered again: coming back to it proves that it never escapes
    for (std::uint32_t count = 0; count < plane.maxIterations; ++count) {
        const DoubleDouble realSquare = real * real;
        const DoubleDouble imagSquare = imag * imag;
        const double norm = realSquare.high + imagSquare.high;
        if (norm >= smoothBailOut * smoothBailOut) {
            return escapedCount(count, norm, 2, plane.maxIterations);
        }
        DoubleDouble both = real * imag;
        if (isShip && both.high < 0) {
            both = -both;
        }
        imag = DoubleDouble{2 * both.high, 2 * both.low} + cImag;
        real = realSquare - imagSquare + cReal;
        if (count == next) {
            earlierReal = real;
            earlierImag = imag;
            next *= 2;
        } else if (real == earlierReal && imag == earlierImag) {
            break;
        }
    }
    return innerCount(plane.maxIterations);
}

bool isCoordinate(double number) {
    return std::abs(number) <= largestCoordinate; // no NaN is
}

std::uint64_t newtonCount(Point z, int degree, std::uint32_t maxIterations) {
    // Near a root the square of a step, scaled like this, is the square of the one before: so the fraction below is
    // as continuous as that of an escape. Much nearer, steps would drown in the rounding of z.
    constexpr double near = 0x1p-30;
    constexpr double nearest = 0x1p-120; // stands for a step of nothing at all
    const double scale = (degree - 1) * (degree - 1) / 4.0;
    for (std::uint32_t count = 0; count < maxIterations; ++count) {
        const Point next = newtonStep(z, degree);
        const double real = next.real - z.real;
        const double imag = next.imag - z.imag;
        const double step = (real * real + imag * imag) * scale;
        z = next;
        if (step < near) {
            const double beyond = exactLog2(exactLog2(std::max(step, nearest)) / exactLog2(near));
            const std::uint64_t fixed = toFixed(count + 1.0 - beyond, maxIterations);
            return (fixed & ~std::uint64_t{0xf}) | static_cast<std::uint64_t>(nearestRoot(z, degree));
        }
        if (!std::isfinite(step)) {
            break; // from zero, it is thrown out of the plane
        }
    }
    return innerCount(maxIterations);
}

} // namespace

std::string_view objection(const wire::ExtendedFractalParameter& request) {
    const wire::FractalParameter& image = request.parameter;
    using Parameter = wire::FractalParameter;
    using wire::FractalAlgorithm;
    if (image.algorithm < FractalAlgorithm::SmoothMandelbrot || image.algorithm > FractalAlgorithm::Newton) {
        return "unknown algorithm";
    }
    if (image.width < 1 || image.height < 1) {
        return "empty image";
    }
    if (image.width > Parameter::maxSide || image.height > Parameter::maxSide) {
        return "image too large";
    }
    if (image.maxIterations < 1) {
        return "no iterations";
    }
    if (image.maxIterations > Parameter::maxIterationLimit) {
        return "too many iterations";
    }
    for (const double number : {image.c1Real, image.c1Imag, image.c2Real, image.c2Imag, image.kReal, image.kImag}) {
        if (!isCoordinate(number)) {
            return "a coordinate is no number or too large";
        }
    }
    for (const double low : {image.c1RealLow, image.c1ImagLow, image.c2RealLow, image.c2ImagLow}) {
        if (!(std::abs(low) <= largestLowPart)) {
            return "the lower part of a coordinate is no number or too large";
        }
    }
    if (image.isDeep() && !canBeDeep(image.algorithm)) {
        return "too deep for this fractal";
    }
    if (image.algorithm == FractalAlgorithm::Multibrot || image.algorithm == FractalAlgorithm::Newton) {
        if (!(image.n >= smallestDegree && image.n <= largestDegree) || image.n != std::floor(image.n)) {
            return "the power is no whole number from 2 to 16";
        }
    }
    const std::uint64_t start = std::uint64_t{request.startY} * image.width + request.startX;
    if (request.startX >= image.width || start > std::uint64_t{image.width} * image.height) {
        return "the first pixel lies outside of the image";
    }
    return {};
}

double exactLog2(double number) {
    // The exponent's bits, and the number between 1 and 2 that is left.
    const auto bits = std::bit_cast<std::uint64_t>(number);
    auto exponent = static_cast<int>(bits >> 52U) - 1023;
    auto mantissa = std::bit_cast<double>((bits & 0x000fffffffffffffU) | 0x3ff0000000000000U);
    if (mantissa > std::numbers::sqrt2) {
        mantissa /= 2;
        ++exponent;
    }
    const double s = (mantissa - 1) / (mantissa + 1);
    const double square = s * s;
    double series = 0;
    for (const double coefficient : logarithmCoefficients) {
        series = series * square + coefficient;
    }
    return exponent + s * series * (2 / std::numbers::ln2);
}

std::uint64_t escapedCount(std::uint32_t count, double norm, double degree, std::uint32_t maxIterations) {
    double beyond = exactLog2(exactLog2(norm) / normExponentAtBailOut);
    if (degree != 2) {
        beyond /= exactLog2(degree);
    }
    return toFixed(count + 1.0 - beyond, maxIterations);
}

std::uint64_t referenceSmoothCount(const Plane& plane, std::uint32_t x, std::uint32_t y) {
    if (plane.isDeep) {
        return deepCount(plane, x, y);
    }
    const Point c{plane.real(x), plane.imag(y)};
    const auto degree = static_cast<int>(plane.exponent);
    switch (plane.algorithm) {
    case wire::FractalAlgorithm::SmoothMandelbrot:
        return escape(c, 2, plane.maxIterations, [&](const Point& z) { return squareStep(z, c); });
    case wire::FractalAlgorithm::Julia:
        return escape(c, 2, plane.maxIterations,
                      [k = Point{plane.kReal, plane.kImag}](const Point& z) { return squareStep(z, k); });
    case wire::FractalAlgorithm::BurningShip:
        return escape(c, 2, plane.maxIterations, [&](const Point& z) { return shipStep(z, c); });
    case wire::FractalAlgorithm::Multibrot:
        return escape(c, degree, plane.maxIterations, [&](const Point& z) { return powerStep(z, degree, c); });
    case wire::FractalAlgorithm::Newton: return newtonCount(c, degree, plane.maxIterations);
    case wire::FractalAlgorithm::Mandelbrot:
    case wire::FractalAlgorithm::MandelbrotN: break;
    }
    return innerCount(plane.maxIterations);
}

} // namespace kolam::fractal
