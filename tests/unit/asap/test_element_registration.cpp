// SPDX-License-Identifier: GPL-3.0-or-later
// An element in its pool: in, renewed, told the load of, taken over, and out.
#include "core/asap/element_registration.h"
#include "tests/unit/asap/action_text.h"

#include <QtTest>
#include <fmt/format.h>

using namespace kolam;
using namespace kolam::testing;
using Registration = asap::ElementRegistration;

namespace {

wire::PoolElement element(wire::PolicyType policy) {
    wire::PoolElement element;
    element.identifier = PeIdentifier{0xa};
    element.userTransport.port = 7000;
    element.userTransport.addresses = {IpAddress::v4(10, 0, 0, 1)};
    element.policy.type = policy;
    return element;
}

struct Machine {
    explicit Machine(wire::PolicyType policy = wire::PolicyType::RoundRobin, Duration reRegistration = 2s)
        : registration(PoolHandle{"Pool"}, element(policy),
                       {.reRegistration = reRegistration, .life = 6s, .retry = 250ms, .loadSpacing = 100ms}) {}
    asap::ElementRegistration::Actions tell(const Registration::Input& input, Duration when = 0s) {
        return registration.handle(input, start + when);
    }
    /// The text of what is done, with every registration cut after its first words.
    std::string told(const Registration::Input& input, Duration when = 0s) {
        std::string lines;
        for (const auto& action : tell(input, when)) {
            const auto* submit = std::get_if<Registration::Submit>(&action);
            const auto* message = submit != nullptr ? std::get_if<wire::Registration>(&submit->request) : nullptr;
            lines += message == nullptr
                         ? toText(action) + "\n"
                         : fmt::format("register at {} with load {:.2f}, life {} ms\n",
                                       kolam::toText(message->element.homeRegistrar),
                                       message->element.policy.load / 4294967295.0, message->element.life.count());
        }
        return lines;
    }
    std::string answered(Duration when, bool reject = false, const std::optional<wire::OperationError>& error = {}) {
        wire::RegistrationResponse response;
        response.reject = reject;
        response.error = error;
        const asap::Answer answer = response;
        return told(Registration::Answered{answer}, when);
    }
    void registerAt(ServerId server) {
        (void)tell(Registration::RegistrarUp{server});
        (void)answered(0s);
    }
    std::string keepAlive(ServerId server, bool newHome, bool home, bool trusted,
                          std::optional<PeIdentifier> of = PeIdentifier{0xa}, const char* handle = "Pool") {
        wire::EndpointKeepAlive message;
        message.newHome = newHome;
        message.server = server;
        message.poolHandle = PoolHandle{handle};
        message.element = of;
        return told(Registration::KeepAliveReceived{message, home, trusted}, 1s);
    }
    Registration registration;
};

wire::OperationError because(wire::CauseCode code) {
    return {{{code, {}}}};
}

} // namespace

class TestElementRegistration : public QObject {
    Q_OBJECT
private slots:
    void givenRegistrar_whenItIsFound_thenTheElementRegistersAndRenews() {
        Machine machine;
        QCOMPARE(machine.told(Registration::RegistrarUp{ServerId{1}}),
                 std::string("register at 0x00000001 with load 0.00, life 6000 ms\nregistering\n"));
        QCOMPARE(machine.answered(1ms), std::string("registered\narm timer at 102.001 s\n"));
        QCOMPARE(machine.told(Registration::DeadlineReached{}, 2001ms),
                 std::string("register at 0x00000001 with load 0.00, life 6000 ms\narm no timer\n"));
        QCOMPARE(machine.answered(2002ms), std::string("arm timer at 104.002 s\n"));
    }
    void givenRegisteredElement_whenAnotherRegistrarIsHome_thenItRegistersThereAtOnce() {
        Machine machine;
        machine.registerAt(ServerId{1});
        QCOMPARE(machine.told(Registration::RegistrarDown{}, 500ms),
                 std::string("looking for a registrar\narm no timer\n"));
        QCOMPARE(machine.told(Registration::RegistrarUp{ServerId{2}}, 600ms),
                 std::string("register at 0x00000002 with load 0.00, life 6000 ms\nregistering\n"));
    }
    void givenRegistrationUnderWay_whenTheRegistrarChanges_thenItIsAskedAnewWithTheNewOnesName() {
        Machine machine;
        (void)machine.tell(Registration::RegistrarUp{ServerId{1}});
        QCOMPARE(machine.told(Registration::RegistrarUp{ServerId{2}}, 10ms),
                 std::string("withdraw the request\nregister at 0x00000002 with load 0.00, life 6000 ms\n"));
    }
    void givenRegisteredElement_whenItsPolicyChanges_thenThePoolIsToldAtOnce() {
        Machine machine{wire::PolicyType::LeastUsed};
        machine.registerAt(ServerId{1});
        wire::Policy policy = element(wire::PolicyType::LeastUsed).policy;
        policy.degradation = 77;
        const auto actions = machine.tell(Registration::PolicyChanged{policy}, 10ms);
        const auto& submit = std::get<Registration::Submit>(actions.front());
        QCOMPARE(std::get<wire::Registration>(submit.request).element.policy.degradation, 77u);
    }
    void givenRegistrationUnderWay_whenThePolicyChanges_thenItIsToldAfterTheAnswer() {
        Machine machine;
        (void)machine.tell(Registration::RegistrarUp{ServerId{1}});
        QCOMPARE(machine.told(Registration::PolicyChanged{}, 1ms), std::string());
        QCOMPARE(machine.answered(2ms), std::string("registered\narm timer at 100.002 s\n"));
        QCOMPARE(machine.told(Registration::DeadlineReached{}, 2ms),
                 std::string("register at 0x00000001 with load 0.00, life 6000 ms\narm no timer\n"));
    }
    void givenRejection_whenT4Passes_thenItIsTriedAgain() {
        Machine machine;
        (void)machine.tell(Registration::RegistrarUp{ServerId{1}});
        QCOMPARE(machine.answered(0s, true, because(wire::CauseCode::InconsistentPolicy)),
                 "rejected: " + toText(wire::CauseCode::InconsistentPolicy) + "\narm timer at 102.000 s\n");
        QVERIFY(machine.told(Registration::DeadlineReached{}, 2s).starts_with("register at 0x00000001"));
    }
    void givenRejectionAndALongT4_whenSomeSecondsPass_thenItIsTriedAgain() {
        Machine element{wire::PolicyType::RoundRobin, 600s};
        (void)element.tell(Registration::RegistrarUp{ServerId{1}});
        const std::string told = element.answered(0s, true);
        QVERIFY(told.find("arm timer at 102.000 s") != told.npos);
    }

    void givenRejectionForAddresses_whenItComes_thenAnotherRegistrarIsSought() {
        Machine machine;
        (void)machine.tell(Registration::RegistrarUp{ServerId{1}});
        const std::string told = machine.answered(0s, true, because(wire::CauseCode::RsplibNoUserAddresses));
        QVERIFY2(told.find("seek another registrar\n") != told.npos, told.c_str());
    }
    void givenWarning_whenAccepted_thenItIsTold() {
        Machine machine;
        (void)machine.tell(Registration::RegistrarUp{ServerId{1}});
        QVERIFY(
            machine.answered(0s, false, because(wire::CauseCode::LackOfResources)).starts_with("registered: warning"));
    }
    void givenTimeOut_whenTheRegistrarIsStillThere_thenItIsAskedAgain() {
        Machine machine;
        (void)machine.tell(Registration::RegistrarUp{ServerId{1}});
        QCOMPARE(machine.told(Registration::RequestFailed{asap::RequestFailure::TimedOut}, 3s),
                 std::string("registering: timed out\narm timer at 103.250 s\n"));
        QVERIFY(machine.told(Registration::DeadlineReached{}, 3250ms).starts_with("register at"));
    }
    void givenAdaptivePolicy_whenTheLoadChangesByAPercent_thenItIsToldButNotTooOften() {
        Machine machine{wire::PolicyType::LeastUsed};
        machine.registerAt(ServerId{1});
        QCOMPARE(machine.told(Registration::LoadChanged{{0.009, 0}}, 1s), std::string());
        QCOMPARE(machine.told(Registration::LoadChanged{{0.25, 1}}, 1s),
                 std::string("register at 0x00000001 with load 0.25, life 6000 ms\narm no timer\n"));
        (void)machine.answered(1001ms);
        QCOMPARE(machine.told(Registration::LoadChanged{{0.5, 2}}, 1010ms), std::string("arm timer at 101.100 s\n"));
        QCOMPARE(machine.told(Registration::LoadChanged{{0.75, 3}}, 1020ms), std::string());
        QVERIFY(
            machine.told(Registration::DeadlineReached{}, 1100ms).starts_with("register at 0x00000001 with load 0.75"));
    }
    void givenRoundRobin_whenTheLoadChanges_thenNobodyNeedsToKnow() {
        Machine machine;
        machine.registerAt(ServerId{1});
        QCOMPARE(machine.told(Registration::LoadChanged{{1, 9}}, 1s), std::string());
    }
    void givenLeastSessions_whenASessionBegins_thenTheNumberIsTold() {
        Machine machine{wire::PolicyType::LeastSessions};
        machine.registerAt(ServerId{1});
        for (const auto& action : machine.tell(Registration::LoadChanged{{0, 3}}, 1s)) {
            if (const auto* submit = std::get_if<Registration::Submit>(&action)) {
                QCOMPARE(std::get<wire::Registration>(submit->request).element.policy.load, std::uint32_t{3});
                return;
            }
        }
        QFAIL("nothing was registered");
    }
    void givenKeepAlive_whenItIsForUs_thenItIsAnswered_data() {
        QTest::addColumn<quint32>("element");
        QTest::addColumn<QString>("handle");
        QTest::addColumn<bool>("answered");
        QTest::newRow("with our identifier") << 0xau << "Pool" << true;
        QTest::newRow("without identifier, as the RFC has it") << 0u << "Pool" << true;
        QTest::newRow("another element") << 0xbu << "Pool" << false;
        QTest::newRow("another pool") << 0xau << "Other" << false;
    }
    void givenKeepAlive_whenItIsForUs_thenItIsAnswered() {
        QFETCH(quint32, element);
        QFETCH(QString, handle);
        QFETCH(bool, answered);
        Machine machine;
        machine.registerAt(ServerId{1});
        const auto of = element == 0 ? std::optional<PeIdentifier>{} : PeIdentifier{element};
        QCOMPARE(machine.keepAlive(ServerId{1}, false, true, true, of, qPrintable(handle)),
                 answered
                     ? std::string("answer ASAP_ENDPOINT_KEEP_ALIVE_ACK pool-handle=Pool pe-identifier=0x0000000a\n")
                     : std::string());
    }
    void givenUnnamedHome_whenItsKeepAliveComes_thenItsNameIsLearned() {
        Machine machine;
        machine.registerAt(ServerId{0});
        (void)machine.keepAlive(ServerId{5}, false, true, true);
        QVERIFY(machine.told(Registration::DeadlineReached{}, 3s).starts_with("register at 0x00000005"));
    }
    void givenTakeover_whenTheNewHomeIsTrusted_thenItIsAdopted() {
        Machine machine;
        machine.registerAt(ServerId{1});
        const std::string ack = "answer ASAP_ENDPOINT_KEEP_ALIVE_ACK pool-handle=Pool pe-identifier=0x0000000a\n";
        QCOMPARE(machine.keepAlive(ServerId{2}, true, false, true), ack + "adopt registrar 0x00000002\n");
        QCOMPARE(machine.keepAlive(ServerId{3}, true, false, false), ack); // a stranger, and our home lives
        QCOMPARE(machine.keepAlive(ServerId{1}, true, true, true), ack);   // our home already
        (void)machine.tell(Registration::RegistrarDown{}, 2s);
        QCOMPARE(machine.keepAlive(ServerId{3}, true, false, false), ack + "adopt registrar 0x00000003\n");
    }
    void givenRegisteredElement_whenItLeaves_thenItIsDeregistered() {
        Machine machine;
        machine.registerAt(ServerId{1});
        QCOMPARE(machine.told(Registration::Leave{}, 1s),
                 std::string(
                     "submit ASAP_DEREGISTRATION pool-handle=Pool pe-identifier=0x0000000a\nleaving\narm no timer\n"));
        QCOMPARE(machine.told(Registration::RegistrarUp{ServerId{2}}, 1100ms), std::string());
        const asap::Answer answer = wire::DeregistrationResponse{PoolHandle{"Pool"}, PeIdentifier{0xa}, {}};
        QCOMPARE(machine.told(Registration::Answered{answer}, 1200ms), std::string("left\n"));
        QCOMPARE(machine.keepAlive(ServerId{1}, false, true, true), std::string()); // we are not that any more
    }
    void givenAnElementThatHasLeft_whenItReturns_thenItRegistersAgain() {
        Machine machine;
        machine.registerAt(ServerId{1});
        (void)machine.told(Registration::Leave{}, 1s);
        QCOMPARE(
            machine.told(Registration::Return{}, 2s), // before the answer
            std::string("withdraw the request\nregister at 0x00000001 with load 0.00, life 6000 ms\nregistering\n"));
        QCOMPARE(machine.told(Registration::Return{}, 3s), std::string()); // it is there already
        Machine alone;
        (void)alone.told(Registration::Leave{});
        QCOMPARE(alone.told(Registration::Return{}), std::string("looking for a registrar\n"));
    }
    void givenNoRegistrar_whenTheElementLeaves_thenItHasLeft() {
        Machine machine;
        QCOMPARE(machine.told(Registration::Leave{}), std::string("left: no registrar to tell\n"));
    }
};

QTEST_APPLESS_MAIN(TestElementRegistration)
#include "test_element_registration.moc"
