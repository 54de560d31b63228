// SPDX-License-Identifier: GPL-3.0-or-later
// What a registrar answers, and when it gives an element up. Hostile messages: test_registrar_hostile.cpp.
#include "tests/unit/asap/registrar_fixture.h"

#include <QtTest>

using namespace kolam;
using namespace kolam::test;
using namespace Qt::StringLiterals;

namespace {

/// Elements 0xa and 0xb over association 1; 2 is somebody who asks.
void enterTwo(RegistrarFixture& registrar) {
    registrar.up(1);
    registrar.up(2);
    registrar.receive(1, registrar.registration(1, 0xa));
    registrar.receive(1, registrar.registration(1, 0xb));
    (void)registrar.sink.take();
}

} // namespace

class TestRegistrarSide : public QObject {
    Q_OBJECT
private slots:

    // ---- Registration ----

    void givenNewElement_whenRegistered_thenPeersAreToldBeforeTheAnswerIsSent() {
        RegistrarFixture registrar;
        registrar.up(1);
        registrar.receive(1, registrar.registration(1, 0xa));
        QCOMPARE(registrar.sink.take(),
                 u"element 0x0000000a of Pool added\n"
                 "send to 1: ASAP_REGISTRATION_RESPONSE pool-handle=Pool pe-identifier=0x0000000a\n"_s);
        QCOMPARE(registrar.machine.counters().registrations, std::uint64_t{1});
    }
    void givenElement_whenRegisteredAgain_thenItIsRefreshedOrChanged() {
        RegistrarFixture registrar;
        registrar.up(1);
        auto message = registrar.registration(1, 0xa);
        registrar.receive(1, message);
        (void)registrar.sink.take();
        registrar.receive(1, message);
        message.element.userTransport.port = 7001;
        registrar.receive(1, message);
        QCOMPARE(registrar.sink.take(),
                 u"element 0x0000000a of Pool refreshed\n"
                 "send to 1: ASAP_REGISTRATION_RESPONSE pool-handle=Pool pe-identifier=0x0000000a\n"
                 "element 0x0000000a of Pool changed\n"
                 "send to 1: ASAP_REGISTRATION_RESPONSE pool-handle=Pool pe-identifier=0x0000000a\n"_s);
        QCOMPARE(registrar.machine.counters().reRegistrations, std::uint64_t{2});
    }
    void givenRegistration_whenStored_thenItHasOwnerAndAsapTransportOfTheAssociation() {
        RegistrarFixture registrar;
        registrar.up(1);
        auto message = registrar.registration(1, 0xa);
        message.element.asapTransport = message.element.userTransport; // what an element says of it is not believed
        registrar.receive(1, message);
        const auto stored =
            registrar.handlespace.element(registrar.handlespace.find(PoolHandle{"Pool"}, PeIdentifier{0xa}));
        QCOMPARE(toText(stored.homeRegistrar), std::string("0x11111111"));
        QVERIFY(stored.asapTransport.has_value());
        QCOMPARE(toText(TransportAddress{stored.asapTransport->addresses, stored.asapTransport->port}),
                 std::string("10.0.0.2:5001"));
    }
    void givenPolicyWithDistance_whenRegistered_thenItsHomeMeasuresTheWay_data() {
        QTest::addColumn<int>("roundTrip"); // milliseconds
        QTest::addColumn<quint32>("distance");
        QTest::newRow("unknown") << 0 << 0U;
        QTest::newRow("same room") << 3 << 0U;
        QTest::newRow("half a step is the even one") << 50 << 0U;
        QTest::newRow("a millisecond that is cut off") << 51 << 0U;
        QTest::newRow("more than half a step") << 52 << 50U;
        QTest::newRow("one and a half steps") << 150 << 100U;
        QTest::newRow("across the ocean") << 260 << 150U;
    }
    void givenPolicyWithDistance_whenRegistered_thenItsHomeMeasuresTheWay() {
        QFETCH(int, roundTrip);
        QFETCH(quint32, distance);
        RegistrarFixture registrar;
        registrar.up(1);
        registrar.sink.roundTrips[1] = std::chrono::milliseconds{roundTrip};
        auto message = registrar.registration(1, 0xa);
        message.element.policy = {
            .type = wire::PolicyType::LeastUsedDpf, .load = 1, .penaltyFactor = 2, .distance = 77};
        registrar.receive(1, message);
        const auto stored =
            registrar.handlespace.element(registrar.handlespace.find(PoolHandle{"Pool"}, PeIdentifier{0xa}));
        QCOMPARE(stored.policy.distance, distance);
        QCOMPARE(stored.policy.penaltyFactor, 2U);
    }
    void givenForeignAddresses_whenRegistered_thenOnlyTheAssociationsOwnAreKept() {
        RegistrarFixture registrar;
        registrar.up(1);
        auto message = registrar.registration(1, 0xa);
        message.element.userTransport.addresses.push_back(IpAddress::v4(10, 9, 9, 9));
        registrar.receive(1, message);
        const auto stored =
            registrar.handlespace.element(registrar.handlespace.find(PoolHandle{"Pool"}, PeIdentifier{0xa}));
        QCOMPARE(toText(TransportAddress{stored.userTransport.addresses, 1}), std::string("10.0.0.2:1"));
        (void)registrar.sink.take();
        message = registrar.registration(1, 0xb);
        message.element.userTransport.addresses = {IpAddress::v4(10, 9, 9, 9)};
        registrar.receive(1, message);
        QVERIFY(
            registrar.sink.take().startsWith(u"incident: rejected\nsend to 1: ASAP_REGISTRATION_RESPONSE reject"_s));
        QCOMPARE(registrar.handlespace.elementCount(), std::size_t{1});
    }
    void givenScope_whenAddressesReachLessFar_thenTheyAreNotRegistered() {
        auto settings = testSettings();
        settings.minimumScope = AddressScope::SiteLocal;
        RegistrarFixture registrar{settings};
        registrar.up(1, {{IpAddress::v4(127, 0, 0, 1)}, 5001});
        auto message = registrar.registration(1, 0xa);
        message.element.userTransport.addresses = {IpAddress::v4(127, 0, 0, 1)};
        registrar.receive(1, message);
        QCOMPARE(registrar.handlespace.elementCount(), std::size_t{0});
        RegistrarFixture lab; // by default loopback is good enough
        lab.up(1, {{IpAddress::v4(127, 0, 0, 1)}, 5001});
        lab.receive(1, message);
        QCOMPARE(lab.handlespace.elementCount(), std::size_t{1});
    }
    void givenImpossibleRegistrations_whenReceived_thenEachIsRejectedWithItsCause_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("cause");
        QTest::newRow("identifier 0") << 0 << "\"invalid values\":000a";
        QTest::newRow("port 0") << 1 << "\"invalid values\":00040010";
        QTest::newRow("unknown policy") << 2 << "\"invalid values\":0008000800000099";
        QTest::newRow("other policy") << 3 << "\"inconsistent pooling policy\":0008000800000001";
        QTest::newRow("other transport") << 4 << "\"inconsistent transport type\":00040010";
        QTest::newRow("other use") << 5 << "inconsistent data/control configuration";
    }
    void givenImpossibleRegistrations_whenReceived_thenEachIsRejectedWithItsCause() {
        QFETCH(int, kind);
        QFETCH(QString, cause);
        RegistrarFixture registrar;
        registrar.up(1);
        registrar.receive(1, registrar.registration(1, 0xa));
        (void)registrar.sink.take();
        auto message = registrar.registration(1, 0xb);
        switch (kind) {
        case 0: message.element.identifier = PeIdentifier{0}; break;
        case 1: message.element.userTransport.port = 0; break;
        case 2: message.element.policy.type = wire::PolicyType{0x99}; break;
        case 3: message.element.policy.type = wire::PolicyType::Random; break;
        case 4: message.element.userTransport.protocol = wire::TransportProtocol::Tcp; break;
        default: message.element.userTransport.use = wire::TransportUse::DataOnly;
        }
        registrar.receive(1, message);
        const QString text = registrar.sink.take();
        QVERIFY2(text.contains(u"reject"_s) && text.contains(cause), qPrintable(text));
        QCOMPARE(text.count(u"send to"_s), 1);
        QCOMPARE(registrar.handlespace.elementCount(), std::size_t{1});
    }

    // ---- Who may change an element ----

    void givenElement_whenStrangerRegistersOrDeregistersIt_thenItIsRefused() {
        RegistrarFixture registrar;
        registrar.up(1);
        registrar.up(2);
        registrar.receive(1, registrar.registration(1, 0xa));
        (void)registrar.sink.take();
        registrar.receive(2, registrar.registration(2, 0xa));
        registrar.receive(2, wire::Deregistration{PoolHandle{"Pool"}, PeIdentifier{0xa}});
        QCOMPARE(registrar.sink.take(),
                 u"incident: not the registrant\n"
                 "send to 2: ASAP_REGISTRATION_RESPONSE reject pool-handle=Pool pe-identifier=0x0000000a "
                 "error=\"rejected due to security considerations\"\n"
                 "incident: not the registrant\n"
                 "send to 2: ASAP_DEREGISTRATION_RESPONSE pool-handle=Pool pe-identifier=0x0000000a "
                 "error=\"rejected due to security considerations\"\n"_s);
        QCOMPARE(registrar.handlespace.elementCount(), std::size_t{1});
    }
    void givenElement_whenTheSameEndpointComesBack_thenItMovesToTheNewAssociation() {
        RegistrarFixture registrar;
        registrar.up(1);
        registrar.up(2, registrar.address(1)); // the same port and address: the element has reconnected
        registrar.receive(1, registrar.registration(1, 0xa));
        registrar.receive(2, registrar.registration(1, 0xa));
        (void)registrar.sink.take();
        registrar.down(1);
        QCOMPARE(registrar.sink.take(), QString());
        registrar.down(2);
        QCOMPARE(registrar.sink.take(), u"element 0x0000000a of Pool removed: association lost\n"_s);
    }
    void givenElement_whenStrangerNamesItsAddressAmongOthers_thenItIsRefused() {
        RegistrarFixture registrar;
        registrar.up(1);
        TransportAddress forged = registrar.address(1);
        forged.ips.push_back(IpAddress::v4(10, 6, 6, 6));
        registrar.up(2, forged);
        registrar.receive(1, registrar.registration(1, 0xa));
        registrar.receive(2, wire::Deregistration{PoolHandle{"Pool"}, PeIdentifier{0xa}});
        QCOMPARE(registrar.handlespace.elementCount(), std::size_t{1});
    }
    void givenDeregistration_whenItIsTheRegistrants_thenTheElementGoes() {
        RegistrarFixture registrar;
        registrar.up(1);
        registrar.receive(1, registrar.registration(1, 0xa));
        (void)registrar.sink.take();
        registrar.receive(1, wire::Deregistration{PoolHandle{"Pool"}, PeIdentifier{0xa}});
        registrar.receive(1, wire::Deregistration{PoolHandle{"Pool"}, PeIdentifier{0xa}});
        QCOMPARE(registrar.sink.take(),
                 u"element 0x0000000a of Pool removed: deregistered\n"
                 "send to 1: ASAP_DEREGISTRATION_RESPONSE pool-handle=Pool pe-identifier=0x0000000a\n"
                 "send to 1: ASAP_DEREGISTRATION_RESPONSE pool-handle=Pool pe-identifier=0x0000000a\n"_s);
    }
    void givenAssociationWithElements_whenLost_thenTheyAllGoAtOnce() {
        RegistrarFixture registrar;
        registrar.up(1);
        registrar.up(2);
        registrar.receive(1, registrar.registration(1, 0xa));
        registrar.receive(1, registrar.registration(1, 0xb, "Other"));
        registrar.receive(2, registrar.registration(2, 0xc));
        (void)registrar.sink.take();
        registrar.down(1);
        QCOMPARE(registrar.sink.take(), u"element 0x0000000a of Pool removed: association lost\n"
                                        "element 0x0000000b of Other removed: association lost\n"_s);
        QCOMPARE(registrar.handlespace.elementCount(), std::size_t{1});
        QCOMPARE(registrar.machine.associationCount(), std::size_t{1});
    }

    // ---- Handle resolution ----

    void givenPool_whenResolved_thenPolicyAndElementsComeInSelectionOrder() {
        RegistrarFixture registrar;
        enterTwo(registrar);
        const auto ask = [&](std::uint32_t items) {
            wire::HandleResolution message;
            message.poolHandle = PoolHandle{"Pool"};
            message.items = items;
            registrar.receive(2, message);
            return registrar.sink.take();
        };
        const QString first = ask(1);
        QVERIFY2(first.startsWith(u"send to 2: ASAP_HANDLE_RESOLUTION_RESPONSE pool-handle=Pool policy=RoundRobin "
                                  "elements=[{identifier=0x0000000a home-registrar=0x11111111"_s),
                 qPrintable(first));
        QVERIFY(!first.contains(u"asap-transport"_s));
        QVERIFY(ask(1).contains(u"elements=[{identifier=0x0000000b"_s));
        QCOMPARE(ask(7).count(u"{identifier"_s), 2);
        QCOMPARE(registrar.machine.counters().resolutions, std::uint64_t{3});
    }
    void givenSomebodyWhoOnlyLooks_whenOthersAsk_thenTheirTurnsAreAsIfNobodyHadLooked() {
        RegistrarFixture registrar;
        enterTwo(registrar);
        const auto first = [&](bool looks) {
            wire::HandleResolution message;
            message.poolHandle = PoolHandle{"Pool"};
            if (looks) {
                message.onlyLooks.emplace();
            }
            registrar.receive(looks ? 1 : 2, message);
            const auto answer = wire::decode<wire::HandleResolutionResponse>(registrar.sink.sent.back());
            return answer && answer->elements.size() == 2 ? answer->elements.front().identifier.value : 0u;
        };
        QCOMPARE(first(true), 0xau);
        QCOMPARE(first(false), 0xau);
        QCOMPARE(first(true), 0xbu);
        QCOMPARE(first(true), 0xbu);
        QCOMPARE(first(false), 0xbu);
        QCOMPARE(first(false), 0xau);
    }
    void givenUnknownPool_whenResolved_thenTheAnswerSaysSo() {
        RegistrarFixture registrar;
        registrar.up(1);
        wire::HandleResolution message;
        message.poolHandle = PoolHandle{"NoPool"};
        registrar.receive(1, message);
        QCOMPARE(registrar.sink.take(),
                 u"send to 1: ASAP_HANDLE_RESOLUTION_RESPONSE pool-handle=NoPool error=\"unknown pool handle\"\n"_s);
        QCOMPARE(toHex(registrar.sink.sent.back()), std::string("060000180009000a4e6f506f6f6c0000000c000800090004"));
    }
    void givenElementsWithManyAddresses_whenAllAreAskedFor_thenTheAnswerStillFitsAMessage() {
        RegistrarFixture registrar;
        TransportAddress peer{{}, 5001};
        for (std::uint8_t i = 1; i <= 64; ++i) {
            IpAddress address = *IpAddress::parse("2001:db8::");
            address.octets[15] = i;
            peer.ips.push_back(address);
        }
        registrar.up(1, peer);
        for (std::uint32_t id = 1; id <= 64; ++id) {
            auto message = registrar.registration(1, id);
            message.element.userTransport.addresses = peer.ips;
            registrar.receive(1, message);
        }
        QCOMPARE(registrar.handlespace.elementCount(), std::size_t{64});
        wire::HandleResolution ask;
        ask.poolHandle = PoolHandle{"Pool"};
        ask.items = wire::HandleResolution::everyElement;
        registrar.receive(1, ask);
        const auto response = wire::decode<wire::HandleResolutionResponse>(registrar.sink.sent.back());
        QVERIFY(response.has_value());
        QVERIFY(response->elements.size() > 40);
        QVERIFY(registrar.sink.sent.back().size() < 65536);
    }

    // ---- Keep-alive ----

    void givenElement_whenIdle_thenItIsAskedAndItsAnswerKeepsIt() {
        RegistrarFixture registrar;
        registrar.up(1);
        registrar.receive(1, registrar.registration(1, 0xa));
        (void)registrar.sink.take();
        for (int round = 0; round < 5; ++round) {
            registrar.pass(5100ms);
            QCOMPARE(registrar.sink.take(), u"send to 1: ASAP_ENDPOINT_KEEP_ALIVE server=0x11111111 pool-handle=Pool "
                                            "pe-identifier=0x0000000a\n"_s);
            registrar.receive(1, wire::EndpointKeepAliveAck{{}, PoolHandle{"Pool"}, PeIdentifier{0xa}});
        }
        QCOMPARE(registrar.machine.counters().keepAliveAcks, std::uint64_t{5});
        QCOMPARE(registrar.handlespace.elementCount(), std::size_t{1});
    }
    void givenElement_whenSilent_thenItGoesAndItsAssociationIsAborted() {
        RegistrarFixture registrar;
        registrar.up(1);
        registrar.receive(1, registrar.registration(1, 0xa));
        (void)registrar.sink.take();
        registrar.pass(5100ms);
        (void)registrar.sink.take();
        registrar.pass(2s);
        QCOMPARE(registrar.sink.take(), u"element 0x0000000a of Pool removed: keep-alive not answered\n"
                                        "abort 1: keep-alive not answered\n"_s);
    }
    void givenTwoElementsOfAnAssociation_whenOneIsSilent_thenTheOtherStays() {
        RegistrarFixture registrar;
        registrar.up(1);
        registrar.receive(1, registrar.registration(1, 0xa));
        registrar.receive(1, registrar.registration(1, 0xb));
        registrar.pass(5100ms);
        registrar.receive(1, wire::EndpointKeepAliveAck{{}, PoolHandle{"Pool"}, PeIdentifier{0xa}});
        (void)registrar.sink.take();
        registrar.pass(2s);
        QCOMPARE(registrar.sink.take(), u"element 0x0000000b of Pool removed: keep-alive not answered\n"_s);
    }
    void givenQuestion_whenStrangerAnswers_thenItDoesNotCount() {
        RegistrarFixture registrar;
        registrar.up(1);
        registrar.up(2);
        registrar.receive(1, registrar.registration(1, 0xa));
        registrar.pass(5100ms);
        registrar.receive(2, wire::EndpointKeepAliveAck{{}, PoolHandle{"Pool"}, PeIdentifier{0xa}});
        registrar.pass(2s);
        QCOMPARE(registrar.handlespace.elementCount(), std::size_t{0});
        QCOMPARE(registrar.machine.counters().of(asap::IncidentKind::Stranger), std::uint64_t{1});
    }
    void givenElement_whenItRegistersOften_thenItIsNeverAsked() {
        RegistrarFixture registrar;
        registrar.up(1);
        for (int round = 0; round < 20; ++round) {
            registrar.receive(1, registrar.registration(1, 0xa));
            registrar.pass(4s);
        }
        QCOMPARE(registrar.machine.counters().keepAlives, std::uint64_t{0});
    }
    void givenAnswersInALongLine_whenOneIsLate_thenItsElementGetsMoreTime() {
        RegistrarFixture registrar;
        registrar.up(1);
        registrar.receive(1, registrar.registration(1, 0xa));
        registrar.pass(1s);
        registrar.receive(1, registrar.registration(1, 0xb));
        registrar.pass(5600ms); // first the one is asked, then the other
        registrar.receive(1, wire::EndpointKeepAliveAck{{}, PoolHandle{"Pool"}, PeIdentifier{0xa}});
        registrar.pass(1800ms); // more than two seconds since
        registrar.receive(1, wire::EndpointKeepAliveAck{{}, PoolHandle{"Pool"}, PeIdentifier{0xb}});
        registrar.pass(1s);
        QCOMPARE(registrar.handlespace.elementCount(), std::size_t{2});
        QCOMPARE(registrar.machine.counters().of(asap::RemovalReason::KeepAliveTimeout), std::uint64_t{0});
    }
    void givenAnswerToALaterQuestion_whenAnEarlierOneHasNone_thenThatElementIsSilent() {
        RegistrarFixture registrar;
        registrar.up(1);
        registrar.receive(1, registrar.registration(1, 0xa));
        registrar.pass(1s);
        registrar.receive(1, registrar.registration(1, 0xb));
        registrar.pass(5300ms); // first the one, then the other
        registrar.receive(1, wire::EndpointKeepAliveAck{{}, PoolHandle{"Pool"}, PeIdentifier{0xb}});
        (void)registrar.sink.take();
        registrar.pass(1s);
        QCOMPARE(registrar.sink.take(), u"element 0x0000000a of Pool removed: keep-alive not answered\n"_s);
    }
    void givenElementThatSpeaksAndNeverAnswers_whenItHasHadFourTimesAsLong_thenItGoes() {
        RegistrarFixture registrar;
        registrar.up(1);
        registrar.receive(1, registrar.registration(1, 0xa));
        registrar.pass(5100ms);
        const auto speakFor = [&](int seconds) {
            for (int second = 0; second < seconds; ++second) {
                registrar.receive(1, wire::HandleResolution{.poolHandle = PoolHandle{"Pool"}});
                registrar.pass(1s);
            }
        };
        speakFor(5);
        QCOMPARE(registrar.handlespace.elementCount(), std::size_t{1});
        speakFor(4);
        QCOMPARE(registrar.handlespace.elementCount(), std::size_t{0});
        QCOMPARE(registrar.machine.counters().of(asap::RemovalReason::KeepAliveTimeout), std::uint64_t{1});
    }
    void givenAnsweringElement_whenItsLifeEnds_thenItGoesAndNothingIsSent() {
        RegistrarFixture registrar;
        registrar.up(1);
        auto message = registrar.registration(1, 0xa);
        message.element.life = 12s;
        registrar.receive(1, message);
        registrar.pass(5100ms);
        registrar.receive(1, wire::EndpointKeepAliveAck{{}, PoolHandle{"Pool"}, PeIdentifier{0xa}});
        registrar.pass(5100ms);
        registrar.receive(1, wire::EndpointKeepAliveAck{{}, PoolHandle{"Pool"}, PeIdentifier{0xa}});
        (void)registrar.sink.take();
        registrar.pass(2s);
        QCOMPARE(registrar.sink.take(), u"element 0x0000000a of Pool removed: registration life over\n"_s);
    }
    void givenLifeCountedInSeconds_whenRegistered_thenTheElementSurvivesUntilItsKeepAlive() {
        RegistrarFixture registrar;
        registrar.up(1);
        auto message = registrar.registration(1, 0xa);
        message.element.life = wire::RegistrationLife{90}; // an RFC sender's minute and a half reads as 90 ms
        registrar.receive(1, message);
        registrar.pass(5100ms);
        QCOMPARE(registrar.handlespace.elementCount(), std::size_t{1});
        message.element.life = wire::endlessLife;
        registrar.receive(1, message);
        for (int round = 0; round < 100; ++round) {
            registrar.pass(5100ms);
            registrar.receive(1, wire::EndpointKeepAliveAck{{}, PoolHandle{"Pool"}, PeIdentifier{0xa}});
        }
        QCOMPARE(registrar.handlespace.elementCount(), std::size_t{1});
    }
    void givenVariation_whenManyElementsRegisterAtOnce_thenTheyAreNotAskedInStep() {
        auto settings = testSettings();
        settings.keepAliveVariation = 0.5;
        settings.limits.elementsPerAssociation = 0;
        RegistrarFixture registrar{settings};
        registrar.up(1);
        for (std::uint32_t id = 1; id <= 1000; ++id) {
            registrar.receive(1, registrar.registration(1, id));
        }
        registrar.pass(2400ms);
        QCOMPARE(registrar.machine.counters().keepAlives, std::uint64_t{0});
        registrar.pass(2600ms);
        const auto half = registrar.machine.counters().keepAlives;
        QVERIFY(half > 400 && half < 600);
    }

    // ---- Unreachable reports ----

    void givenReport_whenTheElementAnswersTheProbe_thenItStays() {
        RegistrarFixture registrar;
        registrar.up(1);
        registrar.up(2);
        registrar.receive(1, registrar.registration(1, 0xa));
        (void)registrar.sink.take();
        registrar.receive(2, wire::EndpointUnreachable{PoolHandle{"Pool"}, PeIdentifier{0xa}});
        QCOMPARE(registrar.sink.take(), u"send to 1: ASAP_ENDPOINT_KEEP_ALIVE server=0x11111111 pool-handle=Pool "
                                        "pe-identifier=0x0000000a\n"_s);
        registrar.receive(1, wire::EndpointKeepAliveAck{{}, PoolHandle{"Pool"}, PeIdentifier{0xa}});
        for (int round = 0; round < 100; ++round) { // it has just answered: not asked again, not removed
            registrar.receive(2, wire::EndpointUnreachable{PoolHandle{"Pool"}, PeIdentifier{0xa}});
        }
        QCOMPARE(registrar.machine.counters().keepAlives, std::uint64_t{1});
        registrar.pass(1100ms);
        registrar.receive(2, wire::EndpointUnreachable{PoolHandle{"Pool"}, PeIdentifier{0xa}});
        QCOMPARE(registrar.machine.counters().keepAlives, std::uint64_t{2});
        QCOMPARE(registrar.handlespace.elementCount(), std::size_t{1});
    }
    void givenOneReporter_whenItReportsOften_thenTheElementHasItsFullTime() {
        RegistrarFixture registrar;
        registrar.up(1);
        registrar.up(2);
        registrar.receive(1, registrar.registration(1, 0xa));
        for (int round = 0; round < 1000; ++round) {
            registrar.receive(2, wire::EndpointUnreachable{PoolHandle{"Pool"}, PeIdentifier{0xa}});
        }
        registrar.pass(1900ms);
        QCOMPARE(registrar.handlespace.elementCount(), std::size_t{1});
        QCOMPARE(registrar.machine.counters().keepAlives, std::uint64_t{1});
        registrar.pass(200ms);
        QCOMPARE(registrar.handlespace.elementCount(), std::size_t{0});
        QCOMPARE(registrar.machine.counters().of(asap::RemovalReason::KeepAliveTimeout), std::uint64_t{1});
    }
    void givenThreeReporters_whenTheElementIsSilent_thenItGoesEarlier() {
        RegistrarFixture registrar;
        for (std::uint64_t id = 1; id <= 4; ++id) {
            registrar.up(id);
        }
        registrar.receive(1, registrar.registration(1, 0xa));
        for (std::uint64_t reporter = 2; reporter <= 4; ++reporter) {
            registrar.receive(reporter, wire::EndpointUnreachable{PoolHandle{"Pool"}, PeIdentifier{0xa}});
        }
        QCOMPARE(registrar.handlespace.elementCount(), std::size_t{1}); // never before it could have answered
        registrar.pass(600ms);
        QCOMPARE(registrar.handlespace.elementCount(), std::size_t{0});
        QCOMPARE(registrar.machine.counters().of(asap::RemovalReason::Unreachable), std::uint64_t{1});
    }
    void givenAnotherRegistrarsElement_whenReported_thenNothingHappens() {
        RegistrarFixture registrar;
        registrar.up(1);
        auto message = registrar.registration(1, 0xa);
        message.element.homeRegistrar = ServerId{0x22222222};
        QVERIFY(registrar.handlespace.registerElement(message.poolHandle, message.element).has_value());
        registrar.receive(1, wire::EndpointUnreachable{PoolHandle{"Pool"}, PeIdentifier{0xa}});
        QCOMPARE(registrar.sink.take(), QString());
        QCOMPARE(registrar.handlespace.elementCount(), std::size_t{1});
    }

    // ---- Taking over ----

    void givenAnotherRegistrarsElement_whenTakenOver_thenItIsCalledAndGreeted() {
        RegistrarFixture registrar;
        auto message = registrar.registration(1, 0xa);
        message.element.homeRegistrar = ServerId{0x22222222};
        message.element.asapTransport = message.element.userTransport;
        message.element.asapTransport->port = 5001;
        const auto entered = registrar.handlespace.registerElement(message.poolHandle, message.element);
        registrar.machine.takeOver(entered->element, registrar.now);
        QCOMPARE(registrar.sink.take(), u"connect to 10.0.0.2:5001 as 100\n"
                                        "element 0x0000000a of Pool changed\n"_s);
        QCOMPARE(toText(registrar.handlespace.owner(entered->element)), std::string("0x11111111"));
        registrar.up(100);
        QCOMPARE(registrar.sink.take(), u"send to 100: ASAP_ENDPOINT_KEEP_ALIVE new-home server=0x11111111 "
                                        "pool-handle=Pool pe-identifier=0x0000000a\n"_s);
        registrar.receive(100, wire::EndpointKeepAliveAck{{}, PoolHandle{"Pool"}, PeIdentifier{0xa}});
        registrar.receive(100, registrar.registration(1, 0xa));
        QCOMPARE(registrar.machine.counters().reRegistrations, std::uint64_t{1});
    }
    void givenElementThatIsConnectedAlready_whenTakenOver_thenThatAssociationIsUsed() {
        RegistrarFixture registrar;
        registrar.up(1);
        auto message = registrar.registration(1, 0xa);
        message.element.homeRegistrar = ServerId{0x22222222};
        message.element.asapTransport = message.element.userTransport;
        message.element.asapTransport->port = 5001;
        const auto entered = registrar.handlespace.registerElement(message.poolHandle, message.element);
        registrar.machine.takeOver(entered->element, registrar.now);
        QCOMPARE(registrar.sink.take(), u"element 0x0000000a of Pool changed\n"
                                        "send to 1: ASAP_ENDPOINT_KEEP_ALIVE new-home server=0x11111111 "
                                        "pool-handle=Pool pe-identifier=0x0000000a\n"_s);
    }
    void givenElementThatCannotBeReached_whenTakenOver_thenItGoes() {
        RegistrarFixture registrar;
        auto message = registrar.registration(1, 0xa);
        message.element.homeRegistrar = ServerId{0x22222222};
        message.element.asapTransport = message.element.userTransport;
        const auto entered = registrar.handlespace.registerElement(message.poolHandle, message.element);
        registrar.machine.takeOver(entered->element, registrar.now);
        (void)registrar.sink.take();
        registrar.down(100);
        QCOMPARE(registrar.sink.take(), u"element 0x0000000a of Pool removed: association lost\n"_s);
    }

    // ---- Timers ----

    void givenNothingToDo_whenTimePasses_thenNoTimerIsArmed() {
        RegistrarFixture registrar;
        registrar.sink.showTimers = true;
        registrar.up(1);
        wire::HandleResolution ask;
        ask.poolHandle = PoolHandle{"Pool"};
        registrar.receive(1, ask);
        QVERIFY(!registrar.sink.take().contains(u"arm timer"_s));
    }
};

QTEST_APPLESS_MAIN(TestRegistrarSide)
#include "test_registrar_side.moc"
