// SPDX-License-Identifier: GPL-3.0-or-later
// Requests at a registrar: pipelined or one at a time, matched, repeated, given up.
#include "core/asap/request_engine.h"
#include "tests/unit/asap/action_text.h"

#include <QtTest>

using namespace kolam;
using namespace kolam::testing;
using Engine = asap::RequestEngine;

namespace {

wire::HandleResolution question(const char* handle) {
    wire::HandleResolution message;
    message.poolHandle = PoolHandle{handle};
    return message;
}
wire::AsapMessage answer(const char* handle) {
    wire::HandleResolutionResponse message;
    message.poolHandle = PoolHandle{handle};
    return message;
}
wire::Registration registration(std::uint32_t id) {
    wire::Registration message;
    message.poolHandle = PoolHandle{"Pool"};
    message.element.identifier = PeIdentifier{id};
    message.element.userTransport.addresses = {IpAddress::v4(10, 0, 0, 1)};
    return message;
}
wire::AsapMessage registered(std::uint32_t id, const char* handle = "Pool") {
    wire::RegistrationResponse message;
    message.poolHandle = PoolHandle{handle};
    message.element = PeIdentifier{id};
    return message;
}

struct Machine {
    std::string tell(const Engine::Input& input, Duration when = 0s) {
        return text(engine.handle(input, start + when));
    }
    std::string submit(std::uint64_t id, asap::Request request, Duration when = 0s) {
        return tell(Engine::Submit{asap::RequestId{id}, std::move(request)}, when);
    }
    Engine engine{{.answer = 500ms, .trials = 3, .pipelined = 2}};
};

} // namespace

class TestRequestEngine : public QObject {
    Q_OBJECT
private slots:
    void givenForeignRegistrar_whenThreeAreAsked_thenOneIsUnderWayAtATime() {
        Machine machine;
        (void)machine.tell(Engine::RegistrarUp{.ours = false});
        QCOMPARE(machine.submit(1, question("A")), std::string("send ASAP_HANDLE_RESOLUTION pool-handle=A\n"
                                                               "arm timer at 100.500 s\n"));
        QCOMPARE(machine.submit(2, question("B")), std::string());
        QCOMPARE(machine.submit(3, question("C")), std::string());
        const std::string next = machine.tell(Engine::Received{answer("A")}, 10ms);
        QVERIFY2(next.starts_with("request 1: ASAP_HANDLE_RESOLUTION_RESPONSE"), next.c_str());
        QVERIFY2(next.find("send ASAP_HANDLE_RESOLUTION pool-handle=B") != next.npos, next.c_str());
        QCOMPARE(machine.engine.underWay(), std::size_t{1});
    }
    void givenRegistrarOfOurs_whenThreeAreAsked_thenTheyAreUnderWayTogether() {
        Machine machine;
        (void)machine.tell(Engine::RegistrarUp{.ours = true});
        (void)machine.submit(1, question("A"));
        (void)machine.submit(2, question("B"));
        (void)machine.submit(3, question("C"));
        QCOMPARE(machine.engine.underWay(), std::size_t{2}); // that is the limit here
    }
    void givenTwoUnderWay_whenTheAnswersComeInAnotherOrder_thenEachGoesToItsQuestion() {
        Machine machine;
        (void)machine.tell(Engine::RegistrarUp{.ours = true});
        (void)machine.submit(1, question("A"));
        (void)machine.submit(2, question("B"));
        QVERIFY(machine.tell(Engine::Received{answer("B")}).starts_with("request 2:"));
        QVERIFY(machine.tell(Engine::Received{answer("A")}).starts_with("request 1:"));
    }
    void givenTwoEqualQuestions_whenOneAnswerComes_thenTheOlderOneHasIt() {
        Machine machine;
        (void)machine.tell(Engine::RegistrarUp{.ours = true});
        (void)machine.submit(1, question("A"));
        (void)machine.submit(2, question("A"));
        QVERIFY(machine.tell(Engine::Received{answer("A")}).starts_with("request 1:"));
    }
    void givenQuestion_whenSomethingElseComes_thenItIsIgnoredAndTheQuestionStays() {
        Machine machine;
        (void)machine.tell(Engine::RegistrarUp{});
        (void)machine.submit(1, registration(5));
        QCOMPARE(machine.tell(Engine::Received{registered(6)}), std::string("ignore ASAP_REGISTRATION_RESPONSE\n"));
        QCOMPARE(machine.tell(Engine::Received{registered(5, "Other")}),
                 std::string("ignore ASAP_REGISTRATION_RESPONSE\n"));
        QCOMPARE(machine.tell(Engine::Received{wire::DeregistrationResponse{PoolHandle{"Pool"}, PeIdentifier{5}, {}}}),
                 std::string("ignore ASAP_DEREGISTRATION_RESPONSE\n"));
        QVERIFY(machine.tell(Engine::Received{registered(5)}).starts_with("request 1:"));
        QCOMPARE(machine.tell(Engine::Received{registered(5)}), std::string("ignore ASAP_REGISTRATION_RESPONSE\n"));
        QCOMPARE(machine.tell(Engine::Received{wire::AsapError{}}), std::string("ignore ASAP_ERROR\n"));
    }
    void givenOneUnderWay_whenTheRegistrarAnswersWithAnError_thenItHasFailed() {
        Machine machine;
        (void)machine.tell(Engine::RegistrarUp{});
        (void)machine.submit(1, registration(5));
        QCOMPARE(machine.tell(Engine::Received{wire::AsapError{}}),
                 std::string("request 1 failed: refused\narm no timer\n"));
    }
    void givenSilentRegistrar_whenTimePasses_thenTheRequestIsRepeatedAndAnotherRegistrarSought() {
        Machine machine;
        (void)machine.tell(Engine::RegistrarUp{});
        (void)machine.submit(1, question("A"));
        QCOMPARE(machine.tell(Engine::DeadlineReached{}, 500ms),
                 std::string("send ASAP_HANDLE_RESOLUTION pool-handle=A\n"
                             "the registrar is silent\n"
                             "arm timer at 101.000 s\n"));
        QCOMPARE(machine.tell(Engine::DeadlineReached{}, 1s), std::string("send ASAP_HANDLE_RESOLUTION pool-handle=A\n"
                                                                          "arm timer at 101.500 s\n"));
        QCOMPARE(machine.tell(Engine::DeadlineReached{}, 1500ms),
                 std::string("request 1 failed: timed out\narm no timer\n"));
    }
    void givenSilentRegistrar_whenItAnswersAfterAll_thenTheSearchForAnotherOneEnds() {
        Machine machine;
        (void)machine.tell(Engine::RegistrarUp{});
        (void)machine.submit(1, registration(5));
        (void)machine.tell(Engine::DeadlineReached{}, 500ms);
        const std::string answered = machine.tell(Engine::Received{registered(5)}, 600ms);
        QVERIFY2(answered.find("the registrar answers again\n") != answered.npos, answered.c_str());
    }
    void givenUnansweredRequest_whenAnotherRegistrarIsThere_thenItIsAskedAnew() {
        Machine machine;
        (void)machine.tell(Engine::RegistrarUp{});
        (void)machine.submit(1, question("A"));
        QCOMPARE(machine.tell(Engine::RegistrarDown{}, 100ms), std::string("arm timer at 100.600 s\n"));
        QCOMPARE(machine.tell(Engine::RegistrarUp{}, 200ms), std::string("send ASAP_HANDLE_RESOLUTION pool-handle=A\n"
                                                                         "arm timer at 100.700 s\n"));
    }
    void givenNoRegistrar_whenTimePasses_thenTheRequestFailsWithThatReason() {
        Machine machine;
        QCOMPARE(machine.submit(1, question("A")), std::string("arm timer at 100.500 s\n"));
        QCOMPARE(machine.tell(Engine::DeadlineReached{}, 500ms),
                 std::string("request 1 failed: no registrar\narm no timer\n"));
    }
    void givenRequestThatKillsRegistrars_whenItHasKilledEight_thenItIsGivenUp() {
        Machine machine;
        (void)machine.submit(1, question("A"));
        std::string last;
        int sent = 0;
        for (int i = 0; i < 20; ++i) {
            last = machine.tell(Engine::RegistrarUp{}, 1ms * i);
            sent += last.find("send ") != last.npos ? 1 : 0;
            if (last.find("failed") != last.npos) {
                break;
            }
            (void)machine.tell(Engine::RegistrarDown{}, 1ms * i);
        }
        QCOMPARE(sent, 8);
        QVERIFY2(last.starts_with("request 1 failed: timed out"), last.c_str());
    }
    void givenReport_whenThereIsARegistrar_thenItIsSentAndForgottenWhateverElseIsUnderWay() {
        Machine machine;
        const wire::EndpointUnreachable report{PoolHandle{"Pool"}, PeIdentifier{5}};
        QCOMPARE(machine.submit(1, report), std::string("arm timer at 100.500 s\n"));
        (void)machine.submit(2, question("A"));
        const std::string up = machine.tell(Engine::RegistrarUp{}, 100ms);
        QVERIFY2(up.starts_with("send ASAP_ENDPOINT_UNREACHABLE pool-handle=Pool"), up.c_str());
        QCOMPARE(machine.engine.underWay(), std::size_t{1});
        QVERIFY(machine.submit(3, report, 200ms).starts_with("send ASAP_ENDPOINT_UNREACHABLE"));
    }
    void givenWithdrawnRequest_whenItsAnswerComes_thenNobodyIsTold() {
        Machine machine;
        (void)machine.tell(Engine::RegistrarUp{});
        (void)machine.submit(1, question("A"));
        QCOMPARE(machine.tell(Engine::Withdraw{asap::RequestId{1}}), std::string("arm no timer\n"));
        QCOMPARE(machine.tell(Engine::Received{answer("A")}), std::string("ignore ASAP_HANDLE_RESOLUTION_RESPONSE\n"));
    }
};

QTEST_APPLESS_MAIN(TestRequestEngine)
#include "test_request_engine.moc"
