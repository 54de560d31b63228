// SPDX-License-Identifier: GPL-3.0-or-later
// What changes: told to peers, heard from them, believed or not; and how a registrar leaves.
#include "tests/unit/enrp/enrp_fixture.h"

#include <QtTest>

using namespace kolam;
using namespace kolam::test;

class TestEnrpUpdates : public QObject {
    Q_OBJECT
private slots:
    void givenChangesOfOneTurn_theyAreToldOnceAndTogether() {
        EnrpFixture it;
        it.startAlone();
        it.meet(2);
        it.meet(3);
        it.told();
        const ElementRef one = it.own(1);
        it.machine.ownElementChanged(one, enrp::OwnChange::Changed, it.now);
        const ElementRef two = it.own(2);
        it.machine.ownElementChanged(two, enrp::OwnChange::Removed, it.now);
        it.handlespace.remove(two);
        QCOMPARE(it.told(), "");
        QCOMPARE(it.sink.armed, it.now);
        it.machine.deadlineReached(it.now);
        QCOMPARE(it.told(), "to 2: ENRP_HANDLE_UPDATE delete 0x00000002\nto 3: ENRP_HANDLE_UPDATE delete 0x00000002\n"
                            "to 2: ENRP_HANDLE_UPDATE add 0x00000001\nto 3: ENRP_HANDLE_UPDATE add 0x00000001\n");
    }

    void givenAnElementThatOnlyLivesOn_onlyRsplibHasToHearOfIt() {
        EnrpFixture it;
        it.startAlone();
        it.meet(2);
        it.meet(3, false);
        const ElementRef one = it.own(1);
        it.machine.deadlineReached(it.now);
        it.told();
        it.machine.ownElementChanged(one, enrp::OwnChange::Refreshed, it.now);
        it.machine.deadlineReached(it.now);
        QCOMPARE(it.told(), "to 3: ENRP_HANDLE_UPDATE add 0x00000001\n");
    }

    void givenPoolsThatRsplibDoesNotUnderstand_itIsNotToldOfThem() {
        EnrpFixture it;
        it.startAlone();
        it.meet(2, false);
        it.meet(3);
        it.told();
        wire::PoolElement element = it.element(1, 0x55);
        element.policy.type = wire::PolicyType::PowerOfTwoChoices;
        const auto strange = it.handlespace.registerElement(PoolHandle{"Strange"}, element);
        const auto longNamed = it.handlespace.registerElement(PoolHandle{std::string(33, 'x')}, it.element(2, 0x55));
        it.machine.ownElementChanged(strange->element, enrp::OwnChange::Changed, it.now);
        it.machine.ownElementChanged(longNamed->element, enrp::OwnChange::Changed, it.now);
        it.own(4);
        it.machine.deadlineReached(it.now);
        QCOMPARE(it.told(), "to 3: ENRP_HANDLE_UPDATE add 0x00000001\nto 3: ENRP_HANDLE_UPDATE add 0x00000002\n"
                            "to 2: ENRP_HANDLE_UPDATE add 0x00000004\nto 3: ENRP_HANDLE_UPDATE add 0x00000004\n");
        it.receive(
            2, wire::HandleTableRequest{.ownChildrenOnly = true, .sender = ServerId{2}, .receiver = ServerId{0x55}});
        QCOMPARE(it.told(), "to 2: ENRP_HANDLE_TABLE_RESPONSE 1 elements\n");
    }

    void givenPoolsThatRsplibDoesNotUnderstand_itsChecksumIsThatOfTheOthers() {
        EnrpFixture it;
        it.startAlone();
        it.meet(2, false);
        it.meet(3);
        it.own(4);
        const std::uint16_t told = it.handlespace.checksum(it.sink.ownId);
        wire::PoolElement element = it.element(1, 0x55);
        element.policy.type = wire::PolicyType::PowerOfTwoChoices;
        (void)it.handlespace.registerElement(PoolHandle{"Strange"}, element);
        const std::uint16_t all = it.handlespace.checksum(it.sink.ownId);
        QVERIFY(all != told);
        it.pass(600ms); // a heartbeat at least
        QVERIFY(it.sink.checksums.contains(0) && it.sink.checksums.contains(2) && it.sink.checksums.contains(3));
        QCOMPARE(it.sink.checksums[2], told);
        QCOMPARE(it.sink.checksums[3], all);
        QCOMPARE(it.sink.checksums[0], told); // to the group, where rsplib listens, too
    }

    void givenAnUpdateOfTheOwner_itIsBelieved() {
        EnrpFixture it;
        it.startAlone();
        it.meet(2);
        it.told();
        it.receive(2, it.update(1, 2));
        QCOMPARE(it.told(), "copy 0x00000001 of 0x00000002 added\n");
        it.receive(2, it.update(1, 2));
        QCOMPARE(it.told(), "");
        it.receive(2, it.update(1, 2, wire::UpdateAction::Delete));
        QCOMPARE(it.told(), "drop 0x00000001\n");
    }

    void givenAnElementWithADistance_ourWayToItsRegistrarIsAdded() {
        EnrpFixture it;
        it.startAlone();
        it.meet(2);
        it.sink.roundTrips[2] = 205ms;
        wire::HandleUpdate message = it.update(1, 2);
        message.element.policy = {.type = wire::PolicyType::LeastUsedDpf, .penaltyFactor = 9, .distance = 50};
        it.receive(2, message);
        QCOMPARE(it.handlespace.element(it.find(1)).policy.distance, 150U);
        it.told();
        it.receive(2, message);
        QCOMPARE(it.told(), ""); // the same way: nothing new
        message.element.policy.distance = 0xffff'fff0;
        it.receive(2, message);
        QCOMPARE(it.handlespace.element(it.find(1)).policy.distance, 0xffff'ffffU); // as far as can be said
        // The digest says nothing of it, so the audit agrees.
        wire::Presence presence = it.presenceOf(2);
        Handlespace theirs{1};
        (void)theirs.registerElement(message.poolHandle, message.element);
        presence.digest = theirs.digest(ServerId{2});
        it.told();
        it.receive(2, presence);
        QCOMPARE(it.told(), "");
    }

    void givenAnUpdateAboutAnothersElement_itIsNot() {
        EnrpFixture it;
        it.startAlone();
        it.meet(2);
        it.meet(3);
        it.receive(2, it.update(1, 2));
        it.told();
        wire::HandleUpdate message = it.update(1, 2, wire::UpdateAction::Delete);
        message.sender = ServerId{3};
        it.receive(3, message);
        QCOMPARE(it.told(), "incident: not its element\n");
        message.action = wire::UpdateAction::Add;
        it.receive(3, message);
        QCOMPARE(it.told(), "incident: not its element\n");
        QCOMPARE(it.ownerOf(1), 2u);
        it.up(4);
        it.receive(4, it.update(9, 4));
        QCOMPARE(it.told(), "incident: from a stranger\n");
    }

    void givenADeletionOfOurOwnElement_itIsToldAgainThatItLives() {
        EnrpFixture it;
        it.startAlone();
        it.meet(2);
        it.own(1);
        it.machine.deadlineReached(it.now);
        it.told();
        wire::HandleUpdate message = it.update(1, 2, wire::UpdateAction::Delete);
        it.receive(2, message);
        QCOMPARE(it.told(), "to 2: ENRP_HANDLE_UPDATE add 0x00000001\nincident: not its element\n");
        QCOMPARE(it.ownerOf(1), 0x55u);
    }

    void givenOurElementAtAnotherRegistrar_whenThatIsNews_itIsItsNow() {
        EnrpFixture it;
        it.startAlone();
        it.meet(2);
        it.own(1);
        it.machine.deadlineReached(it.now);
        it.told();
        it.receive(2, it.update(1, 2));
        QCOMPARE(it.told(), "release 0x00000001\ncopy 0x00000001 of 0x00000002 changed\n");
        QCOMPARE(it.ownerOf(1), 2u);
    }

    void givenAnElementThatDoesNotFitItsPool_itIsRefused() {
        EnrpFixture it;
        it.startAlone();
        it.meet(2);
        it.own(1);
        it.told();
        wire::HandleUpdate message = it.update(2, 2);
        message.element.policy.type = wire::PolicyType::Random;
        it.receive(2, message);
        QCOMPARE(it.told(), "incident: an element that does not fit\n");
        message = it.update(1, 2); // also when it would take one of ours away
        message.element.policy.type = wire::PolicyType::Random;
        it.receive(2, message);
        QCOMPARE(it.told(), "incident: an element that does not fit\n");
        QCOMPARE(it.ownerOf(1), 0x55u);
    }

    void givenMoreElementsThanAllowed_theRestIsRefused() {
        enrp::Settings settings = enrpSettings();
        settings.limits.elements = 3;
        EnrpFixture it(settings);
        it.startAlone();
        it.meet(2);
        for (std::uint32_t id = 1; id <= 10; ++id) {
            it.receive(2, it.update(id, 2));
        }
        QCOMPARE(it.handlespace.elementCount(), 3u);
        QCOMPARE(it.machine.counters().of(enrp::IncidentKind::TooMany), 7u);
    }

    void givenACopyWhoseLifeIsOver_itsOwnersAuditVouchesForIt() {
        EnrpFixture it;
        it.startAlone();
        it.meet(2);
        it.receive(2, it.update(1, 2));
        it.receive(2, it.presenceOf(2));
        it.told();
        QCOMPARE(it.handlespace.deadlineKind(it.find(1)), DeadlineKind::Expiry);
        QVERIFY(it.handlespace.popDue(it.now + 6s));
        it.machine.copyExpired(it.find(1), it.now + 6s);
        QCOMPARE(it.told(), "");
        QCOMPARE(it.handlespace.deadline(it.find(1)), it.now + 12s);
        wire::Presence message = it.presenceOf(2);
        message.checksum = std::uint16_t{0x1234};
        it.receive(2, message);
        it.told();
        it.machine.copyExpired(it.find(1), it.now + 12s);
        QCOMPARE(it.told(), "drop 0x00000001\n");
    }

    void givenARegistrarThatLeaves_itsElementsAreShared() {
        EnrpFixture it;
        it.startAlone();
        it.meet(2);
        it.meet(3);
        it.meet(4, false); // rsplib's: it would not take them
        for (std::uint32_t id = 1; id <= 4; ++id) {
            it.own(id);
        }
        it.machine.deadlineReached(it.now);
        it.told();
        it.machine.leave(it.now);
        const QString told = it.told();
        QCOMPARE(told.count(" suggested\n"), 4);
        QCOMPARE(told.count("to 2: "), 2);
        QCOMPARE(told.count("to 3: "), 2);
        for (std::uint32_t id = 1; id <= 3; ++id) {
            it.receive(2, it.update(id, 2));
        }
        QVERIFY(!it.told().contains("farewell"));
        it.receive(3, it.update(4, 3));
        QVERIFY(it.told().endsWith("farewell\n"));
    }

    void givenNobodyWhoAnswers_leavingDoesNotTakeForEver() {
        EnrpFixture it;
        it.startAlone();
        it.meet(2);
        it.own(1);
        it.machine.leave(it.now);
        QVERIFY(!it.told().contains("farewell"));
        it.pass(600ms, {2});
        QCOMPARE(it.told().count("farewell\n"), 1);
        it.pass(600ms, {2});
        QVERIFY(!it.told().contains("farewell"));
    }

    void givenASuggestion_theElementIsTakenOver() {
        EnrpFixture it;
        it.startAlone();
        it.meet(2);
        it.meet(3, false);
        it.told();
        wire::HandleUpdate message = it.update(1, 2);
        message.takeoverSuggested = true;
        it.receive(2, message);
        QVERIFY(it.told().contains("take over 0x00000001\n"));
        message = it.update(2, 3); // rsplib's is an experiment: only when it is asked for
        message.takeoverSuggested = true;
        it.receive(3, message);
        QVERIFY(!it.told().contains("take over"));
    }

    void givenTheOption_newElementsGoToTheRegistrarThatSuitsThem() {
        enrp::Settings settings = enrpSettings();
        settings.suggestTakeovers = true;
        EnrpFixture it(settings);
        it.startAlone();
        it.meet(2);
        it.told();
        it.own(0x57); // differs most from 0x55: 2; from 2: 0x55
        it.own(0x02); // differs most from 0x55
        it.machine.deadlineReached(it.now);
        QCOMPARE(it.told(),
                 "to 2: ENRP_HANDLE_UPDATE add 0x00000057\nto 2: ENRP_HANDLE_UPDATE add 0x00000057 suggested\n"
                 "to 2: ENRP_HANDLE_UPDATE add 0x00000002\n");
    }
};

QTEST_APPLESS_MAIN(TestEnrpUpdates)
#include "test_enrp_updates.moc"
