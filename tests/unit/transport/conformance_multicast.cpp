// SPDX-License-Identifier: GPL-3.0-or-later
// Conformance, fourth part: multicast groups on the loopback interface.
#include "tests/unit/transport/conformance.h"
#include "tests/unit/transport/echo_peer.h"

#include <QtTest>
#include <algorithm>
#include <set>

namespace kolam::transport {

namespace {

struct Member {
    std::unique_ptr<DatagramPort> port;
    std::vector<std::pair<TransportAddress, std::string>> heard;
    std::error_code error;

    bool open(TransportFixture& fixture, const MulticastConfig& config) {
        auto opened = fixture.transport().openMulticast(
            config, [this](const TransportAddress& from, OctetView data) { heard.emplace_back(from, asText(data)); });
        if (!opened) {
            error = opened.error();
            return false;
        }
        port = std::move(*opened);
        return true;
    }
    [[nodiscard]] bool hasHeard(std::string_view text) const {
        return std::ranges::any_of(heard, [&](const auto& each) { return each.second == text; });
    }
};

class MulticastTests : public QObject {
    Q_OBJECT
public:
    explicit MulticastTests(TransportFixture& fixture) : m_fixture(fixture) {}

private:
    TransportFixture& m_fixture;
    static constexpr std::uint16_t groupPort = 23863;
    static constexpr std::uint16_t otherPort = 29901;

private slots:
    void givenSeveralMembers_whenOneSends_thenAllHearIt() {
        Member one;
        Member two;
        QVERIFY2(one.open(m_fixture, {.group = echoGroup, .port = groupPort}), one.error.message().c_str());
        QVERIFY2(two.open(m_fixture, {.group = echoGroup, .port = groupPort}), two.error.message().c_str());
        one.port->send(asOctets("hello"));
        QVERIFY(one.heard.empty() && two.heard.empty()); // from turns only
        WAIT(m_fixture, one.hasHeard("hello") && two.hasHeard("hello"));
    }
    void givenSenderWithASourcePort_whenItSends_thenMembersSeeThatPort() {
        Member member;
        Member sender;
        Party server;
        QVERIFY(server.listen(m_fixture)); // an SCTP port that the announcement speaks of
        const std::uint16_t port = server.endpoint->local().port;
        QVERIFY(member.open(m_fixture, {.group = echoGroup, .port = groupPort}));
        QVERIFY2(sender.open(m_fixture, {.group = echoGroup, .port = groupPort, .sourcePort = port, .receive = false}),
                 sender.error.message().c_str());
        sender.port->send(asOctets("announce"));
        WAIT(m_fixture, member.hasHeard("announce"));
        QCOMPARE(member.heard.front().first.port, port);
        QCOMPARE(member.heard.front().first.ips.size(), std::size_t{1});
        QVERIFY(!member.heard.front().first.ips.front().isUnspecified());
        QVERIFY(sender.heard.empty());
        Party client; // the clash of the announcement's and the endpoint's port does no harm
        QVERIFY(client.open(m_fixture));
        const auto id = client.endpoint->connect({{m_fixture.host()}, port});
        WAIT(m_fixture, client.isUp(*id));
    }
    void givenOtherGroupAndOtherPort_whenSomebodySends_thenOnlyMembersHearIt() {
        IpAddress otherGroup = echoGroup;
        ++otherGroup.octets[3];
        Member member;
        Member atOtherGroup;
        Member atOtherPort;
        QVERIFY(member.open(m_fixture, {.group = echoGroup, .port = groupPort}));
        QVERIFY(atOtherGroup.open(m_fixture, {.group = otherGroup, .port = groupPort}));
        QVERIFY(atOtherPort.open(m_fixture, {.group = echoGroup, .port = otherPort}));
        member.port->send(asOctets("for members"));
        WAIT(m_fixture, member.hasHeard("for members"));
        atOtherGroup.port->send(asOctets("end"));
        atOtherPort.port->send(asOctets("end"));
        WAIT(m_fixture, atOtherGroup.hasHeard("end") && atOtherPort.hasHeard("end"));
        QVERIFY(!atOtherGroup.hasHeard("for members") && !atOtherPort.hasHeard("for members"));
        QVERIFY(!member.hasHeard("end"));
    }
    void givenSeveralProcesses_whenOneCalls_thenAllAnswer() {
        const auto one = m_fixture.startPeer(0, groupPort);
        const auto two = m_fixture.startPeer(0, groupPort);
        QVERIFY(one != nullptr && two != nullptr);
        Member member;
        QVERIFY(member.open(m_fixture, {.group = echoGroup, .port = groupPort}));
        member.port->send(asOctets("call"));
        WAIT(m_fixture, std::ranges::count_if(member.heard,
                                              [](const auto& each) { return each.second.starts_with("here "); }) >= 2);
        std::set<std::string> names;
        for (const auto& [from, text] : member.heard) {
            names.insert(text);
        }
        QCOMPARE(names.size(), std::size_t{3}); // two answers and our own call
    }
    void givenSink_whenItDestroysItsPort_thenNothingMoreComes() {
        Member member;
        std::unique_ptr<DatagramPort> port;
        int heard = 0;
        auto opened = m_fixture.transport().openMulticast({.group = echoGroup, .port = groupPort},
                                                          [&](const TransportAddress&, OctetView) {
                                                              ++heard;
                                                              port.reset();
                                                          });
        QVERIFY(opened.has_value());
        port = std::move(*opened);
        QVERIFY(member.open(m_fixture, {.group = echoGroup, .port = groupPort}));
        member.port->send(asOctets("one"));
        member.port->send(asOctets("two"));
        WAIT(m_fixture, member.hasHeard("two") && heard > 0);
        member.port->send(asOctets("three"));
        WAIT(m_fixture, member.hasHeard("three"));
        QCOMPARE(heard, 1);
    }
    void givenAddressThatIsNoGroup_whenOpened_thenItIsAnError() {
        Member member;
        QVERIFY(!member.open(m_fixture, {.group = IpAddress::v4(127, 0, 0, 1), .port = groupPort}));
    }
};

} // namespace

std::unique_ptr<QObject> multicastTests(TransportFixture& fixture) {
    return std::make_unique<MulticastTests>(fixture);
}

} // namespace kolam::transport

#include "conformance_multicast.moc"
