// SPDX-License-Identifier: GPL-3.0-or-later
#include "plain_loop.h"

std::uint32_t plainCount(std::complex<double> c, std::uint32_t maxIterations) {
    std::complex<double> z{0.0, 0.0};
    std::uint32_t count = 0;
    for (; count < maxIterations; ++count) {
        z = z * z - c;
        if (z.real() * z.real() + z.imag() * z.imag() >= 2.0) {
            break;
        }
    }
    return count;
}
