// SPDX-License-Identifier: GPL-3.0-or-later
// What we accept although it is not how we would say it, and how we refuse the rest: with a name, a place, and the
// error cause that RFC 5354 wants to be sent.
#include "tests/unit/wire/any_message.h"
#include "tests/unit/wire/vectors.h"

#include <QTest>

using namespace kolam;
using namespace kolam::test;
using namespace Qt::StringLiterals;

namespace {

/// What becomes of these octets, as text. In `hex`, spaces are for the reader, and LLLL is the message's true length.
QString read(std::string_view protocol, QByteArray hex) {
    hex.replace(' ', "");
    hex.replace("LLLL", QByteArray::number(hex.size() / 2, 16).rightJustified(4, '0'));
    const Octets octets = fromHex(hex.toStdString());
    const auto text = asText(protocol, octets);
    return QString::fromStdString(text ? *text : describe(text.error()));
}

struct Case {
    const char* what;
    const char* protocol;
    const char* hex;
    const char* expected;
};

void addRows(std::initializer_list<Case> cases) {
    QTest::addColumn<QString>("protocol");
    QTest::addColumn<QByteArray>("hex");
    QTest::addColumn<QString>("expected");
    for (const Case& row : cases) {
        QTest::newRow(row.what) << QString::fromUtf8(row.protocol) << QByteArray{row.hex}
                                << QString::fromUtf8(row.expected);
    }
}

void compareRow() {
    QFETCH(QString, protocol);
    QFETCH(QByteArray, hex);
    QFETCH(QString, expected);
    QCOMPARE(read(protocol.toStdString(), hex), expected);
}

} // namespace

class TestWireTolerance : public QObject {
    Q_OBJECT
private slots:
    void givenUnknownParameters_whenDecoded_thenTheirTopBitsAreObeyed_data() {
        addRows({
            {"00: stop", "ASAP", "05000018 01230008 61626364 0009000a 5252506f6f6c0000", "unrecognised parameter at 4"},
            {"01: stop and report", "ASAP", "05000018 41230008 61626364 0009000a 5252506f6f6c0000",
             "unrecognised parameter at 4, report unrecognised parameter 4123000861626364"},
            {"10: skip", "ASAP", "05000018 81230008 61626364 0009000a 5252506f6f6c0000",
             "ASAP_HANDLE_RESOLUTION pool-handle=RRPool"},
            {"11: skip, no report, as rsplib", "ASAP", "05000018 c1230008 61626364 0009000a 5252506f6f6c0000",
             "ASAP_HANDLE_RESOLUTION pool-handle=RRPool"},
            {"padding is skipped, too", "ASAP", "0500001c 81230009 61626364 65000000 0009000a 5252506f6f6c0000",
             "ASAP_HANDLE_RESOLUTION pool-handle=RRPool"},
            {"quoted without padding", "ASAP", "0500001c 41230009 61626364 65000000 0009000a 5252506f6f6c0000",
             "unrecognised parameter at 4, report unrecognised parameter 412300096162636465"},
            {"skip behind the last one", "ASAP", "05000018 0009000a 5252506f6f6c0000 81230008 61626364",
             "ASAP_HANDLE_RESOLUTION pool-handle=RRPool"},
            {"stop behind the last one", "ASAP", "05000018 0009000a 5252506f6f6c0000 01230008 61626364",
             "unrecognised parameter at 16"},
            {"between optional ones", "ASAP",
             "05000028 bff4000c 0000000000000007 0009000a 5252506f6f6c0000 c1230004 803f0008 00000003",
             "ASAP_HANDLE_RESOLUTION session-key=7 pool-handle=RRPool items=3"},
            {"before an optional one", "ASAP", "05000020 81230004 bff4000c 0000000000000007 0009000a 5252506f6f6c0000",
             "ASAP_HANDLE_RESOLUTION session-key=7 pool-handle=RRPool"},
            {"a mark has no value", "ASAP", "05000014 bff50004 0009000a 5252506f6f6c0000",
             "ASAP_HANDLE_RESOLUTION only-looks={} pool-handle=RRPool"},
            {"no alias of a pool handle", "ASAP", "05000010 8009000a 5252506f6f6c0000", "missing parameter at 16"},
            {"nor with the upper bits both set", "ASAP", "05000010 c009000a 5252506f6f6c0000",
             "missing parameter at 16"},
            {"skip within a pool element", "ASAP",
             "0100003c 00090005 41000000 000a0030 00000001 00000000 00001770 81230008 61626364 "
             "00040010 c50b0001 00010008 0affff01 00080008 00000001",
             "ASAP_REGISTRATION pool-handle=A element={identifier=0x00000001 home-registrar=0x00000000 life=6000ms "
             "user-transport=SCTP/10.255.255.1:50443/data+control policy=RoundRobin}"},
            {"report from within a pool element", "ASAP",
             "0100003c 00090005 41000000 000a0030 00000001 00000000 00001770 41230008 61626364 "
             "00040010 c50b0001 00010008 0affff01 00080008 00000001",
             "unrecognised parameter at 28, report unrecognised parameter 4123000861626364"},
            {"skip between a transport's addresses", "ASAP",
             "01000044 00090005 41000000 000a0038 00000001 00000000 00001770 "
             "00040020 c50b0001 00010008 0affff01 81230008 61626364 00010008 0affff02 00080008 00000001",
             "ASAP_REGISTRATION pool-handle=A element={identifier=0x00000001 home-registrar=0x00000000 life=6000ms "
             "user-transport=SCTP/10.255.255.1,10.255.255.2:50443/data+control policy=RoundRobin}"},
            {"behind a message without parameters", "ENRP", "05000014 22222222 11111111 81230008 61626364",
             "ENRP_LIST_REQUEST sender=0x22222222 receiver=0x11111111"},
            {"known, skippable, out of place", "ASAP", "0200LLLL 803f0008 00000001 00090005 41000000 000e0008 00000001",
             "ASAP_DEREGISTRATION pool-handle=A pe-identifier=0x00000001"},
            {"known, not skippable, out of place", "ASAP", "0200LLLL 000e0008 00000001 00090005 41000000",
             "missing parameter at 4"},
            {"one pool handle too many", "ASAP", "05000014 00090005 41000000 00090005 42000000",
             "unrecognised parameter at 12"},
        });
    }
    void givenUnknownParameters_whenDecoded_thenTheirTopBitsAreObeyed() { compareRow(); }

    void givenUnknownMessageTypes_whenDecoded_thenTheirTopBitsAreObeyed_data() {
        addRows({
            {"00: silence", "ASAP", "2a000004", "unknown type at 0"},
            {"01: report", "ASAP", "6a000004", "unknown type at 0, report unrecognised message 6a000004"},
            {"10: reserved", "ENRP", "8a000004", "unknown type at 0"},
            {"11: reserved", "ENRP", "ca000004", "unknown type at 0"},
            {"services", "PPID33", "03000004", "unknown type at 0"},
            {"CalcApp below", "PPID34", "00000018 00000001 0000000000000000 0000000000000000", "unknown type at 0"},
            {"CalcApp above", "PPID34", "08000018 00000001 0000000000000000 0000000000000000", "unknown type at 0"},
            {"CSP", "CSP", "02000004", "unknown type at 0"},
            {"nothing at all", "ASAP", "", "truncated at 0"},
            {"not even a header", "ENRP", "6a0000", "truncated at 3"},
        });
    }
    void givenUnknownMessageTypes_whenDecoded_thenTheirTopBitsAreObeyed() { compareRow(); }

    void givenLengthsOfBothStyles_whenDecoded_thenOnlyTheTrueOnesAreAccepted_data() {
        addRows({
            {"padding not counted (RFC)", "ASAP", "0b00000d 000d0009 3132333435000000",
             R"(ASAP_COOKIE cookie="12345")"},
            {"padding counted (rsplib)", "ASAP", "0b000010 000d0009 3132333435000000", R"(ASAP_COOKIE cookie="12345")"},
            {"padding may hold anything", "ASAP", "0b000010 000d0009 3132333435ffffff",
             R"(ASAP_COOKIE cookie="12345")"},
            {"padding must be there", "ASAP", "0b00000d 000d0009 3132333435", "bad length at 2"},
            {"too long for the octets", "ASAP", "0b000014 000d0009 3132333435000000", "bad length at 2"},
            {"shorter than a header", "ASAP", "0b000003 000d0009 3132333435000000", "bad length at 2"},
            {"four octets behind the end", "ASAP", "0b000010 000d0009 3132333435000000 00000000",
             "trailing octets at 16"},
            {"one octet behind the end", "ASAP", "0b000010 000d0009 3132333435000000 00", "trailing octets at 16"},
            {"a parameter beyond the message", "ASAP", "0b00000c 000d0009 31323334", "bad length at 6"},
            {"a parameter shorter than its header", "ASAP", "0b00000c 000d0003 31323334", "bad length at 6"},
            {"the message ends within a header", "ASAP", "0b000006 000d0000", "bad length at 6"},
            {"a service's message has no padding", "PPID33", "01000010 0000000000000001 61626364 00",
             "trailing octets at 16"},
            {"a service's length below the octets", "PPID33", "0100000f 0000000000000001 61626364",
             "trailing octets at 15"},
            {"a service's length above the octets", "PPID33", "01000011 0000000000000001 61626364", "bad length at 2"},
            {"more than a CalcApp message", "PPID34", "0100001c 00000001 0000000000000000 0000000000000000 00000000",
             "trailing octets at 24"},
            {"less than a CalcApp message", "PPID34", "01000014 00000001 0000000000000000 00000000", "truncated at 20"},
        });
    }
    void givenLengthsOfBothStyles_whenDecoded_thenOnlyTheTrueOnesAreAccepted() { compareRow(); }

    void givenNestedPadding_whenDecoded_thenItMayBeCountedOrNot_data() {
        // One or two causes; the last one's padding: in the operation error's length or not (wire format, section 6).
        constexpr auto two = R"(ASAP_ERROR error="unrecognised parameter":c123000861626364,)"
                             R"("unrecognised parameter":c124000578)";
        addRows({
            {"rsplib: the message alone counts it", "ASAP",
             "0e000020 000c0019 0001000c c123000861626364 00010009 c124000578 000000", two},
            {"the operation error counts it, too", "ASAP",
             "0e000020 000c001c 0001000c c123000861626364 00010009 c124000578 000000", two},
            {"RFC: nobody counts it", "ASAP", "0e00001d 000c0019 0001000c c123000861626364 00010009 c124000578 000000",
             two},
            {"even the cause counts it", "ASAP",
             "0e000020 000c001c 0001000c c123000861626364 0001000c c124000578 000000",
             R"(ASAP_ERROR error="unrecognised parameter":c123000861626364,)"
             R"("unrecognised parameter":c124000578000000)"},
            {"half of it is counted", "ASAP", "0e000020 000c001a 0001000c c123000861626364 00010009 c124000578 000000",
             "bad length at 22, report invalid values 000c001a0001000cc12300086162636400010009c12400057800"},
            {"causes without information", "ASAP", "0e00000c 000c0008 00030004",
             R"(ASAP_ERROR error="invalid values")"},
            {"codes that nobody knows", "ASAP", "0e000010 000c000c 77770008 01020304",
             R"(ASAP_ERROR error="cause 0x7777":01020304)"},
            {"an error without a cause", "ASAP", "0e000008 000c0004",
             "missing parameter at 8, report invalid values 000c0004"},
        });
    }
    void givenNestedPadding_whenDecoded_thenItMayBeCountedOrNot() { compareRow(); }

    void givenWhatOthersLeaveOutOrAdd_whenDecoded_thenItIsUnderstood_data() {
        addRows({
            {"keep-alive without element", "ASAP", "07000010 00000050 00090005 41000000",
             "ASAP_ENDPOINT_KEEP_ALIVE server=0x00000050 pool-handle=A"},
            {"keep-alive with features", "ASAP", "0700001c 00000050 bff2000c 00000001 00000003 00090005 41000000",
             "ASAP_ENDPOINT_KEEP_ALIVE server=0x00000050 features={version=1 mask=3} pool-handle=A"},
            {"features of a later version", "ASAP",
             "07000020 00000050 bff20010 00000002 00000003 00000099 00090005 41000000",
             "ASAP_ENDPOINT_KEEP_ALIVE server=0x00000050 features={version=2 mask=3} pool-handle=A"},
            {"unknown flags", "ASAP", "07fe0010 00000050 00090005 41000000",
             "ASAP_ENDPOINT_KEEP_ALIVE server=0x00000050 pool-handle=A"},
            {"an empty pool handle", "ASAP", "05000008 00090004", "ASAP_HANDLE_RESOLUTION pool-handle="},
            {"a handle that would harm a terminal", "ASAP", "0500000c 00090008 411b5b00",
             "ASAP_HANDLE_RESOLUTION pool-handle=A\\x1b[\\x00"},
            {"an empty cookie", "ASAP", "0b000008 000d0004", "ASAP_COOKIE cookie="},
            {"presence with nothing", "ENRP", "0101000c 22222222 11111111",
             "ENRP_PRESENCE reply-required sender=0x22222222 receiver=0x11111111"},
            {"presence with a digest", "ENRP", "01000020 00000002 00000001 000f0006 ffff0000 bff3000c 0102030405060708",
             "ENRP_PRESENCE sender=0x00000002 receiver=0x00000001 checksum=65535 digest=72623859790382856"},
            {"a table without entries", "ENRP", "0300000c 11111111 22222222",
             "ENRP_HANDLE_TABLE_RESPONSE sender=0x11111111 receiver=0x22222222"},
            {"reserved fields", "ENRP",
             "0400LLLL 22222222 11111111 0001ffff 00090005 41000000 000a0030 00000001 22222222 00000000 "
             "00060010 1f90ffff 00010008 0affff01 00080010 00000001 00000007 00000008",
             "ENRP_HANDLE_UPDATE sender=0x22222222 receiver=0x11111111 action=delete pool-handle=A "
             "element={identifier=0x00000001 home-registrar=0x22222222 life=0ms "
             "user-transport=UDP/10.255.255.1:8080 policy=RoundRobin}"},
            {"an unknown policy", "ASAP", "0600LLLL 00090005 41000000 0008000c 00000099 01020304",
             "ASAP_HANDLE_RESOLUTION_RESPONSE pool-handle=A policy=0x00000099:01020304"},
            {"a business card with two handles", "ASAP",
             "0d00LLLL 00090005 41000000 00090005 41000000 000a0028 00000001 00000000 00001770 "
             "00040010 c50b0001 00010008 0affff01 00080008 00000001 81230008 00000000",
             "ASAP_BUSINESS_CARD pool-handle=A elements=[{identifier=0x00000001 home-registrar=0x00000000 life=6000ms "
             "user-transport=SCTP/10.255.255.1:50443/data+control policy=RoundRobin}]"},
            {"a keep-alive ACK of rsplib's client", "PPID35", "05000004", "SSP_KEEPALIVE_ACK"},
            {"a keep-alive ACK of rsplib's server", "PPID35", "05000008 00000001", "SSP_KEEPALIVE_ACK status=1"},
        });
    }
    void givenWhatOthersLeaveOutOrAdd_whenDecoded_thenItIsUnderstood() { compareRow(); }

    void givenWrongValues_whenDecoded_thenTheParameterIsQuoted_data() {
        addRows({
            {"a policy without its weight", "ASAP", "0600LLLL 00090005 41000000 00080008 00000002",
             "truncated at 20, report invalid values 0008000800000002"},
            {"a policy with half a weight", "ASAP", "0600LLLL 00090005 41000000 0008000a 00000002 00010000",
             "truncated at 22, report invalid values 0008000a000000020001"},
            {"an identifier that is too long", "ASAP", "0800LLLL 00090005 41000000 000e000c 00000001 00000002",
             "bad value at 20, report invalid values 000e000c0000000100000002"},
            {"an identifier that is too short", "ASAP", "0800LLLL 00090005 41000000 000e0006 00010000 81230004",
             "truncated at 18, report invalid values 000e00060001"},
            {"an IPv4 address of 5 octets", "ASAP", "0a00LLLL 00000001 00040011 0f170000 00010009 0affff01 ff000000",
             "bad value at 20, report invalid values 000100090affff01ff"},
            {"an IPv6 address of 4 octets", "ASAP", "0a000018 00000001 00040010 0f170000 00020008 0affff01",
             "bad value at 20, report invalid values 000200080affff01"},
            {"a transport without address", "ASAP", "0a000010 00000001 00040008 0f170000",
             "missing parameter at 16, report invalid values 000400080f170000"},
            {"TCP with two addresses", "ASAP",
             "0a000020 00000001 00050018 0f170000 00010008 0affff01 00010008 0affff02", "unrecognised parameter at 24"},
            {"a pool entry without element", "ENRP", "03000014 11111111 22222222 00090005 41000000",
             "missing parameter at 20"},
            {"server information with TCP", "ENRP",
             "0600002c 11111111 22222222 000b0018 22222222 00050010 26ae0000 00010008 0affff01 81230008 00000000",
             "missing parameter at 20, report invalid values 000b00182222222200050010"
             "26ae0000000100080affff01"},
            {"more points than octets", "PPID32", "02000014 00000000 00000000 ffffffff 00000001", "truncated at 20"},
            {"fewer points than octets", "PPID32", "02000014 00000000 00000000 00000000 00000001",
             "trailing octets at 16"},
        });
    }
    void givenWrongValues_whenDecoded_thenTheParameterIsQuoted() { compareRow(); }

    void givenARegistration_whenOneParameterIsAddedAnywhere_thenTheElementIsTheSame() {
        const auto plain = wire::decode<wire::Registration>(vectorAt("registration 11").octets).value();
        const Octets unknown = fromHex("8123000861626364");
        const Octets original = vectorAt("registration 11").octets;
        for (const std::size_t place : {4u, 16u, 56u}) { // first, between the two parameters, last
            Octets octets = original;
            octets.insert(octets.begin() + static_cast<std::ptrdiff_t>(place), unknown.begin(), unknown.end());
            writeBigEndian<std::uint16_t>(octets, 2, static_cast<std::uint16_t>(octets.size()));
            const auto decoded = wire::decode<wire::Registration>(octets);
            QVERIFY2(decoded, std::to_string(place).c_str());
            QVERIFY(*decoded == plain);
        }
    }

    void givenAnotherProtocolsCookie_whenDecoded_thenItIsRefused() {
        const auto cookieOf = [](std::string_view where) {
            return wire::decode<wire::Cookie>(vectorAt(where).octets).value().cookie;
        };
        const Octets fractal = cookieOf("service-fractal-failover 15");
        const Octets pingPong = cookieOf("service-pingpong-failover 17");
        QVERIFY(wire::decode<wire::FractalCookie>(fractal));
        QCOMPARE(wire::encode(wire::decode<wire::FractalCookie>(fractal).value()), fractal);
        QCOMPARE(wire::decode<wire::PingPongCookie>(pingPong).value().nextReplyNumber, std::uint64_t{2});
        QCOMPARE(describe(wire::decode<wire::PingPongCookie>(fractal).error()), std::string{"bad value at 0"});
        QCOMPARE(describe(wire::decode<wire::FractalCookie>(pingPong).error()), std::string{"bad value at 0"});
        QCOMPARE(describe(wire::decode<wire::PingPongCookie>(OctetView{pingPong}.first(15)).error()),
                 std::string{"truncated at 15"});
        Octets longer = fractal;
        longer.push_back(std::byte{0});
        QCOMPARE(describe(wire::decode<wire::FractalCookie>(longer).error()), std::string{"trailing octets at 76"});
    }

    void givenSomethingTooLongToQuote_whenRefused_thenNothingIsReported() {
        Octets octets(0xfffc);
        octets[0] = std::byte{0x6a};
        writeBigEndian<std::uint16_t>(octets, 2, 0xfffc);
        const auto refused = wire::decodeAsap(octets);
        QVERIFY(!refused);
        QVERIFY(!refused.error().report);
    }
};

QTEST_GUILESS_MAIN(TestWireTolerance)
#include "test_wire_tolerance.moc"
