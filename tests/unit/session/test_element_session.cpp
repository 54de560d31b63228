// SPDX-License-Identifier: GPL-3.0-or-later
// The element's end of a session.
#include "core/session/element_session.h"
#include "tests/unit/asap/action_text.h"

#include <QtTest>

using namespace kolam;
using namespace kolam::testing;
using session::ElementSession;

namespace {

struct Machine {
    explicit Machine(const session::ElementLimits& limits = {})
        : session(PoolHandle{"Pool"}, PeIdentifier{0xa}, 1, limits) {}
    std::string tell(const ElementSession::Input& input, Duration when = 0s) {
        return text(session.handle(input, start + when));
    }
    std::string control(const wire::AsapMessage& message, Duration when = 0s) {
        return tell(ElementSession::Control{message}, when);
    }
    ElementSession session;
};

wire::AsapMessage keepAlive(std::optional<std::uint32_t> features, std::uint32_t element = 0xa,
                            const char* handle = "Pool") {
    wire::EndpointKeepAlive message;
    if (features) {
        message.features = wire::Features{.mask = *features};
    }
    message.poolHandle = PoolHandle{handle};
    message.element = PeIdentifier{element};
    return message;
}
std::vector<wire::PoolElement> card() {
    wire::PoolElement element;
    element.identifier = PeIdentifier{0xb};
    element.userTransport.port = 7000;
    element.userTransport.addresses = {IpAddress::v4(10, 0, 0, 1)};
    return {element};
}

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

} // namespace

class TestElementSession : public QObject {
    Q_OBJECT
private slots:
    void givenUserOfOurs_whenItAnnouncesItself_thenItIsAnsweredAndGetsTheCard() {
        Machine machine;
        QCOMPARE(machine.tell(ElementSession::CardChanged{card()}), std::string()); // not yet: who is it?
        const std::string told = machine.control(keepAlive(3));
        QVERIFY2(told.starts_with("send ASAP_ENDPOINT_KEEP_ALIVE_ACK"), told.c_str());
        QVERIFY2(contains(told, "send ASAP_BUSINESS_CARD"), told.c_str());
        QCOMPARE(machine.session.userFeatures(), std::uint32_t{3});
        QVERIFY(!contains(machine.control(keepAlive(3), 1s), "BUSINESS_CARD"));
        auto longer = card();
        longer.push_back(longer[0]);
        QVERIFY(contains(machine.tell(ElementSession::CardChanged{longer}, 2s), "send ASAP_BUSINESS_CARD"));
        QCOMPARE(machine.tell(ElementSession::CardChanged{longer}, 3s), std::string());
    }
    void givenUserOfAnotherImplementation_whenItTalks_thenItGetsNoCard() {
        Machine machine;
        (void)machine.tell(ElementSession::CardChanged{card()});
        QCOMPARE(machine.tell(ElementSession::Data{}), std::string());
        QVERIFY(!contains(machine.control(keepAlive(std::nullopt)), "BUSINESS_CARD"));
        QCOMPARE(machine.session.userFeatures(), std::uint32_t{0});
    }
    void givenEchoFirst_whenItComes_thenTheServiceGoesOnFromThere() {
        Machine machine;
        QCOMPARE(machine.control(wire::CookieEcho{fromHex("abcd")}), std::string("hand over cookie abcd\n"));
        QCOMPARE(machine.control(wire::CookieEcho{fromHex("ef")}), std::string("ignore ASAP_COOKIE_ECHO\n"));
    }
    void givenEchoOutOfTurn_whenItComes_thenItIsIgnored() {
        Machine machine;
        QCOMPARE(machine.control(wire::CookieEcho{}), std::string("ignore ASAP_COOKIE_ECHO\n")); // empty
        (void)machine.tell(ElementSession::Data{});
        QCOMPARE(machine.control(wire::CookieEcho{fromHex("abcd")}), std::string("ignore ASAP_COOKIE_ECHO\n"));
    }
    void givenFloodOfKeepAlives_whenASecondPasses_thenAtMostTwentyAreAnswered() {
        Machine machine;
        int answers = 0;
        for (int i = 0; i < 10'000; ++i) {
            answers += contains(machine.control(keepAlive(std::nullopt), 100us * i), "ACK") ? 1 : 0;
        }
        QVERIFY2(answers >= 10 && answers <= 20, std::to_string(answers).c_str()); // a burst of ten, then ten a second
    }
    void givenMessagesForOthers_whenTheyCome_thenTheyAreIgnored() {
        Machine machine;
        QCOMPARE(machine.control(keepAlive(1, 0xb)), std::string("ignore ASAP_ENDPOINT_KEEP_ALIVE\n"));
        QCOMPARE(machine.control(keepAlive(1, 0xa, "Other")), std::string("ignore ASAP_ENDPOINT_KEEP_ALIVE\n"));
        QCOMPARE(machine.control(wire::Registration{}), std::string("ignore ASAP_REGISTRATION\n"));
        QCOMPARE(machine.control(wire::Cookie{fromHex("00")}), std::string("ignore ASAP_COOKIE\n"));
        QCOMPARE(machine.control(wire::AsapError{}), std::string("ignore ASAP_ERROR\n"));
    }
    void givenServiceThatWatches_whenTheUserIsSilent_thenItIsProbedAndGivenUp() {
        Machine machine{{.keepAliveInterval = 250ms, .keepAliveMissed = 3}};
        QVERIFY(contains(machine.control(keepAlive(1)), "arm timer at 100.250 s\n"));
        const std::string probe = machine.tell(ElementSession::DeadlineReached{}, 250ms);
        QVERIFY2(probe.starts_with("send ASAP_ENDPOINT_KEEP_ALIVE ") && contains(probe, "arm timer at 100.500 s\n"),
                 probe.c_str());
        (void)machine.tell(ElementSession::Data{}, 300ms);
        QCOMPARE(machine.tell(ElementSession::DeadlineReached{}, 500ms), std::string("arm timer at 100.550 s\n"));
        (void)machine.tell(ElementSession::DeadlineReached{}, 550ms);
        (void)machine.tell(ElementSession::DeadlineReached{}, 800ms);
        QCOMPARE(machine.tell(ElementSession::DeadlineReached{}, 1050ms), std::string("the user is dead\n"));
    }
    void givenServiceThatWatches_whenTheUserIsNotOfOurs_thenItIsLeftAlone() {
        Machine machine{{.keepAliveInterval = 250ms, .keepAliveMissed = 3}};
        QVERIFY(!contains(machine.tell(ElementSession::Data{}), "arm"));
        QVERIFY(!contains(machine.control(keepAlive(std::nullopt)), "arm"));
    }
};

QTEST_APPLESS_MAIN(TestElementSession)
#include "test_element_session.moc"
