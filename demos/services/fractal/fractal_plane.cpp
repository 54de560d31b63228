// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/services/fractal/fractal_plane.h"

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
