// SPDX-License-Identifier: GPL-3.0-or-later
// The monitor's models and pure parts: rows that keep their places, events that can be narrowed, topologies, layouts,
// samples. Item models are watched by QAbstractItemModelTester all the time.
#include "core/base/random.h"
#include "core/telemetry/recording_writer.h"
#include "gui/common/history_model.h"
#include "gui/common/rows.h"
#include "gui/common/sentences.h"
#include "gui/feeds/recording_feed.h"
#include "gui/monitor/layouts.h"
#include "gui/monitor/options.h"
#include "gui/monitor/samples.h"
#include "tests/gui/common/event_story.h"

#include <QAbstractItemModelTester>
#include <QSortFilterProxyModel>
#include <QTemporaryDir>
#include <QTimer>
#include <QtTest>
#include <algorithm>

using namespace kolam;
using namespace kolam::gui;
using namespace kolam::telemetry;

namespace {

constexpr auto strict = QAbstractItemModelTester::FailureReportingMode::QtTest;

Row row(const QString& key, std::vector<Row> children = {}) {
    return {.key = key, .cells = {{key, {}}}, .node = {}, .state = {}, .children = std::move(children)};
}

QStringList keysOf(const RowModel& model) {
    QStringList keys;
    for (const Row& group : model.rows()) {
        QString text = group.key;
        for (const Row& child : group.children) {
            text += u' ' + child.key;
        }
        keys.append(text);
    }
    return keys;
}

Playback& played(Playback& playback, const EventStory& story) {
    playback.take(story.events);
    return playback;
}

/// A pool so large that nobody can look at all of it.
EventStory crowd(std::uint32_t elements) {
    EventStory story;
    story.registrars();
    for (std::uint32_t i = 1; i <= elements; ++i) {
        const ServerId owner = i % 2 == 0 ? story.two : story.one;
        story.tell(componentId(owner), ElementRegistered{story.facts(i, owner)});
    }
    return story;
}

} // namespace

class TestMonitorItems : public QObject {
    Q_OBJECT
private slots:
    void givenRows_whenTheyChangeAtRandom_thenTheModelFollowsByTheRules() {
        RowModel model({QStringLiteral("Name")});
        QAbstractItemModelTester tester(&model, strict);
        QSortFilterProxyModel sorted;
        sorted.setSourceModel(&model);
        sorted.sort(0);
        Random random{42};
        for (int round = 0; round < 60; ++round) {
            std::vector<Row> rows;
            for (int group = 0; group < 5; ++group) {
                std::vector<Row> children;
                for (int child = 0; child < 6; ++child) {
                    if (random.chance(0.5)) {
                        children.push_back(row(QString::number(child)));
                    }
                }
                std::ranges::sort(children, [&](const Row&, const Row&) { return false; });
                if (random.chance(0.3)) {
                    std::ranges::reverse(children);
                }
                if (random.chance(0.7)) {
                    rows.push_back(row(QString(QChar(u'a' + group)), std::move(children)));
                }
            }
            if (random.chance(0.3)) {
                std::ranges::reverse(rows);
            }
            RowModel fresh({QStringLiteral("Name")});
            fresh.setRows(rows);
            model.setRows(rows);
            QCOMPARE(keysOf(model), keysOf(fresh));
            QCOMPARE(sorted.rowCount(), model.rowCount());
        }
    }
    void givenASelectedRow_whenOthersComeAndGo_thenItStaysSelected() {
        RowModel model({QStringLiteral("Name")});
        model.setRows({row(QStringLiteral("b"))});
        const QPersistentModelIndex kept = model.index(0, 0);
        model.setRows({row(QStringLiteral("a")), row(QStringLiteral("b")), row(QStringLiteral("c"))});
        QCOMPARE(kept.row(), 1);
        model.setRows({row(QStringLiteral("b"))});
        QCOMPARE(kept.row(), 0);
    }
    void givenAPool_whenPutIntoRows_thenEverythingIsThere() {
        EventStory story;
        story.whole();
        Playback playback;
        played(playback, story);
        RowModel components(componentHeadings());
        QAbstractItemModelTester tester(&components, strict);
        components.setRows(componentRows(playback.model()));
        QCOMPARE(components.rowCount(), 3);
        const QModelIndex element = components.find(elementNode(story.pool, EventStory::element(1)));
        QVERIFY(element.isValid());
        QCOMPARE(element.siblingAtColumn(1).data().toString(), QStringLiteral("crashed"));
        QCOMPARE(sessionRows(playback.model()).size(), std::size_t{3});
        const auto failovers = failoverRows(playback.model());
        QCOMPARE(failovers.size(), std::size_t{1});
        QCOMPARE(failovers.front().cells[5].text, QStringLiteral("2.80 ms"));
        for (const NodeId& node :
             {registrarNode(story.one), elementNode(story.pool, EventStory::element(2)), NodeId{story.user, {}}}) {
            QVERIFY(inspectorRows(playback.model(), node).size() > 6);
        }
        QVERIFY(components.toCsv().contains(QStringLiteral("PE 0a000001,crashed")));
    }
    void givenEvents_whenNarrowed_thenOnlyThoseAreListed() {
        EventStory story;
        story.whole();
        Playback playback;
        HistoryModel events(playback);
        QAbstractItemModelTester tester(&events, strict);
        played(playback, story);
        const int all = events.rowCount();
        QVERIFY(all > 20);
        events.setWords(QStringLiteral("goes on with"));
        QVERIFY(events.rowCount() > 0 && events.rowCount() < all);
        events.setWords({});
        events.setNode(elementNode(story.pool, EventStory::element(3)));
        QVERIFY(events.rowCount() > 0 && events.rowCount() < all);
        events.setNode(std::nullopt);
        QCOMPARE(events.rowCount(), all);
        playback.seekPosition(events.positionOf(10) + 1);
        QCOMPARE(events.currentRow(), 10);
        playback.clear();
        QCOMPARE(events.rowCount(), 0);
    }
    void givenALongHistory_whenTheOldestIsForgotten_thenTheListForgetsIt() {
        Playback playback(nullptr, {.events = 300, .chapter = 50});
        HistoryModel events(playback);
        QAbstractItemModelTester tester(&events, strict);
        EventStory story;
        for (int i = 0; i < 900; ++i) {
            story.tell(story.user, LogLine{telemetry::Severity::Info, std::to_string(i)});
            if (i % 100 == 99) {
                played(playback, story);
                story.events.clear();
            }
        }
        QVERIFY(playback.history().forgotten() > 0);
        QCOMPARE(events.positionOf(0), playback.history().begin());
    }
    void givenAPool_whenDrawn_thenNodesAndLinksAreThoseOfTheModel() {
        EventStory story;
        story.whole();
        Playback playback;
        const Topology map = topologyOf(played(playback, story).model());
        QCOMPARE(map.nodes.size(), std::size_t{6});
        QCOMPARE(map.hidden, quint64{0});
        const auto count = [&](LinkKind kind) { return std::ranges::count(map.links, kind, &TopologyLink::kind); };
        QCOMPARE(count(LinkKind::Enrp), 1);
        QCOMPARE(count(LinkKind::Session), 2); // two sessions with the second element are one bundle
        QCOMPARE(std::ranges::max(map.links, {}, &TopologyLink::count).count, quint64{2});
        for (int layout = 0; layout < layoutCount; ++layout) {
            const auto places = placesOf(map, static_cast<Layout>(layout));
            for (std::size_t a = 0; a < places.size(); ++a) {
                for (std::size_t b = 0; b < a; ++b) { // no card covers another one
                    const QPointF way = places[a] - places[b];
                    QVERIFY(std::abs(way.x()) >= cardSize.width() || std::abs(way.y()) >= cardSize.height());
                }
            }
            QCOMPARE(layoutFromKey(layoutKey(static_cast<Layout>(layout))), static_cast<Layout>(layout));
        }
    }
    void givenTooManyElements_whenDrawn_thenGroupsSayForHowManyTheyStand() {
        Playback playback;
        const Topology map = topologyOf(played(playback, crowd(2'000)).model());
        QCOMPARE(map.nodes.size(), std::size_t{4}); // two registrars, a group of each
        QCOMPARE(map.hidden, quint64{2'000});
        QCOMPARE(topologyOf(playback.model(), 10'000).nodes.size(), std::size_t{2'002});
    }
    void givenManySamples_whenReduced_thenExtremesStayAndPointsAreFew() {
        std::vector<QPointF> points;
        for (int i = 0; i < 100'000; ++i) {
            points.emplace_back(i, i == 77'777 ? 1'000 : i % 10);
        }
        const std::vector<QPointF> few = reduced(points, 400);
        QVERIFY(few.size() <= 800);
        QCOMPARE(std::ranges::max(few, {}, &QPointF::y).y(), 1'000.0);
        QVERIFY(std::ranges::is_sorted(few, {}, &QPointF::x));
    }
    void givenAFailover_whenSampled_thenChartsShowIt() {
        EventStory story;
        story.whole();
        Playback playback;
        played(playback, story);
        const Samples samples =
            samplesOf(playback.history(), playback.position(), playback.time(), std::chrono::seconds{60}, 400);
        QCOMPARE(samples.load.size(), std::size_t{3});
        QCOMPARE(samples.load.front().points.back().y(), 0.0); // the killed one has no load
        QCOMPARE(samples.sessions.points.back().y(), 3.0);
        const Distribution distribution = distributionOf(playback.model());
        QCOMPARE(distribution.took.size(), std::size_t{1});
        QCOMPARE(distribution.bars[2].second, 1);            // up to 5 ms
        QCOMPARE(distribution.bars[6].first, QString{"1s"}); // names must be short to be seen whole
    }
    void givenCommandLines_whenWrong_thenTheSentenceNamesTheOption_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("sentence");
        const auto bad = [](const char* name, const QStringList& arguments, const QString& sentence) {
            QTest::newRow(name) << arguments << sentence;
        };
        bad("source", {QStringLiteral("--source"), QStringLiteral("moon")}, QStringLiteral("--source"));
        bad("scope", {QStringLiteral("--source"), QStringLiteral("scope:../x")}, QStringLiteral("--source"));
        bad("port", {QStringLiteral("--source"), QStringLiteral("csp:99999")}, QStringLiteral("--source"));
        bad("replay", {QStringLiteral("--replay"), QStringLiteral("/nowhere")}, QStringLiteral("/nowhere"));
        bad("two", {QStringLiteral("one"), QStringLiteral("two")}, QStringLiteral("“two”"));
        bad("language", {QStringLiteral("--lang"), QStringLiteral("tlh")}, QStringLiteral("--lang"));
        bad("theme", {QStringLiteral("--theme"), QStringLiteral("pink")}, QStringLiteral("--theme"));
        bad("layout", {QStringLiteral("--layout"), QStringLiteral("heap")}, QStringLiteral("--layout"));
        bad("scenario", {QStringLiteral("--scenario"), QStringLiteral("/nowhere.rsdemo")},
            QStringLiteral("/nowhere.rsdemo"));
        bad("two pools",
            {QStringLiteral("--scenario"), QStringLiteral(KOLAM_SOURCE "/demos/scenarios/02-freeze.rsdemo"),
             QStringLiteral("--control"), QStringLiteral("x")},
            QStringLiteral("--control"));
        bad("size", {QStringLiteral("--size"), QStringLiteral("0x10")}, QStringLiteral("--size"));
        bad("at", {QStringLiteral("--at"), QStringLiteral("nan")}, QStringLiteral("--at"));
        bad("headless", {QStringLiteral("--headless")}, QStringLiteral("--headless"));
        bad("word", {QStringLiteral("hello")}, QStringLiteral("hello"));
        bad("unknown", {QStringLiteral("--unknown")}, QStringLiteral("unknown"));
    }
    void givenCommandLines_whenWrong_thenTheSentenceNamesTheOption() {
        QFETCH(QStringList, arguments);
        QFETCH(QString, sentence);
        const auto options = parseMonitorOptions(QStringList{QStringLiteral("kolam-monitor")} + arguments);
        QVERIFY(!options && options.error().isError);
        QVERIFY2(options.error().text.contains(sentence), qPrintable(options.error().text));
    }
    void givenAScenario_whenNamedInEitherWay_thenItIsPlayed() {
        const QString file = QStringLiteral(KOLAM_SOURCE "/demos/scenarios/02-freeze.rsdemo");
        const auto named = parseMonitorOptions({QStringLiteral("kolam-monitor"), QStringLiteral("--scenario"), file});
        QVERIFY(named && named->scenario == file);
        const auto alone = parseMonitorOptions({QStringLiteral("kolam-monitor"), file}); // as desktops open files
        QVERIFY(alone && alone->scenario == file && alone->replay.isEmpty());
    }
    void givenARecordingAlone_whenNamed_thenItIsShown() {                    // as desktops open files
        const QString recording = QStringLiteral(KOLAM_SOURCE "/README.md"); // any file that is there
        const auto options = parseMonitorOptions({QStringLiteral("kolam-monitor"), recording});
        QVERIFY(options.has_value());
        QCOMPARE(options->replay, recording);
    }
    void givenALargeRecording_whenItIsRead_thenTheLoopHasATurnBetweenBatches() {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("large.kolam.pcapng"));
        constexpr int lines = 12'000;
        {
            EventStory story;
            const auto writer = std::move(*telemetry::RecordingWriter::open(path.toStdString()));
            for (int i = 0; i < lines; ++i) {
                story.wait(std::chrono::milliseconds{1});
                writer->write(story.tell(story.user, LogLine{telemetry::Severity::Info, std::to_string(i)}));
            }
        }
        RecordingFeed feed(path);
        int turns = 0;
        QTimer idle;
        connect(&idle, &QTimer::timeout, this, [&] { ++turns; });
        idle.start(0);
        std::size_t heard = 0;
        std::vector<int> batches; // the turn of each
        bool ended = false;
        connect(&feed, &Feed::heard, this, [&](const auto& events) {
            heard += events.size();
            batches.push_back(turns);
        });
        connect(&feed, &RecordingFeed::ended, this, [&] { ended = true; });
        QTRY_VERIFY(ended);
        QCOMPARE(heard, std::size_t{lines});
        QVERIFY(batches.size() > 5);
        QVERIFY(std::ranges::is_sorted(batches, std::less_equal{})); // no two in one turn
    }
    void givenTenThousandNewComponents_whenListed_thenTheyComeAsOneRunOfRows() {
        Playback playback;
        RowModel model(componentHeadings());
        QAbstractItemModelTester tester(&model, strict);
        model.setRows(componentRows(played(playback, crowd(20)).model()));
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        Playback larger;
        model.setRows(componentRows(played(larger, crowd(10'000)).model()));
        QCOMPARE(inserted.size(), 1);
        QVERIFY(changed.size() <= 4); // groups, and registrars that own more
        model.setRows(componentRows(playback.model()));
        QCOMPARE(removed.size(), 1);
        changed.clear();
        model.setRows(componentRows(playback.model()));
        QCOMPARE(changed.size(), 0);
    }
    void givenComponentsThatOnlyReport_whenDrawn_thenTheirLinksAreThoseOfTheirReports() {
        EventStory story;
        const telemetry::ComponentId registrar = componentId(story.one);
        const telemetry::ComponentId element = componentId(EventStory::element(1));
        const auto reports = [&](telemetry::ComponentId who, const std::vector<telemetry::ComponentId>& with) {
            StatusReported report{.location = "old", .status = "fine"};
            report.workload = roleOf(who) == telemetry::Role::Element ? 0x7fff : wire::CspReport::noWorkload;
            for (const telemetry::ComponentId other : with) {
                report.associations.push_back({.receiver = other});
            }
            story.tell(who, report);
        };
        reports(registrar, {componentId(story.two)});
        reports(componentId(story.two), {registrar});
        reports(element, {registrar});
        reports(story.user, {registrar, element});
        Playback playback;
        const Topology map = topologyOf(played(playback, story).model());
        QCOMPARE(map.nodes.size(), std::size_t{4});
        QVERIFY(std::ranges::all_of(map.nodes, &TopologyNode::inferred));
        const TopologyNode& shown = map.nodes[static_cast<std::size_t>(map.find({element, {}}))];
        QCOMPARE(shown.owner, 0);
        QVERIFY(std::abs(shown.load - 0.5) < 0.01);
        const auto count = [&](LinkKind kind) { return std::ranges::count(map.links, kind, &TopologyLink::kind); };
        QCOMPARE(count(LinkKind::Enrp), 1);
        QCOMPARE(count(LinkKind::Asap), 2);
        QCOMPARE(count(LinkKind::Session), 1);
        QCOMPARE(componentRows(playback.model()).size(), std::size_t{3}); // registrars, elements, users
        // A registrar that tells of it knows its pool: it is the same element.
        story.events.clear();
        story.tell(registrar, ElementRegistered{story.facts(1, story.one)});
        QCOMPARE(played(playback, story).model().elements().size(), std::size_t{1});
        QCOMPARE(playback.model().elements().begin()->first.pool, story.pool);
    }
    void givenTheManPage_whenMade_thenItHasEveryOption() {
        const auto page = parseMonitorOptions({QStringLiteral("kolam-monitor"), QStringLiteral("--man-page")});
        const auto help = parseMonitorOptions({QStringLiteral("kolam-monitor"), QStringLiteral("--help")});
        QVERIFY(!page && !help && !page.error().isError);
        static const QRegularExpression option(QStringLiteral("--[a-z-]+"));
        auto found = option.globalMatch(help.error().text);
        while (found.hasNext()) {
            const QString name = found.next().captured().replace(u'-', QStringLiteral("\\-"));
            QVERIFY2(page.error().text.contains(name) || name.contains(QStringLiteral("help\\-all")), qPrintable(name));
        }
    }
    void givenACommandLine_whenRight_thenItsValuesAreThere() {
        const auto options = parseMonitorOptions(
            {QStringLiteral("kolam-monitor"), QStringLiteral("--source"), QStringLiteral("scope:class-1"),
             QStringLiteral("--source"), QStringLiteral("csp:2961"), QStringLiteral("--source"),
             QStringLiteral("enrp:10.0.0.1"), QStringLiteral("--size"), QStringLiteral("800x600"),
             QStringLiteral("--theme"), QStringLiteral("contrast"), QStringLiteral("--at"),
             QStringLiteral("failover")});
        QVERIFY(options.has_value());
        QCOMPARE(options->scope, QStringLiteral("class-1"));
        QCOMPARE(options->csp->port, std::uint16_t{2961});
        QCOMPARE(options->enrp.front().port, std::uint16_t{9901});
        QCOMPARE(*options->size, QSize(800, 600));
        QVERIFY(options->screenshotAfterFailover);
    }
};

QTEST_GUILESS_MAIN(TestMonitorItems)
#include "test_items.moc"
