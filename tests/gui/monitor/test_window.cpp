// SPDX-License-Identifier: GPL-3.0-or-later
// The monitor's window, off screen: it shows what was told, goes to any moment, disturbs, can be used by keyboard alone
// and by those who do not see it, and closes at once in every state.
#include "gui/common/command_palette.h"
#include "gui/common/english_plurals.h"
#include "gui/common/sentences.h"
#include "gui/common/shortcut_sheet.h"
#include "gui/common/timeline_bar.h"
#include "gui/feeds/lab_client.h"
#include "gui/monitor/charts_panel.h"
#include "gui/monitor/explainer_view.h"
#include "gui/monitor/fault_book.h"
#include "gui/monitor/monitor_actions.h"
#include "gui/monitor/partition_dialog.h"
#include "gui/monitor/topology_view.h"
#include "tests/gui/common/fake_lab.h"
#include "tests/gui/monitor/monitor_stage.h"

#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QAccessible>
#include <QApplication>
#include <QContextMenuEvent>
#include <QDialogButtonBox>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPainter>
#include <QPushButton>
#include <QSignalSpy>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QtTest>
#include <set>

using namespace kolam;
using namespace kolam::gui;
using namespace kolam::telemetry;
using namespace std::chrono_literals;

class TestMonitorWindow : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { applyTheme(*qApp, Theme::Dark); }

    void givenAFailover_whenTold_thenMapListsAndExplainerShowIt() {
        MonitorStage stage;
        stage.show();
        stage.story.whole();
        stage.tell();
        stage.window.refresh();
        const int killed = stage.window.map().topology().find(elementNode(stage.story.pool, EventStory::element(1)));
        QVERIFY(killed >= 0);
        QCOMPARE(stage.window.map().topology().nodes[static_cast<std::size_t>(killed)].state, ElementState::Crashed);
        QCOMPARE(stage.window.failovers().rowCount(), 1);
        QVERIFY(stage.window.explainer().sentences().join(u'\n').contains(QStringLiteral("2.80 ms")));
        QVERIFY(stage.window.explainer().accessibleDescription().contains(QStringLiteral("3 rows")));
    }
    void givenACrash_whenHeard_thenItIsOnTheMapWithinAFrame() {
        MonitorStage stage;
        stage.show();
        stage.story.whole();
        stage.tell();
        stage.window.refresh();
        const NodeId victim = elementNode(stage.story.pool, EventStory::element(3));
        stage.story.tell(victim.component, ComponentDown{DownKind::StreamEnded});
        QElapsedTimer clock;
        clock.start();
        stage.tell();
        QTRY_COMPARE_WITH_TIMEOUT(stage.window.map()
                                      .topology()
                                      .nodes[static_cast<std::size_t>(stage.window.map().topology().find(victim))]
                                      .state,
                                  ElementState::Crashed, 200);
        qInfo("shown after %lld ms", static_cast<long long>(clock.elapsed()));
    }
    void givenAFailover_whenRewound_thenEverythingShowsThatMoment() {
        MonitorStage stage;
        stage.show();
        stage.story.whole();
        stage.tell();
        stage.window.refresh();
        QTest::keyClick(&stage.window, Qt::Key_F); // before the last failover
        QCOMPARE(stage.window.playback().mode(), Playback::Mode::Paused);
        stage.window.refresh();
        const NodeId victim = elementNode(stage.story.pool, EventStory::element(1));
        const auto state = [&] {
            stage.window.refresh();
            const Topology& map = stage.window.map().topology();
            return map.nodes[static_cast<std::size_t>(map.find(victim))].state;
        };
        QCOMPARE(state(), ElementState::Up);
        QTest::keyClick(&stage.window, Qt::Key_N); // one event on: it is gone
        QCOMPARE(state(), ElementState::Crashed);
        const QModelIndex row = stage.window.components().find(victim);
        QCOMPARE(row.siblingAtColumn(1).data().toString(), wordOf(state()));
        QTest::keyClick(&stage.window, Qt::Key_PageUp);
        QCOMPARE(state(), ElementState::Up);
        QTest::keyClick(&stage.window, Qt::Key_L);
        QCOMPARE(stage.window.playback().mode(), Playback::Mode::Live);
        QCOMPARE(state(), ElementState::Crashed);
    }
    void givenTheTimeLine_whenPressedAndMarked_thenItGoesThereAndTellsFigures() {
        MonitorStage stage;
        stage.show();
        stage.story.whole();
        stage.tell();
        TimelineBar& line = stage.window.timeline();
        QVERIFY(line.markCount() > 5);
        QTest::mouseClick(&line, Qt::LeftButton, {}, {line.width() / 2, 20});
        QCOMPARE(stage.window.playback().mode(), Playback::Mode::Paused);
        line.setRange(
            TimelineBar::Range{WallTime{EventStory::midnight}, WallTime{EventStory::midnight + 10'000'000'000}});
        QVERIFY2(line.rangeText().contains(QStringLiteral("1 failover")), qPrintable(line.rangeText()));
    }
    void givenANode_whenDragged_thenItStaysThereAndCanGoBack() {
        MonitorStage stage;
        stage.show();
        stage.story.whole();
        stage.tell();
        stage.window.refresh();
        TopologyView& map = stage.window.map();
        const QPointF before = map.placeOf(0);
        const QPoint at = map.toScreen().map(before).toPoint();
        QTest::mousePress(&map, Qt::LeftButton, {}, at);
        QMouseEvent move(QEvent::MouseMove, at + QPoint(60, 30), map.mapToGlobal(at + QPoint(60, 30)), Qt::NoButton,
                         Qt::LeftButton, {});
        QApplication::sendEvent(&map, &move);
        QTest::mouseRelease(&map, Qt::LeftButton, {}, at + QPoint(60, 30));
        QTRY_VERIFY(map.placeOf(0) != before);
        QCOMPARE(map.pins().size(), std::size_t{1});
        QTest::keySequence(&stage.window, QKeySequence::Undo);
        QTRY_COMPARE(map.placeOf(0), before);
        QVERIFY(map.pins().empty());
    }
    void givenTheMap_whenArrowsAreUsed_thenOneGoesFromNodeToNode() {
        MonitorStage stage;
        stage.show();
        stage.story.whole();
        stage.tell();
        stage.window.refresh();
        TopologyView& map = stage.window.map();
        map.setFocus();
        QTest::keyClick(&map, Qt::Key_Right);
        QVERIFY(map.selected().has_value());
        std::set<NodeId> seen;
        for (const int key : {Qt::Key_Right, Qt::Key_Down, Qt::Key_Left, Qt::Key_Left, Qt::Key_Down}) {
            QTest::keyClick(&map, static_cast<Qt::Key>(key));
            seen.insert(*map.selected());
        }
        QVERIFY(seen.size() >= 3);
        const double scale = map.scale();
        QTest::keyClick(&map, Qt::Key_Plus);
        QVERIFY(map.scale() > scale);
    }
    void givenADemonstration_whenKilledAndHealed_thenTheLabIsAskedAndABadgeCountsDown() {
        FakeLab lab;
        LabClient client(lab.path());
        MonitorStage stage(&client);
        stage.show();
        stage.story.whole();
        stage.tell();
        QTRY_VERIFY(client.controls(componentId(EventStory::element(1))));
        QTest::keyClick(&stage.window, Qt::Key_1);
        QTest::keyClick(&stage.window, Qt::Key_K);
        QTRY_VERIFY(lab.heard.contains(R"("do":"kill","for":"15s","who":["pe-1"])"));
        lab.say("gone");
        lab.fault("kill", true);
        QTRY_COMPARE(client.stateOf(componentId(EventStory::element(1))), LabClient::Process::Killed);
        QTRY_COMPARE(stage.window.faults().entries().size(), std::size_t{1});
        QPushButton* badge = nullptr;
        for (QPushButton* const button : stage.window.findChildren<QPushButton*>()) {
            badge = button->accessibleName().startsWith(QStringLiteral("Undo")) ? button : badge;
        }
        QVERIFY(badge != nullptr);
        QVERIFY2(badge->text().contains(QStringLiteral("killed, 8 s")), qPrintable(badge->text()));
        lab.heard.clear();
        badge->click();
        QTRY_COMPARE(lab.heard, QByteArray("{\"do\":\"undo\",\"fault\":1}\n"));
        QTest::keyClick(&stage.window, Qt::Key_B);
        QTRY_VERIFY(lab.heard.contains(R"("do":"heal")"));
        lab.say("running");
        lab.fault("kill", false);
        QTRY_VERIFY(stage.window.faults().entries().empty());
    }
    void givenADemonstration_whenHindered_thenTheLabIsAskedForEachKind_data() {
        QTest::addColumn<int>("key");
        QTest::addColumn<QByteArray>("asked");
        QTest::addColumn<QString>("badge");
        QTest::newRow("slow") << static_cast<int>(Qt::Key_S) << QByteArray(R"("do":"slow")") << QStringLiteral("slow");
        QTest::newRow("flap") << static_cast<int>(Qt::Key_F) << QByteArray(R"("do":"flap")")
                              << QStringLiteral("flapping");
        QTest::newRow("overload") << static_cast<int>(Qt::Key_O) << QByteArray(R"("do":"overload")")
                                  << QStringLiteral("overload");
    }
    void givenADemonstration_whenHindered_thenTheLabIsAskedForEachKind() {
        QFETCH(int, key);
        QFETCH(QByteArray, asked);
        QFETCH(QString, badge);
        FakeLab lab;
        LabClient client(lab.path());
        MonitorStage stage(&client);
        stage.show();
        stage.story.whole();
        stage.tell();
        QTRY_VERIFY(client.controls(componentId(EventStory::element(1))));
        QTest::keyClick(&stage.window, Qt::Key_1);
        QTest::keyClick(&stage.window, static_cast<Qt::Key>(key), Qt::ShiftModifier);
        QTRY_VERIFY2(lab.heard.contains(asked) && lab.heard.contains(R"("for":"15s")"), lab.heard);
        lab.fault(badge == u"flapping" ? "flap" : badge.toLatin1().constData(), true, 7);
        QTRY_COMPARE(stage.window.faults().entries().size(), std::size_t{1});
        QVERIFY(faultText(stage.window.faults().entries()[0].kind) == badge);
        stage.window.faults().undo(stage.window.faults().entries()[0]);
        QTRY_VERIFY(lab.heard.contains(R"("do":"undo","fault":7)"));
        lab.fault("slow", false, 7);
        QTRY_VERIFY(stage.window.faults().entries().empty());
    }
    void givenNetworkFaults_whenAskedFor_thenTheComponentIsCommandedAndHealed() {
        MonitorStage stage;
        stage.show();
        stage.story.whole();
        stage.tell();
        QTest::keyClick(&stage.window, Qt::Key_2);
        QTest::keyClick(&stage.window, Qt::Key_P);
        QVERIFY(stage.feed.commands.join(u'\n').contains(QStringLiteral("\"kind\":\"partition\"")));
        QTest::keyClick(&stage.window, Qt::Key_B);
        QVERIFY(stage.feed.commands.join(u'\n').contains(QStringLiteral("heal")));
        QTest::keyClick(&stage.window, Qt::Key_K); // nobody's process
        QVERIFY(stage.window.faults().entries().empty());
    }
    void givenFaultsOfOthers_whenTold_thenTheyHaveBadgesAndEachIsUndoneAlone() {
        MonitorStage stage;
        stage.show();
        stage.story.whole();
        const ComponentId one = componentId(stage.story.one);
        stage.story.tell(one, FaultBegan{.fault = 3, .kind = FaultKind::Loss, .lasts = 9s});
        stage.story.tell(one, FaultBegan{.fault = 4, .kind = FaultKind::Delay});
        stage.tell();
        QCOMPARE(stage.window.faults().entries().size(), std::size_t{2});
        QVERIFY(stage.window.faults().entries()[1].until.isForever());
        stage.window.faults().undo(stage.window.faults().entries()[0]);
        QVERIFY(stage.feed.commands.back().contains(QStringLiteral("\"fault\":3")));
        QCOMPARE(stage.window.faults().entries().size(), std::size_t{1});
        stage.story.tell(one, FaultEnded{4, FaultKind::Delay});
        stage.tell();
        QVERIFY(stage.window.faults().entries().empty());
    }
    void givenComponents_whenSomeAreCutOffFromOthers_thenEachIsToldWhoseAddresses() {
        MonitorStage stage;
        stage.show();
        stage.story.whole();
        stage.tell();
        stage.window.select(registrarNode(stage.story.one));
        stage.window.actions().cutFrom->trigger();
        auto* const dialog = stage.window.findChild<PartitionDialog*>();
        QVERIFY(dialog != nullptr);
        QCOMPARE(dialog->these(), std::vector{componentId(stage.story.one)});
        QPushButton* const go =
            dialog->findChild<QDialogButtonBox*>()->buttons().back()->isEnabled()
                ? nullptr
                : qobject_cast<QPushButton*>(dialog->findChild<QDialogButtonBox*>()->buttons().back());
        QListWidget& others = dialog->list(1);
        int chosen = 0;
        for (int row = 0; row < others.count() && chosen < 2; ++row) {
            if ((others.item(row)->flags() & Qt::ItemIsEnabled) != 0) { // nobody is cut off from himself
                others.item(row)->setCheckState(Qt::Checked);
                ++chosen;
            }
        }
        QCOMPARE(dialog->fromThese().size(), static_cast<std::size_t>(chosen));
        QVERIFY(go == nullptr || go->isEnabled());
        dialog->accept();
        const QString told = stage.feed.commands.join(u'\n');
        QVERIFY2(told.contains(QStringLiteral("\"kind\":\"partition\"")) &&
                     told.contains(QStringLiteral("\"peers\":[\"")),
                 qPrintable(told));
        QCOMPARE(stage.window.faults().entries().size(), std::size_t{1});
    }
    void givenANode_whenItsMenuIsAskedFor_thenItHasItsFaultsAndWhomItCanBeCutOffFrom() {
        MonitorStage stage;
        stage.show();
        stage.story.whole();
        stage.tell();
        stage.window.refresh();
        TopologyView& map = stage.window.map();
        stage.window.select(registrarNode(stage.story.one));
        QContextMenuEvent wish(QContextMenuEvent::Keyboard, QPoint(), QPoint());
        QCoreApplication::sendEvent(&map, &wish);
        QMenu* menu = nullptr;
        for (QMenu* const one : stage.window.findChildren<QMenu*>()) {
            menu = one->isVisible() ? one : menu;
        }
        QVERIFY(menu != nullptr && menu->actions().contains(stage.window.actions().slow));
        QMenu* others = nullptr;
        for (QAction* const action : menu->actions()) {
            others = action->menu() != nullptr ? action->menu() : others;
        }
        QVERIFY(others != nullptr && others->actions().size() >= 3); // somebody, a line, several
        others->actions().front()->trigger();
        QVERIFY(stage.feed.commands.join(u'\n').contains(QStringLiteral("\"peers\":[\"")));
        menu->close();
    }
    void givenASetupOfRserpooldemo_whenImported_thenComponentsStandWhereItHasThem() {
        MonitorStage stage;
        stage.show();
        stage.story.registrars();
        stage.tell();
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("setup.xml")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("<RSerPoolDemoConfigurationRoot><Caption>Class</Caption>"
                   "<Node><UID>100000011111111</UID><DisplayName>A</DisplayName>"
                   "<PositionX>10</PositionX><PositionY>50</PositionY></Node>"
                   "<Node><UID>20000000a000001</UID><DisplayName>B</DisplayName>"
                   "<PositionX>90</PositionX><PositionY>50</PositionY></Node>"
                   "<Node><UID>NOUID</UID><DisplayName>C</DisplayName></Node></RSerPoolDemoConfigurationRoot>");
        file.close();
        stage.window.importSetup(file.fileName());
        QVERIFY(stage.window.windowTitle().contains(QStringLiteral("Class")));
        auto* const box = stage.window.findChild<QMessageBox*>();
        QVERIFY(box != nullptr && box->text().startsWith(QStringLiteral("2 components")));
        QVERIFY(box->detailedText().contains(QStringLiteral("NOUID")));
        box->close();
        const NodeId first = registrarNode(stage.story.one);
        const NodeId later = elementNode(stage.story.pool, EventStory::element(1));
        QVERIFY(stage.window.map().pins().contains(first) && !stage.window.map().pins().contains(later));
        stage.story.elementComes(1, stage.story.one);
        stage.tell();
        stage.window.refresh();
        const auto& pins = stage.window.map().pins();
        QVERIFY(pins.contains(later) && pins.at(later).x() > pins.at(first).x() &&
                pins.at(later).y() == pins.at(first).y());
        stage.window.importSetup(QStringLiteral("/nowhere/setup.xml"));
        QVERIFY(stage.window.statusBar()->currentMessage().contains(QStringLiteral("/nowhere/setup.xml")));
    }
    void givenTheWindow_whenWalkedByAScreenReader_thenEverythingHasANameAndARole() {
        MonitorStage stage;
        stage.show();
        stage.story.whole();
        stage.tell();
        stage.window.refresh();
        int checked = 0;
        for (QWidget* const widget : stage.window.findChildren<QWidget*>()) {
            if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible() ||
                qobject_cast<QMenuBar*>(widget) != nullptr || widget->objectName().startsWith(QStringLiteral("qt_")) ||
                qobject_cast<QAbstractSlider*>(widget) != nullptr) {
                continue;
            }
            QAccessibleInterface* const face = QAccessible::queryAccessibleInterface(widget);
            QVERIFY(face != nullptr);
            const QString who =
                QStringLiteral("%1 in %2")
                    .arg(QString::fromLatin1(widget->metaObject()->className()), widget->parentWidget()->objectName());
            QVERIFY2(!face->text(QAccessible::Name).isEmpty(), qPrintable(who));
            QVERIFY2(face->role() != QAccessible::NoRole, qPrintable(who));
            ++checked;
        }
        QVERIFY(checked >= 8);
    }
    void givenAllActions_whenLookedAt_thenEachHasWordsAndAWayByKeyboardThatIsItsOwn() {
        MonitorStage stage;
        std::set<QString> keys;
        int menuOnly = 0;
        for (const QAction* const action : stage.window.actions().all) {
            QVERIFY(!action->text().isEmpty() && !action->toolTip().isEmpty());
            menuOnly += action->shortcuts().isEmpty() ? 1 : 0; // reached by menu and palette
            for (const QKeySequence& key : action->shortcuts()) {
                QVERIFY2(keys.insert(key.toString()).second, qPrintable(key.toString()));
            }
        }
        QVERIFY(menuOnly <= 3);
        CommandPalette palette(stage.window.actions().all, &stage.window);
        palette.field().setText(QStringLiteral("hea ev"));
        QCOMPARE(palette.shown().size(), 1);
        QVERIFY(!CommandPalette::fits(QStringLiteral("xyz"), QStringLiteral("Kill")));
        const ShortcutSheet sheet(stage.window.actions().all, {}, &stage.window);
        QVERIFY(sheet.lines().size() >= stage.window.actions().all.size());
    }
    void givenAPresentation_whenBegunAndLeft_thenPanelsAndThemeComeBack() {
        MonitorStage stage;
        stage.show();
        QTest::keyClick(&stage.window, Qt::Key_F11);
        QCOMPARE(currentTheme(), Theme::Presenter);
        QVERIFY(!stage.window.menuBar()->isVisible());
        QTest::keyClick(&stage.window, Qt::Key_Escape);
        QCOMPARE(currentTheme(), Theme::Dark);
        QVERIFY(stage.window.menuBar()->isVisible());
    }
    void givenAView_whenExported_thenFilesHoldIt() {
        MonitorStage stage;
        stage.show();
        stage.story.whole();
        stage.tell();
        stage.window.refresh();
        const QTemporaryDir folder;
        for (const char* const name : {"map.png", "map.svg", "map.pdf"}) {
            const QString path = folder.filePath(QString::fromLatin1(name));
            QCOMPARE(stage.window.map().save(path), QString());
            QVERIFY(QFileInfo(path).size() > 2'000);
        }
        QVERIFY(!stage.window.map().save(QStringLiteral("/nowhere/map.png")).isEmpty());
        const auto json = QJsonDocument::fromJson(QByteArray::fromStdString(toJson(stage.window.playback().model())));
        QCOMPARE(json.object()[QStringLiteral("failovers")].toArray().size(), 1);
    }
    void givenAnyState_whenClosed_thenItIsGoneWithinHalfASecond_data() {
        QTest::addColumn<QString>("state");
        for (const char* const state :
             {"empty", "pool", "crowd", "paused", "playing", "presenting", "faults", "dialog", "partition", "menu"}) {
            QTest::newRow(state) << QString::fromLatin1(state);
        }
    }
    void givenAnyState_whenClosed_thenItIsGoneWithinHalfASecond() {
        QFETCH(QString, state);
        auto stage = std::make_unique<MonitorStage>();
        stage->show();
        if (state != u"empty") {
            stage->story.whole();
        }
        if (state == u"crowd") {
            for (std::uint32_t i = 10; i < 1'400; ++i) {
                stage->story.tell(componentId(stage->story.one),
                                  ElementRegistered{stage->story.facts(i, stage->story.one)});
            }
        }
        stage->tell();
        stage->window.refresh();
        if (state == u"paused") {
            stage->window.playback().pause();
        } else if (state == u"playing") {
            stage->window.playback().seekPosition(0);
            stage->window.playback().setSpeed(0.01);
            stage->window.playback().play();
        } else if (state == u"presenting") {
            stage->window.actions().presenter->trigger();
        } else if (state == u"faults") {
            stage->window.select(registrarNode(stage->story.one));
            stage->window.actions().loss->trigger();
        } else if (state == u"dialog") {
            stage->window.actions().palette->trigger();
        } else if (state == u"partition") {
            stage->window.actions().cutFrom->trigger();
        } else if (state == u"menu") {
            stage->window.select(registrarNode(stage->story.one));
            QContextMenuEvent wish(QContextMenuEvent::Keyboard, QPoint(), QPoint());
            QCoreApplication::sendEvent(&stage->window.map(), &wish);
        }
        QTest::qWait(1); // what is posted is done
        QElapsedTimer clock;
        clock.start();
        QSignalSpy closed(&stage->window, &MonitorWindow::closed);
        stage->window.close();
        stage.reset();
        QVERIFY2(clock.elapsed() < 500, qPrintable(QString::number(clock.elapsed())));
        applyTheme(*qApp, Theme::Dark);
    }
};

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    EnglishPlurals plurals;
    QCoreApplication::installTranslator(&plurals);
    TestMonitorWindow test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_window.moc"
