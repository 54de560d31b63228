// SPDX-License-Identifier: GPL-3.0-or-later
// CalcApp in a pool: jobs survive servers that are killed, frozen, full, mad, or leave in good order, and keep the work
// since their last cookie.
#include "core/wire/codec.h"
#include "demos/services/calcapp/calc_service.h"
#include "demos/users/calcapp/calc_pool_user.h"
#include "tests/unit/services/fake_link.h"
#include "tests/unit/services/service_world.h"

using namespace kolam;
using namespace kolam::calcapp;
using namespace kolam::testing;

namespace {

struct Pool : ServiceWorld {
    explicit Pool(std::uint64_t seed = 1) : ServiceWorld(PoolHandle{"CalcAppPool"}, seed) {}
    Element& add(std::uint8_t number) {
        return addElement(number, [&](Dispatcher& own) { return std::make_shared<CalcService>(own, log, options); });
    }
    static const CalcService& serviceOf(const Element& element) {
        return static_cast<const CalcService&>(*element.service);
    }
    CalcServiceOptions options{.server = {.capacity = 1'000'000, .cookieMaxTime = 500ms}};
};

struct Jobs {
    explicit Jobs(Pool& pool, const CalcPoolUserOptions& options = {})
        : user(pool.userDispatcher(), *pool.user->user, pool.log, options) {
        user.onJobDone([this](const CalcJob& job) { done.push_back(job); });
    }
    std::vector<CalcJob> done;
    CalcPoolUser user;
};

const CalcPoolUserOptions oneJob{.jobSize = 10'000'000, .constantSize = true, .jobs = 1};

double seconds(Duration duration) {
    return std::chrono::duration<double>(duration).count();
}

} // namespace

class TestCalcPool : public QObject {
    Q_OBJECT
private slots:
    void givenPool_whenAJobComes_thenItTakesItsTime() {
        Pool pool;
        pool.add(1);
        Jobs jobs{pool, oneJob};
        QVERIFY(pool.until([&] { return !jobs.done.empty(); }, 60s));
        const double took = seconds(jobs.done[0].completed - jobs.done[0].accepted);
        QVERIFY2(took >= 10.0 && took < 10.1, qPrintable(QString::number(took)));
    }

    void givenJob_whenItsServerIsKilled_thenOnlyTheWorkSinceTheLastCookieIsDoneAgain() {
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            Pool pool{seed};
            Random chance{seed * 7919};
            pool.add(1);
            pool.add(2);
            Jobs jobs{pool, oneJob};
            QVERIFY(pool.until([&] { return jobs.user.element() != PeIdentifier{}; }));
            pool.dispatcher.runFor(1ms * static_cast<std::int64_t>(1000 + chance.below(8'000)));
            const PeIdentifier victim = jobs.user.element();
            pool.at(victim).kill();
            const auto movedOn = [&] { return jobs.user.element() != PeIdentifier{} && jobs.user.element() != victim; };
            QVERIFY(pool.until(movedOn));
            const auto& second = Pool::serviceOf(pool.at(jobs.user.element()));
            QVERIFY(pool.until([&] { return !jobs.done.empty(); }, 60s));
            QCOMPARE(jobs.done[0].failovers, 1u);
            QCOMPARE(second.statistics().resumed, std::uint64_t{1});
            // All that is lost are at most half a second of work, and the time that the failover took.
            const double took = seconds(jobs.done[0].completed - jobs.done[0].accepted);
            QVERIFY2(took >= 10.0 && took < 10.9, qPrintable(QString::number(took)));
        }
    }

    void givenManyJobsAndDyingServers_whenAllIsOver_thenEveryJobIsDoneOnce() {
        std::uint64_t failovers = 0;
        for (std::uint64_t seed = 1; seed <= 15; ++seed) {
            Pool pool{seed};
            pool.options.server.maxJobs = 1;
            Random chance{seed * 104'729};
            pool.network.setLink({.latency = 200us, .jitter = 500us, .loss = chance.chance(0.3) ? 0.02 : 0.0});
            for (std::uint8_t number = 1; number <= 3; ++number) {
                pool.add(number);
            }
            Jobs jobs{pool, {.jobInterval = 200ms, .jobSize = 1'000'000, .jobs = 20}};
            for (int round = 0; round < 12 && jobs.done.size() < 20; ++round) {
                pool.dispatcher.runFor(1ms * static_cast<std::int64_t>(200 + chance.below(2'000)));
                if (auto* const victim = pool.find(jobs.user.element())) {
                    const auto number = static_cast<std::uint8_t>(victim->identifier().value & 0xffU);
                    if (chance.chance(0.3)) {
                        victim->process->freeze(); // and never comes back
                        pool.add(static_cast<std::uint8_t>(100 + round));
                    } else {
                        victim->kill(chance.chance(0.7) ? transport::Death::Noticed : transport::Death::Silent);
                        pool.add(number);
                    }
                }
            }
            QVERIFY(pool.until([&] { return jobs.done.size() >= 20; }, 600s));
            pool.dispatcher.runFor(10s);
            QCOMPARE(jobs.done.size(), std::size_t{20});
            for (std::uint32_t id = 1; id <= 20; ++id) {
                QCOMPARE(jobs.done[id - 1].id, id);
            }
            failovers += jobs.user.statistics().failovers;
        }
        qInfo("15 seeds, 300 jobs, all done once: %llu failovers", static_cast<unsigned long long>(failovers));
        QVERIFY(failovers >= 60);
    }

    void givenJob_whenItsServerLeavesInGoodOrder_thenNoWorkIsLost() {
        Pool pool;
        pool.options.server.cookieMaxTime = 1h; // nothing but the last cookie
        pool.options.server.cookieMaxCalculations = 1e15;
        pool.add(1);
        pool.add(2);
        Jobs jobs{pool, oneJob};
        QVERIFY(pool.until([&] { return jobs.user.element() != PeIdentifier{}; }));
        pool.dispatcher.runFor(7s);
        pool.at(jobs.user.element()).node->leave([] {});
        QVERIFY(pool.until([&] { return !jobs.done.empty(); }, 60s));
        QCOMPARE(jobs.done[0].failovers, 1u);
        const double took = seconds(jobs.done[0].completed - jobs.done[0].accepted);
        QVERIFY2(took >= 10.0 && took < 10.5, qPrintable(QString::number(took)));
    }

    void givenJob_whenItsServerLeavesUncleanly_thenTheWorkIsDoneAgain() {
        Pool pool;
        pool.options.server.cookieMaxTime = 1h;
        pool.options.server.cookieMaxCalculations = 1e15;
        pool.options.cleanShutdownProbability = 0;
        pool.add(1);
        pool.add(2);
        Jobs jobs{pool, oneJob};
        QVERIFY(pool.until([&] { return jobs.user.element() != PeIdentifier{}; }));
        pool.dispatcher.runFor(7s);
        pool.at(jobs.user.element()).node->leave([] {});
        QVERIFY(pool.until([&] { return !jobs.done.empty(); }, 60s));
        const double took = seconds(jobs.done[0].completed - jobs.done[0].accepted);
        QVERIFY2(took >= 17.0, qPrintable(QString::number(took)));
    }

    void givenFullServers_whenOneHasRoomAgain_thenTheJobIsDone() {
        Pool pool;
        pool.options.server.maxJobs = 1;
        pool.add(1);
        Jobs first{pool, oneJob};
        QVERIFY(pool.until([&] { return first.user.element() != PeIdentifier{}; }));
        pool.dispatcher.runFor(100ms);
        Jobs second{pool, {.jobSize = 1'000'000, .constantSize = true, .jobs = 1}};
        QVERIFY(pool.until([&] { return !second.done.empty(); }, 120s));
        QVERIFY(second.user.statistics().rejects >= 1);
        QVERIFY(second.user.statistics().rejects <= 15); // patient, not storming
        QVERIFY(!first.done.empty());
    }

    void givenUserThatDies_whenItHadAJob_thenTheServerHasRoomAgain() {
        Pool pool;
        auto& element = pool.add(1);
        {
            Jobs jobs{pool, oneJob};
            QVERIFY(pool.until([&] { return Pool::serviceOf(element).load() > 0; }));
        }
        QVERIFY(pool.until([&] { return Pool::serviceOf(element).load() == 0; }));
        QCOMPARE(Pool::serviceOf(element).statistics().dropped, std::uint64_t{1});
    }

    void givenUserThatSendsGarbage_whenItIsRead_thenItsSessionIsAbortedAndItsJobIsGone() {
        VirtualDispatcher dispatcher{1};
        SilentLog log;
        CalcService service{dispatcher, log, {}};
        const auto after = [&](auto speak) {
            FakeLink link;
            const auto session = service.open(link);
            session->onMessage(wire::calcAppPpid, wire::encode(wire::CalcAppMessage{.jobId = 1, .jobSize = 1'000'000}));
            speak(*session);
            return link.order; // M is the acceptance
        };
        QCOMPARE(after([](ServiceSession& s) { s.onMessage(wire::calcAppPpid, asOctets("x")); }), std::string{"MA"});
        QCOMPARE(after([](ServiceSession& s) { s.onMessage(0, asOctets("hello")); }), std::string{"MA"});
        QCOMPARE(after([](ServiceSession& s) { s.onCookieEcho(asOctets("not a cookie")); }), std::string{"MA"});
        QCOMPARE(after([](ServiceSession& s) { s.onCookieEcho(Octets(20)); }), std::string{"MM"}); // another job
        QCOMPARE(service.load(), 0.0);
        QCOMPARE(service.statistics().dropped, std::uint64_t{5});
    }

    void givenServerThatHasWorked_whenItsScalarsAreWritten_thenTheySayHowMuch() {
        VirtualDispatcher dispatcher{1};
        SilentLog log;
        CalcService service{dispatcher, log, {.object = "element[0]"}};
        FakeLink link;
        const auto session = service.open(link);
        session->onMessage(wire::calcAppPpid, wire::encode(wire::CalcAppMessage{.jobId = 1, .jobSize = 1'000'000}));
        dispatcher.runFor(4s);
        const std::string scalars = service.scalars();
        QVERIFY2(scalars.starts_with("run 1 \"scenario\"\nscalar "), scalars.c_str());
        for (const char* const line : {"scalar \"element[0]\" \"CalcAppPE Service Uptime\"           4.000000\n",
                                       "scalar \"element[0]\" \"CalcAppPE Total Used Capacity\"      1000000\n",
                                       "scalar \"element[0]\" \"CalcAppPE Total Wasted Capacity\"    3000000\n",
                                       "scalar \"element[0]\" \"CalcAppPE Utilization\"              0.250000\n"}) {
            QVERIFY2(scalars.find(line) != std::string::npos, scalars.c_str());
        }
    }

    void givenServerThatAnswersGarbage_whenAJobComes_thenItGoesToASaneOne() {
        class Mad final : public Service {
        public:
            std::unique_ptr<ServiceSession> open(SessionLink& link) override {
                class Session final : public ServiceSession {
                public:
                    explicit Session(SessionLink& link) : m_link(link) {}
                    void onMessage(std::uint32_t, OctetView) override {
                        (void)m_link.send(wire::calcAppPpid, asOctets("not a message of CalcApp"));
                    }
                    void onCookieEcho(OctetView) override {}

                private:
                    SessionLink& m_link;
                };
                return std::make_unique<Session>(link);
            }
        };
        Pool pool;
        pool.addElement(1, [](Dispatcher&) { return std::make_shared<Mad>(); });
        Jobs jobs{pool, {.jobSize = 1'000'000, .constantSize = true, .jobs = 1}};
        pool.dispatcher.runFor(3s);
        QVERIFY(jobs.done.empty());
        pool.add(2);
        QVERIFY(pool.until([&] { return !jobs.done.empty(); }, 60s));
    }
};

QTEST_GUILESS_MAIN(TestCalcPool)
#include "test_calc_pool.moc"
