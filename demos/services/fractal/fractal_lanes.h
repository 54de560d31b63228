// SPDX-License-Identifier: GPL-3.0-or-later
// What the vectorised loop is given: numbers only, so that one file can be compiled for many instruction sets.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace kolam::fractal {

enum class LanesFormula : std::uint8_t { Classic, SmoothMandelbrot, Julia, BurningShip };

/// `count` pixels in row order from (x, y) on.
struct LanesJob {
    LanesFormula formula = LanesFormula::Classic;
    double c1Real = 0;
    double c1Imag = 0;
    double stepReal = 0;
    double stepImag = 0;
    std::uint32_t width = 0;
    std::uint32_t x = 0;
    std::uint32_t y = 0;
    std::uint32_t count = 0;
    std::uint32_t maxIterations = 0; // at least 1
    double kReal = 0;                // of Julia
    double kImag = 0;
    bool isDeep = false; // with twice a double's precision; never of Classic
    double c1RealLow = 0;
    double c1ImagLow = 0;
    std::uint32_t* out = nullptr;    // of Classic
    std::uint64_t* smooth = nullptr; // of all others: counts as 32.32 fixed-point numbers
};
using LanesFunction = void (*)(const LanesJob& job);

/// The loop as compiled for one instruction set.
struct LanesTarget {
    std::int64_t bit; // Highway's
    LanesFunction compute;
    bool isDeepToo; // computes deep jobs, too: only where a product and a sum are rounded once
};
/// Those that this machine can run, best first; never empty.
[[nodiscard]] std::vector<LanesTarget> lanesTargets();
/// "AVX3" (that is AVX-512), "AVX2", "SSE4", ...; the last, of plain code: "SCALAR", or "EMU128" with Clang.
[[nodiscard]] std::string_view toText(const LanesTarget& target);

} // namespace kolam::fractal
