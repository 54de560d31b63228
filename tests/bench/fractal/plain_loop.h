// SPDX-License-Identifier: GPL-3.0-or-later
// The yardstick: the fractal as anybody would write it.
#pragma once

#include <complex>
#include <cstdint>

std::uint32_t plainCount(std::complex<double> c, std::uint32_t maxIterations);
