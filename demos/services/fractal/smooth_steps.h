// SPDX-License-Identifier: GPL-3.0-or-later
// One step of each extended fractal, operation by operation as all kernels must do it.
// Next door: smooth_plane.cpp and smooth_kernel.cpp walk with them.
#pragma once

#include <cmath>

namespace kolam::fractal {

struct Point { // std::complex's product looks for NaN first: too slow here
    double real = 0;
    double imag = 0;
    friend bool operator==(const Point&, const Point&) = default;
};

inline Point product(const Point& a, const Point& b) {
    return {a.real * b.real - a.imag * b.imag, a.real * b.imag + a.imag * b.real};
}

/// z^degree by squaring; degree at least 1.
inline Point wholePower(Point z, int degree) {
    Point result{1, 0};
    for (bool first = true; degree > 0; degree /= 2) {
        if (degree % 2 == 1) {
            result = first ? z : product(result, z);
            first = false;
        }
        if (degree > 1) {
            z = product(z, z);
        }
    }
    return result;
}

inline Point squareStep(const Point& z, const Point& c) {
    const double both = z.real * z.imag;
    return {z.real * z.real - z.imag * z.imag + c.real, 2 * both + c.imag};
}

inline Point shipStep(const Point& z, const Point& c) {
    const double both = std::abs(z.real * z.imag);
    return {z.real * z.real - z.imag * z.imag + c.real, 2 * both + c.imag};
}

inline Point powerStep(const Point& z, int degree, const Point& c) {
    const Point power = wholePower(z, degree);
    return {power.real + c.real, power.imag + c.imag};
}

/// z - (z^n - 1) / (n z^(n-1)) as ((n-1) z + 1 / z^(n-1)) / n: one division fewer.
inline Point newtonStep(const Point& z, int degree) {
    const Point below = wholePower(z, degree - 1);
    const double norm = below.real * below.real + below.imag * below.imag;
    const double share = degree - 1;
    return {(share * z.real + below.real / norm) / degree, (share * z.imag - below.imag / norm) / degree};
}

} // namespace kolam::fractal
