// SPDX-License-Identifier: GPL-3.0-or-later
// What captured messages look like to people: one of each type, each policy and each kind of transport, compared with
// captured_texts.txt. When a change there is intended, the new file is reviewed like code.
#include "tests/unit/wire/all_messages.h"
#include "tests/unit/wire/any_message.h"
#include "tests/unit/wire/vectors.h"

#include <QFile>
#include <QTest>

using namespace kolam;
using namespace kolam::test;
using namespace Qt::StringLiterals;

namespace {

/// Extensions of ours, which nobody has captured from rsplib.
template <typename Message>
constexpr bool isOurs = std::same_as<Message, wire::ScriptReceipt> || std::same_as<Message, wire::ScriptCheckpoint> ||
                        std::same_as<Message, wire::ScriptCheckpointWanted>;

} // namespace

class TestWireText : public QObject {
    Q_OBJECT
private slots:
    void givenCapturedMessages_whenPrinted_thenTheyReadAsReviewed() {
        QFile file{u"" KOLAM_SOURCE "/tests/unit/wire/captured_texts.txt"_s};
        QVERIFY(file.open(QIODevice::ReadOnly));
        int compared = 0;
        for (const QString& line : QString::fromUtf8(file.readAll()).split('\n', Qt::SkipEmptyParts)) {
            const std::string where = line.section(u": "_s, 0, 0).toStdString();
            const Vector& vector = vectorAt(where);
            const auto text = asText(vector.protocol, vector.octets);
            QVERIFY2(text, where.c_str());
            QCOMPARE(QString::fromStdString(where + ": " + *text), line);
            ++compared;
        }
        QVERIFY(compared > 70);
    }

    void givenEveryTypeOfMessage_whenLookedFor_thenThereIsAText() {
        QFile file{u"" KOLAM_SOURCE "/tests/unit/wire/captured_texts.txt"_s};
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray texts = file.readAll();
        forEveryMessage([&]<typename Message>() {
            if constexpr (!isOurs<Message> && !requires { Message::bare; }) { // cookies travel within ASAP's messages
                const QByteArray name = QByteArray{": "} + QByteArray{Message::name.data()};
                QVERIFY2(texts.contains(name), name.constData());
            }
        });
    }

    void givenCookiesAndParameters_whenPrinted_thenTheyReadWell() {
        const auto cookie = wire::decode<wire::Cookie>(vectorAt("service-fractal-failover 15").octets).value().cookie;
        QCOMPARE(QString::fromStdString(wire::toText(wire::decode<wire::FractalCookie>(cookie).value())),
                 u"FGP_COOKIE width=200 height=74 max-iterations=1000 algorithm=2 c1-real=0.23507508768668367 "
                 "c1-imag=1.1638007791262661 c2-real=0.23507524835295476 c2-imag=1.163800658626563 n=3 "
                 "current-x=0 current-y=0"_s);
        QCOMPARE(wire::toText(wire::ScriptCheckpoint{.number = 3, .data = fromHex("6f6e65")}),
                 std::string{"SSP_CHECKPOINT number=3 data=\"one\""});
        QCOMPARE(wire::toText(wire::ScriptCheckpointWanted{3}), std::string{"SSP_CHECKPOINT_WANTED number=3"});
        QCOMPARE(wire::toText(wire::PolicyType::LeastUsedDpf), std::string{"LeastUsedDPF"});
        QCOMPARE(wire::toText(wire::PolicyType{0x12345678}), std::string{"0x12345678"});
        QCOMPARE(wire::toText(wire::CauseCode::UnknownPoolHandle), std::string{"unknown pool handle"});
        QCOMPARE(wire::toText(wire::CauseCode{0x7777}), std::string{"cause 0x7777"});
    }
};

QTEST_GUILESS_MAIN(TestWireText)
#include "test_wire_text.moc"
