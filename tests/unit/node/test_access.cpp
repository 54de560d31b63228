// SPDX-License-Identifier: GPL-3.0-or-later
// Who may do what in lab mode: patterns, networks, and how rules add up.
#include "core/node/access.h"

#include <QtTest>
#include <type_traits>

using namespace kolam;

// A permit is made by an Authorizer only: so no handler can be called that did not ask.
static_assert(!std::is_default_constructible_v<Permit>);
static_assert(!std::is_aggregate_v<Permit>);

namespace {

Identity from(std::initializer_list<const char*> addresses) {
    Identity identity;
    for (const char* address : addresses) {
        identity.address.ips.push_back(*IpAddress::parse(address));
    }
    return identity;
}
bool may(AccessRules& rules, const Identity& who, Verb verb, const char* pool) {
    return rules.authorize(who, verb, PoolHandle{pool}).has_value();
}
AccessRule rule(const char* text) {
    auto parsed = AccessRule::parse(text);
    if (!parsed) {
        qFatal("%s", parsed.error().c_str());
    }
    return *parsed;
}

} // namespace

class TestAccess : public QObject {
    Q_OBJECT
private slots:
    void givenPattern_whenMatched_thenStarsAndQuestionMarksStandForOctets_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<bool>("matches");
        const auto row = [](QByteArray text, QByteArray pattern, bool matches) {
            QTest::addRow("%s ~ %s", text.constData(), pattern.constData()) << text << pattern << matches;
        };
        row("Class/Pool", "Class/*", true);
        row("Class", "Class/*", false);
        row("", "*", true);
        row("", "?", false);
        row("abc", "a?c", true);
        row("abc", "a*c*", true);
        row("aXbXc", "*X*c", true);
        row("abcd", "*bc", false);
        row("aaa", "a*a*a*a", false);
        row("abc", "", false);
        row("abc", "abc", true);
        row("abcabd", "*abd", true);
    }
    void givenPattern_whenMatched_thenStarsAndQuestionMarksStandForOctets() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, pattern);
        QFETCH(bool, matches);
        QCOMPARE(matchesPattern(text.toStdString(), pattern.toStdString()), matches);
    }
    void givenHostilePattern_whenMatched_thenItTakesNoTime() {
        const std::string text(10'000, 'a');
        std::string pattern;
        for (int i = 0; i < 50; ++i) {
            pattern += "*a";
        }
        QVERIFY(!matchesPattern(text, pattern + "b"));
    }
    void givenNetworks_whenAsked_thenTheLeadingBitsDecide() {
        const auto within = [](const char* address, const char* network) {
            return Network::parse(network)->contains(*IpAddress::parse(address));
        };
        QVERIFY(within("10.1.2.3", "10.0.0.0/8"));
        QVERIFY(!within("11.1.2.3", "10.0.0.0/8"));
        QVERIFY(within("10.0.0.127", "10.0.0.0/25"));
        QVERIFY(!within("10.0.0.128", "10.0.0.0/25"));
        QVERIFY(within("1.2.3.4", "0.0.0.0/0"));
        QVERIFY(!within("::1", "0.0.0.0/0"));
        QVERIFY(within("2001:db8::7", "2001:db8::/32"));
        QVERIFY(within("::1", "::1"));
        for (const char* wrong : {"10.0.0.0/33", "10.0.0.0/", "10.0.0.0/8x", "ten/8", "", "10.0.0.0/-1", "::/129"}) {
            QVERIFY2(!Network::parse(wrong).has_value(), wrong);
        }
    }
    void givenRules_whenParsed_thenMistakesAreExplained() {
        QVERIFY(rule("*") == AccessRule{});
        QVERIFY(rule("register,resolve pool=A*").verbs[static_cast<std::size_t>(Verb::Resolve)]);
        QVERIFY(!rule("register,resolve pool=A*").verbs[static_cast<std::size_t>(Verb::Deregister)]);
        QCOMPARE(rule("pool=A* from=10.0.0.0/8").pool, std::string("A*"));
        for (const char* wrong : {"", "regster", "register pol=A", "from=10.0.0.0/40", "register resolve", "pool="}) {
            const auto parsed = AccessRule::parse(wrong);
            QVERIFY2(!parsed && !parsed.error().empty(), wrong);
        }
    }
    void givenNoRules_whenAsked_thenEverythingIsAllowedAndCounted() {
        AccessRules rules;
        QVERIFY(may(rules, from({"10.0.0.1"}), Verb::Register, "Any"));
        QCOMPARE(rules.counts(Verb::Register).allowed, std::uint64_t{1});
    }
    void givenAllowRules_whenAsked_thenTheirVerbsAreTheirsAloneAndDenyWins() {
        AccessRules rules{{rule("register pool=Class/* from=10.0.0.0/8")}, {rule("* from=10.6.6.6")}};
        QVERIFY(may(rules, from({"10.0.0.1"}), Verb::Register, "Class/One"));
        QVERIFY(!may(rules, from({"10.0.0.1"}), Verb::Register, "Other"));
        QVERIFY(!may(rules, from({"192.168.0.1"}), Verb::Register, "Class/One"));
        QVERIFY(may(rules, from({"192.168.0.1"}), Verb::Resolve, "Class/One")); // no rule speaks of it
        QVERIFY(!may(rules, from({"10.6.6.6"}), Verb::Register, "Class/One"));
        QVERIFY(!may(rules, from({"10.6.6.6"}), Verb::Resolve, "Other"));
        QCOMPARE(rules.counts(Verb::Register).denied, std::uint64_t{3});
    }
    void givenSenderWithSeveralAddresses_whenAsked_thenAllMustBeAllowedAndNoneDenied() {
        AccessRules rules{{rule("register from=10.0.0.0/8")}, {rule("resolve from=192.168.0.0/16")}};
        QVERIFY(!may(rules, from({"10.0.0.1", "192.168.0.1"}), Verb::Register, "Pool"));
        QVERIFY(!may(rules, from({"10.0.0.1", "192.168.0.1"}), Verb::Resolve, "Pool"));
        QVERIFY(may(rules, from({"10.0.0.1", "10.0.0.2"}), Verb::Register, "Pool"));
    }
};

QTEST_APPLESS_MAIN(TestAccess)
#include "test_access.moc"
