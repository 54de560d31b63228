// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/users/fractal/compatible.h"

namespace kolam::fractal {

std::optional<wire::FractalParameter> classicOf(const wire::FractalParameter& image) {
    if (image.isDeep()) {
        return std::nullopt; // the messages of rsplib have no room for such corners
    }
    wire::FractalParameter classic = image;
    switch (image.algorithm) {
    case wire::FractalAlgorithm::SmoothMandelbrot: classic.algorithm = wire::FractalAlgorithm::Mandelbrot; break;
    case wire::FractalAlgorithm::Multibrot: classic.algorithm = wire::FractalAlgorithm::MandelbrotN; break;
    default: return std::nullopt;
    }
    classic.c1Real = -image.c1Real;
    classic.c1Imag = -image.c1Imag;
    classic.c2Real = -image.c2Real;
    classic.c2Imag = -image.c2Imag;
    classic.kReal = classic.kImag = 0;
    return classic;
}

} // namespace kolam::fractal
