// SPDX-License-Identifier: GPL-3.0-or-later
// Whole conversations of elements, users and registrars over the simulated network.
#include "tests/unit/node/endpoint_world.h"

using namespace kolam;
using namespace kolam::testing;

class TestEndpoints : public QObject {
    Q_OBJECT
private slots:
    void givenRegistrarAndElement_whenUserOpensSession_thenRequestsAreAnswered() {
        World world;
        const auto registrar = world.addRegistrar();
        const auto element = world.addElement(1);
        QVERIFY(world.untilRegistered({element.get()}));
        QCOMPARE(element->element->status().registrar, ServerId{0x11111111});
        const auto user = world.addUser();
        CountingUser session{*user->user, world.dispatcher};
        QVERIFY(world.until([&] { return session.expected.number >= 100; }));
        QCOMPARE(session.element, element->element->identifier());
        QVERIFY(session.status().peerIsOurs);
        QCOMPARE(session.status().attempts, std::uint64_t{1});
        QCOMPARE(session.wrong, std::size_t{0});
        QCOMPARE(element->element->status().sessions, std::size_t{1});
    }

    void givenTwoElements_whenTheOneInUseIsKilled_thenTheSessionGoesOnWithItsState() {
        World world;
        const auto registrar = world.addRegistrar();
        std::unique_ptr<Process> elements[] = {world.addElement(1), world.addElement(2)};
        QVERIFY(world.untilRegistered({elements[0].get(), elements[1].get()}));
        const auto user = world.addUser();
        CountingUser session{*user->user, world.dispatcher};
        QVERIFY(world.until([&] { return session.expected.number >= 100; }));
        const std::size_t used = session.element == elements[0]->element->identifier() ? 0 : 1;
        elements[used]->kill();
        QVERIFY(world.until([&] { return session.expected.number >= 200; }));
        QCOMPARE(session.element, elements[1 - used]->element->identifier());
        QCOMPARE(session.causes, std::vector{FailoverCause::AssociationLost});
        QCOMPARE(session.failovers.size(), std::size_t{1});
        QVERIFY2(session.failovers[0] < 50ms, std::to_string(session.failovers[0].count()).c_str());
        QCOMPARE(elements[1 - used]->service->resumed, std::size_t{1});
        QCOMPARE(session.wrong, std::size_t{0});
    }

    void givenSession_whenItsElementIsFrozen_thenItGoesOnElsewhereInTime_data() {
        QTest::addColumn<QString>("profile");
        QTest::addColumn<int>("milliseconds");
        QTest::newRow("demo") << QStringLiteral("demo") << 1000;
        QTest::newRow("fast") << QStringLiteral("fast") << 150;
    }
    void givenSession_whenItsElementIsFrozen_thenItGoesOnElsewhereInTime() {
        QFETCH(QString, profile);
        QFETCH(int, milliseconds);
        World world;
        world.profile = *findProfile(profile.toStdString());
        const auto registrar = world.addRegistrar();
        std::unique_ptr<Process> elements[] = {world.addElement(1), world.addElement(2)};
        QVERIFY(world.untilRegistered({elements[0].get(), elements[1].get()}));
        const auto user = world.addUser();
        CountingUser session{*user->user, world.dispatcher};
        QVERIFY(world.until([&] { return session.expected.number >= 100; }));
        const std::size_t used = session.element == elements[0]->element->identifier() ? 0 : 1;
        elements[used]->process->freeze();
        const TimePoint frozen = world.dispatcher.now();
        QVERIFY(world.until([&] { return !session.failovers.empty(); }));
        QVERIFY(world.dispatcher.now() - frozen < std::chrono::milliseconds{milliseconds});
        QVERIFY(world.until([&] { return session.expected.number >= 200; }));
        QCOMPARE(session.causes, std::vector{FailoverCause::KeepAliveTimeout});
        elements[used]->process->thaw();
        world.dispatcher.runFor(5s);
        QCOMPARE(session.causes.size(), std::size_t{1});
        QCOMPARE(session.wrong, std::size_t{0});
        QVERIFY(world.untilRegistered({elements[used].get()})); // it has come back into its pool
    }

    void givenUserThatCannotSend_whenItFailsOver_thenTheStateComesFirstAllTheSame() {
        World world;
        const auto registrar = world.addRegistrar();
        std::unique_ptr<Process> elements[] = {world.addElement(1), world.addElement(2)};
        QVERIFY(world.untilRegistered({elements[0].get(), elements[1].get()}));
        const auto user = world.addUser();
        CountingUser session{*user->user, world.dispatcher};
        QVERIFY(world.until([&] { return session.expected.number >= 100; }));
        const std::size_t used = session.element == elements[0]->element->identifier() ? 0 : 1;
        user->process->blockSends(true);
        elements[used]->kill();
        world.dispatcher.runFor(200ms);
        user->process->blockSends(false);
        QVERIFY(world.until([&] { return session.expected.number >= 200; }));
        QCOMPARE(session.wrong, std::size_t{0});
    }

    void givenFrozenUser_whenTheServiceWatchesUsers_thenItsSlotIsFree() {
        World world;
        const auto registrar = world.addRegistrar();
        const auto element = world.addElement(1);
        element->service->watch = true;
        QVERIFY(world.untilRegistered({element.get()}));
        const auto user = world.addUser();
        CountingUser session{*user->user, world.dispatcher};
        QVERIFY(world.until([&] { return session.expected.number >= 10; }));
        user->process->freeze();
        QVERIFY(world.until([&] { return element->service->taken == 0; }, 1s));
    }

    void givenMoreSessionsThanSlots_whenAMinutePasses_thenThereIsNoStorm() {
        World world;
        world.policy = wire::PolicyType::LeastUsed;
        const auto registrar = world.addRegistrar();
        std::unique_ptr<Process> elements[] = {world.addElement(1, 4), world.addElement(2, 4), world.addElement(3, 4)};
        QVERIFY(world.untilRegistered({elements[0].get(), elements[1].get(), elements[2].get()}));
        const auto user = world.addUser();
        std::vector<std::unique_ptr<CountingUser>> sessions;
        for (int i = 0; i < 64; ++i) {
            sessions.push_back(std::make_unique<CountingUser>(*user->user, world.dispatcher, 100ms));
        }
        world.dispatcher.runFor(60s);
        std::uint64_t attempts = 0;
        std::size_t waiting = 0;
        std::size_t standing = 0;
        for (const auto& session : sessions) {
            const SessionStatus status = session->status();
            attempts += status.attempts;
            QVERIFY2(status.attempts <= 61, std::to_string(status.attempts).c_str());
            standing += status.state == SessionState::Established ? 1u : 0u;
            if (status.state == SessionState::Waiting) {
                ++waiting;
                QCOMPARE(status.waitReason, WaitReason::Refused);
                QVERIFY(status.retryAt > world.dispatcher.now() - 1ms);
            }
            QVERIFY(session->causes.empty()); // being refused is no failover
        }
        qInfo("64 sessions, 12 slots, 60 s: %llu attempts, %zu stand, %zu wait",
              static_cast<unsigned long long>(attempts), standing, waiting);
        QCOMPARE(standing, std::size_t{12});
        QVERIFY(attempts <= 52 * 60 + 64);

        for (auto& session : sessions) { // everybody goes: whoever waits gets a slot soon
            if (session->status().state == SessionState::Established) {
                user->user->closeSession(session->id);
            }
        }
        QVERIFY(world.until(
            [&] {
                return elements[0]->service->taken + elements[1]->service->taken + elements[2]->service->taken == 12;
            },
            5s));
    }

    void givenRunningSessions_whenTheRegistrarIsRestarted_thenTheyGoOnAndElementsAreBackAtOnce() {
        World world;
        auto registrar = world.addRegistrar();
        std::unique_ptr<Process> elements[] = {world.addElement(1), world.addElement(2)};
        QVERIFY(world.untilRegistered({elements[0].get(), elements[1].get()}));
        const auto user = world.addUser();
        CountingUser session{*user->user, world.dispatcher};
        QVERIFY(world.until([&] { return session.expected.number >= 100; }));
        registrar->kill();
        QVERIFY(world.until([&] { return elements[0]->element->status().state == ElementState::Looking; }));
        world.dispatcher.runFor(3s);
        registrar = world.addRegistrar();
        const TimePoint restarted = world.dispatcher.now();
        QVERIFY(world.untilRegistered({elements[0].get(), elements[1].get()}));
        QVERIFY(world.dispatcher.now() - restarted < 500ms);
        QCOMPARE(registrar->registrar->handlespace().elementCount(), std::size_t{2});
        QVERIFY(session.causes.empty());
        QCOMPARE(session.wrong, std::size_t{0});
    }

    void givenDeadRegistrar_whenTheElementDiesToo_thenTheSessionGoesOnByWhatItKnows() {
        World world;
        auto registrar = world.addRegistrar();
        std::unique_ptr<Process> elements[] = {world.addElement(1), world.addElement(2)};
        QVERIFY(world.untilRegistered({elements[0].get(), elements[1].get()}));
        const auto user = world.addUser();
        CountingUser session{*user->user, world.dispatcher};
        QVERIFY(world.until([&] { return session.expected.number >= 100; }));
        registrar->kill();
        world.dispatcher.runFor(20s);
        const std::size_t used = session.element == elements[0]->element->identifier() ? 0 : 1;
        elements[used]->kill();
        QVERIFY(world.until([&] { return session.failovers.size() == 1; }));
        QVERIFY2(session.failovers[0] < 50ms, std::to_string(session.failovers[0].count()).c_str());
        QCOMPARE(session.wrong, std::size_t{0});
    }

    void givenNoRegistrar_whenASessionIsOpened_thenItWaitsAndSaysWhy() {
        World world;
        const auto user = world.addUser();
        QVERIFY(user->user->status().looking);
        CountingUser session{*user->user, world.dispatcher};
        QVERIFY(world.until([&] { return session.reasons.contains(WaitReason::NoRegistrar); }, 1s));
        world.dispatcher.runFor(60s);
        QCOMPARE(session.status().attempts, std::uint64_t{0});

        const auto registrar = world.addRegistrar(); // found later
        QVERIFY(world.until([&] { return !user->user->status().looking; }, 1s));
        QCOMPARE(user->user->status().registrar, ServerId{0x11111111});
        QVERIFY(world.until([&] { return session.reasons.contains(WaitReason::NoElement); }, 1s));
        const auto element = world.addElement(1);
        QVERIFY(world.until([&] { return session.expected.number >= 10; }, 5s));
        QVERIFY(session.causes.empty());
    }

    void givenFixedListOnly_whenTheRegistrarComesLate_thenItIsFound() {
        World world;
        world.sources.announces = false;
        world.sources.fixed = {{{World::registrarHost(1)}, 3863}, {{World::registrarHost(2)}, 3863}};
        const auto element = world.addElement(1);
        const auto user = world.addUser();
        CountingUser session{*user->user, world.dispatcher};
        world.dispatcher.runFor(10s);
        const auto registrar = world.addRegistrar(2);
        QVERIFY(world.until([&] { return session.expected.number >= 10; }, 5s));
    }

    void givenFrozenRegistrar_whenThereIsAnotherOne_thenRequestsGoThere() {
        World world;
        const auto first = world.addRegistrar(1);
        const auto element = world.addElement(1);
        QVERIFY(world.untilRegistered({element.get()}));
        const auto second = world.addRegistrar(2);
        first->process->freeze();
        QVERIFY(world.until([&] { return second->registrar->handlespace().elementCount() == 1; }, 5s));
        QCOMPARE(element->element->status().registrar, ServerId{0x22222222});
    }

    /// Elements ask who else is in the pool, to tell their users; that must not cost anybody his turn.
    void givenThreeElements_whenSixUsersCome_thenTheyAreSentRoundInTurns() {
        World world;
        const auto registrar = world.addRegistrar();
        std::unique_ptr<Process> elements[] = {world.addElement(1), world.addElement(2), world.addElement(3)};
        QVERIFY(world.untilRegistered({elements[0].get(), elements[1].get(), elements[2].get()}));
        std::vector<std::unique_ptr<Process>> users;
        std::vector<std::unique_ptr<CountingUser>> sessions;
        for (std::uint8_t number = 1; number <= 6; ++number) {
            users.push_back(world.addUser(number));
            sessions.push_back(std::make_unique<CountingUser>(*users.back()->user, world.dispatcher));
            QVERIFY(world.until([&] { return sessions.back()->expected.number >= 1; }));
        }
        const std::set<PeIdentifier> firstRound{sessions[0]->element, sessions[1]->element, sessions[2]->element};
        QCOMPARE(firstRound.size(), std::size_t{3});
        for (std::size_t i = 0; i < 3; ++i) {
            QCOMPARE(sessions[i + 3]->element, sessions[i]->element);
        }
    }

    void givenTwoSessionsAtOneElement_whenBothTalk_thenEachHasAnAssociationOfItsOwn() {
        World world;
        const auto registrar = world.addRegistrar();
        const auto element = world.addElement(1);
        QVERIFY(world.untilRegistered({element.get()}));
        const auto user = world.addUser();
        CountingUser one{*user->user, world.dispatcher};
        CountingUser two{*user->user, world.dispatcher};
        QVERIFY(world.until([&] { return one.expected.number >= 50 && two.expected.number >= 50; }));
        QCOMPARE(element->element->status().sessions, std::size_t{2});
        user->user->closeSession(one.id);
        QVERIFY(world.until([&] { return element->element->status().sessions == 1; }));
        QCOMPARE(one.status().state, SessionState::Closed);
    }

    void givenSession_whenTheApplicationGivesTheElementUp_thenAnotherOneGoesOnAndTheRegistrarIsTold() {
        World world;
        const auto registrar = world.addRegistrar();
        std::unique_ptr<Process> elements[] = {world.addElement(1), world.addElement(2)};
        QVERIFY(world.untilRegistered({elements[0].get(), elements[1].get()}));
        const auto user = world.addUser();
        CountingUser session{*user->user, world.dispatcher};
        QVERIFY(world.until([&] { return session.expected.number >= 100; }));
        const PeIdentifier before = session.element;
        user->user->forceFailover(session.id, true);
        QVERIFY(world.until([&] { return session.expected.number >= 200; }));
        QVERIFY(session.element != before);
        QCOMPARE(session.causes, std::vector{FailoverCause::Application});
        QCOMPARE(session.wrong, std::size_t{0});
        QVERIFY(world.until([&] { return elements[0]->service->taken + elements[1]->service->taken == 1; }));
    }

    void givenSession_whenItsCookieIsDropped_thenTheNextElementStartsFromTheBeginning() {
        World world;
        const auto registrar = world.addRegistrar();
        const auto element = world.addElement(1);
        QVERIFY(world.untilRegistered({element.get()}));
        const auto user = world.addUser();
        CountingUser session{*user->user, world.dispatcher};
        session.goal = 100;
        QVERIFY(world.until([&] { return session.expected.number == 100; }));
        QCOMPARE(session.status().cookieSize, std::size_t{16});
        user->user->dropCookie(session.id);
        QCOMPARE(session.status().cookieSize, std::size_t{0});
        session.expected = {};
        user->user->forceFailover(session.id, false); // the only element there is: back to it
        QVERIFY(world.until([&] { return session.expected.number == 100; }));
        QCOMPARE(element->service->resumed, std::size_t{0});
        QCOMPARE(session.wrong, std::size_t{0});
    }

    void givenElement_whenItLeaves_thenItIsOutOfThePoolAndItsSessionsGoOnElsewhere() {
        World world;
        const auto registrar = world.addRegistrar();
        std::unique_ptr<Process> elements[] = {world.addElement(1), world.addElement(2)};
        QVERIFY(world.untilRegistered({elements[0].get(), elements[1].get()}));
        const auto user = world.addUser();
        CountingUser session{*user->user, world.dispatcher};
        QVERIFY(world.until([&] { return session.expected.number >= 100; }));
        auto& used = session.element == elements[0]->element->identifier() ? elements[0] : elements[1];
        bool left = false;
        used->element->leave([&] {
            left = true;
            used->element.reset();
        });
        QVERIFY(world.until([&] { return left; }, 1s));
        QCOMPARE(registrar->registrar->handlespace().elementCount(), std::size_t{1});
        QVERIFY(world.until([&] { return session.expected.number >= 200; }));
        QCOMPARE(session.causes, std::vector{FailoverCause::PeerShutdown});
        QCOMPARE(session.wrong, std::size_t{0});
    }

    void givenFrozenRegistrar_whenTheElementLeaves_thenItsSessionsEndGracefullyAllTheSame() {
        World world;
        const auto registrar = world.addRegistrar();
        const auto element = world.addElement(1);
        QVERIFY(world.untilRegistered({element.get()}));
        const auto user = world.addUser();
        CountingUser session{*user->user, world.dispatcher};
        QVERIFY(world.until([&] { return session.expected.number >= 10; }));
        registrar->process->freeze();
        bool left = false;
        element->element->leave([&] { left = true; });
        QVERIFY(world.until([&] { return left; }, world.profile.registrarRequest));
        QCOMPARE(session.causes, std::vector{FailoverCause::PeerShutdown});
        QCOMPARE(element->element->status().sessions, std::size_t{0});
    }

    void givenElement_whenItLeaves_thenItsAssociationToTheRegistrarEndsGracefully() {
        World world;
        const auto host = world.network.addHost({World::registrarHost()});
        std::optional<transport::DownReason> end;
        const auto mute = *host->open({.local = {{World::registrarHost()}, 3863}, .listen = true},
                                      [&](const transport::Event& event) {
                                          if (const auto* down = std::get_if<transport::Down>(&event)) {
                                              end = down->reason;
                                          }
                                      });
        world.sources = {.announces = false, .fixed = {mute->local()}};
        auto element = world.addElement(1);
        QVERIFY(world.until([&] { return element->element->status().state == ElementState::Registering; }));
        bool left = false;
        element->element->leave([&] { left = true; });
        QVERIFY(world.until([&] { return left; }));
        element->element.reset();
        QVERIFY(world.until([&] { return end.has_value(); }));
        QCOMPARE(*end, transport::DownReason::ShutdownByPeer);
    }
    void givenUnknownPool_whenResolved_thenTheUserIsTold() {
        World world;
        const auto user = world.addUser();
        std::vector<std::string> answers;
        const auto ask = [&](const char* handle) {
            user->user->resolve(PoolHandle{handle}, 0, [&](const auto& answer) {
                answers.push_back(answer ? std::to_string(answer->size()) + " elements"
                                         : std::to_string(static_cast<int>(answer.error())));
            });
        };
        ask("Pool");
        QVERIFY(answers.empty());
        QVERIFY(world.until([&] { return answers.size() == 1; }));
        const auto registrar = world.addRegistrar();
        const auto element = world.addElement(1);
        QVERIFY(world.untilRegistered({element.get()}));
        QVERIFY(world.until([&] { return !user->user->status().looking; }));
        ask("Other");
        ask("Pool");
        QVERIFY(world.until([&] { return answers.size() == 3; }));
        QCOMPARE(answers,
                 (std::vector<std::string>{std::to_string(static_cast<int>(ResolveErrc::NoRegistrar)),
                                           std::to_string(static_cast<int>(ResolveErrc::UnknownPool)), "1 elements"}));
    }

    void givenRandomKills_whenAHundredSeedsAreLived_thenNoAcknowledgedWorkIsLost_data() {
        QTest::addColumn<bool>("noticed");
        QTest::newRow("processes die") << true;
        QTest::newRow("machines vanish") << false;
    }
    void givenRandomKills_whenAHundredSeedsAreLived_thenNoAcknowledgedWorkIsLost() {
        QFETCH(bool, noticed);
        const auto death = noticed ? transport::Death::Noticed : transport::Death::Silent;
        std::vector<Duration> took;
        std::size_t kills = 0;
        std::uint64_t requests = 0;
        for (std::uint64_t seed = 1; seed <= 50; ++seed) {
            const std::uint64_t worldSeed = noticed ? seed : seed + 50;
            World world{worldSeed};
            world.network.setLink({.latency = 200us, .jitter = 1ms, .loss = noticed ? 0 : 0.01});
            auto registrar = world.addRegistrar();
            std::vector<std::unique_ptr<Process>> elements;
            for (std::uint8_t i = 0; i < 4; ++i) {
                elements.push_back(world.addElement(static_cast<std::uint8_t>(i + 1)));
            }
            const auto user = world.addUser();
            std::vector<std::unique_ptr<CountingUser>> sessions;
            for (int i = 0; i < 8; ++i) {
                sessions.push_back(std::make_unique<CountingUser>(*user->user, world.dispatcher, 10ms));
            }
            Random chance{worldSeed * 1'000};
            for (int round = 0; round < 20; ++round) {
                world.dispatcher.runFor(Duration{static_cast<std::int64_t>(chance.below(2'000'000'000))});
                const std::size_t victim = chance.below(5);
                if (victim == 4) {
                    registrar->kill(death);
                    registrar = world.addRegistrar();
                } else {
                    elements[victim]->kill(death);
                    elements[victim] = world.addElement(static_cast<std::uint8_t>(victim + 1));
                    ++kills;
                }
            }
            for (auto& session : sessions) { // after the last fault everybody must get on
                session->goal = session->expected.number + 50;
            }
            const bool finished = world.until(
                [&] {
                    return std::ranges::all_of(sessions, [](const auto& s) { return s->expected.number >= s->goal; });
                },
                30s);
            std::size_t wrong = 0;
            for (const auto& session : sessions) {
                wrong += session->wrong;
                requests += session->expected.number;
                took.insert(took.end(), session->failovers.begin(), session->failovers.end());
            }
            QVERIFY2(
                finished && wrong == 0,
                qPrintable(QStringLiteral("seed %1: finished %2, wrong %3").arg(worldSeed).arg(finished).arg(wrong)));
        }
        std::ranges::sort(took);
        const auto ms = [&](double part) {
            const auto index = static_cast<std::size_t>(static_cast<double>(took.size() - 1) * part);
            return std::chrono::duration<double, std::milli>(took[index]).count();
        };
        qInfo("seeds %d to %d: %zu kills, %zu failovers, %llu requests; p50 %.2f ms, p90 %.2f ms, p99 %.2f ms, max "
              "%.2f ms",
              noticed ? 1 : 51, noticed ? 50 : 100, kills, took.size(), static_cast<unsigned long long>(requests),
              ms(0.5), ms(0.9), ms(0.99), ms(1));
        if (noticed) {
            QVERIFY(ms(0.5) <= 50);
            QVERIFY(ms(0.99) <= 200);
        }
    }
};

QTEST_APPLESS_MAIN(TestEndpoints)
#include "test_endpoints.moc"
