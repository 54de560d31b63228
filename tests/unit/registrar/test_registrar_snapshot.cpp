// SPDX-License-Identifier: GPL-3.0-or-later
// A registrar's lines for viewers: what is written is read again, and whatever else is read is an error, never more.
#include "core/base/random.h"
#include "core/telemetry/registrar_snapshot.h"

#include <QtTest>

using namespace kolam;
using namespace kolam::telemetry;
using namespace std::chrono_literals;

namespace {

wire::PoolElement element(std::uint32_t id, wire::Policy policy) {
    wire::PoolElement result;
    result.identifier = PeIdentifier{id};
    result.homeRegistrar = ServerId{0x11111111};
    result.life = wire::RegistrationLife{6'000};
    result.userTransport.port = 4711;
    result.userTransport.addresses = {IpAddress::v4(10, 0, 0, 1), *IpAddress::parse("2001:db8::1")};
    result.userTransport.use = wire::TransportUse::DataPlusControl;
    result.policy = policy;
    return result;
}

RegistrarSnapshot example() {
    RegistrarSnapshot snapshot;
    snapshot.summary = {
        .id = ServerId{0x11111111},
        .pid = 42,
        .asap = TransportAddress{{IpAddress::v4(127, 0, 0, 1)}, 3863},
        .enrp = TransportAddress{{*IpAddress::parse("::1")}, 9901},
        .serving = true,
        .elements = 4,
        .pools = 2,
        .ownElements = 4,
        .peers = {
            {.id = ServerId{7},
             .address = {{IpAddress::v4(127, 0, 0, 1)}, 9902},
             .contact =
                 RegistrarPeer::Contact{
                     .state = "active", .extensions = true, .connected = true, .inSync = false, .silentFor = 123ms},
             .elements = 2},
            {.id = ServerId{8}, .address = {}, .contact = {}, .elements = 0}}};
    wire::PoolEntry& echo = snapshot.pools.emplace_back();
    echo.poolHandle = PoolHandle{"EchoPool"};
    echo.elements = {element(1, {.type = wire::PolicyType::RoundRobin}),
                     element(2, {.type = wire::PolicyType::RoundRobin})};
    echo.elements[1].life = wire::endlessLife;
    wire::PoolEntry& strange = snapshot.pools.emplace_back();
    strange.poolHandle = PoolHandle{std::string{"\x1b[2J\0\xff\"", 7}};
    strange.elements = {element(3, {.type = wire::PolicyType::LeastUsedDegradationDpf,
                                    .load = 1,
                                    .degradation = 2,
                                    .penaltyFactor = 3,
                                    .distance = 4}),
                        element(0xffffffff, {.type = wire::PolicyType::WeightedRandom, .weight = 10})};
    strange.elements[0].userTransport.protocol = wire::TransportProtocol::Udp;
    return snapshot;
}

std::string lines(const RegistrarSnapshot& snapshot) {
    std::string text = summaryLine(snapshot.summary) + "\n";
    std::size_t elements = 0;
    for (const wire::PoolEntry& pool : snapshot.pools) {
        for (const wire::PoolElement& each : pool.elements) { // a line for each: a pool in several parts
            wire::PoolEntry part;
            part.poolHandle = pool.poolHandle;
            part.elements = {each};
            text += poolLine(part) + "\n";
            ++elements;
        }
    }
    return text + endLine(elements) + "\n";
}

} // namespace

class TestRegistrarSnapshot : public QObject {
    Q_OBJECT
private slots:
    void givenSnapshot_whenWrittenAndRead_thenItIsTheSame() {
        const auto read = readSnapshot(lines(example()));
        QVERIFY2(read.has_value(), read ? "" : read.error().c_str());
        QVERIFY(*read == example());
    }
    void givenHostileHandle_whenWritten_thenNoOctetOfItCanHarmATerminal() {
        const std::string text = lines(example()) + toJson(example());
        QVERIFY(std::ranges::all_of(text, [](char c) { return c == '\n' || (c >= 0x20 && c < 0x7f); }));
        QVERIFY(text.find("\"octets\":\"1b5b324a00ff22\"") != std::string::npos);
    }
    void givenUnfinishedAnswer_whenRead_thenItIsNotTakenForAll() {
        const std::string all = lines(example());
        const std::string withoutEnd = all.substr(0, all.rfind("{\"end\""));
        QCOMPARE(readSnapshot(withoutEnd).error(), std::string("the answer is not complete"));
        QCOMPARE(readSnapshot("").error(), std::string("the answer is not complete"));
        const std::string onePartLess = summaryLine(example().summary) + "\n" + endLine(4);
        QCOMPARE(readSnapshot(onePartLess).error(), std::string("the answer is not complete"));
    }
    void givenErrorOrAnotherVersion_whenRead_thenTheErrorSaysSo() {
        QCOMPARE(readSnapshot(R"({"error":"too busy"})").error(),
                 std::string("line 1 of the answer: the component says: too busy"));
        QCOMPARE(readSnapshot(R"({"kolam":"registrar","version":2})").error(),
                 std::string("line 1 of the answer: version 2 is not known here"));
        QCOMPARE(readSnapshot(R"({"kolam":"element","version":1})").error(),
                 std::string("line 1 of the answer: another kind of component"));
    }
    void givenKeysOfALaterVersion_whenRead_thenTheyAreIgnored() {
        std::string text = lines(example());
        text.insert(1, R"("news":[1,2,{"a":null}],)");
        QVERIFY(readSnapshot(text).has_value());
    }
    void givenDamagedAnswers_whenRead_thenNothingWorseThanAnErrorHappens() {
        const std::string good = lines(example());
        Random random{20261125};
        for (int i = 0; i < 20'000; ++i) {
            std::string bad = good;
            for (std::size_t edits = 1 + random.below(4); edits > 0; --edits) {
                const std::size_t at = random.below(bad.size());
                switch (random.below(4)) {
                case 0: bad[at] = static_cast<char>(random.below(256)); break;
                case 1: bad.erase(at, 1 + random.below(20)); break;
                case 2: bad.insert(at, bad.substr(random.below(bad.size()), 1 + random.below(20))); break;
                default: bad.resize(at); break;
                }
                if (bad.empty()) {
                    break;
                }
            }
            static_cast<void>(readSnapshot(bad));
        }
    }
    void givenQueries_whenRead_thenOnlyTheKnownOnesAreUnderstood() {
        QVERIFY(readSnapshotQuery(snapshotQuery(Detail::Everything)) == Detail::Everything);
        QVERIFY(readSnapshotQuery(snapshotQuery(Detail::Summary)) == Detail::Summary);
        for (const char* bad :
             {"", "snapshot", "[]", "7", "{\"query\":\"snapshot\"}", "{\"query\":7,\"version\":1}",
              "{\"query\":\"song\",\"version\":1}", "{\"query\":\"snapshot\",\"version\":9}", "{{{{"}) {
            QVERIFY2(!readSnapshotQuery(bad).has_value(), bad);
        }
    }
};

QTEST_APPLESS_MAIN(TestRegistrarSnapshot)
#include "test_registrar_snapshot.moc"
