// SPDX-License-Identifier: GPL-3.0-or-later
// Multicast on plain loopback between processes, and the numbers of ports that it shares with SCTP over UDP.
#include "tests/unit/transport/user_testing.h"

#include "core/transport/local_addresses.h"
#include "core/transport/multicast_port.h"
#include "core/transport/udp_socket.h"

#include <QtTest>
#include <algorithm>
#include <memory>

using namespace kolam;
using namespace kolam::transport;
using namespace kolam::transport::testing;

namespace {

const IpAddress group = IpAddress::v4(239, 255, 75, 80);

/// A port that nobody else uses: one of the tests that run beside this one may be in the same group.
std::uint16_t freePort() {
    return UdpSocket::open({loopback, 0}).value().local().port;
}

struct Member {
    std::vector<std::string> heard;
    std::vector<TransportAddress> senders;
    std::unique_ptr<DatagramPort> port;

    Member(EpollDispatcher& dispatcher, const MulticastConfig& config) {
        port = openMulticastPort(dispatcher, config, [this](const TransportAddress& from, OctetView data) {
                   senders.push_back(from);
                   heard.emplace_back(asText(data));
               }).value();
    }
};

} // namespace

class TestMulticastPort : public QObject {
    Q_OBJECT
private slots:
    void givenThreeProcessesInAGroupOnLoopback_whenOneSends_thenAllHearItFromItsSourcePort() {
        const std::uint16_t port = freePort();
        const std::uint16_t source = freePort();
        const auto arguments = [&](std::uint16_t from) {
            return std::vector<std::string>{"multicast", toText(group), std::to_string(port), std::to_string(from)};
        };
        PeerProcess first{arguments(port)};
        PeerProcess second{arguments(port)}; // the same source port on the same host: also possible
        QCOMPARE(first.line(), std::string{"ready"});
        QCOMPARE(second.line(), std::string{"ready"});
        EpollDispatcher dispatcher;
        Member member{dispatcher, {.group = group, .port = port, .sourcePort = source}};
        member.port->send(asOctets("hello"));
        const std::string expected = "127.0.0.1:" + std::to_string(source) + " hello";
        QCOMPARE(first.line(), expected);
        QCOMPARE(second.line(), expected);
        QVERIFY(waitUntil(dispatcher, [&] { return member.heard.size() == 1; }));
        first.tell("from first\n");
        QVERIFY(waitUntil(dispatcher, [&] { return member.heard.size() == 2; }));
        QCOMPARE(member.heard, (std::vector<std::string>{"hello", "from first"}));
        QCOMPARE(toText(member.senders[1]), "127.0.0.1:" + std::to_string(port));
    }
    void givenSctpEndpointAndMulticastWithTheSameNumber_whenBothAreUsed_thenNeitherTakesFromTheOther() {
        World world;
        Recorder server;
        Recorder client;
        const auto listener = world.transport->open({.listen = true}, server.sink()).value(); // on all addresses
        const std::uint16_t port = listener->local().port;
        Member member{world.dispatcher, {.group = group, .port = port, .sourcePort = port}};
        const auto second = world.transport->open({.local = {{}, port}, .listen = true}, server.sink());
        QVERIFY(second.error() == std::errc::address_in_use); // still nobody else's
        const auto endpoint = world.open(client);
        const AssocId assoc = endpoint->connect(at(port)).value();
        QVERIFY(world.waitFor([&] { return client.ups.size() == 1 && server.ups.size() == 1; }));
        member.port->send(asOctets("announce"));
        QVERIFY(endpoint->send(assoc, asOctets("register"), {}));
        QVERIFY(world.waitFor([&] { return server.messages.size() == 1 && member.heard.size() == 1; }));
        QCOMPARE(toText(member.senders.front()), "127.0.0.1:" + std::to_string(port));
        const UserTransportCounters before = userTransportCounters();
        member.port->send(asOctets("announce"));
        QVERIFY(world.waitFor([&] { return member.heard.size() == 2; }));
        QCOMPARE(userTransportCounters().badChecksums, before.badChecksums); // no copy came to the endpoint
    }
    void givenMulticastFirst_whenAnSctpEndpointWantsTheNumber_thenItGetsIt() {
        World world;
        Recorder heard;
        const std::uint16_t port = freePort();
        Member member{world.dispatcher, {.group = group, .port = port, .sourcePort = port}};
        const auto listener = world.open(heard, {.local = at(port), .listen = true});
        QCOMPARE(listener->local().port, port);
    }
    void givenTwoGroupsWithOnePort_whenOneIsSentTo_thenOnlyItsMembersHear() {
        EpollDispatcher dispatcher;
        const std::uint16_t port = freePort();
        const IpAddress other = IpAddress::v4(239, 255, 75, 81);
        Member here{dispatcher, {.group = group, .port = port}};
        Member there{dispatcher, {.group = other, .port = port}};
        there.port->send(asOctets("there"));
        here.port->send(asOctets("here"));
        QVERIFY(waitUntil(dispatcher, [&] { return !here.heard.empty() && !there.heard.empty(); }));
        QCOMPARE(here.heard, std::vector<std::string>{"here"});
        QCOMPARE(there.heard, std::vector<std::string>{"there"});
    }
    void givenSenderOnly_whenOthersSend_thenItHearsNothing() {
        EpollDispatcher dispatcher;
        const std::uint16_t port = freePort();
        Member mute{dispatcher, {.group = group, .port = port, .receive = false}};
        Member member{dispatcher, {.group = group, .port = port}};
        mute.port->send(asOctets("one"));
        member.port->send(asOctets("two"));
        QVERIFY(waitUntil(dispatcher, [&] { return member.heard.size() == 2; }));
        QVERIFY(mute.heard.empty());
    }
    void givenAllInterfaces_whenSent_thenLoopbackIsAmongThem() {
        EpollDispatcher dispatcher;
        const std::uint16_t port = freePort();
        Member everywhere{dispatcher, {.group = group, .port = port, .receive = false, .loopbackOnly = false}};
        Member local{dispatcher, {.group = group, .port = port}};
        everywhere.port->send(asOctets("hello"));
        QVERIFY(waitUntil(dispatcher, [&] { return !local.heard.empty(); }));
        QCOMPARE(toText(local.senders.front().ips.front()), std::string{"127.0.0.1"});
        QCOMPARE(local.heard.size(), std::size_t{1});
    }
    void givenIpv6Group_whenSentOnALan_thenItIsHeard() {
        // Linux has no IPv6 multicast route on loopback, so this needs another interface.
        const auto usable = [](const Interface& interface) {
            return !interface.loopback && std::ranges::any_of(interface.ips, &IpAddress::v6);
        };
        if (std::ranges::none_of(multicastInterfaces(), usable)) {
            QSKIP("no interface with IPv6 here");
        }
        EpollDispatcher dispatcher;
        const std::uint16_t port = freePort();
        const IpAddress everywhere = IpAddress::parse("ff15::4b4f").value();
        Member member{dispatcher, {.group = everywhere, .port = port, .sourcePort = port, .loopbackOnly = false}};
        member.port->send(asOctets("six"));
        QVERIFY(waitUntil(dispatcher, [&] { return !member.heard.empty(); }));
        QCOMPARE(member.senders.front().port, port);
    }
    void givenLargeDatagramAndEmptyOne_whenSent_thenBothAreHeardWhole() {
        EpollDispatcher dispatcher;
        Member member{dispatcher, {.group = group, .port = freePort()}};
        member.port->send(asOctets(std::string(60'000, 'l')));
        member.port->send({});
        QVERIFY(waitUntil(dispatcher, [&] { return member.heard.size() == 2; }));
        QCOMPARE(member.heard[0].size(), std::size_t{60'000});
        QCOMPARE(member.heard[1].size(), std::size_t{0});
    }
    void givenSink_whenItDestroysItsPort_thenNothingElseIsTold() {
        EpollDispatcher dispatcher;
        std::unique_ptr<DatagramPort> port;
        int heard = 0;
        port = openMulticastPort(dispatcher, {.group = group, .port = freePort()},
                                 [&](const TransportAddress&, OctetView) {
                                     ++heard;
                                     port.reset();
                                 })
                   .value();
        port->send(asOctets("one"));
        port->send(asOctets("two"));
        QVERIFY(waitUntil(dispatcher, [&] { return heard > 0; }));
        dispatcher.turn();
        QCOMPARE(heard, 1);
    }
    void givenNoMulticastAddress_whenOpened_thenItIsRefused() {
        EpollDispatcher dispatcher;
        const auto ignore = [](const TransportAddress&, OctetView) {};
        QVERIFY(openMulticastPort(dispatcher, {.group = loopback, .port = 5}, ignore).error() ==
                std::errc::invalid_argument);
        QVERIFY(openMulticastPort(dispatcher, {.group = group, .port = 0}, ignore).error() ==
                std::errc::invalid_argument);
    }
};

QTEST_GUILESS_MAIN(TestMulticastPort)
#include "test_multicast_port.moc"
