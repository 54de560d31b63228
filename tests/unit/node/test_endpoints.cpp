// SPDX-License-Identifier: GPL-3.0-or-later
// Whole conversations of elements, users and registrars over the simulated network.
#include "tests/unit/node/endpoint_world.h"

using namespace kolam;
using namespace kolam::testing;

class TestEndpoints : public QObject {
    Q_OBJECT
private slots:
    void givenRegistrarAndElement_whenUserOpensSession_thenRequestsAreAnswered() {
        World world;
        const auto registrar = world.addRegistrar();
        const auto element = world.addElement(1);
        QVERIFY(world.untilRegistered({element.get()}));
        QCOMPARE(element->element->status().registrar, ServerId{0x11111111});
        const auto user = world.addUser();
        CountingUser session{*user->user, world.dispatcher};
        QVERIFY(world.until([&] { return session.expected.number >= 100; }));
        QCOMPARE(session.element, element->element->identifier());
        QVERIFY(session.status().peerIsOurs);
        QCOMPARE(session.status().attempts, std::uint64_t{1});
        QCOMPARE(session.wrong, std::size_t{0});
        QCOMPARE(element->element->status().sessions, std::size_t{1});
    }

    void givenTwoElements_whenTheOneInUseIsKilled_thenTheSessionGoesOnWithItsState() {
        World world;
        const auto registrar = world.addRegistrar();
        std::unique_ptr<Process> elements[] = {world.addElement(1), world.addElement(2)};
        QVERIFY(world.untilRegistered({elements[0].get(), elements[1].get()}));
        const auto user = world.addUser();
        CountingUser session{*user->user, world.dispatcher};
        QVERIFY(world.until([&] { return session.expected.number >= 100; }));
        const std::size_t used = session.element == elements[0]->element->identifier() ? 0 : 1;
        elements[used]->kill();
        QVERIFY(world.until([&] { return session.expected.number >= 200; }));
        QCOMPARE(session.element, elements[1 - used]->element->identifier());
        QCOMPARE(session.causes, std::vector{FailoverCause::AssociationLost});
        QCOMPARE(session.failovers.size(), std::size_t{1});
        QVERIFY2(session.failovers[0] < 50ms, std::to_string(session.failovers[0].count()).c_str());
        QCOMPARE(elements[1 - used]->service->resumed, std::size_t{1});
        QCOMPARE(session.wrong, std::size_t{0});
    }
};

QTEST_APPLESS_MAIN(TestEndpoints)
#include "test_endpoints.moc"
