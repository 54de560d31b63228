// SPDX-License-Identifier: GPL-3.0-or-later
// Who is a peer, and who is not.
#include "tests/unit/enrp/enrp_fixture.h"

#include <QtTest>

using namespace kolam;
using namespace kolam::test;

class TestEnrpPeers : public QObject {
    Q_OBJECT
private slots:
    void givenNobody_whenItStarts_itSaysSoAndServesWhenTheTimeIsOver() {
        EnrpFixture it;
        it.sink.showGroup = true;
        it.start();
        QCOMPARE(it.told(), "to all: ENRP_PRESENCE\n");
        it.pass(700ms);
        QVERIFY(!it.told().contains("service begins"));
        it.pass(100ms);
        QVERIFY(it.told().contains("service begins\n"));
        QVERIFY(it.machine.serving());
    }

    void givenAStranger_whenItPresentsItself_itIsAskedBack() {
        EnrpFixture it;
        it.startAlone();
        it.up(2);
        QCOMPARE(it.told(), "");
        it.receive(2, it.presenceOf(2));
        QCOMPARE(it.told(), "peer 0x00000002 appeared\nto 2: ENRP_PRESENCE reply-required\nto 2: ENRP_LIST_REQUEST\n");
        it.receive(2, it.presenceOf(2, true));
        QCOMPARE(it.told(), "to 2: ENRP_PRESENCE\n");
        QCOMPARE(it.machine.peers().size(), 1u);
    }

    void givenAPresenceOfTheGroup_itsSenderIsCalledAndGreeted() {
        EnrpFixture it;
        it.startAlone();
        it.machine.datagram({it.address(3).ips, 9901}, wire::encode(it.presenceOf(3)), it.now);
        QCOMPARE(it.told(), "peer 0x00000003 appeared\nconnect to 10.0.0.3:9901 as 100\n");
        it.machine.associationUp(AssociationId{100}, it.address(3), it.now);
        QCOMPARE(it.told(), "to 100: ENRP_PRESENCE reply-required\n");
    }

    void givenOurOwnVoice_itIsNotAPeer() {
        EnrpFixture it;
        it.startAlone();
        wire::Presence own = it.presenceOf(0x55);
        own.server->transport.addresses = {IpAddress::v4(10, 0, 1, 1)};
        it.machine.datagram({{IpAddress::v4(10, 0, 1, 1)}, 9901}, wire::encode(own), it.now);
        QCOMPARE(it.told(), "");
        QVERIFY(it.machine.peers().empty());
    }

    void givenOurOwnVoiceFromAnotherAddressOfThisHost_itIsNotADouble() {
        EnrpFixture it;
        it.startAlone();
        wire::Presence own = it.presenceOf(it.machine.id().value);
        own.server->transport.addresses = {IpAddress::v4(10, 0, 1, 1)};
        it.machine.datagram({{IpAddress::v4(10, 9, 9, 9)}, 9901}, wire::encode(own), it.now);
        QCOMPARE(it.told(), "");
        QVERIFY(it.machine.peers().empty());
    }

    void givenAConnectedPeerOnAHostWithTwoNetworks_itsVoiceFromTheOtherOneIsNotADouble() {
        EnrpFixture it;
        it.startAlone();
        it.up(2);
        it.receive(2, it.presenceOf(2));
        static_cast<void>(it.told());
        it.machine.datagram({{IpAddress::v4(10, 9, 9, 9)}, 9901}, wire::encode(it.presenceOf(2)), it.now);
        QCOMPARE(it.told(), "");
    }

    void givenAPeerThatNamesSomebodyElsesAddress_itIsNotBelieved() {
        EnrpFixture it;
        it.startAlone();
        it.up(2);
        wire::Presence message = it.presenceOf(2);
        message.server->transport.addresses = it.address(3).ips;
        it.receive(2, message);
        QCOMPARE(it.told(), "incident: from a stranger\n");
        message = it.presenceOf(2);
        message.server.reset();
        it.receive(2, message);
        QCOMPARE(it.told(), "incident: from a stranger\n");
        QVERIFY(it.machine.peers().empty());
    }

    void givenNamedPeers_theyAreCalledUntilTheyAnswer() {
        enrp::Settings settings = enrpSettings();
        settings.peers = {EnrpFixture::address(4)};
        EnrpFixture it(settings);
        it.start();
        QCOMPARE(it.told(), "connect to 10.0.0.4:9901 as 100\n");
        it.down(100, true);
        it.pass(300ms);
        QCOMPARE(it.told(), "connect to 10.0.0.4:9901 as 101\n");
        it.machine.associationUp(AssociationId{101}, it.address(4), it.now);
        QCOMPARE(it.told(), "to 101: ENRP_PRESENCE reply-required\n");
        it.machine.setStaticPeers({EnrpFixture::address(5)}, it.now);
        QCOMPARE(it.told(), "connect to 10.0.0.5:9901 as 102\n");
    }

    void givenAList_itsServersAreCalled() {
        EnrpFixture it;
        it.startAlone();
        it.meet(2);
        it.told();
        wire::ListResponse list;
        list.sender = ServerId{2};
        for (const std::uint32_t id : {0x55u, 2u, 3u}) { // we, itself, and one that we do not know
            list.servers.push_back(*it.presenceOf(id).server);
        }
        it.receive(2, list);
        QCOMPARE(it.told(), "peer 0x00000003 appeared\nconnect to 10.0.0.3:9901 as 100\n");
        it.down(100, true); // and is not there
        QCOMPARE(it.told(), "peer 0x00000003 is gone\n");
    }

    void givenAListRequest_itIsAnsweredWithThePeersThatWeKnow() {
        EnrpFixture it;
        it.startAlone();
        it.meet(2);
        it.meet(3);
        it.told();
        it.receive(2, wire::ListRequest{ServerId{2}, ServerId{0x55}});
        QCOMPARE(it.told(), "to 2: ENRP_LIST_RESPONSE 2 servers\n");
    }

    void givenThousandsOfNames_thereIsALimit() {
        enrp::Settings settings = enrpSettings();
        settings.limits.peers = 10;
        EnrpFixture it(settings);
        it.startAlone();
        for (std::uint32_t peer = 1; peer <= 50; ++peer) {
            it.machine.datagram(it.address(peer), wire::encode(it.presenceOf(peer)), it.now);
        }
        QCOMPARE(it.machine.peers().size(), 10u);
        QCOMPARE(it.machine.counters().of(enrp::IncidentKind::TooMany), 40u);
    }

    void givenAnotherSenderOverAPeersAssociation_itIsIgnored() {
        EnrpFixture it;
        it.startAlone();
        it.meet(2);
        it.meet(3);
        it.told();
        it.receive(2, it.update(1, 3));
        QCOMPARE(it.told(), "incident: from a stranger\n");
        QVERIFY(it.find(1).isNull());
    }

    void givenOurIdentifierElsewhere_whenWeAreStarting_weTakeAnother() {
        EnrpFixture it;
        it.start();
        it.told();
        it.machine.datagram(it.address(2), wire::encode(it.presenceOf(0x55)), it.now);
        QVERIFY(it.told().contains("incident: an identifier that is taken\nrenamed\n"));
        QVERIFY(it.machine.id() != ServerId{0x55});
    }

    void givenOurIdentifierElsewhere_whenBothServe_theGreaterAddressGivesWay() {
        EnrpFixture it;
        it.startAlone();
        it.own(1);
        wire::Presence other = it.presenceOf(0x55);
        other.server->transport.addresses = {IpAddress::v4(10, 0, 1, 200)};
        it.machine.datagram({other.server->transport.addresses, 9901}, wire::encode(other), it.now);
        QCOMPARE(it.machine.id(), ServerId{0x55});
        other.server->transport.addresses = {IpAddress::v4(10, 0, 0, 1)};
        it.machine.datagram({other.server->transport.addresses, 9901}, wire::encode(other), it.now);
        QVERIFY(it.machine.id() != ServerId{0x55});
        QCOMPARE(it.handlespace.owner(it.find(1)), it.machine.id()); // and its elements go along
    }

    void givenAPeerOfOneIdentifierTwice_theSecondIsToldSo() {
        EnrpFixture it;
        it.startAlone();
        it.meet(2);
        it.told();
        it.up(3);
        wire::Presence other = it.presenceOf(2);
        other.server->transport.addresses = it.address(3).ips;
        it.receive(3, other);
        QCOMPARE(it.told(), "incident: an identifier that is taken\nto 3: ENRP_ERROR\n");
    }

    void givenAPeerOfRsplib_itHearsUsOftenEnough() {
        enrp::Settings settings = enrpSettings();
        settings.heartbeat = 30s;
        settings.lastHeard = 61s;
        EnrpFixture it(settings);
        it.startAlone();
        it.meet(2, false);
        it.pass(30s);
        const std::size_t before = it.sink.sentTo[2];
        it.pass(30s);
        QVERIFY(it.sink.sentTo[2] - before >= 10);
    }

    void givenGarbage_itIsCountedAndReportedWhereItsTypeAsksForIt() {
        EnrpFixture it;
        it.startAlone();
        it.meet(2);
        it.told();
        Octets octets = wire::encode(it.update(1, 2));
        octets.resize(octets.size() - 4);
        it.machine.message(AssociationId{2}, octets, it.now);
        QVERIFY(it.told().startsWith("incident: malformed\n"));
        it.machine.message(AssociationId{2}, {}, it.now);
        it.machine.datagram(it.address(3), octets, it.now);
        QCOMPARE(it.machine.peers().size(), 1u);
        QVERIFY(it.find(1).isNull());
    }

    void givenARuleAgainstANetwork_itsRegistrarsAreNoPeers() {
        const auto rule = AccessRule::parse("peer from=10.0.0.2");
        EnrpFixture it(enrpSettings(), AccessRules({}, {*rule}));
        it.startAlone();
        it.meet(2);
        QCOMPARE(it.told(), "incident: not allowed\n");
        it.meet(3);
        QCOMPARE(it.machine.peers().size(), 1u);
    }
};

QTEST_APPLESS_MAIN(TestEnrpPeers)
#include "test_enrp_peers.moc"
