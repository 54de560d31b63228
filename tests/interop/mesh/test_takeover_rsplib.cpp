// SPDX-License-Identifier: GPL-3.0-or-later
// Registrars of a mixed mesh die, are silent, or come back: who finds their elements a home, and do tables agree then?
// Next door: test_mesh_rsplib.cpp, when all live.
#include "tests/interop/common/guest_test.h"
#include "tests/interop/mesh/mesh_checks.h"

#include <csignal>

using namespace kolam;
using namespace kolam::interop;

class TestTakeoverRsplib : public GuestTest {
    Q_OBJECT
private slots:
    void givenOursAndTheirs_whenTheirsIsSilent_thenOursTakesOver();
    void givenOursAndTheirs_whenTheirsIsKilled_thenItsElementsAreAtOurs();
    void givenOursAndTheirs_whenOursDies_thenItsElementsGoToTheirs();
    void givenOursAndTheirs_whenOursLeaves_thenItsElementsGoToTheirs();
    void givenTwoOfOurs_whenTheirsIsSilent_thenOneOfOursTakesOver();
    void givenOursWithTheLowerId_whenOneOfTheirsIsSilent_thenOneSurvivorTakesOver();
    void givenOursWithTheHigherId_whenOneOfTheirsIsSilent_thenOneSurvivorTakesOver();
    void givenTwoOfTheirs_whenOursIsSilent_thenOneOfThemTakesOver();
    void givenOursAndTheirs_whenOneOfOursIsSilent_thenOneSurvivorTakesOver();
    void givenTheirsTakenOver_whenItWakesUp_thenTheTablesAgree();
    void givenTheirsKilled_whenItComesBack_thenTheTablesAgree();
    void givenOursKilled_whenItComesBack_thenTheTablesAgree();

private:
    using Servers = std::vector<std::unique_ptr<Program>>;
    /// Two of rspserver, which know this registrar only.
    Servers twoServers(const TransportAddress& registrar) {
        Servers servers;
        for (const std::uint32_t id : {0x0a000001u, 0x0a000002u}) {
            servers.push_back(theirServer(QStringLiteral("echo"), QStringLiteral("Pool"), id, registrar));
        }
        return servers;
    }
    /// Whether each of ours knows so many elements.
    bool untilKnown(const std::vector<const RegistrarNode*>& ours, std::size_t elements) {
        return until([&] {
            return std::ranges::all_of(
                ours, [&](const auto* node) { return node->handlespace().elementCount() == elements; });
        });
    }
    [[nodiscard]] static std::string owners(const RegistrarNode& node) {
        std::string text;
        for (const ServerId owner : node.handlespace().owners()) {
            text += toText(owner) + ": " + std::to_string(node.handlespace().countOwnedBy(owner)) + "\n";
        }
        return text;
    }
};

void TestTakeoverRsplib::givenOursAndTheirs_whenTheirsIsSilent_thenOursTakesOver() {
    combination("kolam-registrar", "rspregistrar", "two registrars: theirs is stopped, ours takes its elements over");
    const auto theirs = theirRegistrar(1, 0x11111111);
    const auto ours = ourRegistrar(1, 0x22222222);
    QVERIFY(ours);
    QVERIFY(until([&] { return isReady(*theirs) && ours->serving(); }));
    const Servers servers = twoServers(theirAsap());
    QVERIFY(untilKnown({ours.get()}, 2));
    QCOMPARE(owned(*ours), std::size_t{0});
    theirs->signal(SIGSTOP);
    QVERIFY(until([&] { return owned(*ours) == 2; }));
    turnFor(5s); // they answer keep-alives
    QCOMPARE(owned(*ours), std::size_t{2});
    remark(QStringLiteral("the RFC's way; rsplib never completes it with two registrars"));
}

void TestTakeoverRsplib::givenOursAndTheirs_whenTheirsIsKilled_thenItsElementsAreAtOurs() {
    combination("kolam-registrar", "rspregistrar", "two registrars: theirs is killed, its elements are at ours");
    const auto theirs = theirRegistrar(1, 0x11111111);
    const auto ours = ourRegistrar(1, 0x22222222);
    QVERIFY(ours);
    QVERIFY(until([&] { return isReady(*theirs) && ours->serving(); }));
    const Servers servers = twoServers(theirAsap());
    QVERIFY(untilKnown({ours.get()}, 2));
    theirs->kill();
    QVERIFY(until([&] { return owned(*ours) == 2; }));
}

void TestTakeoverRsplib::givenOursAndTheirs_whenOursDies_thenItsElementsGoToTheirs() {
    combination("kolam-registrar, elements", "rspregistrar", "two registrars: ours dies, its elements go to theirs");
    const auto theirs = theirRegistrar(1, 0x11111111);
    auto ours = ourRegistrar(1, 0x22222222);
    QVERIFY(ours);
    QVERIFY(until([&] { return isReady(*theirs) && ours->serving(); }));
    const auto element = ourElement("Pool", 0x0b000001, {}); // finds whoever announces itself
    QVERIFY(element);
    ours.reset();
    QVERIFY(until([&] {
        return element->node->status().state == ElementState::Registered &&
               element->node->status().registrarAddress == theirAsap();
    }));
    QVERIFY(untilResolved(theirAsap(), "Pool", {0x0b000001}));
}

void TestTakeoverRsplib::givenOursAndTheirs_whenOursLeaves_thenItsElementsGoToTheirs() {
    combination("kolam-registrar, elements", "rspregistrar", "two registrars: ours leaves, its elements go to theirs");
    const auto theirs = theirRegistrar(1, 0x11111111);
    auto ours = ourRegistrar(1, 0x22222222);
    QVERIFY(ours);
    QVERIFY(until([&] { return isReady(*theirs) && ours->serving(); }));
    const auto element = ourElement("Pool", 0x0b000001, {});
    QVERIFY(element);
    if (element->node->status().registrarAddress == theirAsap()) {
        remark(QStringLiteral("the element had chosen theirs"));
    }
    bool left = false;
    ours->leave([&] { left = true; });
    QVERIFY(until([&] { return left; }));
    ours.reset();
    QVERIFY(until([&] {
        return element->node->status().state == ElementState::Registered &&
               element->node->status().registrarAddress == theirAsap();
    }));
    QVERIFY(untilResolved(theirAsap(), "Pool", {0x0b000001}));
}

void TestTakeoverRsplib::givenTwoOfOurs_whenTheirsIsSilent_thenOneOfOursTakesOver() {
    combination("2 kolam-registrar", "rspregistrar", "three registrars: theirs is stopped, one of ours takes over");
    const auto theirs = theirRegistrar(1, 0x55555555);
    const auto one = ourRegistrar(1, 0x22222222);
    const auto two = ourRegistrar(2, 0x33333333);
    QVERIFY(one && two);
    QVERIFY(until([&] { return isReady(*theirs) && one->peers().size() == 2 && two->peers().size() == 2; }));
    const Servers servers = twoServers(theirAsap());
    QVERIFY(untilKnown({one.get(), two.get()}, 2));
    theirs->signal(SIGSTOP);
    QVERIFY(until([&] { return owned(*one) + owned(*two) == 2; }));
    QVERIFY(until([&] { return owners(*one) == owners(*two); }));
    remark(QString::fromStdString(owned(*one) == 2 ? "by the lower identifier" : "by the higher identifier"));
    turnFor(5s);
    QCOMPARE(owned(*one) + owned(*two), std::size_t{2});
}

void TestTakeoverRsplib::givenOursWithTheLowerId_whenOneOfTheirsIsSilent_thenOneSurvivorTakesOver() {
    combination("kolam-registrar (lower identifier)", "2 rspregistrar",
                "three registrars: one of theirs is stopped, a survivor takes over");
    const auto target = theirRegistrar(1, 0x55555555);
    QVERIFY(until([&] { return isReady(*target); }));
    const auto other = theirRegistrar(2, 0x44444444);
    const auto ours = ourRegistrar(1, 0x11111111);
    QVERIFY(ours);
    QVERIFY(until([&] { return isReady(*target) && isReady(*other) && ours->peers().size() == 2; }));
    const Servers servers = twoServers(theirAsap(1));
    QVERIFY(untilKnown({ours.get()}, 2));
    QVERIFY(untilResolved(theirAsap(2), "Pool", {0x0a000001, 0x0a000002}));
    QCOMPARE(ours->handlespace().countOwnedBy(ServerId{0x55555555}), std::size_t{2});
    target->signal(SIGSTOP);
    QVERIFY(until([&] { return ours->handlespace().countOwnedBy(ServerId{0x55555555}) == 0; }));
    QVERIFY(until([&] { return ours->handlespace().elementCount() == 2; }));
    remark(QStringLiteral("whoever asked first: afterwards %1 of 2 are ours").arg(owned(*ours)));
    QVERIFY(untilResolved(theirAsap(2), "Pool", {0x0a000001, 0x0a000002}));
    QVERIFY(untilQuiet(*this, {ours.get()}, {other.get()}));
}

void TestTakeoverRsplib::givenOursWithTheHigherId_whenOneOfTheirsIsSilent_thenOneSurvivorTakesOver() {
    combination("kolam-registrar (higher identifier)", "2 rspregistrar",
                "three registrars: one of theirs is stopped, a survivor takes over");
    const auto target = theirRegistrar(1, 0x55555555);
    QVERIFY(until([&] { return isReady(*target); }));
    const auto other = theirRegistrar(2, 0x11111111);
    const auto ours = ourRegistrar(1, 0x44444444);
    QVERIFY(ours);
    QVERIFY(until([&] { return isReady(*target) && isReady(*other) && ours->peers().size() == 2; }));
    const Servers servers = twoServers(theirAsap(1));
    QVERIFY(untilKnown({ours.get()}, 2));
    QVERIFY(untilResolved(theirAsap(2), "Pool", {0x0a000001, 0x0a000002}));
    QCOMPARE(ours->handlespace().countOwnedBy(ServerId{0x55555555}), std::size_t{2});
    target->signal(SIGSTOP);
    QVERIFY(until([&] { return ours->handlespace().countOwnedBy(ServerId{0x55555555}) == 0; }));
    QVERIFY(until([&] { return ours->handlespace().elementCount() == 2; }));
    remark(QStringLiteral("whoever asked first: afterwards %1 of 2 are theirs")
               .arg(ours->handlespace().countOwnedBy(ServerId{0x11111111})));
    QVERIFY(untilResolved(theirAsap(2), "Pool", {0x0a000001, 0x0a000002}));
    QVERIFY(untilQuiet(*this, {ours.get()}, {other.get()}));
}

void TestTakeoverRsplib::givenTwoOfTheirs_whenOursIsSilent_thenOneOfThemTakesOver() {
    combination("kolam-registrar, elements", "2 rspregistrar",
                "three registrars: ours is stopped, one of theirs takes our elements over");
    const auto one = theirRegistrar(1, 0x11111111);
    QVERIFY(until([&] { return isReady(*one); }));
    // So that one of them begins: arbitration between two of rsplib's is not our question.
    const auto two = theirRegistrar(2, 0x22222222, {"-peermaxtimenoresponse=4000"});
    const Program ours{QString{},
                       QStringLiteral(KOLAM_REGISTRAR),
                       {QStringLiteral("--id=0x33333333"), QStringLiteral("--asap=10.254.1.1:3863"),
                        QStringLiteral("--enrp=10.254.1.1:9901"), QStringLiteral("--insecure-lan"),
                        QStringLiteral("--transport=kernel"), QStringLiteral("--peer-heartbeat=1s"),
                        QStringLiteral("--peer-last-heard=2500ms"), QStringLiteral("--mentor-discovery=3s")}};
    QVERIFY(until([&] { return isReady(*two); }));
    const auto element = ourElement("Pool", 0x0b000001, ourAsap());
    const auto second = ourElement("Pool", 0x0b000002, ourAsap());
    QVERIFY(element && second);
    QVERIFY(untilResolved(theirAsap(1), "Pool", {0x0b000001, 0x0b000002}));
    QVERIFY(untilResolved(theirAsap(2), "Pool", {0x0b000001, 0x0b000002}));
    ours.signal(SIGSTOP);
    const auto atTheirs = [](const EchoElement& which) {
        const ElementStatus status = which.node->status();
        return status.state == ElementState::Registered && status.registrarAddress.ips == theirAsap().ips;
    };
    QVERIFY(until([&] { return atTheirs(*element) && atTheirs(*second); }));
    QVERIFY(untilResolved(theirAsap(1), "Pool", {0x0b000001, 0x0b000002}));
    QVERIFY(untilResolved(theirAsap(2), "Pool", {0x0b000001, 0x0b000002}));
}

void TestTakeoverRsplib::givenOursAndTheirs_whenOneOfOursIsSilent_thenOneSurvivorTakesOver() {
    combination("2 kolam-registrar, elements", "rspregistrar (lower identifier)",
                "three registrars: one of ours is stopped, another takes its elements over");
    const auto theirs = theirRegistrar(1, 0x11111111);
    const auto survivor = ourRegistrar(2, 0x22222222);
    QVERIFY(survivor);
    const Program ours{QString{},
                       QStringLiteral(KOLAM_REGISTRAR),
                       {QStringLiteral("--id=0x33333333"), QStringLiteral("--asap=10.254.1.1:3863"),
                        QStringLiteral("--enrp=10.254.1.1:9901"), QStringLiteral("--insecure-lan"),
                        QStringLiteral("--transport=kernel"), QStringLiteral("--peer-heartbeat=1s"),
                        QStringLiteral("--peer-last-heard=2500ms"), QStringLiteral("--mentor-discovery=3s")}};
    QVERIFY(until([&] { return isReady(*theirs) && survivor->peers().size() == 2; }));
    const auto element = ourElement("Pool", 0x0b000001, ourAsap());
    QVERIFY(element);
    QVERIFY(until([&] { return survivor->handlespace().elementCount() == 1; }));
    ours.signal(SIGSTOP);
    QVERIFY(until([&] {
        const TransportAddress at = element->node->status().registrarAddress;
        return element->node->status().state == ElementState::Registered && (at == theirAsap() || at == ourAsap(2));
    }));
    QVERIFY(untilResolved(theirAsap(), "Pool", {0x0b000001}));
    QVERIFY(untilResolved(ourAsap(2), "Pool", {0x0b000001}));
    remark(element->node->status().registrarAddress == theirAsap() ? QStringLiteral("by theirs")
                                                                   : QStringLiteral("by ours"));
    QVERIFY(untilQuiet(*this, {survivor.get()}, {theirs.get()}));
}

void TestTakeoverRsplib::givenTheirsTakenOver_whenItWakesUp_thenTheTablesAgree() {
    combination("kolam-registrar", "rspregistrar", "return: theirs was stopped, is taken over, and wakes up");
    const auto theirs = theirRegistrar(1, 0x11111111);
    const auto ours = ourRegistrar(1, 0x22222222);
    QVERIFY(ours);
    QVERIFY(until([&] { return isReady(*theirs) && ours->serving(); }));
    const Servers servers = twoServers(theirAsap());
    QVERIFY(untilKnown({ours.get()}, 2));
    theirs->signal(SIGSTOP);
    QVERIFY(until([&] { return owned(*ours) == 2; }));
    turnFor(2s);
    theirs->signal(SIGCONT);
    QVERIFY(until([&] { return !ours->peers().empty() && ours->peers().front().inSync; }));
    QVERIFY(untilQuiet(*this, {ours.get()}, {theirs.get()}));
    QVERIFY(untilResolved(theirAsap(), "Pool", {0x0a000001, 0x0a000002}));
    QVERIFY(untilResolved(ourAsap(), "Pool", {0x0a000001, 0x0a000002}));
    QCOMPARE(ours->handlespace().elementCount(), std::size_t{2});
}

void TestTakeoverRsplib::givenTheirsKilled_whenItComesBack_thenTheTablesAgree() {
    combination("kolam-registrar", "rspregistrar", "return: theirs was killed, and starts again with its identifier");
    auto theirs = theirRegistrar(1, 0x11111111);
    const auto ours = ourRegistrar(1, 0x22222222);
    QVERIFY(ours);
    QVERIFY(until([&] { return isReady(*theirs) && ours->serving(); }));
    const Servers servers = twoServers(theirAsap());
    QVERIFY(untilKnown({ours.get()}, 2));
    theirs->kill();
    QVERIFY(until([&] { return owned(*ours) == 2; }));
    theirs = theirRegistrar(1, 0x11111111);
    QVERIFY(untilResolved(theirAsap(), "Pool", {0x0a000001, 0x0a000002}));
    QVERIFY(untilQuiet(*this, {ours.get()}, {theirs.get()}));
}

void TestTakeoverRsplib::givenOursKilled_whenItComesBack_thenTheTablesAgree() {
    combination("kolam-registrar", "rspregistrar", "return: ours dies, and starts again with its identifier");
    const auto theirs = theirRegistrar(1, 0x11111111);
    auto ours = ourRegistrar(1, 0x22222222);
    QVERIFY(ours);
    QVERIFY(until([&] { return isReady(*theirs) && ours->serving(); }));
    const auto element = ourElement("Pool", 0x0b000001, ourAsap());
    const auto server = theirServer("echo", "Pool", 0x0a000001, theirAsap());
    QVERIFY(element);
    QVERIFY(untilResolved(theirAsap(), "Pool", {0x0a000001, 0x0b000001}));
    ours.reset();
    turnFor(1s);
    ours = ourRegistrar(1, 0x22222222);
    QVERIFY(ours);
    QVERIFY(untilResolved(ourAsap(), "Pool", {0x0a000001, 0x0b000001}));
    QVERIFY(untilResolved(theirAsap(), "Pool", {0x0a000001, 0x0b000001}));
    QVERIFY(untilQuiet(*this, {ours.get()}, {theirs.get()}));
}

KOLAM_GUEST_MAIN(TestTakeoverRsplib)
#include "test_takeover_rsplib.moc"
