// SPDX-License-Identifier: GPL-3.0-or-later
// What a handlespace promises, said in sentences. Next door: test_policies.cpp, who is selected.
#include "core/handlespace/handlespace.h"

#include <QtTest>

using namespace kolam;

namespace {

wire::PoolElement elementOf(std::uint32_t identifier, std::uint32_t owner = 1) {
    wire::PoolElement element;
    element.identifier = PeIdentifier{identifier};
    element.homeRegistrar = ServerId{owner};
    element.userTransport.port = 7;
    element.userTransport.addresses = {IpAddress::v4(127, 0, 0, 1)};
    return element;
}

} // namespace

class TestHandlespace : public QObject {
    Q_OBJECT
private slots:
    void givenCapturedTables_whenSummedUp_thenTheChecksumIsThatOfRsplib_data() {
        QTest::addColumn<QString>("elements");
        QTest::addColumn<quint16>("checksum");
        QTest::newRow("none") << "" << quint16{0xffff};
        QTest::newRow("one") << "EchoPool/0a000001" << quint16{0x8850};
        QTest::newRow("another") << "EchoPool/0a000004" << quint16{0x884d};
        QTest::newRow("three") << "EchoPool/0a000001 EchoPool/0a000002 EchoPool/0a000003" << quint16{0x98ee};
        QTest::newRow("three pools") << "EchoPool/0a000001 EchoPool/0a000002 DiscardPool/0c000001 DiscardPool/0c000002 "
                                        "PingPongPool/0b000001"
                                     << quint16{0xfe19};
        QTest::newRow("three pools and one")
            << "EchoPool/0a000001 EchoPool/0a000002 DiscardPool/0c000001 DiscardPool/0c000002 PingPongPool/0b000001 "
               "EchoPool/0a000003"
            << quint16{0x8668};
        QTest::newRow("two pools") << "EchoPool/0a000001 PingPongPool/0b000001" << quint16{0x3fcc};
        QTest::newRow("unreachable") << "EchoPool/0a000002 EchoPool/0a00dead" << quint16{0x31f3};
        QTest::newRow("client 1") << "EchoPool/01020304" << quint16{0x8e4b};
        QTest::newRow("client 2") << "EchoPool/01020304 Odd/deadbeef" << quint16{0x3d49};
        QTest::newRow("client 3") << "EchoPool/01020304 Odd/deadbeef PingPongPool/cafebabe" << quint16{0x7a08};
        QTest::newRow("client 4") << "EchoPool/01020304 Odd/deadbeef PingPongPool/cafebabe A/00000001"
                                  << quint16{0x3907};
        QTest::newRow("a multiple of 65535") << "EchoPool/00009251" << quint16{0x0000};
    }
    void givenCapturedTables_whenSummedUp_thenTheChecksumIsThatOfRsplib() {
        QFETCH(QString, elements);
        QFETCH(quint16, checksum);
        Handlespace handlespace{1};
        for (const QString& text : elements.split(' ', Qt::SkipEmptyParts)) {
            const auto parts = text.split('/');
            QVERIFY(handlespace.registerElement(PoolHandle{parts[0].toStdString()},
                                                elementOf(parts[1].toUInt(nullptr, 16))));
        }
        QCOMPARE(handlespace.checksum(ServerId{1}), checksum);
        handlespace.clear();
        QCOMPARE(handlespace.checksum(ServerId{1}), quint16{0xffff});
    }
    void givenRemovedElement_whenItsSlotIsUsedAgain_thenTheOldReferenceIsFoundOut() {
        Handlespace handlespace{1};
        const PoolHandle pool{"Pool"};
        const ElementRef old = handlespace.registerElement(pool, elementOf(1))->element;
        QVERIFY(handlespace.remove(old));
        const ElementRef next = handlespace.registerElement(pool, elementOf(1))->element;
        QVERIFY(!handlespace.contains(old));
        QVERIFY(!handlespace.remove(old));
        QVERIFY(handlespace.contains(next));
    }
};

QTEST_APPLESS_MAIN(TestHandlespace)
#include "test_handlespace.moc"
