// SPDX-License-Identifier: GPL-3.0-or-later
// Every policy, registered by one side and used by the other: their servers at our registrar, our elements at theirs,
// and both kinds in one pool of a mixed mesh. Policies that rsplib does not know are refused there: pinned.
// Next door: test_services_rsplib.cpp.
#include "core/wire/codec.h"
#include "demos/cli/policy_option.h"
#include "tests/interop/common/guest_test.h"
#include "tests/interop/mesh/mesh_checks.h"

using namespace kolam;
using namespace kolam::interop;

namespace {

struct PolicyCase {
    const char* text; // as options of both spell it
    bool servers;     // rspserver offers it
    bool known;       // rspregistrar accepts it
};
constexpr PolicyCase cases[] = {
    {"RoundRobin", true, true},
    {"WeightedRoundRobin:3", true, true},
    {"Random", true, true},
    {"WeightedRandom:20", true, true},
    {"WeightedRandomDPF:100:0.0005", true, true},
    {"Priority:7", true, true},
    {"LeastUsed", true, true},
    {"LeastUsedDPF:0.0005", true, true},
    {"LeastUsedDegradation:0.25", true, true},
    {"LeastUsedDegradationDPF:0.25:0.0005", true, true},
    {"PriorityLeastUsed:0.5", true, true},
    {"PriorityLeastUsedDegradation:0.5", true, true},
    {"RandomizedLeastUsed", true, true},
    {"RandomizedPriorityLeastUsed", true, true},
    {"RandomizedLeastUsedDegradation:0.25", false, true},
    {"PowerOfTwoChoices", false, false},
    {"LeastSessions", false, false},
    {"ConsistentHash:3", false, false},
};

/// As our options spell it: rspserver gives one of them no number.
wire::Policy ours(const char* text) {
    const std::string_view name = text;
    return *cli::readPolicy(name == "RandomizedPriorityLeastUsed" ? "RandomizedPriorityLeastUsed:0" : name);
}

} // namespace

class TestPoliciesRsplib : public GuestTest {
    Q_OBJECT
private slots:
    void givenTheirServers_whenOurRegistrarSelects_thenBothAreUsed_data() { rows(true); }
    void givenTheirServers_whenOurRegistrarSelects_thenBothAreUsed();
    void givenOurElements_whenTheirRegistrarSelects_thenBothAreUsedOrTheyAreRefused_data() { rows(false); }
    void givenOurElements_whenTheirRegistrarSelects_thenBothAreUsedOrTheyAreRefused();
    void givenOneOfEachInAMixedMesh_whenBothRegistrarsAreAsked_thenTheyKnowBoth_data() { rows(true); }
    void givenOneOfEachInAMixedMesh_whenBothRegistrarsAreAsked_thenTheyKnowBoth();
    void givenPoolsThatTheirsCannotBear_whenItIsInOurMesh_thenItLives();
    void givenOurExtensions_whenTheirRegistrarIsAsked_thenItAnswersAllTheSame();

private:
    static void rows(bool ofServers) {
        QTest::addColumn<int>("index");
        for (int i = 0; i < static_cast<int>(std::size(cases)); ++i) {
            if (cases[i].servers || !ofServers) {
                QTest::newRow(cases[i].text) << i;
            }
        }
    }
    static QString policy(const PolicyCase& row) { return QStringLiteral("-policy=") + QString::fromLatin1(row.text); }
};

void TestPoliciesRsplib::givenTheirServers_whenOurRegistrarSelects_thenBothAreUsed() {
    QFETCH(int, index);
    const PolicyCase& row = cases[index];
    combination("kolam-registrar, user", "2 rspserver, rspterminal", QStringLiteral("policy ") + row.text);
    const auto registrar = ourRegistrar(1, 0x11111111);
    const auto one = theirServer("echo", "Pool", 0x0a000001, ourAsap(), {policy(row)});
    const auto two = theirServer("echo", "Pool", 0x0a000002, ourAsap(), {policy(row)});
    QVERIFY(registrar);
    QVERIFY(until([&] { return registrar->handlespace().elementCount() == 2; }));
    const auto stored = registrar->handlespace().poolPolicy(PoolHandle{"Pool"});
    wire::Policy expected = ours(row.text);
    QVERIFY(stored.has_value());
    QCOMPARE(stored->type, expected.type);
    QCOMPARE(stored->weight, expected.weight);
    // Their fractions are floats of the same value.
    const auto near = [](std::uint32_t a, std::uint32_t b) { return (a > b ? a - b : b - a) < 4096; };
    QVERIFY(near(stored->penaltyFactor, expected.penaltyFactor));
    QVERIFY(near(stored->degradation, expected.degradation));
    const auto user = theirs("rspterminal", {"-poolhandle=Pool", "-registrar=10.254.1.1:3863", "-asapannounce=off"});
    user->type("hello\n");
    QVERIFY(until([&] { return user->said("> hello"); }));
    QCOMPARE(resolve(ourAsap(), "Pool"), (std::set<std::uint32_t>{0x0a000001, 0x0a000002}));
}

void TestPoliciesRsplib::givenOurElements_whenTheirRegistrarSelects_thenBothAreUsedOrTheyAreRefused() {
    QFETCH(int, index);
    const PolicyCase& row = cases[index];
    combination("2 elements", "rspregistrar, rspterminal", QStringLiteral("policy ") + row.text);
    const auto registrar = theirRegistrar(1, 0x22222222);
    QVERIFY(until([&] { return registrar->said("Going into initialization phase"); }));
    if (!row.known) {
        ElementNode::Config config;
        config.poolHandle = PoolHandle{"Pool"};
        config.policy = ours(row.text);
        config.local = {{oursA}, 0};
        config.registrars = {.announces = false, .loopbackOnly = false, .fixed = {theirAsap()}};
        config.profile = fastProfile();
        EchoService service;
        const auto node = ElementNode::start(dispatcher(), transport(), log(), service, config);
        QVERIFY(node.has_value());
        QVERIFY(until([&] { return registrar->said("Registration") || registrar->said("rror"); }));
        turnFor(2s);
        QVERIFY((*node)->status().state != ElementState::Registered);
        QCOMPARE(resolve(theirAsap(), "Pool"), std::set<std::uint32_t>{});
        remark(QStringLiteral("refused, as rsplib does not know it; our element says: %1")
                   .arg(QString::fromStdString((*node)->status().detail)));
        return;
    }
    const auto one = ourElement("Pool", 0x0b000001, theirAsap(), ours(row.text));
    const auto two = ourElement("Pool", 0x0b000002, theirAsap(), ours(row.text));
    QVERIFY(one && two);
    QVERIFY(untilResolved(theirAsap(), "Pool", {0x0b000001, 0x0b000002}));
    const auto user = theirs("rspterminal", {"-poolhandle=Pool", "-registrar=10.254.1.2:3863", "-asapannounce=off"});
    user->type("hello\n");
    QVERIFY(until([&] { return user->said("> hello"); }));
    QCOMPARE(one->service.messages() + two->service.messages(), 1);
}

void TestPoliciesRsplib::givenOneOfEachInAMixedMesh_whenBothRegistrarsAreAsked_thenTheyKnowBoth() {
    QFETCH(int, index);
    const PolicyCase& row = cases[index];
    combination("kolam-registrar, element", "rspregistrar, rspserver",
                QStringLiteral("one pool in a mixed mesh: policy ") + row.text);
    const auto theirs = theirRegistrar(1, 0x22222222);
    const auto ours = ourRegistrar(1, 0x11111111);
    QVERIFY(ours);
    QVERIFY(until([&] { return ours->serving() && isReady(*theirs); }));
    const auto element = ourElement("Pool", 0x0b000001, ourAsap(), ::ours(row.text));
    const auto server = theirServer("echo", "Pool", 0x0a000001, theirAsap(), {policy(row)});
    QVERIFY(element);
    QVERIFY(untilResolved(theirAsap(), "Pool", {0x0a000001, 0x0b000001}));
    QVERIFY(untilResolved(ourAsap(), "Pool", {0x0a000001, 0x0b000001}));
    QVERIFY(untilQuiet(*this, {ours.get()}, {theirs.get()}, 2));
}

void TestPoliciesRsplib::givenPoolsThatTheirsCannotBear_whenItIsInOurMesh_thenItLives() {
    combination("kolam-registrar, elements", "rspregistrar",
                "a policy of ours, and a handle of 44 octets, in a mixed mesh");
    const auto theirs = theirRegistrar(1, 0x22222222);
    const auto ours = ourRegistrar(1, 0x11111111);
    QVERIFY(ours);
    QVERIFY(until([&] { return ours->serving() && isReady(*theirs); }));
    const auto strange = ourElement("OurPool", 0x0b000001, ourAsap(), {.type = wire::PolicyType::PowerOfTwoChoices});
    const auto usual = ourElement("UsualPool", 0x0b000002, ourAsap());
    QVERIFY(strange && usual);
    const auto longNamed = ourElement("A pool whose handle is longer than 32 octets", 0x0b000003, ourAsap());
    QVERIFY(longNamed);
    QVERIFY(untilResolved(theirAsap(), "UsualPool", {0x0b000002}));
    // Its checksum is that of what it has been told, so it asks for no table again.
    turnFor(1500ms); // a presence that was on its way
    const int downloads = theirs->countOf("Handle Table synchronization with peer");
    turnFor(5s);
    QCOMPARE(theirs->countOf("Handle Table synchronization with peer"), downloads);
    remark(QStringLiteral("theirs is not told of pools that it could not bear, and its audit agrees"));
    QVERIFY(theirs->running());
    QVERIFY(untilResolved(theirAsap(), "UsualPool", {0x0b000002}));
    QCOMPARE(resolve(theirAsap(), "OurPool"), std::set<std::uint32_t>{});
}

void TestPoliciesRsplib::givenOurExtensions_whenTheirRegistrarIsAsked_thenItAnswersAllTheSame() {
    combination("a resolution with a session key, by somebody who only looks", "rspregistrar, rspserver",
                "parameters that theirs does not know");
    const auto registrar = theirRegistrar(1, 0x22222222);
    const auto server = theirServer("echo", "Pool", 0x0a000001, theirAsap());
    QVERIFY(untilResolved(theirAsap(), "Pool", {0x0a000001}));
    bool up = false;
    std::optional<wire::HandleResolutionResponse> answer;
    const auto endpoint = transport().open({.local = {{oursA}, 0}}, [&](const transport::Event& event) {
        up = up || std::holds_alternative<transport::Up>(event);
        if (const auto* const message = std::get_if<transport::Message>(&event)) {
            if (auto response = wire::decode<wire::HandleResolutionResponse>(message->data)) {
                answer = std::move(*response);
            }
        }
    });
    QVERIFY(endpoint.has_value());
    const auto association = (*endpoint)->connect(theirAsap());
    QVERIFY(association.has_value());
    QVERIFY(until([&] { return up; }));
    wire::HandleResolution question;
    question.poolHandle = PoolHandle{"Pool"};
    question.sessionKey = 7;
    question.onlyLooks.emplace();
    QVERIFY((*endpoint)->send(*association, wire::encode(question), {.ppid = wire::asapPpid}));
    QVERIFY(until([&] { return answer.has_value(); }));
    QCOMPARE(answer->elements.size(), std::size_t{1});
    QCOMPARE(answer->elements.front().identifier, PeIdentifier{0x0a000001});
}

KOLAM_GUEST_MAIN(TestPoliciesRsplib)
#include "test_policies_rsplib.moc"
