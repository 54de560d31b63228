// SPDX-License-Identifier: GPL-3.0-or-later
// Two transports joined into one. Two simulated networks stand for two stacks, so that each can fail in its own way.
#include "core/base/strong.h"
#include "core/dispatch/virtual_dispatcher.h"
#include "core/transport/auto_transport.h"
#include "core/transport/memory_network.h"

#include <QtTest>
#include <string>

using namespace kolam;
using namespace kolam::transport;

namespace {

const IpAddress hostA = IpAddress::v4(10, 0, 0, 1);
const IpAddress hostB = IpAddress::v4(10, 0, 0, 2);
constexpr std::uint16_t port = 3863;

/// A sink that writes down what it is told.
struct Node {
    std::unique_ptr<Endpoint> endpoint;
    std::string diary;
    std::vector<AssocId> ups;
    std::vector<AssocId> downs;
    std::vector<std::string> messages;

    void open(Transport& transport, const EndpointConfig& config) {
        endpoint = std::move(transport.open(config, [this](const Event& event) { note(event); }).value());
    }
    void note(const Event& event) {
        std::visit(Overloaded{
                       [this](const Up& up) {
                           ups.push_back(up.assoc);
                           diary += up.incoming ? "called; " : "up; ";
                       },
                       [this](const Down& down) {
                           downs.push_back(down.assoc);
                           diary += std::string(toText(down.reason)) + "; ";
                       },
                       [this](const Message& message) { messages.emplace_back(asText(message.data)); },
                       [](const PeerClosing&) {},
                       [](const PathChange&) {},
                       [this](const Writable&) { diary += "writable; "; },
                   },
                   event);
    }
};

/// Host A, which has one stack or both, and host B, which has both and joins them.
struct World {
    World() : processB1(first.addHost({hostB})), processB2(second.addHost({hostB})) {
        std::vector<std::unique_ptr<Transport>> both;
        both.push_back(first.addProcess(hostB));
        both.push_back(second.addProcess(hostB));
        joined = joinTransports(dispatcher, std::move(both));
        b.open(*joined, {.liveness = quick});
        processA1 = first.addHost({hostA});
        processA2 = second.addHost({hostA});
    }
    [[nodiscard]] bool until(const std::function<bool()>& done) { return dispatcher.runUntilTrue(done, 1min); }
    static constexpr Liveness quick{.heartbeat = 1s,
                                    .rtoInitial = 200ms,
                                    .rtoMin = 100ms,
                                    .rtoMax = 400ms,
                                    .pathMaxRetransmissions = 2,
                                    .associationMaxRetransmissions = 2,
                                    .initAttempts = 3};
    VirtualDispatcher dispatcher{1};
    MemoryNetwork first{dispatcher, 1};
    MemoryNetwork second{dispatcher, 2};
    std::unique_ptr<MemoryProcess> processB1; // neighbours on host B, which only keep it in being
    std::unique_ptr<MemoryProcess> processB2;
    std::unique_ptr<Transport> joined;
    std::unique_ptr<MemoryProcess> processA1;
    std::unique_ptr<MemoryProcess> processA2;
    Node b;
    Node a1;
    Node a2;
    static inline const EndpointConfig listener{.local = {{}, port}, .listen = true};
};

} // namespace

class TestAutoTransport : public QObject {
    Q_OBJECT
private slots:
    void givenBothStacksListen_whenConnected_thenThePreferredOneCarriesAndTheOtherHearsNothing() {
        World world;
        world.a1.open(*world.processA1, World::listener);
        world.a2.open(*world.processA2, World::listener);
        const auto id = world.b.endpoint->connect({{hostA}, port});
        QVERIFY(id.has_value());
        QCOMPARE(world.b.endpoint->info(*id)->transport, std::string_view("auto"));
        QVERIFY(world.until([&] { return !world.b.ups.empty() && !world.a1.ups.empty(); }));
        world.dispatcher.runFor(10s);
        QCOMPARE(world.b.diary, std::string("up; "));
        QCOMPARE(world.a1.diary, std::string("called; "));
        QCOMPARE(world.a2.diary, std::string());
        QCOMPARE(world.b.endpoint->info(*id)->transport, std::string_view("memory"));
        QVERIFY(world.b.endpoint->send(*id, asOctets("hello"), {}).has_value());
        QVERIFY(world.until([&] { return world.a1.messages.size() == 1; }));
    }
    void givenPreferredStackThatRefuses_whenConnected_thenTheOtherIsTriedAtOnceAndTheRefusalHidden() {
        World world;
        world.a2.open(*world.processA2, World::listener);
        const auto id = world.b.endpoint->connect({{hostA}, port});
        QVERIFY(world.until([&] { return !world.b.ups.empty(); }));
        QVERIFY(world.dispatcher.now() < TimePoint{20ms}); // no head start for the dead
        QCOMPARE(world.b.ups.front(), *id);
        QCOMPARE(world.b.diary, std::string("up; "));
        QVERIFY(world.until([&] { return !world.a2.ups.empty(); }));
        QVERIFY(world.a2.endpoint->send(world.a2.ups.front(), asOctets("hello"), {}).has_value());
        QVERIFY(world.until([&] { return world.b.messages.size() == 1; }));
    }
    void givenPreferredStackThatIsSilent_whenConnected_thenTheOtherWinsAfterTheHeadStart() {
        World world;
        world.first.isolate(hostA);
        world.a1.open(*world.processA1, World::listener);
        world.a2.open(*world.processA2, World::listener);
        const auto id = world.b.endpoint->connect({{hostA}, port});
        QVERIFY(world.until([&] { return !world.b.ups.empty(); }));
        QVERIFY(world.dispatcher.now() < TimePoint{100ms});
        world.first.heal();
        world.dispatcher.runFor(10s);
        QCOMPARE(world.b.diary, std::string("up; "));
        QCOMPARE(world.b.ups.front(), *id);
        QCOMPARE(world.a1.ups.size(), world.a1.downs.size()); // the loser may have got through, and is gone
    }
    void givenSlowPreferredStack_whenBothComeUp_thenTheFirstUpWinsAndTheLoserIsDropped() {
        World world;
        world.first.setLink({.latency = 60ms, .jitter = 0ms});
        world.second.setLink({.latency = 1ms, .jitter = 0ms});
        world.a1.open(*world.processA1, World::listener);
        world.a2.open(*world.processA2, World::listener);
        const auto id = world.b.endpoint->connect({{hostA}, port});
        QVERIFY(world.until([&] { return !world.b.ups.empty(); }));
        QVERIFY(world.b.endpoint->send(*id, asOctets("by the second"), {}).has_value());
        world.dispatcher.runFor(10s);
        QCOMPARE(world.b.diary, std::string("up; "));
        QCOMPARE(world.a2.messages.size(), std::size_t{1});
        QCOMPARE(world.a1.ups.size(), world.a1.downs.size());
    }
    void givenNobodyListens_whenConnected_thenOneRefusalIsTold() {
        World world;
        const auto id = world.b.endpoint->connect({{hostA}, port});
        QVERIFY(world.until([&] { return !world.b.downs.empty(); }));
        world.dispatcher.runFor(10s);
        QCOMPARE(world.b.diary, std::string("refused; "));
        QCOMPARE(world.b.downs.front(), *id);
        QVERIFY(!world.b.endpoint->info(*id).has_value());
    }
    void givenOneStackSilentAndTheOtherRefusing_whenConnected_thenTheEndIsToldOnceBothAreOver() {
        World world;
        world.first.isolate(hostA);
        (void)world.b.endpoint->connect({{hostA}, port});
        world.dispatcher.runFor(500ms);
        QCOMPARE(world.b.diary, std::string()); // the refusal of one is hidden while the other runs
        QVERIFY(world.until([&] { return !world.b.downs.empty(); }));
        QCOMPARE(world.b.diary, std::string("no answer to the set-up; "));
    }
    void givenRace_whenAbortedOrShutDown_thenOneDownFollowsAndNothingComesUp() {
        for (const bool graceful : {false, true}) {
            World world;
            world.a1.open(*world.processA1, World::listener);
            world.a2.open(*world.processA2, World::listener);
            const auto id = world.b.endpoint->connect({{hostA}, port});
            if (graceful) {
                world.b.endpoint->shutdown(*id);
            } else {
                world.b.endpoint->abort(*id, "changed my mind");
            }
            QCOMPARE(world.b.diary, std::string());
            world.dispatcher.runFor(10s);
            QCOMPARE(world.b.diary, std::string(graceful ? "shut down by us; " : "aborted by us; "));
        }
    }
    void givenRace_whenTheEndpointIsDestroyed_thenNothingHappens() {
        World world;
        world.a1.open(*world.processA1, World::listener);
        world.first.isolate(hostA);
        (void)world.b.endpoint->connect({{hostA}, port});
        world.b.endpoint.reset();
        world.dispatcher.runFor(10s);
        QCOMPARE(world.b.diary, std::string());
    }
    void givenSenderThatIsEarly_whenTheRaceIsWon_thenWritableFollows() {
        World world;
        world.a2.open(*world.processA2, World::listener);
        const auto id = world.b.endpoint->connect({{hostA}, port});
        QCOMPARE(world.b.endpoint->send(*id, asOctets("early"), {}).error(), SendError::WouldBlock);
        QVERIFY(world.until([&] { return !world.b.ups.empty(); }));
        QCOMPARE(world.b.diary, std::string("up; writable; "));
    }
    void givenListenerOnBothStacks_whenCalledOnEither_thenItAnswersWithOneNumber() {
        World world;
        std::vector<std::unique_ptr<Transport>> both;
        both.push_back(world.first.addProcess(hostA));
        both.push_back(world.second.addProcess(hostA));
        const auto transport = joinTransports(world.dispatcher, std::move(both));
        Node listener;
        listener.open(*transport, {.local = {}, .listen = true});
        const TransportAddress local = listener.endpoint->local();
        QCOMPARE(local.ips, std::vector{hostA});
        Node byFirst;
        Node bySecond;
        byFirst.open(*world.processB1, {});
        bySecond.open(*world.processB2, {});
        QVERIFY(byFirst.endpoint->connect(local).has_value());
        QVERIFY(bySecond.endpoint->connect(local).has_value());
        QVERIFY(world.until([&] { return listener.ups.size() == 2; }));
        QVERIFY(listener.ups[0] != listener.ups[1]);
        world.dispatcher.runFor(1s);
        QVERIFY(byFirst.endpoint->send(byFirst.ups.front(), asOctets("one"), {}).has_value());
        QVERIFY(bySecond.endpoint->send(bySecond.ups.front(), asOctets("two"), {}).has_value());
        QVERIFY(world.until([&] { return listener.messages.size() == 2; }));
    }
    void givenPortThatIsTakenInOneStack_whenOpened_thenItIsInUseOrAnotherIsFound() {
        World world;
        Node other;
        other.open(*world.processB2, {.local = {{}, port}, .listen = true});
        const auto fixed = world.joined->open({.local = {{}, port}, .listen = true}, [](const Event&) {});
        QVERIFY(!fixed.has_value());
        QCOMPARE(fixed.error(), std::make_error_code(std::errc::address_in_use));
        Node onlyThere; // takes the next ephemeral port of the second stack
        onlyThere.open(*world.processB2, {});
        Node any;
        any.open(*world.joined, {.local = {}, .listen = true});
        QVERIFY(any.endpoint->local().port != 0);
    }
    void givenKinds_whenReadFromText_thenOnlyTheThreeAreKnown() {
        QCOMPARE(parseTransportKind("auto"), std::optional(TransportKind::Auto));
        QCOMPARE(parseTransportKind("kernel"), std::optional(TransportKind::Kernel));
        QCOMPARE(parseTransportKind("user"), std::optional(TransportKind::User));
        QVERIFY(!parseTransportKind("memory") && !parseTransportKind("") && !parseTransportKind("Auto"));
    }
};

QTEST_APPLESS_MAIN(TestAutoTransport)
#include "test_auto_transport.moc"
