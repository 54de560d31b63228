// SPDX-License-Identifier: GPL-3.0-or-later
// Every captured message, read and written again: what rsplib sends, we send octet for octet.
#include "tests/unit/wire/any_message.h"
#include "tests/unit/wire/vectors.h"

#include <QTest>
#include <map>
#include <set>

using namespace kolam;
using namespace kolam::test;
using namespace Qt::StringLiterals;

namespace {

/// The messages that must not decode, each with what is wrong. tshark finds nothing wrong with some of them: it does
/// not check a message's length, and an unknown type is no mistake to it.
const std::map<std::string, std::string> rejected{
    // "Stop" parameters: RFC 5354 wants the whole message discarded.
    {"asap-errors 96", "unrecognised parameter at 4"},
    {"asap-errors 98", "unrecognised parameter at 4, report unrecognised parameter 4123000861626364"},
    {"asap-errors 113", "unrecognised parameter at 16"},
    {"enrp-errors 30", "unrecognised parameter at 16, report unrecognised parameter 4777000861626364"},
    // Unknown message types; the top bits 01 ask for a report.
    {"asap-errors 115", "unknown type at 0"},
    {"asap-errors 123", "unknown type at 0, report unrecognised message 6a0000100009000a5252506f6f6c0000"},
    {"endpoint-pe-reactions 23", "unknown type at 0"},
    {"session-control-channel-pe 56", "unknown type at 0"},
    {"session-control-channel-pu 101",
     "unknown type at 0, report unrecognised message 6a0000100009000c4563686f506f6f6c"},
    {"synthetic-messages 22", "unknown type at 0, report unrecognised message 4b000004"},
    {"enrp-reactions 56", "unknown type at 0"},
    {"enrp-reactions 58", "unknown type at 0, report unrecognised message 6b00000c2222222211111111"},
    // Broken lengths.
    {"asap-errors 136", "bad length at 6"},
    {"asap-errors 139", "bad length at 6"},
    {"asap-errors 142", "bad length at 2"},
    {"asap-errors 145", "bad length at 2"},
    {"asap-errors 151", "trailing octets at 16"},
    // Weighted round robin without its weight.
    {"asap-errors 154", "truncated at 56, report invalid values 0008000800000002"},
    // An ENRP message with ASAP's PPID: its sender reads as a parameter.
    {"enrp-reactions 62", "bad length at 6"},
    // Three octets of garbage.
    {"session-control-channel-pe 104", "truncated at 3"},
};

/// Origin is not rsplib, and encoding gives other octets, for a good reason.
const std::set<std::string> written_otherwise{
    "asap-errors 148",                // RFC style message length
    "session-control-channel-pu 167", // the same
    "synthetic-messages 14",          // the same
    "synthetic-messages 11",          // the operation error counts the padding of its last cause
    "asap-errors 101",                // unknown parameters that were skipped
    "asap-errors 104",
    "asap-errors 107",
    "asap-errors 110",
    "asap-errors 157",               // a policy with words that nobody knows
    "endpoint-pe-reactions 20",      // an unknown flag
    "session-control-channel-pu 57", // a business card with two handles
};

} // namespace

class TestWireVectors : public QObject {
    Q_OBJECT
private slots:
    void givenTheLists_whenRead_thenTheyAreComplete() {
        QCOMPARE(vectors().size(), std::size_t{704 + 97});
        const auto rsplib = std::count_if(vectors().begin(), vectors().end(), [](auto& v) { return v.fromRsplib(); });
        QCOMPARE(rsplib, 507 + 96);
    }

    void givenEveryCapturedMessage_whenDecoded_thenItIsReadOrRejectedForTheKnownReason() {
        for (const Vector& vector : vectors()) {
            const auto again = reencoded(vector.protocol, vector.octets);
            const auto reason = rejected.find(vector.where());
            if (reason != rejected.end()) {
                QVERIFY2(!again, vector.where().c_str());
                QCOMPARE(vector.where() + ": " + describe(again.error()), reason->first + ": " + reason->second);
            } else {
                QVERIFY2(again, (vector.where() + ": " + (again ? "" : describe(again.error()))).c_str());
            }
        }
    }

    void givenEveryMessageOfRsplib_whenEncodedAgain_thenTheOctetsAreTheSame() {
        int compared = 0;
        for (const Vector& vector : vectors()) {
            if (vector.fromRsplib()) {
                const auto again = reencoded(vector.protocol, vector.octets);
                QVERIFY2(again, vector.where().c_str());
                QCOMPARE(vector.where() + ' ' + toHex(*again), vector.where() + ' ' + toHex(vector.octets));
                ++compared;
            }
        }
        QCOMPARE(compared, 507 + 96);
    }

    void givenEveryMessageOfOthers_whenEncodedAgain_thenOnlyTheKnownOnesDiffer() {
        for (const Vector& vector : vectors()) {
            const auto again = reencoded(vector.protocol, vector.octets);
            if (again && !vector.fromRsplib()) {
                const bool same = *again == vector.octets;
                QVERIFY2(same != written_otherwise.contains(vector.where()), vector.where().c_str());
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestWireVectors)
#include "test_wire_vectors.moc"
