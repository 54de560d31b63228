// SPDX-License-Identifier: GPL-3.0-or-later
// The extended fractals: every instruction set computes what the plain loop computes, bit by bit; counts have no jumps;
// what makes no sense is objected to. And the messages that carry them.
#include "core/base/random.h"
#include "core/wire/arbitrary.h"
#include "core/wire/codec.h"
#include "demos/services/fractal/fractal_kernel.h"
#include "tests/unit/fractal/smooth_views.h"

#include <QtTest>
#include <cmath>
#include <limits>

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
        QCOMPARE(reason([](Request& r) { r.startX = r.parameter.width; }),
                 std::string_view("the first pixel lies outside of the image"));
        QCOMPARE(reason([](Request& r) { r.startY = 0xffffffff; }),
                 std::string_view("the first pixel lies outside of the image"));
    }

    void givenTheMessages_whenEncodedAndCut_thenTheyComeBackOrAreErrors() {
        goesBackAndForth<wire::ExtendedFractalParameter>();
        goesBackAndForth<wire::ExtendedFractalRefusal>();
        goesBackAndForth<wire::ExtendedFractalData>();
        QCOMPARE(wire::encode(wire::ExtendedFractalParameter{}).size(), std::size_t{84});
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
