// SPDX-License-Identifier: GPL-3.0-or-later
// The extended fractals: how their counts come about, one pixel at a time, with a fraction, so that colours have no
// bands. Next door: fractal_plane.h, the fractals of rsplib; smooth_kernel.h computes the same counts faster.
#pragma once

#include "core/wire/extended_fractal.h"
#include "demos/services/fractal/fractal_plane.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace kolam::fractal {

inline constexpr double smoothBailOut = 256.0; // of |z|
inline constexpr double largestCoordinate = 1e6;
inline constexpr double largestLowPart = 1e-9;
inline constexpr int smallestDegree = 2;
inline constexpr int largestDegree = 16;

/// These are computed with twice a double's precision where a parameter is deep.
[[nodiscard]] constexpr bool canBeDeep(wire::FractalAlgorithm algorithm) {
    return algorithm == wire::FractalAlgorithm::SmoothMandelbrot || algorithm == wire::FractalAlgorithm::Julia ||
           algorithm == wire::FractalAlgorithm::BurningShip;
}

/// Nothing when an element can compute it, else why not, in English. For extended algorithms only.
[[nodiscard]] std::string_view objection(const wire::ExtendedFractalParameter& request);

/// log2 of a positive number, neither infinite nor denormal, to about 2^-45, by operations that every machine rounds
/// alike: counts must not depend on a C library.
[[nodiscard]] double exactLog2(double number);
/// ln m = 2 artanh s, |s| < 0.172: ten terms of the series are enough. The last ones come first.
inline constexpr std::array logarithmCoefficients{1.0 / 19, 1.0 / 17, 1.0 / 15, 1.0 / 13, 1.0 / 11,
                                                  1.0 / 9,  1.0 / 7,  1.0 / 5,  1.0 / 3,  1.0};
inline constexpr double normExponentAtBailOut = 16; // log2 of |z|^2

/// The count of a pixel whose orbit z_0, z_1, ... has |z_count| >= 256 for the first time, as 32.32 fixed-point number:
/// count + 1 - log_degree(log|z| / log 256). It lies below that of a pixel that never escapes, and it is continuous
/// where `count` jumps.
/// @param norm  |z_count|^2
[[nodiscard]] std::uint64_t escapedCount(std::uint32_t count, double norm, double degree, std::uint32_t maxIterations);
[[nodiscard]] constexpr std::uint64_t innerCount(std::uint32_t maxIterations) {
    return std::uint64_t{maxIterations} << 32U;
}
/// A finished count as a fixed-point number below that of the interior.
[[nodiscard]] constexpr std::uint64_t toFixed(double count, std::uint32_t maxIterations) {
    const double scaled = std::max(count, 0.0) * 0x1p32; // whole ones up to a million fit
    return std::min(static_cast<std::uint64_t>(scaled), innerCount(maxIterations) - 1);
}

/// The count of one pixel, computed the plain way: this is what every kernel must deliver, bit by bit.
///
/// SmoothMandelbrot: z = z^2 + c. BurningShip: z = (|Re z| + i|Im z|)^2 + c. Multibrot: z = z^n + c. All of them from
/// z_0 = c, the pixel's number. Julia: z = z^2 + k, from z_0 = the pixel's number. Newton: z - (z^n - 1) / (n z^(n-1))
/// from there; its count says how soon it has come to a root of 1, and the four lowest bits of the fraction are that
/// root's number (exp(2 pi i number / n)).
[[nodiscard]] std::uint64_t referenceSmoothCount(const Plane& plane, std::uint32_t x, std::uint32_t y);

} // namespace kolam::fractal
