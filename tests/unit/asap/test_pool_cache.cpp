// SPDX-License-Identifier: GPL-3.0-or-later
// What a user remembers of pools, and in which order it uses that.
#include "core/asap/pool_cache.h"
#include "tests/unit/asap/action_text.h"

#include <QtTest>
#include <algorithm>
#include <set>

using namespace kolam;
using namespace kolam::testing;
using asap::PoolCache;
using asap::Staleness;

namespace {

const PoolHandle pool{"Pool"};

wire::HandleResolutionResponse answer(wire::PolicyType policy, std::uint32_t count, const PoolHandle& handle = pool) {
    wire::HandleResolutionResponse message;
    message.poolHandle = handle;
    message.policy = wire::Policy{.type = policy};
    for (std::uint32_t i = 1; i <= count; ++i) {
        message.elements.push_back({.identifier = PeIdentifier{i},
                                    .userTransport = {.port = 7, .addresses = {IpAddress::v4(10, 0, 0, 1)}},
                                    .policy = {.type = policy, .weight = 1}});
    }
    return message;
}
std::string order(const std::vector<wire::PoolElement>& elements) {
    std::string text;
    for (const auto& element : elements) {
        text += std::to_string(element.identifier.value);
    }
    return text;
}

} // namespace

class TestPoolCache : public QObject {
    Q_OBJECT
private slots:
    void givenRoundRobin_whenUsedAgainAndAgain_thenTheListIsWalkedThrough() {
        Random random{1};
        PoolCache cache{1s, random};
        cache.store(answer(wire::PolicyType::RoundRobin, 3), start);
        QCOMPARE(order(cache.select(pool, Staleness::Fresh, start)), std::string("123"));
        QCOMPARE(order(cache.select(pool, Staleness::Fresh, start)), std::string("231"));
        QCOMPARE(order(cache.select(pool, Staleness::Fresh, start)), std::string("312"));
        QCOMPARE(order(cache.select(pool, Staleness::Fresh, start)), std::string("123"));
    }
    void givenPriority_whenUsedAgain_thenTheHighestStaysTheFirst() {
        Random random{1};
        PoolCache cache{1s, random};
        auto message = answer(wire::PolicyType::Priority, 3);
        message.elements[1].policy.weight = 2;
        cache.store(message, start);
        QCOMPARE(order(cache.select(pool, Staleness::Fresh, start)), std::string("213"));
        QCOMPARE(order(cache.select(pool, Staleness::Fresh, start)), std::string("213"));
    }
    void givenDegradation_whenUsedAgain_thenTheLoadThatIsExpectedCounts() {
        Random random{1};
        PoolCache cache{1s, random};
        auto message = answer(wire::PolicyType::LeastUsedDegradation, 2);
        message.elements[0].policy.degradation = 0x40000000;
        message.elements[1].policy.load = 0x20000000;
        cache.store(message, start);
        QCOMPARE(order(cache.select(pool, Staleness::Fresh, start)), std::string("12"));
        QCOMPARE(order(cache.select(pool, Staleness::Fresh, start)), std::string("21"));
    }
    void givenSessionKey_whenThePoolHashes_thenTheSameElementIsFirstAgainAndAgain() {
        Random random{1};
        PoolCache cache{1s, random};
        cache.store(answer(wire::PolicyType::ConsistentHash, 3), start);
        std::set<std::string> orders;
        for (std::uint64_t key = 0; key < 100; ++key) {
            const std::string first = order(cache.select(pool, Staleness::Fresh, start, key));
            QCOMPARE(order(cache.select(pool, Staleness::Fresh, start, key)), first);
            orders.insert(first.substr(0, 1));
        }
        QCOMPARE(orders.size(), std::size_t{3});
    }
    void givenPolicyThatNobodyKnows_whenUsed_thenTheListIsWalkedThrough() {
        Random random{1};
        PoolCache cache{1s, random};
        cache.store(answer(wire::PolicyType{0x7fff1234}, 2), start);
        QCOMPARE(order(cache.select(pool, Staleness::Fresh, start)), std::string("12"));
        QCOMPARE(order(cache.select(pool, Staleness::Fresh, start)), std::string("21"));
    }
    void givenAnswerWithOtherElements_whenStored_thenTheFormerOnesAreForgotten() {
        Random random{1};
        PoolCache cache{1s, random};
        cache.store(answer(wire::PolicyType::RoundRobin, 3), start);
        QCOMPARE(order(cache.select(pool, Staleness::Fresh, start)), std::string("123"));
        cache.store(answer(wire::PolicyType::RoundRobin, 2), start);
        QCOMPARE(order(cache.select(pool, Staleness::Fresh, start)), std::string("12"));
    }
    void givenRandomPolicy_whenUsedOften_thenEveryElementIsSometimesFirst() {
        Random random{1};
        PoolCache cache{1s, random};
        cache.store(answer(wire::PolicyType::WeightedRandom, 3), start);
        std::set<std::uint32_t> first;
        for (int i = 0; i < 100; ++i) {
            first.insert(cache.select(pool, Staleness::Fresh, start)[0].identifier.value);
        }
        QCOMPARE(first.size(), std::size_t{3});
    }
    void givenOldAnswer_whenAskedFor_thenItIsStaleButNotLost() {
        Random random{1};
        PoolCache cache{1s, random};
        cache.store(answer(wire::PolicyType::RoundRobin, 2), start);
        QVERIFY(cache.isFresh(pool, start + 999ms));
        QVERIFY(!cache.isFresh(pool, start + 1s));
        QVERIFY(cache.select(pool, Staleness::Fresh, start + 1s).empty());
        QCOMPARE(cache.select(pool, Staleness::Any, start + 1h).size(), std::size_t{2});
    }
    void givenUnreachableElement_whenForgotten_thenItIsNotUsedAgain() {
        Random random{1};
        PoolCache cache{1s, random};
        cache.store(answer(wire::PolicyType::RoundRobin, 2), start);
        cache.forget(pool, PeIdentifier{1});
        QCOMPARE(order(cache.select(pool, Staleness::Any, start)), std::string("2"));
        cache.forget(pool, PeIdentifier{2});
        QVERIFY(cache.select(pool, Staleness::Any, start).empty());
    }
    void givenKnownPool_whenTheRegistrarDoesNotKnowItAnyMore_thenItIsForgotten() {
        Random random{1};
        PoolCache cache{1s, random};
        cache.store(answer(wire::PolicyType::RoundRobin, 2), start);
        cache.store(answer(wire::PolicyType::RoundRobin, 0), start);
        QVERIFY(cache.select(pool, Staleness::Any, start).empty());
    }
    void givenAnswerWithoutPolicy_whenStored_thenItIsRoundRobin() {
        Random random{1};
        PoolCache cache{1s, random};
        auto message = answer(wire::PolicyType::RoundRobin, 2);
        message.policy.reset();
        cache.store(message, start);
        QCOMPARE(order(cache.select(pool, Staleness::Fresh, start)), std::string("12"));
        QCOMPARE(order(cache.select(pool, Staleness::Fresh, start)), std::string("21"));
    }
    void givenManyPools_whenThereIsNoRoom_thenTheOldestGoes() {
        Random random{1};
        PoolCache cache{1h, random, 2};
        for (int i = 0; i < 3; ++i) {
            cache.store(answer(wire::PolicyType::RoundRobin, 1, PoolHandle{std::to_string(i)}), start + 1s * i);
        }
        QVERIFY(!cache.isFresh(PoolHandle{"0"}, start + 3s));
        QVERIFY(cache.isFresh(PoolHandle{"1"}, start + 3s));
        QVERIFY(cache.isFresh(PoolHandle{"2"}, start + 3s));
    }
};

QTEST_APPLESS_MAIN(TestPoolCache)
#include "test_pool_cache.moc"
