// SPDX-License-Identifier: GPL-3.0-or-later
// The extended fractals: every instruction set computes what the plain loop computes, bit by bit; counts have no jumps;
// what makes no sense is objected to. And the messages that carry them.
#include "core/base/double_double.h"
#include "core/base/random.h"
#include "core/wire/arbitrary.h"
#include "core/wire/codec.h"
#include "demos/services/fractal/fractal_kernel.h"
#include "demos/users/fractal/tile_grid.h"
#include "tests/unit/fractal/smooth_views.h"

#include <QtTest>
#include <cmath>
#include <complex>
#include <limits>
#include <set>

using namespace kolam;
using namespace kolam::fractal;
using namespace kolam::fractal::testing;
using wire::FractalAlgorithm;

namespace {

std::vector<std::uint64_t> plainCounts(const Plane& plane) {
    std::vector<std::uint64_t> counts;
    for (std::uint32_t y = 0; y < plane.height; ++y) {
        for (std::uint32_t x = 0; x < plane.width; ++x) {
            counts.push_back(referenceSmoothCount(plane, x, y));
        }
    }
    return counts;
}

/// Computes the plane in runs of random lengths.
std::vector<std::uint64_t> kernelCounts(const Plane& plane, const LanesTarget& target, Random& random) {
    std::vector<std::uint64_t> counts(plane.points(), 7);
    for (std::size_t first = 0; first < counts.size();) {
        const std::size_t length = std::min(counts.size() - first, 1 + random.below(700));
        computeSmoothCounts(plane, first, std::span{counts}.subspan(first, length), target);
        first += length;
    }
    return counts;
}

QString firstDifference(const Plane& plane, const std::vector<std::uint64_t>& expected,
                        const std::vector<std::uint64_t>& found, const LanesTarget& target) {
    const auto [e, f] = std::ranges::mismatch(expected, found);
    if (e == expected.end()) {
        return {};
    }
    const auto at = e - expected.begin();
    return QStringLiteral("%1: (%2, %3) is %4, not %5")
        .arg(QString::fromStdString(std::string(toText(target))))
        .arg(at % plane.width)
        .arg(at / plane.width)
        .arg(*f)
        .arg(*e);
}

/// 16 x 12 points around a place with structure at every depth.
wire::FractalParameter deepView(FractalAlgorithm algorithm, double width) {
    wire::FractalParameter image = viewOf(algorithm);
    // -0.743643887037158704752191506114774 + 0.131825904205311970493132056385139i
    DoubleDouble real{-0.7436438870371587, -3.628952515063387e-17};
    DoubleDouble imag{0.13182590420531198, -1.2892807754956675e-17};
    if (algorithm == FractalAlgorithm::Julia) { // its repelling fixed point: the border is everywhere around it
        image.kReal = -0.75;
        image.kImag = 0.25;
        const std::complex<double> root = std::sqrt(1.0 - 4.0 * std::complex<double>{-0.75, 0.25});
        real = (1 + root.real()) / 2;
        imag = root.imag() / 2;
    } else if (algorithm == FractalAlgorithm::BurningShip) {
        real = -2.0; // the tip of its needle
        imag = 0.0;
    }
    image.width = 16;
    image.height = 12;
    image.maxIterations = 60'000;
    const double half = width / 2;
    const auto put = [](const DoubleDouble& number, double& high, double& low) {
        high = number.high;
        low = number.low;
    };
    put(real - DoubleDouble{half}, image.c1Real, image.c1RealLow);
    put(real + DoubleDouble{half}, image.c2Real, image.c2RealLow);
    put(imag + DoubleDouble{half * 0.75}, image.c1Imag, image.c1ImagLow);
    put(imag - DoubleDouble{half * 0.75}, image.c2Imag, image.c2ImagLow);
    return image;
}

#if defined(__SIZEOF_FLOAT128__)
__extension__ using Quadruple = __float128;

/// The whole part of the count, by the compiler's own numbers of 113 bits.
std::uint64_t quadrupleCount(const wire::FractalParameter& image, std::uint32_t x, std::uint32_t y) {
    const auto number = [](double high, double low) { return Quadruple{high} + Quadruple{low}; };
    const Quadruple left = number(image.c1Real, image.c1RealLow);
    const Quadruple top = number(image.c1Imag, image.c1ImagLow);
    const Quadruple pixelReal = left + (number(image.c2Real, image.c2RealLow) - left) / image.width * x;
    const Quadruple pixelImag = top + (number(image.c2Imag, image.c2ImagLow) - top) / image.height * y;
    const bool isJulia = image.algorithm == FractalAlgorithm::Julia;
    const Quadruple cReal = isJulia ? Quadruple{image.kReal} : pixelReal;
    const Quadruple cImag = isJulia ? Quadruple{image.kImag} : pixelImag;
    Quadruple real = pixelReal;
    Quadruple imag = pixelImag;
    for (std::uint32_t count = 0; count < image.maxIterations; ++count) {
        const Quadruple norm = real * real + imag * imag;
        if (norm >= 65536) {
            return escapedCount(count, static_cast<double>(norm), 2, image.maxIterations) >> 32U;
        }
        Quadruple both = 2 * real * imag;
        if (image.algorithm == FractalAlgorithm::BurningShip && both < 0) {
            both = -both;
        }
        real = real * real - imag * imag + cReal;
        imag = both + cImag;
    }
    return image.maxIterations;
}
#endif

template <typename Message>
void goesBackAndForth() {
    Random random{3};
    for (int round = 0; round < 1000; ++round) {
        const auto message = wire::arbitrary<Message>(random);
        const Octets octets = wire::encode(message);
        const auto decoded = wire::decode<Message>(octets);
        QVERIFY(decoded.has_value());
        QVERIFY(wire::encode(*decoded) == octets);
        for (std::size_t cut = 1; cut < octets.size(); cut += 1 + octets.size() / 7) {
            QVERIFY(!wire::decode<Message>(OctetView{octets}.first(octets.size() - cut)));
        }
    }
}

} // namespace

class TestSmoothKernel : public QObject {
    Q_OBJECT
private slots:
    void givenRandomViewsOfEveryFractal_whenComputedByEveryTarget_thenEveryCountIsThatOfThePlainLoop() {
        Random random{20251129};
        for (int round = 0; round < 200; ++round) {
            wire::FractalParameter image = viewOf(algorithms[random.below(algorithms.size())]);
            const double side = std::pow(10.0, -random.unit() * 13) * 4;
            image.c1Real = random.unit() * 3 - 2;
            image.c1Imag = random.unit() * 2.4 - 1.2;
            image.c2Real = image.c1Real + side;
            image.c2Imag = image.c1Imag - side;
            image.width = static_cast<std::uint32_t>(1 + random.below(70));
            image.height = static_cast<std::uint32_t>(1 + random.below(40));
            image.maxIterations = static_cast<std::uint32_t>(1 + random.below(random.chance(0.2) ? 20 : 1500));
            image.n = static_cast<double>(2 + random.below(15));
            const Plane plane = Plane::of(image);
            const auto expected = plainCounts(plane);
            for (const LanesTarget& target : kernelTargets()) {
                QCOMPARE(firstDifference(plane, expected, kernelCounts(plane, target, random), target), QString());
            }
        }
    }

    void givenPlacesAtTheEdgeOfSense_whenComputedByEveryTarget_thenEveryCountIsThatOfThePlainLoop() {
        Random random{5};
        const double tiny = std::numeric_limits<double>::denorm_min();
        for (const double side : {0.0, tiny, 1e-310, 1e-100, 1e-16, 1.0, 600.0, largestCoordinate}) {
            for (const FractalAlgorithm algorithm : algorithms) {
                wire::FractalParameter image = viewOf(algorithm);
                image.width = 19;
                image.height = 13;
                image.maxIterations = 90;
                image.c1Real = -side;
                image.c1Imag = side / 2;
                image.c2Real = side;
                image.c2Imag = side;
                QVERIFY(objection({.parameter = image}).empty());
                const Plane plane = Plane::of(image);
                const auto expected = plainCounts(plane);
                for (const std::uint64_t count : expected) {
                    QVERIFY(count <= innerCount(image.maxIterations));
                }
                for (const LanesTarget& target : kernelTargets()) {
                    QCOMPARE(firstDifference(plane, expected, kernelCounts(plane, target, random), target), QString());
                }
            }
        }
    }

    void givenDeepViews_whenComputedByEveryTarget_thenEveryCountIsThatOfThePlainLoop() {
        Random random{20261129};
        constexpr std::array deep{FractalAlgorithm::SmoothMandelbrot, FractalAlgorithm::Julia,
                                  FractalAlgorithm::BurningShip};
        std::size_t inside = 0;
        std::size_t escaped = 0;
        for (int round = 0; round < 90; ++round) {
            wire::FractalParameter image =
                deepView(deep[static_cast<std::size_t>(round) % deep.size()], std::pow(10.0, 0.5 - random.unit() * 27));
            image.c1RealLow += 1e-22; // is deep, however wide it is
            image.width = static_cast<std::uint32_t>(1 + random.below(40));
            image.height = static_cast<std::uint32_t>(1 + random.below(20));
            image.maxIterations = static_cast<std::uint32_t>(1 + random.below(random.chance(0.3) ? 20 : 6000));
            QVERIFY(image.isDeep() && objection({.parameter = image}).empty());
            const Plane plane = Plane::of(image);
            const auto expected = plainCounts(plane);
            const auto inner = std::ranges::count(expected, innerCount(image.maxIterations));
            inside += static_cast<std::size_t>(inner);
            escaped += expected.size() - static_cast<std::size_t>(inner);
            for (const LanesTarget& target : kernelTargets()) {
                QCOMPARE(firstDifference(plane, expected, kernelCounts(plane, target, random), target), QString());
            }
        }
        QVERIFY(inside > 1000 && escaped > 1000);
    }

    void givenLogarithms_whenCompared_thenTheyAreThoseOfTheLibraryAlmost() {
        Random random{9};
        for (int i = 0; i < 50'000; ++i) {
            const double number = std::ldexp(0.5 + random.unit() / 2, static_cast<int>(random.below(1200)) - 600);
            QVERIFY(std::abs(exactLog2(number) - std::log2(number)) <= 1e-13 * (1 + std::abs(std::log2(number))));
        }
        QCOMPARE(exactLog2(1), 0.0);
        QCOMPARE(exactLog2(65536), 16.0);
        QCOMPARE(exactLog2(0x1p-240), -240.0);
    }

    void givenKnownPoints_whenCounted_thenTheyAreInsideOrOutsideAsTheBooksSay() {
        const auto count = [](FractalAlgorithm algorithm, double real, double imag, double n = 2) {
            wire::FractalParameter image = viewOf(algorithm);
            image.width = image.height = 1;
            image.maxIterations = 1000;
            image.c1Real = real;
            image.c1Imag = imag;
            image.n = n;
            return referenceSmoothCount(Plane::of(image), 0, 0);
        };
        const std::uint64_t inside = innerCount(1000);
        QCOMPARE(count(FractalAlgorithm::SmoothMandelbrot, 0, 0), inside);
        QCOMPARE(count(FractalAlgorithm::SmoothMandelbrot, -1, 0), inside);
        QCOMPARE(count(FractalAlgorithm::SmoothMandelbrot, -2, 0), inside); // rsplib's bail-out loses this one
        QCOMPARE(count(FractalAlgorithm::SmoothMandelbrot, 0.25, 0), inside);
        QVERIFY(count(FractalAlgorithm::SmoothMandelbrot, 0.26, 0) < inside);
        QVERIFY(count(FractalAlgorithm::SmoothMandelbrot, 0.5, 0.5) < inside);
        QCOMPARE(count(FractalAlgorithm::Multibrot, 0.3, 0.3, 4), inside);
        QVERIFY(count(FractalAlgorithm::Multibrot, 1.3, 0.3, 4) < inside);
        QCOMPARE(count(FractalAlgorithm::BurningShip, 0, 0), inside);
        QCOMPARE(count(FractalAlgorithm::BurningShip, -1.75, 0), inside);
        // Newton: from a root at once, with its number below.
        QCOMPARE(count(FractalAlgorithm::Newton, 1, 0, 3), std::uint64_t{0});
        QCOMPARE(count(FractalAlgorithm::Newton, -0.6, 0.9, 3) & 0xf, std::uint64_t{1});
        QCOMPARE(count(FractalAlgorithm::Newton, -0.6, -0.9, 3) & 0xf, std::uint64_t{2});
        QCOMPARE(count(FractalAlgorithm::Newton, 0, 0, 3), inside); // has no way out
    }

    void givenWaysThroughTheOutside_whenCounted_thenTheCountNeverJumps() {
        // Along a line far from the border neighbours differ by what the slope says, also where the whole count
        // changes.
        for (const FractalAlgorithm algorithm : algorithms) {
            wire::FractalParameter image = viewOf(algorithm);
            image.width = 40'000;
            image.height = 1;
            image.maxIterations = 500;
            image.c1Real = 1.2;
            image.c2Real = 6;
            image.c1Imag = image.c2Imag = algorithm == FractalAlgorithm::Newton ? 0.2 : 1.3;
            const Plane plane = Plane::of(image);
            std::vector<std::uint64_t> counts(plane.points());
            computeSmoothCounts(plane, 0, counts);
            double steepest = 0;
            double range = 0;
            for (std::size_t x = 1; x < counts.size(); ++x) {
                const double step = (static_cast<double>(counts[x]) - static_cast<double>(counts[x - 1])) * 0x1p-32;
                steepest = std::max(steepest, std::abs(step));
                range = std::max(range,
                                 std::abs(static_cast<double>(counts[x]) - static_cast<double>(counts[0])) * 0x1p-32);
            }
            QVERIFY2(range > 1, qPrintable(QString::number(range))); // whole counts change on the way
            QVERIFY2(
                steepest < 0.002,
                qPrintable(QStringLiteral("%1: %2").arg(static_cast<std::uint32_t>(algorithm), 0, 16).arg(steepest)));
        }
    }

#if defined(__SIZEOF_FLOAT128__)
    void givenDeepViews_whenComputed_thenCountsAreThoseOfQuadruplePrecision_data() {
        QTest::addColumn<quint32>("algorithm");
        QTest::addColumn<double>("width");
        for (const double width : {1e-13, 1e-18, 1e-23, 1e-26}) {
            QTest::addRow("Mandelbrot %g", width) << static_cast<quint32>(FractalAlgorithm::SmoothMandelbrot) << width;
        }
        QTest::addRow("Julia") << static_cast<quint32>(FractalAlgorithm::Julia) << 1e-20;
        QTest::addRow("Burning Ship") << static_cast<quint32>(FractalAlgorithm::BurningShip) << 1e-20;
    }
    void givenDeepViews_whenComputed_thenCountsAreThoseOfQuadruplePrecision() {
        QFETCH(quint32, algorithm);
        QFETCH(double, width);
        const auto kind = static_cast<FractalAlgorithm>(algorithm);
        const wire::FractalParameter image = deepView(kind, width);
        QVERIFY(image.isDeep());
        QVERIFY(objection({.parameter = image}).empty());
        const Plane plane = Plane::of(image);
        std::vector<std::uint64_t> counts(plane.points());
        computeSmoothCounts(plane, 0, counts);
        std::size_t same = 0;
        std::set<std::uint64_t> different;
        for (std::uint32_t y = 0; y < image.height; ++y) {
            for (std::uint32_t x = 0; x < image.width; ++x) {
                const std::uint64_t count = counts[y * image.width + x];
                different.insert(count);
                const auto off =
                    static_cast<std::int64_t>(count >> 32U) - static_cast<std::int64_t>(quadrupleCount(image, x, y));
                same += off >= -1 && off <= 1;
            }
        }
        // A whole count may be the neighbour's where the fraction is next to 0; and where structures are finer than
        // these few points, the seven bits that quadruple precision has more may show.
        QVERIFY2(same >= counts.size() * 90 / 100, qPrintable(QStringLiteral("%1 of %2").arg(same).arg(counts.size())));
        QVERIFY2(different.size() > counts.size() / 2, qPrintable(QString::number(different.size()))); // no blocks
    }
#endif

    void givenTilesOfADeepImage_whenComputed_thenTheirPointsAreThoseOfTheImage() {
        const wire::FractalParameter image = deepView(FractalAlgorithm::SmoothMandelbrot, 1e-22);
        const wire::FractalParameter tile = tileParameter(image, {.x = 8, .y = 6, .width = 8, .height = 6});
        QVERIFY(tile.isDeep());
        const Plane whole = Plane::of(image);
        const Plane part = Plane::of(tile);
        for (std::uint32_t y = 0; y < 6; ++y) {
            for (std::uint32_t x = 0; x < 8; ++x) {
                const double expected = static_cast<double>(referenceSmoothCount(whole, x + 8, y + 6)) * 0x1p-32;
                const double found = static_cast<double>(referenceSmoothCount(part, x, y)) * 0x1p-32;
                QVERIFY2(std::abs(expected - found) < 0.01, qPrintable(QString::number(expected - found)));
            }
        }
    }

    void givenSenselessRequests_whenLookedAt_thenEachHasAReason() {
        using Request = wire::ExtendedFractalParameter;
        const auto reason = [](auto change) {
            Request request{.parameter = viewOf(FractalAlgorithm::Multibrot)};
            change(request);
            return objection(request);
        };
        QCOMPARE(reason([](Request&) {}), std::string_view());
        QCOMPARE(reason([](Request& r) { r.parameter.algorithm = FractalAlgorithm::Mandelbrot; }),
                 std::string_view("unknown algorithm"));
        QCOMPARE(reason([](Request& r) { r.parameter.algorithm = FractalAlgorithm{0x4b000006}; }),
                 std::string_view("unknown algorithm"));
        QCOMPARE(reason([](Request& r) { r.parameter.width = 0; }), std::string_view("empty image"));
        QCOMPARE(reason([](Request& r) { r.parameter.height = 65537; }), std::string_view("image too large"));
        QCOMPARE(reason([](Request& r) { r.parameter.maxIterations = 0; }), std::string_view("no iterations"));
        QCOMPARE(reason([](Request& r) { r.parameter.maxIterations = 1'000'001; }),
                 std::string_view("too many iterations"));
        for (double wire::FractalParameter::* const field :
             {&wire::FractalParameter::c1Real, &wire::FractalParameter::c1Imag, &wire::FractalParameter::c2Real,
              &wire::FractalParameter::c2Imag, &wire::FractalParameter::kReal, &wire::FractalParameter::kImag}) {
            for (const double number : {std::nan(""), HUGE_VAL, -HUGE_VAL, 2e6, -1e300}) {
                QCOMPARE(reason([&](Request& r) { r.parameter.*field = number; }),
                         std::string_view("a coordinate is no number or too large"));
            }
        }
        for (const double n : {1.0, 17.0, 2.5, -3.0, std::nan(""), HUGE_VAL}) {
            QCOMPARE(reason([&](Request& r) { r.parameter.n = n; }),
                     std::string_view("the power is no whole number from 2 to 16"));
        }
        QCOMPARE(reason([](Request& r) { r.parameter.c1RealLow = 1e-20; }),
                 std::string_view("too deep for this fractal"));
        for (const double low : {1e-8, std::nan(""), HUGE_VAL}) {
            QCOMPARE(reason([&](Request& r) { r.parameter.c2ImagLow = low; }),
                     std::string_view("the lower part of a coordinate is no number or too large"));
        }
        QCOMPARE(reason([](Request& r) { r.startX = r.parameter.width; }),
                 std::string_view("the first pixel lies outside of the image"));
        QCOMPARE(reason([](Request& r) { r.startY = 0xffffffff; }),
                 std::string_view("the first pixel lies outside of the image"));
    }

    void givenTheMessages_whenEncodedAndCut_thenTheyComeBackOrAreErrors() {
        goesBackAndForth<wire::ExtendedFractalParameter>();
        goesBackAndForth<wire::ExtendedFractalRefusal>();
        goesBackAndForth<wire::ExtendedFractalData>();
        QCOMPARE(wire::encode(wire::ExtendedFractalParameter{}).size(), std::size_t{116});
        wire::ExtendedFractalData full;
        full.points.resize(wire::ExtendedFractalData::maxPoints);
        QVERIFY(
            wire::encode(full).size() <=
            wire::encode(wire::FractalData{.points = std::vector<std::uint32_t>(wire::FractalData::maxPoints)}).size());
        QVERIFY(!wire::isExtended(FractalAlgorithm::Mandelbrot));
        QVERIFY(!wire::isExtended(FractalAlgorithm{0x4c000001}));
        QVERIFY(wire::isExtended(FractalAlgorithm{0x4b123456}));
    }
};

QTEST_APPLESS_MAIN(TestSmoothKernel)
#include "test_smooth_kernel.moc"
