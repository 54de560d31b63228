// SPDX-License-Identifier: GPL-3.0-or-later
// The monitor's window, off screen: it shows what was told, goes to any moment, disturbs, can be used by keyboard alone
// and by those who do not see it, and closes at once in every state.
#include "gui/common/command_palette.h"
#include "gui/common/english_plurals.h"
#include "gui/common/shortcut_sheet.h"
#include "gui/common/timeline_bar.h"
#include "gui/feeds/lab_client.h"
#include "gui/monitor/charts_panel.h"
#include "gui/monitor/explainer_view.h"
#include "gui/monitor/fault_book.h"
#include "gui/monitor/monitor_actions.h"
#include "gui/monitor/topology_view.h"
#include "tests/gui/common/fake_lab.h"
#include "tests/gui/monitor/monitor_stage.h"

#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QAccessible>
#include <QApplication>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPainter>
#include <QPushButton>
#include <QSignalSpy>
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
        QTRY_VERIFY(lab.heard.contains(R"("cmd":"kill","component":"element-0x0a000001")") ||
                    lab.heard.contains(R"("cmd":"kill")"));
        lab.say("killed");
        QTRY_COMPARE(client.stateOf(componentId(EventStory::element(1))), LabClient::Process::Killed);
        QCOMPARE(stage.window.faults().entries().size(), std::size_t{1});
        QPushButton* badge = nullptr;
        for (QPushButton* const button : stage.window.findChildren<QPushButton*>()) {
            badge = button->accessibleName().startsWith(QStringLiteral("Undo")) ? button : badge;
        }
        QVERIFY(badge != nullptr);
        QVERIFY(badge->text().contains(QStringLiteral(" s")));
        lab.heard.clear();
        QTest::keyClick(&stage.window, Qt::Key_B);
        QTRY_VERIFY(lab.heard.contains(R"("cmd":"restart")"));
        QVERIFY(stage.window.faults().entries().empty());
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
             {"empty", "pool", "crowd", "paused", "playing", "presenting", "faults", "dialog"}) {
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
