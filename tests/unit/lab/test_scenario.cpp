// SPDX-License-Identifier: GPL-3.0-or-later
// Scenario files: what they say, and what is told about their mistakes. And the account of what has come of one.
#include "demos/lab/account.h"
#include "demos/lab/lab_lines.h"
#include "demos/lab/scenario_file.h"

#include <QtTest>
#include <filesystem>

using namespace kolam;
using namespace kolam::lab;
using namespace std::chrono_literals;
namespace tell = kolam::telemetry;

namespace {

const std::string head = "kolam-scenario = 1\ntitle = \"T\"\nlength = \"10s\"\n[[registrar]]\nname = \"pr\"\n"
                         "[[element]]\nname = \"pe\"\ncount = 3\nserves = \"pingpong\"\n";

tell::Event told(tell::ComponentId who, tell::EventBody body, TimePoint when = {}, std::uint64_t number = 1) {
    return {.number = number, .component = who, .monotonic = when, .body = std::move(body)};
}
const PoolHandle pool{"Pool"};
constexpr tell::ComponentId user = tell::componentId(tell::Role::User, 7);
tell::ElementFacts facts(std::uint32_t element, std::uint32_t owner) {
    return {.pool = pool, .element = PeIdentifier{element}, .owner = ServerId{owner}};
}
double measured(const Account& account, std::string_view metric) {
    return findMetric(metric)->measure(account).value_or(-1);
}

} // namespace

class TestScenario : public QObject {
    Q_OBJECT
private slots:
    void givenScenario_whenRead_thenEverythingIsThere() {
        const auto read = readScenarioText(head + R"(
[[user]]
name = "pu"
runs = "ping"
options = ["--interval", "50ms"]
later = true
[[action]]
at = "4s"
do = "partition"
who = "pr-1"
peers = "pe-*"
for = "2s"
say = "Now."
[[action]]
at = "1s"
do = "kill"
who = ["pe-1", "pe-3"]
[[action]]
at = "5s"
do = "flap"
who = "pe-2"
peers = "pr-1"
period = "500ms"
duty = 0.25
[[expect]]
what = "failover_p95"
at_most = "1s"
at = "3s"
)",
                                           "x");
        QVERIFY2(read, qPrintable(QString::fromStdString(read ? std::string{} : read.error())));
        QCOMPARE(read->troops.size(), std::size_t{3});
        QCOMPARE(read->troops[1].count, std::size_t{3});
        QCOMPARE(read->troops[2].options, (std::vector<std::string>{"--interval", "50ms"}));
        QVERIFY(read->troops[2].later);
        QCOMPARE(read->actions[0].at, Duration{1s}); // in the order of their times
        QCOMPARE(read->actions[0].who, (std::vector<std::string>{"pe-1", "pe-3"}));
        QCOMPARE(read->actions[1].peers, (std::vector<std::string>{"pe-1", "pe-2", "pe-3"}));
        QCOMPARE(read->actions[1].lasts, Duration{2s});
        QVERIFY(read->actions[2].deed == Deed::Flap && read->actions[2].period == 500ms);
        QCOMPARE(read->actions[2].duty, 0.25);
        QCOMPARE(read->expectations[0].atMost, std::optional{1.0});
        QCOMPARE(read->expectations[0].at, std::optional<Duration>{3s});
    }

    void givenLesson_whenRead_thenItsStepsAreThereInAllLanguages() {
        const auto read = readScenarioText(head + R"(
[[lesson]]
say = "Look."
look = "pe-*"
[[lesson]]
say = { en = "Kill it.", de = "Beende es." }
do = "kill"
who = "pe-1"
for = "3s"
wait = "failovers"
more = 1
ask = "How many?"
[[lesson.answer]]
say = "none"
[[lesson.answer]]
say = { en = "some", nb = "noen" }
right = true
[[lesson]]
say = "Kill another one."
task = true
do = "kill"
who = "pe-2"
wait = "failovers"
more = 1
)",
                                           "x");
        QVERIFY2(read, qPrintable(QString::fromStdString(read ? std::string{} : read.error())));
        QCOMPARE(read->lesson.size(), std::size_t{3});
        QVERIFY(!read->lesson[1].task && read->lesson[2].task);
        QCOMPARE(read->lesson[0].look.size(), std::size_t{3});
        QVERIFY(!read->lesson[0].deed && !read->lesson[0].wait && read->lesson[0].ask.empty());
        const LessonStep& step = read->lesson[1];
        QCOMPARE(step.say.in("de"), std::string{"Beende es."});
        QCOMPARE(step.say.in("nb"), std::string{"Kill it."}); // rather in English than not
        QCOMPARE(step.deed->deed, Deed::Kill);
        QCOMPARE(step.deed->lasts, Duration{3s});
        QCOMPARE(step.wait->what, std::string{"failovers"});
        QCOMPARE(step.more, std::optional{1.0});
        QVERIFY(step.answers[1].right && step.answers[1].say.in("nb") == "noen");
    }
    void givenMistake_whenRead_thenItIsToldWithItsPlace_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("error");
        const auto row = [](const char* name, const std::string& text, const char* error) {
            QTest::newRow(name) << QString::fromStdString(text) << QString{error};
        };
        row("no toml", "title = ", "x:1:");
        row("no schema", "title = \"T\"\n", "needs \"kolam-scenario\"");
        row("later version", "kolam-scenario = 2\n", "x:1:18: kolam-scenario must be 1");
        row("unknown key", "kolam-scenario = 1\ntitle = \"T\"\nlength = \"1s\"\ncolour = 3\n",
            "x:4:1: a scenario has no key");
        row("no registrar", "kolam-scenario = 1\ntitle = \"T\"\nlength = \"1s\"\n", "needs a registrar");
        row("length without unit", "kolam-scenario = 1\ntitle = \"T\"\nlength = \"10\"\n", "x:3:10: length must be");
        row("unknown service", head + "[[element]]\nname = \"b\"\nserves = \"sh -c reboot\"\n",
            "x:12:10: serves must be one of");
        row("reserved option", head + "[[element]]\nname = \"b\"\nserves = \"echo\"\noptions = [\"--id=3\"]\n",
            "x:13:11: --id=3 is set by the lab");
        row("name twice", head + "[[element]]\nname = \"pe\"\nserves = \"echo\"\n", "x:11:8: the name \"pe\" is taken");
        row("bad name", head + "[[element]]\nname = \"../a\"\nserves = \"echo\"\n", "name must be");
        row("too many", head + "[[element]]\nname = \"b\"\nserves = \"echo\"\ncount = 1000\n",
            "whole number of 1 to 500");
        row("nobody", head + "[[action]]\nat = \"1s\"\ndo = \"kill\"\nwho = \"pe-9\"\n",
            "x:13:7: there is no \"pe-9\"");
        row("no deed", head + "[[action]]\nat = \"1s\"\ndo = \"explode\"\nwho = \"pe-1\"\n",
            "x:12:6: do must be one of");
        row("after the end", head + "[[action]]\nat = \"11s\"\ndo = \"kill\"\nwho = \"pe-1\"\n", "x:11:6: at must");
        row("kill with loss", head + "[[action]]\nat = \"1s\"\ndo = \"kill\"\nwho = \"pe-1\"\nprobability = 0.5\n",
            "\"kill\" has no \"probability\"");
        row("slow for nothing", head + "[[action]]\nat = \"1s\"\ndo = \"slow\"\nwho = \"pe-1\"\nshare = 0\n",
            "x:14:9: share must be more than 0");
        row("flap too fast", head + "[[action]]\nat = \"1s\"\ndo = \"flap\"\nwho = \"pe-1\"\nperiod = \"1ms\"\n",
            "x:14:10: period must be");
        row("crowd of peers", head + "[[action]]\nat = \"1s\"\ndo = \"overload\"\nwho = \"pe-1\"\npeers = \"pe-2\"\n",
            "\"overload\" has no \"peers\"");
        row("crowd too large", head + "[[action]]\nat = \"1s\"\ndo = \"overload\"\nwho = \"pe-1\"\nsessions = 5000\n",
            "whole number of 1 to 1000");
        row("loss without", head + "[[action]]\nat = \"1s\"\ndo = \"loss\"\nwho = \"pe-1\"\n", "needs \"probability\"");
        row("whom", head + "[[action]]\nat = \"1s\"\ndo = \"kill\"\n", "\"kill\" needs \"who\"");
        row("no metric", head + "[[expect]]\nwhat = \"luck\"\nat_least = 1\n", "nothing called \"luck\" is measured");
        row("no bound", head + "[[expect]]\nwhat = \"sessions\"\n", "needs at_least, at_most or equals");
        const std::string step = head + "[[lesson]]\nsay = \"Now.\"\n";
        row("lesson without words", head + "[[lesson]]\nlook = \"pe-1\"\n", "[[lesson]] needs \"say\"");
        row("words without English", head + "[[lesson]]\nsay = { de = \"Jetzt.\" }\n", "x:11:7: say needs \"en\"");
        row("look at nobody", step + "look = \"pe-9\"\n", "there is no \"pe-9\"");
        row("wait for luck", step + "wait = \"luck\"\nmore = 1\n", "nothing called \"luck\" is measured");
        row("wait for nothing", step + "wait = \"failovers\"\n", "needs at_least, at_most or equals");
        row("wait for less", step + "wait = \"failovers\"\nmore = -1\n", "more must be a number above 0");
        row("more of nothing", step + "more = 1\n", "[[lesson]] has no key \"more\"");
        row("question without answers", step + "ask = \"Why?\"\n", "a question needs");
        row("no right answer", step + "ask = \"Why?\"\n[[lesson.answer]]\nsay = \"So.\"\n", "one answer must be right");
        row("task without a way", step + "task = true\nwait = \"failovers\"\nmore = 1\n", "a task needs");
        row("do say", step + "do = \"say\"\n", "says what it has to say");
        row("time as number", head + "[[expect]]\nwhat = \"failover_max\"\nat_most = 1\n", "at_most must be text");
    }
    void givenMistake_whenRead_thenItIsToldWithItsPlace() {
        QFETCH(QString, text);
        QFETCH(QString, error);
        const auto read = readScenarioText(text.toStdString(), "x");
        QVERIFY(!read);
        const QString told = QString::fromStdString(read.error());
        QVERIFY2(told.contains(error), qPrintable(told));
    }

    void givenScenariosOfTheProject_whenRead_thenAllAreGood() {
        std::size_t count = 0;
        for (const auto& file : std::filesystem::directory_iterator{KOLAM_SOURCE "/demos/scenarios"}) {
            const auto read = readScenario(file.path());
            QVERIFY2(read, qPrintable(QString::fromStdString(read ? std::string{} : read.error())));
            QVERIFY(!read->about.empty() && !read->expectations.empty());
            ++count;
        }
        QVERIFY(count >= 10);
    }
    void givenNoSuchFile_whenRead_thenItIsAnErrorWithItsName() {
        const auto read = readScenario("/nowhere/at.all");
        QVERIFY(!read && read.error().starts_with("/nowhere/at.all"));
    }

    void givenLinesOfALab_whenWrittenAndRead_thenTheyAreTheSame() {
        for (const LabLine& line : std::vector<LabLine>{
                 ScenarioTold{"T", "about\n", 3s, "lab-1"},
                 MemberTold{"pr-1", "registrar", "", "running", "registrar-0x0b000001", 4711, "127.0.0.1:3863"},
                 FaultTold{3, Deed::Flap, "pe-1", true, 8s},
                 Said{1500ms, "What \xff is \"that\"?"},
                 VerdictTold{true, {{"sessions", true, "is 3"}}},
                 ErrorTold{"no"},
             }) {
            const auto read = readLabLine(toJson(line));
            QVERIFY(read);
            QCOMPARE(toJson(*read), toJson(line));
        }
        Action action{.deed = Deed::Loss, .who = {"pe-1"}, .peers = {"pr-1"}, .lasts = 8s, .probability = 0.25};
        const auto order = readLabOrder(toJson(LabOrder{action}));
        QVERIFY(order && std::get<Action>(*order).lasts == action.lasts);
        QCOMPARE(std::get<Action>(*order).probability, 0.25);
        for (const LabOrder& each :
             std::vector<LabOrder>{EndWanted{}, UndoWanted{7}, ProgressMade{0.5},
                                   Action{.deed = Deed::Slow, .who = {"pe-1"}, .share = 0.1},
                                   Action{.deed = Deed::Flap, .who = {"pe-1"}, .period = 500ms, .duty = 0.25},
                                   Action{.deed = Deed::Overload, .who = {"pe-1"}, .lasts = 2s, .sessions = 9}}) {
            const auto readAgain = readLabOrder(toJson(each));
            QVERIFY(readAgain);
            QCOMPARE(toJson(*readAgain), toJson(each));
        }
        for (const char* const garbage :
             {"", "[]", "{}", "{\"do\":\"explode\"}", "{\"do\":\"kill\",\"for\":\"soon\"}"}) {
            QVERIFY(!readLabOrder(garbage));
        }
        QVERIFY(!readLabLine("{\"event\":7}"));
    }

    void givenFailover_whenTold_thenItsTimeAndItsCookieCount() {
        Account account;
        account.take(told(user, tell::SessionOpened{.session = 1, .pool = pool}));
        QCOMPARE(measured(account, "sessions_waiting"), 1.0);
        account.take(told(user, tell::SessionEstablished{.session = 1, .element = PeIdentifier{1}}));
        QCOMPARE(measured(account, "sessions"), 1.0);
        account.take(told(user, tell::FailoverBegan{.session = 1, .failed = PeIdentifier{1}}));
        QCOMPARE(measured(account, "sessions"), 0.0);
        account.take(told(user, tell::SessionEstablished{.session = 1, .element = PeIdentifier{2}}));
        account.take(told(user, tell::FailoverEnded{.session = 1, .took = 20ms, .cookieOctets = 8}));
        account.take(told(user, tell::FailoverEnded{.session = 1, .took = 10ms}));
        QCOMPARE(measured(account, "failovers"), 2.0);
        QCOMPARE(measured(account, "failovers_with_cookie"), 1.0);
        QCOMPARE(measured(account, "failover_p50"), 0.010);
        QCOMPARE(measured(account, "failover_max"), 0.020);
        QCOMPARE(measured(account, "imbalance"), 1.0);
        account.take(told(user, tell::ComponentFinal{}));
        QCOMPARE(measured(account, "sessions"), 0.0);
    }
    void givenAReportOfAUser_whenTold_thenItIsCountedAndIsNoRemoval() {
        Account account;
        account.take(told(tell::componentId(ServerId{1}), tell::UnreachableReported{pool, PeIdentifier{1}, {}}));
        QCOMPARE(measured(account, "reports"), 1.0);
        QCOMPARE(measured(account, "removals"), 0.0);
    }
    void givenNoFailover_whenItsTimeIsAskedFor_thenThereIsNone() {
        QVERIFY(!findMetric("failover_p95")->measure(Account{}));
        QVERIFY(!findMetric("elements")->measure(Account{}));
    }
    void givenTwoRegistrars_whenTheyKnowDifferentThings_thenTheyDisagree() {
        Account account;
        const auto first = tell::componentId(ServerId{1});
        const auto second = tell::componentId(ServerId{2});
        for (const auto registrar : {first, second}) {
            account.take(told(registrar, tell::ComponentUp{.pid = 1}));
            account.take(told(registrar, tell::ElementRegistered{facts(1, 1)}));
        }
        QCOMPARE(measured(account, "disagreeing"), 0.0);
        account.take(told(second, tell::OwnerChanged{pool, PeIdentifier{1}, ServerId{1}, ServerId{2}}));
        QCOMPARE(measured(account, "disagreeing"), 1.0);
        account.take(told(first, tell::SnapshotBegan{})); // all that it knows follows
        QCOMPARE(measured(account, "elements"), 1.0);
        account.take(told(first, tell::ComponentUp{.pid = 1}, {}, 0));
        QCOMPARE(measured(account, "elements"), 0.0);
        account.take(told(first, tell::ElementRegistered{facts(1, 2)}, {}, 0));
        QCOMPARE(measured(account, "disagreeing"), 0.0);
        account.take(told(first, tell::ComponentDown{tell::DownKind::StreamEnded}));
        QCOMPARE(measured(account, "elements"), 1.0);
    }
    void givenTakeover_whenItEnds_thenItsOwnerCountsIt() {
        Account account;
        const auto heir = tell::componentId(ServerId{2});
        account.take(told(heir, tell::TakeoverBegan{.target = ServerId{1}, .elements = 3}, TimePoint{1s}));
        account.take(
            told(heir, tell::TakeoverEnded{.target = ServerId{1}, .successor = ServerId{2}}, TimePoint{1200ms}));
        account.take(
            told(tell::componentId(ServerId{3}), tell::TakeoverEnded{.target = ServerId{1}, .successor = ServerId{2}}));
        QCOMPARE(measured(account, "takeovers"), 1.0);
        QCOMPARE(measured(account, "takeover_max"), 0.2);
    }
    void givenImpatientSession_whenItConnects_thenTheBusiestSecondCounts() {
        Account account;
        for (int i = 0; i < 10; ++i) {
            account.take(told(user, tell::Connecting{.session = 1}, TimePoint{300ms * i}));
        }
        QCOMPARE(measured(account, "connects"), 10.0);
        QCOMPARE(measured(account, "connects_per_second"), 4.0);
    }
    void givenRefusals_whenTheElementStartsAgain_thenNoneIsForgotten() {
        Account account;
        const auto element = tell::componentId(PeIdentifier{1});
        account.take(told(element, tell::ComponentUp{.pid = 1}));
        account.take(told(element, tell::LoadChanged{.refused = 3}));
        account.take(told(element, tell::SnapshotBegan{}));
        account.take(told(element, tell::ComponentUp{.pid = 1}));
        account.take(told(element, tell::LoadChanged{.refused = 3}));
        QCOMPARE(measured(account, "refused"), 3.0);
        account.take(told(element, tell::ComponentUp{.pid = 2}));
        account.take(told(element, tell::LoadChanged{.refused = 1}));
        QCOMPARE(measured(account, "refused"), 4.0);
    }
};

QTEST_APPLESS_MAIN(TestScenario)
#include "test_scenario.moc"
