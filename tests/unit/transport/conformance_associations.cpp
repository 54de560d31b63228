// SPDX-License-Identifier: GPL-3.0-or-later
// Conformance, first part: how associations begin and end.
#include "tests/unit/transport/conformance.h"

#include <QtTest>
#include <algorithm>
#include <set>

namespace kolam::transport {

namespace {

class AssociationTests : public QObject {
    Q_OBJECT
public:
    explicit AssociationTests(TransportFixture& fixture) : m_fixture(fixture) {}

private:
    TransportFixture& m_fixture;

    /// After a whole association has come and gone, nothing older is still on its way in this process.
    [[nodiscard]] bool settle() {
        Pair pair;
        if (!pair.connect(m_fixture)) {
            return false;
        }
        pair.client.endpoint->shutdown(pair.atClient);
        return m_fixture.runUntil([&] { return pair.client.down(pair.atClient) && pair.server.down(pair.atServer); },
                                  30s);
    }

private slots:
    void givenListener_whenConnected_thenBothSidesAreUp() {
        Party server;
        Party client;
        QVERIFY2(server.listen(m_fixture), server.error.message().c_str());
        QVERIFY2(client.open(m_fixture), client.error.message().c_str());
        const auto id = client.endpoint->connect(server.endpoint->local());
        QVERIFY(id.has_value());
        QVERIFY(*id != AssocId::None);
        QVERIFY(client.ups.empty() && server.ups.empty()); // events come from turns only
        WAIT(m_fixture, !client.ups.empty() && !server.ups.empty());
        QCOMPARE(client.ups.front().assoc, *id);
        QVERIFY(!client.ups.front().incoming);
        QVERIFY(client.ups.front().outStreams >= 1);
        QVERIFY(server.ups.front().incoming);
        QCOMPARE(server.ups.front().peer.port, client.endpoint->local().port);
        QVERIFY(std::ranges::find(client.ups.front().peer.ips, m_fixture.host()) != client.ups.front().peer.ips.end());
        QVERIFY(settle());
        QCOMPARE(client.ups.size(), std::size_t{1});
        QCOMPARE(server.ups.size(), std::size_t{1});
        QVERIFY(client.downs.empty() && server.downs.empty());
    }
    void givenEndpointOnAllAddresses_whenAskedForLocal_thenConcreteAddressesAreListed() {
        Party server;
        QVERIFY(server.open(m_fixture, {.local = {}, .listen = true}));
        const TransportAddress local = server.endpoint->local();
        QVERIFY(local.port != 0);
        QVERIFY(!local.ips.empty());
        for (const IpAddress& address : local.ips) {
            QVERIFY2(!address.isUnspecified() && !address.isMulticast(), toText(address).c_str());
        }
        Party client;
        QVERIFY(client.open(m_fixture));
        const auto id = client.endpoint->connect({{m_fixture.host()}, local.port});
        WAIT(m_fixture, client.isUp(*id));
    }
    void givenEndpointOnOneAddress_whenAskedForLocal_thenItIsThatOne() {
        Party server;
        QVERIFY(server.listen(m_fixture));
        QCOMPARE(server.endpoint->local().ips, std::vector{m_fixture.host()});
    }
    void givenNobodyAtThePort_whenConnected_thenItIsRefused() {
        Party passing;
        QVERIFY(passing.listen(m_fixture));
        const TransportAddress address = passing.endpoint->local();
        passing.endpoint.reset();
        Party client;
        QVERIFY(client.open(m_fixture));
        const auto id = client.endpoint->connect(address);
        QVERIFY(id.has_value());
        QVERIFY(client.downs.empty());
        WAIT(m_fixture, client.down(*id));
        QCOMPARE(client.down(*id)->reason, DownReason::Refused);
        QVERIFY(client.ups.empty());
    }
    void givenEndpointThatDoesNotListen_whenConnected_thenItIsRefused() {
        Party other;
        Party client;
        QVERIFY(other.open(m_fixture, {.local = {{m_fixture.host()}, 0}}));
        QVERIFY(client.open(m_fixture));
        const auto id = client.endpoint->connect(other.endpoint->local());
        WAIT(m_fixture, client.down(*id));
        QCOMPARE(client.down(*id)->reason, DownReason::Refused);
        QVERIFY(other.ups.empty() && other.downs.empty());
    }
    void givenNoAnswer_whenConnected_thenSetupTimesOut() {
        const auto deaf = m_fixture.deafAddress();
        if (!deaf) {
            QSKIP("no address here swallows packets");
        }
        Party client;
        QVERIFY(client.open(m_fixture,
                            {.liveness = {.rtoInitial = 50ms, .rtoMin = 50ms, .rtoMax = 100ms, .initAttempts = 2}}));
        const auto id = client.endpoint->connect(*deaf);
        QVERIFY(id.has_value());
        WAIT(m_fixture, client.down(*id));
        QCOMPARE(client.down(*id)->reason, DownReason::SetupTimeout);
    }
    void givenNoAnswerYet_whenAborted_thenOneDownSaysSo() {
        const auto deaf = m_fixture.deafAddress();
        if (!deaf) {
            QSKIP("no address here swallows packets");
        }
        Party client;
        QVERIFY(client.open(m_fixture));
        const auto id = client.endpoint->connect(*deaf);
        client.endpoint->abort(*id, "changed my mind");
        QVERIFY(client.downs.empty());
        WAIT(m_fixture, client.down(*id));
        QCOMPARE(client.down(*id)->reason, DownReason::AbortByUs);
        QVERIFY(settle());
        QCOMPARE(client.downs.size(), std::size_t{1});
        QVERIFY(client.ups.empty());
    }
    void givenConnectInFlight_whenAborted_thenOneDownSaysSo() {
        Party server;
        Party client;
        QVERIFY(server.listen(m_fixture) && client.open(m_fixture));
        const auto id = client.endpoint->connect(server.endpoint->local());
        client.endpoint->abort(*id, "changed my mind");
        WAIT(m_fixture, client.down(*id));
        QCOMPARE(client.down(*id)->reason, DownReason::AbortByUs);
        QVERIFY(settle());
        QCOMPARE(client.downs.size(), std::size_t{1});
        QCOMPARE(server.ups.size(), server.downs.size()); // it may have seen it come, then it has seen it go
    }
    void givenAssociation_whenShutDown_thenBothSidesSayWho() {
        Pair pair;
        QVERIFY(pair.connect(m_fixture));
        pair.client.endpoint->shutdown(pair.atClient);
        QVERIFY(pair.client.downs.empty());
        WAIT(m_fixture, pair.client.down(pair.atClient) && pair.server.down(pair.atServer));
        QCOMPARE(pair.client.down(pair.atClient)->reason, DownReason::ShutdownByUs);
        QCOMPARE(pair.server.down(pair.atServer)->reason, DownReason::ShutdownByPeer);
        QCOMPARE(pair.server.closing, std::vector{pair.atServer});
        QVERIFY(pair.client.closing.empty());
        QVERIFY(settle());
        QCOMPARE(pair.client.downs.size(), std::size_t{1});
        QCOMPARE(pair.server.downs.size(), std::size_t{1});
    }
    void givenIncomingAssociation_whenTheListenerShutsItDown_thenBothSidesSayWho() {
        Pair pair;
        QVERIFY(pair.connect(m_fixture));
        pair.server.endpoint->shutdown(pair.atServer);
        WAIT(m_fixture, pair.client.down(pair.atClient) && pair.server.down(pair.atServer));
        QCOMPARE(pair.server.down(pair.atServer)->reason, DownReason::ShutdownByUs);
        QCOMPARE(pair.client.down(pair.atClient)->reason, DownReason::ShutdownByPeer);
        QCOMPARE(pair.client.closing, std::vector{pair.atClient});
    }
    void givenAssociation_whenBothShutDownAtOnce_thenEachHasOneDown() {
        Pair pair;
        QVERIFY(pair.connect(m_fixture));
        pair.client.endpoint->shutdown(pair.atClient);
        pair.server.endpoint->shutdown(pair.atServer);
        WAIT(m_fixture, pair.client.down(pair.atClient) && pair.server.down(pair.atServer));
        QVERIFY(settle());
        QCOMPARE(pair.client.downs.size(), std::size_t{1});
        QCOMPARE(pair.server.downs.size(), std::size_t{1});
    }
    void givenAssociation_whenAborted_thenBothSidesSayWho() {
        Pair pair;
        QVERIFY(pair.connect(m_fixture));
        pair.client.endpoint->abort(pair.atClient, "enough");
        QVERIFY(pair.client.downs.empty());
        WAIT(m_fixture, pair.client.down(pair.atClient) && pair.server.down(pair.atServer));
        QCOMPARE(pair.client.down(pair.atClient)->reason, DownReason::AbortByUs);
        QCOMPARE(pair.server.down(pair.atServer)->reason, DownReason::AbortByPeer);
        QVERIFY(settle());
        QCOMPARE(pair.client.downs.size(), std::size_t{1});
        QCOMPARE(pair.server.downs.size(), std::size_t{1});
    }
    void givenAssociation_whenEndpointIsDestroyed_thenThePeerSeesAnAbort() {
        Pair pair;
        QVERIFY(pair.connect(m_fixture));
        pair.client.endpoint.reset();
        WAIT(m_fixture, pair.server.down(pair.atServer));
        QCOMPARE(pair.server.down(pair.atServer)->reason, DownReason::AbortByPeer);
        QVERIFY(pair.client.downs.empty());
    }
    void givenListener_whenItIsDestroyed_thenThePeerSeesAnAbortAndThePortIsFreeAtOnce() {
        Pair pair;
        QVERIFY(pair.connect(m_fixture));
        const TransportAddress address = pair.server.endpoint->local();
        Party second;
        QVERIFY(!second.listen(m_fixture, address.port));
        QCOMPARE(second.error, std::make_error_code(std::errc::address_in_use));
        pair.server.endpoint.reset();
        QVERIFY2(second.listen(m_fixture, address.port), second.error.message().c_str());
        WAIT(m_fixture, pair.client.down(pair.atClient));
        QCOMPARE(pair.client.down(pair.atClient)->reason, DownReason::AbortByPeer);
        const auto again = pair.client.endpoint->connect(address);
        QVERIFY(again.has_value());
        WAIT(m_fixture, pair.client.isUp(*again) && second.ups.size() == 1);
    }
    void givenSink_whenItDestroysTheEndpointOnUp_thenNothingMoreComes() {
        Party server;
        Party client;
        QVERIFY(server.listen(m_fixture) && client.open(m_fixture));
        client.also = [&client](const Event& event) {
            if (std::holds_alternative<Up>(event)) {
                client.endpoint.reset();
            }
        };
        QVERIFY(client.endpoint->connect(server.endpoint->local()).has_value());
        WAIT(m_fixture, server.downs.size() == 1);
        QCOMPARE(server.downs.front().reason, DownReason::AbortByPeer);
        QCOMPARE(client.ups.size(), std::size_t{1});
        QVERIFY(client.downs.empty());
    }
    void givenSink_whenItDestroysTheEndpointOnMessage_thenNothingMoreComes() {
        Pair pair;
        QVERIFY(pair.connect(m_fixture));
        pair.server.also = [&pair](const Event& event) {
            if (std::holds_alternative<Message>(event)) {
                pair.server.endpoint.reset();
            }
        };
        for (int i = 0; i < 10; ++i) {
            QVERIFY(pair.client.send(m_fixture, pair.atClient, "message"));
        }
        WAIT(m_fixture, pair.client.down(pair.atClient));
        QCOMPARE(pair.server.messages.size(), std::size_t{1});
        QVERIFY(pair.server.downs.empty());
    }
    void givenSink_whenItDestroysTheEndpointOnDown_thenNothingMoreComes() {
        Pair pair;
        QVERIFY(pair.connect(m_fixture));
        bool destroyed = false;
        pair.client.also = [&](const Event& event) {
            if (std::holds_alternative<Down>(event)) {
                pair.client.endpoint.reset();
                destroyed = true;
            }
        };
        pair.server.endpoint->abort(pair.atServer, "go");
        WAIT(m_fixture, destroyed);
        QVERIFY(settle());
        QCOMPARE(pair.client.downs.size(), std::size_t{1});
    }
    void givenSink_whenItAbortsOnUpAndConnectsOnDown_thenTheNextOneComesUp() {
        Party server;
        Party client;
        QVERIFY(server.listen(m_fixture) && client.open(m_fixture));
        AssocId second{};
        client.also = [&](const Event& event) {
            if (std::holds_alternative<Up>(event) && client.ups.size() == 1) {
                client.endpoint->abort(client.ups.front().assoc, "not this one");
            } else if (std::holds_alternative<Down>(event) && client.downs.size() == 1) {
                second = client.endpoint->connect(server.endpoint->local()).value_or(AssocId::None);
            }
        };
        QVERIFY(client.endpoint->connect(server.endpoint->local()).has_value());
        WAIT(m_fixture, second != AssocId::None && client.isUp(second) && server.ups.size() == 2);
        QCOMPARE(client.downs.front().reason, DownReason::AbortByUs);
    }
    void givenManyAssociationsOneAfterTheOther_whenCompared_thenNoIdComesTwice() {
        Party server;
        Party client;
        QVERIFY(server.listen(m_fixture) && client.open(m_fixture));
        std::set<AssocId> atClient;
        for (std::size_t i = 1; i <= 20; ++i) {
            const auto id = client.endpoint->connect(server.endpoint->local());
            QVERIFY(id.has_value());
            QVERIFY(atClient.insert(*id).second);
            WAIT(m_fixture, client.isUp(*id) && server.ups.size() == i);
            client.endpoint->abort(*id, "next");
            WAIT(m_fixture, client.down(*id) && server.downs.size() == i);
        }
        std::set<AssocId> atServer;
        std::ranges::transform(server.ups, std::inserter(atServer, atServer.end()), &Up::assoc);
        QCOMPARE(atServer.size(), std::size_t{20});
    }
    void givenAssociation_whenConnectedAgain_thenItIsAnErrorUntilTheFirstIsGone() {
        Pair pair;
        QVERIFY(pair.connect(m_fixture));
        const TransportAddress address = pair.server.endpoint->local();
        const auto second = pair.client.endpoint->connect(address);
        QVERIFY(!second.has_value());
        QCOMPARE(second.error(), std::make_error_code(std::errc::already_connected));
        pair.client.endpoint->shutdown(pair.atClient);
        WAIT(m_fixture, pair.client.down(pair.atClient) && pair.server.down(pair.atServer));
        const auto third = pair.client.endpoint->connect(address);
        QVERIFY(third.has_value());
        WAIT(m_fixture, pair.client.isUp(*third));
    }
    void givenEndpoint_whenItConnectsToItselfOrToNobody_thenItIsAnErrorAtOnce() {
        Party server;
        QVERIFY(server.listen(m_fixture));
        const auto itself = server.endpoint->connect(server.endpoint->local());
        QVERIFY(!itself.has_value());
        QCOMPARE(itself.error(), std::make_error_code(std::errc::invalid_argument));
        QVERIFY(!server.endpoint->connect({{}, 3863}).has_value());
        QVERIFY(!server.endpoint->connect({{m_fixture.host()}, 0}).has_value());
    }
    void givenTwoListeners_whenTheyConnectToEachOtherAtOnce_thenTheyShareOneAssociation() {
        Party one;
        Party two;
        QVERIFY(one.listen(m_fixture) && two.listen(m_fixture));
        const auto atOne = one.endpoint->connect(two.endpoint->local());
        const auto atTwo = two.endpoint->connect(one.endpoint->local());
        // The kernel's loopback is so fast that the second one finds an association of which it has not heard yet.
        QVERIFY(atOne.has_value() && atTwo.has_value());
        WAIT(m_fixture, one.isUp(*atOne) && two.isUp(*atTwo));
        QVERIFY(!two.ups.front().incoming);
        QVERIFY(one.send(m_fixture, *atOne, "to two") && two.send(m_fixture, *atTwo, "to one"));
        WAIT(m_fixture, one.messages.size() == 1 && two.messages.size() == 1);
        QVERIFY(settle());
        QCOMPARE(one.ups.size(), std::size_t{1});
        QCOMPARE(two.ups.size(), std::size_t{1});
        QCOMPARE(one.messages.front().assoc, *atOne);
        QCOMPARE(two.messages.front().assoc, *atTwo);
    }
    void givenAssociation_whenAskedForInfo_thenPeerAndTransportAreNamed() {
        Pair pair;
        QVERIFY(pair.connect(m_fixture));
        const auto info = pair.client.endpoint->info(pair.atClient);
        QVERIFY(info.has_value());
        QCOMPARE(info->peer.port, pair.server.endpoint->local().port);
        QVERIFY(std::ranges::find(info->peer.ips, m_fixture.host()) != info->peer.ips.end());
        QVERIFY(!info->transport.empty());
        QVERIFY(!pair.client.endpoint->info(AssocId{0xffffffffffff}).has_value());
    }
    void givenHundredClients_whenAllConnectAtOnce_thenAllAreServed() {
        Party server;
        QVERIFY(server.listen(m_fixture));
        server.also = [&server](const Event& event) {
            if (const auto* message = std::get_if<Message>(&event)) {
                (void)server.endpoint->send(message->assoc, message->data, {});
            }
        };
        std::vector<std::unique_ptr<Party>> clients;
        for (int i = 0; i < 100; ++i) {
            Party& client = *clients.emplace_back(std::make_unique<Party>());
            QVERIFY2(client.open(m_fixture), client.error.message().c_str());
            client.also = [&client](const Event& event) {
                if (const auto* up = std::get_if<Up>(&event)) {
                    (void)client.endpoint->send(up->assoc, asOctets("ping"), {});
                }
            };
            QVERIFY(client.endpoint->connect(server.endpoint->local()).has_value());
        }
        WAIT(m_fixture, std::ranges::all_of(clients, [](const auto& client) { return client->messages.size() == 1; }));
        QCOMPARE(server.ups.size(), std::size_t{100});
    }
};

} // namespace

std::unique_ptr<QObject> associationTests(TransportFixture& fixture) {
    return std::make_unique<AssociationTests>(fixture);
}

} // namespace kolam::transport

#include "conformance_associations.moc"
