// SPDX-License-Identifier: GPL-3.0-or-later
// What the user transport does beyond the conformance suite: one a process, deaths and silences of other processes,
// limits of what may wait, ports and addresses. Next door: test_user_hostile.cpp, for packets that mean no good.
#include "tests/unit/transport/user_testing.h"

#include "core/transport/local_addresses.h"
#include "core/transport/udp_socket.h"

#include <QtTest>
#include <algorithm>
#include <set>

using namespace kolam;
using namespace kolam::transport;
using namespace kolam::transport::testing;

namespace {

/// Gives silent peers up after about half a second, and never because of a probe.
constexpr Liveness impatient{.heartbeat = 100ms,
                             .rtoInitial = 50ms,
                             .rtoMin = 50ms,
                             .rtoMax = 200ms,
                             .pathMaxRetransmissions = 1,
                             .associationMaxRetransmissions = 2,
                             .initAttempts = 2};
/// Never gives anybody up while a test runs.
constexpr Liveness patient{.heartbeat = 30s,
                           .rtoInitial = 200ms,
                           .rtoMin = 100ms,
                           .rtoMax = 500ms,
                           .pathMaxRetransmissions = 1000,
                           .associationMaxRetransmissions = 1000};

} // namespace

class TestUserTransport : public QObject {
    Q_OBJECT

    /// A client that is connected to a peer process.
    struct Client {
        World world;
        Recorder heard;
        std::unique_ptr<Endpoint> endpoint;
        AssocId assoc{};

        explicit Client(std::uint16_t port, EndpointConfig config = {}, const UserTransportOptions& options = {})
            : world(options) {
            endpoint = world.open(heard, std::move(config));
            assoc = endpoint->connect(at(port)).value();
            if (!world.waitFor([&] { return heard.ups.size() == 1; })) {
                qFatal("no association");
            }
        }
        /// Sends one message, waiting for room. @return whether it went
        bool send(std::string_view text) {
            while (true) {
                const auto sent = endpoint->send(assoc, asOctets(text), {});
                if (sent || sent.error() != SendError::WouldBlock) {
                    return sent.has_value();
                }
                const int before = heard.writables;
                if (!world.waitFor([&] { return heard.writables > before || !heard.downs.empty(); })) {
                    return false;
                }
            }
        }
        DownReason waitForDown() {
            if (!world.waitFor([&] { return !heard.downs.empty(); })) {
                qFatal("no Down");
            }
            return heard.downs.front().reason;
        }
    };

private slots:
    // --- one a process --------------------------------------------------------------------------------------------

    void givenTransportInTheProcess_whenAnotherIsMade_thenItIsInUseUntilTheFirstAndItsEndpointsAreGone() {
        EpollDispatcher dispatcher;
        EpollDispatcher other;
        auto first = makeUserTransport(dispatcher);
        QVERIFY(first.has_value());
        QCOMPARE((*first)->name(), std::string_view{"user"});
        const auto second = makeUserTransport(other);
        QVERIFY(!second);
        QVERIFY(second.error() == UserTransportError::TransportInUse);
        QVERIFY(second.error().message().starts_with("transport_in_use"));
        auto endpoint = (*first)->open({.local = at(0)}, [](const Event&) {}).value();
        first->reset();
        QVERIFY(!makeUserTransport(other).has_value());
        endpoint.reset();
        QVERIFY(makeUserTransport(other).has_value());
    }
    void givenOtherProcess_whenSpokenTo_thenItAnswersMessagesOfAllSizes() {
        PeerProcess peer{{"echo", "0"}};
        Client client{peer.port()};
        for (const std::size_t size : {1U, 64U, 1'312U, 64'999U, 65'001U, 300'000U, 999'999U}) {
            const std::size_t before = client.heard.messages.size();
            const std::string text(size, static_cast<char>('a' + size % 26));
            QVERIFY(client.send(text));
            QVERIFY(client.world.waitFor([&] { return client.heard.messages.size() > before; }));
            QVERIFY(client.heard.messages.back() == text);
        }
        client.endpoint->shutdown(client.assoc);
        QCOMPARE(client.waitForDown(), DownReason::ShutdownByUs);
        QCOMPARE(peer.finish(), 0);
    }
    void givenIpv6Loopback_whenConnected_thenItWorksTheSame() {
        World world;
        Recorder server;
        Recorder client;
        const IpAddress ip = IpAddress::parse("::1").value();
        const auto listener = world.transport->open({.local = {{ip}, 0}, .listen = true}, server.sink());
        if (!listener && listener.error() == std::errc::address_not_available) {
            QSKIP("no IPv6 here");
        }
        const auto endpoint = world.transport->open({}, client.sink()).value();
        const AssocId assoc = endpoint->connect((*listener)->local()).value();
        QVERIFY(world.waitFor([&] { return client.ups.size() == 1 && server.ups.size() == 1; }));
        QVERIFY(endpoint->send(assoc, asOctets("six"), {.ppid = 66, .stream = 5}));
        QVERIFY(world.waitFor([&] { return server.messages.size() == 1; }));
        QCOMPARE(server.ppids.front(), 66U);
        QCOMPARE(server.streams.front(), std::uint16_t{5});
    }

    // --- death and silence ----------------------------------------------------------------------------------------

    void givenNobodyAtThePort_whenConnecting_thenTheRefusalIsAnEventAndNotAnAnswer() {
        World world;
        Recorder heard;
        const auto endpoint = world.open(heard);
        const std::uint16_t nobody = UdpSocket::open({loopback, 0}).value().local().port;
        const auto id = endpoint->connect(at(nobody));
        QVERIFY(id.has_value());
        QVERIFY(heard.all.empty()); // not from inside the call
        QVERIFY(world.waitFor([&] { return !heard.downs.empty(); }));
        QCOMPARE(heard.all, std::vector<std::string>{"down: refused"});
        QCOMPARE(heard.downs.front().assoc, *id);
    }
    void givenIdlePeerProcess_whenKilled_thenProcessGone_data() {
        QTest::addColumn<bool>("kernelTells");
        QTest::newRow("the kernel tells") << true;
        QTest::newRow("the peer is probed") << false;
    }
    void givenIdlePeerProcess_whenKilled_thenProcessGone() {
        QFETCH(bool, kernelTells);
        PeerProcess peer{{"echo", "0"}};
        Liveness probing = patient; // no heartbeat notices it within a test
        probing.sameHostProbe = 20ms;
        Client client{peer.port(), {.liveness = probing}, {.hearClosedPorts = kernelTells}};
        peer.kill();
        QCOMPARE(client.waitForDown(), DownReason::ProcessGone);
    }
    void givenBusyPeerProcess_whenKilled_thenProcessGone() {
        PeerProcess peer{{"count", "0"}};
        Client client{peer.port(), {.liveness = patient}};
        for (int i = 0; i < 100; ++i) {
            QVERIFY(client.send(std::string(10'000, 'x')));
        }
        peer.kill();
        while (client.heard.downs.empty() && client.send("x")) {
        }
        QCOMPARE(client.waitForDown(), DownReason::ProcessGone);
    }
    void givenPeerProcess_whenStopped_thenUnreachable() {
        PeerProcess peer{{"echo", "0"}};
        Client client{peer.port(), {.liveness = impatient}};
        peer.signal(SIGSTOP);
        QCOMPARE(client.waitForDown(), DownReason::Unreachable);
    }
    void givenStoppedPeerProcess_whenItRunsAgainInTime_thenTheAssociationLives() {
        PeerProcess peer{{"echo", "0"}};
        Client client{peer.port(), {.liveness = patient}};
        peer.signal(SIGSTOP);
        QVERIFY(client.send("are you there?"));
        QVERIFY(!client.world.waitFor([&] { return !client.heard.messages.empty(); }, 1s));
        peer.signal(SIGCONT);
        QVERIFY(client.world.waitFor([&] { return !client.heard.messages.empty(); }));
        QVERIFY(client.heard.downs.empty());
    }
    void givenPeerProcess_whenItDiesAndComesBackAtTheSamePort_thenTheOldOneIsDownAndTheNewOneCanBeReached() {
        auto peer = std::make_unique<PeerProcess>(std::vector<std::string>{"echo", "0"});
        const std::uint16_t port = peer->port();
        Liveness heartbeats = patient; // no probe: the new process itself says that it does not know us
        heartbeats.heartbeat = 50ms;
        Client client{port, {.liveness = heartbeats}};
        peer->kill();
        peer = std::make_unique<PeerProcess>(std::vector<std::string>{"echo", std::to_string(port)});
        QCOMPARE(peer->port(), port);
        const DownReason reason = client.waitForDown();
        QVERIFY2(reason == DownReason::AbortByPeer || reason == DownReason::ProcessGone, toText(reason).data());
        const AssocId again = client.endpoint->connect(at(port)).value();
        QVERIFY(again != client.assoc);
        QVERIFY(client.world.waitFor([&] { return client.heard.ups.size() == 2; }));
        client.assoc = again;
        QVERIFY(client.send("hello again"));
        QVERIFY(client.world.waitFor([&] { return !client.heard.messages.empty(); }));
    }
    void givenPortThatNeverAnswers_whenConnecting_thenSetupTimeout() {
        World world;
        Recorder heard;
        const UdpSocket deaf = UdpSocket::open({loopback, 0}).value();
        const auto endpoint = world.open(heard, {.liveness = impatient});
        (void)endpoint->connect(at(deaf.local().port));
        QVERIFY(world.waitFor([&] { return !heard.downs.empty(); }));
        QCOMPARE(heard.all, std::vector<std::string>{"down: no answer to the set-up"});
    }
    void givenPortThatNeverAnswers_whenAbortedOrShutDownMeanwhile_thenTheDownSaysSoOnce() {
        World world;
        Recorder heard;
        const UdpSocket deaf = UdpSocket::open({loopback, 0}).value();
        const auto endpoint = world.open(heard, {.liveness = impatient});
        const AssocId first = endpoint->connect(at(deaf.local().port)).value();
        endpoint->abort(first, "changed my mind");
        QVERIFY(heard.all.empty());
        const AssocId second = endpoint->connect(at(deaf.local().port)).value(); // at once: the first is forgotten
        endpoint->shutdown(second);
        const AssocId third = endpoint->connect(at(deaf.local().port)).value();
        QVERIFY(first != second && second != third);
        QVERIFY(world.waitFor([&] { return heard.downs.size() == 3; }));
        QCOMPARE(heard.all, (std::vector<std::string>{"down: aborted by us", "down: shut down by us",
                                                      "down: no answer to the set-up"}));
        QCOMPARE(endpoint->send(first, asOctets("x"), {}).error(), SendError::NoAssociation);
    }
    void givenPeerWithSeveralAddresses_whenTheFirstDoNotAnswer_thenTheNextIsTried() {
        World world;
        Recorder server;
        Recorder client;
        const IpAddress there = IpAddress::v4(127, 0, 0, 3);
        const auto listener = world.open(server, {.local = {{there}, 0}, .listen = true});
        const auto endpoint = world.open(client, {.liveness = impatient});
        TransportAddress peer = listener->local();
        peer.ips = {loopback, IpAddress::v4(127, 0, 0, 2), there};
        const AssocId id = endpoint->connect(peer).value();
        QCOMPARE(endpoint->send(id, asOctets("early"), {}).error(), SendError::WouldBlock);
        QVERIFY(world.waitFor([&] { return client.writables == 1; }));
        QCOMPARE(client.ups.size(), std::size_t{1});
        QCOMPARE(client.ups.front().assoc, id);
        QCOMPARE(toText(client.ups.front().peer), toText(listener->local()));
        QVERIFY(client.downs.empty());
        QVERIFY(endpoint->send(id, asOctets("late"), {}));
        QVERIFY(world.waitFor([&] { return server.messages.size() == 1; }));
        // And when none answers, there is one Down.
        const std::uint16_t nobody = UdpSocket::open({loopback, 0}).value().local().port;
        peer.port = nobody;
        const AssocId lost = endpoint->connect(peer).value();
        QVERIFY(world.waitFor([&] { return !client.downs.empty(); }));
        QCOMPARE(client.downs.size(), std::size_t{1});
        QCOMPARE(client.downs.front().assoc, lost);
    }
    void givenPeerBeyondLoopback_whenTheEndpointIsOnLoopbackOnly_thenItDoesNotConnect() {
        World world;
        Recorder heard;
        const auto endpoint = world.open(heard);
        QVERIFY(endpoint->connect({{IpAddress::v4(203, 0, 113, 1)}, 3863}).error() == std::errc::network_unreachable);
        QVERIFY(endpoint->connect({{IpAddress{}}, 3863}).error() == std::errc::invalid_argument);
        QVERIFY(endpoint->connect({{IpAddress::v4(239, 0, 0, 50)}, 3863}).error() == std::errc::invalid_argument);
        QVERIFY(endpoint->connect({{loopback}, 0}).error() == std::errc::invalid_argument);
        QVERIFY(!endpoint->connect({{}, 3863}).has_value());
        QVERIFY(!endpoint->connect(endpoint->local()).has_value()); // ourselves
    }

    // --- what may wait --------------------------------------------------------------------------------------------

    void givenDeafPeer_whenTinyMessagesAreSent_thenTheirNumberIsLimitedAndNoneIsLost() {
        PeerProcess peer{{"count", "0"}};
        const EndpointConfig config{.sendBuffer = 500'000, .liveness = patient};
        Client client{peer.port(), config};
        peer.signal(SIGSTOP);
        std::uint32_t accepted = 0;
        for (int turns = 0; turns < 20; ++turns) { // also when the deaf peer's kernel has taken some
            while (client.endpoint->send(client.assoc, asOctets("x"), {})) {
                ++accepted;
            }
            client.world.dispatcher.turn();
        }
        QCOMPARE(client.endpoint->send(client.assoc, asOctets("x"), {}).error(), SendError::WouldBlock);
        QVERIFY2(accepted <= 2'000, std::to_string(accepted).c_str()); // 500,000 fit by their octets
        QVERIFY(client.endpoint->info(client.assoc)->unsentOctets >= accepted);
        peer.signal(SIGCONT);
        QVERIFY(client.world.waitFor([&] { return client.heard.writables == 1; }));
        QVERIFY(client.send("count"));
        QVERIFY(client.world.waitFor([&] { return !client.heard.messages.empty(); }));
        QCOMPARE(client.heard.messages.front(), std::to_string(accepted));
    }
    void givenDeafPeer_whenLargeMessagesAreSent_thenTheirOctetsAreLimitedAndWritableMeansRoomForTheNext() {
        PeerProcess peer{{"count", "0"}};
        const EndpointConfig config{.sendBuffer = 1'000'000, .liveness = patient};
        Client client{peer.port(), config};
        peer.signal(SIGSTOP);
        const std::string large(150'000, 'x');
        int accepted = 0;
        while (client.endpoint->send(client.assoc, asOctets(large), {})) {
            ++accepted;
        }
        QVERIFY2(accepted >= 5 && accepted <= 6, std::to_string(accepted).c_str());
        QCOMPARE(client.endpoint->send(client.assoc, asOctets(std::string(1'000'001, 'x')), {}).error(),
                 SendError::TooBig);
        // Only an empty buffer has room for this one.
        const std::string largest(1'000'000, 'x');
        QCOMPARE(client.endpoint->send(client.assoc, asOctets(largest), {}).error(), SendError::WouldBlock);
        peer.signal(SIGCONT);
        QVERIFY(client.world.waitFor([&] { return client.heard.writables == 1; }));
        QVERIFY(client.endpoint->send(client.assoc, asOctets(largest), {}).has_value());
        QVERIFY(client.send("count"));
        QVERIFY(client.world.waitFor([&] { return !client.heard.messages.empty(); }));
        QCOMPARE(client.heard.messages.front(), std::to_string(accepted + 1));
    }
    void givenFullBuffer_whenShutDown_thenEverythingIsDeliveredFirst() {
        PeerProcess peer{{"count", "0"}};
        Client counter{peer.port(), {.sendBuffer = 300'000, .liveness = patient}};
        Recorder heard; // a second client asks afterwards
        peer.signal(SIGSTOP);
        int accepted = 0;
        while (counter.endpoint->send(counter.assoc, asOctets(std::string(200, 'x')), {})) {
            ++accepted;
        }
        counter.endpoint->shutdown(counter.assoc);
        QCOMPARE(counter.endpoint->send(counter.assoc, asOctets("x"), {}).error(), SendError::Closing);
        peer.signal(SIGCONT);
        QCOMPARE(counter.waitForDown(), DownReason::ShutdownByUs);
        QCOMPARE(counter.heard.writables, 0);
        const auto other = counter.world.open(heard);
        const std::uint16_t port = counter.heard.ups.front().peer.port;
        const AssocId assoc = other->connect(at(port)).value();
        QVERIFY(counter.world.waitFor([&] { return heard.ups.size() == 1; }));
        QVERIFY(other->send(assoc, asOctets("count"), {}));
        QVERIFY(counter.world.waitFor([&] { return heard.messages.size() == 1; }));
        QCOMPARE(heard.messages.front(), std::to_string(accepted));
    }
    void givenMessageAboveTheReceiversLimit_whenSent_thenTheReceiverAborts() {
        World world;
        Recorder server;
        Recorder client;
        const auto listener = world.open(server, {.listen = true, .maxMessage = 100'000});
        const auto endpoint = world.open(client);
        const AssocId assoc = endpoint->connect(listener->local()).value();
        QVERIFY(world.waitFor([&] { return client.ups.size() == 1; }));
        QVERIFY(endpoint->send(assoc, asOctets(std::string(100'000, 'f')), {}));
        QVERIFY(world.waitFor([&] { return server.messages.size() == 1; }));
        QVERIFY(endpoint->send(assoc, asOctets(std::string(100'001, 'f')), {}));
        QVERIFY(world.waitFor([&] { return !server.downs.empty() && !client.downs.empty(); }));
        QCOMPARE(server.downs.front().reason, DownReason::AbortByUs);
        QCOMPARE(client.downs.front().reason, DownReason::AbortByPeer);
        QCOMPARE(client.downs.front().detail, std::string{"message too long"});
        QCOMPARE(server.messages.size(), std::size_t{1});
    }
    void givenLongMessagesFromTwoPeersAtOnce_whenTheyArriveInParts_thenEachIsWhole() {
        World world;
        Recorder server;
        Recorder first;
        Recorder second;
        const auto listener = world.open(server, {.listen = true});
        const auto one = world.open(first);
        const auto two = world.open(second);
        const AssocId oneAssoc = one->connect(listener->local()).value();
        const AssocId twoAssoc = two->connect(listener->local()).value();
        QVERIFY(world.waitFor([&] { return first.ups.size() == 1 && second.ups.size() == 1; }));
        const std::string a(900'000, 'a');
        const std::string b(900'000, 'b');
        QVERIFY(one->send(oneAssoc, asOctets(a), {.stream = 1}));
        QVERIFY(two->send(twoAssoc, asOctets(b), {.stream = 2}));
        QVERIFY(one->send(oneAssoc, asOctets("a ends"), {.stream = 3}));
        QVERIFY(two->send(twoAssoc, asOctets("b ends"), {.stream = 4}));
        QVERIFY(world.waitFor([&] { return server.messages.size() == 4; }));
        const std::multiset<std::string> got{server.messages.begin(), server.messages.end()};
        QVERIFY((got == std::multiset<std::string>{a, b, "a ends", "b ends"}));
    }

    // --- ports, ids, lifetime -------------------------------------------------------------------------------------

    void givenEndpointOnAllAddresses_whenAsked_thenItListsThemAllAndIsExclusive() {
        World world;
        Recorder heard;
        const auto listener = world.transport->open({.listen = true}, heard.sink()).value();
        const TransportAddress local = listener->local();
        QVERIFY(local.port != 0);
        QVERIFY(std::ranges::find(local.ips, loopback) != local.ips.end());
        QVERIFY(std::ranges::none_of(local.ips, &IpAddress::isUnspecified));
        QCOMPARE(world.transport->open({.local = {{}, local.port}}, heard.sink()).error(),
                 std::make_error_code(std::errc::address_in_use));
        const auto client = world.transport->open({}, heard.sink()).value();
        for (const IpAddress& ip : local.ips) { // and it answers at each
            const std::size_t before = heard.ups.size();
            QVERIFY(client->connect({{ip}, local.port}).has_value());
            QVERIFY(world.waitFor([&] { return heard.ups.size() == before + 2; }));
            QCOMPARE(heard.ups.back().peer.ips.size(), std::size_t{1});
        }
    }
    void givenEndpointOnAllAddresses_whenTheHostGetsAnother_thenItAnswersThereToo() {
        PeerProcess newcomer{{"newcomer"}};
        const std::string answer = newcomer.line();
        if (answer.starts_with("skip")) {
            QSKIP(answer.c_str());
        }
        QCOMPARE(answer, std::string{"ok"});
    }
    void givenManyAssociationsOneAfterTheOther_whenTheyGetIds_thenNoneComesTwice() {
        World world;
        Recorder server;
        Recorder client;
        const auto listener = world.open(server, {.listen = true});
        const auto endpoint = world.open(client);
        std::set<AssocId> ids;
        for (std::size_t i = 0; i < 300; ++i) {
            const AssocId id = endpoint->connect(listener->local()).value();
            QVERIFY(ids.insert(id).second);
            QVERIFY(world.waitFor([&] { return server.ups.size() == i + 1 && client.ups.size() == i + 1; }));
            if (i % 2 == 0) {
                endpoint->abort(id, {});
            } else {
                endpoint->shutdown(id);
            }
            QVERIFY(world.waitFor([&] { return server.downs.size() == i + 1 && client.downs.size() == i + 1; }));
        }
        std::set<AssocId> atServer;
        for (const Up& up : server.ups) {
            QVERIFY(atServer.insert(up.assoc).second);
        }
    }
    void givenManyEndpoints_whenTheyComeAndGo_thenTheServerKeepsNone() {
        World world;
        Recorder server;
        const auto listener = world.open(server, {.listen = true});
        for (int round = 0; round < 5; ++round) {
            std::vector<std::unique_ptr<Endpoint>> endpoints;
            Recorder client;
            for (int i = 0; i < 100; ++i) {
                endpoints.push_back(world.open(client));
                (void)endpoints.back()->connect(listener->local());
            }
            QVERIFY(world.waitFor([&] { return client.ups.size() == 100; }));
            endpoints.clear();
            const std::size_t all = static_cast<std::size_t>(round + 1) * 100;
            QVERIFY(world.waitFor([&] { return server.downs.size() == all; }));
            QCOMPARE(server.ups.size(), all);
        }
    }
    void givenSink_whenItDestroysItsEndpointInAnyEvent_thenNothingElseIsTold_data() {
        QTest::addColumn<QString>("event");
        for (const char* event : {"up", "down", "message", "peer closing", "writable"}) {
            QTest::newRow(event) << event;
        }
    }
    void givenSink_whenItDestroysItsEndpointInAnyEvent_thenNothingElseIsTold() {
        QFETCH(QString, event);
        World world;
        Recorder server;
        Recorder client;
        auto listener = world.open(server, {.listen = true});
        auto endpoint = world.open(client, {.sendBuffer = 10'000});
        bool gone = false;
        client.then = [&](const Event& happened) {
            QVERIFY(!gone);
            if (describe(happened).starts_with(event.toStdString())) {
                endpoint.reset();
                gone = true;
            }
        };
        const AssocId assoc = endpoint->connect(listener->local()).value();
        QVERIFY(world.waitFor([&] { return !server.ups.empty(); }));
        const AssocId back = server.ups.front().assoc;
        QVERIFY(listener->send(back, asOctets("one"), {}));
        QVERIFY(listener->send(back, asOctets("two"), {}));
        if (endpoint && event == "writable") {
            QVERIFY(world.waitFor([&] { return client.messages.size() == 2; }));
            while (endpoint->send(assoc, asOctets(std::string(1'000, 'x')), {})) {
            }
        }
        if (event == "peer closing" || event == "down") {
            listener->shutdown(back);
        }
        QVERIFY(world.waitFor([&] { return gone; }));
        QVERIFY(world.waitFor([&] { return !server.downs.empty(); })); // the peer is not left alone
    }
    void givenSink_whenItDestroysEndpointAndTransport_thenAnotherCanBeMade() {
        EpollDispatcher dispatcher;
        auto transport = makeUserTransport(dispatcher).value();
        Recorder heard;
        auto endpoint = transport->open({.local = at(0)}, heard.sink()).value();
        const std::uint16_t nobody = UdpSocket::open({loopback, 0}).value().local().port;
        heard.then = [&](const Event&) {
            endpoint.reset();
            transport.reset();
        };
        (void)endpoint->connect(at(nobody));
        QVERIFY(waitUntil(dispatcher, [&] { return !heard.all.empty(); }));
        QVERIFY(makeUserTransport(dispatcher).has_value());
    }
    void givenTransport_whenAnAddressIsToBeAdded_thenItSaysThatItCannot() {
        World world;
        Recorder heard;
        const auto endpoint = world.open(heard);
        QVERIFY(endpoint->addAddress(IpAddress::v4(127, 0, 0, 2)) == std::errc::operation_not_supported);
        QVERIFY(endpoint->removeAddress(loopback) == std::errc::operation_not_supported);
        QVERIFY(!world.transport->capabilities().multihoming);
        QVERIFY(world.transport->capabilities().noticesDeadProcess);
    }
};

QTEST_GUILESS_MAIN(TestUserTransport)
#include "test_user_transport.moc"
