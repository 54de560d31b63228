// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/services/fractal/fractal_plane.h"

#include "core/base/double_double.h"

#include <cmath>

namespace kolam::fractal {
namespace {

constexpr double bailOut = 2.0; // of |z|^2

bool escaped(const std::complex<double>& z) {
    return z.real() * z.real() + z.imag() * z.imag() >= bailOut;
}

template <typename Raise>
std::uint32_t iterate(const std::complex<double>& c, std::uint32_t maxIterations, Raise raise) {
    std::complex<double> z{0.0, 0.0};
    std::uint32_t count = 0;
    while (count < maxIterations) {
        z = raise(z) - c;
        if (escaped(z)) {
            break;
        }
        ++count;
    }
    return count;
}

} // namespace

Plane Plane::deepOf(const wire::FractalParameter& parameter) {
    wire::FractalParameter upper = parameter;
    upper.c1RealLow = upper.c1ImagLow = upper.c2RealLow = upper.c2ImagLow = 0;
    Plane plane = of(upper);
    const DoubleDouble c1Real{parameter.c1Real, parameter.c1RealLow};
    const DoubleDouble c1Imag{parameter.c1Imag, parameter.c1ImagLow};
    const DoubleDouble c2Real{parameter.c2Real, parameter.c2RealLow};
    const DoubleDouble c2Imag{parameter.c2Imag, parameter.c2ImagLow};
    plane.isDeep = true;
    plane.c1RealLow = parameter.c1RealLow;
    plane.c1ImagLow = parameter.c1ImagLow;
    plane.stepReal = (c2Real - c1Real).toDouble() / parameter.width;
    plane.stepImag = (c2Imag - c1Imag).toDouble() / parameter.height;
    return plane;
}

std::complex<double> power(const std::complex<double>& z, double n) {
    if (z.imag() == 0.0 && z.real() > 0.0) {
        return std::pow(z.real(), n);
    }
    const std::complex<double> logarithm = std::log(z);
    const double size = std::exp(n * logarithm.real());
    const double angle = n * logarithm.imag();
    return {size * std::cos(angle), size * std::sin(angle)}; // std::polar() would assert that size is a number
}

std::uint32_t referenceCount(const Plane& plane, std::uint32_t x, std::uint32_t y) {
    const std::complex<double> c{plane.real(x), plane.imag(y)};
    switch (plane.algorithm) {
    case wire::FractalAlgorithm::Mandelbrot:
        return iterate(c, plane.maxIterations, [](const std::complex<double>& z) { return z * z; });
    case wire::FractalAlgorithm::MandelbrotN:
        return iterate(c, plane.maxIterations,
                       [n = plane.exponent](const std::complex<double>& z) { return power(z, n); });
    default: break;
    }
    return (x * y) % 256;
}

} // namespace kolam::fractal
