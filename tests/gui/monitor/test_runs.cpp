// SPDX-License-Identifier: GPL-3.0-or-later
// Runs: their charts, a clip of one which replays, two of them compared, and what their processes have written.
#include "core/telemetry/recording_writer.h"
#include "gui/common/english_plurals.h"
#include "gui/common/sentences.h"
#include "gui/common/timeline_bar.h"
#include "gui/feeds/recording_feed.h"
#include "gui/monitor/availability_strip.h"
#include "gui/monitor/charts_panel.h"
#include "gui/monitor/clip_writer.h"
#include "gui/monitor/compare_dialog.h"
#include "gui/monitor/log_view.h"
#include "gui/monitor/monitor_actions.h"
#include "gui/monitor/samples.h"
#include "tests/gui/monitor/monitor_stage.h"

#include <QApplication>
#include <QChart>
#include <QChartView>
#include <QLineSeries>
#include <QProcess>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTemporaryDir>

using namespace kolam;
using namespace kolam::gui;
using namespace kolam::telemetry;
using namespace std::chrono_literals;

namespace {

/// A recording of a story.
QString record(const QTemporaryDir& folder, const char* name, const EventStory& story) {
    const auto path = recordingPath(folder.filePath(QString::fromLatin1(name)).toStdString());
    auto writer = RecordingWriter::open(path);
    if (!writer) {
        qFatal("%s", writer.error().c_str());
    }
    for (const Event& event : story.events) {
        (*writer)->write(event);
    }
    (void)(*writer)->flush();
    return QString::fromStdString(path.string());
}

void replay(const QString& path, Playback& playback) {
    RecordingFeed feed(path);
    QObject::connect(&feed, &Feed::heard, &playback, [&](const auto& events) { playback.take(events); });
    QSignalSpy ended(&feed, &RecordingFeed::ended);
    QSignalSpy failed(&feed, &Feed::failed);
    QVERIFY(ended.wait(20'000));
    QVERIFY(failed.isEmpty());
}

} // namespace

class TestMonitorRuns : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { applyTheme(*qApp, Theme::Dark); }

    void givenAHistory_whenAClipIsWritten_thenItReplaysAsThatStretchDid() {
        EventStory story;
        story.whole();
        const auto failed = std::ranges::find_if(
            story.events, [](const Event& event) { return std::holds_alternative<FailoverBegan>(event.body); });
        Playback live;
        live.take(story.events);
        const WallTime from{failed->wall.value - 500'000'000};
        const WallTime to{failed->wall.value + 100'000'000};
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("clip.kolam.pcapng"));
        auto* const writer = new ClipWriter(live.history(), from, to, path);
        QSignalSpy done(writer, &ClipWriter::done);
        QVERIFY(done.wait(20'000));
        QCOMPARE(done.first().first().toString(), QString());
        QVERIFY(done.first().last().toULongLong() >= 10);
        Playback clip;
        replay(path, clip);
        live.seek(to);
        const auto states = [](const Model& model) {
            QStringList all;
            for (const auto& [id, component] : model.components()) {
                all.append(nameOf(id) + u' ' + wordOf(stateOf(model, {id, component.introduction.pool})));
            }
            return all;
        };
        QCOMPARE(states(clip.model()), states(live.model()));
        QCOMPARE(clip.model().sessionCount(), live.model().sessionCount());
        QCOMPARE(clip.model().failovers().size(), std::size_t{1});
        QCOMPARE(clip.model().elements().size(), live.model().elements().size());
        QVERIFY(clip.history().end() < live.history().end()); // a part is less than the whole
        auto* const nowhere = new ClipWriter(live.history(), from, to, QStringLiteral("/nowhere/x.kolam.pcapng"));
        QSignalSpy trouble(nowhere, &ClipWriter::done);
        QVERIFY(trouble.wait(20'000));
        QVERIFY(!trouble.first().first().toString().isEmpty());
    }
    void givenARecordingOrNone_whenAPictureIsTakenOfIt_thenTheExitCodeSaysWhetherItShowsAnything() {
        EventStory story;
        story.whole();
        const QTemporaryDir folder;
        const auto run = [&](const QString& recording) {
            QProcess monitor;
            monitor.start(QStringLiteral(KOLAM_MONITOR),
                          {QStringLiteral("--headless"), QStringLiteral("--screenshot"),
                           folder.filePath(QStringLiteral("picture.png")), QStringLiteral("--replay"), recording});
            return monitor.waitForFinished() ? std::pair{monitor.exitCode(), monitor.readAllStandardError()}
                                             : std::pair{-1, QByteArray{}};
        };
        const auto [shown, nothingSaid] = run(record(folder, "run", story));
        QVERIFY2(shown == 0, nothingSaid);
        QFile garbage(folder.filePath(QStringLiteral("garbage.kolam.pcapng")));
        QVERIFY(garbage.open(QIODevice::WriteOnly) && garbage.write("no recording") > 0);
        garbage.close();
        const auto [code, said] = run(garbage.fileName());
        QCOMPARE(code, 1);
        QVERIFY2(said.contains("is no recording"), said);
    }
    void givenTwoRuns_whenCompared_thenTheirFiguresStandBesideEachOther() {
        const QTemporaryDir folder;
        EventStory quick;
        quick.whole();
        EventStory slow;
        slow.whole();
        slow.failover(2, 3, 2);
        for (Event& event : slow.events) {
            if (auto* const ended = std::get_if<FailoverEnded>(&event.body)) {
                ended->took = 28ms;
            }
        }
        MonitorStage stage;
        stage.feed.hear(quick);
        stage.window.compareWith(record(folder, "slow", slow));
        auto* const dialog = stage.window.findChild<CompareDialog*>();
        QVERIFY(dialog != nullptr);
        QTRY_COMPARE(dialog->b().failovers().size(), std::size_t{2});
        QTRY_COMPARE(dialog->a().failovers().size(), std::size_t{1});
        QTRY_COMPARE(dialog->table().item(1, 2)->text(), QStringLiteral("2"));
        QCOMPARE(dialog->table().item(1, 1)->text(), QStringLiteral("1"));
        QCOMPARE(dialog->table().item(2, 1)->text(), QStringLiteral("2.80 ms"));
        QCOMPARE(dialog->table().item(2, 2)->text(), QStringLiteral("28.0 ms"));
        QCOMPARE(dialog->table().item(2, 3)->text(), QStringLiteral("+900 %"));
        QVERIFY(dialog->csv().contains(QStringLiteral("28.0 ms")));
    }
    void givenDurations_whenCumulated_thenSharesRiseToAHundredInFewSteps() {
        std::vector<Duration> took;
        for (int i = 1; i <= 5'000; ++i) {
            took.push_back(std::chrono::milliseconds{i});
        }
        const auto steps = cumulated(took, 300);
        QVERIFY(steps.size() <= 600);
        QCOMPARE(steps.back(), QPointF(5'000, 100));
        QVERIFY(std::ranges::is_sorted(steps, {}, &QPointF::y));
        QVERIFY(cumulated({}).empty());
        QCOMPARE(cumulated({Duration{2ms}}).size(), std::size_t{2});
    }
    void givenAPool_whenSampled_thenWhatRegistrarsDoIsCounted() {
        EventStory story;
        story.registrars();
        const ComponentId one = componentId(story.one);
        story.tell(one, RegistrarCounted{.registrations = 10, .resolutions = 0});
        story.wait(2s);
        story.tell(one, RegistrarCounted{.registrations = 30, .resolutions = 4});
        for (int i = 0; i < 5; ++i) {
            story.tell(one, MessageSeen{.direction = Direction::Sent, .type = "ENRP_PRESENCE"});
            story.tell(one, MessageSeen{.direction = Direction::Received, .type = "ENRP_PRESENCE"});
        }
        story.tell(one, EventsDropped{7});
        Playback playback;
        playback.take(story.events);
        const Samples samples = samplesOf(playback.history(), playback.position(), playback.time(), 60s, 400);
        QCOMPARE(samples.registrations.size(), std::size_t{1});
        QCOMPARE(samples.registrations.front().points.back().y(), 10.0);
        QCOMPARE(samples.enrp.size(), std::size_t{1});
        QCOMPARE(std::ranges::max(samples.enrp.front().points, {}, &QPointF::y).y(), 5.0); // what was sent, once
        QCOMPARE(std::ranges::max(samples.lost.points, {}, &QPointF::y).y(), 7.0);
    }
    void givenReportsThatTheKernelDropped_whenTold_thenTheyAreChartedAndNobodyHasSentThem() {
        EventStory story;
        story.whole();
        Playback playback;
        playback.take(story.events);
        const std::size_t before = playback.model().components().size();
        playback.take({story.tell(noComponent, EventsDropped{3})});
        QCOMPARE(playback.model().components().size(), before);
        QCOMPARE(playback.model().lost(), std::uint64_t{3});
        const Samples samples = samplesOf(playback.history(), playback.position(), playback.time(), 60s, 400);
        QCOMPARE(std::ranges::max(samples.lost.points, {}, &QPointF::y).y(), 3.0);
        QCOMPARE(sentenceOf(story.events.back()).text, QStringLiteral("3 reports came faster than they could be read"));
        QVERIFY(subjectsOf(story.events.back()).empty());
    }
    void givenAFrozenAndAKilledElement_whenAskedWhoWasThere_thenTheStripSaysSo() {
        EventStory story;
        story.whole(); // the first is killed
        story.tell(componentId(EventStory::element(3)), ComponentDown{DownKind::Silent});
        story.wait(10s);
        story.tell(componentId(EventStory::element(3)), ComponentHeard{});
        story.wait(10s);
        story.tell(story.user, LogLine{telemetry::Severity::Info, "now"});
        Playback playback;
        playback.take(story.events);
        const auto rows = availabilityOf(playback.history(), playback.time(), 60s);
        QCOMPARE(rows.size(), std::size_t{6});
        QCOMPARE(roleOf(rows.front().component), Role::Registrar);
        QCOMPARE(roleOf(rows.back().component), Role::User);
        const auto of = [&](std::uint32_t element) {
            return *std::ranges::find(rows, componentId(EventStory::element(element)), &Availability::component);
        };
        QCOMPARE(of(2).stretches.size(), std::size_t{1});
        QCOMPARE(of(1).stretches.back().state, ElementState::Crashed);
        QCOMPARE(of(3).stretches.size(), std::size_t{3});
        QCOMPARE(of(3).stretches[1].state, ElementState::Frozen);
        QVERIFY(std::abs(of(3).stretches[1].to - of(3).stretches[1].from - 10) < 0.01);
        QVERIFY(of(3).upShare() > 0.4 && of(3).upShare() < 0.7);
        AvailabilityStrip strip(60s);
        strip.setRows(rows);
        QVERIFY(strip.accessibleDescription().contains(QStringLiteral("up 100.0 %")));
    }
    void givenCharts_whenRefreshed_thenEachHasTheMoment() {
        MonitorStage stage;
        stage.show();
        stage.story.whole();
        stage.tell();
        stage.window.charts().refresh();
        const QList<QChartView*> charts = stage.window.charts().charts();
        QCOMPARE(charts.size(), 8);
        QCOMPARE(charts[0]->chart()->series().size(), 3);  // load of each element
        QVERIFY(charts[3]->chart()->series().size() >= 2); // shares, and the percentiles on them
        for (const QChartView* const view : charts) { // a picture that is made now has axes, and lines that can be read
            const QRectF plot = view->chart()->plotArea();
            QVERIFY2(plot.left() >= 10 && plot.height() >= 40, qPrintable(view->accessibleName()));
        }
    }
    void givenLogs_whenTheyGrow_thenTheViewFollowsAndFinds() {
        const QTemporaryDir folder;
        const auto write = [&](const char* name, const QByteArray& text) {
            QFile file(folder.filePath(QString::fromLatin1(name)));
            QVERIFY(file.open(QIODevice::Append));
            file.write(text);
        };
        write("pe-1.log", "2026-11-28 10:00:00.000 info    serves\n2026-11-28 10:00:05.000 warning full\nhalf");
        write("pr-1.log", "2026-11-28 10:00:00.000 info    registers\n");
        LogView view(folder.path());
        view.show();
        QCOMPARE(view.names(), (QStringList{QStringLiteral("pe-1"), QStringLiteral("pr-1")}));
        QCOMPARE(view.shownLines().size(), 2); // a half line is none
        write("pe-1.log", " a line\n");
        view.refresh();
        QCOMPARE(view.shownLines().last(), QStringLiteral("half a line"));
        view.setWords(QStringLiteral("FULL"));
        QCOMPARE(view.shownLines().size(), 1);
        view.setWords({});
        view.choose(QStringLiteral("pr-1"));
        QVERIFY(view.shownLines().first().endsWith(QStringLiteral("registers")));
        LogView nobodys{QString()};
        nobodys.refresh();
        QVERIFY(nobodys.names().isEmpty());
    }
    void givenARealSystem_whenAskedToFork_thenTheActionSaysWhyNot() {
        const MonitorStage stage;
        QVERIFY(!stage.window.actions().fork->isEnabled());
        QVERIFY(stage.window.actions().fork->toolTip().contains(QStringLiteral("real systems")));
    }
};

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    EnglishPlurals plurals;
    QCoreApplication::installTranslator(&plurals);
    TestMonitorRuns test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_runs.moc"
