// SPDX-License-Identifier: GPL-3.0-or-later
// Ping pong: the numbers of replies go on without a gap while elements are killed, frozen, restarted and worn out.
#include "core/wire/codec.h"
#include "demos/services/pingpong/ping_pong_service.h"
#include "demos/users/pingpong/ping_user.h"
#include "tests/unit/services/fake_link.h"
#include "tests/unit/services/service_world.h"

#include <QFile>

using namespace kolam;
using namespace kolam::services;
using namespace kolam::testing;
using namespace kolam::users;

namespace {

class NotingListener final : public PingListener {
public:
    void onReply(const PingReply& reply) override { numbers.push_back(reply.number); }
    void onFailoverEnd(PeIdentifier, bool resumed, Duration) override { resumedAll = resumedAll && resumed; }
    void onFailoverBegin(PeIdentifier, FailoverCause cause) override { causes.push_back(cause); }
    void onDone() override { done = true; }
    std::vector<std::uint64_t> numbers;
    std::vector<FailoverCause> causes;
    bool resumedAll = true;
    bool done = false;
};

/// Every number from 1 on, each once or (after a failover) twice.
bool goesOn(const std::vector<std::uint64_t>& numbers) {
    std::uint64_t last = 0;
    for (const std::uint64_t number : numbers) {
        if (number != last + 1 && number != last) {
            return false;
        }
        last = number;
    }
    return true;
}

struct Pool : ServiceWorld {
    explicit Pool(std::uint64_t seed = 1) : ServiceWorld(PoolHandle{"PingPongPool"}, seed) {}
    Element& add(std::uint8_t number, PingPongOptions options = {}) {
        return addElement(number, [&](Dispatcher&) { return std::make_shared<PingPongService>(log, options); });
    }
};

struct Bench {
    explicit Bench(PingPongOptions options = {}) : service(log, options), session(service.open(link)) {}
    void ping(std::uint64_t number, std::string_view text = "hello") {
        const OctetView data = asOctets(text);
        session->onMessage(wire::pingPongPpid,
                           wire::encode(wire::Ping{.messageNumber = number, .data = {data.begin(), data.end()}}));
    }
    SilentLog log;
    PingPongService service;
    FakeLink link;
    std::unique_ptr<ServiceSession> session;
};

/// The messages of rsplib's client and server in a capture, in order.
std::vector<Octets> captured(std::string_view message) {
    QFile file{QStringLiteral(KOLAM_CAPTURES "/vectors-services.tsv")};
    std::vector<Octets> all;
    if (file.open(QIODevice::ReadOnly)) {
        for (const QByteArray& line : file.readAll().split('\n')) {
            const QList<QByteArray> fields = line.split('\t');
            if (fields.size() >= 10 && fields[1] == QByteArrayView{message.data(), qsizetype(message.size())} &&
                fields[2] == "service-pingpong-failover") {
                all.push_back(fromHex(fields[9].toStdString()));
            }
        }
    }
    return all;
}

} // namespace

class TestPingPong : public QObject {
    Q_OBJECT
private slots:
    void givenRsplibsPings_whenTheyAreAnswered_thenThePongsAreRsplibsOctetForOctet() {
        const auto pings = captured("PING");
        const auto pongs = captured("PONG");
        QCOMPARE(pings.size(), std::size_t{13});
        QCOMPARE(pongs.size(), pings.size());
        Bench bench;
        for (const Octets& ping : pings) {
            bench.session->onMessage(wire::pingPongPpid, ping);
        }
        QCOMPARE(bench.link.messages, pongs); // their failovers did not interrupt the numbers either
        QCOMPARE(bench.link.cookies.front(), fromHex("3c50502d5444313e0000000000000002"));
    }

    void givenPing_whenItIsAnswered_thenTheCookieFollowsThePong() {
        Bench bench;
        bench.ping(7);
        bench.ping(8);
        QCOMPARE(bench.link.order, std::string{"MCMC"});
        const auto pong = wire::decode<wire::Pong>(bench.link.messages[1]);
        QVERIFY(pong.has_value());
        QCOMPARE(pong->messageNumber, std::uint64_t{8});
        QCOMPARE(pong->replyNumber, std::uint64_t{2});
        QCOMPARE(asText(pong->data), std::string_view{"hello"});
    }

    void givenUserWhoTakesNothing_whenThereIsRoomAgain_thenPongsAndCookiesComeInOrder() {
        Bench bench;
        bench.link.room = 1; // between a pong and its cookie
        bench.ping(1);
        bench.ping(2);
        QCOMPARE(bench.link.order, std::string{"M"});
        bench.link.room = 2;
        bench.session->onWritable();
        QCOMPARE(bench.link.order, std::string{"MCM"});
        bench.link.room = 100;
        bench.session->onWritable();
        QCOMPARE(bench.link.order, std::string{"MCMC"});
    }

    void givenUserWhoTakesNothingForEver_whenTooMuchWaits_thenItsSessionIsAborted() {
        Bench bench;
        bench.link.room = 0;
        const std::string large(30'000, 'x');
        for (int i = 0; i < 100; ++i) {
            bench.ping(1, large);
        }
        QCOMPARE(bench.link.order, std::string{"A"});
        QCOMPARE(bench.link.why, std::string{"takes no replies"});
    }

    void givenCookie_whenItIsEchoed_thenTheNumbersGoOn() {
        Bench bench;
        bench.session->onCookieEcho(wire::encode(wire::PingPongCookie{.nextReplyNumber = 42}));
        bench.ping(9);
        QCOMPARE(wire::decode<wire::Pong>(bench.link.messages.at(0))->replyNumber, std::uint64_t{42});
    }

    void givenGarbage_whenItComes_thenTheSessionIsAborted_data() {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QByteArray>("cookie");
        QTest::addColumn<bool>("cookieLate");
        const QByteArray cookie = QByteArray::fromHex("3c50502d5444313e0000000000000002");
        QTest::newRow("empty") << QByteArray{"x"} << QByteArray{} << false;
        QTest::newRow("short") << QByteArray::fromHex("0100000800000000") << QByteArray{} << false;
        QTest::newRow("wrong length") << QByteArray::fromHex("0100ffff0000000000000001") << QByteArray{} << false;
        QTest::newRow("pong") << QByteArray::fromHex("0200001400000000000000010000000000000001") << QByteArray{}
                              << false;
        QTest::newRow("short cookie") << QByteArray{} << cookie.left(15) << false;
        QTest::newRow("long cookie") << QByteArray{} << cookie + "x" << false;
        QTest::newRow("foreign cookie") << QByteArray{} << QByteArray::fromHex("3c46472d5444313e0000000000000002")
                                        << false;
        QTest::newRow("late cookie") << QByteArray{} << cookie << true;
    }
    void givenGarbage_whenItComes_thenTheSessionIsAborted() {
        QFETCH(QByteArray, message);
        QFETCH(QByteArray, cookie);
        QFETCH(bool, cookieLate);
        const auto octets = [](const QByteArray& bytes) {
            return std::as_bytes(std::span{bytes.constData(), static_cast<std::size_t>(bytes.size())});
        };
        Bench bench;
        if (cookieLate) {
            bench.ping(1);
        }
        if (!message.isEmpty()) {
            bench.session->onMessage(wire::pingPongPpid, octets(message));
        } else {
            bench.session->onCookieEcho(octets(cookie));
        }
        QCOMPARE(bench.link.order.back(), 'A');
        const std::size_t said = bench.link.messages.size();
        bench.ping(2); // nothing more is said to it
        QCOMPARE(bench.link.messages.size(), said);
        QCOMPARE(bench.service.statistics().aborted, std::uint64_t{1});
    }

    void givenAllSlotsTaken_whenAnotherUserComes_thenItIsRefusedUntilOneLeaves() {
        SilentLog log;
        PingPongService service{log, {.capacity = 1}};
        FakeLink one;
        FakeLink other;
        auto session = service.open(one);
        QVERIFY(session);
        QCOMPARE(service.load(), 1.0);
        QVERIFY(!service.open(other));
        session.reset();
        QVERIFY(service.open(other) != nullptr);
    }

    void givenPool_whenCountIsReached_thenEveryPingWasAnsweredOnce() {
        Pool pool;
        pool.add(1);
        NotingListener listener;
        PingUser user{pool.userDispatcher(), *pool.user->user, listener, {.interval = 10ms, .count = 50}};
        QVERIFY(pool.until([&] { return listener.done; }));
        QCOMPARE(user.statistics().replies, std::uint64_t{50});
        QCOMPARE(listener.numbers.size(), std::size_t{50});
        QVERIFY(goesOn(listener.numbers) && listener.numbers.back() == 50);
        pool.dispatcher.runFor(5s);
        QCOMPARE(user.statistics().pings, std::uint64_t{50}); // and then there was peace
        QVERIFY(listener.causes.empty());
    }

    void givenElementsThatAreKilledAndComeBack_whenPingsGoOn_thenTheNumbersHaveNoGap() {
        std::uint64_t failovers = 0;
        std::uint64_t repeated = 0;
        for (std::uint64_t seed = 1; seed <= 30; ++seed) {
            Pool pool{seed};
            Random chance{seed * 7919};
            pool.network.setLink({.latency = 200us, .jitter = 500us, .loss = chance.chance(0.3) ? 0.02 : 0.0});
            for (std::uint8_t number = 1; number <= 3; ++number) {
                pool.add(number);
            }
            NotingListener listener;
            PingUser user{pool.userDispatcher(), *pool.user->user, listener, {.interval = 5ms, .replyTimeout = 2s}};
            for (int round = 0; round < 10; ++round) {
                QVERIFY(pool.until([&] { return user.element() != PeIdentifier{}; }, 30s));
                pool.dispatcher.runFor(1us * static_cast<std::int64_t>(100'000 + chance.below(200'000)));
                if (auto* const victim = pool.find(user.element())) {
                    const auto number = static_cast<std::uint8_t>(victim->identifier().value & 0xffU);
                    victim->kill(chance.chance(0.7) ? transport::Death::Noticed : transport::Death::Silent);
                    pool.add(number);
                }
            }
            const std::uint64_t goal = user.statistics().replies + 100;
            QVERIFY(pool.until([&] { return user.statistics().replies >= goal; }, 60s));
            const std::string what = "seed " + std::to_string(seed);
            QVERIFY2(user.statistics().gapless() && goesOn(listener.numbers) && listener.resumedAll, what.c_str());
            failovers += user.statistics().failovers;
            repeated += user.statistics().repeated;
        }
        qInfo("30 seeds: %llu failovers, %llu numbers came again, none was skipped",
              static_cast<unsigned long long>(failovers), static_cast<unsigned long long>(repeated));
        QVERIFY(failovers >= 150);
    }

    void givenElementThatWearsOut_whenItEndsSessions_thenTheNumbersGoOnAtOthers() {
        Pool pool;
        pool.add(1, {.failureAfter = 4});
        pool.add(2, {.failureAfter = 3});
        NotingListener listener;
        PingUser user{pool.userDispatcher(), *pool.user->user, listener, {.interval = 100ms, .count = 40}};
        QVERIFY(pool.until([&] { return listener.done; }, 60s));
        QVERIFY(user.statistics().failovers >= 9);
        QVERIFY(user.statistics().gapless() && goesOn(listener.numbers));
        QCOMPARE(listener.numbers.back(), std::uint64_t{40});
    }

    void givenElementThatLivesButOwesAReply_whenTheTimeoutPasses_thenTheUserGoesElsewhere() {
        // Its session layer answers keep-alives; only its service says nothing.
        class Mute final : public Service {
        public:
            std::unique_ptr<ServiceSession> open(SessionLink&) override {
                class Session final : public ServiceSession {
                    void onMessage(std::uint32_t, OctetView) override {}
                    void onCookieEcho(OctetView) override {}
                };
                return std::make_unique<Session>();
            }
        };
        Pool pool;
        pool.addElement(1, [](Dispatcher&) { return std::make_shared<Mute>(); });
        NotingListener listener;
        PingUser user{pool.userDispatcher(), *pool.user->user, listener, {.replyTimeout = 1s, .count = 5}};
        QVERIFY(pool.until([&] { return user.statistics().pings >= 1; }));
        pool.add(2);
        QVERIFY(pool.until([&] { return listener.done; }, 60s));
        QVERIFY(user.statistics().timeouts >= 1);
        QCOMPARE(listener.causes.front(), FailoverCause::Application);
        QVERIFY(user.statistics().gapless());
    }
};

QTEST_GUILESS_MAIN(TestPingPong)
#include "test_ping_pong.moc"
