// SPDX-License-Identifier: GPL-3.0-or-later
// Setups of rserpooldemo become scenarios: what is understood, what is named and left out, and what is refused.
#include "demos/lab/demo_import.h"
#include "demos/lab/scenario_file.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace kolam;
using namespace kolam::lab;

namespace {

std::string node(const char* uid, const char* label, const std::string& more = {}) {
    return std::string{"<Node><UID>"} + uid + "</UID><DisplayName>" + label + "</DisplayName>" + more + "</Node>\n";
}
std::string entry(const char* name, const char* command) {
    return std::string{"<ContextMenuEntry><Name>"} + name + "</Name><Command>" + command +
           "</Command></ContextMenuEntry>";
}
std::string setup(const std::string& content) {
    return "<?xml version=\"1.0\"?>\n<RSerPoolDemoConfigurationRoot>\n" + content +
           "</RSerPoolDemoConfigurationRoot>\n";
}
const std::string registrar = node("100000000000001", "North");
const std::string classroom = setup(
    "<RefreshTime>500</RefreshTime><Caption>Our \"class\"\\room</Caption><BackgroundImage>map.png</BackgroundImage>\n"
    "<ProtocolColor ID=\"11\">blue</ProtocolColor>\n" +
    node("100000000000001", "North",
         "<PositionX>10</PositionX><PositionY>20</PositionY>" +
             entry("Start", "./ComponentControl a.config PR 1 start") + "<ContextMenuSeparator />" +
             entry("Log", "./ComponentControl a.config PR 1 log")) +
    node("100000000000002", "South") +
    node("200000000000100", "Server &amp; more",
         "<ActiveImageURL>pe.png</ActiveImageURL><PositionX>101</PositionX><PositionY>5</PositionY>" +
             entry("Start", "./ComponentControl a.config PE 1 start -identifier=0x100 -pingpong -speed=9") +
             entry("Stop", "./ComponentControl a.config PE 1 stop")) +
    node("200000000000101", "Server 2", entry("Shell", "./RunProgram konsole; rm -rf /")) +
    node("300000000000001", "Somebody", entry("Start", "./ComponentControl a.config PU 1 start -pingpong")) +
    node("300000000000001", "Twin") + node("NOUID", "Control", entry("All", "./StartAll")));

} // namespace

class TestDemoImport : public QObject {
    Q_OBJECT
private slots:
    void givenASetup_whenImported_thenItIsAScenarioThatCanBePlayed() {
        const auto demo = importDemoText(classroom);
        QVERIFY2(demo, demo ? "" : demo.error().c_str());
        QCOMPARE(demo->caption, std::string("Our \"class\"\\room"));
        QCOMPARE(demo->nodes.size(), std::size_t{5});
        QCOMPARE(telemetry::toText(demo->nodes[2].component), std::string("element-0x00000100"));
        const auto scenario = readScenarioText(demo->scenario, "x");
        QVERIFY2(scenario, scenario ? "" : scenario.error().c_str());
        QCOMPARE(scenario->title, demo->caption);
        QCOMPARE(scenario->background, std::string("map.png"));
        QCOMPARE(scenario->troops.size(), std::size_t{3});
        QCOMPARE(scenario->troops[0].count, std::size_t{2});
        QCOMPARE(scenario->troops[1].program, std::string("pingpong"));
        QCOMPARE(scenario->troops[2].program, std::string("ping"));
        QCOMPARE(scenario->places.size(), std::size_t{5});
        QVERIFY(scenario->places[0].who == "pr-1" && scenario->places[0].label == "North");
        QVERIFY(scenario->places[0].x == 10.0 && scenario->places[0].y == 20.0);
        QVERIFY(scenario->places[2].label == "Server & more" && scenario->places[2].image == "pe.png");
        QVERIFY(!scenario->places[2].x); // 101 % is nowhere
    }
    void givenCommands_whenImported_thenWhatALabDoesNotDoIsNamed() {
        const auto demo = importDemoText(classroom);
        QVERIFY(demo);
        const auto noted = [&](std::string_view words) {
            return std::ranges::any_of(demo->notes,
                                       [&](const auto& note) { return note.find(words) != std::string::npos; });
        };
        QVERIFY(noted("-speed=9"));
        QVERIFY(noted("rm -rf"));
        QVERIFY(noted("./StartAll"));
        QVERIFY(noted("“Twin”"));
        QVERIFY(noted("“Control”"));
        QVERIFY(!noted("PR 1 log") && !noted("PE 1 stop"));
        QCOMPARE(demo->notes.size(), std::size_t{5});
        const auto scenario = readScenarioText(demo->scenario, "x");
        for (const Troop& troop : scenario->troops) {
            QVERIFY(troop.options.empty()); // nothing of a command line gets through
        }
    }
    void givenGarbage_whenImported_thenItIsRefusedWithAReason_data() {
        QTest::addColumn<QByteArray>("xml");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* name, const std::string& xml, const char* reason) {
            QTest::newRow(name) << QByteArray::fromStdString(xml) << QString::fromUtf8(reason);
        };
        row("nothing", "", "line 1");
        row("no xml", "title = 1", "line 1");
        row("broken", "<?xml version=\"1.0\"?>\n<RSerPoolDemoConfigurationRoot>\n<Node>", "line 3");
        row("something else", "<html/>", "root is not");
        row("no registrar", setup(node("200000000000100", "A")), "needs a registrar");
        row("entities", "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;\">]>" + setup(registrar),
            "no document type");
        row("no utf-8", setup("<Caption>\xff\xfe</Caption>" + registrar), "it makes no scenario");
        row("too large", std::string(5'000'000, ' '), "at most");
        std::string many;
        for (int i = 1; i <= 501; ++i) {
            many += node(("100000000000" + std::to_string(100 + i)).c_str(), "A");
        }
        row("too many", setup(many), "at most 500 nodes");
    }
    void givenGarbage_whenImported_thenItIsRefusedWithAReason() {
        QFETCH(QByteArray, xml);
        QFETCH(QString, reason);
        const auto demo = importDemoText(xml.toStdString());
        QVERIFY(!demo);
        QVERIFY2(QString::fromStdString(demo.error()).contains(reason), demo.error().c_str());
    }
    void givenNesting_whenItIsDeep_thenItIsReadAllTheSame() {
        std::string deep;
        for (int i = 0; i < 200'000; ++i) {
            deep += "<a>";
        }
        for (int i = 0; i < 200'000; ++i) {
            deep += "</a>";
        }
        QVERIFY(importDemoText(setup(deep + registrar)));
    }
    void givenEveryPrefixOfASetup_whenImported_thenNothingWorseThanAnErrorComesOfIt() {
        for (std::size_t length = 0; length < classroom.size(); length += 7) {
            (void)importDemoText(std::string_view{classroom}.substr(0, length));
            std::string flipped = classroom;
            flipped[length] = static_cast<char>(flipped[length] ^ 0x15);
            (void)importDemoText(flipped);
        }
    }
    void givenNoSuchFile_whenImported_thenTheErrorHasItsName() {
        const auto demo = importDemo("/nowhere/setup.xml");
        QVERIFY(!demo && demo.error().starts_with("/nowhere/setup.xml: "));
        const QTemporaryDir folder;
        QVERIFY(!importDemo(folder.path().toStdString())); // a folder is no file
    }
};

QTEST_APPLESS_MAIN(TestDemoImport)
#include "test_demo_import.moc"
