// SPDX-License-Identifier: GPL-3.0-or-later
// What the window knows without a widget: the pool list, the events in words, the reasons, the report.
#include "gui/common/english_plurals.h"
#include "gui/fractal/fractal_run.h"
#include "tests/gui/fake_backend.h"

#include <QAbstractItemModelTester>
#include <QJsonArray>
#include <QSignalSpy>
#include <QtTest>

using namespace kolam;
using namespace kolam::gui;
using namespace std::chrono_literals;

namespace {

struct Stage {
    FakeBackend backend;
    FakeControl control{backend};
    FractalRun run{backend, &control, QStringLiteral("FractalGeneratorPool")};
    QAbstractItemModelTester poolTester{&run.pool(), QAbstractItemModelTester::FailureReportingMode::Fatal};
    QAbstractItemModelTester eventTester{&run.events(), QAbstractItemModelTester::FailureReportingMode::Fatal};
    Stage() {
        control.announce(3);
        backend.setRegistrar(true);
        run.setPictureSize({320, 240});
        Place place = homePlace();
        place.maxIterations = 60;
        run.visit(place);
    }
    void steps(int count, int rows = 5) {
        for (int step = 0; step < count; ++step) {
            backend.step(rows);
        }
    }
    [[nodiscard]] QStringList story() {
        QStringList lines;
        for (const QString& line : run.events().allAsText().split(u'\n', Qt::SkipEmptyParts)) {
            lines.append(line.section(u' ', 1));
        }
        return lines;
    }
};

} // namespace

class TestRun : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QCoreApplication::installTranslator(&m_plurals); }

    void givenElementKilled_whenThePictureCompletes_thenTheStoryIsTold() {
        Stage stage;
        stage.steps(4);
        stage.run.kill(stage.backend.element(1));
        stage.backend.finish();
        const QStringList expected{
            QStringLiteral("Information: Registrar 0x5eed0001 at 127.0.0.1:3863."),
            QStringLiteral("Information: New picture: 320 \u00d7 240 points in 12 tiles, 6 sessions."),
            QStringLiteral("Information: Element A (0x0a000001) joins in."),
            QStringLiteral("Information: Element B (0x0a000002) joins in."),
            QStringLiteral("Information: Element C (0x0a000003) joins in."),
            QStringLiteral("Warning: Element B (0x0a000002) is killed now."),
            QStringLiteral("Problem: Element B (0x0a000002) lost: its process is gone, or the way to it. Its "
                           "tiles look for another element."),
            QStringLiteral("Good: 2 tiles of B continued at A and C after 66 ms, 6 rows computed again."),
            QStringLiteral("Good: Picture complete after 297 ms; 2 failovers, rows computed again: 6."),
        };
        QCOMPARE(stage.story(), expected);
    }
    void givenPool_whenElementsComeAndGo_thenTheListSaysSo() {
        Stage stage;
        QCOMPARE(stage.run.pool().rowCount(), 3);
        const auto row = [&](int index) { return stage.run.pool().row(index); };
        QVERIFY(row(0).health == ElementHealth::Idle);
        stage.steps(3);
        QVERIFY(row(1).health == ElementHealth::Working);
        QVERIFY(row(1).tilesWorking > 0);
        QCOMPARE(row(0).sessions + row(1).sessions + row(2).sessions, 6U);
        stage.run.kill(stage.backend.element(1));
        QVERIFY(row(1).health == ElementHealth::Killed);
        QVERIFY(row(1).failedAway > 0);
        const QModelIndex killed = stage.run.pool().index(1);
        QVERIFY(!killed.data(PoolModel::CanKillRole).toBool());
        QVERIFY(killed.data(PoolModel::CanRestartRole).toBool());
        QCOMPARE(killed.data(Qt::AccessibleTextRole).toString(), QStringLiteral("Element B, killed, 0 sessions"));
        stage.run.restartAll();
        QVERIFY(killed.data(PoolModel::CanKillRole).toBool());
        stage.backend.finish();
        double shares = 0;
        int tiles = 0;
        for (int index = 0; index < 3; ++index) {
            shares += row(index).share;
            tiles += row(index).tilesDone;
        }
        QCOMPARE(tiles, 12);
        QVERIFY(shares > 0.95);
    }
    void givenTwoElements_whenTheBusiestIsToBeKilled_thenItIsOneThatRuns() {
        Stage stage;
        stage.steps(2);
        QVERIFY(stage.run.killBusiest());
        QVERIFY(stage.run.freezeBusiest());
        QVERIFY(stage.run.killBusiest());
        QVERIFY(!stage.run.killBusiest());
        stage.run.restartAll();
        QVERIFY(stage.run.pool().busiestControlled() >= 0);
    }
    void givenControl_whenItIsLost_thenTheButtonsGo() {
        Stage stage;
        QVERIFY(stage.run.pool().index(0).data(PoolModel::CanKillRole).toBool());
        emit stage.control.disconnected();
        QVERIFY(!stage.run.pool().index(0).data(PoolModel::CanKillRole).toBool());
        QVERIFY(!stage.run.killBusiest());
    }
    void givenProgress_whenItChanges_thenTheDemonstrationIsTold() {
        Stage stage;
        stage.backend.finish();
        QCOMPARE(stage.control.progress(), 1.0);
    }
    void givenPicture_whenComplete_thenItIsSaidOnce() {
        Stage stage;
        QSignalSpy completed(&stage.run, &FractalRun::completed);
        stage.backend.finish();
        QCOMPARE(completed.count(), 1);
        stage.run.compute();
        stage.backend.finish();
        QCOMPARE(completed.count(), 2);
    }
    void givenPlaces_whenGoingBack_thenTheyAreComputedAgain() {
        Stage stage;
        const int before = stage.backend.starts();
        stage.run.visitView(ViewRect{0.5, -0.2, 0.1, 0.2});
        QCOMPARE(stage.backend.starts(), before + 1);
        QCOMPARE(stage.backend.parameter().width, 320U);
        stage.run.back();
        stage.run.forward();
        stage.run.forward(); // there is none
        QCOMPARE(stage.backend.starts(), before + 3);
    }

    void givenTrouble_whenExplained_thenEveryReasonHasWordsAndAdvice_data() {
        QTest::addColumn<int>("reason");
        QTest::addColumn<QString>("title");
        QTest::newRow("registrar") << static_cast<int>(WaitReason::NoRegistrar) << "No registrar";
        QTest::newRow("element") << static_cast<int>(WaitReason::NoElement) << "No element in the pool";
        QTest::newRow("slots") << static_cast<int>(WaitReason::Refused) << "Too few slots";
        QTest::newRow("connect") << static_cast<int>(WaitReason::ConnectFailed) << "Elements cannot be reached";
    }
    void givenTrouble_whenExplained_thenEveryReasonHasWordsAndAdvice() {
        QFETCH(int, reason);
        QFETCH(QString, title);
        Stage stage;
        QVERIFY(!stage.run.why());
        stage.backend.setBlocked(static_cast<WaitReason>(reason));
        stage.backend.step();
        const auto why = stage.run.why();
        QVERIFY(why.has_value());
        QCOMPARE(why->title, title);
        QVERIFY(!why->reason.isEmpty() && !why->advice.isEmpty());
        QVERIFY(why->nothingMoves);
        QVERIFY(why->retryIn && *why->retryIn <= 700ms);
        stage.backend.setBlocked(WaitReason::None);
        stage.backend.step();
        QVERIFY(!stage.run.why());
    }
    void givenTooFewSlots_whenSomeCompute_thenThatIsSaidToo() {
        Stage stage;
        stage.backend.setSlots(4);
        stage.backend.step();
        const auto why = stage.run.why();
        QVERIFY(why.has_value());
        QVERIFY(!why->nothingMoves);
        QCOMPARE(why->reason, QStringLiteral("2 of 6 sessions wait: every element has all of its slots taken."));
    }
    void givenTransportThatDoesNotOpen_whenExplained_thenItsOwnWordsAreShown() {
        Stage stage;
        stage.backend.failTransport(QStringLiteral("no SCTP here"));
        QCOMPARE(stage.run.why()->reason, QStringLiteral("no SCTP here"));
        QVERIFY(!stage.run.why()->retryIn);
    }
    void givenNothingStarted_whenNoRegistrarIsThere_thenItIsExplainedBeforeAnyBatch() {
        FakeBackend backend;
        FractalRun run(backend, nullptr, QStringLiteral("Pool"));
        QVERIFY(!run.why());
        backend.setRegistrar(false);
        QVERIFY(run.why()->kind == Why::Kind::NoRegistrar);
    }

    void givenWaitingSessions_whenTheyKnockOnceASecond_thenTheMeterSaysOne() {
        AttemptMeter meter;
        fractal::FractalUpdate update;
        update.sessions.resize(2);
        update.sessions[0] = {.number = 1, .state = SessionState::Waiting};
        update.sessions[1] = {.number = 2, .state = SessionState::Established, .attempts = 900};
        for (int tick = 0; tick <= 200; ++tick) { // 20 seconds
            update.progress.updated = TimePoint{100s} + tick * 100ms;
            update.sessions[0].attempts = static_cast<std::uint64_t>(tick / 10);
            meter.apply(update);
        }
        QVERIFY2(meter.highestRate() > 0.7 && meter.highestRate() < 1.3,
                 qPrintable(QString::number(meter.highestRate())));
        update.sessions[0].state = SessionState::Established;
        meter.apply(update);
        QCOMPARE(meter.highestRate(), 0.0);
    }

    void givenRun_whenReported_thenAScriptCanJudgeIt() {
        Stage stage;
        stage.steps(4);
        stage.run.kill(stage.backend.element(1));
        stage.backend.finish();
        const QJsonObject report = stage.run.report().toJson();
        QCOMPARE(report[QStringLiteral("complete")].toBool(), true);
        QCOMPARE(report[QStringLiteral("width")].toInt(), 320);
        QCOMPARE(report[QStringLiteral("c1Real")].toDouble(), stage.backend.parameter().c1Real);
        QCOMPARE(report[QStringLiteral("tiles")].toInt(), 12);
        QCOMPARE(report[QStringLiteral("failovers")].toInt(), 2);
        QCOMPARE(report[QStringLiteral("redoneRows")].toInt(), 6);
        QCOMPARE(report[QStringLiteral("failoverList")].toArray().size(), 2);
        QCOMPARE(
            report[QStringLiteral("failoverList")].toArray()[0].toObject()[QStringLiteral("milliseconds")].toDouble(),
            66.0);
        int tiles = 0;
        for (const QJsonValue& element : report[QStringLiteral("elements")].toArray()) {
            tiles += element.toObject()[QStringLiteral("tiles")].toInt();
        }
        QCOMPARE(tiles, 12);
    }
    void givenCounts_whenExported_thenTheyAreBigEndian() {
        QCOMPARE(bigEndianCounts({1, 0x01020304, 0xffffffff}), QByteArray::fromHex("0000000101020304ffffffff"));
    }
    void givenManyEvents_whenTheListIsFull_thenTheOldestFallOff() {
        EventListModel model(5);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        for (int line = 0; line < 12; ++line) {
            model.add(Severity::Info, QString::number(line));
        }
        QCOMPARE(model.rowCount(), 5);
        QCOMPARE(model.index(0, EventListModel::TextColumn).data().toString(), QStringLiteral("11"));
        QCOMPARE(model.index(4, EventListModel::TextColumn).data().toString(), QStringLiteral("7"));
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

private:
    EnglishPlurals m_plurals;
};

QTEST_MAIN(TestRun)
#include "test_run.moc"
