// SPDX-License-Identifier: GPL-3.0-or-later
// The map: places that people choose and that are remembered, the picture behind them, whose elements are whose, what
// a takeover looks like, and its nodes for those who do not see it.
#include "gui/common/english_plurals.h"
#include "gui/monitor/map_places.h"
#include "gui/monitor/monitor_actions.h"
#include "gui/monitor/samples.h"
#include "tests/gui/monitor/monitor_stage.h"

#include <QAccessible>
#include <QApplication>
#include <QSettings>
#include <QTemporaryDir>
#include <QUndoStack>

using namespace kolam;
using namespace kolam::gui;
using namespace kolam::telemetry;
using namespace std::chrono_literals;

namespace {

constexpr QSize mapSize{900, 520};

Topology poolOf(const EventStory& story) {
    Playback playback;
    playback.take(story.events);
    return topologyOf(playback.model());
}

/// The second registrar takes over what the first one had.
void takeover(EventStory& story) {
    const ComponentId by = componentId(story.two);
    story.tell(componentId(story.one), ComponentDown{DownKind::StreamEnded});
    story.wait(10ms);
    story.tell(by, TakeoverBegan{story.one, 2});
    story.wait(3ms);
    for (const std::uint32_t element : {1U, 2U}) {
        story.tell(by, OwnerChanged{story.pool, EventStory::element(element), story.one, story.two});
    }
    story.tell(by, TakeoverEnded{story.one, story.two});
}

void drag(TopologyView& map, int node, QPoint way) {
    const QPoint at = map.toScreen().map(map.placeOf(node)).toPoint();
    QTest::mousePress(&map, Qt::LeftButton, {}, at);
    QMouseEvent move(QEvent::MouseMove, at + way, map.mapToGlobal(at + way), Qt::NoButton, Qt::LeftButton, {});
    QApplication::sendEvent(&map, &move);
    QTest::mouseRelease(&map, Qt::LeftButton, {}, at + way);
}

} // namespace

class TestMonitorMap : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { applyTheme(*qApp, Theme::Dark); }

    void givenPlaces_whenSavedAndLoaded_thenEachScenarioAndLayoutHasItsOwn() {
        const QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
        EventStory story;
        story.whole();
        TopologyView map;
        map.resize(mapSize);
        map.setTopology(poolOf(story));
        const NodeId node = elementNode(PoolHandle{std::string("A/b@\0c", 6)}, PeIdentifier{7});
        map.setPins(Layout::Picture, {{node, {10, -20}}, {registrarNode(story.one), {1.5, 2}}});
        map.setPins(Layout::Ring, {{node, {3, 4}}});
        savePlaces(settings, QStringLiteral("my class/1"), map, QStringLiteral("/p.png"));
        savePlaces(settings, QStringLiteral("other"), TopologyView{}, {});
        TopologyView again;
        QCOMPARE(loadPlaces(settings, QStringLiteral("my class/1"), again), QStringLiteral("/p.png"));
        for (int layout = 0; layout < layoutCount; ++layout) {
            QVERIFY(again.pins(static_cast<Layout>(layout)) == map.pins(static_cast<Layout>(layout)));
        }
        QCOMPARE(loadPlaces(settings, QStringLiteral("other"), again), QString());
        QVERIFY(again.pins(Layout::Picture).empty());
        QCOMPARE(placesKey(QStringLiteral("demo-4711"), {}), QStringLiteral("demo"));
        QCOMPARE(placesKey(QStringLiteral("default"), QStringLiteral("/x/02-freeze.rsdemo")),
                 QStringLiteral("02-freeze"));
    }
    void givenADraggedNode_whenTheLayoutChanges_thenItsPlaceIsOfThatLayoutAndCanBeForgotten() {
        MonitorStage stage;
        stage.show();
        stage.story.whole();
        stage.tell();
        stage.window.refresh();
        TopologyView& map = stage.window.map();
        const auto& actions = stage.window.actions();
        actions.layouts[static_cast<int>(Layout::Picture)]->trigger();
        QCOMPARE(map.layout(), Layout::Picture);
        drag(map, 0, {60, 30});
        QTRY_COMPARE(map.pins().size(), std::size_t{1});
        actions.layouts[static_cast<int>(Layout::Ring)]->trigger();
        QVERIFY(map.pins().empty());
        actions.layouts[static_cast<int>(Layout::Picture)]->trigger();
        actions.forgetPlaces->trigger();
        QVERIFY(map.pins().empty());
        actions.undo->trigger();
        QCOMPARE(map.pins().size(), std::size_t{1});
        actions.undo->trigger(); // the drag itself
        QVERIFY(map.pins().empty());
    }
    void givenALayout_whenItChanges_thenNodesGoThereWithinAQuarterOfASecond() {
        MonitorStage stage;
        stage.show();
        stage.story.whole();
        stage.tell();
        stage.window.refresh();
        TopologyView& map = stage.window.map();
        const QPointF before = map.placeOf(0);
        const QPointF goal = placesOf(map.topology(), Layout::Grid)[0];
        QVERIFY(before != goal);
        stage.window.actions().layouts[static_cast<int>(Layout::Grid)]->trigger();
        QCOMPARE(map.placeOf(0), before); // on its way
        QTRY_COMPARE(map.placeOf(0), goal);
    }
    void givenAPicture_whenTheLayoutIsOverIt_thenItIsBehindTheNodes() {
        EventStory story;
        story.whole();
        TopologyView map;
        map.resize(mapSize);
        map.setTopology(poolOf(story));
        QImage red(1'400, 700, QImage::Format_RGB32);
        red.fill(Qt::red);
        map.setPicture(red);
        map.fit();
        const QPoint corner(map.width() / 2, map.height() - 60);
        QVERIFY(qRed(map.grab().toImage().pixel(corner)) < 100); // other layouts have no ground
        map.setLayout(Layout::Picture);
        map.fit();
        QVERIFY(qRed(map.grab().toImage().pixel(corner)) > 100);
        TopologyView tiny;
        tiny.setPicture(QImage());
        tiny.setLayout(Layout::Picture);
        QVERIFY(!tiny.grab().isNull());
    }
    void givenElementsOfTwoRegistrars_whenPlaced_thenEachHasAGroundInItsColour() {
        EventStory story;
        story.whole();
        TopologyView map;
        map.resize(mapSize);
        map.setTopology(poolOf(story));
        QCOMPARE(map.ownership().grounds().size(), std::size_t{2});
        // The first registrar's two elements are neighbours, and so is what is between them.
        const auto at = [&](std::uint32_t element) {
            return map.placeOf(map.topology().find(elementNode(story.pool, EventStory::element(element))));
        };
        const QPainterPath& ground = map.ownership().grounds()[0].second;
        QVERIFY(ground.contains(at(1)) && ground.contains(at(2)) && !ground.contains(at(3)));
        QVERIFY(ground.contains((at(1) + at(2)) / 2));
        QVERIFY(!ground.contains((at(2) + at(3)) / 2));
        const QImage with = map.grab().toImage();
        map.ownership().setEnabled(false);
        QVERIFY(map.grab().toImage() != with);
    }
    void givenATakeover_whenItIsSeen_thenStripesWipeAndAnArrowSaysHowLongItTook() {
        EventStory story;
        story.whole();
        TopologyView map;
        map.resize(mapSize);
        map.show();
        map.setTopology(poolOf(story));
        QVERIFY(map.topology().takeovers.empty());
        takeover(story);
        map.setTopology(poolOf(story));
        const NodeId moved = elementNode(story.pool, EventStory::element(2));
        QVERIFY(map.ownership().wipeOf(moved) != nullptr);
        QCOMPARE(map.ownership().wipeOf(moved)->former, 0);
        QVERIFY(map.ownership().wipeOf(elementNode(story.pool, EventStory::element(3))) == nullptr);
        QCOMPARE(map.topology().takeovers.size(), std::size_t{1});
        const QString words = map.topology().takeovers.front().words;
        QVERIFY2(words.contains(QStringLiteral("→")) && words.contains(QStringLiteral("3.00 ms")), qPrintable(words));
        QTRY_VERIFY(map.ownership().wipeOf(moved) == nullptr); // it ends
        story.wait(6s);
        story.tell(story.user, LogLine{telemetry::Severity::Info, "later"});
        QVERIFY(poolOf(story).takeovers.empty()); // by the events' clock: the same when it is rewound
    }
    void givenLoads_whenAskedForTheLastMinute_thenTheyAreThere() {
        EventStory story;
        story.registrars();
        story.elementComes(1, story.one, 0.25);
        story.wait(30s);
        story.tell(componentId(EventStory::element(1)), LoadChanged{.load = 0.75, .sessions = 3});
        story.wait(15s);
        story.tell(componentId(EventStory::element(1)), ComponentDown{DownKind::StreamEnded});
        story.wait(15s);
        story.tell(story.user, LogLine{telemetry::Severity::Info, "now"});
        Playback playback;
        playback.take(story.events);
        const auto trails = loadTrails(playback.history(), playback.time(), 60s, 60);
        QCOMPARE(trails.size(), std::size_t{1});
        const std::vector<float>& trail = trails.begin()->second;
        QCOMPARE(trail[10], 0.25F);
        QCOMPARE(trail[35], 0.75F);
        QVERIFY(trail[50] < 0); // it did not run
    }
    void givenTheMap_whenReadAloud_thenSeenNodesAreItsChildren() {
        MonitorStage stage;
        stage.show();
        stage.story.whole();
        stage.tell();
        stage.window.refresh();
        TopologyView& map = stage.window.map();
        map.setFocus();
        QAccessibleInterface* const face = QAccessible::queryAccessibleInterface(&map);
        QVERIFY(face != nullptr);
        QCOMPARE(face->role(), QAccessible::List);
        QVERIFY(!face->text(QAccessible::Name).isEmpty());
        QCOMPARE(face->childCount(), 6);
        bool crashed = false;
        for (int i = 0; i < face->childCount(); ++i) {
            QAccessibleInterface* const node = face->child(i);
            QVERIFY(node->isValid() && node->parent() == face && node->role() == QAccessible::ListItem);
            QCOMPARE(face->indexOfChild(node), i);
            QVERIFY(!node->text(QAccessible::Name).isEmpty() && !node->text(QAccessible::Description).isEmpty());
            QVERIFY(node->rect().isValid());
            crashed |= node->text(QAccessible::Value) == QStringLiteral("crashed");
            QCOMPARE(face->childAt(node->rect().center().x(), node->rect().center().y()), node);
        }
        QVERIFY(crashed);
        face->child(2)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QCOMPARE(map.selected(), map.topology().nodes[2].id);
        QCOMPARE(face->focusChild(), face->child(2));
        QVERIFY(face->child(2)->state().selected);
        map.zoom(4, QPointF(0, 0));
        QVERIFY(face->childCount() < 6); // only what is seen
        QVERIFY(face->child(-1) == nullptr && face->child(100) == nullptr);
        QAccessibleInterface* const kept = face->childCount() > 0 ? face->child(0) : face->focusChild();
        stage.window.playback().clear();
        stage.window.refresh();
        QVERIFY(kept == nullptr || !kept->isValid()); // it is gone, and says so
    }
};

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    EnglishPlurals plurals;
    QCoreApplication::installTranslator(&plurals);
    TestMonitorMap test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_map.moc"
