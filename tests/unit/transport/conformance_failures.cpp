// SPDX-License-Identifier: GPL-3.0-or-later
// Conformance, third part: peers in processes of their own, which die, freeze and come back.
#include "tests/unit/transport/conformance.h"

#include <QtTest>
#include <algorithm>

namespace kolam::transport {

namespace {

// Gives up a silent peer after half a second or so.
constexpr Liveness quick{.heartbeat = 100ms,
                         .rtoInitial = 100ms,
                         .rtoMin = 50ms,
                         .rtoMax = 100ms,
                         .pathMaxRetransmissions = 2,
                         .associationMaxRetransmissions = 3,
                         .initAttempts = 3,
                         .sameHostProbe = 20ms};

class FailureTests : public QObject {
    Q_OBJECT
public:
    explicit FailureTests(TransportFixture& fixture) : m_fixture(fixture) {}

private:
    TransportFixture& m_fixture;
    std::unique_ptr<PeerProcess> m_peer;
    std::unique_ptr<Party> m_client;
    AssocId m_assoc{};

    /// Starts a peer and connects to it.
    [[nodiscard]] bool connect(const Liveness& liveness) {
        m_peer = m_fixture.startPeer(0, 0);
        m_client = std::make_unique<Party>();
        if (!m_peer || !m_client->open(m_fixture, {.liveness = liveness})) {
            return false;
        }
        return reconnect();
    }
    [[nodiscard]] bool reconnect() {
        const auto id = m_client->endpoint->connect(m_peer->address());
        m_assoc = id.value_or(AssocId::None);
        return id && m_fixture.runUntil([&] { return m_client->isUp(m_assoc); }, 30s);
    }
    [[nodiscard]] bool echo(const std::string& text) {
        const std::size_t before = m_client->messages.size();
        return m_client->send(m_fixture, m_assoc, text) &&
               m_fixture.runUntil([&] { return m_client->messages.size() > before; }, 30s) &&
               m_client->messages.back().data == text;
    }
    /// Does the kernel speak for peer processes, and not they themselves?
    [[nodiscard]] bool kernelSpeaks() const {
        const std::string_view name = m_fixture.transport().name();
        return name == "kernel" || name == "auto";
    }
    /// What a transport may say about a killed peer.
    [[nodiscard]] bool saysDead(DownReason reason) const {
        // The kernel closes a dead process's associations gracefully, or aborts them when data are lost.
        const bool kernelsWord = reason == DownReason::ShutdownByPeer || reason == DownReason::AbortByPeer;
        return reason == DownReason::ProcessGone || (kernelSpeaks() && kernelsWord);
    }

private slots:
    void cleanup() {
        m_client.reset();
        m_peer.reset();
    }

    void givenPeerProcess_whenSpokenTo_thenItAnswers() {
        QVERIFY(connect(lanLiveness));
        QVERIFY(echo("hello"));
        QVERIFY(echo(std::string(100'000, 'x')));
    }
    void givenPeerProcess_whenKilledWhileIdle_thenDownComes() {
        QVERIFY(connect(quick));
        QVERIFY(echo("hello"));
        m_peer->kill();
        WAIT(m_fixture, m_client->down(m_assoc));
        QVERIFY2(saysDead(m_client->down(m_assoc)->reason), toText(m_client->down(m_assoc)->reason).data());
    }
    void givenPeerProcess_whenKilledWhileBusy_thenDownComes() {
        QVERIFY(connect(quick));
        m_client->also = [this](const Event& event) {
            if (const auto* message = std::get_if<Message>(&event)) {
                (void)m_client->endpoint->send(message->assoc, message->data, {});
            }
        };
        QVERIFY(m_client->send(m_fixture, m_assoc, "ball"));
        WAIT(m_fixture, m_client->messages.size() > 100);
        m_peer->kill();
        WAIT(m_fixture, m_client->down(m_assoc));
        QVERIFY2(saysDead(m_client->down(m_assoc)->reason), toText(m_client->down(m_assoc)->reason).data());
    }
    void givenPeerProcess_whenFrozenWhileIdle_thenItIsUnreachable() {
        if (kernelSpeaks()) {
            QSKIP("the kernel answers for a frozen process");
        }
        QVERIFY(connect(quick));
        QVERIFY(echo("hello"));
        m_peer->freeze();
        WAIT(m_fixture, m_client->down(m_assoc));
        QCOMPARE(m_client->down(m_assoc)->reason, DownReason::Unreachable);
    }
    void givenPeerProcess_whenFrozenWithMessagesOnTheirWay_thenItIsUnreachable() {
        if (kernelSpeaks()) {
            QSKIP("the kernel answers for a frozen process");
        }
        QVERIFY(connect(quick));
        m_peer->freeze();
        QVERIFY(m_client->send(m_fixture, m_assoc, "anybody there?"));
        WAIT(m_fixture, m_client->down(m_assoc));
        QCOMPARE(m_client->down(m_assoc)->reason, DownReason::Unreachable);
    }
    void givenPeerProcess_whenFrozenForAMoment_thenTheAssociationStays() {
        QVERIFY(connect({})); // RFC 9260's patience
        m_peer->freeze();
        QVERIFY(m_client->send(m_fixture, m_assoc, "later"));
        bool awake = false;
        m_fixture.dispatcher().callIn(100ms, [&] {
            m_peer->thaw();
            awake = true;
        });
        WAIT(m_fixture, awake && m_client->messages.size() == 1);
        QVERIFY(m_client->isUp(m_assoc));
    }
    void givenFrozenPeer_whenItsBufferIsFull_thenOthersAreStillServed() {
        QVERIFY(connect({}));
        const auto busy = m_fixture.startPeer(0, 0);
        QVERIFY(busy != nullptr);
        const auto other = m_client->endpoint->connect(busy->address());
        WAIT(m_fixture, m_client->isUp(*other));
        m_peer->freeze();
        const std::string data(10'000, 'x');
        std::size_t taken = 0;
        while (m_client->endpoint->send(m_assoc, asOctets(data), {}).has_value()) {
            QVERIFY2(++taken < 10'000, "the buffer has no limit");
        }
        QVERIFY(m_client->send(m_fixture, *other, "not you"));
        WAIT(m_fixture, m_client->messages.size() == 1);
        QCOMPARE(m_client->messages.front().assoc, *other);
        QVERIFY(m_client->isUp(m_assoc));
    }
    void givenKilledPeer_whenItIsStartedAgainOnItsPort_thenItCanBeConnectedTo() {
        QVERIFY(connect(quick));
        const TransportAddress address = m_peer->address();
        m_peer->kill();
        m_peer = m_fixture.startPeer(address.port, 0);
        QVERIFY(m_peer != nullptr);
        WAIT(m_fixture, m_client->down(m_assoc));
        QVERIFY(reconnect());
        QVERIFY(echo("hello again"));
        QCOMPARE(m_client->downs.size(), std::size_t{1});
    }
    void givenKilledPeer_whenConnected_thenItIsRefused() {
        QVERIFY(connect(quick));
        m_peer->kill();
        WAIT(m_fixture, m_client->down(m_assoc));
        const auto id = m_client->endpoint->connect(m_peer->address());
        QVERIFY(id.has_value());
        WAIT(m_fixture, m_client->down(*id));
        QCOMPARE(m_client->down(*id)->reason, DownReason::Refused);
    }
    void givenPeerProcess_whenShutDown_thenNothingWasLost() {
        QVERIFY(connect(lanLiveness));
        for (int i = 0; i < 100; ++i) {
            QVERIFY(m_client->send(m_fixture, m_assoc, std::to_string(i)));
        }
        WAIT(m_fixture, m_client->messages.size() == 100);
        m_client->endpoint->shutdown(m_assoc);
        WAIT(m_fixture, m_client->down(m_assoc));
        QCOMPARE(m_client->down(m_assoc)->reason, DownReason::ShutdownByUs);
    }
};

} // namespace

std::unique_ptr<QObject> failureTests(TransportFixture& fixture) {
    return std::make_unique<FailureTests>(fixture);
}

} // namespace kolam::transport

#include "conformance_failures.moc"
