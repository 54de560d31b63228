// SPDX-License-Identifier: GPL-3.0-or-later
// Every instruction set computes what the plain loop computes, bit by bit, and that is what rsplib's elements compute.
#include "core/base/random.h"
#include "core/wire/codec.h"
#include "demos/services/fractal/fractal_kernel.h"

#include <QFile>
#include <QtTest>
#include <limits>

using namespace kolam;
using namespace kolam::fractal;

namespace {

std::vector<std::uint32_t> plainCounts(const Plane& plane) {
    std::vector<std::uint32_t> counts;
    for (std::uint32_t y = 0; y < plane.height; ++y) {
        for (std::uint32_t x = 0; x < plane.width; ++x) {
            counts.push_back(referenceCount(plane, x, y));
        }
    }
    return counts;
}

/// Computes the plane in runs of random lengths.
std::vector<std::uint32_t> kernelCounts(const Plane& plane, const LanesTarget& target, Random& random) {
    std::vector<std::uint32_t> counts(plane.points());
    for (std::size_t first = 0; first < counts.size();) {
        const std::size_t length = std::min(counts.size() - first, 1 + random.below(700));
        computeCounts(plane, first, std::span{counts}.subspan(first, length), target);
        first += length;
    }
    return counts;
}

QString differences(const Plane& plane, const std::vector<std::uint32_t>& expected,
                    const std::vector<std::uint32_t>& found, const LanesTarget& target) {
    QString text;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        if (expected[i] != found[i] && text.size() < 300) {
            text += QStringLiteral("%1: (%2, %3) is %4, not %5\n")
                        .arg(QString::fromStdString(std::string(toText(target))))
                        .arg(i % plane.width)
                        .arg(i / plane.width)
                        .arg(found[i])
                        .arg(expected[i]);
        }
    }
    return text;
}

Plane planeOf(double c1r, double c1i, double c2r, double c2i, std::uint32_t width, std::uint32_t height,
              std::uint32_t maxIterations, double n = 0) {
    return Plane::of({.width = width,
                      .height = height,
                      .maxIterations = maxIterations,
                      .algorithm = n == 0 ? wire::FractalAlgorithm::Mandelbrot : wire::FractalAlgorithm::MandelbrotN,
                      .c1Real = c1r,
                      .c1Imag = c1i,
                      .c2Real = c2r,
                      .c2Imag = c2i,
                      .n = n == 0 ? 2 : n});
}

struct Line {
    std::string name;
    Octets octets;
};
std::vector<Line> fractalVectors() {
    QFile file(QStringLiteral(KOLAM_CAPTURES "/vectors-services.tsv"));
    std::vector<Line> lines;
    if (file.open(QIODevice::ReadOnly)) {
        while (!file.atEnd()) {
            const QList<QByteArray> fields = file.readLine().trimmed().split('\t');
            if (fields.size() == 10 && fields[1].startsWith("FGP_") && fields[8] == "ok") {
                lines.push_back({fields[1].toStdString(), fromHex(fields[9].toStdString())});
            }
        }
    }
    return lines;
}

} // namespace

class TestFractalKernel : public QObject {
    Q_OBJECT
private slots:
    void givenThisMachine_whenAsked_thenTheBestTargetComesFirstAndTheOneOfPlainCodeLast() {
        QVERIFY(!kernelTargets().empty());
        for (const LanesTarget& target : kernelTargets()) {
            qInfo("target %s", std::string(toText(target)).c_str());
        }
#if defined(__x86_64__)
#if defined(__clang__)
        QCOMPARE(toText(kernelTargets().back()), std::string_view("EMU128")); // as Highway has it for this compiler
#else
        QCOMPARE(toText(kernelTargets().back()), std::string_view("SCALAR"));
#endif
#endif
    }

    void givenRandomViews_whenComputedByEveryTarget_thenEveryCountIsThatOfThePlainLoop() {
        Random random{20250101};
        for (int round = 0; round < 150; ++round) {
            const double side = std::pow(10.0, -random.unit() * 14) * 4;
            const double real = random.unit() * 2.6 - 0.6;
            const double imag = random.unit() * 2.4 - 1.2;
            const Plane plane =
                planeOf(real, imag, real + side, imag - side, static_cast<std::uint32_t>(1 + random.below(70)),
                        static_cast<std::uint32_t>(1 + random.below(40)),
                        static_cast<std::uint32_t>(random.chance(0.2) ? random.below(20) : random.below(3000)));
            const auto expected = plainCounts(plane);
            for (const LanesTarget& target : kernelTargets()) {
                QCOMPARE(differences(plane, expected, kernelCounts(plane, target, random), target), QString());
            }
        }
    }

    void givenStrangeViews_whenComputedByEveryTarget_thenEveryCountIsThatOfThePlainLoop_data() {
        constexpr double inf = std::numeric_limits<double>::infinity();
        constexpr double nan = std::numeric_limits<double>::quiet_NaN();
        constexpr double tiny = std::numeric_limits<double>::denorm_min();
        constexpr double big = std::numeric_limits<double>::max();
        QTest::addColumn<QList<double>>("corners");
        QTest::newRow("whole set") << QList<double>{-1.5, 1.5, 2.5, -1.5};
        QTest::newRow("a point inside") << QList<double>{0, 0, 0, 0};
        QTest::newRow("negative zero") << QList<double>{-0.0, -0.0, 1, 1};
        QTest::newRow("upside down") << QList<double>{2.5, -1.5, -1.5, 1.5};
        QTest::newRow("the real line") << QList<double>{-1, 0, 2, 0};
        QTest::newRow("the imaginary line") << QList<double>{0, -1, 0, 1};
        QTest::newRow("period 3") << QList<double>{1.7, -0.05, 1.8, 0.05};
        QTest::newRow("denormal") << QList<double>{tiny, tiny, 3 * tiny, 1e-310};
        QTest::newRow("denormal steps") << QList<double>{0.1, 0.1, 0.1, 0.1 + 1e-16};
        QTest::newRow("tiny and tame") << QList<double>{1e-100, 1e-90, 1e-80, 1e-70};
        QTest::newRow("huge") << QList<double>{-big, -big, big, big};
        QTest::newRow("large") << QList<double>{-1e150, -1e150, 1e150, 1e150};
        QTest::newRow("infinite") << QList<double>{-inf, 0, inf, 1};
        QTest::newRow("no number") << QList<double>{nan, 0, 1, nan};
    }
    void givenStrangeViews_whenComputedByEveryTarget_thenEveryCountIsThatOfThePlainLoop() {
        QFETCH(QList<double>, corners);
        Random random{7};
        for (const std::uint32_t maxIterations : {0u, 1u, 2u, 7u, 8u, 9u, 500u}) {
            const Plane plane = planeOf(corners[0], corners[1], corners[2], corners[3], 33, 21, maxIterations);
            const auto expected = plainCounts(plane);
            for (const LanesTarget& target : kernelTargets()) {
                QCOMPARE(differences(plane, expected, kernelCounts(plane, target, random), target), QString());
            }
        }
    }

    void givenMandelbrotN_whenComputed_thenEveryCountIsThatOfThePlainLoop() {
        Random random{11};
        constexpr double inf = std::numeric_limits<double>::infinity();
        constexpr double nan = std::numeric_limits<double>::quiet_NaN();
        for (const double n : {2.0, 3.0, 7.0, 12.0, 1234.0, 2.5, 1e-300, -1.0, 1e300, -1e300, inf, nan}) {
            const Plane plane = planeOf(-1.2, -1.2, 1.2, 1.2, 41, 23, 200, n);
            const LanesTarget& target = kernelTargets().front();
            QCOMPARE(differences(plane, plainCounts(plane), kernelCounts(plane, target, random), target), QString());
        }
    }

    void givenPower_whenCompared_thenItIsThatOfTheStandardLibrary() {
        Random random{5};
        for (int i = 0; i < 20'000; ++i) {
            const std::complex<double> z{random.chance(0.05) ? 0.0 : random.unit() * 3 - 1.5,
                                         random.chance(0.05) ? 0.0 : random.unit() * 3 - 1.5};
            const double n = random.chance(0.5) ? static_cast<double>(1 + random.below(20)) : 0.1 + random.unit() * 100;
            QCOMPARE(power(z, n), std::pow(z, n));
        }
    }

    void givenUnknownAlgorithm_whenComputed_thenTheTestPatternOfTheReferenceComes() {
        Plane plane = planeOf(0, 0, 1, 1, 300, 3, 10);
        plane.algorithm = static_cast<wire::FractalAlgorithm>(99);
        std::vector<std::uint32_t> counts(900);
        computeCounts(plane, 0, counts);
        QCOMPARE(counts[299], 0u);
        QCOMPARE(counts[300 + 299], 299u % 256);
        QCOMPARE(counts[600 + 299], 598u % 256);
    }

    void givenAnImageOfRsplib_whenRecomputed_thenTheCountsAgree() {
        std::optional<Plane> plane;
        int messages = 0;
        int points = 0;
        int different = 0;
        for (const Line& line : fractalVectors()) {
            const auto message = wire::decodeFractal(line.octets);
            QVERIFY(message.has_value());
            if (const auto* parameter = std::get_if<wire::FractalParameter>(&*message)) {
                plane = Plane::of(*parameter);
                QCOMPARE(plane->width, 200u);
            } else if (const auto& data = std::get<wire::FractalData>(*message); !data.isEnd()) {
                QVERIFY(plane.has_value());
                std::vector<std::uint32_t> counts(data.points.size());
                computeCounts(*plane, std::uint64_t{data.startY} * plane->width + data.startX, counts);
                ++messages;
                points += static_cast<int>(counts.size());
                for (std::size_t i = 0; i < counts.size(); ++i) {
                    different += counts[i] != data.points[i];
                }
            }
        }
        QCOMPARE(messages, 3);
        QCOMPARE(points, 3 * 324);
        qInfo("%d of %d counts differ from rsplib's", different, points);
        // exp and ln of another C library may round the last bit differently; near the border that shows.
        QVERIFY2(different <= 10, qPrintable(QStringLiteral("%1 counts differ").arg(different)));
    }
};

QTEST_APPLESS_MAIN(TestFractalKernel)
#include "test_fractal_kernel.moc"
