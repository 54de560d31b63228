// SPDX-License-Identifier: GPL-3.0-or-later
// The timer queue against a model that is too simple to be wrong: a sorted map.
#include "core/dispatch/timer_queue.h"

#include <QtTest>
#include <algorithm>
#include <map>
#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

using namespace kolam;
using namespace std::chrono_literals;

class TestDispatchTimers : public QObject {
    Q_OBJECT
private slots:
    void givenMillionRandomOperations_whenComparedWithAModel_thenTheOrderIsTheSame_data() {
        QTest::addColumn<int>("differentTimes");
        QTest::newRow("many equal times") << 10;
        QTest::newRow("few equal times") << 100'000;
    }
    void givenMillionRandomOperations_whenComparedWithAModel_thenTheOrderIsTheSame() {
        QFETCH(const int, differentTimes);
        Random random{20};
        TimerQueue queue;
        std::map<std::pair<TimePoint, std::uint64_t>, std::pair<TimerId, int>> model; // by time and order of arming
        std::unordered_map<TimerId, std::pair<TimePoint, std::uint64_t>> byId;
        std::vector<TimerId> everArmed;
        std::uint64_t sequence = 0;
        int fired = -1;
        for (int operation = 0; operation < 1'000'000; ++operation) {
            const std::uint64_t kind = random.below(10);
            if (kind < 5) {
                const TimePoint when{Duration{random.below(static_cast<std::uint64_t>(differentTimes))}};
                const TimerId id = queue.arm(when, [&fired, operation] { fired = operation; });
                QVERIFY(id != TimerId::None);
                QVERIFY(byId.emplace(id, std::pair{when, sequence}).second); // ids of armed timers differ
                model.emplace(std::pair{when, sequence++}, std::pair{id, operation});
                everArmed.push_back(id);
            } else if (kind < 8 && !everArmed.empty()) {
                // One of the last thousands: armed, taken or cancelled before.
                const std::size_t back = random.below(std::min<std::size_t>(everArmed.size(), 5000));
                const TimerId id = everArmed[everArmed.size() - 1 - back];
                queue.cancel(id);
                if (const auto armed = byId.find(id); armed != byId.end()) {
                    model.erase(armed->second);
                    byId.erase(armed);
                }
            } else if (!model.empty()) {
                const auto first = model.begin();
                QCOMPARE(queue.next(), first->first.first);
                queue.takeFirst()();
                QCOMPARE(fired, first->second.second);
                byId.erase(first->second.first);
                model.erase(first);
            }
            if (queue.size() != model.size()) {
                QCOMPARE(queue.size(), model.size());
            }
        }
        while (!model.empty()) {
            QCOMPARE(queue.next(), model.begin()->first.first);
            queue.takeFirst()();
            QCOMPARE(fired, model.begin()->second.second);
            model.erase(model.begin());
        }
        QVERIFY(queue.empty());
        QCOMPARE(queue.next(), never);
    }
    void givenIdOfATimerThatHasFired_whenCancelled_thenItsSuccessorInTheSamePlaceStays() {
        TimerQueue queue;
        const TimerId first = queue.arm(TimePoint{1s}, [] {});
        (void)queue.takeFirst();
        const TimerId second = queue.arm(TimePoint{2s}, [] {});
        QVERIFY(first != second);
        queue.cancel(first);
        queue.cancel(TimerId::None);
        queue.cancel(TimerId{~std::uint64_t{0}});
        QCOMPARE(queue.size(), std::size_t{1});
        queue.cancel(second);
        QVERIFY(queue.empty());
    }
    void givenTaskThatCancelsAndArmsWhenItDies_whenCancelled_thenTheQueueStaysInOrder() {
        struct Last {
            TimerQueue& queue;
            TimerId other;
            ~Last() {
                queue.cancel(other);
                queue.arm(TimePoint{3s}, [] {});
            }
        };
        TimerQueue queue;
        const TimerId other = queue.arm(TimePoint{1s}, [] {});
        const TimerId owner = queue.arm(TimePoint{2s}, [last = std::make_unique<Last>(queue, other)] {});
        queue.cancel(owner);
        QCOMPARE(queue.size(), std::size_t{1});
        QCOMPARE(queue.next(), TimePoint{3s});
        queue.clear();
        QVERIFY(queue.empty());
    }
    void givenTimersArmedDuringATurn_whenAskedForDueOnes_thenTheyWaitForTheNextTurn() {
        TimerQueue queue;
        (void)queue.arm(TimePoint{1s}, [] {});
        const std::uint64_t turn = queue.sequence();
        QVERIFY(queue.hasDue(TimePoint{1s}, turn));
        QVERIFY(!queue.hasDue(TimePoint{999ms}, turn));
        (void)queue.takeFirst();
        (void)queue.arm(TimePoint{1s}, [] {});
        QVERIFY(!queue.hasDue(TimePoint{1s}, turn));
        QVERIFY(queue.hasDue(TimePoint{1s}, queue.sequence()));
    }
};

QTEST_APPLESS_MAIN(TestDispatchTimers)
#include "test_dispatch_timers.moc"
