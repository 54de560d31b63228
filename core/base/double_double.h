// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers of twice a double's precision, about 32 decimal digits, as the sum of two doubles. For fractals that are too
// deep for one; what is exact here, is so on every machine that rounds as IEEE 754 says.
// Source: T. J. Dekker, "A floating-point technique for extending the available precision", 1971; D. E. Knuth, TAOCP 2.
#pragma once

#include <cmath>

namespace kolam {

struct DoubleDouble {
    double high = 0;
    double low = 0; // at most half a unit of high's last place
    constexpr DoubleDouble() = default;
    // NOLINTNEXTLINE(google-explicit-constructor): every double is such a number
    constexpr DoubleDouble(double number) : high(number) {}
    constexpr DoubleDouble(double highPart, double lowPart) : high(highPart), low(lowPart) {}
    [[nodiscard]] constexpr double toDouble() const { return high + low; }
    friend constexpr bool operator==(const DoubleDouble&, const DoubleDouble&) = default;

    /// a + b, exactly.
    [[nodiscard]] static constexpr DoubleDouble sumOf(double a, double b) {
        const double sum = a + b;
        const double part = sum - a;
        return {sum, (a - (sum - part)) + (b - part)};
    }
    /// The same where |a| >= |b|.
    [[nodiscard]] static constexpr DoubleDouble quickSumOf(double a, double b) {
        const double sum = a + b;
        return {sum, b - (sum - a)};
    }
    /// a * b, exactly.
    [[nodiscard]] static DoubleDouble productOf(double a, double b) {
        const double product = a * b;
        return {product, std::fma(a, b, -product)};
    }

    friend constexpr DoubleDouble operator-(const DoubleDouble& a) { return {-a.high, -a.low}; }
    friend constexpr DoubleDouble operator+(const DoubleDouble& a, const DoubleDouble& b) {
        DoubleDouble sum = sumOf(a.high, b.high);
        const DoubleDouble rest = sumOf(a.low, b.low);
        sum = quickSumOf(sum.high, sum.low + rest.high);
        return quickSumOf(sum.high, sum.low + rest.low);
    }
    friend constexpr DoubleDouble operator-(const DoubleDouble& a, const DoubleDouble& b) { return a + -b; }
    friend DoubleDouble operator*(const DoubleDouble& a, const DoubleDouble& b) {
        const DoubleDouble product = productOf(a.high, b.high);
        return quickSumOf(product.high, product.low + (a.high * b.low + a.low * b.high));
    }
};

} // namespace kolam
