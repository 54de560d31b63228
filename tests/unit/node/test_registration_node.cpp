// SPDX-License-Identifier: GPL-3.0-or-later
// A registration without sessions, policies that change, and elements that leave with patience.
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
