// SPDX-License-Identifier: GPL-3.0-or-later
// The network of a process made worse on purpose: whom it concerns, and what SCTP makes of it.
#include "core/dispatch/epoll_dispatcher.h"
#include "core/transport/packet_faults.h"
#include "core/transport/user_transport.h"

#include <QElapsedTimer>
#include <QtTest>
#include <chrono>
#include <poll.h>

using namespace kolam;
using namespace kolam::transport;
using namespace std::chrono_literals;

namespace {

const IpAddress loopback = IpAddress::v4(127, 0, 0, 1);

/// Two endpoints with an association; everything that the second one sends comes to `heard`.
struct World {
    World() {
        transport = std::move(*makeUserTransport(dispatcher));
        const EndpointConfig config{.local = {{loopback}, 0}, .listen = true};
        server = std::move(*transport->open(config, [this](const Event& event) {
            if (const auto* const up = std::get_if<Up>(&event)) {
                atServer = up->assoc;
            }
        }));
        client = std::move(*transport->open(config, [this](const Event& event) {
            if (std::holds_alternative<Up>(event)) {
                connected = true;
            } else if (const auto* const message = std::get_if<Message>(&event)) {
                heard.emplace_back(asText(message->data));
            } else if (const auto* const ended = std::get_if<Down>(&event)) {
                down = ended->reason;
            }
        }));
        (void)client->connect(server->local());
        if (!until([this] { return connected && atServer != AssocId::None; })) {
            qFatal("no association");
        }
    }
    ~World() {
        for (const std::uint64_t fault : faults) {
            packetFaults().end(fault);
        }
    }
    bool until(const std::function<bool()>& happened, std::chrono::milliseconds limit = 20s) {
        QElapsedTimer clock;
        clock.start();
        while (!happened() && clock.elapsed() < limit.count()) {
            pollfd ready{dispatcher.pollDescriptor(), POLLIN, 0};
            poll(&ready, 1, 10);
            dispatcher.turn();
        }
        return happened();
    }
    void say(std::string_view text) const { (void)server->send(atServer, asOctets(text), {.ppid = 7}); }
    std::uint64_t begin(NetworkFault fault) {
        faults.push_back(packetFaults().begin(std::move(fault)));
        return faults.back();
    }

    EpollDispatcher dispatcher{1};
    std::unique_ptr<Transport> transport;
    std::unique_ptr<Endpoint> server;
    std::unique_ptr<Endpoint> client;
    AssocId atServer = AssocId::None;
    bool connected = false;
    std::vector<std::string> heard;
    std::optional<DownReason> down;
    std::vector<std::uint64_t> faults;
};

} // namespace

class TestPacketFaults : public QObject {
    Q_OBJECT
private slots:
    void givenFaults_whenAPacketPasses_thenOnlyThePeersThatAreNamedSuffer() {
        PacketFaults faults{1};
        QVERIFY(faults.none());
        const SocketAddress here{loopback, 3863};
        const SocketAddress there{IpAddress::v4(10, 0, 0, 1), 3863};
        const SocketAddress other{loopback, 9901};
        const std::uint64_t first = faults.begin({.peers = {{{loopback}, 3863}}, .loss = 1});
        QVERIFY(!faults.none() && faults.loses(here) && !faults.loses(there) && !faults.loses(other));
        const std::uint64_t second = faults.begin({.peers = {{{loopback}, 0}}, .loss = 0, .delay = 5ms});
        QVERIFY(faults.delay(other) == 5ms && faults.delay(there) == Duration{} && !faults.loses(other));
        const std::uint64_t third = faults.begin({.peers = {}, .loss = 0, .delay = 2ms});
        QVERIFY(faults.delay(other) == 7ms && faults.delay(there) == 2ms);
        for (const std::uint64_t fault : {first, second, third}) {
            faults.end(fault);
        }
        QVERIFY(faults.none() && !faults.loses(here) && faults.delay(here) == Duration{});
        (void)faults.begin({.peers = {}, .loss = 0.25});
        int lost = 0;
        for (int i = 0; i < 10'000; ++i) {
            lost += faults.loses(there) ? 1 : 0;
        }
        QVERIFY2(lost > 2'300 && lost < 2'700, std::to_string(lost).c_str());
    }

    void givenAnAssociation_whenPacketsAreLate_thenMessagesAreLateAndInOrder() {
        World world;
        world.say("warm");
        QVERIFY(world.until([&] { return world.heard.size() == 1; }));
        world.begin({.peers = {world.server->local()}, .delay = 80ms});
        QElapsedTimer clock;
        clock.start();
        world.say("one");
        world.say("two");
        QVERIFY(world.until([&] { return world.heard.size() == 3; }));
        QVERIFY2(clock.elapsed() >= 80, std::to_string(clock.elapsed()).c_str());
        QCOMPARE(world.heard, (std::vector<std::string>{"warm", "one", "two"}));
    }

    void givenAnAssociation_whenPacketsAreLate_thenTheyLeaveLateToo() {
        World world;
        world.say("warm");
        QVERIFY(world.until([&] { return world.heard.size() == 1; }));
        world.begin({.peers = {world.client->local()}, .delay = 80ms}); // felt by the server, who sends
        QElapsedTimer clock;
        clock.start();
        world.say("one");
        world.say("two");
        QVERIFY(world.until([&] { return world.heard.size() == 3; }));
        QVERIFY2(clock.elapsed() >= 80, std::to_string(clock.elapsed()).c_str());
        QCOMPARE(world.heard, (std::vector<std::string>{"warm", "one", "two"}));
    }

    void givenLatePackets_whenTheirSenderGoes_thenItsFarewellIsHeard() {
        World world;
        world.begin({.peers = {world.client->local()}, .delay = 10s});
        world.server.reset();
        QVERIFY(world.until([&] { return world.down.has_value(); }, 5s));
        QVERIFY(*world.down == DownReason::AbortByPeer || *world.down == DownReason::ProcessGone);
    }

    void givenAnAssociation_whenItIsCutOffForAMoment_thenEverythingComesAfterwards() {
        World world;
        const std::uint64_t cut = world.begin({.peers = {world.server->local()}, .loss = 1});
        world.say("held");
        QVERIFY(!world.until([&] { return !world.heard.empty(); }, 300ms));
        packetFaults().end(cut);
        QVERIFY(world.until([&] { return world.heard.size() == 1; }));
        QVERIFY(!world.down);
    }

    void givenAnAssociation_whenPacketsAreLost_thenMessagesAreNot() {
        World world;
        world.begin({.peers = {}, .loss = 0.2});
        std::vector<std::string> said;
        for (int i = 0; i < 100; ++i) {
            said.push_back(std::to_string(i));
            world.say(said.back());
        }
        QVERIFY(world.until([&] { return world.heard.size() == said.size(); }));
        QCOMPARE(world.heard, said);
    }

    void givenAnAssociation_whenItIsCutOffForGood_thenItsPathFails() {
        World world;
        world.begin({.peers = {world.client->local(), world.server->local()}, .loss = 1});
        world.say("never");
        QVERIFY(world.until([&] { return world.down.has_value(); }));
        QVERIFY(*world.down == DownReason::Unreachable);
        QVERIFY(world.heard.empty());
    }

    void givenLatePackets_whenTheirEndpointGoes_thenTheyGoWithIt() {
        World world;
        world.begin({.peers = {}, .delay = 20ms});
        world.say("too late");
        QVERIFY(!world.until([&] { return !world.heard.empty(); }, 5ms));
        world.client.reset();
        QVERIFY(!world.until([&] { return !world.heard.empty(); }, 60ms));
    }
};

QTEST_GUILESS_MAIN(TestPacketFaults)
#include "test_packet_faults.moc"
