// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever a network does to a message, reading it does no harm: every truncation and every change of one octet of
// every captured message. Sanitizers turn any harm into a failure; what still decodes must survive another journey.
#include "tests/unit/wire/any_message.h"
#include "tests/unit/wire/vectors.h"

#include <QTest>
#include <cstdlib>
#include <new>
#include <set>

namespace {

/// What the code under test asked for since the last reset.
std::size_t allocatedOctets = 0;
std::size_t allocationCount = 0;

} // namespace

void* operator new(std::size_t size) {
    allocatedOctets += size;
    ++allocationCount;
    if (void* memory = std::malloc(size)) {
        return memory;
    }
    throw std::bad_alloc{};
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

using namespace kolam;
using namespace kolam::test;

namespace {

/// Decoding may take so much memory for each octet of a message, and a little for itself: the dearest octets are those
/// of error causes without information (a structure of 32 octets for 4) while their vector grows.
constexpr std::size_t memoryForAnOctet = 64;
constexpr std::size_t memoryForItself = 4096;

/// Reads these octets as messages of every protocol. What decodes is encoded, and that must decode again.
bool survives(std::string_view protocol, OctetView octets) {
    // A copy of just this size, so that a sanitizer sees the first octet that is read too far.
    const Octets exact(octets.begin(), octets.end());
    allocatedOctets = 0;
    const auto again = reencoded(protocol, exact);
    if (allocatedOctets > memoryForItself + memoryForAnOctet * octets.size()) {
        return false;
    }
    if (!again) {
        return again.error().offset <= octets.size();
    }
    if (*again == exact) {
        return true;
    }
    const auto third = reencoded(protocol, *again);
    return third && *third == *again;
}

std::string where(const Vector& vector, std::size_t place, int value) {
    return vector.where() + ", octet " + std::to_string(place) + ", value " + std::to_string(value);
}

} // namespace

class TestWireTorture : public QObject {
    Q_OBJECT
private slots:
    void givenEveryTruncation_whenDecoded_thenItIsRefusedWithoutHarm() {
        for (const Vector& vector : vectors()) {
            const bool whole = reencoded(vector.protocol, vector.octets).has_value();
            for (std::size_t length = 0; length < vector.octets.size(); ++length) {
                const OctetView cut = OctetView{vector.octets}.first(length);
                QVERIFY2(survives(vector.protocol, cut), where(vector, length, -1).c_str());
                // Some of the broken ones have octets to spare.
                QVERIFY2(!whole || !reencoded(vector.protocol, cut), where(vector, length, -1).c_str());
            }
        }
    }

    void givenEveryTruncationWithAMatchingLength_whenDecoded_thenItDoesNoHarm() {
        for (const Vector& vector : vectors()) {
            for (std::size_t length = 4; length < vector.octets.size(); ++length) {
                Octets cut(vector.octets.begin(), vector.octets.begin() + static_cast<std::ptrdiff_t>(length));
                writeBigEndian<std::uint16_t>(cut, 2, static_cast<std::uint16_t>(length));
                QVERIFY2(survives(vector.protocol, cut), where(vector, length, -1).c_str());
            }
        }
    }

    void givenEveryChangeOfOneOctet_whenDecoded_thenItDoesNoHarm_data() {
        // A row for each capture, because a row's time is limited, and under sanitizers there is much to do.
        QTest::addColumn<std::string>("capture");
        std::set<std::string> captures;
        for (const Vector& vector : vectors()) {
            captures.insert(vector.capture);
        }
        for (const std::string& capture : captures) {
            QTest::newRow(capture.c_str()) << capture;
        }
    }
    void givenEveryChangeOfOneOctet_whenDecoded_thenItDoesNoHarm() {
        QFETCH(std::string, capture);
        for (const Vector& vector : vectors()) {
            if (vector.capture != capture) {
                continue;
            }
            Octets changed = vector.octets;
            // The points of an image and the text of a status hold no structure: their first octets stand for all.
            const std::size_t places = std::min<std::size_t>(changed.size(), 400);
            for (std::size_t place = 0; place < places; ++place) {
                const std::byte original = changed[place];
                for (int value = 0; value < 256; ++value) {
                    changed[place] = static_cast<std::byte>(value);
                    if (!survives(vector.protocol, changed)) {
                        QFAIL(where(vector, place, value).c_str());
                    }
                }
                changed[place] = original;
            }
        }
    }

    void givenMessagesOfOneProtocol_whenDecodedAsAnother_thenItDoesNoHarm() {
        for (const Vector& vector : vectors()) {
            for (const char* protocol : {"ASAP", "ENRP", "CSP", "PPID32", "PPID33", "PPID34", "PPID35"}) {
                QVERIFY2(survives(protocol, vector.octets), vector.where().c_str());
            }
        }
    }

    void givenCountsAndLengthsThatLie_whenDecoded_thenLittleMemoryIsTaken() {
        Octets points = fromHex("0200001400000000000000003fffffff00000000");
        QVERIFY(survives("PPID32", points));
        Octets causes(0xfffc);
        writeBigEndian<std::uint32_t>(causes, 0, 0x0e00fffc);
        writeBigEndian<std::uint32_t>(causes, 4, 0x000cfff8);
        for (std::size_t place = 8; place < causes.size(); place += 4) {
            writeBigEndian<std::uint32_t>(causes, place, 4);
        }
        QVERIFY(survives("ASAP", causes));
        QVERIFY(wire::decodeAsap(causes));
    }

    void givenWarmBuffers_whenMessagesComeAndGo_thenNoMemoryIsAskedFor() {
        const auto goesBackAndForth = []<typename Message>(std::type_identity<Message>, std::string_view place) {
            const Octets octets = vectorAt(place).octets;
            Message message;
            Octets again;
            QVERIFY(wire::decodeInto(octets, message));
            wire::encodeInto(message, again);
            allocationCount = 0;
            for (int time = 0; time < 3; ++time) {
                if (!wire::decodeInto(octets, message)) {
                    QFAIL("does not decode");
                }
                wire::encodeInto(message, again);
            }
            const std::size_t counted = allocationCount;
            QCOMPARE(counted, std::size_t{0});
        };
        goesBackAndForth(std::type_identity<wire::HandleResolution>{}, "handle-resolution 8");
        goesBackAndForth(std::type_identity<wire::HandleResolutionResponse>{}, "asap-errors 47");
        goesBackAndForth(std::type_identity<wire::EndpointKeepAlive>{}, "enrp-handle-update 28");
        goesBackAndForth(std::type_identity<wire::EndpointKeepAliveAck>{}, "enrp-handle-update 38");
        goesBackAndForth(std::type_identity<wire::Registration>{}, "enrp-handle-update 7");
        goesBackAndForth(std::type_identity<wire::RegistrationResponse>{}, "enrp-handle-update 10");
        goesBackAndForth(std::type_identity<wire::Presence>{}, "enrp-handle-update 12");
        goesBackAndForth(std::type_identity<wire::HandleUpdate>{}, "enrp-handle-update 9");
        goesBackAndForth(std::type_identity<wire::HandleTableResponse>{}, "enrp-join-table-download 16");
        goesBackAndForth(std::type_identity<wire::FractalData>{}, "service-fractal-failover 17");
        goesBackAndForth(std::type_identity<wire::Ping>{}, "service-pingpong-failover 13");
        goesBackAndForth(std::type_identity<wire::CspReport>{}, "csp 1");
    }
};

QTEST_GUILESS_MAIN(TestWireTorture)
#include "test_wire_torture.moc"
