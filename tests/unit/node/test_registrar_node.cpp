// SPDX-License-Identifier: GPL-3.0-or-later
// A registrar on the simulated network, with hand-written peers: what they see of it, and what it survives.
// The machine's own rules are tested in tests/unit/asap.
#include "core/dispatch/virtual_dispatcher.h"
#include "core/node/access.h"
#include "core/node/registrar_node.h"
#include "core/transport/memory_network.h"
#include "core/wire/codec.h"

#include <QtTest>
#include <algorithm>

using namespace kolam;
using namespace std::chrono_literals;
using transport::AssocId;

namespace {

class LineLog final : public Log {
public:
    void write(LogLevel level, std::string_view line) override {
        static constexpr const char* names[] = {"debug", "info", "warning", "error"};
        lines.push_back(std::string{names[static_cast<int>(level)]} + ": " + std::string{line});
    }
    [[nodiscard]] bool wants(LogLevel level) const override { return level >= LogLevel::Info; }
    [[nodiscard]] bool has(std::string_view text) const {
        return std::ranges::any_of(lines, [text](const std::string& line) { return line.find(text) != line.npos; });
    }
    std::vector<std::string> lines;
};

/// An element or a user, as simple as can be: one endpoint, one association, what it received.
class Peer {
public:
    Peer(transport::Transport& transport, const TransportAddress& local, const TransportAddress& registrar) {
        transport::EndpointConfig config;
        config.local = local;
        m_endpoint = std::move(*transport.open(config, [this](const transport::Event& event) { happened(event); }));
        m_association = *m_endpoint->connect(registrar);
    }
    template <typename Message>
    void send(const Message& message) {
        (void)m_endpoint->send(m_association, wire::encode(message), {.ppid = wire::asapPpid});
    }
    void sendOctets(OctetView octets, std::uint32_t ppid = wire::asapPpid) {
        (void)m_endpoint->send(m_association, octets, {.ppid = ppid});
    }
    template <typename Message>
    [[nodiscard]] std::size_t count() const {
        return static_cast<std::size_t>(std::ranges::count_if(
            received, [](const auto& octets) { return wire::peekType(octets) == Message::type; }));
    }
    [[nodiscard]] TransportAddress local() const { return m_endpoint->local(); }
    void registerElement(std::uint32_t id, const char* pool = "Pool") {
        wire::Registration message;
        message.poolHandle = PoolHandle{pool};
        message.element.identifier = PeIdentifier{id};
        message.element.life = 60s;
        message.element.userTransport.port = 7000;
        message.element.userTransport.addresses = local().ips;
        send(message);
    }
    void shutdown() { m_endpoint->shutdown(m_association); }

    bool up = false;
    bool down = false;
    bool answersKeepAlives = true;
    std::vector<Octets> received;

private:
    void happened(const transport::Event& event) {
        if (std::holds_alternative<transport::Up>(event)) {
            up = true;
        } else if (std::holds_alternative<transport::Down>(event)) {
            down = true;
        } else if (const auto* message = std::get_if<transport::Message>(&event)) {
            received.emplace_back(message->data.begin(), message->data.end());
            const auto question = wire::decode<wire::EndpointKeepAlive>(message->data);
            if (question && answersKeepAlives) {
                send(wire::EndpointKeepAliveAck{{}, question->poolHandle, question->element.value_or(PeIdentifier{})});
            }
        }
    }
    std::unique_ptr<transport::Endpoint> m_endpoint;
    AssocId m_association{};
};

/// A registrar on 10.0.0.1 and a host for its peers on 10.0.0.2.
struct World {
    explicit World(RegistrarNode::Config config = {}) {
        if (config.asap.ips.empty()) {
            config.asap = {{IpAddress::v4(10, 0, 0, 1)}, 3863};
            config.loopbackOnly = false;
        }
        config.id = ServerId{0x11111111};
        registrar = std::move(*RegistrarNode::start(dispatcher, *registrarHost, log, access, config));
    }
    [[nodiscard]] std::unique_ptr<Peer> peer(std::uint16_t port = 0) {
        auto made = std::make_unique<Peer>(*peerHost, TransportAddress{{IpAddress::v4(10, 0, 0, 2)}, port},
                                           registrar->asapAddress());
        const bool connected = dispatcher.runUntilTrue([&] { return made->up; }, 5s);
        if (!connected) {
            qFatal("the peer could not connect");
        }
        return made;
    }
    void settle() { dispatcher.runFor(20ms); }

    VirtualDispatcher dispatcher{1};
    transport::MemoryNetwork network{dispatcher, 1};
    std::unique_ptr<transport::MemoryProcess> registrarHost = network.addHost({IpAddress::v4(10, 0, 0, 1)});
    std::unique_ptr<transport::MemoryProcess> peerHost = network.addHost({IpAddress::v4(10, 0, 0, 2)});
    LineLog log;
    AccessRules access;
    std::unique_ptr<RegistrarNode> registrar;
};

} // namespace

class TestRegistrarNode : public QObject {
    Q_OBJECT
private slots:

    void givenElementAndUser_whenRegisteredAndResolved_thenTheUserGetsTheElement() {
        World world;
        auto element = world.peer();
        element->registerElement(0xa);
        auto user = world.peer();
        wire::HandleResolution ask;
        ask.poolHandle = PoolHandle{"Pool"};
        user->send(ask);
        world.settle();
        QCOMPARE(element->count<wire::RegistrationResponse>(), std::size_t{1});
        QCOMPARE(user->received.size(), std::size_t{1});
        const auto answer = wire::decode<wire::HandleResolutionResponse>(user->received.front());
        QVERIFY(answer && answer->elements.size() == 1 && answer->elements.front().identifier == PeIdentifier{0xa});
        QVERIFY(world.log.has("info: pool Pool: element 0x0000000a registered (10.0.0.2:7000), 1 element"));
    }

    void givenElements_whenTheirProcessDies_thenTheyAreGoneAndTheLogSaysWhy() {
        World world;
        auto element = world.peer();
        element->registerElement(0xa);
        element->registerElement(0xb);
        world.settle();
        QCOMPARE(world.registrar->handlespace().elementCount(), std::size_t{2});
        int removed = 0;
        world.registrar->onElementChange([&](const asap::ElementEvent& event) {
            removed += event.change == asap::ElementChange::Removed ? 1 : 0;
            QVERIFY(world.registrar->handlespace().contains(event.element));
        });
        world.peerHost->kill();
        QVERIFY(world.dispatcher.runUntilTrue([&] { return world.registrar->handlespace().elementCount() == 0; }, 10s));
        QCOMPARE(removed, 2);
        QVERIFY(world.log.has("element 0x0000000b removed (10.0.0.2:7000): association lost, 0 left"));
        QCOMPARE(world.registrar->associationCount(), std::size_t{0});
    }

    void givenSilentElement_whenItsKeepAliveTimesOut_thenItIsRemovedAndItsAssociationClosed() {
        World world;
        auto element = world.peer();
        element->registerElement(0xa);
        world.dispatcher.runFor(30s);
        QVERIFY(element->count<wire::EndpointKeepAlive>() >= 3);
        QCOMPARE(world.registrar->handlespace().elementCount(), std::size_t{1});
        element->answersKeepAlives = false;
        world.dispatcher.runFor(13s);
        QCOMPARE(world.registrar->handlespace().elementCount(), std::size_t{0});
        QVERIFY(element->down);
    }

    void givenRegistrar_whenListenedTo_thenItsAnnouncesLeadToIt() {
        World world;
        std::vector<std::pair<TransportAddress, Octets>> heard;
        auto group =
            world.peerHost->openMulticast({.group = IpAddress::v4(239, 0, 0, 50), .port = 3863, .loopbackOnly = false},
                                          [&](const TransportAddress& from, OctetView data) {
                                              heard.emplace_back(from, Octets(data.begin(), data.end()));
                                          });
        QVERIFY(group.has_value());
        world.dispatcher.runFor(100s);
        QVERIFY(heard.size() >= 90 && heard.size() <= 112);
        QCOMPARE(toText(heard.front().first), std::string("10.0.0.1:3863"));
        QCOMPARE(toHex(heard.front().second), std::string("0a000018111111110004001"
                                                          "00f170000000100080a000001"));
    }
    void givenRegistrarWithSeveralAddresses_whenListenedTo_thenItNamesThem() {
        VirtualDispatcher dispatcher{1};
        transport::MemoryNetwork network{dispatcher, 1};
        auto host = network.addHost({IpAddress::v4(10, 0, 0, 1), IpAddress::v4(10, 0, 1, 1)});
        auto listener = network.addHost({IpAddress::v4(10, 0, 0, 2)});
        SilentLog log;
        AccessRules access;
        RegistrarNode::Config config;
        config.id = ServerId{0x11111111};
        config.asap.port = 3863;
        config.loopbackOnly = false;
        auto registrar = RegistrarNode::start(dispatcher, *host, log, access, config);
        QVERIFY(registrar.has_value());
        Octets heard;
        auto group = listener->openMulticast(
            {.group = IpAddress::v4(239, 0, 0, 50), .port = 3863, .loopbackOnly = false},
            [&](const TransportAddress&, OctetView data) { heard.assign(data.begin(), data.end()); });
        dispatcher.runFor(3s);
        const auto announce = wire::decode<wire::ServerAnnounce>(heard);
        QVERIFY(announce && announce->transports.size() == 1);
        QCOMPARE(announce->transports.front().addresses.size(), std::size_t{2});
        QCOMPARE(announce->transports.front().port, std::uint16_t{3863});
    }

    void givenLoopbackRegistrar_whenElementOnLoopbackRegisters_thenItWorksWithNoConfiguration() {
        VirtualDispatcher dispatcher{1};
        transport::MemoryNetwork network{dispatcher, 1};
        auto host = network.addHost({IpAddress::v4(10, 0, 0, 1)});
        auto neighbour = network.addProcess(IpAddress::v4(10, 0, 0, 1));
        SilentLog log;
        AccessRules access;
        RegistrarNode::Config config;
        config.asap = {{IpAddress::v4(127, 0, 0, 1)}, 3863};
        auto registrar = RegistrarNode::start(dispatcher, *host, log, access, config);
        QVERIFY(registrar.has_value());
        Peer element{*neighbour, {{IpAddress::v4(127, 0, 0, 1)}, 0}, (*registrar)->asapAddress()};
        Octets heard;
        auto group = neighbour->openMulticast(
            {.group = IpAddress::v4(239, 0, 0, 50), .port = 3863},
            [&](const TransportAddress&, OctetView data) { heard.assign(data.begin(), data.end()); });
        dispatcher.runUntilTrue([&] { return element.up; }, 1s);
        element.registerElement(0xa);
        dispatcher.runFor(2s);
        const auto announce = wire::decode<wire::ServerAnnounce>(heard);
        QVERIFY(announce && announce->transports.size() == 1);
        QCOMPARE(toText(TransportAddress{announce->transports.front().addresses, announce->transports.front().port}),
                 std::string("127.0.0.1:3863"));
        QCOMPARE((*registrar)->handlespace().elementCount(), std::size_t{1});
    }

    void givenNobodyAndNothing_whenTimePasses_thenOnlyAnnouncesHappen() {
        RegistrarNode::Config config;
        config.announce.enabled = false;
        World world{config};
        world.settle();
        const auto steps = world.dispatcher.steps();
        world.dispatcher.runFor(1h);
        QCOMPARE(world.dispatcher.steps(), steps);
        QVERIFY(world.dispatcher.idle());
    }

    void givenPeerThatDoesNotReadItsAnswers_whenItAsksOn_thenItAloneIsClosed() {
        RegistrarNode::Config config;
        config.limits.resolutions = {};
        config.queues.octetsPerAssociation = 20'000;
        World world{config};
        auto element = world.peer();
        element->registerElement(0xa);
        auto good = world.peer();
        // Another process on the peers' host: it asks, and then stands still.
        auto process = world.network.addProcess(IpAddress::v4(10, 0, 0, 2));
        Peer deaf{*process, {{IpAddress::v4(10, 0, 0, 2)}, 0}, world.registrar->asapAddress()};
        QVERIFY(world.dispatcher.runUntilTrue([&] { return deaf.up; }, 1s));
        wire::HandleResolution ask;
        ask.poolHandle = PoolHandle{"Pool"};
        for (int i = 0; i < 5000; ++i) {
            deaf.send(ask);
        }
        world.dispatcher.runFor(300us); // what is under way arrives, and nobody reads the answers
        process->freeze();
        world.dispatcher.runFor(2s);
        QVERIFY(world.log.has("does not read its answers: closed"));
        good->send(ask);
        world.settle();
        QCOMPARE(good->count<wire::HandleResolutionResponse>(), std::size_t{1});
        QCOMPARE(world.registrar->handlespace().elementCount(), std::size_t{1});
    }

    void givenOtherProtocols_whenReceived_thenTheyAreIgnored() {
        World world;
        auto peer = world.peer();
        wire::HandleResolution ask;
        ask.poolHandle = PoolHandle{"Pool"};
        peer->sendOctets(wire::encode(ask), 12);
        peer->sendOctets(wire::encode(ask), 0);
        world.settle();
        QVERIFY(peer->received.empty());
        QVERIFY(!peer->down);
        QVERIFY(world.log.has("ignored 12 octets of another protocol (PPID 12)"));
    }

    void givenFloodOfGarbage_whenLogged_thenTheLogStaysShort() {
        World world;
        auto peer = world.peer();
        for (int second = 0; second < 10; ++second) {
            for (int i = 0; i < 1000; ++i) {
                peer->sendOctets(fromHex("05000010000900"));
            }
            world.dispatcher.runFor(1s);
        }
        QCOMPARE(world.registrar->counters().of(asap::IncidentKind::Malformed), std::uint64_t{10'000});
        QVERIFY(world.log.lines.size() < 30);
        QVERIFY(world.log.has("malformed message of type 0x05"));
        QVERIFY(world.log.has("more such lines"));
    }

    void givenPeers_whenRegistrarLeaves_thenTheyAreShutDownAndItIsDone() {
        World world;
        auto element = world.peer();
        auto user = world.peer();
        element->registerElement(0xa);
        world.settle();
        bool left = false;
        world.registrar->leave([&] {
            left = true;
            world.registrar.reset();
        });
        QVERIFY(world.dispatcher.runUntilTrue([&] { return left; }, 900ms));
        world.settle();
        QVERIFY(element->down && user->down);
        QCOMPARE(std::ranges::count_if(world.log.lines,
                                       [](const std::string& line) { return line.find("removed") != line.npos; }),
                 std::ptrdiff_t{0});
    }
    void givenDeafPeer_whenRegistrarLeaves_thenItDoesNotWaitForEver() {
        World world;
        auto element = world.peer();
        world.peerHost->freeze();
        bool left = false;
        world.registrar->leave([&] { left = true; });
        QVERIFY(world.dispatcher.runUntilTrue([&] { return left; }, 1500ms));
    }
    void givenPortInUse_whenStarted_thenTheErrorIsReturned() {
        World world;
        RegistrarNode::Config config;
        config.asap = world.registrar->asapAddress();
        const auto second =
            RegistrarNode::start(world.dispatcher, *world.registrarHost, world.log, world.access, config);
        QVERIFY(!second.has_value());
    }
};

QTEST_APPLESS_MAIN(TestRegistrarNode)
#include "test_registrar_node.moc"
