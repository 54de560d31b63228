// SPDX-License-Identifier: GPL-3.0-or-later
// Policies that draw: do they draw with the probabilities that they should? Chi-square at p = 0.001, seeds are fixed.
// Next door: test_policies.cpp, for the policies that sort.
#include "tests/unit/handlespace/pool_under_test.h"

#include "core/base/random.h"

#include <QtTest>

#include <cmath>
#include <map>

using kolam::wire::PolicyType;

namespace {

constexpr std::uint32_t K = 0x10000000;
constexpr std::uint32_t full = 0xffffffff;
using Words = PoolUnderTest::Words;

/// Above this, chance alone would be that far off once in a thousand times (Wilson and Hilferty).
double limit(std::size_t degreesOfFreedom) {
    const double k = static_cast<double>(degreesOfFreedom);
    const double root = 1 - 2 / (9 * k) + 3.0902 * std::sqrt(2 / (9 * k));
    return k * root * root * root;
}

/// Outcomes and their probabilities, against how often they came; an outcome without probability must not come.
template <typename Outcome>
QString compare(const std::map<Outcome, double>& expected, const std::map<Outcome, std::uint64_t>& observed) {
    std::uint64_t total = 0;
    for (const auto& [outcome, count] : observed) {
        total += count;
        if (!expected.contains(outcome) || expected.at(outcome) <= 0) {
            return "something came that never should";
        }
    }
    double chiSquare = 0;
    std::size_t possible = 0;
    for (const auto& [outcome, probability] : expected) {
        if (probability > 0) {
            const double mean = probability * static_cast<double>(total);
            const auto found = observed.find(outcome);
            const double count = found != observed.end() ? static_cast<double>(found->second) : 0;
            chiSquare += (count - mean) * (count - mean) / mean;
            ++possible;
        }
    }
    return chiSquare <= limit(possible - 1) ? QString()
                                            : QString("chi-square %1 of %2").arg(chiSquare).arg(limit(possible - 1));
}

constexpr int picks = 1000000;

} // namespace

class TestChances : public QObject {
    Q_OBJECT
private slots:
    void givenValues_whenOneIsDrawnAMillionTimes_thenTheSharesAreThose_data() {
        QTest::addColumn<quint32>("type");
        QTest::addColumn<QVariant>("elements");
        QTest::addColumn<QList<double>>("values");
        const auto add = [](const char* name, PolicyType type, const Words& elements, const QList<double>& values) {
            QTest::newRow(name) << static_cast<quint32>(type) << QVariant::fromValue(elements) << values;
        };
        add("RAND", PolicyType::Random, Words(3), {1, 1, 1});
        add("RAND, many", PolicyType::Random, Words(300), QList<double>(300, 1));
        add("WRAND", PolicyType::WeightedRandom, {{1}, {2}, {3}}, {1, 2, 3});
        add("WRAND, far apart", PolicyType::WeightedRandom, {{1000}, {0}, {64}, {65}, {full / 4000000}},
            {1000, 0, 64, 65, full / 4000000});
        const std::array<std::uint32_t, 4> loads{0x40000000, 0x80000000, full, 0x90000000};
        for (const PolicyType type : {PolicyType::RandomizedLeastUsed, PolicyType::RandomizedLeastUsedDegradation}) {
            add(kolam::wire::toText(type).c_str(), type, {{loads[0]}, {loads[1]}, {loads[3]}},
                {double(full - loads[0]), double(full - loads[1]), double(full - loads[3])});
        }
        for (const PolicyType type :
             {PolicyType::RandomizedPriorityLeastUsed, PolicyType::RandomizedPriorityLeastUsedDegradation}) {
            add(kolam::wire::toText(type).c_str(), type, {{K, K}, {8 * K, 4 * K}}, {0xdfffffff, 0x3fffffff});
        }
        add("WRAND-DPF", PolicyType::WeightedRandomDpf,
            {{100, 0x01000000, 100}, {100, 0x00800000, 100}, {100, 0x02000000, 200}, {0, 0, 0}}, {61, 80, 1, 0});
        // Of two, the one with the lower load: the k-th best of n comes with probability 2 (n - k) / (n (n - 1)).
        add("P2C", PolicyType::PowerOfTwoChoices, {{3}, {1}, {2}, {0}}, {0, 2, 1, 3});
        QList<double> ranks;
        Words rising;
        for (std::uint32_t i = 0; i < 100; ++i) {
            rising.push_back({i});
            ranks.push_back(99 - i);
        }
        add("P2C, many", PolicyType::PowerOfTwoChoices, rising, ranks);
        add("HASH", PolicyType::ConsistentHash, {{1}, {2}, {3}, {4}, {0}}, {1, 2, 3, 4, 0});
    }
    void givenValues_whenOneIsDrawnAMillionTimes_thenTheSharesAreThose() {
        QFETCH(quint32, type);
        QFETCH(QVariant, elements);
        QFETCH(QList<double>, values);
        PoolUnderTest pool{static_cast<PolicyType>(type), elements.value<Words>()};
        double sum = 0;
        for (const double value : values) {
            sum += value;
        }
        std::map<std::uint32_t, double> expected;
        for (qsizetype i = 0; i < values.size(); ++i) {
            expected[static_cast<std::uint32_t>(i + 1)] = values[i] / sum;
        }
        std::map<std::uint32_t, std::uint64_t> observed;
        for (int i = 0; i < picks; ++i) {
            ++observed[pool.select(1).front()];
        }
        QCOMPARE(compare(expected, observed), QString());
    }

    void givenWeights_whenSeveralAreDrawn_thenEachDrawIsAmongTheRest_data() {
        QTest::addColumn<QList<quint32>>("weights");
        QTest::newRow("1 2 3") << QList<quint32>{1, 2, 3};
        QTest::newRow("one outweighs all") << QList<quint32>{100, 1, 2, 1};
        QTest::newRow("two outweigh all") << QList<quint32>{300, 1, 200, 2, 3};
    }
    /// P(a, b) = a / S x b / (S - a): also when heavy elements have to be put aside.
    void givenWeights_whenSeveralAreDrawn_thenEachDrawIsAmongTheRest() {
        QFETCH(QList<quint32>, weights);
        PoolUnderTest pool{PolicyType::WeightedRandom};
        double sum = 0;
        for (qsizetype i = 0; i < weights.size(); ++i) {
            pool.enter(static_cast<std::uint32_t>(i + 1), {weights[i]});
            sum += weights[i];
        }
        using Pair = std::pair<std::uint32_t, std::uint32_t>;
        std::map<Pair, double> expected;
        for (qsizetype a = 0; a < weights.size(); ++a) {
            for (qsizetype b = 0; b < weights.size(); ++b) {
                if (a != b) {
                    expected[{static_cast<std::uint32_t>(a + 1), static_cast<std::uint32_t>(b + 1)}] =
                        weights[a] / sum * weights[b] / (sum - weights[a]);
                }
            }
        }
        std::map<Pair, std::uint64_t> observed;
        for (int i = 0; i < picks; ++i) {
            const auto& chosen = pool.select(2);
            ++observed[{chosen[0], chosen[1]}];
        }
        QCOMPARE(compare(expected, observed), QString());
    }
    void givenEqualElements_whenSeveralAreDrawn_thenEachHasEachPlaceEquallyOften_data() {
        QTest::addColumn<quint32>("elements");
        QTest::newRow("most of a few") << 5u;
        QTest::newRow("a few of many") << 40u;
    }
    void givenEqualElements_whenSeveralAreDrawn_thenEachHasEachPlaceEquallyOften() {
        QFETCH(quint32, elements);
        PoolUnderTest pool{PolicyType::Random, Words(elements)};
        std::map<std::uint32_t, double> expected;
        std::map<std::uint32_t, std::uint64_t> observed[3];
        for (std::uint32_t i = 1; i <= elements; ++i) {
            expected[i] = 1.0 / elements;
        }
        for (int i = 0; i < picks / 3; ++i) {
            const auto& chosen = pool.select(3);
            for (std::size_t place = 0; place < 3; ++place) {
                ++observed[place][chosen[place]];
            }
        }
        for (const auto& place : observed) {
            QCOMPARE(compare(expected, place), QString());
        }
    }
    void givenElementsThatChange_whenDrawn_thenTheSharesFollow() {
        PoolUnderTest pool{PolicyType::WeightedRandom};
        kolam::Random random{5};
        std::map<std::uint32_t, std::uint32_t> weights;
        for (int i = 0; i < 5000; ++i) {
            const std::uint32_t identifier = 1 + static_cast<std::uint32_t>(random.below(60));
            if (weights.contains(identifier) && random.below(3) == 0) {
                pool.remove(identifier);
                weights.erase(identifier);
            } else {
                weights[identifier] = static_cast<std::uint32_t>(random.below(1000));
                pool.enter(identifier, {weights[identifier]});
            }
        }
        double sum = 0;
        for (const auto& [identifier, weight] : weights) {
            sum += weight;
        }
        std::map<std::uint32_t, double> expected;
        for (const auto& [identifier, weight] : weights) {
            expected[identifier] = weight / sum;
        }
        std::map<std::uint32_t, std::uint64_t> observed;
        for (int i = 0; i < picks; ++i) {
            ++observed[pool.select(1).front()];
        }
        QCOMPARE(compare(expected, observed), QString());
    }
    /// Session keys are hashes already or numbers in a row: neither may matter.
    void givenBucketsWithManyElements_whenKeysAreHashed_thenSharesAreProportional() {
        PoolUnderTest pool{PolicyType::ConsistentHash};
        std::map<std::uint32_t, double> expected;
        double sum = 0;
        for (std::uint32_t i = 1; i <= 1000; ++i) {
            pool.enter(i, {1 + i % 5});
            sum += 1 + i % 5;
        }
        for (std::uint32_t i = 1; i <= 1000; ++i) {
            expected[i] = (1 + i % 5) / sum;
        }
        std::map<std::uint32_t, std::uint64_t> observed;
        for (std::uint64_t key = 0; key < picks / 5; ++key) {
            ++observed[pool.select(1, key).front()];
        }
        QCOMPARE(compare(expected, observed), QString());
    }
};

QTEST_APPLESS_MAIN(TestChances)
#include "test_chances.moc"
