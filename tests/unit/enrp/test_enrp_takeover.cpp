// SPDX-License-Identifier: GPL-3.0-or-later
// A registrar dies: who is asked, who wins, and what keeps a live one from being taken over.
#include "tests/unit/enrp/enrp_fixture.h"

#include <QtTest>

using namespace kolam;
using namespace kolam::test;

namespace {

wire::InitTakeover wish(std::uint32_t from, std::uint32_t target) {
    return {ServerId{from}, ServerId{0x55}, ServerId{target}};
}
wire::InitTakeoverAck consent(std::uint32_t from, std::uint32_t target) {
    return {ServerId{from}, ServerId{0x55}, ServerId{target}};
}

/// Peer 2 has one element, and dies; the others live.
struct Death : EnrpFixture {
    explicit Death(const std::vector<std::uint32_t>& others, const enrp::Settings& settings = enrpSettings())
        : EnrpFixture(settings) {
        startAlone();
        meet(2);
        receive(2, update(1, 2));
        for (const std::uint32_t other : others) {
            meet(other);
        }
        told();
    }
};

} // namespace

class TestEnrpTakeover : public QObject {
    Q_OBJECT
private slots:
    void givenTwoRegistrars_whenOneFallsSilent_theOtherTakesOverAlone() {
        Death it({});
        it.pass(700ms);
        QVERIFY(!it.told().contains("silent"));
        it.pass(100ms);
        const QString told = it.told();
        QVERIFY(told.contains("peer 0x00000002 is silent\nto 2: ENRP_PRESENCE reply-required\n"));
        it.pass(300ms);
        QVERIFY(it.told().contains("peer 0x00000002 is dead\nto 2: ENRP_INIT_TAKEOVER 0x00000002\n"
                                   "peer 0x00000002 is taken over\ntake over 0x00000001\n"));
        QCOMPARE(it.ownerOf(1), 0x55u);
        QVERIFY(it.machine.peers().empty());
    }

    void givenAHostThatReportsADeath_nobodyWaits() {
        Death it({});
        it.down(2, true);
        QVERIFY(it.told().contains("take over 0x00000001\n"));
    }

    void givenALostAssociation_thePeerIsCalledAndMayLive() {
        Death it({});
        it.pass(500ms, {2});
        it.told();
        it.down(2);
        QCOMPARE(it.told(), "peer 0x00000002 is silent\nconnect to 10.0.0.2:9901 as 100\n");
        it.machine.associationUp(AssociationId{100}, it.address(2), it.now);
        QCOMPARE(it.told(), "to 100: ENRP_PRESENCE reply-required\n");
        it.receive(100, it.presenceOf(2));
        QVERIFY(it.told().startsWith("peer 0x00000002 is back\n"));
        QCOMPARE(it.ownerOf(1), 2u);
    }

    void givenALostAssociation_whenNobodyIsThereAnyMore_itIsTakenOverAtOnce() {
        Death it({});
        it.pass(500ms, {2});
        it.down(2);
        it.told();
        it.down(100, true);
        QVERIFY(it.told().contains("take over 0x00000001\n"));
    }

    void givenThreeRegistrars_theThirdIsAsked() {
        Death it({3});
        it.down(2, true);
        QCOMPARE(it.told(), "peer 0x00000002 is dead\nto 3: ENRP_INIT_TAKEOVER 0x00000002\n");
        it.receive(3, consent(3, 2));
        const QString told = it.told();
        QVERIFY(told.startsWith("peer 0x00000002 is taken over\nto 3: ENRP_TAKEOVER_SERVER 0x00000002\n"
                                "take over 0x00000001\nto 3: ENRP_HANDLE_UPDATE add 0x00000001\n"));
    }

    void givenAThirdThatIsSilentToo_itsConsentIsNotNeeded() {
        Death it({3});
        it.pass(700ms); // neither has been heard
        it.down(2, true);
        it.pass(600ms);
        QVERIFY(it.told().contains("take over 0x00000001\n"));
    }

    void givenAThirdThatLivesAndDoesNotConsent_nobodyIsTakenOver() {
        Death it({3});
        it.pass(1'200ms, {3}); // silence, probe, question
        QVERIFY(it.told().contains("to 3: ENRP_INIT_TAKEOVER 0x00000002\n"));
        it.pass(500ms, {3}); // which is not answered
        QCOMPARE(it.ownerOf(1), 2u);
        it.pass(500ms, {3}); // so it asks again
        QVERIFY(it.told().contains("to 3: ENRP_INIT_TAKEOVER 0x00000002\n"));
        it.receive(3, consent(3, 2));
        QCOMPARE(it.ownerOf(1), 0x55u);
    }

    void givenAWordOfTheTarget_theTakeoverIsOff() {
        Death it({3});
        it.pass(1'200ms, {3});
        it.told();
        it.receive(2, it.presenceOf(2));
        QVERIFY(it.told().startsWith("peer 0x00000002 is back\n"));
        it.receive(3, consent(3, 2)); // too late
        QCOMPARE(it.ownerOf(1), 2u);
    }

    void givenSomebodyWhoWantsALivingRegistrar_itIsProbedFirst() {
        Death it({3});
        it.receive(3, wish(3, 2));
        QCOMPARE(it.told(), "peer 0x00000002 is silent\nto 2: ENRP_PRESENCE reply-required\n");
        it.receive(2, it.presenceOf(2));
        it.pass(500ms, {2, 3});
        QVERIFY(!it.told().contains("ACK"));
        it.receive(3, wish(3, 2));
        it.pass(300ms, {3}); // now it does not answer
        QVERIFY(it.told().contains("to 3: ENRP_INIT_TAKEOVER_ACK 0x00000002\n"));
    }

    void givenTwoWhoWantALivingRegistrar_neitherGetsOurConsentBeforeTheProbe() {
        Death it({0x44, 0x66});
        it.receive(0x44, wish(0x44, 2));
        it.receive(0x66, wish(0x66, 2));
        QVERIFY(!it.told().contains("ACK"));
        it.receive(2, it.presenceOf(2));
        it.pass(300ms, {2, 0x44, 0x66});
        QVERIFY(!it.told().contains("ACK"));
        QCOMPARE(it.ownerOf(1), 2u);
        it.receive(0x44, wish(0x44, 2)); // and when it does not answer, the one that wins gets it
        it.receive(0x66, wish(0x66, 2));
        it.pass(300ms, {0x44, 0x66});
        const QString told = it.told();
        QCOMPARE(told.count("ACK"), 1);
        QVERIFY(told.contains("to 102: ENRP_INIT_TAKEOVER_ACK 0x00000002\n"));
    }

    void givenSomebodyWhoWantsASilentRegistrar_weAgree() {
        Death it({3});
        it.pass(800ms, {3});
        it.told();
        it.receive(3, wish(3, 2));
        QCOMPARE(it.told(), "to 3: ENRP_INIT_TAKEOVER_ACK 0x00000002\n");
        it.receive(3, wire::TakeoverServer{ServerId{3}, ServerId{0x55}, ServerId{2}});
        QCOMPARE(it.ownerOf(1), 3u);
        QVERIFY(it.told().contains("peer 0x00000002 is taken over\npeer 0x00000002 is gone\n"));
    }

    void givenASuccessorThatDoesNothing_weTakeOverInTheEnd() {
        Death it({3});
        it.pass(800ms, {3});
        it.receive(3, wish(3, 2));
        it.told();
        it.pass(600ms, {3});
        QVERIFY(it.told().contains("to 3: ENRP_INIT_TAKEOVER 0x00000002\n"));
    }

    void givenTwoWhoWantIt_whenTheRfcRules_theHigherIdentifierGoesOn() {
        Death it({0x44, 0x66});
        it.down(2, true);
        it.told();
        it.receive(0x44, wish(0x44, 2));
        QCOMPARE(it.told(), "");
        it.receive(0x66, wish(0x66, 2));
        QCOMPARE(it.told(), "to 102: ENRP_INIT_TAKEOVER_ACK 0x00000002\n");
    }

    void givenTwoWhoWantIt_whenRsplibIsAmongThem_theLowerIdentifierGoesOn() {
        Death it({0x44});
        it.meet(0x77, false);
        it.down(2, true);
        it.told();
        it.receive(0x77, wish(0x77, 2));
        QCOMPARE(it.told(), "");
        it.receive(0x44, wish(0x44, 2));
        QVERIFY(it.told().contains("ENRP_INIT_TAKEOVER_ACK 0x00000002\n"));
    }

    void givenATakeoverOfARegistrarThatWeHear_itIsNotBelieved() {
        Death it({3});
        it.receive(3, wire::TakeoverServer{ServerId{3}, ServerId{0x55}, ServerId{2}});
        QCOMPARE(it.told(), "incident: not its element\n");
        QCOMPARE(it.ownerOf(1), 2u);
    }

    void givenSomebodyWhoWantsUs_everybodyHearsThatWeLive() {
        Death it({3});
        it.sink.showGroup = true;
        it.receive(3, wish(3, 0x55));
        QCOMPARE(it.told(), "to all: ENRP_PRESENCE\nto 2: ENRP_PRESENCE\nto 3: ENRP_PRESENCE\n");
    }

    void givenAnElementThatCannotBeCalled_itGoes() {
        Death it({});
        it.sink.callable = false;
        it.down(2, true);
        QVERIFY(it.told().contains("take over 0x00000001\ndrop 0x00000001\n"));
    }

    void givenElementsOfARegistrarThatNobodyKnows_theyFindAHome() {
        EnrpFixture it;
        it.start();
        it.meet(2);
        wire::HandleTableResponse table;
        table.sender = ServerId{2};
        table.pools.push_back({PoolHandle{"Pool"}, {it.element(1, 9)}}); // 9 died before we came
        it.receive(2, table);
        it.told();
        it.pass(1'500ms, {2});
        QVERIFY(it.told().contains("to 2: ENRP_INIT_TAKEOVER 0x00000009\n"));
        it.receive(2, consent(2, 9));
        QCOMPARE(it.ownerOf(1), 0x55u);
    }

    void givenElementsOfARegistrarThatNobodyKnows_whenTwoWantThem_theRuleIsTheSameForBoth() {
        EnrpFixture it;
        it.start();
        it.meet(0x66);
        wire::HandleTableResponse table;
        table.sender = ServerId{0x66};
        table.pools.push_back({PoolHandle{"Pool"}, {it.element(1, 9)}});
        it.receive(0x66, table);
        it.told();
        it.pass(1'500ms, {0x66});
        QVERIFY(it.told().contains("ENRP_INIT_TAKEOVER 0x00000009\n"));
        it.receive(0x66, wish(0x66, 9)); // the higher identifier: nobody has seen a registrar of rsplib
        QVERIFY(it.told().contains("ENRP_INIT_TAKEOVER_ACK 0x00000009\n"));
    }

    void givenTheWeaknessOfATest_nothingIsCompleted() {
        enrp::Settings settings = enrpSettings();
        settings.weaknesses.noTakeoverCompletion = true;
        Death it({}, settings);
        it.down(2, true);
        it.pass(3s);
        QCOMPARE(it.ownerOf(1), 2u);
    }
};

QTEST_APPLESS_MAIN(TestEnrpTakeover)
#include "test_enrp_takeover.moc"
