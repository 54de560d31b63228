// SPDX-License-Identifier: GPL-3.0-or-later
// A registrar among strangers: wrong messages, floods, and what the access rules keep out. The order of answers, too:
// requesters of rsplib match them by order alone. Next door: test_registrar_side.cpp, the life among friends.
#include "tests/unit/asap/capture_reader.h"
#include "tests/unit/asap/registrar_fixture.h"

#include <QtTest>
#include <map>

using namespace kolam;
using namespace kolam::test;
using namespace Qt::StringLiterals;
using asap::IncidentKind;

namespace {

constexpr std::uint32_t honestAssociations = 20;
constexpr std::uint32_t elementsEach = 50;
constexpr std::uint64_t stranger = 200;

std::uint32_t elementOf(std::uint32_t association, std::uint32_t number) {
    return association * 1000 + number;
}

/// 1,000 elements in 4 pools.
void fill(RegistrarFixture& registrar) {
    for (std::uint32_t association = 1; association <= honestAssociations; ++association) {
        registrar.up(association);
        for (std::uint32_t number = 0; number < elementsEach; ++number) {
            registrar.receive(association, registrar.registration(association, elementOf(association, number),
                                                                  number % 2 == 0 ? "Even" : "Odd"));
        }
    }
    (void)registrar.sink.take();
    registrar.sink.sent.clear();
}

std::map<std::uint32_t, wire::PoolElement> snapshot(const Handlespace& handlespace) {
    std::map<std::uint32_t, wire::PoolElement> elements;
    for (const ElementRef element : handlespace.all()) {
        elements[handlespace.identifier(element).value] = handlespace.element(element);
    }
    return elements;
}

/// Messages of every kind that could do harm, about somebody else's element.
std::vector<Octets> attacksOn(const PoolHandle& pool, PeIdentifier element) {
    auto registration = RegistrarFixture::registration(stranger, element.value);
    registration.poolHandle = pool;
    registration.element.policy.weight = 7;
    return {wire::encode(registration), wire::encode(wire::Deregistration{pool, element}),
            wire::encode(wire::EndpointKeepAliveAck{{}, pool, element}),
            wire::encode(wire::EndpointUnreachable{pool, element}),
            wire::encode(wire::DeregistrationResponse{pool, element, std::nullopt})};
}

/// What travels through a registrar's day, one message of each kind.
std::vector<Octets> specimens() {
    const PoolHandle pool{"Even"};
    wire::HandleResolution resolution;
    resolution.poolHandle = pool;
    resolution.items = 3;
    auto all = attacksOn(pool, PeIdentifier{elementOf(1, 0)});
    all.push_back(wire::encode(resolution));
    all.push_back(wire::encode(wire::ServerAnnounce{ServerId{5}, {}}));
    all.push_back(wire::encode(wire::Cookie{Octets(8)}));
    all.push_back(wire::encode(wire::AsapError{{{{wire::CauseCode::Unspecified, {}}}}}));
    all.push_back(fromHex("2a0000100009000a5252506f6f6c0000"));
    all.push_back(fromHex("6a0000100009000a5252506f6f6c0000"));
    return all;
}

} // namespace

class TestRegistrarHostile : public QObject {
    Q_OBJECT
private slots:

    void givenThousandElements_whenStrangerAttacksEach_thenNoneIsRemovedOrChanged() {
        RegistrarFixture registrar;
        fill(registrar);
        const auto before = snapshot(registrar.handlespace);
        QCOMPARE(before.size(), std::size_t{1000});
        registrar.up(stranger);
        for (const auto& [id, element] : before) {
            for (const char* pool : {"Even", "Odd"}) {
                for (const Octets& attack : attacksOn(PoolHandle{pool}, PeIdentifier{id})) {
                    registrar.receiveOctets(stranger, attack);
                }
            }
            // The reports make the registrar ask, and the elements answer: they live.
            for (const char* pool : {"Even", "Odd"}) {
                registrar.receive(id / 1000, wire::EndpointKeepAliveAck{{}, PoolHandle{pool}, PeIdentifier{id}});
            }
        }
        auto after = snapshot(registrar.handlespace);
        std::erase_if(after, [&](const auto& entry) { return !before.contains(entry.first); });
        QCOMPARE(after.size(), before.size());
        for (const auto& [id, element] : before) {
            const PoolHandle pool{id % 2 == 0 ? "Even" : "Odd"};
            const ElementRef found = registrar.handlespace.find(pool, PeIdentifier{id});
            QVERIFY(!found.isNull());
            QVERIFY(registrar.handlespace.element(found) == element);
        }
        QVERIFY(registrar.machine.counters().of(IncidentKind::Stranger) >= 2000);
        QCOMPARE(registrar.machine.counters().of(asap::RemovalReason::KeepAliveTimeout), std::uint64_t{0});
    }

    void givenEveryTruncationAndOctetChange_whenReceived_thenTheElementsStayAsTheyWere() {
        RegistrarFixture registrar;
        fill(registrar);
        const auto before = snapshot(registrar.handlespace);
        registrar.up(stranger);
        for (const Octets& good : specimens()) {
            for (std::size_t length = 0; length < good.size(); ++length) {
                registrar.receiveOctets(stranger, OctetView{good}.first(length));
            }
            Octets changed = good;
            for (std::byte& octet : changed) {
                const std::byte kept = octet;
                for (int value = 0; value < 256; ++value) {
                    octet = static_cast<std::byte>(value);
                    registrar.receiveOctets(stranger, changed);
                }
                octet = kept;
            }
            registrar.sink.sent.clear();
            (void)registrar.sink.take();
        }
        QVERIFY(registrar.machine.counters().of(IncidentKind::Malformed) > 1000);
        for (const auto& [id, element] : before) {
            const ElementRef found =
                registrar.handlespace.find(PoolHandle{id % 2 == 0 ? "Even" : "Odd"}, PeIdentifier{id});
            QVERIFY(!found.isNull() && registrar.handlespace.element(found) == element);
        }
        QVERIFY(registrar.handlespace.elementCount() <= 1000 + 64); // what is the stranger's own, up to its quota
    }

    void givenGarbage_whenReceived_thenItIsCountedAndHonestRequestsAreAnswered() {
        RegistrarFixture registrar;
        fill(registrar);
        registrar.up(stranger);
        Random random{77};
        for (int i = 0; i < 100'000; ++i) {
            Octets garbage(random.below(64));
            for (std::byte& octet : garbage) {
                octet = static_cast<std::byte>(random.below(256));
            }
            if (garbage.size() >= 4 && random.chance(0.8)) { // let it get past the first check
                garbage[0] = static_cast<std::byte>(random.below(16));
                writeBigEndian(garbage, 2, static_cast<std::uint16_t>(garbage.size()));
            }
            registrar.receiveOctets(stranger, garbage);
            registrar.sink.sent.clear();
        }
        (void)registrar.sink.take();
        const auto& counters = registrar.machine.counters();
        QVERIFY(counters.of(IncidentKind::Malformed) > 50'000);
        wire::HandleResolution ask;
        ask.poolHandle = PoolHandle{"Even"};
        registrar.receive(1, ask);
        const auto answer = wire::decode<wire::HandleResolutionResponse>(registrar.sink.sent.back());
        QVERIFY(answer.has_value() && answer->elements.size() == 3);
        QCOMPARE(registrar.handlespace.elementCount(), std::size_t{1000});
    }

    void givenAnyMixOfRequests_whenAnswered_thenEachHasExactlyOneAnswerInOrder() {
        auto settings = testSettings();
        settings.limits.resolutions = {20, 10}; // what is refused is answered, too
        settings.limits.elementsPerAssociation = 20;
        RegistrarFixture registrar{settings};
        registrar.up(1);
        registrar.up(2);
        Random random{5};
        std::vector<std::uint8_t> expected;
        const auto broken = [](Octets octets) {
            octets.resize(octets.size() - 4);
            return octets;
        };
        for (int i = 0; i < 5000; ++i) {
            const auto element = static_cast<std::uint32_t>(random.below(100));
            const std::uint64_t from = 1 + random.below(2);
            wire::HandleResolution ask;
            ask.poolHandle = PoolHandle{random.chance(0.5) ? "Pool" : "None"};
            const std::array<std::pair<Octets, std::uint8_t>, 5> choices{
                {{wire::encode(registrar.registration(from, element)), wire::RegistrationResponse::type},
                 {wire::encode(wire::Deregistration{PoolHandle{"Pool"}, PeIdentifier{element}}),
                  wire::DeregistrationResponse::type},
                 {wire::encode(ask), wire::HandleResolutionResponse::type},
                 {broken(wire::encode(registrar.registration(from, element))), wire::AsapError::type},
                 {broken(wire::encode(ask)), wire::AsapError::type}}};
            const auto& [octets, answer] = choices[random.below(choices.size())];
            registrar.receiveOctets(from, octets);
            expected.push_back(answer);
            registrar.now += Duration{random.below(200'000)};
        }
        QCOMPARE(registrar.sink.sent.size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            QCOMPARE(wire::peekType(registrar.sink.sent[i]), expected[i]);
        }
        QVERIFY(registrar.machine.counters().of(IncidentKind::TooFast) > 0);
    }

    void givenErrorMessages_whenReceived_thenNothingIsAnswered() {
        RegistrarFixture registrar;
        registrar.up(1);
        registrar.receive(1, wire::AsapError{{{{wire::CauseCode::Unspecified, {}}}}});
        registrar.receiveOctets(1, fromHex("0e000008000c0003")); // and none about a broken one
        registrar.receiveOctets(1, fromHex("2a0000100009000a5252506f6f6c0000"));
        QVERIFY(registrar.sink.sent.empty());
    }

    // ---- Floods ----

    void givenFloodOfRegistrations_whenOver_thenTheQuotaHoldsAndServiceIsBack() {
        auto settings = testSettings();
        settings.limits = {};
        RegistrarFixture registrar{settings};
        registrar.up(stranger);
        for (std::uint32_t id = 1; id <= 100'000; ++id) {
            registrar.receive(stranger, registrar.registration(stranger, id));
            registrar.now += 10us;
        }
        QCOMPARE(registrar.handlespace.elementCount(), std::size_t{64});
        QVERIFY(registrar.machine.counters().of(IncidentKind::TooFast) > 90'000);
        QVERIFY(registrar.machine.counters().of(IncidentKind::TooMany) > 0);
        registrar.now += 5s; // unlike a counter that once ran over, the bucket fills again
        registrar.sink.sent.clear();
        registrar.receive(stranger, registrar.registration(stranger, 1));
        QCOMPARE(toHex(registrar.sink.sent.back()).substr(0, 8), std::string("03000014"));
    }
    void givenManyPools_whenRegistered_thenTheQuotaHolds() {
        RegistrarFixture registrar;
        registrar.up(1);
        for (std::uint32_t id = 1; id <= 40; ++id) {
            registrar.receive(1, registrar.registration(1, id, fmt::format("Pool-{}", id).c_str()));
        }
        QCOMPARE(registrar.handlespace.poolCount(), std::size_t{16});
        registrar.receive(1, registrar.registration(1, 99, "Pool-1"));
        QCOMPARE(registrar.handlespace.elementCount(), std::size_t{17});
    }
    void givenFullPool_whenAnotherElementRegisters_thenItIsRefused() {
        auto settings = testSettings();
        settings.limits.elementsPerPool = 3;
        RegistrarFixture registrar{settings};
        registrar.up(1);
        for (std::uint32_t id = 1; id <= 5; ++id) {
            registrar.receive(1, registrar.registration(1, id));
        }
        QCOMPARE(registrar.handlespace.elementCount(), std::size_t{3});
        registrar.receive(1, registrar.registration(1, 1)); // who is in may go on
        QCOMPARE(registrar.machine.counters().reRegistrations, std::uint64_t{1});
    }
    void givenFloodOfResolutions_whenOver_thenTheBucketFillsAgain() {
        auto settings = testSettings();
        settings.limits = {};
        RegistrarFixture registrar{settings};
        registrar.up(1);
        registrar.receive(1, registrar.registration(1, 0xa));
        wire::HandleResolution ask;
        ask.poolHandle = PoolHandle{"Pool"};
        for (int i = 0; i < 3000; ++i) {
            registrar.receive(1, ask);
        }
        QCOMPARE(registrar.machine.counters().resolutions, std::uint64_t{1000});
        (void)registrar.sink.take();
        registrar.receive(1, ask);
        QCOMPARE(registrar.sink.take(),
                 u"incident: too fast\n"
                 "send to 1: ASAP_HANDLE_RESOLUTION_RESPONSE pool-handle=Pool error=\"lack of resources\"\n"_s);
        registrar.now += 1s;
        for (int i = 0; i < 300; ++i) {
            registrar.receive(1, ask);
        }
        QCOMPARE(registrar.machine.counters().resolutions, std::uint64_t{1200});
    }
    void givenFloodOfReportsByManyAssociations_whenElementsAnswer_thenNoneIsRemoved() {
        RegistrarFixture registrar;
        fill(registrar);
        for (std::uint64_t reporter = 100; reporter < 110; ++reporter) {
            registrar.up(reporter);
        }
        for (int round = 0; round < 10'000; ++round) {
            const std::uint32_t association = 1 + static_cast<std::uint32_t>(round) % honestAssociations;
            const std::uint32_t id = elementOf(association, 0);
            for (std::uint64_t reporter = 100; reporter < 110; ++reporter) {
                registrar.receive(reporter, wire::EndpointUnreachable{PoolHandle{"Even"}, PeIdentifier{id}});
            }
            registrar.pass(1ms);
            registrar.receive(association, wire::EndpointKeepAliveAck{{}, PoolHandle{"Even"}, PeIdentifier{id}});
            registrar.sink.sent.clear();
            (void)registrar.sink.take();
        }
        const auto& counters = registrar.machine.counters();
        QCOMPARE(counters.of(asap::RemovalReason::Unreachable), std::uint64_t{0});
        // 20 elements, 10 s, one probe a second for each: what a flood costs those that are reported.
        QVERIFY2(counters.keepAlives < 20 * 12 + 3000, qPrintable(QString::number(counters.keepAlives)));
        for (std::uint32_t association = 1; association <= honestAssociations; ++association) {
            QVERIFY(!registrar.handlespace.find(PoolHandle{"Even"}, PeIdentifier{elementOf(association, 0)}).isNull());
        }
    }
    void givenManyAssociationsOfOneHost_whenOverTheLimit_thenTheyAreClosedAndOthersCome() {
        RegistrarFixture registrar;
        for (std::uint64_t id = 1; id <= 70; ++id) {
            registrar.up(id, {{IpAddress::v4(10, 1, 1, 1)}, static_cast<std::uint16_t>(id)});
        }
        QCOMPARE(registrar.sink.take().count(u"abort"_s), 6);
        registrar.up(71, {{IpAddress::v4(10, 1, 1, 2)}, 1});
        registrar.down(1);
        registrar.up(72, {{IpAddress::v4(10, 1, 1, 1)}, 72});
        QCOMPARE(registrar.sink.take(), QString());
        registrar.receive(70, registrar.registration(70, 0xa)); // closed, though messages may still arrive
        QCOMPARE(registrar.sink.take(), QString());
        for (std::uint64_t id = 100; id <= 300; ++id) { // programs on one host's loopback are no flood
            registrar.up(id, {{IpAddress::v4(127, 0, 0, 1)}, static_cast<std::uint16_t>(id)});
        }
        QCOMPARE(registrar.sink.take(), QString());
    }
    void givenLongPoolHandle_whenAskedFor_thenItIsRefusedWithOneAnswer() {
        RegistrarFixture registrar;
        registrar.up(1);
        wire::HandleResolution ask;
        ask.poolHandle = PoolHandle{std::string(60'000, 'x')};
        registrar.receive(1, ask);
        auto message = registrar.registration(1, 1);
        message.poolHandle = ask.poolHandle;
        registrar.receive(1, message);
        QCOMPARE(registrar.sink.take(), u"incident: malformed\nsend to 1: ASAP_ERROR error=\"lack of resources\"\n"
                                        "incident: malformed\nsend to 1: ASAP_ERROR error=\"lack of resources\"\n"_s);
    }

    // ---- Access ----

    void givenAccessRules_whenRequestsComeFromOutside_thenTheyAreRefusedAndAnswered() {
        AccessRules rules{{}, {*AccessRule::parse("* pool=Secret* from=10.0.0.3")}};
        RegistrarFixture registrar{testSettings(), std::move(rules)};
        registrar.up(1); // 10.0.0.2
        registrar.up(2); // 10.0.0.3
        registrar.receive(1, registrar.registration(1, 0xa, "Secret-1"));
        (void)registrar.sink.take();
        wire::HandleResolution ask;
        ask.poolHandle = PoolHandle{"Secret-1"};
        registrar.receive(2, ask);
        registrar.receive(2, registrar.registration(2, 0xb, "Secret-1"));
        registrar.receive(2, wire::Deregistration{PoolHandle{"Secret-1"}, PeIdentifier{0xa}});
        registrar.receive(2, wire::EndpointUnreachable{PoolHandle{"Secret-1"}, PeIdentifier{0xa}});
        registrar.receive(2, registrar.registration(2, 0xb, "Open"));
        QCOMPARE(registrar.sink.take(),
                 u"incident: not allowed\n"
                 "send to 2: ASAP_HANDLE_RESOLUTION_RESPONSE pool-handle=Secret-1 "
                 "error=\"rejected due to security considerations\"\n"
                 "incident: not allowed\n"
                 "send to 2: ASAP_REGISTRATION_RESPONSE reject pool-handle=Secret-1 pe-identifier=0x0000000b "
                 "error=\"rejected due to security considerations\"\n"
                 "incident: not allowed\n"
                 "send to 2: ASAP_DEREGISTRATION_RESPONSE pool-handle=Secret-1 pe-identifier=0x0000000a "
                 "error=\"rejected due to security considerations\"\n"
                 "incident: not allowed\n"
                 "element 0x0000000b of Open added\n"
                 "send to 2: ASAP_REGISTRATION_RESPONSE pool-handle=Open pe-identifier=0x0000000b\n"_s);
        QCOMPARE(registrar.access.counts(Verb::Register).denied, std::uint64_t{1});
        QCOMPARE(registrar.access.counts(Verb::Register).allowed, std::uint64_t{2});
    }

    // ---- The reference's answers ----

    /// Replays what a test client sent to rsplib's registrar. Where the specification wants what rsplib does, the
    /// answer must be the same octet for octet.
    void givenCaptureOfErrors_whenReplayed_thenOurAnswersAreTheReferencesOrTheSpecified() {
        // By frame, what ours says instead of private causes, of causes without their data, and of silence.
        const std::map<int, std::string_view> ours{
            {60, "reject|\"inconsistent pooling policy\":0008000800000001"},
            {63, "reject|\"inconsistent transport type\":0004001003e9"}, // rsplib: 0x100a
            {69, "reject|\"invalid values\":0008000800000099"},          // rsplib: ASAP_ERROR 0x100b
            {72, "reject|\"invalid values\":000a0028"},                  // rsplib: 0xf000
            {75, "reject|\"invalid values\":0004001003f1"},              // rsplib: 0xf008
            {78, "reject|\"invalid values\":0004001003f1"},              // rsplib: ASAP_ERROR 0x0011
            {81, "reject|\"invalid values\":000400100000"},              // rsplib: 0xf005
            {123, "ASAP_ERROR|unrecognised message"},                    // rsplib: silence
            {136, "ASAP_ERROR"},                                         // rsplib: 0x0003 without data
            {139, "ASAP_ERROR"},                                         // rsplib: 0x0011
            {142, "ASAP_ERROR|unspecified error"},                       // rsplib: 0x0010
            {145, "ASAP_ERROR|unspecified error"},                       // rsplib: 0x0010
            {151, "ASAP_ERROR|unspecified error"},                       // rsplib: 0x0003 without data
            {154, "ASAP_ERROR|\"invalid values\":0008000800000002"},     // rsplib: 0x0011
            {163, "reject|inconsistent transport type"},                 // rsplib does not know UDP-Lite
            {165, "reject|\"invalid values\":0010"}, // nor opaque transports, whose address nobody can check
        };
        constexpr int resolvedByUsOnly = 107; // rsplib skips a parameter without its padding
        const auto conversation = readCapture(KOLAM_CAPTURES "/asap-errors.pcap");
        QVERIFY(conversation.size() > 80);
        RegistrarFixture registrar;
        registrar.up(1, {{IpAddress::v4(10, 255, 255, 1)}, 47942});
        int equal = 0;
        for (std::size_t i = 0; i < conversation.size(); ++i) {
            const CapturedMessage& request = conversation[i];
            if (request.destinationPort != wire::asapPort || request.frame == resolvedByUsOnly) {
                continue;
            }
            std::string reference;
            for (std::size_t next = i + 1;
                 next < conversation.size() && conversation[next].destinationPort != wire::asapPort; ++next) {
                if (wire::peekType(conversation[next].data) != wire::EndpointKeepAlive::type) {
                    reference += toHex(conversation[next].data) + ' ';
                }
            }
            registrar.sink.sent.clear();
            (void)registrar.sink.take();
            registrar.receiveOctets(1, request.data);
            const std::string text = registrar.sink.take().toStdString();
            if (const auto specified = ours.find(request.frame); specified != ours.end()) {
                QCOMPARE(registrar.sink.sent.size(), std::size_t{1});
                for (const QString& part :
                     QString::fromUtf8(specified->second.data(), static_cast<qsizetype>(specified->second.size()))
                         .split(u'|')) {
                    QVERIFY2(text.find(part.toStdString()) != std::string::npos,
                             fmt::format("frame {}: {}", request.frame, text).c_str());
                }
                continue;
            }
            std::string answer;
            for (const Octets& octets : registrar.sink.sent) {
                answer += toHex(octets) + ' ';
            }
            QVERIFY2(answer == reference,
                     fmt::format("frame {}:\nours   {}\nrsplib {}", request.frame, answer, reference).c_str());
            ++equal;
        }
        QVERIFY2(equal >= 35, fmt::format("{} answers were equal", equal).c_str());
    }
};

QTEST_APPLESS_MAIN(TestRegistrarHostile)
#include "test_registrar_hostile.moc"
