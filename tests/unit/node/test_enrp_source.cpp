// SPDX-License-Identifier: GPL-3.0-or-later
// A registrar that is watched by asking it, on the simulated network: what changes is told, and only that.
#include "core/node/enrp_source.h"
#include "tests/unit/node/endpoint_world.h"

using namespace kolam;
using namespace kolam::testing;
using namespace kolam::telemetry;

namespace {

class AskingWorld : public World {
public:
    std::unique_ptr<Process> addMember() {
        auto made = process(registrarHost());
        RegistrarNode::Config config;
        config.id = ServerId{7};
        config.asap = {{registrarHost()}, 3863};
        config.loopbackOnly = false;
        config.profile = profile;
        config.mesh.emplace();
        config.mesh->enrp = enrp;
        made->registrar = *RegistrarNode::start(made->process->dispatcher(), *made->process, log, access, config);
        return made;
    }
    void ask() {
        asking = process(userHost());
        source = std::make_unique<EnrpSource>(
            asking->process->dispatcher(), *asking->process, EnrpSource::Config{.registrar = enrp},
            [this](const Event& event) { heard.push_back(event); },
            [this](const std::string& why) { failures.push_back(why); });
    }
    template <typename Body>
    [[nodiscard]] std::ptrdiff_t count() const {
        return std::ranges::count_if(heard, [](const Event& e) { return std::holds_alternative<Body>(e.body); });
    }

    using World::process;
    const TransportAddress enrp{{registrarHost()}, 9901};
    std::unique_ptr<Process> asking;
    std::unique_ptr<EnrpSource> source;
    std::vector<Event> heard;
    std::vector<std::string> failures;
};

RegistrarSnapshot snapshot(ServerId registrar, const std::vector<std::pair<std::uint32_t, ServerId>>& elements) {
    RegistrarSnapshot made;
    made.summary.id = registrar;
    made.pools.emplace_back().poolHandle = PoolHandle{"Pool"};
    for (const auto& [identifier, home] : elements) {
        wire::PoolElement element;
        element.identifier = PeIdentifier{identifier};
        element.homeRegistrar = home;
        made.pools.back().elements.push_back(element);
    }
    return made;
}

QString told(const std::vector<EventBody>& bodies) {
    QStringList names;
    for (const EventBody& body : bodies) {
        names.append(std::visit(
            [](const auto& one) { return QString::fromUtf8(one.name.data(), static_cast<qsizetype>(one.name.size())); },
            body));
    }
    return names.join(QLatin1Char(' '));
}

} // namespace

class TestEnrpSource : public QObject {
    Q_OBJECT
private slots:
    void givenSnapshots_whenTold_thenTheFirstAsAWholeAndTheOthersByWhatDiffers() {
        const ServerId one{1};
        const ServerId two{2};
        SnapshotTeller teller;
        QCOMPARE(told(teller.lost(DownKind::Silent)), QString());
        QCOMPARE(told(teller.take(snapshot(one, {{10, one}, {11, two}}))),
                 QStringLiteral("snapshot_began component_up state_changed element_registered element_registered "
                                "snapshot_ended"));
        QCOMPARE(told(teller.take(snapshot(one, {{10, one}, {11, two}}))), QString());
        QCOMPARE(told(teller.take(snapshot(one, {{11, one}, {12, one}}))),
                 QStringLiteral("owner_changed element_registered element_removed"));
        RegistrarSnapshot busier = snapshot(one, {{11, one}, {12, one}});
        busier.pools.front().elements.front().life = std::chrono::seconds{5};
        busier.summary.peers.push_back({.id = two, .address = {}, .contact = {}});
        QCOMPARE(told(teller.take(busier)), QStringLiteral("peer_up element_reregistered"));
        QCOMPARE(told(teller.lost(DownKind::Silent)), QStringLiteral("component_down"));
        QCOMPARE(told(teller.lost(DownKind::Silent)), QString());
        QCOMPARE(told(teller.take(snapshot(one, {}))), // it is there again, and all of it is new
                 QStringLiteral("snapshot_began component_up state_changed snapshot_ended"));
    }
    void givenARegistrar_whenAskedAgainAndAgain_thenElementsComeAndGo() {
        AskingWorld world;
        auto registrar = world.addMember();
        auto first = world.addElement(1);
        QVERIFY(world.untilRegistered({first.get()}));
        world.ask();
        QVERIFY(world.until([&] { return world.count<SnapshotEnded>() == 1; }));
        QCOMPARE(world.heard.front().component, componentId(ServerId{7}));
        QCOMPARE(world.count<ElementRegistered>(), 1);
        QVERIFY(world.source->isAnswered());
        auto second = world.addElement(2);
        QVERIFY(world.until([&] { return world.count<ElementRegistered>() == 2; }));
        second->kill();
        QVERIFY(world.until([&] { return world.count<ElementRemoved>() == 1; }, 60s));
        QCOMPARE(world.count<SnapshotBegan>(), 1);
        QVERIFY(world.failures.empty());
    }
    void givenARegistrar_whenItDiesAndComesBack_thenItIsDownOnceAndThenToldAnew() {
        AskingWorld world;
        auto registrar = world.addMember();
        QVERIFY(world.until([&] { return registrar->registrar->serving(); }, 60s));
        world.ask();
        QVERIFY(world.until([&] { return world.count<SnapshotEnded>() == 1; }));
        registrar->kill();
        QVERIFY(world.until([&] { return world.count<ComponentDown>() == 1; }, 60s));
        QVERIFY(!world.source->isAnswered());
        world.dispatcher.runFor(60s);
        QCOMPARE(world.count<ComponentDown>(), 1);
        QCOMPARE(world.failures.size(), std::size_t{1});
        registrar = world.addMember();
        QVERIFY(world.until([&] { return world.count<SnapshotEnded>() == 2; }, 60s));
    }
    void givenNobody_whenAsked_thenThatIsSaidOnceAndNothingIsTold() {
        AskingWorld world;
        auto other = world.process(World::registrarHost()); // a host without a registrar
        world.ask();
        world.dispatcher.runFor(60s);
        QCOMPARE(world.failures.size(), std::size_t{1});
        QVERIFY(world.heard.empty());
    }
};

QTEST_GUILESS_MAIN(TestEnrpSource)
#include "test_enrp_source.moc"
