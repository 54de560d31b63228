// SPDX-License-Identifier: GPL-3.0-or-later
// What a fractal is: which point of the plane a pixel stands for, and how its count comes about, one pixel at a time.
// Next door: fractal_kernel.h computes the same counts, many pixels at once.
#pragma once

#include "core/wire/services.h"

#include <complex>
#include <cstdint>

namespace kolam::fractal {

/// A computation as the protocol asks for it, made ready: pixel (x, y) stands for C1 + (x stepReal, y stepImag).
struct Plane {
    wire::FractalAlgorithm algorithm = wire::FractalAlgorithm::Mandelbrot;
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    std::uint32_t maxIterations = 0;
    double c1Real = 0;
    double c1Imag = 0;
    double stepReal = 0;
    double stepImag = 0;
    double exponent = 2; // of MandelbrotN, Multibrot and Newton
    double kReal = 0;    // of Julia
    double kImag = 0;
    bool isDeep = false; // doubles are not enough for its points: c1 has lower parts, too
    double c1RealLow = 0;
    double c1ImagLow = 0;

    [[nodiscard]] static Plane of(const wire::FractalParameter& parameter) {
        if (parameter.isDeep()) {
            return deepOf(parameter);
        }
        return {.algorithm = parameter.algorithm,
                .width = parameter.width,
                .height = parameter.height,
                .maxIterations = parameter.maxIterations,
                .c1Real = parameter.c1Real,
                .c1Imag = parameter.c1Imag,
                .stepReal = (parameter.c2Real - parameter.c1Real) / parameter.width,
                .stepImag = (parameter.c2Imag - parameter.c1Imag) / parameter.height,
                .exponent = parameter.n,
                .kReal = parameter.kReal,
                .kImag = parameter.kImag};
    }
    [[nodiscard]] static Plane deepOf(const wire::FractalParameter& parameter);
    [[nodiscard]] double real(std::uint32_t x) const { return c1Real + x * stepReal; }
    [[nodiscard]] double imag(std::uint32_t y) const { return c1Imag + y * stepImag; }
    [[nodiscard]] std::uint64_t points() const { return std::uint64_t{width} * height; }
};

/// z^n = exp(n ln z), operation by operation what std::pow does, for every n that a stranger may send.
[[nodiscard]] std::complex<double> power(const std::complex<double>& z, double n);

/// The iteration count of one pixel, computed the plain way: this is what every kernel must deliver, bit by bit.
///
/// Mandelbrot: z = z^2 - c from z = 0, the count is the number of steps until |z|^2 >= 2 (not 4: that is how the
/// reference implementation has it), at most maxIterations. MandelbrotN: z = z^N - c, where z^N as
/// power() has it, also for whole N: repeated multiplication is faster, but some points near the border would differ
/// from what the reference implementation's elements compute for the same picture. Every other algorithm: the test
/// pattern (x y) mod 256.
[[nodiscard]] std::uint32_t referenceCount(const Plane& plane, std::uint32_t x, std::uint32_t y);

} // namespace kolam::fractal
