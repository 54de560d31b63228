// SPDX-License-Identifier: GPL-3.0-or-later
// Virtual time, and a process's view of it that can be frozen and killed.
#include "core/dispatch/pausable_dispatcher.h"
#include "core/dispatch/virtual_dispatcher.h"

#include <QtTest>
#include <string>
#include <vector>

using namespace kolam;
using namespace std::chrono_literals;

class TestDispatchVirtual : public QObject {
    Q_OBJECT
private slots:
    void givenTimers_whenRun_thenTimeJumpsFromOneToTheNext() {
        VirtualDispatcher dispatcher{1};
        std::vector<Duration> seen;
        for (const Duration delay : {3h, 1h, 2h}) {
            dispatcher.callIn(delay, [&] { seen.push_back(dispatcher.now().time_since_epoch()); });
        }
        QVERIFY(dispatcher.step());
        QCOMPARE(dispatcher.now(), TimePoint{1h});
        dispatcher.runUntil(TimePoint{2h});
        QCOMPARE(seen, (std::vector<Duration>{1h, 2h}));
        dispatcher.runFor(30min);
        QCOMPARE(dispatcher.now(), TimePoint{2h + 30min});
        dispatcher.runUntil(TimePoint{1h}); // never backwards
        QCOMPARE(dispatcher.now(), TimePoint{2h + 30min});
        QVERIFY(dispatcher.step());
        QVERIFY(!dispatcher.step());
        QVERIFY(dispatcher.idle());
        QCOMPARE(dispatcher.steps(), std::uint64_t{3});
    }
    void givenEqualAndPastTimes_whenRun_thenTheOrderOfArmingCounts() {
        VirtualDispatcher dispatcher{1};
        dispatcher.runUntil(TimePoint{10s});
        std::string order;
        dispatcher.callAt(TimePoint{10s}, [&] { order += 'a'; });
        dispatcher.callAt(TimePoint{1s}, [&] { order += 'b'; }); // in the past: now
        dispatcher.post([&] {
            order += 'c';
            dispatcher.post([&] { order += 'e'; });
        });
        dispatcher.callIn(Duration{}, [&] { order += 'd'; });
        dispatcher.runFor(Duration{});
        QCOMPARE(order, std::string("abcde"));
        QCOMPARE(dispatcher.now(), TimePoint{10s});
    }
    void givenCondition_whenRunUntilTrue_thenItStopsThereOrAtTheLimit() {
        VirtualDispatcher dispatcher{1};
        int count = 0;
        std::function<void()> tick = [&] {
            ++count;
            dispatcher.callIn(1s, [&] { tick(); });
        };
        tick();
        QVERIFY(dispatcher.runUntilTrue([&] { return count == 5; }, 1min));
        QCOMPARE(dispatcher.now(), TimePoint{4s});
        QVERIFY(!dispatcher.runUntilTrue([&] { return count == 1000; }, 10s));
        QCOMPARE(dispatcher.now(), TimePoint{14s});
    }
    void givenTimerThatCancelsTheNext_whenRun_thenTheNextIsSilent() {
        VirtualDispatcher dispatcher{1};
        bool fired = false;
        const TimerId second = dispatcher.callAt(TimePoint{2s}, [&] { fired = true; });
        dispatcher.callAt(TimePoint{1s}, [&] { dispatcher.cancel(second); });
        dispatcher.runUntil(TimePoint{1min});
        QVERIFY(!fired);
    }
    void givenSameSeed_whenTwoLivesAreLived_thenTheyAreEqual() {
        const auto live = [](std::uint64_t seed) {
            VirtualDispatcher dispatcher{seed};
            std::vector<std::int64_t> diary;
            std::function<void()> act = [&] {
                diary.push_back(dispatcher.now().time_since_epoch().count());
                const auto delay = Duration{dispatcher.random().below(1'000'000)};
                const TimerId id = dispatcher.callIn(delay, [&] { act(); });
                if (dispatcher.random().chance(0.3)) {
                    dispatcher.cancel(id);
                    dispatcher.callIn(delay * 2, [&] { act(); });
                }
            };
            act();
            act();
            dispatcher.runUntil(TimePoint{1s});
            return diary;
        };
        const auto one = live(7);
        QVERIFY(one.size() > 1000);
        QCOMPARE(live(7), one);
        QVERIFY(live(8) != one);
    }
    void givenFrozenProcess_whenThawed_thenWhatWasDueRunsInOrder() {
        VirtualDispatcher world{1};
        PausableDispatcher process{world, 2};
        PausableDispatcher other{world, 3};
        std::string order;
        process.callAt(TimePoint{1s}, [&] { order += 'a'; });
        process.callAt(TimePoint{3s}, [&] { order += 'c'; });
        process.callAt(TimePoint{2s}, [&] { order += 'b'; });
        process.callAt(TimePoint{9s}, [&] { order += 'd'; });
        other.callAt(TimePoint{2s}, [&] { order += 'o'; });
        world.runUntil(TimePoint{1s});
        process.freeze();
        QVERIFY(process.frozen());
        world.runUntil(TimePoint{5s});
        QCOMPARE(order, std::string("ao"));
        process.post([&] { order += 'p'; });
        world.runUntil(TimePoint{6s});
        process.thaw();
        QCOMPARE(order, std::string("ao"));
        world.runUntil(TimePoint{8s});
        QCOMPARE(order, std::string("aobcp"));
        world.runUntil(TimePoint{10s});
        QCOMPARE(order, std::string("aobcpd"));
    }
    void givenProcessThatFreezesItself_whenMoreIsDue_thenItWaits() {
        VirtualDispatcher world{1};
        PausableDispatcher process{world, 2};
        std::string order;
        process.post([&] {
            order += 'a';
            process.freeze();
        });
        process.post([&] { order += 'b'; });
        world.runFor(1s);
        QCOMPARE(order, std::string("a"));
        process.thaw();
        world.runFor(1s);
        QCOMPARE(order, std::string("ab"));
    }
    void givenFastAndSlowClocks_whenTimersAreArmed_thenTheyRingByTheirOwnClock() {
        for (const int rate : {50'000, -50'000, 1, -1}) {
            VirtualDispatcher world{1};
            PausableDispatcher process{world, 2};
            world.runUntil(TimePoint{10s});
            TimePoint rang = never;
            process.callIn(100s, [&] { rang = world.now(); }); // armed before the clock changes
            process.setClockRate(rate);
            QCOMPARE(process.now(), TimePoint{10s});
            world.runUntil(TimePoint{1h});
            const double expected = 100.0 / (1 + rate * 1e-6);
            const double took = std::chrono::duration<double>(rang - TimePoint{10s}).count();
            QVERIFY(std::abs(took - expected) < 1e-6);
            const TimePoint before = process.now();
            process.setClockRate(0);
            QCOMPARE(process.now(), before); // no jump
            world.runFor(1s);
            QCOMPARE(process.now(), before + 1s);
        }
    }
    void givenKilledProcess_whenTimePasses_thenNothingRunsAnyMore() {
        VirtualDispatcher world{1};
        PausableDispatcher process{world, 2};
        int runs = 0;
        process.callAt(TimePoint{1s}, [&] {
            ++runs;
            process.post([&] { ++runs; });
            process.kill();
        });
        process.callAt(TimePoint{1s}, [&] { ++runs; });
        world.runUntil(TimePoint{2s});
        QVERIFY(process.killed());
        QCOMPARE(process.callIn(1s, [&] { ++runs; }), TimerId::None);
        world.runUntil(TimePoint{1min});
        QCOMPARE(runs, 1);
        QVERIFY(world.idle());
    }
    void givenPausableDispatcher_whenUsedLikeAnyOther_thenTimesAndOrderAreTheSame() {
        const auto live = [](auto& dispatcher, VirtualDispatcher& world) {
            Random random{5};
            std::vector<std::pair<std::int64_t, int>> diary;
            std::vector<TimerId> armed;
            for (int i = 0; i < 10'000; ++i) {
                armed.push_back(dispatcher.callAt(TimePoint{Duration{random.below(5000)}}, [&diary, &dispatcher, i] {
                    diary.emplace_back(dispatcher.now().time_since_epoch().count(), i);
                }));
                if (random.chance(0.4)) {
                    dispatcher.cancel(armed[random.below(armed.size())]);
                }
            }
            world.runUntil(TimePoint{1s});
            return diary;
        };
        VirtualDispatcher plain{1};
        VirtualDispatcher world{1};
        PausableDispatcher process{world, 1};
        const auto expected = live(plain, plain);
        QVERIFY(expected.size() > 1000);
        QCOMPARE(live(process, world), expected);
    }
};

QTEST_APPLESS_MAIN(TestDispatchVirtual)
#include "test_dispatch_virtual.moc"
