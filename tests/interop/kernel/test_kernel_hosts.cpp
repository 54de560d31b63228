// SPDX-License-Identifier: GPL-3.0-or-later
// The kernel's SCTP between two hosts: streams, heartbeats, autoclose, limits; and in UDP, as it meets our SCTP in user
// space. Next door: networks/, where networks are lost.
#include "core/transport/user_transport.h"
#include "tests/interop/common/guest_test.h"
#include "tests/interop/common/two_hosts.h"

#include <array>
#include <cstring>
#include <netinet/in.h>
#include <netinet/sctp.h>

using namespace kolam;
using namespace kolam::interop;

namespace {

// Notices within a second or two, so that tests need not wait for half a minute.
constexpr transport::Liveness quick{.heartbeat = 200ms,
                                    .rtoInitial = 200ms,
                                    .rtoMin = 100ms,
                                    .rtoMax = 400ms,
                                    .pathMaxRetransmissions = 2,
                                    .associationMaxRetransmissions = 4,
                                    .initAttempts = 4};

/// A socket of nobody's library at the other host, which closes associations that are idle for a second.
class AutoclosingServer {
public:
    AutoclosingServer() {
        const AtTheirHost there;
        m_descriptor = socket(AF_INET, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_SCTP);
        const int seconds = 1;
        setsockopt(m_descriptor, IPPROTO_SCTP, SCTP_AUTOCLOSE, &seconds, sizeof seconds);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        std::memcpy(&address.sin_addr, theirsA.octets.data(), sizeof address.sin_addr);
        address.sin_port = htons(port);
        sockaddr generic{};
        std::memcpy(&generic, &address, sizeof generic);
        m_listens =
            there.succeeded() && bind(m_descriptor, &generic, sizeof address) == 0 && listen(m_descriptor, 4) == 0;
    }
    ~AutoclosingServer() { close(m_descriptor); }
    AutoclosingServer(const AutoclosingServer&) = delete;
    AutoclosingServer& operator=(const AutoclosingServer&) = delete;
    [[nodiscard]] bool listens() const { return m_listens; }
    /// Reads what has come, so that nothing waits; returns how many messages.
    [[nodiscard]] int read() const {
        std::array<char, 256> buffer{};
        int count = 0;
        while (recv(m_descriptor, buffer.data(), buffer.size(), 0) > 0) {
            ++count;
        }
        return count;
    }
    static constexpr std::uint16_t port = 5001;

private:
    int m_descriptor = -1;
    bool m_listens = false;
};

/// Theirs speak SCTP in UDP: from port 9899 of their host, to port 3863 of ours. A veth hands over what it should cut
/// into packets (UDP segmentation offload), and Linux 6.1 panics when that is SCTP: so it is cut before, as for other
/// wires.
class Encapsulation {
public:
    Encapsulation() {
        cut(1);
        set(9899, 3863);
    }
    ~Encapsulation() {
        set(0, 0);
        cut(65'535);
    }
    Encapsulation(const Encapsulation&) = delete;
    Encapsulation& operator=(const Encapsulation&) = delete;

private:
    static void cut(int segments) {
        QProcess::execute("ip", {"link", "set", "ours-a", "gso_max_segs", QString::number(segments)});
    }
    static void set(int own, int other) {
        QProcess::execute("ip", {"netns", "exec", "theirs", "sysctl", "-q", "-w",
                                 QStringLiteral("net.sctp.udp_port=%1").arg(own),
                                 QStringLiteral("net.sctp.encap_port=%1").arg(other)});
    }
};

/// Sends a message when it has got one, until it has got so many.
class Conversation final : public SessionHandler {
public:
    Conversation(UserNode& user, int wanted) : m_user(user), m_wanted(wanted) {
        m_session = user.openSession(PoolHandle{"EchoPool"}, *this);
    }
    ~Conversation() override { m_user.closeSession(m_session); }
    Conversation(const Conversation&) = delete;
    Conversation& operator=(const Conversation&) = delete;
    void onEstablished(PeIdentifier, bool) override { say(); }
    void onMessage(std::uint32_t, OctetView data) override {
        if (data.size() == size()) {
            ++answers;
            say();
        }
    }
    void onFailoverBegin(PeIdentifier, FailoverCause) override { ++failovers; }
    int answers = 0;
    int failovers = 0;

private:
    /// Of all sizes from one octet to several packets.
    [[nodiscard]] std::size_t size() const { return 1 + static_cast<std::size_t>(answers) * 37 % 4'000; }
    void say() {
        if (answers < m_wanted) {
            (void)m_user.send(m_session, 0, Octets(size(), std::byte{0x33}));
        }
    }
    UserNode& m_user;
    int m_wanted;
    SessionId m_session{};
};

} // namespace

class TestKernelHosts : public GuestTest {
    Q_OBJECT
private slots:
    void givenFiveStreams_whenPacketsAreLost_thenEachKeepsItsOrderAndWaitsForItselfOnly();
    void givenAnIdleAssociation_whenTheNetworkGoesDown_thenHeartbeatsNotice();
    void givenAnIdleMultihomedAssociation_whenAPathGoesAndComes_thenHeartbeatsTell();
    void givenAPeerWithAutoclose_whenNothingIsSaid_thenTheAssociationEndsGracefully();
    void givenALimitOfAssociations_whenTheirHostWantsMore_thenTheOthersGoOn();
    void givenTheirUserOverUdp_whenOurElementSpeaksSctpInUserSpace_thenTheyTalk();
    void givenTheirElementOverUdp_whenOurUserSpeaksSctpInUserSpace_thenTheyTalk();

private:
    /// The other end, at their host. The kernel gives an association a socket of its own only to who is at the socket's
    /// host, so this end has a dispatcher that is turned there.
    struct TheirEnd {
        EpollDispatcher dispatcher;
        std::unique_ptr<transport::Transport> transport;
        Peer peer;
        bool open(transport::EndpointConfig config) {
            const AtTheirHost there;
            auto made = transport::makeKernelTransport(dispatcher);
            if (!there.succeeded() || !made) {
                return false;
            }
            transport = std::move(*made);
            config.listen = true;
            return peer.open(*transport, config);
        }
        void turn() {
            const AtTheirHost there;
            dispatcher.turn();
        }
    };
    bool untilBoth(TheirEnd& server, const std::function<bool()>& condition, Duration limit = 60s) {
        return until(
            [&] {
                server.turn();
                return condition();
            },
            limit);
    }
    bool connect(Peer& client, TheirEnd& server, const transport::EndpointConfig& here,
                 const transport::EndpointConfig& there) {
        return server.open(there) && client.open(transport(), here) &&
               client.endpoint->connect(server.peer.endpoint->local()).has_value() &&
               untilBoth(server, [&] { return client.ups.size() == 1 && server.peer.ups.size() == 1; }, 10s);
    }
};

void TestKernelHosts::givenFiveStreams_whenPacketsAreLost_thenEachKeepsItsOrderAndWaitsForItselfOnly() {
    combination("kernel transport", "-", "five streams: each keeps its order, and waits for its own losses only");
    constexpr std::uint16_t streams = 5;
    constexpr std::uint32_t rounds = 200;
    Peer client;
    TheirEnd server;
    std::array<std::uint32_t, streams> next{};
    int wrong = 0;
    int overtaken = 0; // messages that came while an earlier one of another stream was still missing
    server.peer.onMessage = [&](const transport::Message& message) {
        const auto number = readBigEndian<std::uint32_t>(message.data, 0);
        if (message.stream >= streams || number != next[message.stream]++) {
            ++wrong;
            return;
        }
        overtaken += std::ranges::any_of(next, [&](std::uint32_t other) { return other + 1 < number; }) ? 1 : 0;
    };
    QVERIFY(connect(client, server, {.local = {{oursA}, 0}, .outStreams = streams, .liveness = quick},
                    {.local = {{theirsA}, 5000}, .outStreams = streams, .liveness = quick}));
    const Netem bad{QStringLiteral("loss 8% delay 5ms")};
    for (std::uint32_t round = 0; round < rounds; ++round) {
        for (std::uint16_t stream = 0; stream < streams; ++stream) {
            std::array<std::byte, 200> message{};
            writeBigEndian(std::span{message}, 0, round);
            QVERIFY(client.endpoint->send(client.ups.front(), message, {.stream = stream}).has_value());
        }
        turnFor(2ms);
        server.turn();
    }
    QVERIFY(untilBoth(server, [&] { return server.peer.messages == streams * static_cast<int>(rounds); }));
    QCOMPARE(wrong, 0);
    QVERIFY(overtaken > 0);
    QCOMPARE(client.endpoint->send(client.ups.front(), asOctets("x"), {.stream = streams}).error(),
             transport::SendError::BadStream);
    QCOMPARE(client.downs + server.peer.downs, 0);
    remark(QStringLiteral("%1 of %2 messages overtook lost ones of other streams")
               .arg(overtaken)
               .arg(server.peer.messages));
}

void TestKernelHosts::givenAnIdleAssociation_whenTheNetworkGoesDown_thenHeartbeatsNotice() {
    combination("kernel transport", "-", "heartbeats: an idle association's dead network is noticed by both ends");
    Peer client;
    TheirEnd server;
    QVERIFY(connect(client, server, {.local = {{oursA}, 0}, .liveness = quick},
                    {.local = {{theirsA}, 5000}, .liveness = quick}));
    QVERIFY(!untilBoth(server, [&] { return client.downs + server.peer.downs > 0; }, 3s)); // idle, but alive
    const TimePoint begin = dispatcher().now();
    setNetwork('a', false);
    QVERIFY(untilBoth(server, [&] { return client.downs == 1 && server.peer.downs == 1; }, 20s));
    QCOMPARE(client.ends.front().reason, transport::DownReason::Unreachable);
    QCOMPARE(server.peer.ends.front().reason, transport::DownReason::Unreachable);
    remark(QStringLiteral("noticed by both after %1 s, with heartbeats every 0.2 s and 4 attempts")
               .arg(std::chrono::duration<double>(dispatcher().now() - begin).count(), 0, 'f', 1));
}

void TestKernelHosts::givenAnIdleMultihomedAssociation_whenAPathGoesAndComes_thenHeartbeatsTell() {
    combination("kernel transport", "-", "heartbeats: an idle association's paths are told to go and to come back");
    setNetwork('b', true);
    Peer client;
    TheirEnd server;
    server.peer.echoes = true;
    QVERIFY(connect(client, server, {.local = {{oursA, oursB}, 0}, .liveness = quick},
                    {.local = {{theirsA, theirsB}, 5000}, .liveness = quick}));
    QVERIFY(!untilBoth(server, [&] { return client.downs + server.peer.downs > 0; }, 2s)); // both paths are tried
    client.unreachable.clear();
    // At the far end: a host that loses its own interface would go round by the other network.
    const auto farEnd = [](const QString& state) {
        QProcess::execute("ip", {"netns", "exec", "theirs", "ip", "link", "set", "theirs-b", state});
    };
    farEnd("down");
    QVERIFY(untilBoth(server, [&] { return client.unreachable.contains(theirsB); }, 20s));
    QVERIFY(client.endpoint->send(client.ups.front(), asOctets("still here"), {}).has_value());
    QVERIFY(untilBoth(server, [&] { return client.messages == 1; }, 10s));
    client.available.clear();
    farEnd("up");
    QVERIFY(untilBoth(server, [&] { return client.available.contains(theirsB); }, 20s));
    QVERIFY(!client.unreachable.contains(theirsA));
    QCOMPARE(client.downs + server.peer.downs, 0);
}

void TestKernelHosts::givenAPeerWithAutoclose_whenNothingIsSaid_thenTheAssociationEndsGracefully() {
    combination("kernel transport", "-", "a peer with autoclose: as long as it is spoken to, then a graceful end");
    const AutoclosingServer server;
    QVERIFY(server.listens());
    Peer client;
    QVERIFY(client.open(transport(), {.local = {{oursA}, 0}}));
    QVERIFY(client.endpoint->connect({{theirsA}, AutoclosingServer::port}).has_value());
    QVERIFY(until([&] { return client.ups.size() == 1; }, 10s));
    int read = 0;
    for (int i = 0; i < 10; ++i) {
        QVERIFY(client.endpoint->send(client.ups.front(), asOctets("hello"), {}).has_value());
        turnFor(300ms);
        read += server.read();
    }
    QCOMPARE(client.downs, 0); // three seconds, and never one of silence
    QCOMPARE(read, 10);
    const TimePoint begin = dispatcher().now();
    QVERIFY(until([&] { return client.downs == 1; }, 10s));
    QCOMPARE(client.ends.front().reason, transport::DownReason::ShutdownByPeer);
    remark(QStringLiteral("after %1 s of silence")
               .arg(std::chrono::duration<double>(dispatcher().now() - begin).count() + 0.3, 0, 'f', 1));
}

void TestKernelHosts::givenALimitOfAssociations_whenTheirHostWantsMore_thenTheOthersGoOn() {
    combination("kolam-registrar, at most 3 associations of a host", "5 rspserver",
                "association limits: the rest is refused, who is in stays, who leaves makes room");
    const auto registrar = ourRegistrar(1, 0x11111111, [](RegistrarNode::Config& config) {
        config.limits.associationsPerHost = 3;
        config.mesh.reset();
    });
    QVERIFY(registrar);
    std::vector<std::unique_ptr<Program>> servers;
    for (std::uint32_t i = 1; i <= 5; ++i) {
        servers.push_back(theirServer("echo", "EchoPool", 0x0a000000 + i, ourAsap()));
    }
    QVERIFY(until([&] { return registrar->handlespace().elementCount() == 3; }, 30s));
    std::set<std::uint32_t> first;
    for (const ElementRef ref : registrar->handlespace().all()) {
        first.insert(registrar->handlespace().identifier(ref).value);
    }
    turnFor(5s); // the two others try again and again
    QCOMPARE(registrar->handlespace().elementCount(), 3U);
    for (const ElementRef ref : registrar->handlespace().all()) {
        QVERIFY(first.contains(registrar->handlespace().identifier(ref).value)); // nobody had to give way
    }
    servers[*first.begin() - 0x0a000001].reset(); // at once, without a word
    QVERIFY(until(
        [&] {
            const auto all = registrar->handlespace().all();
            return all.size() == 3 && std::ranges::any_of(all, [&](const ElementRef ref) {
                       return !first.contains(registrar->handlespace().identifier(ref).value);
                   });
        },
        60s));
}

void TestKernelHosts::givenTheirUserOverUdp_whenOurElementSpeaksSctpInUserSpace_thenTheyTalk() {
    combination("kolam-registrar, element, both --transport user", "rspterminal over the kernel's UDP encapsulation",
                "a session of their kernel's SCTP in UDP at our SCTP in user space");
    // The kernel sends to one UDP port for all of SCTP; so registrar and element have that port, at two addresses.
    const IpAddress second = IpAddress::v4(10, 254, 1, 3);
    QProcess::execute("ip", {"addr", "add", "10.254.1.3/24", "dev", "ours-a"});
    const Encapsulation encapsulation;
    {
        auto user = transport::makeUserTransport(dispatcher());
        QVERIFY(user.has_value());
        RegistrarNode::Config registrarConfig;
        registrarConfig.id = ServerId{0x11111111};
        registrarConfig.asap = ourAsap();
        registrarConfig.loopbackOnly = false;
        registrarConfig.profile = fastProfile();
        const auto registrar = RegistrarNode::start(dispatcher(), **user, log(), access(), registrarConfig);
        QVERIFY(registrar.has_value());
        EchoService service;
        ElementNode::Config config;
        config.poolHandle = PoolHandle{"EchoPool"};
        config.identifier = PeIdentifier{0x0b000001};
        config.local = {{second}, 3863};
        config.registrars = {.announces = false, .loopbackOnly = false, .fixed = {ourAsap()}};
        config.profile = fastProfile();
        const auto element = ElementNode::start(dispatcher(), **user, log(), service, config);
        QVERIFY(element.has_value());
        QVERIFY(until([&] { return (*element)->status().state == ElementState::Registered; }, 20s));
        const auto terminal =
            theirs("rspterminal", {"-poolhandle=EchoPool", "-registrar=10.254.1.1:3863", "-asapannounce=off"});
        for (int i = 1; i <= 20; ++i) {
            const QByteArray word = "word-" + QByteArray::number(i) + "\n";
            terminal->type(word.constData());
            QVERIFY(until([&] { return terminal->said(("> word-" + QByteArray::number(i)).constData()); }, 20s));
        }
        QCOMPARE(service.messages(), 20);
        QCOMPARE(service.sessions(), 1);
    }
    QProcess::execute("ip", {"addr", "del", "10.254.1.3/24", "dev", "ours-a"});
}

void TestKernelHosts::givenTheirElementOverUdp_whenOurUserSpeaksSctpInUserSpace_thenTheyTalk() {
    combination("kolam-registrar, user, both --transport user", "rspserver -echo over the kernel's UDP encapsulation",
                "a session of our SCTP in user space at their kernel's SCTP in UDP");
    const Encapsulation encapsulation;
    auto user = transport::makeUserTransport(dispatcher());
    QVERIFY(user.has_value());
    RegistrarNode::Config registrarConfig;
    registrarConfig.id = ServerId{0x11111111};
    registrarConfig.asap = ourAsap();
    registrarConfig.loopbackOnly = false;
    registrarConfig.profile = fastProfile();
    const auto registrar = RegistrarNode::start(dispatcher(), **user, log(), access(), registrarConfig);
    QVERIFY(registrar.has_value());
    // Ours finds who has the same number as SCTP port and as UDP port.
    const auto server = theirServer("echo", "EchoPool", 0x0a000001, ourAsap(), {"-local=10.254.1.2:9899"});
    QVERIFY(until([&] { return (*registrar)->handlespace().elementCount() == 1; }, 20s));
    UserNode::Config config;
    config.registrars = {.announces = false, .loopbackOnly = false, .fixed = {ourAsap()}};
    config.local = TransportAddress{{oursA}, 0};
    config.profile = fastProfile();
    auto node = UserNode::start(dispatcher(), **user, log(), config);
    QVERIFY(node.has_value());
    Conversation conversation{**node, 300};
    QVERIFY(until([&] { return conversation.answers == 300; }, 60s));
    QCOMPARE(conversation.failovers, 0);
}

KOLAM_GUEST_MAIN(TestKernelHosts)
#include "test_kernel_hosts.moc"
