// SPDX-License-Identifier: GPL-3.0-or-later
// Registrars of ours and of rsplib keep one handlespace: they join each other, tell each other what changes, and their
// checksums agree, so that nobody downloads tables for ever.
// Next door: test_takeover_rsplib.cpp, when one of them dies.
#include "tests/interop/common/guest_test.h"
#include "tests/interop/mesh/mesh_checks.h"

#include <csignal>

using namespace kolam;
using namespace kolam::interop;

class TestMeshRsplib : public GuestTest {
    Q_OBJECT
private slots:
    void givenTheirRegistrar_whenOursJoins_thenItHasTheTable();
    void givenOurRegistrar_whenTheirsJoins_thenItHasTheTable();
    void givenTheirRegistrarWithSmallParts_whenOursJoins_thenItGetsThemAll();
    void givenOurRegistrarWithManyElements_whenTheirsJoins_thenItGetsAllParts();
    void givenNoMulticast_whenOursNamesTheirs_thenTheyAreOneMesh();
    void givenNoMulticast_whenTheirsNamesOurs_thenTheyAreOneMesh();
    void givenTwoOfOursAndOneOfTheirs_whenAllStartTogether_thenTheyAreOneMesh();
    void givenOneOfOursAndTwoOfTheirs_whenTwoJoinAtOnce_thenTheyAreOneMesh();
    void givenMixedMesh_whenOurElementsComeAndGo_thenTheirsKnows();
    void givenMixedMesh_whenTheirElementsComeAndGo_thenOursKnows();
    void givenElementsOfBoth_whenNothingHappens_thenNobodyDownloadsAnything();
    void givenMixedMesh_whenDumped_thenBothShowBothElements_data();
    void givenMixedMesh_whenDumped_thenBothShowBothElements();
    void givenMixedMesh_whenTheNetworkWasAwayForAWhile_thenTheTablesAgreeAgain();
};

void TestMeshRsplib::givenTheirRegistrar_whenOursJoins_thenItHasTheTable() {
    combination("kolam-registrar", "rspregistrar", "ours joins theirs, which is its mentor");
    const auto mentor = theirRegistrar(1, 0x22222222);
    QVERIFY(until([&] { return isReady(*mentor); }));
    const auto server = theirServer("echo", "EchoPool", 0x0a000001, theirAsap());
    QVERIFY(untilResolved(theirAsap(), "EchoPool", {0x0a000001}));
    const auto ours = ourRegistrar(1, 0x11111111);
    QVERIFY(ours);
    QVERIFY(until([&] { return ours->serving() && ours->handlespace().elementCount() == 1; }));
    QVERIFY(until([&] { return peersOf(*ours) == "0x22222222 active, in sync, 1 elements\n"; }));
    QVERIFY(untilResolved(ourAsap(), "EchoPool", {0x0a000001}));
}

void TestMeshRsplib::givenOurRegistrar_whenTheirsJoins_thenItHasTheTable() {
    combination("kolam-registrar", "rspregistrar", "theirs joins ours, which is its mentor");
    const auto ours = ourRegistrar(1, 0x11111111);
    QVERIFY(ours);
    QVERIFY(until([&] { return ours->serving(); }));
    const auto element = ourElement("EchoPool", 0x0b000001, ourAsap());
    QVERIFY(element);
    const auto theirs = theirRegistrar(1, 0x22222222);
    QVERIFY(until([&] { return theirs->said("after obtaining handlespace from mentor server"); }));
    QVERIFY(untilResolved(theirAsap(), "EchoPool", {0x0b000001}));
}

void TestMeshRsplib::givenTheirRegistrarWithSmallParts_whenOursJoins_thenItGetsThemAll() {
    combination("kolam-registrar", "rspregistrar, two elements a part", "ours downloads a table in parts");
    const auto mentor = theirRegistrar(1, 0x22222222, {"-maxelementsperhtrequest=2"});
    QVERIFY(until([&] { return isReady(*mentor); }));
    std::vector<std::unique_ptr<Program>> servers;
    std::set<std::uint32_t> all;
    for (std::uint32_t id = 0x0a000001; id <= 0x0a000005; ++id) {
        servers.push_back(theirServer("echo", "EchoPool", id, theirAsap()));
        all.insert(id);
    }
    QVERIFY(untilResolved(theirAsap(), "EchoPool", all));
    const auto ours = ourRegistrar(1, 0x11111111);
    QVERIFY(ours);
    QVERIFY(until([&] { return ours->serving() && ours->handlespace().elementCount() == 5; }));
    QVERIFY(ours->meshCounters().tableParts >= 3);
}

void TestMeshRsplib::givenOurRegistrarWithManyElements_whenTheirsJoins_thenItGetsAllParts() {
    combination("kolam-registrar, 60 elements", "rspregistrar", "theirs downloads a table in parts");
    const auto ours = ourRegistrar(1, 0x11111111);
    QVERIFY(ours);
    QVERIFY(until([&] { return ours->serving(); }));
    std::vector<std::unique_ptr<EchoElement>> elements;
    std::set<std::uint32_t> all;
    for (std::uint32_t id = 0x0b000001; id <= 0x0b00003c; ++id) {
        elements.push_back(ourElement("EchoPool", id, ourAsap()));
        QVERIFY(elements.back());
        all.insert(id);
    }
    const auto theirs = theirRegistrar(1, 0x22222222);
    QVERIFY(until([&] { return theirs->said("after obtaining handlespace from mentor server"); }));
    QVERIFY(untilResolved(theirAsap(), "EchoPool", all));
    QVERIFY(untilQuiet(*this, {ours.get()}, {theirs.get()}));
}

void TestMeshRsplib::givenNoMulticast_whenOursNamesTheirs_thenTheyAreOneMesh() {
    combination("kolam-registrar --peer", "rspregistrar", "static peer without multicast: ours calls");
    const auto theirs = theirRegistrar(1, 0x22222222, {"-enrpannounce=off"});
    QVERIFY(until([&] { return isReady(*theirs); }));
    const auto server = theirServer("echo", "EchoPool", 0x0a000001, theirAsap());
    const auto ours = ourRegistrar(1, 0x11111111, [](RegistrarNode::Config& config) {
        config.mesh->group.enabled = false;
        config.mesh->peers = {theirEnrp()};
    });
    QVERIFY(ours);
    const auto element = ourElement("OurPool", 0x0b000001, ourAsap());
    QVERIFY(element);
    QVERIFY(untilResolved(ourAsap(), "EchoPool", {0x0a000001}));
    QVERIFY(untilResolved(theirAsap(), "OurPool", {0x0b000001}));
}

void TestMeshRsplib::givenNoMulticast_whenTheirsNamesOurs_thenTheyAreOneMesh() {
    combination("kolam-registrar", "rspregistrar -peer", "static peer without multicast: theirs calls");
    const auto ours =
        ourRegistrar(1, 0x11111111, [](RegistrarNode::Config& config) { config.mesh->group.enabled = false; });
    QVERIFY(ours);
    const auto theirs = theirRegistrar(1, 0x22222222, {"-enrpannounce=off", "-peer=10.254.1.1:9901"});
    const auto element = ourElement("OurPool", 0x0b000001, ourAsap());
    QVERIFY(element);
    const auto server = theirServer("echo", "EchoPool", 0x0a000001, theirAsap());
    QVERIFY(untilResolved(ourAsap(), "EchoPool", {0x0a000001}));
    QVERIFY(untilResolved(theirAsap(), "OurPool", {0x0b000001}));
}

void TestMeshRsplib::givenTwoOfOursAndOneOfTheirs_whenAllStartTogether_thenTheyAreOneMesh() {
    combination("2 kolam-registrar", "rspregistrar", "three start together");
    const auto theirs = theirRegistrar(1, 0x22222222);
    const auto one = ourRegistrar(1, 0x11111111);
    const auto two = ourRegistrar(2, 0x33333333);
    QVERIFY(one && two);
    const auto first = ourElement("Pool", 0x0b000001, ourAsap(1));
    const auto second = ourElement("Pool", 0x0b000002, ourAsap(2));
    const auto third = theirServer("echo", "Pool", 0x0b000003, theirAsap());
    QVERIFY(first && second);
    for (const TransportAddress& registrar : {ourAsap(1), ourAsap(2), theirAsap()}) {
        QVERIFY(untilResolved(registrar, "Pool", {0x0b000001, 0x0b000002, 0x0b000003}));
    }
    QCOMPARE(one->peers().size(), 2u);
    QCOMPARE(two->peers().size(), 2u);
    QVERIFY(untilQuiet(*this, {one.get(), two.get()}, {theirs.get()}));
}

void TestMeshRsplib::givenOneOfOursAndTwoOfTheirs_whenTwoJoinAtOnce_thenTheyAreOneMesh() {
    combination("kolam-registrar", "2 rspregistrar", "two join one of theirs together");
    const auto one = theirRegistrar(1, 0x22222222);
    QVERIFY(until([&] { return isReady(*one); }));
    const auto two = theirRegistrar(2, 0x44444444);
    const auto ours = ourRegistrar(1, 0x33333333);
    QVERIFY(ours);
    const auto first = ourElement("Pool", 0x0b000001, ourAsap());
    QVERIFY(first);
    const auto second = theirServer("echo", "Pool", 0x0b000002, theirAsap(1));
    const auto third = theirServer("echo", "Pool", 0x0b000003, theirAsap(2));
    for (const TransportAddress& registrar : {theirAsap(1), theirAsap(2), ourAsap()}) {
        QVERIFY(untilResolved(registrar, "Pool", {0x0b000001, 0x0b000002, 0x0b000003}));
    }
    QVERIFY(untilQuiet(*this, {ours.get()}, {one.get(), two.get()}));
}

void TestMeshRsplib::givenMixedMesh_whenOurElementsComeAndGo_thenTheirsKnows() {
    combination("kolam-registrar", "rspregistrar",
                "updates from ours: registration, re-registration, deregistration, death of an element");
    const auto theirs = theirRegistrar(1, 0x22222222);
    QVERIFY(until([&] { return isReady(*theirs); }));
    const auto ours = ourRegistrar(1, 0x11111111);
    QVERIFY(ours);
    QVERIFY(until([&] { return ours->serving(); }));
    auto one = ourElement("Pool", 0x0b000001, ourAsap(), {.type = wire::PolicyType::LeastUsed});
    auto two = ourElement("Pool", 0x0b000002, ourAsap(), {.type = wire::PolicyType::LeastUsed});
    QVERIFY(one && two);
    QVERIFY(untilResolved(theirAsap(), "Pool", {0x0b000001, 0x0b000002}));
    // Another load is another registration, and an update; both copies stay equal.
    one->service.setLoad(0.5);
    const std::uint64_t before = ours->meshCounters().updatesSent;
    QVERIFY(until([&] { return ours->meshCounters().updatesSent > before; }));
    QVERIFY(untilQuiet(*this, {ours.get()}, {theirs.get()}));
    bool left = false;
    one->node->leave([&] { left = true; });
    QVERIFY(until([&] { return left; }));
    QVERIFY(untilResolved(theirAsap(), "Pool", {0x0b000002}, 15s));
    two.reset();
    QVERIFY(untilResolved(theirAsap(), "Pool", {}, 15s));
}

void TestMeshRsplib::givenMixedMesh_whenTheirElementsComeAndGo_thenOursKnows() {
    combination("kolam-registrar", "rspregistrar",
                "updates from theirs: registration, re-registration, deregistration, death of an element");
    const auto theirs = theirRegistrar(1, 0x22222222);
    const auto ours = ourRegistrar(1, 0x11111111);
    QVERIFY(ours);
    QVERIFY(until([&] { return isReady(*theirs) && ours->serving(); }));
    const auto one = theirServer("echo", "Pool", 0x0a000001, theirAsap(), {"-rereginterval=1000"});
    const auto two = theirServer("echo", "Pool", 0x0a000002, theirAsap());
    QVERIFY(until([&] { return ours->handlespace().elementCount() == 2; }));
    const std::uint64_t before = ours->meshCounters().updatesReceived;
    QVERIFY(until([&] { return ours->meshCounters().updatesReceived > before + 2; }));
    one->interrupt();
    QVERIFY(until([&] { return ours->handlespace().elementCount() == 1; }));
    two->kill();
    QVERIFY(until([&] { return ours->handlespace().elementCount() == 0; }));
}

void TestMeshRsplib::givenElementsOfBoth_whenNothingHappens_thenNobodyDownloadsAnything() {
    combination("kolam-registrar", "rspregistrar",
                "audit: checksums over each other's elements agree for ten presences");
    const auto theirs = theirRegistrar(1, 0x22222222);
    const auto ours = ourRegistrar(1, 0x11111111);
    QVERIFY(ours);
    QVERIFY(until([&] { return isReady(*theirs) && ours->serving(); }));
    const auto one = ourElement("Pool", 0x0b000001, ourAsap());
    const auto two = ourElement("A pool, its handle of 32 octets:", 0xffffffff, ourAsap());
    const auto three = theirServer("echo", "Pool", 0x0a000001, theirAsap());
    const auto four = theirServer("discard", "DiscardPool", 0x80000001, theirAsap(), {"-policy=Priority:7"});
    QVERIFY(one);
    QVERIFY(until([&] { return ours->handlespace().elementCount() >= 3; }));
    QVERIFY(untilQuiet(*this, {ours.get()}, {theirs.get()}, 10));
    const auto counters = ours->meshCounters();
    remark(QStringLiteral("%1 presences compared").arg(counters.audits));
}

void TestMeshRsplib::givenMixedMesh_whenDumped_thenBothShowBothElements_data() {
    QTest::addColumn<bool>("askTheirs");
    QTest::newRow("theirs") << true;
    QTest::newRow("ours") << false;
}

void TestMeshRsplib::givenMixedMesh_whenDumped_thenBothShowBothElements() {
    QFETCH(bool, askTheirs);
    combination("kolam-registrar, kolam dump --enrp", "rspregistrar",
                askTheirs ? "kolam dump shows what theirs knows" : "kolam dump shows what ours knows of theirs");
    const auto theirs = theirRegistrar(1, 0x22222222);
    const auto ours = ourRegistrar(1, 0x11111111);
    QVERIFY(ours);
    QVERIFY(until([&] { return isReady(*theirs) && ours->serving(); }));
    const auto element = ourElement("Pool", 0x0b000001, ourAsap());
    const auto server = theirServer("echo", "Pool", 0x0a000001, theirAsap());
    QVERIFY(element);
    QVERIFY(untilResolved(theirAsap(), "Pool", {0x0b000001, 0x0a000001}));
    QVERIFY(until([&] { return ours->handlespace().elementCount() == 2; }));
    const TransportAddress asked = askTheirs ? theirEnrp() : ourEnrp();
    const Program dump{QString{},
                       QStringLiteral(KOLAM_PROGRAM),
                       {"dump", "--enrp", QString::fromStdString(toText(asked)), "--transport", "kernel"}};
    QVERIFY(until([&] { return !dump.running(); }));
    QVERIFY(dump.said("0b000001"));
    QVERIFY(dump.said("0a000001"));
    // Whoever was asked has other things to do: nobody believes that a registrar has died.
    QVERIFY(untilResolved(theirAsap(), "Pool", {0x0b000001, 0x0a000001}));
    QVERIFY(untilQuiet(*this, {ours.get()}, {theirs.get()}));
}

void TestMeshRsplib::givenMixedMesh_whenTheNetworkWasAwayForAWhile_thenTheTablesAgreeAgain() {
    combination("kolam-registrar", "rspregistrar", "partition: both lose each other, and meet again");
    const auto theirs = theirRegistrar(1, 0x22222222);
    const auto ours = ourRegistrar(1, 0x11111111);
    QVERIFY(ours);
    QVERIFY(until([&] { return isReady(*theirs) && ours->serving(); }));
    const auto one = ourElement("Pool", 0x0b000001, ourAsap());
    const auto server = theirServer("echo", "Pool", 0x0a000001, theirAsap());
    QVERIFY(one);
    QVERIFY(untilResolved(theirAsap(), "Pool", {0x0b000001, 0x0a000001}));
    QVERIFY(until([&] { return ours->handlespace().elementCount() == 2; }));
    setNetwork('a', false);
    QVERIFY(until([&] { return ours->peers().empty(); }));
    turnFor(3s);
    setNetwork('a', true);
    QVERIFY(untilResolved(theirAsap(), "Pool", {0x0b000001, 0x0a000001}));
    QVERIFY(untilResolved(ourAsap(), "Pool", {0x0b000001, 0x0a000001}));
    QVERIFY(untilQuiet(*this, {ours.get()}, {theirs.get()}));
    QCOMPARE(owned(*ours), std::size_t{1});
}

KOLAM_GUEST_MAIN(TestMeshRsplib)
#include "test_mesh_rsplib.moc"
