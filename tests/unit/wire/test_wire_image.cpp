// SPDX-License-Identifier: GPL-3.0-or-later
// Parameters on their own are the same octets as in their messages.
#include "core/wire/arbitrary.h"
#include "core/wire/image.h"
#include "tests/unit/wire/any_message.h"
#include "tests/unit/wire/vectors.h"

#include <QTest>

using namespace kolam;
using namespace kolam::test;
using namespace kolam::wire;

namespace {

Octets imageOf(const auto& value) {
    Octets image(imageSize(value));
    std::byte* const end = writeImage(value, image.data());
    if (end != image.data() + image.size()) {
        qFatal("an image of another size than promised");
    }
    return image;
}

constexpr int times = 1000;

} // namespace

class TestWireImage : public QObject {
    Q_OBJECT
private slots:
    void givenArbitraryElements_whenWrittenAsImages_thenTheyAreReadBack() {
        Random random{1};
        PoolElement again;
        for (int time = 0; time < times; ++time) {
            const PoolElement element = arbitrary<Registration>(random).element;
            const Octets image = imageOf(element);
            QCOMPARE(image.size() % 4, std::size_t{0});
            QVERIFY(readImage(image, again));
            QVERIFY(again == element);
        }
    }

    void givenAnImage_whenCutOrContinued_thenItIsRefused() {
        Random random{2};
        PoolElement again;
        Octets image = imageOf(arbitrary<Registration>(random).element);
        for (std::size_t size = 0; size + 4 <= image.size(); ++size) {
            QVERIFY(!readImage(OctetView{image}.first(size), again));
        }
        image.resize(image.size() + 4);
        QVERIFY(!readImage(image, again));
        QVERIFY(!readImage(OctetView{}, again));
    }

    void givenMessages_whenMadeFromImages_thenTheyAreThoseOfTheCodec() {
        Random random{3};
        Octets made;
        for (int time = 0; time < times; ++time) {
            auto response = arbitrary<HandleResolutionResponse>(random);
            response.error.reset();
            response.subscribed = false;
            std::vector<Octets> kept{imageOf(response.poolHandle)};
            if (response.policy) {
                kept.push_back(imageOf(*response.policy));
            }
            for (const PoolElement& element : response.elements) {
                kept.push_back(imageOf(element));
            }
            const std::vector<OctetView> images(kept.begin(), kept.end());
            encodeFromImages(HandleResolutionResponse::type, 0, {}, images, made);
            QCOMPARE(toHex(made), toHex(encode(response)));
        }
    }

    void givenATable_whenMadeFromImages_thenItIsThatOfRsplib() {
        const Octets& captured = vectorAt("enrp-join-table-download 16").octets;
        const auto table = decode<HandleTableResponse>(captured).value();
        std::vector<Octets> kept;
        for (const PoolEntry& entry : table.pools) {
            kept.push_back(imageOf(entry.poolHandle));
            for (const PoolElement& element : entry.elements) {
                kept.push_back(imageOf(element));
            }
        }
        const std::vector<OctetView> images(kept.begin(), kept.end());
        const std::array words{table.sender.value, table.receiver.value};
        Octets made;
        encodeFromImages(HandleTableResponse::type, 0x02, words, images, made);
        QCOMPARE(toHex(made), toHex(captured));
    }

    void givenParameters_whenQuoted_thenTheirPaddingIsLeftOut() {
        QCOMPARE(toHex(quoted(PoolHandle{"A"})), std::string{"0009000541"});
        QCOMPARE(toHex(quoted(PoolHandle{})), std::string{"00090004"});
        QCOMPARE(toHex(quoted(Policy{.type = PolicyType::WeightedRoundRobin, .weight = 17})),
                 std::string{"0008000c0000000200000011"});
        QCOMPARE(toHex(quoted(TransportParameter{.port = 3863, .addresses = {IpAddress::v4(10, 255, 255, 1)}})),
                 std::string{"000400100f170000000100080affff01"});
        QCOMPARE(toHex(quoted(ServerInformation{ServerId{0x11111111},
                                                {.port = 9901, .addresses = {IpAddress::v4(10, 255, 255, 1)}}})),
                 std::string{"000b0018111111110004001026ad0000000100080affff01"});
        QCOMPARE(toHex(quoted(TransportParameter{.protocol = TransportProtocol::Opaque, .opaque = fromHex("616263")})),
                 std::string{"00100007616263"});
    }
};

QTEST_GUILESS_MAIN(TestWireImage)
#include "test_wire_image.moc"
