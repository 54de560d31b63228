// SPDX-License-Identifier: GPL-3.0-or-later
// The structures under the handlespace, alone and large: against those of the standard library.
#include "core/base/random.h"
#include "core/handlespace/chunked_array.h"
#include "core/handlespace/deadline_wheel.h"
#include "core/handlespace/segmented_hash.h"
#include "core/handlespace/slot_ring.h"
#include "core/handlespace/sorted_blocks.h"
#include "core/handlespace/turn_queue.h"

#include <QtTest>

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <unordered_map>

using namespace kolam;

class TestStructures : public QObject {
    Q_OBJECT
private slots:
    void givenSortedBlocks_whenFilledAndEmptied_thenTheOrderIsThatOfAMap_data() {
        QTest::addColumn<quint64>("range"); // of keys
        QTest::addColumn<int>("removals");  // of ten operations
        QTest::newRow("few keys") << quint64{50} << 5;
        QTest::newRow("growing") << quint64{1000000} << 2;
        QTest::newRow("shrinking") << quint64{1000000} << 6;
        QTest::newRow("whole range") << ~quint64{0} << 4;
    }
    void givenSortedBlocks_whenFilledAndEmptied_thenTheOrderIsThatOfAMap() {
        QFETCH(quint64, range);
        QFETCH(int, removals);
        SortedBlocks blocks;
        std::map<std::uint64_t, std::uint32_t> map;
        Random random{range};
        const auto equal = [&] {
            auto at = blocks.begin();
            for (const auto& [key, slot] : map) {
                if (at.atEnd() || at.key() != key || at.ref().slot != slot) {
                    return false;
                }
                at.next();
            }
            return at.atEnd();
        };
        for (std::uint32_t i = 0; i < 200000; ++i) {
            const std::uint64_t key = random.below(range);
            const auto near = map.lower_bound(key);
            const auto at = blocks.lowerBound(key);
            QCOMPARE(at.atEnd(), near == map.end());
            if (near != map.end()) {
                QCOMPARE(at.key(), near->first);
            }
            const std::uint64_t what = random.below(10);
            if (what < static_cast<std::uint64_t>(removals)) {
                if (near != map.end()) {
                    blocks.erase(near->first);
                    map.erase(near);
                }
            } else if (what == 9 && !map.empty()) { // the first one moves back, or a little
                const std::uint64_t to = random.below(2) == 0 ? key : map.begin()->first + random.below(5);
                if (!map.contains(to)) {
                    const auto first = map.begin();
                    blocks.moveFirst(to);
                    map.emplace(to, first->second);
                    map.erase(first);
                }
            } else if (!map.contains(key)) {
                blocks.insert(key, {i, 0});
                map.emplace(key, i);
            }
            if (i % 20000 == 0) {
                QVERIFY(equal());
            }
        }
        QVERIFY(equal());
        for (const auto& [key, slot] : map) {
            blocks.erase(key);
        }
        QVERIFY(blocks.empty());
    }
    void givenAQueueInSortedBlocks_whenItTurnsRound_thenTheOrderIsKept() {
        for (const std::uint32_t size : {1u, 7u, 40u, 64u, 65u, 5000u}) {
            SortedBlocks blocks;
            std::deque<std::uint32_t> queue;
            std::uint64_t key = 0;
            for (std::uint32_t i = 0; i < size; ++i) {
                blocks.insert(key++, {i, 0});
                queue.push_back(i);
            }
            for (std::uint32_t i = 0; i < 3 * size + 200; ++i) {
                QCOMPARE(blocks.begin().ref().slot, queue.front());
                blocks.moveFirst(key++);
                queue.push_back(queue.front());
                queue.pop_front();
            }
            std::vector<ElementRef> all(size);
            auto at = blocks.begin();
            QCOMPARE(at.copy(2 * size, all.data()), std::size_t{size});
            for (std::uint32_t i = 0; i < size; ++i) {
                QCOMPARE(all[i].slot, queue[i]);
            }
        }
    }
    void givenASegmentedHash_whenFilledAndEmptied_thenItFindsWhatAMapFinds_data() {
        QTest::addColumn<quint32>("mask"); // of the hashes: how badly they are spread
        QTest::newRow("good hashes") << 0xffffffffu;
        QTest::newRow("few top bits") << 0x00ffffffu;
        QTest::newRow("few low bits") << 0xffffff00u;
        QTest::newRow("hardly any") << 0x00000003u;
    }
    void givenASegmentedHash_whenFilledAndEmptied_thenItFindsWhatAMapFinds() {
        QFETCH(quint32, mask);
        SegmentedHash hash;
        std::unordered_map<std::uint32_t, std::uint32_t> map; // value to hash
        Random random{mask};
        const bool bad = mask == 3;
        for (std::uint32_t i = 0; i < (bad ? 2000u : 200000u); ++i) {
            const auto value = static_cast<std::uint32_t>(random.below(bad ? 1000 : 100000));
            const auto known = map.find(value);
            const std::uint32_t valueHash =
                known != map.end() ? known->second : static_cast<std::uint32_t>(random()) & mask;
            const auto same = [value](std::uint32_t candidate) { return candidate == value; };
            QCOMPARE(hash.find(valueHash, same), known != map.end() ? value : SegmentedHash::none);
            if (known == map.end()) {
                hash.insert(valueHash, value);
                map.emplace(value, valueHash);
            } else if (random.below(3) == 0) {
                hash.erase(valueHash, value);
                map.erase(known);
            }
        }
        for (const auto& [value, valueHash] : map) {
            const std::uint32_t wanted = value;
            QCOMPARE(hash.find(valueHash, [wanted](std::uint32_t candidate) { return candidate == wanted; }), value);
            hash.erase(valueHash, value);
        }
        QCOMPARE(hash.find(0, [](std::uint32_t) { return true; }), SegmentedHash::none);
    }
    void givenARing_whenElementsComeAndGo_thenItTurnsAsAQueueDoes_data() {
        QTest::addColumn<quint32>("size");
        for (const quint32 size : {5u, 20u, 60u, 130u, 400u, 3000u}) {
            QTest::addRow("about %u", size) << size;
        }
    }
    void givenARing_whenElementsComeAndGo_thenItTurnsAsAQueueDoes() {
        QFETCH(quint32, size);
        Slab slab;
        SlotRing ring;
        std::deque<std::uint32_t> queue; // of slots, in order
        Random random{size};
        std::vector<ElementRef> got(8);
        for (std::uint32_t i = 0; i < 200000; ++i) {
            const std::uint64_t what = random.below(100);
            // In turn, the ring grows and shrinks.
            if (what < (i / (4 * size) % 2 == 0 ? 45u : 20u) && queue.size() < 2 * size) {
                const std::uint32_t slot = slab.take();
                slab[slot].identifier = i + 1;
                ring.insert(slab, slot);
                queue.push_back(slot);
            } else if (what < 65 && !queue.empty()) {
                const auto chosen = queue.begin() + static_cast<std::ptrdiff_t>(random.below(queue.size()));
                ring.erase(slab, *chosen);
                slab.give(*chosen);
                queue.erase(chosen);
            } else {
                const auto items = 1 + static_cast<std::uint32_t>(random.below(got.size()));
                const auto used = static_cast<std::uint32_t>(random.below(4));
                const std::size_t count = ring.select(slab, {items, used, std::nullopt}, random, got.data());
                QCOMPARE(count, std::min<std::size_t>(items, queue.size()));
                for (std::size_t at = 0; at < count; ++at) {
                    QCOMPARE(got[at].slot, queue[at]);
                }
                for (std::size_t moved = 0; moved < std::min<std::size_t>(used, count); ++moved) {
                    queue.push_back(queue.front());
                    queue.pop_front();
                }
            }
        }
    }
    void givenATurnQueue_whenTurnsArePutOff_thenTheyComeAsInASet_data() {
        QTest::addColumn<QList<quint32>>("weights"); // drawn from these; none: from all
        QTest::addColumn<quint32>("size");
        const QList<quint32> few{1, 2, 3, 5, 6, 10, 30};
        for (const quint32 size : {5u, 40u, 100u, 700u, 5000u}) {
            QTest::addRow("all of 1, about %u", size) << QList<quint32>{1} << size;
            QTest::addRow("all of 2^32 - 1, about %u", size) << QList<quint32>{0xffffffff} << size;
            QTest::addRow("alike, about %u", size) << few << size;
            QTest::addRow("a few thousand, about %u", size) << QList<quint32>{2000, 2001, 2003, 2009, 2011} << size;
            QTest::addRow("very unequal, about %u", size) << QList<quint32>{1, 1, 1, 1, 1, 1, 2, 3, 0xffffffff} << size;
            QTest::addRow("all different, about %u", size) << QList<quint32>{} << size;
        }
    }
    /// As weighted round robin does it: nobody is put before the first one, and all but the revised ones get a sequence
    /// that is higher than any other.
    void givenATurnQueue_whenTurnsArePutOff_thenTheyComeAsInASet() {
        QFETCH(QList<quint32>, weights);
        QFETCH(quint32, size);
        TurnQueue queue;
        std::set<std::pair<std::uint64_t, std::uint32_t>> set; // order and sequence, number
        std::vector<std::uint32_t> numbers;
        Random random{size};
        std::uint32_t sequence = 0;
        std::vector<ElementRef> got(300);
        const auto anyWeight = [&] {
            return weights.isEmpty() ? 1 + static_cast<std::uint32_t>(random() >> 32 >> random.below(32))
                                     : weights[static_cast<qsizetype>(random() >> 32) % weights.size()];
        };
        const auto keyOf = [&](std::uint32_t number) {
            return std::uint64_t{queue.orderOf(queue[number])} << 32 | queue[number].sequence;
        };
        const auto later = [&](std::uint32_t order, std::uint32_t weight) {
            const std::uint32_t interval = (1u << RowCalendar::spanBits) / weight;
            return order + (random.below(4) == 0 ? static_cast<std::uint32_t>(random.below(interval + 1)) : interval);
        };
        const auto move = [&](std::uint32_t number, std::uint32_t order, std::uint32_t newSequence, bool first) {
            set.erase({keyOf(number), number});
            if (first) {
                queue.moveFirst(queue[number], order, newSequence);
            } else {
                queue.move(number, order, newSequence);
            }
            set.emplace(keyOf(number), number);
            QCOMPARE(queue.orderOf(queue[number]), order);
        };
        for (std::uint32_t i = 0; i < 100000; ++i) {
            // In turn, the queue grows and shrinks, and most requests are for a few turns.
            const std::uint64_t what = random.below(100);
            const auto count =
                1 + static_cast<std::uint32_t>(random.below(50) == 0 ? random.below(256) : random.below(3));
            queue.draw(count);
            QCOMPARE(queue.drawn() > 0, !set.empty());
            const std::uint32_t now = set.empty() ? 0 : static_cast<std::uint32_t>(set.begin()->first >> 32);
            QCOMPARE(queue.drawn() > 0 ? queue.firstOrder() : 0, now);
            if (what < (i / (4 * size) % 2 == 0 ? 45u : 15u) && numbers.size() < 2 * size) {
                const std::uint32_t weight = anyWeight();
                const std::uint32_t order = random.below(2) == 0 ? now : later(now, weight);
                const Turn turn{.sequence = sequence++, .weight = weight, .part = i, .ref = {i, 7}};
                const std::uint32_t number = queue.insert(turn, order);
                numbers.push_back(number);
                set.emplace(keyOf(number), number);
                QCOMPARE(queue[number].part, i);
            } else if (what < 55 && !numbers.empty()) {
                std::uint32_t& chosen = numbers[random.below(numbers.size())];
                if (random.below(3) != 0) {
                    set.erase({keyOf(chosen), chosen});
                    queue.erase(chosen);
                    chosen = numbers.back();
                    numbers.pop_back();
                } else { // revised: it keeps its sequence
                    queue.setWeight(queue[chosen], anyWeight());
                    const std::uint32_t order = later(queue.orderOf(queue[chosen]), queue[chosen].weight);
                    move(chosen, order, queue[chosen].sequence, false);
                }
            } else if (what == 99 && random.below(20) == 0) {
                std::vector<std::pair<std::uint32_t, std::uint32_t>> bySequence;
                for (const std::uint32_t number : numbers) {
                    bySequence.emplace_back(queue[number].sequence, queue.orderOf(queue[number]));
                }
                std::ranges::sort(bySequence);
                sequence = queue.renumber(now);
                QCOMPARE(sequence, static_cast<std::uint32_t>(numbers.size()));
                set.clear();
                for (const std::uint32_t number : numbers) {
                    QCOMPARE(queue.orderOf(queue[number]), bySequence[queue[number].sequence].second - now);
                    set.emplace(keyOf(number), number);
                }
            } else {
                const std::uint32_t copied = std::min(count, queue.drawn());
                QCOMPARE(copied, static_cast<std::uint32_t>(std::min<std::size_t>(count, set.size())));
                queue.copy(copied, got.data());
                auto expected = set.begin();
                for (std::uint32_t at = 0; at < copied; ++at, ++expected) {
                    QCOMPARE(got[at], queue[expected->second].ref);
                }
                if (copied > 0) {
                    const std::uint32_t number = queue.firstNumber();
                    QCOMPARE(number, set.begin()->second);
                    move(number, later(now, queue[number].weight), sequence++, true);
                }
            }
        }
        for (; !set.empty(); set.erase(set.begin())) {
            queue.draw(1);
            QCOMPARE(queue.firstNumber(), set.begin()->second);
            queue.erase(queue.firstNumber());
        }
        QCOMPARE(queue.drawn(), 0u);
    }
    void givenADeadlineWheel_whenDeadlinesMove_thenEachComesAtItsTime_data() {
        QTest::addColumn<quint64>("farthest"); // milliseconds ahead
        QTest::addColumn<quint64>("step");     // of time, in microseconds
        QTest::newRow("within one tick") << quint64{10} << quint64{500};
        QTest::newRow("within one turn") << quint64{30000} << quint64{300000};
        QTest::newRow("turns ahead") << quint64{3600000} << quint64{40000000};
        QTest::newRow("weeks ahead") << quint64{4000000000} << quint64{50000000000};
    }
    void givenADeadlineWheel_whenDeadlinesMove_thenEachComesAtItsTime() {
        QFETCH(quint64, farthest);
        QFETCH(quint64, step);
        constexpr std::uint32_t count = 300;
        Slab slab;
        DeadlineWheel wheel;
        Random random{farthest};
        std::vector<TimePoint> expected(count, never);
        for (std::uint32_t i = 0; i < count; ++i) {
            slab[slab.take()].identifier = i + 1;
        }
        TimePoint now{std::chrono::hours{24 * 365}};
        for (int i = 0; i < 200000; ++i) {
            const auto slot = static_cast<std::uint32_t>(random.below(count));
            const std::uint64_t what = random.below(20);
            if (what == 0) {
                wheel.set(slab, slot, DeadlineKind::None, never);
                expected[slot] = never;
            } else if (what == 1) {
                wheel.set(slab, slot, DeadlineKind::Expiry, never);
                expected[slot] = never;
            } else if (what < 14) { // some all over the range, some soon, some just before or after the one there is
                TimePoint when = now + std::chrono::milliseconds{random.below(farthest)};
                if (what < 6) {
                    when = now + std::chrono::microseconds{random.below(step)};
                } else if (what < 8 && expected[slot] != never) {
                    when = expected[slot] + std::chrono::nanoseconds{random.below(3)} - std::chrono::nanoseconds{1};
                }
                wheel.set(slab, slot, DeadlineKind::KeepAliveTimeout, when);
                expected[slot] = when;
            } else if (what == 14) {
                now += std::chrono::microseconds{random.below(step)};
                for (std::uint32_t due = wheel.pop(slab, now); due != nowhere; due = wheel.pop(slab, now)) {
                    QVERIFY(expected[due] <= now);
                    QCOMPARE(slab[due].deadline, expected[due]);
                    QVERIFY(std::ranges::find_if(expected, [&](TimePoint other) { return other < expected[due]; }) ==
                            expected.end());
                    expected[due] = never;
                    slab[due].kind = DeadlineKind::None;
                }
                QVERIFY(*std::ranges::min_element(expected) > now);
            } else if (what == 15) {
                QCOMPARE(wheel.next(slab), *std::ranges::min_element(expected));
            }
        }
    }
    void givenAChunkedArray_whenItGrowsAndShrinks_thenItHoldsWhatAVectorHolds() {
        ChunkedArray<std::uint32_t, 16> array;
        std::vector<std::uint32_t> vector;
        Random random{4};
        for (std::uint32_t i = 0; i < 20000; ++i) {
            if (vector.empty() || random.below(1000) < (i / 5000 % 2 == 0 ? 600u : 400u)) {
                array.push_back(i);
                vector.push_back(i);
            } else {
                const std::size_t hole = random.below(vector.size());
                array.swapRemove(static_cast<std::uint32_t>(hole));
                vector[hole] = vector.back();
                vector.pop_back();
            }
            QCOMPARE(array.size(), static_cast<std::uint32_t>(vector.size()));
        }
        for (std::uint32_t i = 0; i < vector.size(); ++i) {
            QCOMPARE(array[i], vector[i]);
        }
    }
};

QTEST_APPLESS_MAIN(TestStructures)
#include "test_structures.moc"
