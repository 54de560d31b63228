// SPDX-License-Identifier: GPL-3.0-or-later
// Two hosts with two networks between them: sessions survive the loss of one without a failover, and the loss of both
// with one; addresses come and go under load; and rsplib over the kernel's UDP encapsulation at our SCTP in user space.
// The transport alone is tested in tests/unit/transport.
#include "demos/services/fractal/fractal_element.h"
#include "demos/users/fractal/fractal_pool_user.h"
#include "demos/users/fractal/fractal_reference.h"
#include "tests/interop/common/guest_test.h"
#include "tests/interop/common/two_hosts.h"

#include <QFile>
#include <csignal>

using namespace kolam;
using namespace kolam::fractal;
using namespace kolam::interop;

namespace {

constexpr wire::FractalParameter image{
    .width = 160, .height = 120, .maxIterations = 100, .c1Real = -0.5, .c1Imag = 1.2, .c2Real = 2.1, .c2Imag = -1.2};

bool set(const char* name, const char* value) {
    QFile file{QStringLiteral("/proc/sys/net/sctp/") + QString::fromLatin1(name)};
    return file.open(QIODevice::WriteOnly) && file.write(value) > 0;
}

} // namespace

class TestNetworks : public GuestTest {
    Q_OBJECT
private slots:
    void givenOurMultihomedElement_whenOneNetworkGoesDown_thenTheSessionSurvives();
    void givenTheirMultihomedElement_whenOneNetworkGoesDown_thenTheSessionSurvives();
    void givenOurMultihomedElement_whenBothNetworksGoDown_thenTheSessionFailsOver();
    void givenTheirMultihomedElement_whenBothNetworksGoDown_thenTheSessionFailsOver();
    void givenTheirServerOnTwoNetworks_whenItRegisters_thenOursKnowsBothAddresses();
    void givenLoad_whenAnAddressComesAndAnotherGoes_thenNothingIsLost();
    void givenTheirServerOverUdp_whenOursSpeaksSctpInUserSpace_thenItIsServed();
    void givenANetworkThatLosesPackets_whenAnImageIsComputed_thenItIsWhole();

private:
    std::unique_ptr<RegistrarNode> registrarOnBoth() {
        setNetwork('b', true);
        return ourRegistrar(1, 0x11111111, [](RegistrarNode::Config& config) {
            config.asap = {{oursA, oursB}, 3863};
            config.mesh.reset();
            config.profile.elementKeepAliveTimeout = 60s; // it is the session that is tested, not the registration
        });
    }
    std::unique_ptr<Program> ourElementThere(const QString& addresses, int pace) {
        return theirs(QStringLiteral(KOLAM_PROGRAM), {"serve", "fractal", "--address", addresses, "--insecure-lan",
                                                      "--registrar", "10.254.1.1:3863", "--transport", "kernel", "--id",
                                                      "0x0b000001", "--threads", "1", "--pace", QString::number(pace)});
    }
    std::unique_ptr<UserNode> userOnBoth() {
        UserNode::Config config;
        config.registrars = {.announces = false, .loopbackOnly = false, .fixed = {{{oursA, oursB}, 3863}}};
        config.local = TransportAddress{{oursA, oursB}, 0};
        config.profile = rsplibProfile();
        auto user = UserNode::start(dispatcher(), transport(), log(), config);
        return user ? std::move(*user) : nullptr;
    }
    /// Computes the image, which takes some seconds, with something happening when a tenth of it is there.
    void compute(const std::function<void()>& happens, std::uint64_t expectedFailovers) {
        const auto user = userOnBoth();
        QVERIFY(user);
        UserNodeSessions sessions{*user};
        FractalPoolUser engine{
            dispatcher(), sessions, log(), {.sessions = 1, .tileSide = 160, .progressLimit = 60s, .sessionLife = 600s}};
        engine.start(image);
        QVERIFY(until([&] { return engine.progress().points > engine.progress().pointsTotal / 10; }));
        const TimePoint when = dispatcher().now();
        happens();
        QVERIFY(until([&] { return engine.progress().failoverTimes.count == expectedFailovers; }, 120s));
        const Duration failover = dispatcher().now() - when;
        QVERIFY(until([&] { return engine.progress().state == ImageState::Complete; }, 120s));
        QCOMPARE(countDifferences(engine.counts(), computeReference(image, 160)), std::size_t{0});
        QCOMPARE(engine.progress().failovers, expectedFailovers);
        if (expectedFailovers != 0) {
            remark(QStringLiteral("at the other element %1 s after the loss, %2 points computed again")
                       .arg(std::chrono::duration<double>(failover).count(), 0, 'f', 1)
                       .arg(engine.progress().redonePoints));
        } else {
            remark(QStringLiteral("no failover; the rest took %1 s")
                       .arg(std::chrono::duration<double>(dispatcher().now() - when).count(), 0, 'f', 1));
        }
    }
    std::unique_ptr<FractalElement> ourElementHere() {
        FractalServeOptions options{.threads = 1};
        options.element.identifier = PeIdentifier{0x0b000009};
        options.element.local = {{oursA, oursB}, 0};
        options.element.registrars = {.announces = false, .loopbackOnly = false, .fixed = {{{oursA, oursB}, 3863}}};
        options.element.profile = rsplibProfile();
        auto element = FractalElement::start(dispatcher(), transport(), log(), options);
        return element ? std::move(*element) : nullptr;
    }
};

void TestNetworks::givenOurMultihomedElement_whenOneNetworkGoesDown_thenTheSessionSurvives() {
    combination("kolam-registrar, kolam serve fractal, user", "-", "two networks, one goes down: no failover");
    const auto registrar = registrarOnBoth();
    QVERIFY(registrar);
    const auto element = ourElementThere("10.254.1.2,10.254.2.2:0", 2'000);
    QVERIFY(until([&] { return registrar->handlespace().elementCount() == 1; }));
    compute([] { setNetwork('a', false); }, 0);
}

void TestNetworks::givenTheirMultihomedElement_whenOneNetworkGoesDown_thenTheSessionSurvives() {
    combination("kolam-registrar, user", "rspserver -fractal", "two networks, one goes down: no failover");
    const auto registrar = registrarOnBoth();
    QVERIFY(registrar);
    const auto server = theirServer("fractal", "FractalGeneratorPool", 0x0a000001, ourAsap());
    QVERIFY(until([&] { return registrar->handlespace().elementCount() == 1; }));
    const Netem slow{QStringLiteral("delay 50ms rate 100kbit")}; // it would be ready at once
    compute([] { setNetwork('a', false); }, 0);
}

void TestNetworks::givenOurMultihomedElement_whenBothNetworksGoDown_thenTheSessionFailsOver() {
    combination("kolam-registrar, kolam serve fractal, element, user", "-", "two networks, both go down: failover");
    const auto registrar = registrarOnBoth();
    QVERIFY(registrar);
    const auto element = ourElementThere("10.254.1.2,10.254.2.2:0", 2'000);
    QVERIFY(until([&] { return registrar->handlespace().elementCount() == 1; }));
    std::unique_ptr<FractalElement> here;
    compute(
        [&] {
            here = ourElementHere();
            QVERIFY(until([&] { return registrar->handlespace().elementCount() == 2; }));
            setNetwork('a', false);
            setNetwork('b', false);
        },
        1);
}

void TestNetworks::givenTheirMultihomedElement_whenBothNetworksGoDown_thenTheSessionFailsOver() {
    combination("kolam-registrar, element, user", "rspserver -fractal", "two networks, both go down: failover to ours");
    const auto registrar = registrarOnBoth();
    QVERIFY(registrar);
    const auto server = theirServer("fractal", "FractalGeneratorPool", 0x0a000001, ourAsap());
    QVERIFY(until([&] { return registrar->handlespace().elementCount() == 1; }));
    const Netem slow{QStringLiteral("delay 50ms rate 100kbit")};
    std::unique_ptr<FractalElement> here;
    compute(
        [&] {
            setNetwork('a', false);
            setNetwork('b', false);
            here = ourElementHere();
        },
        1);
}

void TestNetworks::givenTheirServerOnTwoNetworks_whenItRegisters_thenOursKnowsBothAddresses() {
    combination("kolam-registrar", "rspserver", "two networks: both addresses are registered");
    const auto registrar = registrarOnBoth();
    QVERIFY(registrar);
    const auto server = theirServer("echo", "EchoPool", 0x0a000001, ourAsap());
    QVERIFY(until([&] { return registrar->handlespace().elementCount() == 1; }));
    const ElementRef ref = registrar->handlespace().find(PoolHandle{"EchoPool"}, PeIdentifier{0x0a000001});
    const auto element = registrar->handlespace().element(ref);
    const std::set<IpAddress> known{element.userTransport.addresses.begin(), element.userTransport.addresses.end()};
    QCOMPARE(known, (std::set{theirsA, theirsB}));
}

void TestNetworks::givenLoad_whenAnAddressComesAndAnotherGoes_thenNothingIsLost() {
    combination("kernel transport", "-", "Add-IP under load: an address comes, another goes, nothing is lost");
    setNetwork('b', true);
    if (!set("addip_enable", "1") || !set("auth_enable", "1")) {
        QSKIP("this kernel has no Add-IP");
    }
    Peer server{.echoes = true};
    Peer client;
    QVERIFY(server.open(transport(), {.local = {{oursA}, 0}, .listen = true}));
    QVERIFY(client.open(transport(), {.local = {{oursA}, 0}}));
    QVERIFY(client.endpoint->connect(server.endpoint->local()).has_value());
    QVERIFY(until([&] { return client.ups.size() == 1; }));
    int sent = 0;
    const auto load = [&](int messages) {
        for (int i = 0; i < messages; ++i) {
            if (client.endpoint->send(client.ups.front(), asOctets("0123456789"), {}).has_value()) {
                ++sent;
            }
        }
    };
    load(200);
    QVERIFY(!client.endpoint->addAddress(oursB));
    QVERIFY(until([&] {
        load(5);
        return server.confirmed.contains(oursB) || server.added.contains(oursB);
    }));
    QVERIFY(until([&] {
        load(5);
        return server.confirmed.contains(oursB);
    }));
    QVERIFY(!client.endpoint->removeAddress(oursA));
    QVERIFY(until([&] {
        load(5);
        return server.removed.contains(oursA);
    }));
    load(200);
    QVERIFY(until([&] { return client.messages == sent; }));
    QCOMPARE(server.downs + client.downs, 0);
    remark(QStringLiteral("%1 messages there and back").arg(sent));
}

void TestNetworks::givenTheirServerOverUdp_whenOursSpeaksSctpInUserSpace_thenItIsServed() {
    combination("kolam-registrar --transport user", "rspserver over the kernel's UDP encapsulation",
                "their kernel's SCTP in UDP at our SCTP in user space");
    const Program registrar{QString{},
                            QStringLiteral(KOLAM_REGISTRAR),
                            {"--id=0x11111111", "--asap=10.254.1.1:3863", "--no-enrp", "--insecure-lan",
                             "--transport=user", "--log-level=debug"}};
    QVERIFY(until([&] { return registrar.said("announces itself"); }));
    QCOMPARE(QProcess::execute("ip", {"netns", "exec", "theirs", "sysctl", "-q", "-w", "net.sctp.udp_port=9899",
                                      "net.sctp.encap_port=3863"}),
             0);
    const auto server = theirServer("echo", "EchoPool", 0x0a000001, ourAsap());
    const bool isThere = until([&] { return registrar.said("element 0x0a000001 registered"); }, 30s);
    QProcess::execute(
        "ip", {"netns", "exec", "theirs", "sysctl", "-q", "-w", "net.sctp.udp_port=0", "net.sctp.encap_port=0"});
    QVERIFY(isThere);
}

void TestNetworks::givenANetworkThatLosesPackets_whenAnImageIsComputed_thenItIsWhole() {
    combination("kolam-registrar, user", "rspserver -fractal", "5 % loss and 20 ms delay: the image is equal");
    const auto registrar = registrarOnBoth();
    QVERIFY(registrar);
    const auto server = theirServer("fractal", "FractalGeneratorPool", 0x0a000001, ourAsap());
    QVERIFY(until([&] { return registrar->handlespace().elementCount() == 1; }));
    const Netem bad{QStringLiteral("loss 5% delay 20ms")};
    compute([] {}, 0);
}

KOLAM_GUEST_MAIN(TestNetworks)
#include "test_networks.moc"
