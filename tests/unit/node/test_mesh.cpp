// SPDX-License-Identifier: GPL-3.0-or-later
// Registrars of a mesh with real elements on the simulated network: they keep one handlespace, and survive each other.
// The rules of the machine are tested in tests/unit/enrp; random faults in tests/sim.
#include "tests/unit/node/endpoint_world.h"

using namespace kolam;
using namespace kolam::testing;

namespace {

class MeshWorld : public World {
public:
    std::unique_ptr<Process> addMember(std::uint8_t number, ServerId id = {}, std::vector<TransportAddress> peers = {},
                                       bool multicast = true) {
        auto made = process(registrarHost(number));
        RegistrarNode::Config config;
        config.id = id == ServerId{} ? ServerId{0x11111111u * number} : id;
        config.asap = {{registrarHost(number)}, 3863};
        config.loopbackOnly = false;
        config.profile = profile;
        config.mesh.emplace();
        config.mesh->enrp = {{registrarHost(number)}, 9901};
        config.mesh->group.enabled = multicast;
        config.mesh->peers = std::move(peers);
        made->registrar = *RegistrarNode::start(made->process->dispatcher(), *made->process, log, access, config);
        return made;
    }

    /// Every live registrar knows the same elements with the same owners, and each of them has one live owner.
    [[nodiscard]] static bool agree(const std::vector<const Process*>& registrars, std::size_t elements) {
        std::size_t owned = 0;
        for (const Process* one : registrars) {
            const RegistrarNode& node = *one->registrar;
            if (!node.serving() || node.handlespace().elementCount() != elements) {
                return false;
            }
            owned += node.handlespace().countOwnedBy(node.id());
            for (const Process* other : registrars) {
                const ServerId id = other->registrar->id();
                if (node.handlespace().checksum(id) != other->registrar->handlespace().checksum(id) ||
                    node.handlespace().countOwnedBy(id) != other->registrar->handlespace().countOwnedBy(id)) {
                    return false;
                }
            }
        }
        return owned == elements;
    }
    /// The first registrar, so many elements that are all its own, then the others; until all of them agree.
    bool grow(std::uint8_t elementCount, std::uint8_t registrarCount) {
        registrars.push_back(addMember(1));
        for (std::uint8_t number = 1; number <= elementCount; ++number) {
            elements.push_back(addElement(number));
        }
        if (!until([&] { return owned(*registrars[0]) == elementCount; })) {
            return false;
        }
        for (std::uint8_t number = 2; number <= registrarCount; ++number) {
            registrars.push_back(addMember(number));
        }
        return untilAgreed();
    }
    /// Whether those that live agree about every element.
    [[nodiscard]] bool agreed() const {
        std::vector<const Process*> living;
        for (const auto& registrar : registrars) {
            if (registrar->registrar) {
                living.push_back(registrar.get());
            }
        }
        return agree(living, elements.size());
    }
    bool untilAgreed(Duration limit = 10s) {
        return until([this] { return agreed(); }, limit);
    }
    std::vector<std::unique_ptr<Process>> registrars;
    std::vector<std::unique_ptr<Process>> elements;

    [[nodiscard]] static std::size_t owned(const Process& registrar) {
        return registrar.registrar->handlespace().countOwnedBy(registrar.registrar->id());
    }
};

class TestMesh : public QObject {
    Q_OBJECT
private slots:
    void givenRegistrarsThatStartTogether_theyFindEachOther();
    void givenAMesh_whenOneJoins_itDownloadsEverything();
    void givenNoMulticast_whenAPeerIsNamed_theyFindEachOther();
    void givenTwoRegistrars_whenOneIsKilled_theOtherOwnsItsElements();
    void givenThreeRegistrars_whenOneFallsSilent_oneSurvivorOwnsItsElements();
    void givenAFrozenRegistrar_whenItWakesUp_nobodyIsOwnedTwice();
    void givenAKilledRegistrar_whenItComesBackWithItsIdentifier_tablesAgree();
    void givenARegistrarThatLeaves_itsElementsAreNeverMissing();
    void givenOneIdentifierTwice_whenTheSecondStarts_itTakesAnother();
    void givenLongWays_everyRegistrarKnowsItsOwnDistanceToAnElement();
};

void TestMesh::givenRegistrarsThatStartTogether_theyFindEachOther() {
    MeshWorld world;
    auto one = world.addMember(1);
    auto two = world.addMember(2);
    auto three = world.addMember(3);
    auto element = world.addElement(1);
    auto other = world.addElement(2);
    QVERIFY(world.untilRegistered({element.get(), other.get()}));
    QVERIFY(world.until([&] { return MeshWorld::agree({one.get(), two.get(), three.get()}, 2); }));
    QCOMPARE(one->registrar->peers().size(), 2u);
}

void TestMesh::givenAMesh_whenOneJoins_itDownloadsEverything() {
    MeshWorld world;
    QVERIFY(world.grow(20, 1));
    world.registrars.push_back(world.addMember(2));
    const TimePoint begin = world.dispatcher.now();
    QVERIFY(world.until([&] { return world.registrars[1]->registrar->serving(); }));
    QVERIFY(world.agreed());
    QVERIFY(world.dispatcher.now() - begin < demoProfile().mentorDiscovery);
}

void TestMesh::givenNoMulticast_whenAPeerIsNamed_theyFindEachOther() {
    MeshWorld world;
    auto one = world.addMember(1, {}, {}, false);
    auto two = world.addMember(2, {}, {{{MeshWorld::registrarHost(1)}, 9901}}, false);
    auto three = world.addMember(3, {}, {{{MeshWorld::registrarHost(2)}, 9901}}, false);
    auto element = world.addElement(1);
    QVERIFY(world.untilRegistered({element.get()}));
    QVERIFY(world.until([&] { return MeshWorld::agree({one.get(), two.get(), three.get()}, 1); }));
    QCOMPARE(one->registrar->peers().size(), 2u); // the third one, too, which it was only told of
}

void TestMesh::givenTwoRegistrars_whenOneIsKilled_theOtherOwnsItsElements() {
    MeshWorld world;
    QVERIFY(world.grow(5, 2));
    const Process& survivor = *world.registrars[1];
    world.registrars[0]->kill();
    const TimePoint killed = world.dispatcher.now();
    bool complete = true;
    QVERIFY(world.until([&] {
        complete = complete && survivor.registrar->handlespace().elementCount() == 5;
        return MeshWorld::owned(survivor) == 5;
    }));
    QVERIFY(complete); // they could be resolved all the time
    QVERIFY(world.dispatcher.now() - killed < 500ms);
    world.dispatcher.runFor(5s);
    QVERIFY(world.agreed());
}

void TestMesh::givenThreeRegistrars_whenOneFallsSilent_oneSurvivorOwnsItsElements() {
    MeshWorld world;
    QVERIFY(world.grow(5, 3));
    world.registrars[0]->process->freeze();
    const TimePoint frozen = world.dispatcher.now();
    QVERIFY(world.until([&] { return MeshWorld::agree({world.registrars[1].get(), world.registrars[2].get()}, 5); }));
    QVERIFY(world.dispatcher.now() - frozen < 1500ms);
}

void TestMesh::givenAFrozenRegistrar_whenItWakesUp_nobodyIsOwnedTwice() {
    MeshWorld world;
    QVERIFY(world.grow(5, 3));
    world.registrars[0]->process->freeze();
    world.dispatcher.runFor(30s);
    QVERIFY(MeshWorld::agree({world.registrars[1].get(), world.registrars[2].get()}, 5));
    world.registrars[0]->process->thaw();
    QVERIFY(world.untilAgreed(3s));
}

void TestMesh::givenAKilledRegistrar_whenItComesBackWithItsIdentifier_tablesAgree() {
    MeshWorld world;
    QVERIFY(world.grow(5, 2));
    world.registrars[0]->kill();
    world.registrars[0] = world.addMember(1);
    QVERIFY(world.untilAgreed(3s));
    world.dispatcher.runFor(5s);
    QVERIFY(world.agreed());
}

void TestMesh::givenARegistrarThatLeaves_itsElementsAreNeverMissing() {
    MeshWorld world;
    QVERIFY(world.grow(8, 3));
    const Process& two = *world.registrars[1];
    const Process& three = *world.registrars[2];
    bool left = false;
    bool complete = true;
    const auto watch = [&] {
        complete = complete && two.registrar->handlespace().elementCount() == 8 &&
                   three.registrar->handlespace().elementCount() == 8;
    };
    world.registrars[0]->registrar->leave([&] { left = true; });
    QVERIFY(world.until([&] {
        watch();
        return left;
    }));
    world.registrars[0]->registrar.reset();
    QVERIFY(world.until([&] {
        watch();
        return world.agreed();
    }));
    QVERIFY(complete);
    QCOMPARE(MeshWorld::owned(two), 4u); // shared among those that stay
}

void TestMesh::givenOneIdentifierTwice_whenTheSecondStarts_itTakesAnother() {
    MeshWorld world;
    auto one = world.addMember(1, ServerId{0xabcdef});
    QVERIFY(world.until([&] { return one->registrar->serving(); }));
    auto two = world.addMember(2, ServerId{0xabcdef});
    QVERIFY(world.until(
        [&] { return MeshWorld::agree({one.get(), two.get()}, 0) && one->registrar->peers().size() == 1; }));
    QCOMPARE(one->registrar->id(), ServerId{0xabcdef});
    QVERIFY(two->registrar->id() != ServerId{0xabcdef});
}

void TestMesh::givenLongWays_everyRegistrarKnowsItsOwnDistanceToAnElement() {
    MeshWorld world;
    world.policy = wire::PolicyType::LeastUsedDpf;
    world.profile = rsplibProfile(); // patient enough for such ways
    const auto way = [&](const IpAddress& one, const IpAddress& other, Duration latency) {
        const transport::LinkModel link{.latency = latency, .jitter = {}};
        world.network.setLink(one, other, link);
        world.network.setLink(other, one, link);
    };
    const auto distanceAt = [](const Process& registrar) -> int {
        const Handlespace& known = registrar.registrar->handlespace();
        const auto all = known.all();
        return all.size() == 1 ? static_cast<int>(known.element(all.front()).policy.distance) : -1;
    };
    way(World::registrarHost(1), World::elementHost(1), 50ms);
    way(World::registrarHost(1), World::registrarHost(2), 100ms);
    auto one = world.addMember(1);
    QVERIFY(world.until([&] { return one->registrar->serving(); }, 30s));
    auto element = world.addElement(1);
    QVERIFY(world.untilRegistered({element.get()}, 60s));
    auto two = world.addMember(2);
    // The first registration is as old as the association; what it has measured by then shows with the next one.
    QVERIFY(world.until([&] { return distanceAt(*one) == 50 && distanceAt(*two) == 150; }, 120s));
    // And nobody downloads a table because of it.
    const auto before = two->registrar->meshCounters();
    world.dispatcher.runFor(60s);
    QCOMPARE(two->registrar->meshCounters().mismatches, before.mismatches);
    QCOMPARE(two->registrar->meshCounters().tableParts, before.tableParts);
}

} // namespace

QTEST_APPLESS_MAIN(TestMesh)
#include "test_mesh.moc"
