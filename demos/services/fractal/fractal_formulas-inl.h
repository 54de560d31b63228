// SPDX-License-Identifier: GPL-3.0-or-later
// What makes a fractal, for vectors of pixels: where z begins, how it goes on, and when it has escaped.
// Next door: fractal_lanes.cpp walks with them; it is compiled once for every instruction set, and this with it.

// A norm is scaled so that z has escaped from 2.0 on. `unreachable` is a number that no part of a z that goes on can
// be.
#if defined(KOLAM_FRACTAL_FORMULAS) == defined(HWY_TARGET_TOGGLE)
#ifdef KOLAM_FRACTAL_FORMULAS
#undef KOLAM_FRACTAL_FORMULAS
#else
#define KOLAM_FRACTAL_FORMULAS
#endif

#include "demos/services/fractal/smooth_plane.h"

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace kolam::fractal::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using D = hn::ScalableTag<double>;
using V = hn::Vec<D>;
using M = hn::Mask<D>;

/// Pixels that lanes get: their points, and the constant of Julia.
struct NextPoints {
    const double* HWY_RESTRICT real;
    const double* HWY_RESTRICT imag;
    const double* HWY_RESTRICT realLow; // of deep ones
    const double* HWY_RESTRICT imagLow;
    double kReal;
    double kImag;
};

struct Orbit { // the orbits of one vector
    V zr, zi, cr, ci;
    V snapshotR, snapshotI; // an earlier z; meeting it again proves that the orbit is periodic and never escapes

    HWY_INLINE void clear(D d, double unreachable) {
        zr = zi = cr = ci = hn::Zero(d);
        snapshotR = snapshotI = hn::Set(d, unreachable);
    }
    HWY_INLINE void remember() {
        snapshotR = zr;
        snapshotI = zi;
    }
    HWY_INLINE M hasComeBack() const { return hn::And(hn::Eq(zr, snapshotR), hn::Eq(zi, snapshotI)); }
    template <typename Formula>
    HWY_INLINE void place(D d, M here, const NextPoints& next) {
        const V real = hn::Load(d, next.real);
        const V imag = hn::Load(d, next.imag);
        cr = hn::IfThenElse(here, Formula::constant(d, real, next.kReal), cr);
        ci = hn::IfThenElse(here, Formula::constant(d, imag, next.kImag), ci);
        zr = hn::IfThenElse(here, Formula::first(real), zr);
        zi = hn::IfThenElse(here, Formula::first(imag), zi);
        snapshotR = hn::IfThenElse(here, hn::Set(d, Formula::unreachable), snapshotR);
    }
    /// One iteration; returns the scaled norm of z before it.
    template <typename Formula>
    HWY_INLINE V step(D d) {
        const V r2 = hn::Mul(zr, zr);
        const V i2 = hn::Mul(zi, zi);
        const V norm = Formula::scaled(d, hn::Add(r2, i2));
        const V product = hn::Mul(zr, zi);
        Formula::advance(hn::Sub(r2, i2), product, hn::Set(d, 2.0), *this);
        return norm;
    }
};

// ---- Of doubles ----

struct Classic { // rsplib's: z^2 - c, until |z|^2 >= 2
    using Orbits = Orbit;
    static constexpr bool isSmooth = false;
    static constexpr double unreachable = 9.0;
    static HWY_INLINE V scaled(D, V norm) { return norm; }
    static HWY_INLINE V constant(D, V pixel, double) { return pixel; }
    static HWY_INLINE V first(V pixel) { return hn::Neg(pixel); } // 0^2 - c
    static HWY_INLINE void advance(V square, V product, V two, Orbit& orbit) {
        orbit.zr = hn::Sub(square, orbit.cr);
        orbit.zi = hn::MulSub(product, two, orbit.ci);
    }
};

struct SmoothMandelbrot { // z^2 + c, until |z| >= 256
    using Orbits = Orbit;
    static constexpr bool isSmooth = true;
    static constexpr double unreachable = 1024.0;
    static constexpr double scale = 2.0 / (smoothBailOut * smoothBailOut); // a power of two: exact
    static HWY_INLINE V scaled(D d, V norm) { return hn::Mul(norm, hn::Set(d, scale)); }
    static HWY_INLINE V constant(D, V pixel, double) { return pixel; }
    static HWY_INLINE V first(V pixel) { return pixel; }
    static HWY_INLINE void advance(V square, V product, V two, Orbit& orbit) {
        orbit.zr = hn::Add(square, orbit.cr);
        orbit.zi = hn::MulAdd(product, two, orbit.ci);
    }
};

struct Julia : SmoothMandelbrot { // the same, with one constant for all pixels
    static HWY_INLINE V constant(D d, V, double k) { return hn::Set(d, k); }
};

struct BurningShip : SmoothMandelbrot {
    static HWY_INLINE void advance(V square, V product, V two, Orbit& orbit) {
        orbit.zr = hn::Add(square, orbit.cr);
        orbit.zi = hn::MulAdd(hn::Abs(product), two, orbit.ci);
    }
};

// ---- Of numbers with twice a double's precision: operation by operation as core/base/double_double.h has them ----

struct Twice {
    V high, low;
};

HWY_INLINE Twice sumOf(V a, V b) {
    const V sum = hn::Add(a, b);
    const V part = hn::Sub(sum, a);
    return {sum, hn::Add(hn::Sub(a, hn::Sub(sum, part)), hn::Sub(b, part))};
}
HWY_INLINE Twice quickSumOf(V a, V b) {
    const V sum = hn::Add(a, b);
    return {sum, hn::Sub(b, hn::Sub(sum, a))};
}
HWY_INLINE Twice add(const Twice& a, const Twice& b) {
    const Twice sum = sumOf(a.high, b.high);
    const Twice rest = sumOf(a.low, b.low);
    const Twice both = quickSumOf(sum.high, hn::Add(sum.low, rest.high));
    return quickSumOf(both.high, hn::Add(both.low, rest.low));
}
HWY_INLINE Twice negative(const Twice& a) {
    return {hn::Neg(a.high), hn::Neg(a.low)};
}
HWY_INLINE Twice product(const Twice& a, const Twice& b) {
    const V high = hn::Mul(a.high, b.high);
    const V error = hn::MulSub(a.high, b.high, high); // exact only where this is one operation
    return quickSumOf(high, hn::Add(error, hn::Add(hn::Mul(a.high, b.low), hn::Mul(a.low, b.high))));
}

struct DeepOrbit {
    Twice zr, zi, cr, ci, snapshotR, snapshotI;

    HWY_INLINE void clear(D d, double unreachable) {
        const Twice zero{hn::Zero(d), hn::Zero(d)};
        zr = zi = cr = ci = zero;
        snapshotR = snapshotI = {hn::Set(d, unreachable), hn::Zero(d)};
    }
    HWY_INLINE void remember() {
        snapshotR = zr;
        snapshotI = zi;
    }
    HWY_INLINE M hasComeBack() const {
        return hn::And(hn::And(hn::Eq(zr.high, snapshotR.high), hn::Eq(zi.high, snapshotI.high)),
                       hn::And(hn::Eq(zr.low, snapshotR.low), hn::Eq(zi.low, snapshotI.low)));
    }
    template <typename Formula>
    HWY_INLINE void place(D d, M here, const NextPoints& next) {
        const auto put = [here](const Twice& number, Twice& where) {
            where.high = hn::IfThenElse(here, number.high, where.high);
            where.low = hn::IfThenElse(here, number.low, where.low);
        };
        const Twice real{hn::Load(d, next.real), hn::Load(d, next.realLow)};
        const Twice imag{hn::Load(d, next.imag), hn::Load(d, next.imagLow)};
        put(Formula::constant(d, real, next.kReal), cr);
        put(Formula::constant(d, imag, next.kImag), ci);
        put(real, zr);
        put(imag, zi);
        snapshotR.high = hn::IfThenElse(here, hn::Set(d, Formula::unreachable), snapshotR.high);
    }
    template <typename Formula>
    HWY_INLINE V step(D d) {
        const Twice r2 = product(zr, zr);
        const Twice i2 = product(zi, zi);
        const V norm = Formula::scaled(d, hn::Add(r2.high, i2.high));
        const Twice both = Formula::folded(d, product(zr, zi));
        const V two = hn::Set(d, 2.0);
        zi = add({hn::Mul(both.high, two), hn::Mul(both.low, two)}, ci);
        zr = add(add(r2, negative(i2)), cr);
        return norm;
    }
};

struct DeepMandelbrot {
    using Orbits = DeepOrbit;
    static constexpr bool isSmooth = true;
    static constexpr double unreachable = SmoothMandelbrot::unreachable;
    static constexpr double scale = SmoothMandelbrot::scale;
    static HWY_INLINE V scaled(D d, V norm) { return SmoothMandelbrot::scaled(d, norm); }
    static HWY_INLINE Twice constant(D, const Twice& pixel, double) { return pixel; }
    static HWY_INLINE Twice folded(D, const Twice& both) { return both; }
};

struct DeepJulia : DeepMandelbrot {
    static HWY_INLINE Twice constant(D d, const Twice&, double k) { return {hn::Set(d, k), hn::Zero(d)}; }
};

struct DeepShip : DeepMandelbrot {
    static HWY_INLINE Twice folded(D d, const Twice& both) {
        const M below = hn::Lt(both.high, hn::Zero(d));
        return {hn::IfThenElse(below, hn::Neg(both.high), both.high),
                hn::IfThenElse(below, hn::Neg(both.low), both.low)};
    }
};

} // namespace kolam::fractal::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
