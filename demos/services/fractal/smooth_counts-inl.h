// SPDX-License-Identifier: GPL-3.0-or-later
// The fractions of counts, many at once: what escapedCount() in smooth_plane.h computes for one, operation by
// operation. Next door: fractal_lanes.cpp notes the escapes; this is compiled with it, once for every instruction set.
#if defined(KOLAM_SMOOTH_COUNTS) == defined(HWY_TARGET_TOGGLE)
#ifdef KOLAM_SMOOTH_COUNTS
#undef KOLAM_SMOOTH_COUNTS
#else
#define KOLAM_SMOOTH_COUNTS
#endif

#include "demos/services/fractal/fractal_formulas-inl.h"

#include <numbers>

HWY_BEFORE_NAMESPACE();
namespace kolam::fractal::HWY_NAMESPACE {

/// exactLog2() of normal numbers above 0.
HWY_INLINE V logarithms(D d, V numbers) {
    const hn::RebindToUnsigned<D> du;
    const auto bits = hn::BitCast(du, numbers);
    // The exponent's bits as the last ones of a number from 2^52 on, where whole numbers are one apart.
    const V biased = hn::BitCast(d, hn::Or(hn::ShiftRight<52>(bits), hn::Set(du, 0x4330000000000000U)));
    V exponent = hn::Sub(biased, hn::Set(d, 0x1p52 + 1023));
    V mantissa =
        hn::BitCast(d, hn::Or(hn::And(bits, hn::Set(du, 0x000fffffffffffffU)), hn::Set(du, 0x3ff0000000000000U)));
    const M large = hn::Gt(mantissa, hn::Set(d, std::numbers::sqrt2));
    mantissa = hn::IfThenElse(large, hn::Mul(mantissa, hn::Set(d, 0.5)), mantissa);
    exponent = hn::IfThenElse(large, hn::Add(exponent, hn::Set(d, 1.0)), exponent);
    const V one = hn::Set(d, 1.0);
    const V s = hn::Div(hn::Sub(mantissa, one), hn::Add(mantissa, one));
    const V square = hn::Mul(s, s);
    V series = hn::Set(d, logarithmCoefficients[0]);
    for (std::size_t i = 1; i < logarithmCoefficients.size(); ++i) {
        series = hn::Add(hn::Mul(series, square), hn::Set(d, logarithmCoefficients[i]));
    }
    return hn::Add(exponent, hn::Mul(hn::Mul(s, series), hn::Set(d, 2 / std::numbers::ln2)));
}

/// Escapes whose counts are computed when there are enough of them. Of fractals of degree 2.
class SmoothCounts {
public:
    SmoothCounts(std::uint64_t* out, std::uint32_t maxIterations) : m_out(out), m_maxIterations(maxIterations) {}

    HWY_INLINE void add(std::uint32_t pixel, std::uint32_t count, double norm) {
        m_pixels[m_size] = pixel;
        m_counts[m_size] = count;
        m_norms[m_size] = norm;
        if (++m_size == room) {
            compute();
        }
    }
    /// All that wait. What lies behind them in the last vector is computed, too, and goes nowhere.
    HWY_ATTR void compute() {
        const D d;
        for (std::size_t first = 0; first < m_size; first += hn::Lanes(d)) {
            const V scaled =
                hn::Mul(logarithms(d, hn::Load(d, m_norms + first)), hn::Set(d, 1 / normExponentAtBailOut));
            const V whole = hn::Add(hn::Load(d, m_counts + first), hn::Set(d, 1.0));
            hn::Store(hn::Sub(whole, logarithms(d, scaled)), d, m_counts + first);
        }
        for (std::size_t i = 0; i < m_size; ++i) {
            m_out[m_pixels[i]] = toFixed(m_counts[i], m_maxIterations);
        }
        m_size = 0;
    }

private:
    static constexpr std::size_t room = 64; // of every vector a multiple
    std::uint64_t* HWY_RESTRICT m_out;
    std::uint32_t m_maxIterations;
    std::size_t m_size = 0;
    std::uint32_t m_pixels[room] = {};
    alignas(64) double m_counts[room] = {};
    alignas(64) double m_norms[room] = {};
};

} // namespace kolam::fractal::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
