// SPDX-License-Identifier: GPL-3.0-or-later
// The user's end of a session: finding, being taken or refused, failing over, waiting.
#include "core/session/user_session.h"
#include "core/wire/codec.h"
#include "tests/unit/asap/action_text.h"

#include <QtTest>
#include <algorithm>

using namespace kolam;
using namespace kolam::testing;
using session::UserSession;

namespace {

const session::UserLimits limits{.connect = 500ms,
                                 .features = 500ms,
                                 .keepAliveInterval = 250ms,
                                 .keepAliveMissed = 3,
                                 .retryFirst = 250ms,
                                 .retryMax = 2s};
constexpr std::uint32_t ours = wire::Features::sessionKeepAlive;

wire::PoolElement element(std::uint32_t id) {
    wire::PoolElement element;
    element.identifier = PeIdentifier{id};
    element.userTransport.port = static_cast<std::uint16_t>(7000 + id);
    element.userTransport.addresses = {IpAddress::v4(10, 0, 0, static_cast<std::uint8_t>(id))};
    return element;
}
std::vector<wire::PoolElement> elements(std::initializer_list<std::uint32_t> ids) {
    std::vector<wire::PoolElement> list;
    std::ranges::transform(ids, std::back_inserter(list), element);
    return list;
}

struct Machine {
    /// The text of what is done, without status and timers, which would hide the rest.
    std::string tell(const UserSession::Input& input, Duration when = 0s) {
        std::string lines;
        for (const auto& action : session.handle(input, start + when)) {
            if (const auto* arm = std::get_if<UserSession::ArmTimer>(&action)) {
                deadline = arm->deadline;
            } else if (!std::holds_alternative<UserSession::StatusChanged>(action)) {
                lines += toText(action) + "\n";
            }
        }
        return lines;
    }
    std::string control(const wire::AsapMessage& message, Duration when = 0s) {
        return tell(UserSession::Control{message}, when);
    }
    std::string ack(std::uint32_t id, std::uint32_t mask = ours, Duration when = 0s) {
        return control(wire::EndpointKeepAliveAck{wire::Features{.mask = mask}, PoolHandle{"Pool"}, PeIdentifier{id}},
                       when);
    }
    /// Stands at `id`, which is of ours.
    void establish(std::uint32_t id, Duration when = 0s) {
        (void)tell(UserSession::Open{}, when);
        (void)tell(UserSession::Found{elements({id})}, when);
        (void)tell(UserSession::Up{}, when);
        (void)ack(id, ours, when);
    }
    std::string down(UserSession::End end, Duration when = 0s) { return tell(UserSession::Down{end}, when); }
    std::string time(Duration when) {
        deadline = never;
        return tell(UserSession::DeadlineReached{}, when);
    }
    [[nodiscard]] const SessionStatus& status() const { return session.status(); }

    Random random{1};
    UserSession session{PoolHandle{"Pool"}, limits, ours, random};
    TimePoint deadline = never;
};

const std::string keepAliveTo1 = "send " + wire::toText([] {
                                     wire::EndpointKeepAlive message;
                                     message.features = wire::Features{.mask = ours};
                                     message.poolHandle = PoolHandle{"Pool"};
                                     message.element = PeIdentifier{1};
                                     return message;
                                 }()) +
                                 "\n";

} // namespace

class TestUserSession : public QObject {
    Q_OBJECT
private slots:
    void givenPool_whenASessionIsOpened_thenItResolvesConnectsAndIntroducesItself() {
        Machine machine;
        QCOMPARE(machine.tell(UserSession::Open{}), std::string("resolve\n"));
        QCOMPARE(machine.tell(UserSession::Found{elements({1, 2})}),
                 std::string("connect to 0x00000001 at 10.0.0.1:7001\n"));
        QCOMPARE(machine.tell(UserSession::Up{}, 1ms), keepAliveTo1);
        QCOMPARE(machine.status().state, SessionState::Connecting);
        QCOMPARE(machine.ack(1, ours | 2, 2ms), std::string("established at 0x00000001\n"));
        QVERIFY(machine.status().peerIsOurs);
        QCOMPARE(machine.status().peerFeatures, ours | 2);
    }
    void givenElementOfAnotherImplementation_whenItHasNotRefused_thenItHasTheSession() {
        Machine machine;
        (void)machine.tell(UserSession::Open{});
        (void)machine.tell(UserSession::Found{elements({1})});
        (void)machine.tell(UserSession::Up{});
        QCOMPARE(machine.deadline, start + 50ms);
        QCOMPARE(machine.time(50ms), std::string("established at 0x00000001\n"));
        QVERIFY(!machine.status().peerIsKnown);
        QCOMPARE(machine.time(500ms), std::string());
        QVERIFY(machine.status().peerIsKnown);
        QVERIFY(!machine.status().peerIsOurs);
        QCOMPARE(machine.deadline, never); // nothing to watch: it would not answer
    }
    void givenDataAsFirstWord_whenItComes_thenTheSessionStandsBefore() {
        Machine machine;
        (void)machine.tell(UserSession::Open{});
        (void)machine.tell(UserSession::Found{elements({1})});
        (void)machine.tell(UserSession::Up{});
        QCOMPARE(machine.tell(UserSession::Data{}, 1ms), std::string("established at 0x00000001\n"));
        QCOMPARE(machine.tell(UserSession::Data{}, 2ms), std::string());
    }
    void givenAnAttemptThatTakesLong_whenThereIsAnotherElement_thenItIsTriedBesideAndTheFirstThatStandsHasTheSession() {
        Machine machine;
        (void)machine.tell(UserSession::Open{});
        (void)machine.tell(UserSession::Found{elements({3, 1, 2})});
        QCOMPARE(machine.deadline, start + 150ms);
        QCOMPARE(machine.time(150ms), std::string("connect to 0x00000001 at 10.0.0.1:7001\n"));
        QCOMPARE(machine.status().element, PeIdentifier{3});
        QCOMPARE(machine.status().attempts, std::uint64_t{2});
        QCOMPARE(machine.tell(UserSession::Up{.element = PeIdentifier{1}}, 160ms),
                 "abort the association to 0x00000003\n" + keepAliveTo1);
        QCOMPARE(machine.status().element, PeIdentifier{1});
        QCOMPARE(machine.tell(UserSession::Down{UserSession::End::CouldNotStart, PeIdentifier{3}}, 161ms),
                 std::string()); // given up before
        QCOMPARE(machine.ack(1, ours, 162ms), std::string("established at 0x00000001\n"));
        // The slow one is not the first to be tried at the next failover.
        (void)machine.down(UserSession::End::Lost, 1s);
        QCOMPARE(machine.tell(UserSession::Found{elements({3, 2})}, 1s),
                 std::string("connect to 0x00000002 at 10.0.0.2:7002\n"));
    }
    void givenTwoAttempts_whenTheFirstOneStandsAfterAll_thenTheOtherIsNotHeldToHaveFailed() {
        Machine machine;
        (void)machine.tell(UserSession::Open{});
        (void)machine.tell(UserSession::Found{elements({1, 2, 3})});
        (void)machine.time(150ms);
        QCOMPARE(machine.tell(UserSession::Up{.element = PeIdentifier{1}}, 160ms),
                 "abort the association to 0x00000002\n" + keepAliveTo1);
        (void)machine.ack(1, ours, 162ms);
        (void)machine.down(UserSession::End::Lost, 1s);
        QCOMPARE(machine.tell(UserSession::Found{elements({2, 3})}, 1s),
                 std::string("connect to 0x00000002 at 10.0.0.2:7002\n"));
    }
    void givenTwoAttempts_whenTheFirstOneFails_thenTheOtherGoesOnAndAThirdIsTriedAtOnce() {
        Machine machine;
        (void)machine.tell(UserSession::Open{});
        (void)machine.tell(UserSession::Found{elements({3, 1, 2})});
        (void)machine.time(150ms);
        QCOMPARE(machine.tell(UserSession::Down{UserSession::End::CouldNotStart, PeIdentifier{3}}, 200ms),
                 std::string("report unreachable 0x00000003\nconnect to 0x00000002 at 10.0.0.2:7002\n"));
        QCOMPARE(machine.status().state, SessionState::Connecting);
        QCOMPARE(machine.status().element, PeIdentifier{1});
        QCOMPARE(machine.tell(UserSession::Down{UserSession::End::CouldNotStart, PeIdentifier{2}}, 210ms),
                 std::string("report unreachable 0x00000002\n"));
        // The time to connect is up for the last one, too: back to the registrar.
        QCOMPARE(machine.time(700ms), std::string("abort the association\nreport unreachable 0x00000001\nresolve\n"));
    }
    void givenManyElementsThatDoNotAnswer_whenTimePasses_thenAttemptsAreOneASecondAfterTheFirstThree() {
        Machine machine;
        (void)machine.tell(UserSession::Open{});
        Duration now = 0s;
        (void)machine.tell(UserSession::Found{elements({1, 2, 3, 4, 5, 6, 7, 8, 9})}, now);
        while (machine.deadline < start + 10s) {
            now = machine.deadline - start;
            if (machine.time(now).ends_with("resolve\n")) {
                (void)machine.tell(UserSession::Found{elements({1, 2, 3, 4, 5, 6, 7, 8, 9})}, now);
            }
        }
        QVERIFY(machine.status().attempts >= 8);
        QVERIFY(machine.status().attempts <= 3 + 10);
    }
    void givenFullElement_whenItRefuses_thenTheSessionWaitsASecondAtLeastAndNoFailoverIsCounted() {
        Machine machine;
        (void)machine.tell(UserSession::Open{});
        (void)machine.tell(UserSession::Found{elements({1, 2})});
        (void)machine.tell(UserSession::Up{}, 1ms);
        QCOMPARE(machine.down(UserSession::End::ShutdownByPeer, 2ms), std::string());
        QCOMPARE(machine.status().state, SessionState::Waiting);
        QCOMPARE(machine.status().waitReason, WaitReason::Refused);
        QVERIFY(machine.status().retryAt >= start + 1002ms && machine.status().retryAt <= start + 1252ms);
        QCOMPARE(machine.time(machine.status().retryAt - start), std::string("resolve\n"));
        // Not straight back to the one that has just refused, although the registrar names it first.
        QCOMPARE(machine.tell(UserSession::Found{elements({1, 2})}, 2s),
                 std::string("connect to 0x00000002 at 10.0.0.2:7002\n"));
        (void)machine.tell(UserSession::Up{}, 2s);
        (void)machine.down(UserSession::End::ShutdownByPeer, 2s);
        QVERIFY(machine.status().retryAt >= start + 4s);
        (void)machine.time(5s);
        QCOMPARE(machine.tell(UserSession::Found{elements({1, 2})}, 5s),
                 std::string("connect to 0x00000001 at 10.0.0.1:7001\n"));
        QCOMPARE(machine.status().failovers, std::uint64_t{0});
    }
    void givenFailover_whenTheNextElementIsFull_thenTheOthersAreTriedAtOnceAndEachOnce() {
        Machine machine;
        machine.establish(1);
        (void)machine.control(wire::Cookie{fromHex("01")}, 1s);
        (void)machine.down(UserSession::End::Lost, 2s);
        (void)machine.tell(UserSession::Found{elements({2, 3, 4}), true}, 2s);
        (void)machine.tell(UserSession::Up{}, 2s);
        QCOMPARE(machine.down(UserSession::End::ShutdownByPeer, 2s), std::string("resolve quickly\n"));
        QCOMPARE(machine.tell(UserSession::Found{elements({2, 3}), true}, 2s),
                 std::string("connect to 0x00000003 at 10.0.0.3:7003\n"));
        (void)machine.tell(UserSession::Up{}, 2s);
        (void)machine.down(UserSession::End::ShutdownByPeer, 2s);
        QCOMPARE(machine.tell(UserSession::Found{elements({2, 3}), true}, 2s),
                 std::string("resolve without the cache\n"));
        // There is no elsewhere: now it waits as others do.
        QCOMPARE(machine.tell(UserSession::Found{elements({2, 3})}, 2s), std::string());
        QCOMPARE(machine.status().waitReason, WaitReason::Refused);
        QVERIFY(machine.status().retryAt >= start + 3s && machine.status().retryAt <= start + 3250ms);
        QCOMPARE(machine.time(4s), std::string("resolve\n"));
        QCOMPARE(machine.tell(UserSession::Found{elements({3, 2})}, 4s),
                 std::string("connect to 0x00000002 at 10.0.0.2:7002\n"));
        (void)machine.tell(UserSession::Up{}, 4s);
        (void)machine.down(UserSession::End::ShutdownByPeer, 4s);
        QCOMPARE(machine.status().state, SessionState::Waiting); // once a second from here on
    }
    void givenElementThatCameBack_whenTheOtherOneIsFull_thenItIsTriedAtOnce() {
        // A rolling maintenance: 1 went and has returned, now 2 goes, and 3 has no room for its users.
        Machine machine;
        machine.establish(1);
        (void)machine.down(UserSession::End::ShutdownByPeer, 1s);
        (void)machine.tell(UserSession::Found{elements({2, 3})}, 1s);
        (void)machine.tell(UserSession::Up{}, 1s);
        (void)machine.ack(2, ours, 1s);
        (void)machine.down(UserSession::End::ShutdownByPeer, 3s);
        QCOMPARE(machine.tell(UserSession::Found{elements({1, 3})}, 3s),
                 std::string("connect to 0x00000003 at 10.0.0.3:7003\n"));
        (void)machine.tell(UserSession::Up{}, 3s);
        QCOMPARE(machine.down(UserSession::End::ShutdownByPeer, 3s), std::string("resolve quickly\n"));
        QCOMPARE(machine.tell(UserSession::Found{elements({1, 3})}, 3s),
                 std::string("connect to 0x00000001 at 10.0.0.1:7001\n"));
        // It is as full; and the one that has just gone is no elsewhere, although an old list has it.
        (void)machine.tell(UserSession::Up{}, 3s);
        (void)machine.down(UserSession::End::ShutdownByPeer, 3s);
        QCOMPARE(machine.tell(UserSession::Found{elements({1, 2, 3})}, 3s), std::string());
        QCOMPARE(machine.status().waitReason, WaitReason::Refused);
    }
    void givenWaitAfterARefusal_whenTheOthersHaveFailed_thenTheFullOneAndTheyAreTriedInTurn() {
        Machine machine;
        machine.establish(1);
        (void)machine.down(UserSession::End::Lost, 1s);
        (void)machine.tell(UserSession::Found{elements({1, 2})}, 1s);
        (void)machine.tell(UserSession::Up{}, 1s);
        (void)machine.down(UserSession::End::ShutdownByPeer, 1s);
        (void)machine.tell(UserSession::Found{elements({1, 2})}, 1s);
        QCOMPARE(machine.status().state, SessionState::Waiting);
        std::string tried;
        for (Duration now = 4s; now < 16s; now += 3s) {
            (void)machine.time(now);
            (void)machine.tell(UserSession::Found{elements({1, 2})}, now);
            QCOMPARE(machine.status().state, SessionState::Connecting);
            tried += machine.status().element == PeIdentifier{1} ? "1" : "2";
            if (machine.status().element == PeIdentifier{1}) {
                (void)machine.down(UserSession::End::CouldNotStart, now);
            } else {
                (void)machine.tell(UserSession::Up{}, now);
                (void)machine.down(UserSession::End::ShutdownByPeer, now);
            }
            if (machine.status().state == SessionState::Resolving) {
                (void)machine.tell(UserSession::Found{elements({1, 2})}, now);
            }
        }
        QVERIFY2(tried.contains("12") && tried.contains("21"), tried.c_str());
    }
    void givenFailover_whenMoreElementsAreFullThanMayBeTried_thenTheSessionSaysThatItIsRefused() {
        Machine machine;
        machine.establish(1);
        (void)machine.down(UserSession::End::Lost, 2s);
        for (std::uint32_t id = 2; machine.status().state != SessionState::Waiting; ++id) {
            QVERIFY(id <= 5);
            (void)machine.tell(UserSession::Found{elements({2, 3, 4, 5, 6})}, 2s);
            if (machine.status().state == SessionState::Connecting) {
                QCOMPARE(machine.status().element, PeIdentifier{id});
                (void)machine.tell(UserSession::Up{}, 2s);
                (void)machine.down(UserSession::End::ShutdownByPeer, 2s);
            }
        }
        QCOMPARE(machine.status().waitReason, WaitReason::Refused);
        QVERIFY(machine.status().retryAt >= start + 3s);
    }
    void givenCookie_whenTheElementIsLost_thenTheNextOneGetsItFirst() {
        Machine machine;
        machine.establish(1);
        (void)machine.control(wire::Cookie{fromHex("01")}, 1s);
        (void)machine.control(wire::Cookie{fromHex("0202")}, 1s);
        QCOMPARE(machine.status().cookieSize, std::size_t{2});
        QCOMPARE(machine.down(UserSession::End::Lost, 2s),
                 std::string("failover from 0x00000001 begins: association lost\n"
                             "report unreachable 0x00000001\n"
                             "resolve quickly\n"));
        (void)machine.tell(UserSession::Found{elements({1, 2}), true}, 2s);
        QCOMPARE(machine.status().element, PeIdentifier{2});
        const std::string up = machine.tell(UserSession::Up{}, 2100ms);
        QVERIFY2(up.starts_with("send ASAP_COOKIE_ECHO cookie=0202\nsend ASAP_ENDPOINT_KEEP_ALIVE "), up.c_str());
        QCOMPARE(machine.ack(2, ours, 2200ms), std::string("failover from 0x00000001 to 0x00000002 ends after 0.200 s\n"
                                                           "established at 0x00000002, resumed\n"));
        QCOMPARE(machine.status().failovers, std::uint64_t{1});
    }
    void givenElementThatAbortsAtTheCookie_whenItDoesSoTwice_thenTheSessionBeginsAnewThere() {
        Machine machine;
        machine.establish(1);
        (void)machine.control(wire::Cookie{fromHex("01")}, 1s);
        (void)machine.down(UserSession::End::Lost, 2s);
        Duration now = 2s;
        for (int round = 0; round < 2; ++round) {
            (void)machine.tell(UserSession::Found{elements({2})}, now);
            QVERIFY(machine.tell(UserSession::Up{}, now).starts_with("send ASAP_COOKIE_ECHO"));
            (void)machine.down(UserSession::End::AbortByPeer, now);
            while (machine.status().state == SessionState::Waiting) {
                now += 2s;
                (void)machine.time(now);
            }
            QCOMPARE(machine.status().state, SessionState::Resolving);
        }
        (void)machine.tell(UserSession::Found{elements({2})}, now);
        QVERIFY(machine.tell(UserSession::Up{}, now).starts_with("send ASAP_ENDPOINT_KEEP_ALIVE"));
        QVERIFY(machine.ack(2, ours, now).ends_with("established at 0x00000002\n"));
    }
    void givenNoCookie_whenFailedOver_thenTheSessionStartsFromTheBeginning() {
        Machine machine;
        machine.establish(1);
        (void)machine.control(wire::Cookie{fromHex("01")}, 1s);
        (void)machine.tell(UserSession::DropCookie{}, 1s);
        (void)machine.down(UserSession::End::Lost, 2s);
        (void)machine.tell(UserSession::Found{elements({2})}, 2s);
        QVERIFY(machine.tell(UserSession::Up{}, 2s).starts_with("send ASAP_ENDPOINT_KEEP_ALIVE "));
        QVERIFY(machine.ack(2, ours, 2s).ends_with("established at 0x00000002\n"));
    }
    void givenElementThatEndsTheSession_whenItDoes_thenItIsNotReported() {
        Machine machine;
        machine.establish(1);
        QCOMPARE(machine.down(UserSession::End::ShutdownByPeer, 1s),
                 std::string("failover from 0x00000001 begins: ended by the element\nresolve quickly\n"));
    }
    void givenBusinessCard_whenTheElementIsLost_thenNobodyHasToBeAsked() {
        Machine machine;
        machine.establish(1);
        auto listed = elements({1, 2, 3});
        listed.insert(listed.begin() + 1, element(9));
        listed[1].userTransport.port = 0; // nobody can be reached there
        (void)machine.control(wire::BusinessCard{PoolHandle{"Pool"}, std::nullopt, listed}, 1s);
        QCOMPARE(machine.control(wire::BusinessCard{PoolHandle{"Other"}, std::nullopt, elements({4})}, 1s),
                 std::string("ignore ASAP_BUSINESS_CARD\n"));
        const std::string lost = machine.down(UserSession::End::Lost, 2s);
        QVERIFY2(lost.ends_with("connect to 0x00000002 at 10.0.0.2:7002\n"), lost.c_str());
        // The card was wrong once: the registrar knows better.
        QCOMPARE(machine.down(UserSession::End::CouldNotStart, 2s),
                 std::string("report unreachable 0x00000002\nresolve\n"));
    }
    void givenFrozenElement_whenItMissesThreeIntervals_thenTheSessionFailsOver() {
        Machine machine;
        machine.establish(1);
        QVERIFY(machine.deadline <= start + 250ms);
        QCOMPARE(machine.time(250ms), keepAliveTo1);
        QCOMPARE(machine.time(500ms), keepAliveTo1);
        QCOMPARE(machine.time(750ms), std::string("abort the association\n"
                                                  "failover from 0x00000001 begins: keep-alive timed out\n"
                                                  "report unreachable 0x00000001\n"
                                                  "resolve quickly\n"));
    }
    void givenElementKnownAsOurs_whenItSaysNothingFromTheBeginning_thenItIsFrozenToo() {
        Machine machine;
        (void)machine.tell(UserSession::Open{});
        (void)machine.tell(UserSession::Found{elements({1})});
        (void)machine.tell(UserSession::Up{true});
        QCOMPARE(machine.time(50ms), std::string()); // not believed until it has answered
        (void)machine.time(250ms);
        (void)machine.time(500ms);
        QVERIFY(machine.time(750ms).starts_with("abort the association\nreport unreachable 0x00000001\n"));
    }
    void givenTraffic_whenItFlows_thenNoKeepAliveIsSent() {
        Machine machine;
        machine.establish(1);
        for (int i = 1; i <= 100; ++i) {
            QCOMPARE(machine.tell(UserSession::Data{}, 100ms * i), std::string());
            QVERIFY(machine.deadline != never);
            if (machine.deadline <= start + 100ms * i) {
                QCOMPARE(machine.time(100ms * i), std::string());
            }
        }
    }
    void givenNobodyReachable_whenTheAttemptTakesTooLong_thenItIsGivenUpAndReportedOnce() {
        Machine machine;
        (void)machine.tell(UserSession::Open{});
        (void)machine.tell(UserSession::Found{elements({1})});
        QCOMPARE(machine.deadline, start + 500ms);
        QCOMPARE(machine.time(500ms), std::string("abort the association\nreport unreachable 0x00000001\nresolve\n"));
    }
    void givenOneElementOnly_whenItFails_thenTheSessionGoesBackToIt() {
        Machine machine;
        machine.establish(1);
        (void)machine.down(UserSession::End::Lost, 1s);
        // What is remembered names only the one that has just failed: somebody else may have come.
        QCOMPARE(machine.tell(UserSession::Found{elements({1}), true}, 1s), std::string("resolve without the cache\n"));
        QCOMPARE(machine.tell(UserSession::Found{elements({1})}, 1s),
                 std::string("connect to 0x00000001 at 10.0.0.1:7001\n"));
        (void)machine.down(UserSession::End::CouldNotStart, 1s);
        QCOMPARE(machine.status().state, SessionState::Waiting);
        QCOMPARE(machine.status().waitReason, WaitReason::ConnectFailed);
    }
    void givenElementsThatTakeAndDropSessions_whenTenSecondsPass_thenAttemptsAreFew() {
        Machine machine;
        (void)machine.tell(UserSession::Open{});
        Duration now{};
        std::uint32_t next = 0;
        while (now < 10s) {
            switch (machine.status().state) {
            case SessionState::Resolving: (void)machine.tell(UserSession::Found{elements({++next})}, now); break;
            case SessionState::Connecting:
                (void)machine.tell(UserSession::Up{}, now);
                (void)machine.ack(next, ours, now);
                (void)machine.down(UserSession::End::AbortByPeer, now);
                break;
            default: now = machine.deadline - start; (void)machine.time(now);
            }
        }
        QVERIFY2(machine.status().attempts <= 13, std::to_string(machine.status().attempts).c_str());
    }
    void givenEmptyPool_whenWaiting_thenPausesDoubleUpToTheLimit() {
        Machine machine;
        (void)machine.tell(UserSession::Open{});
        Duration now{};
        for (const Duration least : {250ms, 500ms, 1000ms, 2000ms, 2000ms}) {
            (void)machine.tell(UserSession::NotFound{WaitReason::NoElement}, now);
            const Duration pause = machine.status().retryAt - start - now;
            QVERIFY2(pause >= least && pause <= least * 5 / 4, std::to_string(pause.count()).c_str());
            now += pause;
            QCOMPARE(machine.time(now), std::string("resolve\n"));
        }
    }
    void givenNoRegistrar_whenOneIsFound_thenTheSessionDoesNotWaitAnyLonger() {
        Machine machine;
        (void)machine.tell(UserSession::Open{});
        (void)machine.tell(UserSession::NotFound{WaitReason::NoRegistrar});
        QCOMPARE(machine.tell(UserSession::RegistrarFound{}, 1ms), std::string("resolve\n"));
        (void)machine.tell(UserSession::NotFound{WaitReason::NoElement}, 2ms);
        QCOMPARE(machine.tell(UserSession::RegistrarFound{}, 3ms), std::string()); // that was not what it waits for
    }
    void givenApplication_whenItGivesTheElementUp_thenTheAssociationEndsAndTheReportIsItsChoice() {
        Machine machine;
        machine.establish(1);
        QCOMPARE(machine.tell(UserSession::ForceFailover{false}, 1s),
                 std::string("shut the association down\n"
                             "failover from 0x00000001 begins: asked for by the application\n"
                             "resolve quickly\n"));
        QCOMPARE(machine.tell(UserSession::ForceFailover{true}, 1s), std::string()); // it is on its way already
    }
    void givenElementThatShutsDown_whenItsEndDoesNotFollow_thenItIsNotWaitedFor() {
        Machine machine;
        machine.establish(1);
        (void)machine.tell(UserSession::PeerClosing{}, 100ms);
        (void)machine.time(250ms);
        QVERIFY(machine.time(350ms).starts_with("abort the association\nfailover from 0x00000001 begins: ended"));
    }
    void givenSession_whenClosed_thenNothingHappensAnyMore() {
        Machine machine;
        machine.establish(1);
        QCOMPARE(machine.tell(UserSession::Close{}, 1s), std::string("shut the association down\n"));
        QCOMPARE(machine.down(UserSession::End::Lost, 2s), std::string());
        QCOMPARE(machine.tell(UserSession::Found{elements({2})}, 2s), std::string());
        QCOMPARE(machine.time(3s), std::string());
        QCOMPARE(machine.status().state, SessionState::Closed);
    }
    void givenControlMessages_whenTheyMeanNothingHere_thenTheyAreIgnored() {
        Machine machine;
        machine.establish(1);
        QCOMPARE(machine.control(wire::CookieEcho{fromHex("00")}), std::string("ignore ASAP_COOKIE_ECHO\n"));
        QCOMPARE(machine.control(wire::Registration{}), std::string("ignore ASAP_REGISTRATION\n"));
        QCOMPARE(machine.ack(2), std::string("ignore ASAP_ENDPOINT_KEEP_ALIVE_ACK\n")); // of another element
        wire::EndpointKeepAlive watching;
        watching.poolHandle = PoolHandle{"Pool"};
        QVERIFY(machine.control(watching).starts_with("send ASAP_ENDPOINT_KEEP_ALIVE_ACK"));
    }
};

QTEST_APPLESS_MAIN(TestUserSession)
#include "test_user_session.moc"
