// SPDX-License-Identifier: GPL-3.0-or-later
// A registration without sessions, policies that change, and elements that leave with patience.
#include "core/node/registrar_line.h"
#include "core/node/registration_node.h"
#include "tests/unit/node/endpoint_world.h"

#include <QtTest>

using namespace kolam;
using namespace kolam::testing;

namespace {

/// A TCP server that is registered, and does all the rest by itself.
struct WebServer {
    explicit WebServer(World& world) : host(world.network.addHost({World::elementHost(9)})) {
        RegistrationNode::Config config;
        config.poolHandle = PoolHandle{"Web"};
        config.policy = {.type = wire::PolicyType::WeightedRandom, .weight = 10};
        config.transport = {
            .protocol = wire::TransportProtocol::Tcp, .port = 8080, .addresses = {World::elementHost(9)}};
        config.registrars = world.sources;
        config.profile = world.profile;
        node = *RegistrationNode::start(host->dispatcher(), *host, world.log, config);
    }
    std::unique_ptr<transport::MemoryProcess> host;
    std::unique_ptr<RegistrationNode> node;
};

/// Many servers of one process, which share an association.
struct Colony {
    Colony(World& ownWorld, std::size_t count) : world(ownWorld), host(world.network.addHost({World::elementHost(9)})) {
        line = *RegistrarLine::open(host->dispatcher(), *host, world.log,
                                    {.sources = world.sources,
                                     .profile = world.profile,
                                     .local = {{World::elementHost(9)}, 0},
                                     .listen = true});
        for (std::size_t i = 0; i < count; ++i) {
            add(World::elementHost(9));
        }
    }
    void add(const IpAddress& address) {
        RegistrationNode::Config config;
        config.poolHandle = PoolHandle{"Web"};
        config.policy.type = wire::PolicyType::RoundRobin;
        config.transport = {.protocol = wire::TransportProtocol::Tcp,
                            .port = static_cast<std::uint16_t>(8000 + nodes.size()),
                            .addresses = {address}};
        config.profile = world.profile;
        config.line = line;
        nodes.push_back(*RegistrationNode::start(host->dispatcher(), *host, world.log, config));
    }
    [[nodiscard]] bool allRegistered() const {
        return std::ranges::all_of(nodes,
                                   [](const auto& node) { return node->status().state == ElementState::Registered; });
    }
    [[nodiscard]] bool anyRejected() const {
        return std::ranges::any_of(nodes,
                                   [](const auto& node) { return node->status().state == ElementState::Rejected; });
    }
    World& world;
    std::unique_ptr<transport::MemoryProcess> host;
    std::shared_ptr<RegistrarLine> line;
    std::vector<std::unique_ptr<RegistrationNode>> nodes;
};

/// A registrar as rsplib's: refuses servers at one port, because it knows no address of theirs.
class PickyRegistrar {
public:
    PickyRegistrar(World& world, std::uint8_t number) : m_host(world.network.addHost({World::registrarHost(number)})) {
        m_endpoint = *m_host->open({.local = {{World::registrarHost(number)}, 3863}, .listen = true},
                                   [this](const transport::Event& event) { happened(event); });
    }
    [[nodiscard]] std::size_t refused() const { return m_refused; }
    std::uint16_t refusedPort = 8'001;

private:
    void happened(const transport::Event& event) {
        const auto* const message = std::get_if<transport::Message>(&event);
        if (message == nullptr) {
            return;
        }
        const auto decoded = wire::decode<wire::Registration>(message->data);
        if (!decoded) {
            return;
        }
        wire::RegistrationResponse response{.poolHandle = decoded->poolHandle, .element = decoded->element.identifier};
        if (decoded->element.userTransport.port == refusedPort) {
            ++m_refused;
            response.reject = true;
            response.error = wire::OperationError{{{wire::CauseCode::RsplibNoUserAddresses, {}}}};
        }
        (void)m_endpoint->send(message->assoc, wire::encode(response), {.ppid = wire::asapPpid});
    }
    std::unique_ptr<transport::MemoryProcess> m_host;
    std::unique_ptr<transport::Endpoint> m_endpoint;
    std::size_t m_refused = 0;
};

/// Two of them are all that there is.
struct PickyWorld : World {
    PickyWorld() {
        sources.announces = false;
        sources.fixed = {{{registrarHost(1)}, 3863}, {{registrarHost(2)}, 3863}};
    }
    PickyRegistrar first{*this, 1};
    PickyRegistrar second{*this, 2};
};

std::set<std::uint64_t> associationsOf(const RegistrarNode& registrar) {
    std::set<std::uint64_t> found;
    for (const ElementRef element : registrar.handlespace().all()) {
        found.insert(registrar.handlespace().extra(element).association);
    }
    return found;
}

std::vector<wire::PoolElement> resolved(World& world, UserNode& user, const char* handle) {
    std::optional<std::vector<wire::PoolElement>> found;
    user.resolve(PoolHandle{handle}, 0,
                 [&](const auto& answer) { found = answer ? *answer : std::vector<wire::PoolElement>{}; });
    (void)world.until([&] { return found.has_value(); });
    return found.value_or(std::vector<wire::PoolElement>{});
}

} // namespace

class TestRegistrationNode : public QObject {
    Q_OBJECT
private slots:
    void givenTcpServer_whenItIsRegistered_thenUsersFindItsAddress() {
        World world;
        const auto registrar = world.addRegistrar();
        WebServer server{world};
        QVERIFY(world.until([&] { return server.node->status().state == ElementState::Registered; }));
        const auto user = world.addUser();
        const auto found = resolved(world, *user->user, "Web");
        QCOMPARE(found.size(), std::size_t{1});
        QCOMPARE(found[0].userTransport.protocol, wire::TransportProtocol::Tcp);
        QCOMPARE(found[0].userTransport.port, std::uint16_t{8080});
        QCOMPARE(found[0].identifier, server.node->identifier());
    }
    void givenRegisteredServer_whenItsWeightChanges_thenUsersSeeTheNewOne() {
        World world;
        const auto registrar = world.addRegistrar();
        WebServer server{world};
        QVERIFY(world.until([&] { return server.node->status().state == ElementState::Registered; }));
        server.node->setPolicy({.type = wire::PolicyType::WeightedRandom, .weight = 3});
        const auto user = world.addUser();
        QVERIFY(world.until([&] {
            const auto found = resolved(world, *user->user, "Web");
            return found.size() == 1 && found[0].policy.weight == 3;
        }));
    }
    void givenRegisteredServer_whenItsRegistrarDies_thenItIsRegisteredWithAnother() {
        World world;
        auto first = world.addRegistrar(1);
        WebServer server{world};
        QVERIFY(world.until([&] { return server.node->status().state == ElementState::Registered; }));
        const auto second = world.addRegistrar(2);
        first->kill();
        QVERIFY(world.until([&] { return second->registrar->handlespace().elementCount() == 1; }));
    }
    void givenRegisteredServer_whenItLeaves_thenThePoolIsEmptyAndTheCallerIsTold() {
        World world;
        const auto registrar = world.addRegistrar();
        WebServer server{world};
        QVERIFY(world.until([&] { return server.node->status().state == ElementState::Registered; }));
        bool left = false;
        server.node->leave([&] {
            left = true;
            server.node.reset();
        });
        QVERIFY(world.until([&] { return left; }, 1s));
        QCOMPARE(registrar->registrar->handlespace().elementCount(), std::size_t{0});
    }

    void givenManyServersOfAProcess_whenTheyShareALine_thenOneAssociationHasThemAll() {
        constexpr std::size_t count = 64; // as many as a registrar takes of one association
        World world;
        const auto registrar = world.addRegistrar();
        const Colony colony{world, count};
        QVERIFY(world.until([&] { return colony.allRegistered(); }));
        QCOMPARE(registrar->registrar->handlespace().elementCount(), count);
        QCOMPARE(associationsOf(*registrar->registrar).size(), std::size_t{1});
        world.dispatcher.runFor(3 * world.profile.registrationLife); // all answer when they are asked whether they live
        QVERIFY(colony.allRegistered());
        QCOMPARE(registrar->registrar->handlespace().elementCount(), count);
        QCOMPARE(colony.line->counters().refused + colony.line->counters().unexpected, std::uint64_t{0});
    }
    void givenServersOnALine_whenTheirRegistrarDies_thenAllAreRegisteredWithAnother() {
        World world;
        auto first = world.addRegistrar(1);
        const Colony colony{world, 50};
        QVERIFY(world.until([&] { return colony.allRegistered(); }));
        const auto second = world.addRegistrar(2);
        first->kill();
        QVERIFY(world.until([&] { return second->registrar->handlespace().elementCount() == 50; }));
        QVERIFY(world.until([&] { return colony.allRegistered(); }));
    }
    void givenServersOnALine_whenSomeLeave_thenTheOthersStayAndTheLastOneEndsIt() {
        World world;
        const auto registrar = world.addRegistrar();
        Colony colony{world, 20};
        QVERIFY(world.until([&] { return colony.allRegistered(); }));
        std::size_t left = 0;
        for (std::size_t i = 1; i < colony.nodes.size(); ++i) {
            colony.nodes[i]->leave([&] { ++left; });
        }
        QVERIFY(world.until([&] { return left == 19; }, 2s));
        QVERIFY(!colony.line->ending());
        world.dispatcher.runFor(2 * world.profile.registrationLife);
        QCOMPARE(colony.nodes[0]->status().state, ElementState::Registered);
        QCOMPARE(registrar->registrar->handlespace().elementCount(), std::size_t{1});
        colony.nodes[0]->leave([&] { ++left; });
        QVERIFY(world.until([&] { return left == 20; }, 2s));
        QVERIFY(colony.line->ending());
        QCOMPARE(registrar->registrar->handlespace().elementCount(), std::size_t{0});
    }
    void givenServersOnALine_whenOneIsRefusedForItsAddress_thenTheOthersStayWhereTheyAre() {
        PickyWorld world;
        const auto refused = [&] { return world.first.refused() + world.second.refused(); };
        const Colony colony{world, 5};
        QVERIFY(world.until([&] { return refused() >= 3; }, 2min));
        QCOMPARE(colony.line->epoch(), std::uint64_t{1});
        QCOMPARE(std::ranges::count_if(
                     colony.nodes, [](const auto& node) { return node->status().state == ElementState::Registered; }),
                 4);
    }
    void givenServersOnALine_whenEachWasRefusedOnceButNotAtTheSameTime_thenTheyStayWhereTheyAre() {
        PickyWorld world;
        const auto refuse = [&](std::uint16_t port) { world.first.refusedPort = world.second.refusedPort = port; };
        const Colony colony{world, 2};
        for (const auto port : {std::uint16_t{8'001}, std::uint16_t{8'000}}) {
            refuse(port);
            QVERIFY(world.until([&] { return colony.anyRejected(); }, 2min));
            refuse(0);
            QVERIFY(world.until([&] { return colony.allRegistered(); }, 2min));
        }
        QCOMPARE(colony.line->epoch(), std::uint64_t{1});
    }
    void givenAServerAlone_whenItIsRefusedForItsAddress_thenItTriesAnotherRegistrar() {
        PickyWorld world;
        Colony colony{world, 2};
        QVERIFY(world.until([&] { return colony.nodes[0]->status().state == ElementState::Registered; }));
        colony.nodes.erase(colony.nodes.begin());
        QVERIFY(world.until([&] { return world.first.refused() > 0 && world.second.refused() > 0; }, 2min));
    }
    void givenServersOnALine_whenSomeDieWithRequestsUnderWay_thenTheOthersDoNotNotice() {
        World world;
        Colony colony{world, 20};
        colony.nodes.erase(colony.nodes.begin(), colony.nodes.begin() + 5); // before there is a registrar
        const auto registrar = world.addRegistrar();
        QVERIFY(world.until([&] { return registrar->registrar->handlespace().elementCount() > 0; }));
        colony.nodes.erase(colony.nodes.begin() + 10, colony.nodes.end()); // while answers are on their way
        QVERIFY(world.until([&] { return colony.allRegistered(); }));
        QVERIFY(world.until([&] { return registrar->registrar->handlespace().elementCount() == 10; }));
        world.dispatcher.runFor(world.profile.registrationLife);
        QVERIFY(colony.allRegistered());
    }

    void givenServerThatHasLeft_whenItIsAskedToLeaveAgain_thenEverybodyIsTold() {
        World world;
        const auto registrar = world.addRegistrar();
        WebServer server{world};
        QVERIFY(world.until([&] { return server.node->status().state == ElementState::Registered; }));
        int told = 0;
        server.node->leave([&] { ++told; });
        server.node->leave([&] { ++told; });
        QVERIFY(world.until([&] { return told == 2; }, 1s));
        server.node->leave([&] { ++told; });
        QVERIFY(world.until([&] { return told == 3; }, 1s));
    }

    void givenElementWithASession_whenItLeavesWithPatience_thenTheSessionGoesOnUntilItsEnd() {
        World world;
        const auto registrar = world.addRegistrar();
        const auto element = world.addElement(1);
        QVERIFY(world.untilRegistered({element.get()}));
        const auto user = world.addUser();
        CountingUser session{*user->user, world.dispatcher};
        QVERIFY(world.until([&] { return session.expected.number >= 10; }));
        bool left = false;
        element->element->leave([&] { left = true; }, Duration::max());
        QVERIFY(world.until([&] { return registrar->registrar->handlespace().elementCount() == 0; }));
        QVERIFY(world.until([&] { return session.expected.number >= 500; }));
        QVERIFY(!left);
        QVERIFY(session.causes.empty());
        user->user->closeSession(session.id);
        QVERIFY(world.until([&] { return left; }));
    }
    void givenElementWithASession_whenItsPatienceEnds_thenTheSessionIsEnded() {
        World world;
        const auto registrar = world.addRegistrar();
        const auto element = world.addElement(1);
        QVERIFY(world.untilRegistered({element.get()}));
        const auto user = world.addUser();
        CountingUser session{*user->user, world.dispatcher};
        QVERIFY(world.until([&] { return session.expected.number >= 10; }));
        const TimePoint begin = world.dispatcher.now();
        bool left = false;
        element->element->leave([&] { left = true; }, 5s);
        QVERIFY(world.until([&] { return left; }));
        QVERIFY(world.dispatcher.now() - begin >= 5s);
        QCOMPARE(session.causes, std::vector{FailoverCause::PeerShutdown});
    }
    void givenLeavingElement_whenAnotherUserComes_thenItIsRefused() {
        World world;
        const auto registrar = world.addRegistrar();
        const auto element = world.addElement(1);
        QVERIFY(world.untilRegistered({element.get()}));
        const auto user = world.addUser();
        CountingUser session{*user->user, world.dispatcher};
        QVERIFY(world.until([&] { return session.expected.number >= 10; }));
        element->element->leave([] {}, Duration::max());
        QVERIFY(world.until([&] { return element->element->status().state == ElementState::Left; }));
        const auto stranger = world.network.addHost({World::userHost(2)});
        std::optional<transport::DownReason> end;
        const auto endpoint = *stranger->open({.local = {{World::userHost(2)}, 0}}, [&](const transport::Event& event) {
            if (const auto* down = std::get_if<transport::Down>(&event)) {
                end = down->reason;
            }
        });
        QVERIFY(endpoint->connect(element->element->serviceAddress()).has_value());
        QVERIFY(world.until([&] { return end.has_value(); }));
        QCOMPARE(*end, transport::DownReason::ShutdownByPeer);
        QCOMPARE(element->element->status().sessions, std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(TestRegistrationNode)
#include "test_registration_node.moc"
