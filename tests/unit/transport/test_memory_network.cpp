// SPDX-License-Identifier: GPL-3.0-or-later
// What the simulated network can do to its hosts, beyond what every transport must do.
#include "core/base/strong.h"
#include "core/dispatch/epoll_dispatcher.h"
#include "core/dispatch/virtual_dispatcher.h"
#include "core/transport/memory_network.h"

#include <QtTest>
#include <algorithm>
#include <set>
#include <string>

using namespace kolam;
using namespace kolam::transport;

namespace {

const IpAddress hostA = IpAddress::v4(10, 0, 0, 1);
const IpAddress hostB = IpAddress::v4(10, 0, 0, 2);
const IpAddress hostC = IpAddress::v4(10, 0, 0, 3);
const IpAddress secondA = IpAddress::v4(10, 0, 1, 1);
const IpAddress secondB = IpAddress::v4(10, 0, 1, 2);
const IpAddress group = IpAddress::v4(239, 0, 0, 50);
constexpr std::uint16_t port = 3863;

/// An endpoint that writes down what it is told, as text.
struct Node {
    std::unique_ptr<Endpoint> endpoint;
    std::vector<std::string> diary;
    std::vector<AssocId> ups;
    std::vector<Down> downs;
    std::vector<std::string> messages;
    int pathChanges = 0;
    int writables = 0;

    void open(Transport& transport, const EndpointConfig& config = {.local = {{}, port}, .listen = true}) {
        endpoint = std::move(transport
                                 .open(config,
                                       [this](const Event& event) {
                                           std::visit(Overloaded{
                                                          [this](const Up& up) {
                                                              ups.push_back(up.assoc);
                                                              diary.emplace_back("up");
                                                          },
                                                          [this](const Down& down) {
                                                              downs.push_back(down);
                                                              diary.emplace_back(toText(down.reason));
                                                          },
                                                          [this](const Message& message) {
                                                              messages.emplace_back(asText(message.data));
                                                          },
                                                          [this](const PeerClosing&) { diary.emplace_back("closing"); },
                                                          [this](const PathChange&) { ++pathChanges; },
                                                          [this](const Writable&) { ++writables; },
                                                      },
                                                      event);
                                       })
                                 .value());
    }
    AssocId connect(const IpAddress& host) { return endpoint->connect({{host}, port}).value(); }
    bool send(AssocId assoc, std::string_view text) { return endpoint->send(assoc, asOctets(text), {}).has_value(); }
    [[nodiscard]] std::string story() const {
        std::string text;
        for (const std::string& line : diary) {
            text += (text.empty() ? "" : ", ") + line;
        }
        return text;
    }
};

/// Two or three hosts with one endpoint each; the first two connected, B to A.
struct World {
    explicit World(std::uint64_t seed = 1)
        : dispatcher(seed)
        , network(dispatcher, seed)
        , processA(network.addHost({hostA}))
        , processB(network.addHost({hostB})) {
        a.open(*processA);
        b.open(*processB);
    }
    bool connect() {
        assoc = b.connect(hostA);
        return dispatcher.runUntilTrue([this] { return b.ups.size() == 1 && a.ups.size() == 1; }, 1min);
    }
    VirtualDispatcher dispatcher;
    MemoryNetwork network;
    std::unique_ptr<MemoryProcess> processA;
    std::unique_ptr<MemoryProcess> processB;
    Node a;
    Node b;
    AssocId assoc{};
};

} // namespace

class TestMemoryNetwork : public QObject {
    Q_OBJECT
private slots:
    void givenLossDuplicationAndReordering_whenMessagesAreSent_thenAssociationsHideItAll_data() {
        QTest::addColumn<double>("loss");
        QTest::newRow("no loss") << 0.0;
        QTest::newRow("1 %") << 0.01;
        QTest::newRow("10 %") << 0.1;
        QTest::newRow("30 %") << 0.3;
    }
    void givenLossDuplicationAndReordering_whenMessagesAreSent_thenAssociationsHideItAll() {
        QFETCH(const double, loss);
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            World world{seed};
            QVERIFY(world.connect());
            world.network.setLink({.loss = loss, .duplication = 0.1, .reordering = 0.1});
            world.b.endpoint->setLiveness(world.assoc, {}); // patient
            world.a.endpoint->setLiveness(world.a.ups.front(), {});
            for (int i = 0; i < 300; ++i) {
                QVERIFY(world.b.send(world.assoc, std::to_string(i)));
            }
            QVERIFY2(world.dispatcher.runUntilTrue([&] { return world.a.messages.size() == 300; }, 24h),
                     std::to_string(seed).c_str());
            for (std::size_t i = 0; i < 300; ++i) {
                QCOMPARE(world.a.messages[i], std::to_string(i));
            }
            world.b.endpoint->shutdown(world.assoc);
            QVERIFY(
                world.dispatcher.runUntilTrue([&] { return !world.a.downs.empty() && !world.b.downs.empty(); }, 24h));
            QCOMPARE(world.a.messages.size(), std::size_t{300});
            QCOMPARE(world.b.downs.front().reason, DownReason::ShutdownByUs);
        }
    }
    void givenLoss_whenAMessageIsLost_thenItArrivesLaterByARepetition() {
        World world;
        QVERIFY(world.connect());
        world.network.setLink({.loss = 1});
        QVERIFY(world.b.send(world.assoc, "lost at first"));
        world.network.setLink({});
        const TimePoint sent = world.dispatcher.now();
        QVERIFY(world.dispatcher.runUntilTrue([&] { return world.a.messages.size() == 1; }, 10s));
        QVERIFY(world.dispatcher.now() - sent >= lanLiveness.rtoMin);
    }
    void givenHostsThatCannotHearEachOther_whenTheLimitsPass_thenBothGiveUp() {
        World world;
        QVERIFY(world.connect());
        world.network.partition({hostA}, {hostB});
        QVERIFY(world.dispatcher.runUntilTrue([&] { return !world.a.downs.empty() && !world.b.downs.empty(); }, 1min));
        QCOMPARE(world.a.story(), std::string("up, unreachable"));
        QCOMPARE(world.b.story(), std::string("up, unreachable"));
        // Five heartbeats in vain, a second and a growing time-out apart.
        const Duration needed = world.dispatcher.now().time_since_epoch();
        QVERIFY2(needed > 5s && needed < 12s, std::to_string(needed.count()).c_str());
    }
    void givenAggressiveLiveness_whenThePeerIsSilent_thenItShowsSooner() {
        World world;
        QVERIFY(world.connect());
        world.b.endpoint->setLiveness(world.assoc, {.heartbeat = 100ms,
                                                    .rtoInitial = 50ms,
                                                    .rtoMin = 50ms,
                                                    .rtoMax = 200ms,
                                                    .pathMaxRetransmissions = 1,
                                                    .associationMaxRetransmissions = 2});
        world.network.isolate(hostA);
        const TimePoint cut = world.dispatcher.now();
        QVERIFY(world.dispatcher.runUntilTrue([&] { return !world.b.downs.empty(); }, 1min));
        QVERIFY(world.dispatcher.now() - cut < 1s);
        QVERIFY(world.a.downs.empty());
    }
    void givenPartition_whenHealedInTime_thenNothingIsLost() {
        World world;
        QVERIFY(world.connect());
        world.network.partition({hostA}, {hostB});
        for (int i = 0; i < 10; ++i) {
            QVERIFY(world.b.send(world.assoc, std::to_string(i)));
        }
        world.dispatcher.runFor(1s);
        QVERIFY(world.a.messages.empty());
        world.network.heal();
        QVERIFY(world.dispatcher.runUntilTrue([&] { return world.a.messages.size() == 10; }, 10s));
        QCOMPARE(world.a.story(), std::string("up"));
        QCOMPARE(world.b.story(), std::string("up"));
    }
    void givenOneWayCut_whenMessagesStillArrive_thenOnlyTheirAnswersAreMissed() {
        World world;
        QVERIFY(world.connect());
        world.network.cut(hostA, hostB);
        QVERIFY(world.b.send(world.assoc, "arrives"));
        QVERIFY(world.dispatcher.runUntilTrue([&] { return world.a.messages.size() == 1; }, 1s));
        QVERIFY(world.dispatcher.runUntilTrue([&] { return !world.b.downs.empty(); }, 1min));
        QCOMPARE(world.b.downs.front().reason, DownReason::Unreachable);
        QCOMPARE(world.a.messages.size(), std::size_t{1}); // repeated, but told once
    }
    void givenIsolatedHost_whenOthersTalk_thenTheyDoNotNotice() {
        World world;
        const auto processC = world.network.addHost({hostC});
        Node c;
        c.open(*processC);
        QVERIFY(world.connect());
        world.network.isolate(hostA);
        const AssocId toB = c.connect(hostB);
        const AssocId toA = c.connect(hostA);
        QVERIFY(world.dispatcher.runUntilTrue([&] { return c.ups.size() == 1 && c.downs.size() == 1; }, 1min));
        QCOMPARE(c.ups.front(), toB);
        QCOMPARE(c.downs.front().assoc, toA);
        QCOMPARE(c.downs.front().reason, DownReason::SetupTimeout);
    }
    void givenProcess_whenItDiesNoticed_thenTheNextPacketFindsOut() {
        World world;
        QVERIFY(world.connect());
        world.processA->kill();
        QVERIFY(!world.processA->alive());
        QVERIFY(world.b.send(world.assoc, "anybody?"));
        QVERIFY(world.dispatcher.runUntilTrue([&] { return !world.b.downs.empty(); }, 100ms));
        QCOMPARE(world.b.downs.front().reason, DownReason::ProcessGone);
        QCOMPARE(world.a.story(), std::string("up")); // the dead hear nothing
        QCOMPARE(world.a.endpoint->send(world.a.ups.front(), asOctets("x"), {}).error(), SendError::NoAssociation);
        QVERIFY(!world.a.endpoint->connect({{hostB}, port}).has_value());
        QVERIFY(!world.processA->open({}, [](const Event&) {}).has_value());
    }
    void givenProcess_whenItDiesSilently_thenOnlyTimeTells() {
        World world;
        QVERIFY(world.connect());
        world.processA->kill(Death::Silent);
        QVERIFY(world.b.send(world.assoc, "anybody?"));
        world.dispatcher.runFor(500ms);
        QVERIFY(world.b.downs.empty());
        QVERIFY(world.dispatcher.runUntilTrue([&] { return !world.b.downs.empty(); }, 1min));
        QCOMPARE(world.b.downs.front().reason, DownReason::Unreachable);
        (void)world.b.connect(hostA);
        QVERIFY(world.dispatcher.runUntilTrue([&] { return world.b.downs.size() == 2; }, 1min));
        QCOMPARE(world.b.downs.back().reason, DownReason::SetupTimeout);
    }
    void givenNeighbourOnTheSameHost_whenItDies_thenAProbeShowsItSoon() {
        World world;
        const auto neighbour = world.network.addProcess(hostB);
        Node near;
        near.open(*neighbour, {.local = {{}, 9901}, .listen = true});
        const auto assoc = world.b.endpoint->connect({{hostB}, 9901});
        QVERIFY(world.dispatcher.runUntilTrue([&] { return near.ups.size() == 1 && world.b.ups.size() == 1; }, 1s));
        neighbour->kill();
        QVERIFY(world.dispatcher.runUntilTrue([&] { return !world.b.downs.empty(); }, lanLiveness.sameHostProbe + 1ms));
        QCOMPARE(world.b.downs.front().assoc, *assoc);
        QCOMPARE(world.b.downs.front().reason, DownReason::ProcessGone);
    }
    void givenFrozenProcess_whenThawedInTime_thenItReadsWhatHasArrived() {
        World world;
        QVERIFY(world.connect());
        int ticks = 0;
        world.processA->dispatcher().callIn(100ms, [&] { ++ticks; });
        world.processA->freeze();
        QVERIFY(world.b.send(world.assoc, "for later"));
        world.dispatcher.runFor(1s);
        QVERIFY(world.a.messages.empty());
        QCOMPARE(ticks, 0);
        world.processA->dispatcher().callIn(Duration{}, [&] { ticks += world.a.messages.empty() ? 100 : 1; });
        world.processA->thaw();
        world.dispatcher.runFor(10ms);
        QCOMPARE(world.a.messages.size(), std::size_t{1});
        QCOMPARE(ticks, 2); // after what has arrived
        world.dispatcher.runFor(1min);
        QCOMPARE(world.b.story(), std::string("up"));
    }
    void givenFrozenProcess_whenThawedTooLate_thenItLearnsThatItWasGivenUp() {
        World world;
        QVERIFY(world.connect());
        world.processA->freeze();
        QVERIFY(world.dispatcher.runUntilTrue([&] { return !world.b.downs.empty(); }, 1min));
        QCOMPARE(world.b.story(), std::string("up, unreachable"));
        QCOMPARE(world.a.story(), std::string("up"));
        world.processA->thaw();
        QVERIFY(world.dispatcher.runUntilTrue([&] { return !world.a.downs.empty(); }, 1min));
        QCOMPARE(world.a.story(), std::string("up, aborted by the peer"));
    }
    void givenPeerThatRestartsUnnoticed_whenItConnectsFromItsPort_thenTheOldAssociationEndsFirst() {
        World world;
        QVERIFY(world.connect());
        world.processB->kill(Death::Silent);
        const auto successor = world.network.addProcess(hostB);
        Node again;
        again.open(*successor);
        (void)again.connect(hostA);
        QVERIFY(world.dispatcher.runUntilTrue([&] { return again.ups.size() == 1 && world.a.ups.size() == 2; }, 10s));
        QCOMPARE(world.a.story(), std::string("up, process gone, up"));
        QVERIFY(world.a.ups[0] != world.a.ups[1]);
        QVERIFY(world.a.send(world.a.ups[1], "welcome back"));
        QVERIFY(world.dispatcher.runUntilTrue([&] { return again.messages.size() == 1; }, 1s));
        QVERIFY(world.b.messages.empty());
    }
    void givenTwoAddressesEach_whenOneWayIsCut_thenTheOtherCarriesOn() {
        VirtualDispatcher dispatcher{1};
        MemoryNetwork network{dispatcher, 1};
        const auto processA = network.addHost({hostA, secondA});
        const auto processB = network.addHost({hostB, secondB});
        Node a;
        Node b;
        a.open(*processA);
        b.open(*processB);
        QCOMPARE(a.endpoint->local().ips, (std::vector{hostA, secondA}));
        const AssocId assoc = b.connect(hostA);
        QVERIFY(dispatcher.runUntilTrue([&] { return a.ups.size() == 1 && b.ups.size() == 1; }, 1s));
        QCOMPARE(b.endpoint->info(assoc)->peer.ips, (std::vector{hostA, secondA}));
        network.partition({hostA}, {hostB});
        for (int i = 0; i < 100; ++i) {
            QVERIFY(b.send(assoc, std::to_string(i)));
            dispatcher.runFor(100ms);
        }
        QVERIFY(dispatcher.runUntilTrue([&] { return a.messages.size() == 100; }, 10s));
        QVERIFY(b.downs.empty() && a.downs.empty());
        QVERIFY(b.pathChanges >= 1);
        network.partition({secondA}, {secondB});
        QVERIFY(dispatcher.runUntilTrue([&] { return !b.downs.empty(); }, 1min));
        QCOMPARE(b.downs.front().reason, DownReason::Unreachable);
    }
    void givenProcessThatCannotSend_whenItCanAgain_thenItIsToldAndNothingIsLost() {
        World world;
        QVERIFY(world.connect());
        world.processB->blockSends(true);
        const auto refused = world.b.endpoint->send(world.assoc, asOctets("first"), {});
        QVERIFY(!refused && refused.error() == SendError::WouldBlock);
        QVERIFY(world.a.send(world.a.ups.front(), "still heard"));
        world.dispatcher.runFor(5s);
        QCOMPARE(world.b.writables, 0);
        QCOMPARE(world.b.messages, std::vector<std::string>{"still heard"});
        world.processB->blockSends(false);
        QVERIFY(world.dispatcher.runUntilTrue([&] { return world.b.writables == 1; }, 1s));
        QVERIFY(world.b.send(world.assoc, "second"));
        world.dispatcher.runFor(1s);
        QCOMPARE(world.a.messages, std::vector<std::string>{"second"});
    }

    void givenQuietLink_whenThePeerDiesWithAMessageOnItsWay_thenTheSenderFindsOut() {
        for (const Death death : {Death::Noticed, Death::Silent}) {
            World world;
            QVERIFY(world.connect());
            QVERIFY(world.b.send(world.assoc, "too late"));
            world.processA->kill(death);
            QVERIFY(world.dispatcher.runUntilTrue([&] { return !world.b.downs.empty(); }, 10s));
        }
    }

    void givenQuietLink_whenThePeerIsFrozenWithAMessageOnItsWay_thenItIsRepeatedUntilItArrives() {
        World world;
        QVERIFY(world.connect());
        QVERIFY(world.b.send(world.assoc, "patience"));
        world.processA->freeze();
        world.dispatcher.runFor(500ms);
        world.processA->thaw();
        world.dispatcher.runFor(5s);
        QCOMPARE(world.a.messages, std::vector<std::string>{"patience"});
        QVERIFY(world.b.downs.empty());
        QCOMPARE(world.b.endpoint->info(world.assoc)->unsentOctets, std::uint32_t{0});
    }

    void givenModelsOfSingleLinks_whenForgotten_thenTheCommonOneHolds() {
        World world;
        world.network.setLink(hostB, hostA, {.loss = 1});
        world.b.connect(hostA);
        world.dispatcher.runFor(500ms);
        QVERIFY(world.b.ups.empty());
        world.network.clearLinks();
        QVERIFY(world.dispatcher.runUntilTrue([&] { return world.b.ups.size() == 1; }, 10s));
    }

    /// Found by the simulator: one answer that took ten seconds kept all later ones of its endpoint back, to anybody.
    void givenAnswerOnASlowLink_whenOthersConnectAndWhenTheLinkIsFastAgain_thenNobodyWaitsBehindIt() {
        World world;
        world.network.setLink(hostA, hostB, {.latency = 10s});
        const AssocId slow = world.b.connect(hostA);
        world.dispatcher.runFor(100ms);
        const auto processC = world.network.addHost({hostC});
        Node c;
        c.open(*processC);
        (void)c.connect(hostA);
        QVERIFY(world.dispatcher.runUntilTrue([&] { return c.ups.size() == 1; }, 100ms));
        world.network.clearLinks();
        world.b.endpoint->abort(slow, "too slow");
        QVERIFY(world.dispatcher.runUntilTrue([&] { return world.b.downs.size() == 1; }, 100ms));
        (void)world.b.connect(hostA);
        QVERIFY(world.dispatcher.runUntilTrue([&] { return world.b.ups.size() == 1; }, 100ms));
    }

    /// Found by the simulator: what was said in an association waited for the call that had begun it, eight seconds
    /// ago.
    void givenCallOnASlowLink_whenTheOtherSideCallsAndTheLinkIsFastAgain_thenWhatIsSaidArrivesAtOnce() {
        World world;
        world.network.setLink(hostB, hostA, {.latency = 10s});
        const AssocId called = world.b.connect(hostA);
        world.dispatcher.runFor(100ms);
        world.network.clearLinks();
        (void)world.a.connect(hostB);
        QVERIFY(world.dispatcher.runUntilTrue([&] { return world.a.ups.size() == 1 && world.b.ups.size() == 1; }, 1s));
        QVERIFY(world.b.send(called, "hello"));
        QVERIFY(world.dispatcher.runUntilTrue([&] { return world.a.messages.size() == 1; }, 100ms));
    }

    void givenMulticast_whenTheLinkLosesAndRepeats_thenDatagramsAreReallyLostAndRepeated() {
        World world;
        const MulticastConfig config{.group = group, .port = port, .loopbackOnly = false};
        int heard = 0;
        const auto receiver = world.processA->openMulticast(config, [&](const TransportAddress& from, OctetView) {
            QCOMPARE(from.ips, std::vector{hostB});
            ++heard;
        });
        auto sender =
            world.processB->openMulticast({.group = group, .port = port, .receive = false, .loopbackOnly = false},
                                          [](const TransportAddress&, OctetView) {});
        QVERIFY(receiver && sender);
        const auto hearOf = [&](const LinkModel& link) {
            world.network.setLink(link);
            heard = 0;
            for (int i = 0; i < 1000; ++i) {
                (*sender)->send(asOctets("announce"));
            }
            world.dispatcher.runFor(1s);
            return heard;
        };
        QCOMPARE(hearOf({}), 1000);
        const int some = hearOf({.loss = 0.3});
        QVERIFY(some > 600 && some < 800);
        const int more = hearOf({.duplication = 0.2});
        QVERIFY(more > 1100 && more < 1300);
        world.network.cut(hostB, hostA);
        QCOMPARE(hearOf({}), 0);
    }
    void givenLoopbackOnlyMember_whenAnotherHostSends_thenItDoesNotHear() {
        World world;
        int heard = 0;
        const auto count = [&](const TransportAddress&, OctetView) { ++heard; };
        const auto receiver = world.processA->openMulticast({.group = group, .port = port}, count);
        const auto stranger =
            world.processB->openMulticast({.group = group, .port = port, .receive = false, .loopbackOnly = false}, {});
        (*stranger)->send(asOctets("announce"));
        world.dispatcher.runFor(1s);
        QCOMPARE(heard, 0);
        const auto neighbour = world.network.addProcess(hostA);
        const auto local = neighbour->openMulticast({.group = group, .port = port, .receive = false}, {});
        (*local)->send(asOctets("announce"));
        world.dispatcher.runFor(1s);
        QCOMPARE(heard, 1);
    }
    void givenLoopbackAddress_whenConnected_thenItLeadsToTheOwnHost() {
        World world;
        const IpAddress loopback = IpAddress::v4(127, 0, 0, 1);
        const auto neighbour = world.network.addProcess(hostA);
        Node near;
        near.open(*neighbour, {.local = {{loopback}, 9901}, .listen = true});
        QVERIFY(world.a.endpoint->connect({{loopback}, 9901}).has_value());
        QVERIFY(world.b.endpoint->connect({{loopback}, 9901}).has_value()); // nobody on that host
        QVERIFY(
            world.dispatcher.runUntilTrue([&] { return world.a.ups.size() == 1 && world.b.downs.size() == 1; }, 1s));
        QCOMPARE(world.b.downs.front().reason, DownReason::Refused);
        QCOMPARE(near.endpoint->local().ips, std::vector{loopback});
    }
    void givenAddressOfAnotherHost_whenBound_thenItIsAnError() {
        World world;
        const auto endpoint = world.processA->open({.local = {{hostB}, 1}}, [](const Event&) {});
        QVERIFY(!endpoint.has_value());
        QCOMPARE(endpoint.error(), std::make_error_code(std::errc::address_not_available));
    }
    void givenHalfOpenAssociation_whenTheForgetfulSideIsSpokenTo_thenItSaysSo() {
        World world;
        QVERIFY(world.connect());
        world.network.cut(hostB, hostA); // A never hears the ABORT
        world.b.endpoint->abort(world.assoc, "go");
        world.dispatcher.runFor(100ms);
        QCOMPARE(world.b.story(), std::string("up, aborted by us"));
        QCOMPARE(world.a.story(), std::string("up"));
        world.network.heal();
        QVERIFY(world.a.send(world.a.ups.front(), "still there?"));
        QVERIFY(world.dispatcher.runUntilTrue([&] { return !world.a.downs.empty(); }, 1s));
        QCOMPARE(world.a.story(), std::string("up, aborted by the peer"));
    }
    void givenNetworkThatEndsBeforeItsHosts_whenTheDispatcherRunsOn_thenNothingHappens() {
        VirtualDispatcher dispatcher{1};
        auto network = std::make_unique<MemoryNetwork>(dispatcher, 1);
        const auto process = network->addHost({hostA});
        Node node;
        node.open(*process);
        (void)node.connect(hostB);
        network.reset();
        dispatcher.runFor(1min);
        QCOMPARE(node.story(), std::string("no answer to the set-up"));
    }
    void givenRealDispatcher_whenUsedInPlaceOfTheVirtualOne_thenTheNetworkWorks() {
        EpollDispatcher dispatcher{1};
        MemoryNetwork network{dispatcher, 1};
        const auto processA = network.addHost({hostA});
        const auto processB = network.addHost({hostB});
        Node a;
        Node b;
        a.open(*processA);
        b.open(*processB);
        const AssocId assoc = b.connect(hostA);
        std::function<void()> check = [&] {
            if (b.ups.size() == 1 && b.send(assoc, "hello") && a.messages.size() == 1) {
                dispatcher.stop();
            } else {
                dispatcher.callIn(1ms, [&] { check(); });
            }
        };
        check();
        dispatcher.run();
        QVERIFY(!a.messages.empty());
    }
};

QTEST_APPLESS_MAIN(TestMemoryNetwork)
#include "test_memory_network.moc"
