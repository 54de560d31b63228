// SPDX-License-Identifier: GPL-3.0-or-later
// Conformance, second part: messages, their borders, order and limits.
#include "tests/unit/transport/conformance.h"

#include <QtTest>
#include <algorithm>

namespace kolam::transport {

namespace {

/// Octets that differ everywhere, so that a misplaced part shows.
std::string pattern(std::size_t size) {
    std::string text(size, '\0');
    for (std::size_t i = 0; i < size; ++i) {
        text[i] = static_cast<char>((i * 31 + (i >> 8) * 7 + (i >> 16)) & 0xff);
    }
    return text;
}

class MessageTests : public QObject {
    Q_OBJECT
public:
    explicit MessageTests(TransportFixture& fixture) : m_fixture(fixture) {}

private:
    TransportFixture& m_fixture;

private slots:
    void givenMessagesOfAllSizes_whenSent_thenEachArrivesWhole() {
        Pair pair;
        QVERIFY(pair.connect(m_fixture));
        const std::vector<std::size_t> sizes = {1,     2,     3,     4,      5,      999,    1000,   1199,  1200,
                                                1201,  1452,  1453,  4096,   8191,   65000,  65507,  65508, 65535,
                                                65536, 65537, 99999, 200000, 300000, 400000, 1000000};
        std::vector<std::size_t> sent;
        for (const std::size_t size : sizes) {
            if (size > m_fixture.transport().capabilities().maxMessage) {
                continue;
            }
            QVERIFY2(pair.client.send(m_fixture, pair.atClient, pattern(size)), std::to_string(size).c_str());
            sent.push_back(size);
        }
        WAIT(m_fixture, pair.server.messages.size() == sent.size());
        for (std::size_t i = 0; i < sent.size(); ++i) {
            QCOMPARE(pair.server.messages[i].data.size(), sent[i]);
            QVERIFY(pair.server.messages[i].data == pattern(sent[i]));
        }
    }
    void givenStreamAndPpid_whenSent_thenTheyArrive() {
        Pair pair;
        QVERIFY(pair.connect(m_fixture));
        QVERIFY(pair.client.send(m_fixture, pair.atClient, "a", {.ppid = 11, .stream = 0}));
        QVERIFY(pair.client.send(m_fixture, pair.atClient, "b", {.ppid = 0xfffefdfc, .stream = 7}));
        WAIT(m_fixture, pair.server.messages.size() == 2);
        std::ranges::sort(pair.server.messages, {}, &Party::Received::data); // streams do not wait for each other
        QCOMPARE(pair.server.messages[0].ppid, std::uint32_t{11});
        QCOMPARE(pair.server.messages[0].stream, std::uint16_t{0});
        QCOMPARE(pair.server.messages[1].ppid, std::uint32_t{0xfffefdfc});
        QCOMPARE(pair.server.messages[1].stream, std::uint16_t{7});
        QCOMPARE(pair.server.messages[0].assoc, pair.atServer);
    }
    void givenManySmallMessages_whenSentInOneTurn_thenTheyArriveInOrderAndApart() {
        Pair pair;
        QVERIFY(pair.connect(m_fixture));
        for (int i = 0; i < 3000; ++i) {
            QVERIFY(pair.client.send(m_fixture, pair.atClient, std::to_string(i)));
        }
        WAIT(m_fixture, pair.server.messages.size() == 3000);
        for (std::size_t i = 0; i < 3000; ++i) {
            QCOMPARE(pair.server.messages[i].data, std::to_string(i));
        }
    }
    void givenUnorderedMessages_whenSent_thenAllArrive() {
        Pair pair;
        QVERIFY(pair.connect(m_fixture));
        for (int i = 0; i < 100; ++i) {
            QVERIFY(pair.client.send(m_fixture, pair.atClient, "u", {.unordered = true}));
        }
        WAIT(m_fixture, pair.server.messages.size() == 100);
    }
    void givenFullBuffer_whenItEmpties_thenWritableComesAndNothingIsLost() {
        Party server;
        Party client;
        QVERIFY(server.listen(m_fixture));
        QVERIFY(client.open(m_fixture, {.sendBuffer = 100'000}));
        const auto id = client.endpoint->connect(server.endpoint->local());
        WAIT(m_fixture, client.isUp(*id) && server.ups.size() == 1);
        const std::string data = pattern(1000);
        std::size_t taken = 0;
        while (client.endpoint->send(*id, asOctets(data), {}).has_value()) {
            ++taken;
            QVERIFY2(taken < 100'000, "the buffer has no limit");
        }
        QCOMPARE(client.endpoint->send(*id, asOctets(data), {}).error(), SendError::WouldBlock);
        QVERIFY(taken >= 1);
        QVERIFY(client.writable.empty());
        WAIT(m_fixture, !client.writable.empty());
        QCOMPARE(client.writable.front(), *id);
        QVERIFY(client.send(m_fixture, *id, "last"));
        WAIT(m_fixture, server.messages.size() == taken + 1);
        QCOMPARE(server.messages.back().data, std::string("last"));
        QCOMPARE(server.octets(), taken * 1000 + 4);
    }
    void givenTenMegabytes_whenSentAgainstTheLimit_thenAllArrive() {
        Pair pair;
        QVERIFY(pair.connect(m_fixture));
        const std::string data = pattern(50'000);
        for (int i = 0; i < 200; ++i) {
            QVERIFY(pair.client.send(m_fixture, pair.atClient, data));
        }
        WAIT(m_fixture, pair.server.messages.size() == 200);
        QVERIFY(std::ranges::all_of(pair.server.messages, [&](const auto& message) { return message.data == data; }));
    }
    void givenBothDirections_whenMessagesCross_thenAllArrive() {
        Pair pair;
        QVERIFY(pair.connect(m_fixture));
        for (int i = 0; i < 500; ++i) {
            QVERIFY(pair.client.send(m_fixture, pair.atClient, "there"));
            QVERIFY(pair.server.send(m_fixture, pair.atServer, "back"));
        }
        WAIT(m_fixture, pair.server.messages.size() == 500 && pair.client.messages.size() == 500);
    }
    void givenQueuedMessages_whenShutDown_thenTheyAreDeliveredFirst() {
        Pair pair;
        QVERIFY(pair.connect(m_fixture));
        const std::string data = pattern(10'000);
        for (int i = 0; i < 20; ++i) {
            QVERIFY(pair.client.send(m_fixture, pair.atClient, data));
        }
        pair.client.endpoint->shutdown(pair.atClient);
        const auto late = pair.client.endpoint->send(pair.atClient, asOctets("late"), {});
        QVERIFY(!late.has_value());
        QCOMPARE(late.error(), SendError::Closing);
        WAIT(m_fixture, pair.client.down(pair.atClient) && pair.server.down(pair.atServer));
        QCOMPARE(pair.server.messages.size(), std::size_t{20});
        QCOMPARE(pair.client.down(pair.atClient)->reason, DownReason::ShutdownByUs);
        QCOMPARE(pair.server.down(pair.atServer)->reason, DownReason::ShutdownByPeer);
    }
    void givenShutdown_whenThePeerStillHasMessages_thenTheyArriveBeforeTheEnd() {
        Pair pair;
        QVERIFY(pair.connect(m_fixture));
        for (int i = 0; i < 50; ++i) {
            QVERIFY(pair.server.send(m_fixture, pair.atServer, pattern(1000)));
        }
        pair.client.endpoint->shutdown(pair.atClient);
        WAIT(m_fixture, pair.client.down(pair.atClient) && pair.server.down(pair.atServer));
        QCOMPARE(pair.client.messages.size(), std::size_t{50});
    }
    void givenBadStream_whenSent_thenItIsRefused() {
        Pair pair;
        QVERIFY(pair.connect(m_fixture));
        const auto sent = pair.client.endpoint->send(pair.atClient, asOctets("x"), {.stream = 999});
        QVERIFY(!sent.has_value());
        QCOMPARE(sent.error(), SendError::BadStream);
        QVERIFY(pair.client.isUp(pair.atClient));
    }
    void givenTooBigAMessage_whenSent_thenItIsRefused() {
        Pair pair;
        QVERIFY(pair.connect(m_fixture));
        const auto sent = pair.client.endpoint->send(pair.atClient, asOctets(std::string(5'000'000, 'h')), {});
        QVERIFY(!sent.has_value());
        QCOMPARE(sent.error(), SendError::TooBig);
        QVERIFY(pair.client.send(m_fixture, pair.atClient, "small"));
        WAIT(m_fixture, pair.server.messages.size() == 1);
    }
    void givenMessageLargerThanTheReceiverTakes_whenItArrives_thenTheAssociationEnds() {
        Party server;
        Party client;
        QVERIFY(server.open(m_fixture, {.local = {{m_fixture.host()}, 0}, .listen = true, .maxMessage = 1000}));
        QVERIFY(client.open(m_fixture));
        const auto id = client.endpoint->connect(server.endpoint->local());
        WAIT(m_fixture, client.isUp(*id) && server.ups.size() == 1);
        QVERIFY(client.send(m_fixture, *id, pattern(1000)));
        WAIT(m_fixture, server.messages.size() == 1);
        QVERIFY(client.send(m_fixture, *id, pattern(100'000)));
        WAIT(m_fixture, client.down(*id) && server.downs.size() == 1);
        QCOMPARE(client.down(*id)->reason, DownReason::AbortByPeer);
        QCOMPARE(server.downs.front().reason, DownReason::AbortByUs);
        QCOMPARE(server.messages.size(), std::size_t{1});
    }
    void givenUnknownAssociation_whenUsed_thenItIsAnErrorAndNothingElse() {
        Pair pair;
        QVERIFY(pair.connect(m_fixture));
        const AssocId unknown{0xffffffffffff};
        QCOMPARE(pair.client.endpoint->send(unknown, asOctets("x"), {}).error(), SendError::NoAssociation);
        QCOMPARE(pair.client.endpoint->send(AssocId::None, asOctets("x"), {}).error(), SendError::NoAssociation);
        pair.client.endpoint->shutdown(unknown);
        pair.client.endpoint->abort(unknown, "nobody");
        pair.client.endpoint->setLiveness(unknown, lanLiveness);
        pair.client.endpoint->abort(pair.atClient, "go");
        WAIT(m_fixture, pair.client.down(pair.atClient));
        QCOMPARE(pair.client.endpoint->send(pair.atClient, asOctets("x"), {}).error(), SendError::NoAssociation);
        QCOMPARE(pair.client.downs.size(), std::size_t{1});
    }
    void givenAssociationThatIsNotUpYet_whenSentOn_thenItWouldBlockAndWritableFollowsUp() {
        Party server;
        Party client;
        QVERIFY(server.listen(m_fixture) && client.open(m_fixture));
        std::string order;
        client.also = [&order](const Event& event) {
            order += std::holds_alternative<Up>(event)         ? "up "
                     : std::holds_alternative<Writable>(event) ? "writable "
                                                               : "";
        };
        const auto id = client.endpoint->connect(server.endpoint->local());
        const auto early = client.endpoint->send(*id, asOctets("early"), {});
        QVERIFY(!early.has_value());
        QCOMPARE(early.error(), SendError::WouldBlock);
        WAIT(m_fixture, !client.writable.empty());
        QCOMPARE(order, std::string("up writable "));
        QVERIFY(client.send(m_fixture, *id, "now"));
        WAIT(m_fixture, server.messages.size() == 1);
    }
    void givenSink_whenItAnswersEachMessage_thenManyRoundsPass() {
        Pair pair;
        QVERIFY(pair.connect(m_fixture));
        pair.server.also = [&pair](const Event& event) {
            if (const auto* message = std::get_if<Message>(&event)) {
                (void)pair.server.endpoint->send(message->assoc, message->data, {});
            }
        };
        pair.client.also = [&pair](const Event& event) {
            if (const auto* message = std::get_if<Message>(&event); message && pair.client.messages.size() < 1000) {
                (void)pair.client.endpoint->send(message->assoc, message->data, {});
            }
        };
        QVERIFY(pair.client.send(m_fixture, pair.atClient, "ball"));
        WAIT(m_fixture, pair.client.messages.size() == 1000);
    }
    void givenTwoAssociationsOfOneEndpoint_whenBothAreUsed_thenMessagesGoWhereTheyBelong() {
        Party one;
        Party two;
        Party client;
        QVERIFY(one.listen(m_fixture) && two.listen(m_fixture) && client.open(m_fixture));
        const auto toOne = client.endpoint->connect(one.endpoint->local());
        const auto toTwo = client.endpoint->connect(two.endpoint->local());
        WAIT(m_fixture, client.isUp(*toOne) && client.isUp(*toTwo));
        QVERIFY(client.send(m_fixture, *toTwo, "for two") && client.send(m_fixture, *toOne, "for one"));
        WAIT(m_fixture, one.messages.size() == 1 && two.messages.size() == 1);
        QCOMPARE(one.messages.front().data, std::string("for one"));
        QCOMPARE(two.messages.front().data, std::string("for two"));
        client.endpoint->abort(*toOne, "one is enough");
        WAIT(m_fixture, client.down(*toOne) && one.downs.size() == 1);
        QVERIFY(client.send(m_fixture, *toTwo, "again"));
        WAIT(m_fixture, two.messages.size() == 2);
    }
};

} // namespace

std::unique_ptr<QObject> messageTests(TransportFixture& fixture) {
    return std::make_unique<MessageTests>(fixture);
}

} // namespace kolam::transport

#include "conformance_messages.moc"
