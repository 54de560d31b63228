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
    auto one = world.addMember(1);
    std::vector<std::unique_ptr<Process>> elements;
    for (std::uint8_t number = 1; number <= 20; ++number) {
        elements.push_back(world.addElement(number));
    }
    QVERIFY(world.until([&] { return one->registrar->handlespace().elementCount() == 20; }));
    auto two = world.addMember(2);
    const TimePoint begin = world.dispatcher.now();
    QVERIFY(world.until([&] { return two->registrar->serving(); }));
    QVERIFY(MeshWorld::agree({one.get(), two.get()}, 20));
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
    auto one = world.addMember(1);
    std::vector<std::unique_ptr<Process>> elements;
    for (std::uint8_t number = 1; number <= 5; ++number) {
        elements.push_back(world.addElement(number));
    }
    QVERIFY(world.until([&] { return MeshWorld::owned(*one) == 5; }));
    auto two = world.addMember(2);
    QVERIFY(world.until([&] { return MeshWorld::agree({one.get(), two.get()}, 5); }));
    one->kill();
    const TimePoint killed = world.dispatcher.now();
    bool complete = true;
    QVERIFY(world.until([&] {
        complete = complete && two->registrar->handlespace().elementCount() == 5;
        return MeshWorld::owned(*two) == 5;
    }));
    QVERIFY(complete); // they could be resolved all the time
    QVERIFY(world.dispatcher.now() - killed < 500ms);
    world.dispatcher.runFor(5s);
    QVERIFY(MeshWorld::agree({two.get()}, 5));
}

void TestMesh::givenThreeRegistrars_whenOneFallsSilent_oneSurvivorOwnsItsElements() {
    MeshWorld world;
    auto one = world.addMember(1);
    std::vector<std::unique_ptr<Process>> elements;
    for (std::uint8_t number = 1; number <= 5; ++number) {
        elements.push_back(world.addElement(number));
    }
    QVERIFY(world.until([&] { return MeshWorld::owned(*one) == 5; }));
    auto two = world.addMember(2);
    auto three = world.addMember(3);
    QVERIFY(world.until([&] { return MeshWorld::agree({one.get(), two.get(), three.get()}, 5); }));
    one->process->freeze();
    const TimePoint frozen = world.dispatcher.now();
    QVERIFY(world.until([&] { return MeshWorld::agree({two.get(), three.get()}, 5); }));
    QVERIFY(world.dispatcher.now() - frozen < 1500ms);
}

void TestMesh::givenAFrozenRegistrar_whenItWakesUp_nobodyIsOwnedTwice() {
    MeshWorld world;
    auto one = world.addMember(1);
    std::vector<std::unique_ptr<Process>> elements;
    for (std::uint8_t number = 1; number <= 5; ++number) {
        elements.push_back(world.addElement(number));
    }
    QVERIFY(world.until([&] { return MeshWorld::owned(*one) == 5; }));
    auto two = world.addMember(2);
    auto three = world.addMember(3);
    QVERIFY(world.until([&] { return MeshWorld::agree({one.get(), two.get(), three.get()}, 5); }));
    one->process->freeze();
    world.dispatcher.runFor(30s);
    QVERIFY(MeshWorld::agree({two.get(), three.get()}, 5));
    one->process->thaw();
    QVERIFY(world.until([&] { return MeshWorld::agree({one.get(), two.get(), three.get()}, 5); }, 3s));
}

void TestMesh::givenAKilledRegistrar_whenItComesBackWithItsIdentifier_tablesAgree() {
    MeshWorld world;
    auto one = world.addMember(1);
    std::vector<std::unique_ptr<Process>> elements;
    for (std::uint8_t number = 1; number <= 5; ++number) {
        elements.push_back(world.addElement(number));
    }
    QVERIFY(world.until([&] { return MeshWorld::owned(*one) == 5; }));
    auto two = world.addMember(2);
    QVERIFY(world.until([&] { return MeshWorld::agree({one.get(), two.get()}, 5); }));
    one->kill();
    one = world.addMember(1);
    QVERIFY(world.until([&] { return MeshWorld::agree({one.get(), two.get()}, 5); }, 3s));
    world.dispatcher.runFor(5s);
    QVERIFY(MeshWorld::agree({one.get(), two.get()}, 5));
}

void TestMesh::givenARegistrarThatLeaves_itsElementsAreNeverMissing() {
    MeshWorld world;
    auto one = world.addMember(1);
    std::vector<std::unique_ptr<Process>> elements;
    for (std::uint8_t number = 1; number <= 8; ++number) {
        elements.push_back(world.addElement(number));
    }
    QVERIFY(world.until([&] { return MeshWorld::owned(*one) == 8; }));
    auto two = world.addMember(2);
    auto three = world.addMember(3);
    QVERIFY(world.until([&] { return MeshWorld::agree({one.get(), two.get(), three.get()}, 8); }));
    bool left = false;
    bool complete = true;
    one->registrar->leave([&] { left = true; });
    QVERIFY(world.until([&] {
        complete = complete && two->registrar->handlespace().elementCount() == 8 &&
                   three->registrar->handlespace().elementCount() == 8;
        return left;
    }));
    one->registrar.reset();
    QVERIFY(world.until([&] {
        complete = complete && two->registrar->handlespace().elementCount() == 8;
        return MeshWorld::agree({two.get(), three.get()}, 8);
    }));
    QVERIFY(complete);
    QCOMPARE(MeshWorld::owned(*two), 4u); // shared among those that stay
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

} // namespace

QTEST_APPLESS_MAIN(TestMesh)
#include "test_mesh.moc"
