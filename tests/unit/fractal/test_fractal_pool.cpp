// SPDX-License-Identifier: GPL-3.0-or-later
// Whole images, computed by pools that die, freeze, and come back, in the simulated network.
#include "demos/users/fractal/hedging.h"
#include "tests/unit/fractal/fractal_world.h"

#include <QtTest>
#include <algorithm>

using namespace kolam;
using namespace kolam::fractal;
using namespace kolam::fractal::testing;

namespace {

constexpr wire::FractalParameter view{
    .width = 317, .height = 211, .maxIterations = 300, .c1Real = -0.5, .c1Imag = 1.2, .c2Real = 2.1, .c2Imag = -1.2};

/// The element that has most sessions: the one whose death hurts.
FractalWorld::Element* busiest(const FractalWorld& world) {
    const auto living = world.alive();
    const auto found = std::ranges::max_element(
        living, {}, [](const FractalWorld::Element* element) { return element->element->service().sessions(); });
    return found == living.end() ? nullptr : *found;
}

} // namespace

class TestFractalPool : public QObject {
    Q_OBJECT
private slots:
    void givenPool_whenAnImageIsComputed_thenItEqualsTheOneComputedAtHome() {
        FractalWorld world{1};
        world.addPool(3);
        FractalPoolUser& engine = world.engine();
        const ImageId image = engine.start(view);
        QVERIFY(image != ImageId::None);
        QVERIFY(world.dispatcher.runUntilTrue([&] { return world.complete(); }, 60s));
        const auto reference = computeReference(view);
        QCOMPARE(countDifferences(engine.counts(), reference), std::size_t{0});
        QCOMPARE(countDifferences(world.window, reference), std::size_t{0});
        QVERIFY(world.updatesAreInOrder);
        const ImageProgress& progress = world.last.progress;
        QCOMPARE(progress.points, std::uint64_t{317 * 211});
        QCOMPARE(progress.tilesDone, progress.tilesTotal);
        QCOMPARE(progress.redonePoints, std::uint64_t{0});
        QCOMPARE(progress.failovers, std::uint64_t{0});
        std::uint64_t points = 0;
        for (const ElementUse& element : world.last.elements) {
            points += element.points;
            QVERIFY(element.points > 0 || element.identifier == PeIdentifier{});
        }
        QCOMPARE(points, progress.points);
        QCOMPARE(world.last.elements.size(), std::size_t{4}); // three, and "none"
        world.dispatcher.runFor(1s);
        for (const auto& element : world.elements) {
            QCOMPARE(element->element->service().sessions(), std::size_t{0}); // nobody keeps a slot
        }
    }

    void givenRandomKillsAndRestarts_whenAHundredImagesAreComputed_thenAllEqualTheUndisturbedOne() {
        const auto reference = computeReference(view);
        const auto coarseReference = computeReference(*coarseOf(view), coarseTileSide);
        int equal = 0;
        std::uint64_t failovers = 0;
        std::uint64_t kills = 0;
        std::uint64_t redone = 0;
        std::uint64_t askedTwice = 0;
        std::string seeds;
        for (std::uint64_t seed = 1; seed <= 100; ++seed) {
            FractalWorld world{seed};
            Random chance{seed * 7919};
            world.network.setLink({.latency = 100us, .jitter = 400us, .loss = chance.chance(0.3) ? 0.02 : 0.0});
            std::uint8_t hosts = 3;
            world.addPool(hosts);
            FractalPoolUser& engine = world.engine({.sessions = static_cast<std::uint32_t>(1 + chance.below(12)),
                                                    .tileSide = static_cast<std::uint32_t>(30 + chance.below(80))});
            engine.start(view, CoarsePass{chance.chance(0.5)});
            const std::uint32_t side = engine.config().tileSide;
            // Deaths and births at random times; at the end there is somebody left to finish it.
            for (std::uint64_t disturbances = 2 + chance.below(6); disturbances > 0; --disturbances) {
                world.dispatcher.runFor(1ms * static_cast<std::int64_t>(20 + chance.below(300)));
                if (const auto living = world.alive(); living.size() > 1 || chance.chance(0.3)) {
                    if (!living.empty()) {
                        (chance.chance(0.7) ? busiest(world) : living[chance.below(living.size())])
                            ->kill(chance.chance(0.8) ? transport::Death::Noticed : transport::Death::Silent);
                        ++kills;
                    }
                }
                if (chance.chance(0.5)) {
                    world.perPoint = chance.chance(0.3) ? 2ms : 100us; // some are slow
                    world.addElement(++hosts);
                }
                if (const auto living = world.alive(); living.size() > 1 && chance.chance(0.2)) {
                    living[chance.below(living.size())]->process->freeze();
                }
                if (chance.chance(0.1)) {
                    world.registrar.node.reset();
                    world.registrar.process->kill();
                    world.dispatcher.runFor(300ms);
                    world.addRegistrar();
                }
            }
            world.perPoint = 100us;
            world.addElement(++hosts);
            const bool complete = world.dispatcher.runUntilTrue([&] { return world.complete(); }, 120s);
            const bool same =
                complete &&
                countDifferences(engine.counts(),
                                 side == TileGrid::defaultSide ? reference : computeReference(view, side)) == 0 &&
                engine.counts() == world.window && world.updatesAreInOrder && world.coarseIsPartOf(coarseReference);
            equal += same;
            failovers += world.last.progress.failovers;
            redone += world.last.progress.redonePoints;
            askedTwice += world.last.progress.tilesAskedTwice;
            if (!same) {
                seeds += " " + std::to_string(seed) + (complete ? " (differs)" : " (not complete)");
            }
        }
        qInfo("%d of 100 images equal the undisturbed one (seeds 1 to 100): %llu kills, %llu failovers, %llu points "
              "computed again, %llu tiles asked twice; others:%s",
              equal, static_cast<unsigned long long>(kills), static_cast<unsigned long long>(failovers),
              static_cast<unsigned long long>(redone), static_cast<unsigned long long>(askedTwice),
              seeds.empty() ? " none" : seeds.c_str());
        QCOMPARE(equal, 100);
        QVERIFY(failovers > 100);
    }

    void givenKilledElement_whenSessionsFailOver_thenTheWindowIsToldEverything() {
        FractalWorld world{5};
        world.addPool(2);
        world.engine({.sessions = 4}).start(view);
        QVERIFY(world.dispatcher.runUntilTrue([&] { return world.last.progress.points > 20'000; }, 60s));
        FractalWorld::Element* victim = busiest(world);
        const PeIdentifier killed = victim->element->node().identifier();
        const auto sessions = victim->element->service().sessions();
        QVERIFY(sessions > 0);
        victim->kill();
        QVERIFY(world.dispatcher.runUntilTrue([&] { return world.complete(); }, 120s));
        std::uint64_t begun = 0;
        std::uint64_t ended = 0;
        for (const FailoverEvent& event : world.failovers) {
            QCOMPARE(event.failed, killed);
            QCOMPARE(event.cause, FailoverCause::AssociationLost);
            begun += event.phase == FailoverEvent::Phase::Begin;
            if (event.phase == FailoverEvent::Phase::End) {
                ++ended;
                QVERIFY(event.next != killed);
                QVERIFY(event.took > 0ms && event.took < 200ms);
            }
        }
        QCOMPARE(begun, std::uint64_t{sessions});
        QCOMPARE(ended, begun);
        QCOMPARE(world.last.progress.failovers, begun);
        QCOMPARE(world.last.progress.failoverTimes.count, ended);
        const auto lost = std::ranges::find(world.last.elements, killed, &ElementUse::identifier);
        QVERIFY(lost != world.last.elements.end());
        QVERIFY(lost->lost.has_value());
        QCOMPARE(lost->failedAway, begun);
        QCOMPARE(countDifferences(world.window, computeReference(view)), std::size_t{0});
    }

    void givenFrozenElement_whenTheSessionKeepAliveNotices_thenTheImageCompletes() {
        FractalWorld world{6};
        world.addPool(2);
        world.engine({.sessions = 4}).start(view);
        QVERIFY(world.dispatcher.runUntilTrue([&] { return world.last.progress.points > 20'000; }, 60s));
        FractalWorld::Element* victim = busiest(world);
        victim->process->freeze();
        QVERIFY(world.dispatcher.runUntilTrue([&] { return world.complete(); }, 120s));
        QVERIFY(!world.failovers.empty());
        QCOMPARE(world.failovers.front().cause, FailoverCause::KeepAliveTimeout);
        QCOMPARE(countDifferences(world.window, computeReference(view)), std::size_t{0});
    }

    void givenSlowElement_whenItsLastTilesAreAskedOfOthers_thenTheImageIsCompleteMuchEarlier() {
        const auto reference = computeReference(view);
        const auto completed = [&](bool asksTwice) {
            FractalWorld world{21};
            world.perPoint = 3ms; // thirty times as slow as the others
            world.addElement(9);
            world.perPoint = 100us;
            world.addPool(3);
            world.engine({.asksTwice = asksTwice}).start(view);
            world.dispatcher.runUntilTrue([&] { return world.complete(); }, 120s);
            const ImageProgress& progress = world.last.progress;
            const bool right = world.complete() && countDifferences(world.window, reference) == 0 &&
                               world.engine().counts() == world.window && world.updatesAreInOrder;
            const bool counted = (progress.tilesAskedTwice > 0) == asksTwice && progress.redonePoints == 0;
            std::uint64_t points = 0;
            for (const ElementUse& element : world.last.elements) {
                points += element.points; // an answer that came second is nobody's
            }
            return right && counted && points == progress.points ? progress.updated - progress.started
                                                                 : Duration::max();
        };
        const Duration once = completed(false);
        const Duration twice = completed(true);
        const auto seconds = [](Duration time) { return std::chrono::duration<double>(time).count(); };
        qInfo("complete after %.2f s; when nobody is asked twice after %.2f s", seconds(twice), seconds(once));
        QVERIFY(once < 120s);
        QVERIFY(twice < once / 2);
    }

    void givenNothingToShowMeanwhile_whenAnImageIsStarted_thenACoarseOneComesFirst() {
        const wire::FractalParameter coarse = *coarseOf(view);
        QCOMPARE(coarse.width, 39U);
        QCOMPARE(coarse.height, 26U);
        const auto expected = computeReference(coarse, coarseTileSide);
        FractalWorld world{22};
        world.addPool(3);
        FractalPoolUser& engine = world.engine();
        engine.start(view, CoarsePass::Yes);
        QVERIFY(world.dispatcher.runUntilTrue(
            [&] { return std::ranges::count(world.coarse, FractalPoolUser::noCount) == 0; }, 60s));
        QVERIFY(world.last.progress.points < world.last.progress.pointsTotal / 10); // long before the image itself
        QCOMPARE(countDifferences(world.coarse, expected), std::size_t{0});
        QVERIFY(world.dispatcher.runUntilTrue([&] { return world.complete(); }, 60s));
        QCOMPARE(world.last.progress.points, std::uint64_t{317 * 211}); // of the image alone
        QCOMPARE(countDifferences(world.window, computeReference(view)), std::size_t{0});
        engine.start(view);
        QCOMPARE(world.last.coarse.width, 0U);
        QVERIFY(world.dispatcher.runUntilTrue([&] { return world.complete(); }, 60s));
        wire::FractalParameter small = view;
        small.width = 80;
        QVERIFY(!coarseOf(small).has_value());
    }

    void givenTilesInWork_whenChoosingOneToAskTwice_thenItIsTheOneThatWouldBeWaitedForLongest() {
        const Duration usual = 1s;
        const TileInWork quick{.tile = 1, .element = 1, .elapsed = 900ms, .come = 0, .missing = 100};
        const TileInWork nearlyDone{.tile = 2, .element = 1, .elapsed = 5s, .come = 90, .missing = 10};
        const TileInWork slow{.tile = 3, .element = 2, .elapsed = 5s, .come = 50, .missing = 50};
        const TileInWork slower{.tile = 4, .element = 3, .elapsed = 5s, .come = 10, .missing = 90};
        const TileInWork silent{.tile = 5, .element = 4, .elapsed = 2s, .come = 0, .missing = 100};
        QCOMPARE(worthAskingTwice({}, 1, usual), std::nullopt);
        QCOMPARE(worthAskingTwice({quick, nearlyDone}, 5, usual), std::nullopt);
        QCOMPARE(worthAskingTwice({quick, nearlyDone, slow, slower}, 5, usual), std::optional{4U});
        QCOMPARE(worthAskingTwice({silent, slower, slow}, 5, usual), std::optional{5U});
        QCOMPARE(worthAskingTwice({slow, slower}, 3, usual), std::optional{3U});         // not of its own element
        QCOMPARE(worthAskingTwice({slow, slower, slower}, 5, usual), std::optional{3U}); // nor a third time
        QCOMPARE(worthAskingTwice({silent, slower}, 5, 100s), std::nullopt);
        TileTimes times;
        QCOMPARE(times.usual(), std::nullopt);
        for (const Duration time : {3s, 1s, 2s}) {
            times.add(time);
        }
        QCOMPARE(times.usual(), std::optional<Duration>{2s});
    }

    void givenServiceThatEndsSessionsByItself_whenAnImageIsComputed_thenCookiesCarryItOn() {
        FractalWorld world{7};
        world.service.failureAfter = 6;
        world.addPool(2);
        world.engine({.sessions = 2, .tileSide = 160}).start(view);
        QVERIFY(world.dispatcher.runUntilTrue([&] { return world.complete(); }, 300s));
        QVERIFY(world.last.progress.failovers > 5);
        QCOMPARE(world.last.progress.redonePoints, std::uint64_t{0}); // its last cookie says exactly where it was
        QCOMPARE(countDifferences(world.window, computeReference(view, 160)), std::size_t{0});
    }

    void givenMoreSessionsThanSlots_whenAnImageIsComputed_thenTheyWaitWithAReasonAndItCompletes() {
        FractalWorld world{8};
        world.service.capacity = 2;
        world.addPool(2);
        world.engine({.sessions = 12}).start(view);
        world.dispatcher.runFor(1s);
        QVERIFY(!world.complete());
        QCOMPARE(world.last.progress.waitReason, WaitReason::Refused);
        QVERIFY(world.last.progress.sessionsWaiting >= 6);
        QVERIFY(world.last.progress.retryAt != TimePoint{});
        QVERIFY(world.dispatcher.runUntilTrue([&] { return world.complete(); }, 120s));
        QCOMPARE(world.last.progress.failovers, std::uint64_t{0});
        QCOMPARE(countDifferences(world.window, computeReference(view)), std::size_t{0});
    }

    void givenNoElement_whenAnImageIsStarted_thenTheReasonIsToldAndALateElementComputesIt() {
        FractalWorld world{9};
        world.engine().start(view);
        world.dispatcher.runFor(3s);
        QCOMPARE(world.last.progress.waitReason, WaitReason::NoElement);
        QCOMPARE(world.last.progress.points, std::uint64_t{0});
        world.addElement(1);
        QVERIFY(world.dispatcher.runUntilTrue([&] { return world.complete(); }, 60s));
        QCOMPARE(countDifferences(world.window, computeReference(view)), std::size_t{0});
    }

    void givenAllElementsGone_whenTheyComeBack_thenTheImageCompletes() {
        FractalWorld world{10};
        world.addPool(1);
        world.engine({.sessions = 3}).start(view);
        QVERIFY(world.dispatcher.runUntilTrue([&] { return world.last.progress.points > 20'000; }, 60s));
        world.elements.front()->kill();
        world.dispatcher.runFor(3s);
        QVERIFY(std::ranges::any_of(world.last.sessions, [](const SessionView& session) {
            return session.state == SessionState::Waiting && session.tile.has_value();
        }));
        world.addElement(2);
        QVERIFY(world.dispatcher.runUntilTrue([&] { return world.complete(); }, 60s));
        QCOMPARE(countDifferences(world.window, computeReference(view)), std::size_t{0});
    }

    void givenRunningImage_whenCancelledOrReplaced_thenSessionsEndAndTheNextImageIsRight() {
        FractalWorld world{11};
        world.addPool(1);
        FractalPoolUser& engine = world.engine();
        const ImageId first = engine.start(view);
        world.dispatcher.runFor(200ms);
        engine.cancel();
        world.dispatcher.runFor(50ms);
        QCOMPARE(world.last.progress.state, ImageState::Cancelled);
        QCOMPARE(world.elements.front()->element->service().sessions(), std::size_t{0});
        engine.start(view);
        world.dispatcher.runFor(200ms);
        wire::FractalParameter other = view;
        other.width = 100;
        const ImageId third = engine.start(other);
        QVERIFY(std::to_underlying(third) == std::to_underlying(first) + 2);
        QVERIFY(world.dispatcher.runUntilTrue([&] { return world.complete(); }, 60s));
        QCOMPARE(countDifferences(world.window, computeReference(other)), std::size_t{0});
        engine.start(view);
        world.dispatcher.runFor(100ms);
        world.removeEngine();
        world.dispatcher.runFor(50ms);
        QCOMPARE(world.elements.front()->element->service().sessions(), std::size_t{0});
    }

    void givenRunningImage_whenTheNumberOfSessionsChanges_thenItTakesEffectAtOnce() {
        FractalWorld world{12};
        world.service.capacity = 64;
        world.addPool(1);
        FractalPoolUser& engine = world.engine({.sessions = 2, .tileSide = 40});
        engine.start(view);
        world.dispatcher.runFor(200ms);
        QCOMPARE(world.elements.front()->element->service().sessions(), std::size_t{2});
        engine.setSessions(10);
        world.dispatcher.runFor(300ms);
        QCOMPARE(world.elements.front()->element->service().sessions(), std::size_t{10});
        engine.setSessions(1);
        world.dispatcher.runFor(100ms);
        QCOMPARE(world.elements.front()->element->service().sessions(), std::size_t{1});
        QVERIFY(world.dispatcher.runUntilTrue([&] { return world.complete(); }, 60s));
        QCOMPARE(countDifferences(world.window, computeReference(view, 40)), std::size_t{0});
    }

    void givenBusyImage_whenTold_thenAtMostThirtyBatchesASecondCome() {
        FractalWorld world{13};
        world.addPool(1);
        world.engine().start(view);
        world.dispatcher.runFor(200ms);
        const std::uint64_t before = world.updates;
        world.dispatcher.runFor(500ms);
        QVERIFY(!world.complete());
        QVERIFY(world.updates - before <= 16);
        QVERIFY(world.updates - before >= 5);
    }

    void givenImpossibleImages_whenStarted_thenNothingBegins() {
        FractalWorld world{14};
        FractalPoolUser& engine = world.engine();
        wire::FractalParameter none = view;
        none.width = 0;
        QCOMPARE(engine.start(none), ImageId::None);
        none = view;
        none.height = wire::FractalParameter::maxSide + 1;
        QCOMPARE(engine.start(none), ImageId::None);
        none = view;
        none.maxIterations = 0;
        QCOMPARE(engine.start(none), ImageId::None);
        QCOMPARE(engine.progress().state, ImageState::Idle);
    }
};

QTEST_APPLESS_MAIN(TestFractalPool)
#include "test_fractal_pool.moc"
