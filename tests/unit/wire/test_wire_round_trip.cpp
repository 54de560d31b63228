// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever a message says, it still says after a journey as octets.
#include "core/wire/arbitrary.h"
#include "tests/unit/wire/all_messages.h"
#include "tests/unit/wire/any_message.h"

#include <QTest>

using namespace kolam;
using namespace kolam::test;
using namespace kolam::wire;

namespace {

constexpr int times = 1000;

/// For failures: which message, from which seed.
template <typename Message>
std::string which(std::uint64_t seed, const Message& message) {
    return "seed " + std::to_string(seed) + ": " + toText(message);
}

} // namespace

class TestWireRoundTrip : public QObject {
    Q_OBJECT
private slots:
    void givenArbitraryMessages_whenEncodedAndDecoded_thenTheyAreEqual() {
        forEveryMessage([]<typename Message>() {
            for (std::uint64_t seed = 0; seed < times; ++seed) {
                Random random{seed};
                const auto message = arbitrary<Message>(random);
                const auto decoded = decode<Message>(encode(message));
                QVERIFY2(decoded, which(seed, message).c_str());
                QCOMPARE(which(seed, *decoded), which(seed, message));
                QVERIFY2(*decoded == message, which(seed, message).c_str());
            }
        });
    }

    void givenAUsedMessage_whenAnotherIsDecodedIntoIt_thenNothingOfTheOldOneIsLeft() {
        forEveryMessage([]<typename Message>() {
            Random random{1};
            auto into = arbitrary<Message>(random);
            Octets octets;
            for (int time = 0; time < times; ++time) {
                const auto message = arbitrary<Message>(random);
                encodeInto(message, octets);
                QVERIFY2(decodeInto(octets, into), toText(message).c_str());
                QVERIFY2(into == message, toText(message).c_str());
            }
        });
    }

    void givenArbitraryMessages_whenEncoded_thenLengthsArePadded() {
        forEveryMessage([]<typename Message>() {
            Random random{2};
            for (int time = 0; time < times; ++time) {
                const auto message = arbitrary<Message>(random);
                const Octets octets = encode(message);
                QCOMPARE(octets.size(), encodedSize(message));
                if constexpr (requires { Message::type; }) {
                    QCOMPARE(std::size_t{readBigEndian<std::uint16_t>(octets, 2)}, octets.size());
                    if constexpr (!requires { Message::exactLength; }) {
                        QCOMPARE(octets.size() % 4, std::size_t{0});
                    }
                }
            }
        });
    }

    void givenNoOctetsAtAll_whenDecoded_thenItIsNoMessage() {
        forEveryMessage([]<typename Message>() {
            const auto decoded = decode<Message>(OctetView{}); // not even an address
            QVERIFY2(!decoded, Message::name.data());
            QCOMPARE(describe(decoded.error()), std::string{"truncated at 0"});
        });
    }

    void givenAMessageTooLongToSend_whenEncoded_thenNothingIsLeft() {
        Octets octets;
        Cookie cookie{.cookie = Octets(0xffff - 4 - 4)}; // with padding: 0x10000
        encodeInto(cookie, octets);
        QCOMPARE(encodedSize(cookie), std::size_t{0x10000});
        QVERIFY(octets.empty());
        cookie.cookie.resize(0xfffc - 4 - 4);
        encodeInto(cookie, octets);
        QCOMPARE(encodedSize(cookie), std::size_t{0xfffc});
        QCOMPARE(octets.size(), std::size_t{0xfffc});
        QVERIFY(decode<Cookie>(octets).value() == cookie);
        encodeInto(FractalData{.points = std::vector<std::uint32_t>(0x4000)}, octets);
        QVERIFY(octets.empty());
    }

    void givenArbitraryVariants_whenDecodedByType_thenTheRightAlternativeComes() {
        Random random{3};
        for (int time = 0; time < times; ++time) {
            const auto update = arbitrary<HandleUpdate>(random);
            const auto card = arbitrary<BusinessCard>(random);
            QCOMPARE(std::get<HandleUpdate>(decodeEnrp(encode(update)).value()), update);
            QCOMPARE(std::get<BusinessCard>(decodeAsap(encode(card)).value()), card);
        }
    }
};

QTEST_GUILESS_MAIN(TestWireRoundTrip)
#include "test_wire_round_trip.moc"
