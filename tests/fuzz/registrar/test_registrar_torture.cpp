// SPDX-License-Identifier: GPL-3.0-or-later
// The fuzzer's torture with seeds that are always the same, in every state, also under the sanitizers.
#include "tests/fuzz/registrar/registrar_torture.h"

#include <QtTest>

using namespace kolam;
using namespace kolam::test;
using namespace std::chrono_literals;

class TestRegistrarTorture : public QObject {
    Q_OBJECT
private slots:
    void givenAnyState_itIsReached_data() { everyState(); }
    void givenAnyState_itIsReached() {
        QFETCH(int, state);
        RegistrarTorture registrar{static_cast<RegistrarState>(state)};
        QCOMPARE(registrar.broken(), std::string_view{});
        const auto peers = registrar.node().peers();
        const auto has = [&](enrp::PeerState wanted) {
            return std::ranges::any_of(peers, [=](const auto& peer) { return peer.state == wanted; });
        };
        switch (static_cast<RegistrarState>(state)) {
        case RegistrarState::Starting:
        case RegistrarState::MentorKnown:
        case RegistrarState::Downloading: QVERIFY(!registrar.node().serving()); break;
        case RegistrarState::PeerSilent: QVERIFY(has(enrp::PeerState::Probing)); break;
        case RegistrarState::TakingOver: QVERIFY(has(enrp::PeerState::TakingOver)); break;
        case RegistrarState::Yielded: QVERIFY(has(enrp::PeerState::Yielded)); break;
        case RegistrarState::Auditing:
            QVERIFY(std::ranges::any_of(peers, [](const auto& p) { return !p.inSync; }));
            break;
        case RegistrarState::CallingElement:
            QCOMPARE(registrar.node().handlespace().countOwnedBy(registrar.node().id()), std::size_t{3});
            break;
        case RegistrarState::KeepAliveDue: QVERIFY(registrar.node().counters().keepAlives > 0); break;
        case RegistrarState::Leaving:
        case RegistrarState::InMesh:
        case RegistrarState::Alone: QVERIFY(registrar.node().serving()); break;
        }
    }

    void givenAnyState_whenAnythingHappens_whatMustBeTrueIsTrue_data() { everyState(); }
    void givenAnyState_whenAnythingHappens_whatMustBeTrueIsTrue() {
        QFETCH(int, state);
        for (std::uint64_t seed = 1; seed <= 300; ++seed) {
            Random random{seed};
            Octets script(200 + random.below(2'000));
            for (std::byte& octet : script) {
                octet = static_cast<std::byte>(random());
            }
            RegistrarTorture registrar{static_cast<RegistrarState>(state)};
            registrar.run(script); // aborts with a sentence
        }
    }

private:
    static void everyState() {
        QTest::addColumn<int>("state");
        for (std::size_t state = 0; state < registrarStateCount; ++state) {
            QTest::newRow(std::string{toText(static_cast<RegistrarState>(state))}.c_str()) << static_cast<int>(state);
        }
    }
};

QTEST_APPLESS_MAIN(TestRegistrarTorture)
#include "test_registrar_torture.moc"
