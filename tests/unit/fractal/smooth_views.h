// SPDX-License-Identifier: GPL-3.0-or-later
// A small picture of every extended fractal, for tests that say something about all of them.
#pragma once

#include "core/wire/services.h"

#include <array>

namespace kolam::fractal::testing {

inline constexpr std::array algorithms{wire::FractalAlgorithm::SmoothMandelbrot, wire::FractalAlgorithm::Julia,
                                       wire::FractalAlgorithm::BurningShip, wire::FractalAlgorithm::Multibrot,
                                       wire::FractalAlgorithm::Newton};

inline wire::FractalParameter viewOf(wire::FractalAlgorithm algorithm) {
    return {.width = 157,
            .height = 103,
            .maxIterations = 300,
            .algorithm = algorithm,
            .c1Real = -1.9,
            .c1Imag = 1.2,
            .c2Real = 1.4,
            .c2Imag = -1.2,
            .n = 3,
            .kReal = -0.7269,
            .kImag = 0.1889};
}

} // namespace kolam::fractal::testing
