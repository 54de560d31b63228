// SPDX-License-Identifier: GPL-3.0-or-later
// Fractals computed by rsplib's elements for us, by ours for rsplib's user, and by a pool of both. For the guest:
// rsplib speaks kernel SCTP only.
#include "demos/services/fractal/fractal_element.h"
#include "demos/users/fractal/fractal_pool_user.h"
#include "demos/users/fractal/fractal_reference.h"
#include "tests/interop/common/guest_test.h"

using namespace kolam;
using namespace kolam::fractal;
using namespace kolam::interop;

namespace {

constexpr wire::FractalParameter whole{
    .width = 160, .height = 120, .maxIterations = 200, .c1Real = -0.5, .c1Imag = 1.2, .c2Real = 2.1, .c2Imag = -1.2};

wire::FractalParameter cubic() {
    wire::FractalParameter parameter = whole;
    parameter.algorithm = wire::FractalAlgorithm::MandelbrotN;
    parameter.n = 3;
    parameter.c1Real = -1.3;
    parameter.c2Real = 1.3;
    parameter.maxIterations = 100;
    return parameter;
}

} // namespace

class TestFractalRsplib : public GuestTest {
    Q_OBJECT
private slots:
    void givenTheirPool_whenWeComputeAnImage_thenItsCountsAreOurs_data() {
        QTest::addColumn<bool>("powers");
        QTest::newRow("Mandelbrot") << false;
        QTest::newRow("MandelbrotN") << true;
    }
    void givenTheirPool_whenWeComputeAnImage_thenItsCountsAreOurs() {
        QFETCH(bool, powers);
        combination("fractal user", "rspregistrar, rspserver -fractal",
                    QStringLiteral("an image of ") + QString::fromUtf8(QTest::currentDataTag()));
        const auto registrar = theirRegistrar(1, 0x22222222);
        const auto server = theirServer("fractal", "FractalGeneratorPool", 0x0a000001, theirAsap());
        const wire::FractalParameter image = powers ? cubic() : whole;
        const auto counts = compute(theirAsap(), image, {.sessions = 2});
        // A C library of another version may round the last bit of a power differently.
        const std::size_t differences = countDifferences(counts, computeReference(image));
        remark(QStringLiteral("%1 of %2 counts differ").arg(differences).arg(counts.size()));
        QVERIFY(differences <= (powers ? counts.size() / 200 : 0));
    }

    void givenTheirPool_whenWeAskForASmoothFractal_thenTheWholeImageComesAsTheyKnowIt() {
        combination("fractal user", "rspregistrar, rspserver -fractal", "a smooth fractal: compatible mode");
        const auto registrar = theirRegistrar(1, 0x22222222);
        const auto server = theirServer("fractal", "FractalGeneratorPool", 0x0a000001, theirAsap());
        wire::FractalParameter smooth = whole; // z^2 + c: the corners have other signs
        smooth.algorithm = wire::FractalAlgorithm::SmoothMandelbrot;
        smooth.c1Real = -whole.c1Real;
        smooth.c1Imag = -whole.c1Imag;
        smooth.c2Real = -whole.c2Real;
        smooth.c2Imag = -whole.c2Imag;
        const auto counts = compute(theirAsap(), smooth, {.sessions = 2});
        const std::size_t differences = countDifferences(counts, computeReference(whole));
        remark(QStringLiteral("%1 of %2 counts differ").arg(differences).arg(counts.size()));
        QCOMPARE(differences, std::size_t{0});
    }

    void givenPoolOfBoth_whenElementsGiveUp_thenTheOthersGoOn_data() {
        QTest::addColumn<bool>("theirRegistrar");
        QTest::newRow("kolam-registrar") << false;
        QTest::newRow("rspregistrar") << true;
    }
    void givenPoolOfBoth_whenElementsGiveUp_thenTheOthersGoOn() {
        QFETCH(bool, theirRegistrar);
        combination(theirRegistrar ? "fractal element, user" : "kolam-registrar, fractal element, user",
                    theirRegistrar ? "rspregistrar, rspserver -fractal" : "rspserver -fractal",
                    "one pool: sessions fail over between ours and theirs by cookie, the image is equal");
        const TransportAddress at = theirRegistrar ? theirAsap() : ourAsap();
        std::unique_ptr<Program> theirs;
        std::unique_ptr<RegistrarNode> ours;
        if (theirRegistrar) {
            theirs = GuestTest::theirRegistrar(1, 0x22222222);
        } else {
            ours = ourRegistrar(1, 0x11111111);
        }
        const auto element = startElement(at, 7);
        QVERIFY(element);
        const auto server = theirServer("fractal", "FractalGeneratorPool", 0x0a000001, at, {"-fgpfailureafter=7"});
        QVERIFY(untilResolved(at, "FractalGeneratorPool", {0x0a000001, 0x0b000001}));
        const auto counts = compute(at, whole, {.sessions = 2, .tileSide = 80});
        QCOMPARE(countDifferences(counts, computeReference(whole, 80)), std::size_t{0});
        QVERIFY(m_progress.failovers > 0);
        remark(QStringLiteral("%1 failovers, %2 points computed again")
                   .arg(m_progress.failovers)
                   .arg(m_progress.redonePoints));
    }

    void givenOurPool_whenTheirUserComputesImages_thenItIsServed_data() {
        QTest::addColumn<bool>("theirRegistrar");
        QTest::newRow("kolam-registrar") << false;
        QTest::newRow("rspregistrar") << true;
    }
    void givenOurPool_whenTheirUserComputesImages_thenItIsServed() {
        QFETCH(bool, theirRegistrar);
        combination(theirRegistrar ? "fractal element" : "kolam-registrar, fractal element",
                    theirRegistrar ? "rspregistrar, fractalpooluser" : "fractalpooluser",
                    "their window at our element");
        if (!Program::exists(QStringLiteral("fractalpooluser"))) {
            QSKIP("fractalpooluser is not installed (package rsplib-tools)");
        }
        const TransportAddress at = theirRegistrar ? theirAsap() : ourAsap();
        std::unique_ptr<Program> program;
        std::unique_ptr<RegistrarNode> ours;
        if (theirRegistrar) {
            program = GuestTest::theirRegistrar(1, 0x22222222);
        } else {
            ours = ourRegistrar(1, 0x11111111);
        }
        const auto element = startElement(at, 0);
        QVERIFY(element);
        const auto user = theirs("fractalpooluser", {"-width=64", "-height=64", "-threads=2", "-interimagetime=1",
                                                     QStringLiteral("-registrar=") + QString::fromStdString(toText(at)),
                                                     "-asapannounce=off"});
        QVERIFY(until([&] { return element->service().statistics().images >= 2; }, 100s));
        QCOMPARE(element->service().statistics().aborted, std::uint64_t{0});
    }

private:
    std::unique_ptr<FractalElement> startElement(const TransportAddress& registrar, std::uint32_t failureAfter) {
        FractalServeOptions options{.threads = 1};
        options.service.failureAfter = failureAfter;
        options.element.identifier = PeIdentifier{0x0b000001};
        options.element.local = {{oursA}, 0};
        options.element.registrars = {.announces = false, .loopbackOnly = false, .fixed = {registrar}};
        options.element.profile = rsplibProfile();
        auto element = FractalElement::start(dispatcher(), transport(), log(), options);
        const bool registered =
            element && until([&] { return (*element)->node().status().state == ElementState::Registered; });
        return registered ? std::move(*element) : nullptr;
    }
    std::vector<std::uint32_t> compute(const TransportAddress& registrar, const wire::FractalParameter& image,
                                       const FractalPoolUser::Config& config) {
        const auto user = ourUser(registrar);
        UserNodeSessions sessions{*user};
        FractalPoolUser engine{dispatcher(), sessions, log(), config};
        engine.start(image);
        if (!until([&] { return engine.progress().state == ImageState::Complete; }, 100s)) {
            qInfo("%u of %u tiles are done", engine.progress().tilesDone, engine.progress().tilesTotal);
        }
        m_progress = engine.progress();
        return engine.counts();
    }

    ImageProgress m_progress;
};

KOLAM_GUEST_MAIN(TestFractalRsplib)
#include "test_fractal_rsplib.moc"
