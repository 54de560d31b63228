// SPDX-License-Identifier: GPL-3.0-or-later
// Tables: from a mentor, from a peer whose checksum differs, and given to others.
#include "tests/unit/enrp/enrp_fixture.h"

#include <QtTest>

using namespace kolam;
using namespace kolam::test;

namespace {

wire::HandleTableResponse table(std::uint32_t sender, const std::vector<wire::PoolElement>& elements,
                                bool more = false) {
    wire::HandleTableResponse message;
    message.sender = ServerId{sender};
    message.moreToSend = more;
    if (!elements.empty()) {
        message.pools.push_back({PoolHandle{"Pool"}, elements});
    }
    return message;
}
wire::HandleTableResponse rejection(std::uint32_t sender) {
    wire::HandleTableResponse message;
    message.sender = ServerId{sender};
    message.reject = true;
    return message;
}

} // namespace

class TestEnrpTables : public QObject {
    Q_OBJECT
private slots:
    void givenAMentor_whenItsTableHasCome_serviceBegins() {
        EnrpFixture it;
        it.start();
        it.meet(2);
        QVERIFY(it.told().contains("to 2: ENRP_HANDLE_TABLE_REQUEST all\n"));
        it.receive(2, table(2, {it.element(1, 2), it.element(2, 3)})); // its own, and one of a third registrar
        QVERIFY(it.told().endsWith("service begins\n"));
        QCOMPARE(it.ownerOf(1), 2u);
        QCOMPARE(it.ownerOf(2), 3u);
    }

    void givenAMentorThatRejects_theNextOneIsAsked() {
        EnrpFixture it;
        it.start();
        it.meet(2);
        it.meet(3);
        QVERIFY(!it.told().contains("to 3: ENRP_HANDLE_TABLE_REQUEST"));
        it.receive(2, rejection(2));
        QVERIFY(it.told().contains("to 3: ENRP_HANDLE_TABLE_REQUEST all\n"));
        it.receive(3, table(3, {it.element(1, 3)}));
        QVERIFY(it.told().contains("service begins\n"));
    }

    void givenAMentorThatDies_theNextOneIsAsked() {
        EnrpFixture it;
        it.start();
        it.meet(2);
        it.meet(3);
        it.told();
        it.down(2);
        QVERIFY(it.told().contains("to 3: ENRP_HANDLE_TABLE_REQUEST all\n"));
    }

    void givenAMentorThatDoesNotAnswer_theNextOneIsAskedInTime() {
        EnrpFixture it;
        it.start();
        it.meet(2);
        it.meet(3);
        it.told();
        it.pass(300ms, {2, 3});
        QVERIFY(it.told().contains("to 3: ENRP_HANDLE_TABLE_REQUEST all\n"));
    }

    void givenAMentorWhoseTableHasNoEnd_theNextOneIsAsked_data() {
        QTest::addColumn<bool>("repeats");
        QTest::newRow("nothing, again and again") << false;
        QTest::newRow("one element, again and again") << true;
    }
    void givenAMentorWhoseTableHasNoEnd_theNextOneIsAsked() {
        QFETCH(bool, repeats);
        EnrpFixture it;
        it.start();
        it.meet(2);
        it.meet(3);
        it.told();
        QString told;
        for (int part = 0; part < 60'000 && !told.contains("to 3: "); ++part) {
            it.receive(2, repeats ? table(2, {it.element(1, 2)}, true) : table(2, {}, true));
            told = it.told();
        }
        QVERIFY2(told.contains("to 3: ENRP_HANDLE_TABLE_REQUEST all\n"), qPrintable(told));
        QVERIFY2(told.contains("incident: " + QString::fromUtf8(enrp::toText(enrp::IncidentKind::TooMany))),
                 qPrintable(told));
        it.receive(3, table(3, {it.element(7, 3)}));
        QVERIFY(it.told().contains("service begins\n"));
    }

    void givenADownloadThatTakesLongerThanTheSearch_nothingRingsInVain() {
        EnrpFixture it;
        it.start();
        it.meet(2);
        for (int part = 1; part <= 10; ++part) { // one of them on the way when the time for finding a mentor is over
            it.pass(100ms);
            it.receive(2, table(2, {it.element(static_cast<std::uint32_t>(part), 2)}, true));
            QVERIFY(it.sink.armed > it.now);
        }
        QVERIFY(!it.machine.serving());
    }

    void givenMentorsWithoutATable_serviceBeginsWhenTheTimeIsOver() {
        EnrpFixture it;
        it.start();
        it.meet(2);
        it.receive(2, rejection(2));
        QVERIFY(!it.machine.serving());
        it.pass(800ms, {2});
        QVERIFY(it.machine.serving());
    }

    void givenAPeerOfOurs_itsTableComesInAWindow() {
        EnrpFixture it;
        it.start();
        it.meet(2);
        it.told();
        it.receive(2, table(2, {it.element(1, 2)}, true));
        const QString ask = "to 2: ENRP_HANDLE_TABLE_REQUEST all continued\n";
        QCOMPARE(it.told().count(ask), 4); // on their way together
        it.receive(2, table(2, {it.element(2, 2)}, true));
        QCOMPARE(it.told().count(ask), 1);
        it.receive(2, table(2, {it.element(3, 2)}));
        QVERIFY(!it.machine.serving()); // three more are on their way
        for (int surplus = 0; surplus < 3; ++surplus) {
            it.receive(2, table(2, {}));
        }
        QVERIFY(it.machine.serving());
        QCOMPARE(it.handlespace.elementCount(), 3u);
    }

    void givenAPeerOfRsplib_itIsAskedPartByPart() {
        EnrpFixture it;
        it.start();
        it.meet(2, false);
        it.told();
        it.receive(2, table(2, {it.element(1, 2)}, true));
        QVERIFY(it.told().endsWith("to 2: ENRP_HANDLE_TABLE_REQUEST all\n"));
        it.receive(2, table(2, {}));
        QVERIFY(it.machine.serving());
    }

    void givenElementsOfOurFormerLife_theyAreCalledAgain() {
        EnrpFixture it;
        it.start();
        it.meet(2);
        it.told();
        it.receive(2, table(2, {it.element(1, 0x55)}));
        QVERIFY(it.told().contains("take over 0x00000001\n"));
        QCOMPARE(it.ownerOf(1), 0x55u);
    }

    void givenAnotherChecksum_thePeersElementsAreAskedForAndPurged() {
        EnrpFixture it;
        it.startAlone();
        it.meet(2);
        it.receive(2, it.update(1, 2));
        it.receive(2, it.update(2, 2));
        it.told();
        wire::Presence message = it.presenceOf(2);
        it.receive(2, message);
        QCOMPARE(it.told(), ""); // it agrees
        QVERIFY(it.machine.peers()[0].inSync);
        message.checksum = static_cast<std::uint16_t>(*message.checksum ^ 1);
        it.receive(2, message);
        QCOMPARE(it.told(), "to 2: ENRP_HANDLE_TABLE_REQUEST own\n");
        QVERIFY(!it.machine.peers()[0].inSync);
        it.receive(2, message);
        QCOMPARE(it.told(), ""); // one question at a time
        it.receive(2, table(2, {it.element(2, 2), it.element(3, 2)}));
        QCOMPARE(it.told(), "copy 0x00000003 of 0x00000002 added\ndrop 0x00000001\n");
    }

    void givenAnotherDigest_driftIsRepaired() {
        EnrpFixture it;
        it.startAlone();
        it.meet(2);
        it.receive(2, it.update(1, 2));
        it.told();
        wire::PoolElement moved = it.element(1, 2);
        moved.userTransport.port = 7'001; // which no checksum shows
        wire::Presence message = it.presenceOf(2);
        message.digest = it.handlespace.digest(ServerId{2}) + 1;
        it.receive(2, message);
        QCOMPARE(it.told(), "to 2: ENRP_HANDLE_TABLE_REQUEST own\n");
        it.receive(2, table(2, {moved}));
        QCOMPARE(it.handlespace.element(it.find(1)).userTransport.port, std::uint16_t{7'001});
    }

    void givenALostResponse_theAuditTriesAgain() {
        EnrpFixture it;
        it.startAlone();
        it.meet(2);
        it.told();
        wire::Presence message = it.presenceOf(2);
        message.checksum = std::uint16_t{0x1234};
        it.receive(2, message);
        QCOMPARE(it.told(), "to 2: ENRP_HANDLE_TABLE_REQUEST own\n");
        it.pass(260ms);
        it.told();
        it.receive(2, message);
        QCOMPARE(it.told(), "to 2: ENRP_HANDLE_TABLE_REQUEST own\n");
        it.down(2); // in the middle of it
        it.told();
        it.meet(2);
        it.told();
        it.receive(2, message);
        QCOMPARE(it.told(), "to 2: ENRP_HANDLE_TABLE_REQUEST own\n");
    }

    void givenATableOfOthersElements_onlyTheOwnersWordCounts() {
        EnrpFixture it;
        it.startAlone();
        it.meet(2);
        wire::Presence message = it.presenceOf(2);
        message.checksum = std::uint16_t{0x1234};
        it.receive(2, message);
        it.told();
        it.receive(2, table(2, {it.element(1, 3)}));
        QCOMPARE(it.told(), "incident: not its element\n");
        QVERIFY(it.find(1).isNull());
        it.receive(2, table(2, {it.element(1, 2)})); // that nobody asked for
        QCOMPARE(it.told(), "incident: from a stranger\n");
    }

    void givenATableAgainstAnElementThatIsConnectedHere_theElementDecides() {
        EnrpFixture it;
        it.startAlone();
        it.meet(2);
        it.own(1);
        wire::Presence message = it.presenceOf(2);
        message.checksum = std::uint16_t{0x1234};
        it.receive(2, message);
        it.told();
        it.receive(2, table(2, {it.element(1, 2)}));
        QCOMPARE(it.told(), "to 2: ENRP_HANDLE_UPDATE add 0x00000001\n");
        QCOMPARE(it.ownerOf(1), 0x55u);
        it.receive(2, message);
        it.told();
        it.sink.connected.clear(); // now it is only a memory of ours, too
        it.receive(2, table(2, {it.element(1, 2)}));
        QCOMPARE(it.ownerOf(1), 2u);
    }

    void givenARequest_whenWeAreStarting_orDoNotKnowTheSender_itIsRejected() {
        EnrpFixture it;
        it.start();
        it.meet(2);
        it.told();
        it.receive(2, wire::HandleTableRequest{{}, {}, ServerId{2}, ServerId{0x55}});
        QCOMPARE(it.told(), "to 2: ENRP_HANDLE_TABLE_RESPONSE rejected 0 elements\n");
        it.pass(2s, {2});
        it.told();
        it.up(3);
        it.receive(3, wire::HandleTableRequest{{}, {}, ServerId{3}, ServerId{0x55}});
        QCOMPARE(it.told(), "to 3: ENRP_HANDLE_TABLE_RESPONSE rejected 0 elements\n");
    }

    void givenManyElements_theyAreGivenInParts() {
        EnrpFixture it;
        it.startAlone();
        it.meet(2);
        it.meet(3, false);
        for (std::uint32_t id = 1; id <= 600; ++id) {
            it.own(id);
        }
        it.receive(2, it.update(1'000, 2));
        it.pass(100ms, {2});
        it.told();
        const auto request = [](std::uint32_t from, bool own, bool continued) {
            return wire::HandleTableRequest{own, continued, ServerId{from}, ServerId{0x55}};
        };
        it.receive(2, request(2, false, false));
        QCOMPARE(it.told(), "to 2: ENRP_HANDLE_TABLE_RESPONSE 256 elements, more\n");
        it.receive(2, request(2, false, true));
        it.receive(2, request(2, false, true));
        it.receive(2, request(2, false, true)); // of a window, one more than there are parts
        QCOMPARE(it.told(),
                 "to 2: ENRP_HANDLE_TABLE_RESPONSE 256 elements, more\n"
                 "to 2: ENRP_HANDLE_TABLE_RESPONSE 89 elements\nto 2: ENRP_HANDLE_TABLE_RESPONSE 0 elements\n");
        it.receive(2, request(2, true, false));
        it.receive(2, request(2, true, false)); // begins again
        QCOMPARE(it.told().count("256 elements, more"), 2);
        // rsplib's way: no word about continuing, and small parts.
        std::size_t parts = 0;
        do {
            it.receive(3, request(3, true, false));
            ++parts;
        } while (it.told().contains("more"));
        QVERIFY(parts > 20);
    }
};

QTEST_APPLESS_MAIN(TestEnrpTables)
#include "test_enrp_tables.moc"
