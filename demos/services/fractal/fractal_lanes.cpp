// SPDX-License-Identifier: GPL-3.0-or-later
// The vectorised loop of the quadratic fractals, compiled once for every instruction set (Highway includes this file
// repeatedly). Every vector lane follows one pixel; a lane whose pixel is finished gets the next one, so that no lane
// idles while another one iterates long. Several vectors run interleaved, because one alone would wait for its own
// results.
//
// Why the counts are those of the plain loop, bit by bit: the operations on z are the same ones in the same order. The
// one exception is 2 zr zi - ci as a fused multiply-subtract: doubling is exact, so there is one rounding in both.
#include "demos/services/fractal/fractal_lanes.h"

#include "core/base/double_double.h"
#include "demos/services/fractal/smooth_plane.h"

#include <algorithm>
#include <bit>
#include <type_traits>

// Not worth their size, or with vectors whose size the compiler does not know.
#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "demos/services/fractal/fractal_lanes.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "demos/services/fractal/fractal_formulas-inl.h"
#include "demos/services/fractal/smooth_counts-inl.h"

HWY_BEFORE_NAMESPACE();
namespace kolam::fractal::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

constexpr std::size_t lanes = hn::MaxLanes(D{});
constexpr std::uint32_t stride = 8; // iterations between two looks at the lanes

/// Pixels still to be given out, in row order.
class PixelSource {
public:
    explicit PixelSource(const LanesJob& job) : m_job(job), m_x(job.x), m_y(job.y), m_left(job.count) {}

    [[nodiscard]] bool isEmpty() const { return m_left == 0; }
    struct Pixel {
        std::uint32_t index;
        DoubleDouble cReal; // without lower parts but of a deep fractal
        DoubleDouble cImag;
    };
    Pixel take() {
        const Pixel pixel{m_next++, place(m_job.c1Real, m_job.c1RealLow, m_x, m_job.stepReal),
                          place(m_job.c1Imag, m_job.c1ImagLow, m_y, m_job.stepImag)};
        --m_left;
        if (++m_x == m_job.width) {
            m_x = 0;
            ++m_y;
        }
        return pixel;
    }

private:
    [[nodiscard]] DoubleDouble place(double begin, double beginLow, std::uint32_t at, double step) const {
        return m_job.isDeep ? DoubleDouble{begin, beginLow} + DoubleDouble::productOf(at, step)
                            : DoubleDouble{begin + at * step};
    }

    const LanesJob& m_job;
    std::uint32_t m_x;
    std::uint32_t m_y;
    std::uint32_t m_left;
    std::uint32_t m_next = 0;
};

/// Some vectors that iterate together, their lanes numbered through, and the pixels behind the lanes.
template <typename Formula>
class Group {
    using Orbits = typename Formula::Orbits;
    using Bits = std::uint64_t;                                                   // one for each lane
    static constexpr std::size_t vectors = std::is_same_v<Orbits, Orbit> ? 4 : 2; // as registers hold

public:
    explicit Group(const LanesJob& job)
        : m_source(job)
        , m_maxIterations(job.maxIterations)
        , m_kReal(job.kReal)
        , m_kImag(job.kImag)
        , m_out(job.out)
        , m_smooth(job.smooth)
        , m_escapes(job.smooth, job.maxIterations) {}

    /// The orbits are handed around by reference, so that they stay in registers.
    HWY_ATTR void run() {
        const D d;
        Orbits orbits[vectors];
        for (unsigned lane = 0; lane < vectors * lanes; ++lane) {
            choose(lane);
        }
        for (std::size_t v = 0; v < vectors; ++v) {
            orbits[v].clear(d, Formula::unreachable);
            place(v, allLanes, orbits[v]);
        }
        while (m_live != 0) {
            iterateOneStride(orbits);
            if (m_now >= m_nextEnd) {
                m_finished |= atTheEnd();
            }
            if (m_finished != 0) {
                for (Bits left = m_finished; left != 0; left &= left - 1) {
                    const auto lane = static_cast<unsigned>(std::countr_zero(left));
                    note(lane, ((m_escaped >> lane) & 1u) != 0);
                    choose(lane);
                }
                for (std::size_t v = 0; v < vectors; ++v) {
                    place(v, m_finished, orbits[v]);
                }
            }
            if (m_now >= m_nextSnapshot) {
                for (Orbits& orbit : orbits) {
                    orbit.remember();
                }
                ++m_snapshots;
                m_nextSnapshot = m_now + (std::uint64_t{32} << (std::countr_zero(m_snapshots) / 2));
            }
        }
        if constexpr (Formula::isSmooth) {
            m_escapes.compute();
        }
    }

private:
    static constexpr Bits allLanes = ~Bits{0} >> (64 - vectors * lanes);
    static constexpr std::uint64_t escapeBit = std::uint64_t{1} << 62;

    HWY_ATTR HWY_INLINE void iterateOneStride(Orbits (&orbits)[vectors]) {
        const D d;
        V seen[vectors];
        for (V& s : seen) {
            s = hn::Zero(d);
        }
        for (std::uint32_t k = 0; k < stride; ++k) {
            for (std::size_t v = 0; v < vectors; ++v) {
                const V norm = orbits[v].template step<Formula>(d);
                hn::Store(norm, d, m_norms[k] + v * lanes);
                seen[v] = hn::Or(seen[v], norm);
            }
        }
        m_now += stride;
        Bits escaped = 0;
        Bits finished = 0;
        for (std::size_t v = 0; v < vectors; ++v) {
            escaped |= bitsWhere(v, hasEscaped(seen[v]));
            finished |= bitsWhere(v, orbits[v].hasComeBack());
        }
        m_escaped = escaped;
        m_finished = (finished | escaped) & m_live;
    }

    /// Bit 62 of a double is set from 2.0 on, and never below: one test for all iterations of a stride.
    HWY_ATTR HWY_INLINE static hn::Mask<D> hasEscaped(V seen) {
        const D d;
        const hn::RebindToUnsigned<D> du;
        return hn::RebindMask(d, hn::TestBit(hn::BitCast(du, seen), hn::Set(du, escapeBit)));
    }
    HWY_ATTR HWY_INLINE static Bits bitsWhere(std::size_t vector, hn::Mask<D> mask) {
        std::uint8_t bits[8] = {};
        hn::StoreMaskBits(D{}, mask, bits);
        return Bits{bits[0]} << (vector * lanes);
    }

    /// The live lanes that have done all iterations; and when to ask again.
    Bits atTheEnd() {
        Bits ended = 0;
        m_nextEnd = m_now + m_maxIterations;
        for (Bits left = m_live; left != 0; left &= left - 1) {
            const auto lane = static_cast<unsigned>(std::countr_zero(left));
            const std::uint64_t end = m_start[lane] + m_maxIterations;
            if (end <= m_now) {
                ended |= Bits{1} << lane;
            } else {
                m_nextEnd = std::min(m_nextEnd, end);
            }
        }
        return ended;
    }

    /// Notes the count of a lane, which has escaped or never will.
    HWY_INLINE void note(unsigned lane, bool escaped) {
        std::uint64_t count = m_maxIterations;
        unsigned when = 0;
        if (escaped) {
            when = firstEscape(lane);
            count = std::min(count, m_now - stride - m_start[lane] + when);
        }
        if constexpr (Formula::isSmooth) {
            if (count == m_maxIterations) {
                m_smooth[m_pixel[lane]] = innerCount(static_cast<std::uint32_t>(m_maxIterations));
            } else {
                m_escapes.add(m_pixel[lane], static_cast<std::uint32_t>(count), m_norms[when][lane] / Formula::scale);
            }
        } else {
            m_out[m_pixel[lane]] = static_cast<std::uint32_t>(count);
        }
    }

    /// Chooses the next pixel for a lane; parks it when there is none left.
    HWY_INLINE void choose(unsigned lane) {
        if (m_source.isEmpty()) {
            m_live &= ~(Bits{1} << lane);
            putNext(lane, 0, 0);
            return;
        }
        const PixelSource::Pixel pixel = m_source.take();
        m_pixel[lane] = pixel.index;
        putNext(lane, pixel.cReal, pixel.cImag);
        m_start[lane] = m_now;
    }
    HWY_INLINE void putNext(unsigned lane, const DoubleDouble& real, const DoubleDouble& imag) {
        m_nextReal[lane] = real.high;
        m_nextImag[lane] = imag.high;
        m_nextRealLow[lane] = real.low;
        m_nextImagLow[lane] = imag.low;
    }

    /// In which iteration of the stride the lane escaped.
    [[nodiscard]] HWY_INLINE unsigned firstEscape(unsigned lane) const {
        unsigned bits = 0;
        for (unsigned k = 0; k < stride; ++k) {
            bits |= static_cast<unsigned>((std::bit_cast<std::uint64_t>(m_norms[k][lane]) & escapeBit) >> (62 - k));
        }
        return static_cast<unsigned>(std::countr_zero(bits));
    }

    /// Puts the chosen pixels into the lanes.
    HWY_ATTR HWY_INLINE void place(std::size_t vector, Bits these, Orbits& orbit) const {
        const D d;
        const std::size_t first = vector * lanes;
        const std::uint8_t bits[8] = {static_cast<std::uint8_t>(these >> first)};
        orbit.template place<Formula>(d, hn::LoadMaskBits(d, bits),
                                      {.real = m_nextReal + first,
                                       .imag = m_nextImag + first,
                                       .realLow = m_nextRealLow + first,
                                       .imagLow = m_nextImagLow + first,
                                       .kReal = m_kReal,
                                       .kImag = m_kImag});
    }

    PixelSource m_source;
    std::uint64_t m_maxIterations;
    double m_kReal;
    double m_kImag;
    std::uint32_t* HWY_RESTRICT m_out;
    std::uint64_t* m_smooth;
    SmoothCounts m_escapes;
    std::uint64_t m_now = 0; // iterations since the beginning
    Bits m_live = allLanes;
    Bits m_escaped = 0;
    Bits m_finished = 0;
    std::uint64_t m_nextEnd = 0;
    std::uint64_t m_nextSnapshot = 16;
    std::uint64_t m_snapshots = 0;
    std::uint64_t m_start[vectors * lanes] = {};
    std::uint32_t m_pixel[vectors * lanes] = {};
    alignas(64) double m_nextReal[vectors * lanes] = {};
    alignas(64) double m_nextImag[vectors * lanes] = {};
    alignas(64) double m_nextRealLow[vectors * lanes] = {};
    alignas(64) double m_nextImagLow[vectors * lanes] = {};
    alignas(64) double m_norms[stride][vectors * lanes];
};

template <typename Formula>
HWY_ATTR void computeAs(const LanesJob& job) {
    Group<Formula> group{job};
    group.run();
}

HWY_ATTR void computeLanes(const LanesJob& job) {
    if (job.isDeep) {
        switch (job.formula) {
        case LanesFormula::Classic: return; // has none
        case LanesFormula::SmoothMandelbrot: return computeAs<DeepMandelbrot>(job);
        case LanesFormula::Julia: return computeAs<DeepJulia>(job);
        case LanesFormula::BurningShip: return computeAs<DeepShip>(job);
        }
    }
    switch (job.formula) {
    case LanesFormula::Classic: return computeAs<Classic>(job);
    case LanesFormula::SmoothMandelbrot: return computeAs<SmoothMandelbrot>(job);
    case LanesFormula::Julia: return computeAs<Julia>(job);
    case LanesFormula::BurningShip: return computeAs<BurningShip>(job);
    }
}

constexpr LanesTarget lanesTarget{HWY_TARGET, computeLanes, HWY_NATIVE_FMA != 0};

} // namespace kolam::fractal::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace kolam::fractal {

std::vector<LanesTarget> lanesTargets() {
    std::vector<LanesTarget> targets{HWY_STATIC_DISPATCH(lanesTarget)};
#if HWY_TARGETS & ~HWY_STATIC_TARGET & HWY_SSE4
    targets.push_back(N_SSE4::lanesTarget);
#endif
#if HWY_TARGETS & ~HWY_STATIC_TARGET & HWY_AVX2
    targets.push_back(N_AVX2::lanesTarget);
#endif
#if HWY_TARGETS & ~HWY_STATIC_TARGET & HWY_AVX3
    targets.push_back(N_AVX3::lanesTarget);
#endif
#if HWY_TARGETS & ~HWY_STATIC_TARGET & HWY_NEON
    targets.push_back(N_NEON::lanesTarget);
#endif
    std::erase_if(targets, [](const LanesTarget& target) { return (target.bit & hwy::SupportedTargets()) == 0; });
    std::ranges::sort(targets, {}, &LanesTarget::bit); // Highway numbers them so that lower bits are better
    return targets;
}

std::string_view toText(const LanesTarget& target) {
    return hwy::TargetName(target.bit);
}

} // namespace kolam::fractal
#endif
