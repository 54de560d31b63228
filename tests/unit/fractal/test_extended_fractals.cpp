// SPDX-License-Identifier: GPL-3.0-or-later
// Extended fractals end to end: asked only of elements that have announced them, one image of one kind, whatever dies.
#include "core/wire/codec.h"
#include "tests/unit/fractal/fractal_world.h"
#include "tests/unit/fractal/smooth_views.h"

#include <QtTest>

using namespace kolam;
using namespace kolam::fractal;
using namespace kolam::fractal::testing;
using wire::FractalAlgorithm;

namespace {

/// The image as it should be, from what the engine has.
bool isUndisturbed(const FractalPoolUser& engine, const wire::FractalParameter& image) {
    const auto expected = computeSmoothReference(image, engine.config().tileSide);
    if (engine.counts().size() != expected.size() || engine.fractions().size() != expected.size()) {
        return false;
    }
    for (std::size_t i = 0; i < expected.size(); ++i) {
        if ((std::uint64_t{engine.counts()[i]} << 32U | engine.fractions()[i]) != expected[i]) {
            return false;
        }
    }
    return true;
}

std::uint64_t abortedSessions(const FractalWorld& world) {
    std::uint64_t aborted = 0;
    for (const auto& element : world.elements) {
        aborted += element->alive() ? element->element->service().statistics().aborted : 0;
    }
    return aborted;
}

std::uint64_t connects(const FractalWorld& world) {
    std::uint64_t sessions = 0;
    for (const auto& element : world.elements) {
        sessions += element->element->service().statistics().sessions;
    }
    return sessions;
}

} // namespace

class TestExtendedFractals : public QObject {
    Q_OBJECT
private slots:
    void givenPoolOfOurs_whenEveryFractalIsComputed_thenItEqualsTheOneComputedAtHome() {
        FractalWorld world{31};
        world.addPool(3);
        FractalPoolUser& engine = world.engine();
        for (const FractalAlgorithm algorithm : algorithms) {
            const wire::FractalParameter image = viewOf(algorithm);
            QVERIFY(engine.start(image) != ImageId::None);
            QVERIFY(world.dispatcher.runUntilTrue([&] { return world.complete(); }, 60s));
            QVERIFY(isUndisturbed(engine, image));
            QVERIFY(!world.last.progress.compatible);
            QCOMPARE(world.window, engine.counts());
            QCOMPARE(world.windowFractions, engine.fractions());
        }
        QCOMPARE(abortedSessions(world), std::uint64_t{0});
    }

    void givenElementsThatDie_whenPeopleZoomAndMoveAndRenderMeanwhile_thenTwoHundredImagesEqualTheUndisturbedOnes() {
        std::uint64_t failovers = 0;
        std::uint64_t kills = 0;
        std::uint64_t askedTwice = 0;
        for (std::uint64_t seed = 1; seed <= 200; ++seed) {
            FractalWorld world{seed};
            Random chance{seed * 104729};
            world.network.setLink({.latency = 100us, .jitter = 400us, .loss = chance.chance(0.3) ? 0.02 : 0.0});
            world.perPoint = 400us; // long enough to be hit
            std::uint8_t hosts = 3;
            world.addPool(hosts);
            wire::FractalParameter image = viewOf(algorithms[seed % algorithms.size()]);
            FractalPoolUser& engine = world.engine({.sessions = static_cast<std::uint32_t>(1 + chance.below(10))});
            engine.start(image, CoarsePass{chance.chance(0.5)});
            for (std::uint64_t disturbances = 1 + chance.below(5); disturbances > 0; --disturbances) {
                world.dispatcher.runFor(1ms * static_cast<std::int64_t>(20 + chance.below(150)));
                if (const auto living = world.alive(); !living.empty()) {
                    (*std::ranges::max_element(living, {}, [](const FractalWorld::Element* element) {
                        return element->element->service().sessions();
                    }))->kill(chance.chance(0.8) ? transport::Death::Noticed : transport::Death::Silent);
                    ++kills;
                }
                if (const auto living = world.alive(); !living.empty() && chance.chance(0.15)) {
                    living[chance.below(living.size())]->process->freeze();
                }
                world.perPoint = chance.chance(0.3) ? 6ms : 400us; // some are slow
                world.addElement(++hosts);
                world.dispatcher.runFor(1ms * static_cast<std::int64_t>(chance.below(60)));
                const std::uint64_t until = engine.progress().failovers;
                switch (chance.below(4)) {
                case 0: // zooms in
                    image.c2Real = image.c1Real + (image.c2Real - image.c1Real) * 0.75;
                    image.c2Imag = image.c1Imag + (image.c2Imag - image.c1Imag) * 0.75;
                    engine.start(image, CoarsePass::Yes);
                    break;
                case 1: { // moves
                    const double way = (image.c2Real - image.c1Real) * 0.1;
                    image.c1Real += way;
                    image.c2Real += way;
                    engine.start(image);
                    break;
                }
                case 2: // renders: one strip of a larger one
                    image.width = static_cast<std::uint32_t>(60 + chance.below(150));
                    image.height = static_cast<std::uint32_t>(20 + chance.below(100));
                    engine.start(image);
                    break;
                default: continue; // waits
                }
                failovers += until;
            }
            QVERIFY2(world.dispatcher.runUntilTrue([&] { return world.complete(); }, 120s),
                     qPrintable(QString::number(seed)));
            QVERIFY2(isUndisturbed(engine, image), qPrintable(QString::number(seed)));
            QVERIFY2(world.window == engine.counts() && world.windowFractions == engine.fractions(),
                     qPrintable(QString::number(seed)));
            QVERIFY2(world.coarse.empty() || world.coarseIsPartOf(computeReference(*coarseOf(image), coarseTileSide)),
                     qPrintable(QString::number(seed)));
            QVERIFY(!world.last.progress.compatible);
            QCOMPARE(world.last.progress.redonePoints, std::uint64_t{0}); // the user says where to go on
            failovers += world.last.progress.failovers;
            askedTwice += world.last.progress.tilesAskedTwice;
        }
        qInfo("200 of 200 images equal (seeds 1 to 200): %llu kills, %llu failovers, %llu tiles asked twice",
              static_cast<unsigned long long>(kills), static_cast<unsigned long long>(failovers),
              static_cast<unsigned long long>(askedTwice));
        QVERIFY(askedTwice > 100);
        QVERIFY(failovers > 100);
    }

    void givenMixedPools_whenImagesAreComputed_thenOnlyElementsThatKnowThemAreAsked() {
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            FractalWorld world{seed};
            world.service.classic = true;
            world.addPool(2);
            world.service.classic = false;
            world.addElement(3);
            world.dispatcher.runFor(1s);
            const wire::FractalParameter image = viewOf(algorithms[seed % algorithms.size()]);
            FractalPoolUser& engine = world.engine({.sessions = static_cast<std::uint32_t>(1 + seed % 6)});
            engine.start(image);
            QVERIFY2(world.dispatcher.runUntilTrue([&] { return world.complete(); }, 120s),
                     qPrintable(QString::number(seed)));
            QVERIFY(!world.last.progress.compatible);
            QVERIFY(isUndisturbed(engine, image));
            QCOMPARE(abortedSessions(world), std::uint64_t{0}); // what an old element gets and does not know
            QCOMPARE(world.elements[0]->element->service().statistics().points, std::uint64_t{0});
            QCOMPARE(world.elements[1]->element->service().statistics().points, std::uint64_t{0});
        }
    }

    void givenPoolOfOthers_whenAFractalTheyKnowIsAsked_thenTheWholeImageComesAsTheyKnowIt() {
        FractalWorld world{41};
        world.service.classic = true;
        world.addPool(2);
        FractalPoolUser& engine = world.engine();
        for (const FractalAlgorithm algorithm : {FractalAlgorithm::SmoothMandelbrot, FractalAlgorithm::Multibrot}) {
            const wire::FractalParameter image = viewOf(algorithm);
            engine.start(image);
            QVERIFY(world.dispatcher.runUntilTrue([&] { return world.complete(); }, 60s));
            QVERIFY(world.last.progress.compatible);
            QCOMPARE(world.last.parameter, image); // what the window asked for, its view included
            QVERIFY(!wire::isExtended(world.last.computed.algorithm));
            QVERIFY(engine.fractions().empty());
            QCOMPARE(countDifferences(engine.counts(), computeReference(world.last.computed)), std::size_t{0});
            // It is the same part of the same set: whoever does not escape there, does not escape here.
            const auto smooth = computeReference(image);
            std::size_t insideBoth = 0;
            for (std::size_t i = 0; i < smooth.size(); ++i) {
                insideBoth += smooth[i] == image.maxIterations && engine.counts()[i] == image.maxIterations;
            }
            QVERIFY(insideBoth > 1000);
        }
        QCOMPARE(abortedSessions(world), std::uint64_t{0});
        QCOMPARE(world.last.progress.failovers, std::uint64_t{0}); // nobody was lost
        QVERIFY(world.last.sessions.size() <= engine.config().sessions);
        // One of the sessions has looked around, not all of them all the time.
        QVERIFY(connects(world) < 100);
    }

    void givenPoolOfOthers_whenNobodyComesWhoKnowsTheFractal_thenLittleIsTried() {
        FractalWorld world{46};
        world.service.classic = true;
        world.addPool(3);
        world.engine({.sessions = 30}).start(viewOf(FractalAlgorithm::Newton));
        world.dispatcher.runFor(2s);
        const std::uint64_t before = connects(world);
        world.dispatcher.runFor(10s);
        QVERIFY2(connects(world) - before < 250, qPrintable(QString::number(connects(world) - before)));
        QVERIFY(world.last.sessions.size() <= 30);
    }

    void givenPoolOfOthers_whenAFractalTheyDoNotKnowIsAsked_thenThatIsSaidUntilSomebodyComesWhoKnowsIt() {
        FractalWorld world{42};
        world.service.classic = true;
        world.addPool(2);
        FractalPoolUser& engine = world.engine();
        const wire::FractalParameter image = viewOf(FractalAlgorithm::Julia);
        engine.start(image);
        world.dispatcher.runFor(5s);
        QVERIFY(world.last.progress.nobodyKnowsIt);
        QCOMPARE(world.last.progress.points, std::uint64_t{0});
        world.service.classic = false;
        world.addElement(3);
        QVERIFY(world.dispatcher.runUntilTrue([&] { return world.complete(); }, 60s));
        QVERIFY(!world.last.progress.nobodyKnowsIt);
        QVERIFY(isUndisturbed(engine, image));
        QCOMPARE(abortedSessions(world), std::uint64_t{0});
    }

    void givenTheOnlyElementThatKnowsItDies_whenOthersAreLeft_thenTheImageIsBegunAgainAsAWhole() {
        FractalWorld world{43};
        world.service.classic = true;
        world.addPool(2);
        world.service.classic = false;
        FractalWorld::Element& ours = world.addElement(3);
        world.dispatcher.runFor(1s);
        FractalPoolUser& engine = world.engine({.sessions = 2});
        wire::FractalParameter image = viewOf(FractalAlgorithm::SmoothMandelbrot);
        image.width *= 3;
        image.height *= 3;
        engine.start(image);
        QVERIFY(world.dispatcher.runUntilTrue([&] { return world.last.progress.points > 20'000; }, 60s));
        QVERIFY(!world.last.progress.compatible);
        ours.kill();
        QVERIFY(world.dispatcher.runUntilTrue([&] { return world.complete(); }, 60s));
        QVERIFY(world.last.progress.compatible);
        QCOMPARE(countDifferences(engine.counts(), computeReference(world.last.computed)), std::size_t{0});
        QCOMPARE(countDifferences(world.window, engine.counts()), std::size_t{0});
        QVERIFY(world.windowFractions.empty());
        // The next one is not asked of the dead one first; but one who comes is noticed.
        engine.start(image);
        QVERIFY(world.last.progress.compatible);
        world.addElement(4);
        QVERIFY(world.dispatcher.runUntilTrue([&] { return world.complete(); }, 60s));
        world.dispatcher.runFor(1s);
        for (int tries = 0; tries < 5 && world.last.progress.compatible; ++tries) {
            engine.start(image);
            QVERIFY(world.dispatcher.runUntilTrue([&] { return world.complete(); }, 60s));
        }
        QVERIFY(!world.last.progress.compatible);
        QVERIFY(isUndisturbed(engine, image));
    }

    void givenServiceThatEndsSessionsByItself_whenAnImageIsComputed_thenTheUserSaysWhereToGoOn() {
        FractalWorld world{44};
        world.service.failureAfter = 6;
        world.addPool(2);
        FractalPoolUser& engine = world.engine({.sessions = 2, .tileSide = 160});
        const wire::FractalParameter image = viewOf(FractalAlgorithm::BurningShip);
        engine.start(image);
        QVERIFY(world.dispatcher.runUntilTrue([&] { return world.complete(); }, 300s));
        QVERIFY(world.last.progress.failovers > 5);
        QCOMPARE(world.last.progress.redonePoints, std::uint64_t{0});
        QVERIFY(isUndisturbed(engine, image));
        QVERIFY(std::ranges::any_of(world.failovers, &FailoverEvent::resumed));
    }

    void givenSenselessImages_whenStarted_thenNothingBegins() {
        FractalWorld world{45};
        FractalPoolUser& engine = world.engine();
        wire::FractalParameter image = viewOf(FractalAlgorithm::Multibrot);
        image.n = 2.5;
        QCOMPARE(engine.start(image), ImageId::None);
        image.n = 3;
        image.algorithm = FractalAlgorithm{0x4b0000ff};
        QCOMPARE(engine.start(image), ImageId::None);
        image.algorithm = FractalAlgorithm::Julia;
        image.kReal = HUGE_VAL;
        QCOMPARE(engine.start(image), ImageId::None);
    }
};

QTEST_APPLESS_MAIN(TestExtendedFractals)
#include "test_extended_fractals.moc"
