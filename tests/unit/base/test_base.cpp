// SPDX-License-Identifier: GPL-3.0-or-later
// The small things that everything else stands on.
#include "core/base/address.h"
#include "core/base/double_double.h"
#include "core/base/ids.h"
#include "core/base/octets.h"
#include "core/base/random.h"

#include <QtTest>

using namespace kolam;

class TestBase : public QObject {
    Q_OBJECT
private slots:
    void givenHostilePoolHandle_whenPrinted_thenOnlyPlainCharactersAppear() {
        QCOMPARE(toText(PoolHandle{std::string("a\x1b[2J\0z\\", 8)}), std::string("a\\x1b[2J\\x00z\\x5c"));
    }
    void givenHex_whenReadAndWritten_thenItIsTheSame() {
        QCOMPARE(toHex(fromHex("00ffA1b2")), std::string("00ffa1b2"));
        QCOMPARE(fromHex("12zz34").size(), std::size_t{1});
        QCOMPARE(fromHex("123").size(), std::size_t{1});
    }
    void givenAddresses_whenParsed_thenTheyPrintAsTheyWere_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("v4") << "127.0.0.1:3863" << "127.0.0.1:3863";
        QTest::newRow("default port") << "10.0.0.1" << "10.0.0.1:99";
        QTest::newRow("port only") << ":5000" << ":5000";
        QTest::newRow("v6 in brackets") << "[2001:db8::1]:7" << "[2001:db8::1]:7";
        QTest::newRow("v6 bare") << "2001:db8::1" << "[2001:db8::1]:99";
        QTest::newRow("multi-homed") << "10.0.0.1,10.0.0.2:1" << "10.0.0.1,10.0.0.2:1";
        QTest::newRow("name") << "example:1" << "";
        QTest::newRow("port too large") << "10.0.0.1:65536" << "";
        QTest::newRow("port missing") << "10.0.0.1:" << "";
        QTest::newRow("port with rest") << "10.0.0.1:12x" << "";
        QTest::newRow("trailing comma") << "10.0.0.1,:1" << "";
        QTest::newRow("half an address") << "10.0.0:1" << "";
    }
    void givenAddresses_whenParsed_thenTheyPrintAsTheyWere() {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        const auto address = TransportAddress::parse(text.toStdString(), 99);
        QCOMPARE(address ? QString::fromStdString(toText(*address)) : QString(), expected);
    }
    void givenAddresses_whenAsked_thenTheScopeIsRight() {
        const auto scope = [](std::string_view text) { return IpAddress::parse(text)->scope(); };
        QCOMPARE(scope("127.9.0.1"), AddressScope::Loopback);
        QCOMPARE(scope("::1"), AddressScope::Loopback);
        QCOMPARE(scope("169.254.1.1"), AddressScope::LinkLocal);
        QCOMPARE(scope("fe80::1"), AddressScope::LinkLocal);
        QCOMPARE(scope("172.31.0.1"), AddressScope::SiteLocal);
        QCOMPARE(scope("172.32.0.1"), AddressScope::Global);
        QCOMPARE(scope("fec0::1"), AddressScope::SiteLocal);
        QCOMPARE(scope("fd00::1"), AddressScope::Global);
    }
#if defined(__SIZEOF_FLOAT128__)
    void givenNumbersOfTwicePrecision_whenAddedAndMultiplied_thenTheyAreRightToThirtyDigits() {
        __extension__ using Quadruple = __float128;
        Random random{6};
        const auto exactly = [](const DoubleDouble& n) { return Quadruple{n.high} + Quadruple{n.low}; };
        const auto some = [&random] {
            return DoubleDouble{random.unit() * 8 - 4} + DoubleDouble{(random.unit() - 0.5) * 0x1p-54};
        };
        for (int i = 0; i < 20'000; ++i) {
            const DoubleDouble a = some();
            const DoubleDouble b = some();
            const auto off = [](Quadruple found, Quadruple right, double scale) {
                return std::abs(static_cast<double>(found - right)) / scale;
            };
            QVERIFY(off(exactly(a + b), exactly(a) + exactly(b), 8) < 0x1p-103);
            QVERIFY(off(exactly(a - b), exactly(a) - exactly(b), 8) < 0x1p-103);
            QVERIFY(off(exactly(a * b), exactly(a) * exactly(b), 16) < 0x1p-103);
            const DoubleDouble product = DoubleDouble::productOf(a.high, b.high);
            QVERIFY(exactly(product) == Quadruple{a.high} * Quadruple{b.high});
            QVERIFY(a + b - b == a || off(exactly(a + b - b), exactly(a), 8) < 0x1p-103);
        }
    }
#endif
    void givenSameSeed_whenDrawn_thenTheSameNumbersCome() {
        Random one{42};
        Random two{42};
        for (int i = 0; i < 1000; ++i) {
            QCOMPARE(one(), two());
        }
        Random other{43};
        QVERIFY(one() != other());
    }
    void givenBound_whenDrawnOften_thenEveryValueComesAboutEquallyOften() {
        Random random{7};
        std::array<int, 10> counts{};
        for (int i = 0; i < 100'000; ++i) {
            ++counts[random.below(10)];
        }
        for (const int count : counts) {
            QVERIFY(count > 9'500 && count < 10'500);
        }
    }
};

QTEST_APPLESS_MAIN(TestBase)
#include "test_base.moc"
