// SPDX-License-Identifier: GPL-3.0-or-later
// Somebody else's opinion: Wireshark's dissectors read what we write and find nothing malformed.
#include "core/wire/arbitrary.h"
#include "tests/unit/wire/all_messages.h"
#include "tests/unit/wire/pcap.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace kolam;
using namespace kolam::test;
using namespace kolam::wire;
using namespace Qt::StringLiterals;

namespace {

constexpr int messagesOfAType = 100;

template <typename Message, typename Variant>
constexpr bool isIn = false;
template <typename Message, typename... Messages>
constexpr bool isIn<Message, std::variant<Messages...>> = (std::is_same_v<Message, Messages> || ...);

/// The PPID that a message travels with; 0 for those that are no messages of their own.
template <typename Message>
constexpr std::uint32_t ppidOf() {
    if constexpr (isIn<Message, AsapMessage>) {
        return asapPpid;
    } else if constexpr (isIn<Message, EnrpMessage>) {
        return enrpPpid;
    } else if constexpr (isIn<Message, FractalMessage>) {
        return fractalPpid;
    } else if constexpr (isIn<Message, PingPongMessage>) {
        return pingPongPpid;
    } else if constexpr (std::is_same_v<Message, CalcAppMessage>) {
        return calcAppPpid;
    } else if constexpr (isIn<Message, ScriptingMessage>) {
        return scriptingPpid;
    } else {
        return 0;
    }
}

} // namespace

class TestWireTshark : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QString m_file = m_folder.filePath(u"messages.pcap"_s);
    QMap<QString, int> m_written; // dissector, messages

    void write(const Pcap& pcap) {
        QFile file{m_file};
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(reinterpret_cast<const char*>(pcap.file().data()), static_cast<qint64>(pcap.file().size()));
    }
    QStringList malformed() {
        return tshark({u"-Y"_s, u"_ws.malformed"_s, u"-T"_s, u"fields"_s, u"-e"_s, u"frame.number"_s});
    }
    QStringList tshark(const QStringList& arguments) {
        QProcess process;
        process.start(u"tshark"_s, QStringList{u"-n"_s, u"-r"_s, m_file} + arguments);
        if (!process.waitForFinished(120'000) || process.exitCode() != 0) {
            qFatal("tshark: %s", process.readAllStandardError().constData());
        }
        return QString::fromUtf8(process.readAllStandardOutput()).split('\n', Qt::SkipEmptyParts);
    }

private slots:
    void initTestCase() {
        if (QStandardPaths::findExecutable(u"tshark"_s).isEmpty()) {
            QSKIP("tshark is not installed");
        }
        const QMap<std::uint32_t, QString> dissectors{{asapPpid, u"asap"_s},
                                                      {enrpPpid, u"enrp"_s},
                                                      {fractalPpid, u"fractalgeneratorprotocol"_s},
                                                      {pingPongPpid, u"pingpongprotocol"_s},
                                                      {calcAppPpid, u"calcappprotocol"_s},
                                                      {scriptingPpid, u"ssp"_s}};
        Pcap pcap;
        forEveryMessage([&]<typename Message>() {
            Random random{4711};
            for (int count = 0; count < messagesOfAType; ++count) {
                const auto message = arbitrary<Message>(random);
                if constexpr (std::is_same_v<Message, CspReport>) {
                    pcap.addUdp(cspPort, encode(message));
                    ++m_written[u"componentstatusprotocol"_s];
                } else if constexpr (ppidOf<Message>() != 0) {
                    pcap.addSctp(ppidOf<Message>(), encode(message));
                    ++m_written[dissectors[ppidOf<Message>()]];
                }
            }
        });
        write(pcap);
    }

    void givenOurMessages_whenDissected_thenEachIsTakenForWhatItIs() {
        QMap<QString, int> dissected;
        for (const QString& line : tshark({u"-T"_s, u"fields"_s, u"-e"_s, u"frame.protocols"_s})) {
            for (const QString& protocol : line.split(':')) {
                ++dissected[protocol];
            }
        }
        for (auto written = m_written.cbegin(); written != m_written.cend(); ++written) {
            QCOMPARE(written.key() + u' ' + QString::number(dissected[written.key()]),
                     written.key() + u' ' + QString::number(written.value()));
        }
    }

    void givenOurMessages_whenDissected_thenNoneIsMalformed() { QCOMPARE(malformed().join(' '), QString{}); }

    void givenOurPoolElements_whenDissected_thenTheirFieldsAreOurs() {
        // One message in which every number is known, so that tshark's reading can be compared with ours.
        const Registration message{
            .poolHandle = PoolHandle{"EchoPool"},
            .element = {
                .identifier = PeIdentifier{0x0a000001},
                .homeRegistrar = ServerId{0x11111111},
                .life = RegistrationLife{6000},
                .userTransport = {.port = 50443,
                                  .use = TransportUse::DataPlusControl,
                                  .addresses = {IpAddress::v4(10, 255, 255, 1),
                                                IpAddress::parse("2001:db8::1").value()}},
                .policy = {.type = PolicyType::WeightedRandomDpf, .weight = 17, .penaltyFactor = 5, .distance = 42}}};
        Pcap pcap;
        pcap.addSctp(asapPpid, encode(message));
        write(pcap);
        QStringList fields{u"-T"_s, u"fields"_s};
        for (const char* field :
             {"message_type", "pool_element_pe_identifier", "pool_element_home_enrp_server_identifier",
              "pool_element_registration_life", "sctp_transport_port", "transport_use", "ipv4_address", "ipv6_address",
              "pool_member_selection_policy_weight", "pool_member_selection_policy_distance"}) {
            fields << u"-e"_s << u"asap."_s + QLatin1String{field};
        }
        QCOMPARE(tshark(fields).join('\n').replace('\t', ' '),
                 u"1 0x0a000001 0x11111111 6000 50443 1 10.255.255.1 2001:db8::1 17 42"_s);
    }

    void givenABrokenMessage_whenDissected_thenItIsFound() {
        Pcap pcap; // so that silence in the other tests means something
        pcap.addSctp(asapPpid, encode(HandleResolution{.poolHandle = PoolHandle{"EchoPool"}}));
        pcap.addSctp(asapPpid, fromHex("0500000c0009000361626364"));
        write(pcap);
        QCOMPARE(malformed().join(' '), u"2"_s);
    }
};

QTEST_GUILESS_MAIN(TestWireTshark)
#include "test_wire_tshark.moc"
