// SPDX-License-Identifier: GPL-3.0-or-later
// Packets that mean no good, and networks that do no good: in each case the user transport counts and lives on.
// A relay in the middle sees the real packets of an association, and can cut, change, repeat, drop and invent them.
#include "tests/unit/transport/user_relay.h"
#include "tests/unit/transport/user_testing.h"

#include "core/base/random.h"
#include "core/transport/packet_check.h"

#include <QtTest>
#include <algorithm>

using namespace kolam;
using namespace kolam::transport;
using namespace kolam::transport::testing;
using Direction = Relay::Direction;

namespace {

constexpr Liveness patient{.heartbeat = 30s,
                           .rtoInitial = 50ms,
                           .rtoMin = 20ms,
                           .rtoMax = 200ms,
                           .pathMaxRetransmissions = 1000,
                           .associationMaxRetransmissions = 1000};

/// A client and a server in this process, with the relay between them.
struct Pair {
    World world;
    Recorder server;
    Recorder client;
    std::unique_ptr<Endpoint> listener = world.open(server, {.listen = true, .liveness = patient});
    std::unique_ptr<Endpoint> endpoint = world.open(client, {.liveness = patient});
    Relay relay{world.dispatcher, listener->local().port};
    std::vector<Octets> toServer; // what the relay has seen
    AssocId assoc{};

    Pair() {
        relay.filter = [this](Direction direction, Octets& packet) {
            if (direction == Direction::ToServer) {
                toServer.push_back(packet);
            }
            return true;
        };
        connect();
    }
    void connect() {
        // Changed packets may have set up the server's end anew meanwhile, so that it counts more of them.
        const std::size_t before = client.ups.size();
        const std::size_t beforeAtServer = server.ups.size();
        assoc = endpoint->connect(at(relay.port())).value();
        if (!world.waitFor([&] { return client.ups.size() > before && server.ups.size() > beforeAtServer; })) {
            qFatal("no association");
        }
    }
    /// Does a message get through? Connects again when the association has been lost, which is allowed to be.
    bool works() {
        const std::size_t before = server.messages.size();
        while (true) {
            const auto sent = endpoint->send(assoc, asOctets("still there"), {});
            if (!sent && sent.error() == SendError::NoAssociation) {
                connect();
                continue;
            }
            if (!sent) {
                return false;
            }
            if (!world.waitFor([&] { return server.messages.size() > before || !aliveAtClient(); })) {
                return false;
            }
            if (server.messages.size() > before) {
                return server.messages.back() == "still there";
            }
        }
    }
    bool aliveAtClient() const { return std::ranges::find(client.downs, assoc, &Down::assoc) == client.downs.end(); }
    /// Lets everything that has been injected be read.
    void settle() {
        for (int i = 0; i < 5; ++i) {
            world.dispatcher.turn();
        }
    }
};

/// The tag that the client uses towards the server.
std::uint32_t tagOf(const Octets& packet) {
    return readBigEndian<std::uint32_t>(packet, 4);
}

Octets withChunks(std::uint32_t tag, std::string_view chunks) {
    Octets result(12);
    writeBigEndian(std::span<std::byte>{result}, 4, tag);
    const Octets rest = fromHex(chunks);
    result.insert(result.end(), rest.begin(), rest.end());
    return result;
}

} // namespace

class TestUserHostile : public QObject {
    Q_OBJECT
private slots:
    void givenAssociation_whenAMalformedInitComesFromItsPeer_thenTheStackDoesNotSeeIt() {
        Pair pair;
        const std::string init = "01000018"
                                 "11223344"
                                 "0001c000"
                                 "000a000a"
                                 "00000001";
        const std::uint64_t before = userTransportCounters().malformed;
        // usrsctp 0.9.5 loops for ever on the first of these (its issue 570).
        for (const char* parameter : {"80080000", "80080001", "80080003", "00050000", "ffff0000", "80080009"}) {
            pair.relay.inject(Direction::ToServer, withChunks(0, init + parameter));
            pair.settle();
        }
        QCOMPARE(userTransportCounters().malformed, before + 6);
        QVERIFY(pair.works());
        QVERIFY(pair.server.downs.empty());
    }
    void givenAssociation_whenEveryCutOfItsRealPacketsComesAgain_thenItLives() {
        Pair pair;
        for (int i = 0; i < 3; ++i) {
            QVERIFY(pair.works());
        }
        pair.endpoint->shutdown(pair.assoc);
        QVERIFY(pair.world.waitFor([&] { return !pair.client.downs.empty(); }));
        pair.connect();
        const std::vector<Octets> seen = pair.toServer; // set-up, data, acknowledgements, shutdown
        QVERIFY(seen.size() >= 6);
        std::size_t injected = 0;
        for (const Octets& packet : seen) {
            for (std::size_t length = 0; length < packet.size(); ++length) {
                pair.relay.inject(Direction::ToServer,
                                  {packet.begin(), packet.begin() + static_cast<std::ptrdiff_t>(length)});
                if (++injected % 16 == 0) {
                    pair.settle();
                }
            }
        }
        QVERIFY(injected > 500);
        QVERIFY(pair.works());
    }
    void givenAssociation_whenItsPacketsAreChangedAtRandom_thenItLivesOrIsSetUpAgain() {
        const std::uint64_t seed = 20240607;
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
        Random random{seed};
        Pair pair;
        QVERIFY(pair.works());
        for (int round = 0; round < 60; ++round) {
            // The tag is right, so the stack believes that the peer says so.
            for (int i = 0; i < 50; ++i) {
                const std::size_t first = pair.toServer.size() > 24 ? pair.toServer.size() - 24 : 0;
                Octets packet = pair.toServer[first + random.below(pair.toServer.size() - first)];
                for (std::uint64_t changes = 1 + random.below(3); changes > 0; --changes) {
                    const std::size_t place = 12 + random.below(packet.size() - 12);
                    packet[place] = static_cast<std::byte>(random() & 0xff);
                }
                if (std::to_integer<int>(packet[12]) != 1) {
                    writeBigEndian(std::span<std::byte>{packet}, 4, tagOf(pair.toServer.back()));
                }
                pair.relay.inject(Direction::ToServer, packet);
            }
            pair.settle();
            if (round % 6 == 5) {
                if (!pair.works()) {
                    // The changes have made the server's memory false; without its peer it must forget and go on.
                    pair.endpoint->abort(pair.assoc, {});
                    pair.connect();
                    QVERIFY(pair.works());
                }
            }
        }
    }
    void givenAssociation_whenAStrangerFloodsThePort_thenItsMessagesStillComeInOrder() {
        Pair pair;
        UdpSocket stranger = UdpSocket::open({loopback, 0}).value();
        const SystemAddress to{SocketAddress{loopback, pair.listener->local().port}};
        const UserTransportCounters before = userTransportCounters();
        Random random{7};
        std::size_t next = 0;
        for (int round = 0; round < 100; ++round) {
            for (int i = 0; i < 60; ++i) {
                Octets junk(random.below(200));
                std::ranges::generate(junk, [&] { return static_cast<std::byte>(random() & 0xff); });
                if (i % 3 == 0 && junk.size() >= 20) {
                    writePacketChecksum(junk); // looks better, but is no packet
                }
                (void)::sendto(stranger.descriptor(), junk.data(), junk.size(), 0, &to.generic, to.length);
            }
            for (int i = 0; i < 3; ++i) {
                if (pair.endpoint->send(pair.assoc, asOctets(std::to_string(next)), {})) {
                    ++next;
                }
            }
            pair.world.dispatcher.turn();
        }
        QVERIFY(pair.world.waitFor([&] { return pair.server.messages.size() == next; }));
        for (std::size_t i = 0; i < next; ++i) {
            QCOMPARE(pair.server.messages[i], std::to_string(i));
        }
        const UserTransportCounters after = userTransportCounters();
        QVERIFY(after.badChecksums > before.badChecksums);
        QVERIFY(after.malformed > before.malformed);
        QVERIFY(pair.server.downs.empty() && pair.client.downs.empty());
    }
    void givenFloodOfWellFormedStrangers_whenTheyNeverFinishTheirSetUp_thenOthersStillCan() {
        Pair pair;
        UdpSocket stranger = UdpSocket::open({loopback, 0}).value();
        const SystemAddress to{SocketAddress{loopback, pair.listener->local().port}};
        for (std::uint32_t i = 0; i < 20'000; ++i) { // more than the idle paths that are remembered
            Octets init = withChunks(0, "01000014"
                                        "11223344"
                                        "0001c000"
                                        "000a000a"
                                        "00000001");
            writeBigEndian(std::span<std::byte>{init}, 0, static_cast<std::uint16_t>(1 + i % 65'000));
            writeBigEndian(std::span<std::byte>{init}, 2, pair.listener->local().port);
            writePacketChecksum(init);
            (void)::sendto(stranger.descriptor(), init.data(), init.size(), 0, &to.generic, to.length);
            if (i % 50 == 0) {
                pair.world.dispatcher.turn();
                stranger.receiveErrors([](const DatagramError&) {});
                ReceiveBuffers buffers;
                stranger.receive(buffers, [](const Datagram&) {});
            }
        }
        QVERIFY(pair.works());
        QVERIFY(pair.server.downs.empty());
        Recorder late;
        const auto other = pair.world.open(late);
        (void)other->connect(pair.listener->local());
        QVERIFY(pair.world.waitFor([&] { return late.ups.size() == 1; }));
    }
    void givenAssociation_whenPacketsHaveAWrongTagOrSum_thenTheyChangeNothing() {
        Pair pair;
        QVERIFY(pair.works());
        const std::uint32_t tag = tagOf(pair.toServer.back());
        const std::uint64_t before = userTransportCounters().badChecksums;
        pair.relay.inject(Direction::ToServer, withChunks(tag + 1, "06000004")); // ABORT
        pair.relay.inject(Direction::ToServer, withChunks(tag ^ 0x80000000, "06000004"));
        pair.relay.inject(Direction::ToServer, withChunks(tag + 1, "07000008"
                                                                   "00000000")); // SHUTDOWN
        pair.relay.inject(Direction::ToServer, withChunks(tag + 1, "0e000004")); // SHUTDOWN COMPLETE
        Octets unsummed = withChunks(tag, "06000004");
        pair.relay.inject(Direction::ToServer, unsummed, false);
        pair.settle();
        QCOMPARE(userTransportCounters().badChecksums, before + 1);
        QVERIFY(pair.works());
        QVERIFY(pair.server.downs.empty());
        pair.relay.inject(Direction::ToServer, withChunks(tag, "06000004")); // with the right ones it does
        QVERIFY(pair.world.waitFor([&] { return pair.server.downs.size() == 1; }));
        QCOMPARE(pair.server.downs.front().reason, DownReason::AbortByPeer);
    }
    void givenLossyNetwork_whenMessagesAreSent_thenTheyArriveWholeAndInOrder() {
        const std::uint64_t seed = 4;
        Random random{seed};
        Pair pair;
        pair.relay.filter = [&](Direction, Octets&) { return !random.chance(0.1); };
        for (int i = 0; i < 300; ++i) {
            const std::string text(static_cast<std::size_t>(1 + i * 37 % 9'000), static_cast<char>('a' + i % 26));
            while (!pair.endpoint->send(pair.assoc, asOctets(text), {})) {
                const int before = pair.client.writables;
                QVERIFY(pair.world.waitFor([&] { return pair.client.writables > before; }));
            }
        }
        QVERIFY(pair.world.waitFor([&] { return pair.server.messages.size() == 300; }));
        for (int i = 0; i < 300; ++i) {
            const std::string& text = pair.server.messages[static_cast<std::size_t>(i)];
            QCOMPARE(text.size(), static_cast<std::size_t>(1 + i * 37 % 9'000));
            QCOMPARE(text.front(), static_cast<char>('a' + i % 26));
        }
    }
    void givenClientThatForgetsEverything_whenItCallsAgainFromTheSamePort_thenTheServerHearsDownAndUp() {
        Pair pair;
        QVERIFY(pair.works());
        const std::uint16_t port = pair.endpoint->local().port;
        pair.relay.filter = [](Direction, Octets&) { return false; }; // its ABORT is lost
        pair.endpoint.reset();
        pair.settle();
        QVERIFY(pair.server.downs.empty());
        pair.relay.filter = [](Direction, Octets&) { return true; };
        pair.endpoint = pair.world.open(pair.client, {.local = at(port), .liveness = patient});
        pair.assoc = pair.endpoint->connect(at(pair.relay.port())).value();
        QVERIFY(pair.world.waitFor([&] { return pair.server.ups.size() == 2; }));
        QCOMPARE(pair.server.downs.size(), std::size_t{1});
        QCOMPARE(pair.server.downs.front().assoc, pair.server.ups[0].assoc);
        QCOMPARE(pair.server.downs.front().reason, DownReason::ProcessGone);
        QVERIFY(pair.server.ups[1].assoc != pair.server.ups[0].assoc);
        QVERIFY(pair.server.ups[1].incoming);
        QVERIFY(pair.world.waitFor([&] { return pair.client.ups.size() == 2; }));
        QVERIFY(pair.endpoint->send(pair.assoc, asOctets("again"), {}));
        QVERIFY(pair.world.waitFor([&] { return pair.server.messages.back() == "again"; }));
        QCOMPARE(pair.server.senders.back(), pair.server.ups[1].assoc);
        QVERIFY(pair.listener->send(pair.server.ups[1].assoc, asOctets("welcome back"), {}));
        QVERIFY(pair.world.waitFor([&] { return !pair.client.messages.empty(); }));
        QCOMPARE(pair.listener->send(pair.server.ups[0].assoc, asOctets("x"), {}).error(), SendError::NoAssociation);
    }
    void givenBothEndsCallAtOnce_whenTheirCallsCross_thenTheyShareOneAssociation() {
        World world;
        Recorder one;
        Recorder two;
        const auto first = world.open(one, {.listen = true, .liveness = patient});
        const auto second = world.open(two, {.listen = true, .liveness = patient});
        const AssocId there = first->connect(second->local()).value();
        const AssocId back = second->connect(first->local()).value();
        QCOMPARE(first->connect(second->local()).error(), std::make_error_code(std::errc::already_connected));
        QVERIFY(world.waitFor([&] { return one.ups.size() == 1 && two.ups.size() == 1; }));
        QCOMPARE(one.ups.front().assoc, there);
        QCOMPARE(two.ups.front().assoc, back);
        QVERIFY(first->send(there, asOctets("to two"), {}));
        QVERIFY(second->send(back, asOctets("to one"), {}));
        QVERIFY(world.waitFor([&] { return one.messages.size() == 1 && two.messages.size() == 1; }));
        QVERIFY(one.downs.empty() && two.downs.empty());
    }
};

QTEST_GUILESS_MAIN(TestUserHostile)
#include "test_user_hostile.moc"
