// SPDX-License-Identifier: GPL-3.0-or-later
// Who is selected, and in which order. The vectors were observed at rsplib's registrar; where rsplib does what the RFC
// does not say, they hold for the compatible mode only. Next door: test_chances.cpp, for the policies that draw.
#include "tests/unit/handlespace/pool_under_test.h"

#include <QtTest>

#include <algorithm>
#include <map>

using kolam::wire::PolicyType;

namespace {

constexpr std::uint32_t K = 0x10000000; // 6.25 % load
constexpr std::uint32_t full = 0xffffffff;
using Words = PoolUnderTest::Words;
const kolam::Handlespace::Settings rsplib{.rsplibCompatible = true};

} // namespace

class TestPolicies : public QObject {
    Q_OBJECT
private slots:
    void givenPools_whenResolved_thenElementsComeAsTheRfcSays_data() { vectors(false); }
    void givenPools_whenResolved_thenElementsComeAsTheRfcSays() { compare({}); }
    void givenPools_whenResolvedAsRsplib_thenElementsComeAsItSendsThem_data() { vectors(true); }
    void givenPools_whenResolvedAsRsplib_thenElementsComeAsItSendsThem() { compare(rsplib); }

    void givenRoundRobin_whenAnElementJoins_thenItIsLastAndTheTurnsGoOn() {
        for (const auto& settings : {kolam::Handlespace::Settings{}, rsplib}) {
            PoolUnderTest pool{PolicyType::RoundRobin, Words(3), settings};
            QCOMPARE(pool.resolve(7, 1), std::string("[1] [2] [3] [1] [2] [3] [1]"));
            QCOMPARE(pool.resolve(4, 2), std::string("[2 3] [3 1] [1 2] [2 3]"));
            pool.enter(4);
            QCOMPARE(pool.resolve(4, 4), std::string("[3 1 2 4] [1 2 4 3] [2 4 3 1] [4 3 1 2]"));
        }
    }
    void givenPriority_whenMoreItemsAreAsked_thenTheLowerOnesFollow() {
        for (const auto& settings : {kolam::Handlespace::Settings{}, rsplib}) {
            PoolUnderTest pool{PolicyType::Priority, {{10}, {30}, {30}, {20}}, settings};
            QCOMPARE(pool.resolve(5, 1), std::string("[2] [3] [2] [3] [2]"));
            QCOMPARE(pool.resolve(3, 4), std::string("[3 2 4 1] [2 3 4 1] [3 2 4 1]"));
        }
    }
    void givenLeastUsed_whenLoadsAreReported_thenTheOrderFollowsThem() {
        for (const auto& settings : {kolam::Handlespace::Settings{}, rsplib}) {
            PoolUnderTest pool{PolicyType::LeastUsed, {{3 * K}, {K}, {K}}, settings};
            QCOMPARE(pool.resolve(5, 3), std::string("[2 3 1] [3 2 1] [2 3 1] [3 2 1] [2 3 1]"));
            pool.enter(1, {0});
            QCOMPARE(pool.resolve(3, 3), std::string("[1 3 2] [1 3 2] [1 3 2]"));
            pool.enter(1, {K});
            QCOMPARE(pool.resolve(4, 3), std::string("[3 2 1] [2 1 3] [1 3 2] [3 2 1]"));
        }
    }
    void givenDegradation_whenTheElementRegistersAgain_thenItIsForgotten() {
        PoolUnderTest pool{PolicyType::LeastUsedDegradation, {{0, K}, {K / 2, K}}};
        QCOMPARE(pool.resolve(3, 1), std::string("[1] [2] [1]"));
        pool.enter(1, {0, K}); // the same words, but fresh
        QCOMPARE(pool.resolve(3, 1), std::string("[1] [1] [2]"));
    }
    void givenLoadsNearTheEnd_whenTheyDegrade_thenTheyStopAtFullLoad() {
        PoolUnderTest pool{PolicyType::PriorityLeastUsedDegradation, {{full - 1, full}, {full, 0}}};
        QCOMPARE(pool.resolve(4, 1), std::string("[1] [2] [1] [2]"));
    }
    void givenThreeDistances_whenResolved_thenPenaltiesAreAdded() {
        const Words elements{{K, 0x00800000, 100}, {2 * K, 0, 0}, {K, 0x00100000, 50}};
        for (const auto& settings : {kolam::Handlespace::Settings{}, rsplib}) {
            PoolUnderTest pool{PolicyType::LeastUsedDpf, elements, settings};
            QCOMPARE(pool.resolve(3, 3), std::string("[3 2 1] [3 2 1] [3 2 1]"));
        }
    }
    void givenLeastSessions_whenSelected_thenEachSelectionCountsAsASession() {
        PoolUnderTest pool{PolicyType::LeastSessions, {{3}, {1}, {2}}};
        QCOMPARE(pool.resolve(6, 1), std::string("[2] [3] [2] [1] [3] [2]"));
        pool.enter(1, {0});
        QCOMPARE(pool.resolve(4, 1), std::string("[1] [1] [1] [1]"));
    }
    void givenMaxIncrement_whenSeveralAreReturned_thenSoManyCountAsUsed() {
        PoolUnderTest pool{PolicyType::RoundRobin, Words(5), {.maxIncrement = 2}};
        QCOMPARE(pool.resolve(4, 3), std::string("[1 2 3] [3 4 5] [5 1 2] [2 3 4]"));
        PoolUnderTest all{PolicyType::LeastUsedDegradation, {{0, K}, {0, K}, {0, K}}, {.maxIncrement = 1000000000}};
        QCOMPARE(all.resolve(3, 2), std::string("[1 2] [3 1] [2 3]"));
    }
    void givenDefaultsAndCaps_whenItemsAreAsked_thenTheyApply() {
        PoolUnderTest pool{PolicyType::RoundRobin, Words(200), {.defaultItems = 4, .maxItems = 100}};
        QCOMPARE(pool.select(0).size(), std::size_t{4});
        QCOMPARE(pool.select(3).size(), std::size_t{3});
        QCOMPARE(pool.select(0xffffffff).size(), std::size_t{100});
    }

    void givenWeights_whenRoundsPass_thenEachHasItsTurnsSpreadEvenly_data() {
        QTest::addColumn<QList<quint32>>("weights");
        QTest::newRow("equal") << QList<quint32>{1, 1, 1};
        QTest::newRow("1 2 3") << QList<quint32>{1, 2, 3};
        QTest::newRow("2 4 6") << QList<quint32>{2, 4, 6};
        QTest::newRow("1 100") << QList<quint32>{1, 100};
        QTest::newRow("many") << QList<quint32>{17, 1, 5, 9, 30, 2, 2, 8};
    }
    void givenWeights_whenRoundsPass_thenEachHasItsTurnsSpreadEvenly() {
        QFETCH(QList<quint32>, weights);
        PoolUnderTest pool{PolicyType::WeightedRoundRobin};
        std::uint32_t total = 0;
        for (qsizetype i = 0; i < weights.size(); ++i) {
            pool.enter(static_cast<std::uint32_t>(i + 1), {weights[i]});
            total += weights[i];
        }
        for (std::uint32_t i = 0; i < total; ++i) {
            pool.select(1); // the first round begins in its middle
        }
        std::map<std::uint32_t, std::vector<std::uint32_t>> turns;
        constexpr std::uint32_t rounds = 5000; // more than round numbers last
        for (std::uint32_t i = 0; i < rounds * total; ++i) {
            turns[pool.select(1).front()].push_back(i);
        }
        for (const auto& [identifier, when] : turns) {
            const std::uint32_t weight = weights[static_cast<qsizetype>(identifier - 1)];
            QCOMPARE(when.size(), std::size_t{rounds} * weight);
            // Between two of its turns, an element that has `other` turns a round has at most other / weight, rounded
            // up, and one more.
            std::uint32_t longest = 1;
            for (qsizetype i = 0; i < weights.size(); ++i) {
                longest += i + 1 == static_cast<qsizetype>(identifier) ? 0 : (weights[i] + weight - 1) / weight + 1;
            }
            for (std::size_t i = 1; i < when.size(); ++i) {
                QVERIFY(when[i] - when[i - 1] <= longest);
            }
        }
    }
    void givenWeight0_whenSelected_thenThatElementIsNever() {
        for (const PolicyType type :
             {PolicyType::WeightedRoundRobin, PolicyType::WeightedRandom, PolicyType::ConsistentHash}) {
            PoolUnderTest pool{type, {{0}, {3}, {0}}};
            for (int i = 0; i < 50; ++i) {
                QCOMPARE(pool.resolve(1, 3), std::string("[2]"));
            }
            pool.enter(2, {0});
            QCOMPARE(pool.resolve(1, 3), std::string("[]"));
            pool.enter(1, {1});
            QCOMPARE(pool.resolve(1, 3), std::string("[1]"));
        }
    }
    void givenARunningRound_whenAnElementJoins_thenItDoesNotCatchUp() {
        PoolUnderTest pool{PolicyType::WeightedRoundRobin, {{1}, {1}}};
        for (int i = 0; i < 1001; ++i) {
            pool.select(1);
        }
        pool.enter(3, {1});
        std::map<std::uint32_t, int> turns;
        for (int i = 0; i < 30; ++i) {
            ++turns[pool.select(1).front()];
        }
        QCOMPARE(turns[3], 10);
    }

    void givenSessionKeys_whenAnElementGoes_thenOnlyItsKeysMove() {
        PoolUnderTest pool{PolicyType::ConsistentHash, Words(20, {1})};
        std::vector<std::uint32_t> before;
        std::vector<std::uint32_t> next;
        for (std::uint64_t key = 0; key < 2000; ++key) {
            before.push_back(pool.select(2, key).front());
            next.push_back(pool.select(2, key).back());
        }
        pool.remove(7);
        for (std::uint64_t key = 0; key < 2000; ++key) {
            // The second choice was who would be chosen without the first.
            QCOMPARE(pool.select(1, key).front(), before[key] == 7 ? next[key] : before[key]);
        }
        pool.enter(7, {1});
        for (std::uint64_t key = 0; key < 2000; ++key) {
            QCOMPARE(pool.select(1, key).front(), before[key]);
        }
    }
    void givenTwoRegistrars_whenAskedForAKey_thenTheyAgree() {
        PoolUnderTest one{PolicyType::ConsistentHash};
        PoolUnderTest two{PolicyType::ConsistentHash};
        for (std::uint32_t i = 1; i <= 1000; ++i) {
            one.enter(i, {1 + i % 7});
            two.enter(1001 - i, {1 + (1001 - i) % 7});
        }
        for (std::uint64_t key = 0; key < 500; ++key) {
            QCOMPARE(one.select(3, key), two.select(3, key));
        }
    }

private:
    static void add(const char* name, PolicyType type, const Words& elements, std::uint32_t items,
                    const char* expected) {
        QTest::newRow(name) << static_cast<quint32>(type) << QVariant::fromValue(elements) << items
                            << QString::fromLatin1(expected);
    }
    static void vectors(bool asRsplib) {
        QTest::addColumn<quint32>("type");
        QTest::addColumn<QVariant>("elements");
        QTest::addColumn<quint32>("items");
        QTest::addColumn<QString>("expected");
        add("RR", PolicyType::RoundRobin, Words(3), 2, "[1 2] [2 3] [3 1] [1 2]");
        add("PLU", PolicyType::PriorityLeastUsed, {{8 * K, K}, {8 * K, 4 * K}, {9 * K, 0}}, 3,
            "[1 3 2] [3 1 2] [1 3 2] [3 1 2]");
        add("LUD, two alike", PolicyType::LeastUsedDegradation, {{0, K}, {0, K}}, 2, "[1 2] [2 1] [1 2] [2 1]");
        const Words degrading{{0, K}, {K, K}, {0, 2 * K}};
        const Words far{{K, K, 0x00800000, 100}, {2 * K, K, 0, 0}, {K, K, 0x00100000, 50}};
        if (!asRsplib) {
            add("LUD", PolicyType::LeastUsedDegradation, degrading, 1, "[1] [3] [2] [1] [3] [2] [1]");
            // The keys of 1, 2, 3 begin at 4.125, 2 and 1.195 K; each selection adds 1 K.
            add("LUD-DPF", PolicyType::LeastUsedDegradationDpf, far, 1, "[3] [2] [3] [2] [3] [2] [1] [3]");
            return;
        }
        add("LUD", PolicyType::LeastUsedDegradation, degrading, 1,
            "[1] [2] [3] [1] [2] [1] [3] [2] [1] [2] [1] [3] [2] [1]");
        add("PLUD", PolicyType::PriorityLeastUsedDegradation, {{0, K}, {0, 2 * K}, {4 * K, 0}}, 3,
            "[1 2 3] [2 3 1] [3 1 2] [1 3 2] [3 1 2] [3 1 2]");
        add("LUD-DPF", PolicyType::LeastUsedDegradationDpf, far, 3,
            "[3 2 1] [2 3 1] [3 2 1] [2 1 3] [1 3 2] [3 2 1] [2 1 3] [1 3 2]");
        const PolicyType wrr = PolicyType::WeightedRoundRobin;
        add("WRR 1 1 1", wrr, {{1}, {1}, {1}}, 1, "[1] [2] [3] [1] [2] [3]");
        add("WRR 1 2 3", wrr, {{1}, {2}, {3}}, 1, "[1] [2] [3] [2] [3] [3] [1] [2] [3] [2] [3] [3]");
        add("WRR 2 4 6", wrr, {{2}, {4}, {6}}, 1, "[1] [2] [2] [3] [3] [3] [1] [2] [2] [3] [3] [3]");
        add("WRR 1 3", wrr, {{1}, {3}}, 1, "[1] [2] [2] [2] [1] [2] [2] [2]");
        add("WRR 0 3", wrr, {{0}, {3}}, 1, "[1] [2] [2] [2] [1] [2] [2] [2]");
        add("WRR 2 2", wrr, {{2}, {2}}, 1, "[1] [2] [1] [2]");
        add("WRR 3 5", wrr, {{3}, {5}}, 1, "[1] [2] [2] [1] [1] [2] [2] [2] [1] [2] [2] [1] [1] [2] [2] [2]");
        add("WRR 3 5, two items", wrr, {{3}, {5}}, 2, "[1 2] [2 1] [2 1] [1 2] [1 2] [2 1] [2 1] [2 1] [1 2]");
    }
    static void compare(const kolam::Handlespace::Settings& settings) {
        QFETCH(quint32, type);
        QFETCH(QVariant, elements);
        QFETCH(quint32, items);
        QFETCH(QString, expected);
        PoolUnderTest pool{static_cast<PolicyType>(type), elements.value<Words>(), settings};
        const auto times = static_cast<std::uint32_t>(expected.count('['));
        QCOMPARE(QString::fromStdString(pool.resolve(times, items)), expected);
    }
};

QTEST_APPLESS_MAIN(TestPolicies)
#include "test_policies.moc"
