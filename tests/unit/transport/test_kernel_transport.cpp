// SPDX-License-Identifier: GPL-3.0-or-later
// What the kernel's SCTP can do beyond the conformance suite: several addresses, changes of them, many associations.
#include "core/dispatch/epoll_dispatcher.h"
#include "core/transport/kernel_transport.h"

#include <QtTest>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <poll.h>
#include <set>

using namespace kolam;
using namespace kolam::transport;

namespace {

IpAddress loopback(std::uint8_t last) {
    return IpAddress::v4(127, 0, 0, last);
}

/// An endpoint and what it was told.
struct Node {
    std::unique_ptr<Endpoint> endpoint;
    std::vector<Up> ups;
    std::vector<Down> downs;
    std::vector<PathChange> paths;
    std::size_t messages = 0;

    std::error_code open(Transport& transport, const EndpointConfig& config) {
        auto opened = transport.open(config, [this](const Event& event) {
            if (const auto* up = std::get_if<Up>(&event)) {
                ups.push_back(*up);
            } else if (const auto* down = std::get_if<Down>(&event)) {
                downs.push_back(*down);
            } else if (const auto* path = std::get_if<PathChange>(&event)) {
                paths.push_back(*path);
            } else if (std::holds_alternative<Message>(event)) {
                ++messages;
            }
        });
        if (!opened) {
            return opened.error();
        }
        endpoint = std::move(*opened);
        return {};
    }
    [[nodiscard]] bool sawPath(const IpAddress& address, PathState state) const {
        return std::ranges::any_of(paths,
                                   [&](const auto& path) { return path.address == address && path.state == state; });
    }
};

std::set<IpAddress> setOf(const std::vector<IpAddress>& addresses) {
    return {addresses.begin(), addresses.end()};
}

} // namespace

class TestKernelTransport : public QObject {
    Q_OBJECT
public:
    TestKernelTransport() {
        auto made = makeKernelTransport(m_dispatcher);
        if (made) {
            m_transport = std::move(*made);
        } else {
            m_why = made.error().message();
        }
    }
    [[nodiscard]] const std::string& unavailable() const { return m_why; }

private:
    EpollDispatcher m_dispatcher{1};
    std::unique_ptr<Transport> m_transport;
    std::string m_why;

    [[nodiscard]] bool until(const std::function<bool()>& done) {
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{30};
        while (!done() && std::chrono::steady_clock::now() < end) {
            pollfd descriptor{.fd = m_dispatcher.pollDescriptor(), .events = POLLIN, .revents = 0};
            poll(&descriptor, 1, 100);
            m_dispatcher.turn();
        }
        return done();
    }
    [[nodiscard]] bool connect(Node& server, Node& client) {
        return client.endpoint->connect(server.endpoint->local()).has_value() &&
               until([&] { return server.ups.size() == 1 && client.ups.size() == 1; });
    }

private slots:
    void givenKernel_whenAsked_thenItSaysWhatItCan() {
        QCOMPARE(m_transport->name(), std::string_view("kernel"));
        const Capabilities capabilities = m_transport->capabilities();
        QVERIFY(capabilities.multihoming);
        QVERIFY(capabilities.noticesDeadProcess);
        QVERIFY(capabilities.maxMessage >= 200'000);
    }
    void givenTwoAddressesEach_whenConnected_thenEachSideKnowsBothOfTheOther() {
        Node server;
        Node client;
        QVERIFY(!server.open(*m_transport, {.local = {{loopback(2), loopback(3)}, 0}, .listen = true}));
        QVERIFY(!client.open(*m_transport, {.local = {{loopback(4), loopback(5)}, 0}}));
        QVERIFY(connect(server, client));
        QCOMPARE(setOf(client.ups.front().peer.ips), (std::set{loopback(2), loopback(3)}));
        QCOMPARE(setOf(server.ups.front().peer.ips), (std::set{loopback(4), loopback(5)}));
        QCOMPARE(setOf(server.endpoint->local().ips), (std::set{loopback(2), loopback(3)}));
    }
    void givenAssociation_whenAnAddressIsAddedAndRemoved_thenThePeerFollows() {
        if (!m_transport->capabilities().addressChange) {
            QSKIP("this kernel cannot change addresses of running associations");
        }
        Node server;
        Node client;
        QVERIFY(!server.open(*m_transport, {.local = {{loopback(2)}, 0}, .listen = true}));
        QVERIFY(!client.open(*m_transport, {.local = {{loopback(4)}, 0}}));
        QVERIFY(connect(server, client));
        const auto error = client.endpoint->addAddress(loopback(5));
        QVERIFY2(!error, error.message().c_str());
        QVERIFY(until([&] { return server.sawPath(loopback(5), PathState::Added); }));
        const AssocId atServer = server.ups.front().assoc;
        QCOMPARE(setOf(server.endpoint->info(atServer)->peer.ips), (std::set{loopback(4), loopback(5)}));
        QCOMPARE(setOf(client.endpoint->local().ips), (std::set{loopback(4), loopback(5)}));
        QVERIFY(until([&] { return server.sawPath(loopback(5), PathState::Confirmed); }));
        QVERIFY(!client.endpoint->removeAddress(loopback(4)));
        QVERIFY(until([&] { return server.sawPath(loopback(4), PathState::Removed); }));
        QVERIFY(server.endpoint->send(atServer, asOctets("to the new address"), {}).has_value());
        QVERIFY(until([&] { return client.messages == 1; }));
        QVERIFY(client.downs.empty() && server.downs.empty());
    }
    void givenEndpointOnAllAddresses_whenAddressIsAdded_thenItIsNotSupported() {
        Node node;
        QVERIFY(!node.open(*m_transport, {}));
        QCOMPARE(node.endpoint->addAddress(loopback(5)), std::make_error_code(std::errc::operation_not_supported));
    }
    void givenHundredsOfAssociations_whenEachIsUsed_thenAllAreServedByOneListener() {
        constexpr std::size_t count = 300;
        Node server;
        QVERIFY(!server.open(*m_transport, {.local = {{loopback(1)}, 0}, .listen = true, .outStreams = 2}));
        std::vector<std::unique_ptr<Node>> clients;
        for (std::size_t i = 0; i < count; ++i) {
            clients.push_back(std::make_unique<Node>());
            QVERIFY(!clients.back()->open(*m_transport, {.local = {{loopback(1)}, 0}, .outStreams = 2}));
            QVERIFY(clients.back()->endpoint->connect(server.endpoint->local()).has_value());
        }
        QVERIFY(until([&] {
            return server.ups.size() == count &&
                   std::ranges::all_of(clients, [](const auto& client) { return client->ups.size() == 1; });
        }));
        for (const auto& client : clients) {
            QVERIFY(client->endpoint->send(client->ups.front().assoc, asOctets("hello"), {}).has_value());
        }
        QVERIFY(until([&] { return server.messages == count; }));
        clients.clear();
        QVERIFY(until([&] { return server.downs.size() == count; }));
        QVERIFY(
            std::ranges::all_of(server.downs, [](const Down& down) { return down.reason == DownReason::AbortByPeer; }));
    }
    void givenAbort_whenAReasonIsGiven_thenThePeerReadsIt() {
        Node server;
        Node client;
        QVERIFY(!server.open(*m_transport, {.local = {{loopback(1)}, 0}, .listen = true}));
        QVERIFY(!client.open(*m_transport, {}));
        QVERIFY(connect(server, client));
        client.endpoint->abort(client.ups.front().assoc, "the reason");
        QVERIFY(until([&] { return server.downs.size() == 1; }));
        QCOMPARE(server.downs.front().detail, std::string("the reason"));
    }
    void givenSlowReader_whenMessagesWait_thenInfoShowsThem() {
        Node server;
        Node client;
        QVERIFY(!server.open(*m_transport, {.local = {{loopback(1)}, 0}, .listen = true}));
        QVERIFY(!client.open(*m_transport, {}));
        QVERIFY(connect(server, client));
        const AssocId assoc = client.ups.front().assoc;
        const std::string data(10'000, 'x');
        while (client.endpoint->send(assoc, asOctets(data), {}).has_value()) {
        }
        QVERIFY(client.endpoint->info(assoc)->unsentOctets > 0);
    }
};

int main(int argc, char** argv) {
    TestKernelTransport tests;
    if (!tests.unavailable().empty()) {
        std::printf("skipped: no kernel transport on this host: %s\n", tests.unavailable().c_str());
        return 77;
    }
    return QTest::qExec(&tests, argc, argv);
}

#include "test_kernel_transport.moc"
