// SPDX-License-Identifier: GPL-3.0-or-later
// The simulator at work on a few fixed seeds, and proofs that it can fail: what is broken is noticed, and what is
// noticed can be repeated. `kolam sim` lives many more lives.
#include "tests/sim/campaign.h"
#include "tests/sim/stepped_clock.h"

#include <QtTest>
#include <algorithm>
#include <array>

using namespace kolam::sim;
using namespace std::chrono_literals;

namespace {

Settings smallWorld(std::uint64_t seed) {
    Settings settings;
    settings.seed = seed;
    settings.registrars = 3;
    settings.elements = 6;
    settings.users = 4;
    settings.length = 4min;
    return settings;
}

std::string toText(const Outcome& outcome, std::uint64_t seed) {
    return outcome.violation
               ? "seed " + std::to_string(seed) + ": " + outcome.violation->invariant + ", " + outcome.violation->what
               : std::string{};
}

} // namespace

class TestSim : public QObject {
    Q_OBJECT
private slots:
    void givenNoFaults_whenWorldsOfEverySizeLive_thenAllIsWell() {
        for (std::uint64_t seed = 1; seed <= 14; ++seed) {
            Settings settings = drawSize(smallWorld(seed));
            settings.faults = false;
            const Outcome outcome = live(settings, drawPlan(settings));
            QCOMPARE(toText(outcome, seed), std::string{});
            QVERIFY(settings.users == 0 || outcome.answers > 0);
            QVERIFY(!outcome.measures.agreement.empty());
        }
    }

    /// Lives that have found a bug, whole: takeovers that were begun for ever, an element whose former life kept it
    /// from registering, and registrars that did not hear each other behind a call from before (that one was the
    /// network's).
    void givenSeedsThatHaveFoundSomething_whenTheyAreLivedAgain_thenEveryInvariantHolds() {
        for (const std::uint64_t seed : {16u, 154u, 197u, 1109u}) {
            Settings settings;
            settings.seed = seed;
            settings.profile = kolam::rsplibProfile();
            QCOMPARE(toText(live(settings, drawPlan(settings)), seed), std::string{});
        }
        Settings settings;
        settings.seed = 243437140;
        settings.registrars = 6;
        settings.elements = 12;
        settings.users = 8;
        settings.profile = kolam::demoProfile();
        QCOMPARE(toText(live(settings, drawPlan(settings)), settings.seed), std::string{});
    }

    void givenOneKindOfFault_whenAFewSeedsAreLived_thenEveryInvariantHolds_data() {
        QTest::addColumn<int>("kind");
        for (std::size_t kind = 0; kind < faultKindCount; ++kind) {
            QTest::newRow(std::string{toText(static_cast<FaultKind>(kind))}.c_str()) << static_cast<int>(kind);
        }
    }
    void givenOneKindOfFault_whenAFewSeedsAreLived_thenEveryInvariantHolds() {
        QFETCH(int, kind);
        SteppedClock clock;
        std::uint64_t injected = 0;
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            Settings settings = smallWorld(seed);
            settings.only = static_cast<FaultKind>(kind);
            settings.wallClock = &clock;
            const Outcome outcome = live(settings, drawPlan(settings));
            QCOMPARE(toText(outcome, seed), std::string{});
            injected += outcome.injected[static_cast<std::size_t>(kind)];
        }
        QVERIFY(injected > 0);
    }

    void givenAllKindsOfFaults_whenThirtySeedsAreLived_thenEveryInvariantHolds() {
        CampaignSettings campaign;
        campaign.world = smallWorld(1);
        campaign.drawSize = true;
        campaign.seeds = 30;
        QStringList lines;
        const Summary summary = run(campaign, [&](const std::string& line) { lines << QString::fromStdString(line); });
        QVERIFY2(summary.violations() == 0, qPrintable(lines.join(u'\n')));
        QCOMPARE(summary.seeds, std::uint64_t{30});
        qInfo("%s", toText(summary).c_str());
    }

    void givenSeed_whenLivedTwice_thenTheTracesAreEqual() {
        for (std::uint64_t seed = 1; seed <= 5; ++seed) {
            const Settings settings = smallWorld(seed);
            const FaultPlan plan = drawPlan(settings);
            const Outcome first = live(settings, plan);
            const Outcome inWords = live(settings, plan, true); // that somebody listens must not matter
            QCOMPARE(inWords.hash, first.hash);
            QCOMPARE(inWords.steps, first.steps);
            QVERIFY(!inWords.trace.empty());
            const Settings other = smallWorld(seed + 100);
            QVERIFY(live(other, drawPlan(other)).hash != first.hash);
        }
    }

    void givenWallClockThatSteps_whenAWorldLives_thenNothingIsDifferent() {
        SteppedClock clock;
        Settings settings = smallWorld(7);
        settings.wallClock = &clock;
        settings.only = FaultKind::ClockStep;
        const std::uint64_t asked = SteppedClock::asked();
        const Outcome stepped = live(settings, drawPlan(settings));
        QVERIFY(stepped.injected[static_cast<std::size_t>(FaultKind::ClockStep)] > 0);
        const Outcome undisturbed = live(settings, {});
        QCOMPARE(SteppedClock::asked(), asked); // nobody wants to know
        QCOMPARE(stepped.hash, undisturbed.hash);
        QCOMPARE(toText(stepped, 7), std::string{});
    }

    void givenBrokenProduct_whenUpTo200SeedsAreLived_thenItIsNoticed_data() {
        QTest::addColumn<int>("weakness");
        QTest::newRow("takeovers are not completed") << static_cast<int>(Weakness::Takeover);
        QTest::newRow("no audit") << static_cast<int>(Weakness::Audit);
        QTest::newRow("anybody is believed") << static_cast<int>(Weakness::Owner);
        QTest::newRow("no back-off") << static_cast<int>(Weakness::Backoff);
    }
    void givenBrokenProduct_whenUpTo200SeedsAreLived_thenItIsNoticed() {
        QFETCH(int, weakness);
        for (std::uint64_t seed = 1; seed <= 200; ++seed) {
            Settings settings = smallWorld(seed);
            settings.weakness = static_cast<Weakness>(weakness);
            const Outcome outcome = live(settings, drawPlan(settings));
            if (outcome.violation) {
                qInfo("noticed: %s", toText(outcome, seed).c_str());
                return;
            }
        }
        QFAIL("nobody has noticed");
    }

    void givenViolation_whenFaultsAreLeftOut_thenThoseThatRemainSuffice() {
        Settings settings = smallWorld(1);
        settings.weakness = Weakness::Owner;
        FaultPlan plan;
        Outcome outcome;
        for (; !outcome.violation; ++settings.seed) {
            plan = drawPlan(settings);
            outcome = live(settings, plan);
        }
        --settings.seed;
        std::vector<std::size_t> all(plan.size());
        std::ranges::generate(all, [number = std::size_t{0}]() mutable { return number++; });
        const std::vector<std::size_t> fewest = shrink(settings, plan, all, outcome.violation->invariant);
        QVERIFY(fewest.size() < all.size());
        FaultPlan kept;
        for (const std::size_t index : fewest) {
            kept.push_back(plan[index]);
        }
        QVERIFY(live(settings, kept).violation.has_value());
    }

    void givenSeeds_whenPlansAreDrawn_thenEveryKindOfFaultIsAmongThem() {
        SteppedClock clock;
        std::array<std::size_t, faultKindCount> seen{};
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            Settings settings;
            settings.seed = seed;
            settings.wallClock = &clock;
            const FaultPlan plan = drawPlan(settings);
            QVERIFY(std::ranges::is_sorted(plan, {}, &Fault::begin));
            for (const Fault& fault : plan) {
                ++seen[static_cast<std::size_t>(fault.kind)];
                QVERIFY(fault.begin < fault.end && fault.end < settings.length);
            }
        }
        QVERIFY(std::ranges::all_of(seen, [](std::size_t count) { return count > 0; }));
    }

    void givenNamesOfFaults_whenLookedUp_thenTheyAreFound() {
        for (std::size_t i = 0; i < faultKindCount; ++i) {
            const auto kind = static_cast<FaultKind>(i);
            QVERIFY(findFaultKind(toText(kind)) == kind);
        }
        QVERIFY(!findFaultKind("nonsense"));
        QVERIFY(findWeakness("audit") == Weakness::Audit);
    }
};

QTEST_APPLESS_MAIN(TestSim)
#include "test_sim.moc"
