// SPDX-License-Identifier: GPL-3.0-or-later
// Rules and what they say, when, and only once; tables as files; the desktop's notifications, by a bus of the test's
// own.
#include "gui/common/english_plurals.h"
#include "gui/poolview/notifier.h"
#include "gui/poolview/pool_rows.h"
#include "gui/poolview/rule_book.h"
#include "gui/poolview/table_exports.h"
#include "gui/poolview/table_page.h"
#include "tests/gui/common/event_story.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusVariant>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace kolam;
using namespace kolam::gui;
using namespace kolam::telemetry;
using namespace std::chrono_literals;

namespace {

struct Judged {
    EventStory story;
    Model model;
    RuleBook book;
    QStringList told; // "+sentence" and "-sentence"
    Judged() {
        QObject::connect(&book, &RuleBook::raised, &book,
                         [this](const Alarm& alarm) { told.append(u'+' + alarm.sentence); });
        QObject::connect(&book, &RuleBook::ended, &book,
                         [this](const Alarm& alarm) { told.append(u'-' + alarm.sentence); });
    }
    void judge(std::optional<Duration> silence = Duration{0}) {
        for (const Event& event : story.events) {
            model.take(event);
        }
        story.events.clear();
        book.judge(model, WallTime{EventStory::midnight + story.now.count()}, silence);
    }
};

Rules noRules() {
    Rules rules;
    rules.minimumOn = rules.loadOn = rules.staleOn = rules.differOn = rules.failoverOn = false;
    return rules;
}

/// What a desktop would be.
class FakeDesktop final : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
public:
    QStringList shown; // bodies
    QList<uint> replaced;
    QList<uint> closed;
    QVariantMap hints;
public slots:
    uint Notify(const QString&, uint replaces, const QString&, const QString&, const QString& body, const QStringList&,
                const QVariantMap& wishes, int) {
        shown.append(body);
        replaced.append(replaces);
        hints = wishes;
        return 7;
    }
    void CloseNotification(uint number) { closed.append(number); }
};

} // namespace

class TestRules : public QObject {
    Q_OBJECT
private slots:
    void givenAMinimum_whenTooFewAreUp_thenItIsToldOnceAndTakenBackOnce() {
        Judged judged;
        Rules rules = noRules();
        rules.minimumOn = true;
        rules.minimum = 1;
        rules.minimumOfPools = QStringLiteral("Echo*=9, Fractal*=2");
        judged.book.setRules(rules);
        judged.story.registrars();
        judged.story.elementComes(1, judged.story.one);
        judged.story.elementComes(2, judged.story.one);
        judged.judge();
        QVERIFY(judged.told.isEmpty());
        judged.story.tell(componentId(EventStory::element(1)), ComponentDown{DownKind::StreamEnded});
        judged.judge();
        judged.judge();
        QCOMPARE(judged.told, QStringList{QStringLiteral("+FractalGeneratorPool has 1 of at least 2 elements up")});
        judged.story.tell(componentId(EventStory::element(2)), ComponentDown{DownKind::StreamEnded});
        judged.judge();
        QCOMPARE(judged.told.size(), 1); // it has become worse, and is still the same alarm
        QCOMPARE(judged.book.alarms().front().sentence,
                 QStringLiteral("FractalGeneratorPool has 0 of at least 2 elements up"));
        judged.story.elementComes(1, judged.story.one);
        judged.story.elementComes(2, judged.story.one);
        judged.judge();
        QVERIFY(judged.told.size() == 2 && judged.told.back().startsWith(u'-'));
        QVERIFY(judged.book.alarms().empty());
    }
    void givenALoad_whenItStaysHigh_thenItIsToldAfterItsTimeAndNotBefore() {
        Judged judged;
        Rules rules = noRules();
        rules.loadOn = true;
        rules.loadPercent = 80;
        rules.loadSeconds = 10;
        judged.book.setRules(rules);
        judged.story.registrars();
        judged.story.elementComes(1, judged.story.one, 0.95);
        judged.judge();
        judged.story.wait(9s);
        judged.judge();
        QVERIFY(judged.told.isEmpty());
        judged.story.tell(componentId(EventStory::element(1)), LoadChanged{.load = 0.2}); // once lower: it begins anew
        judged.judge();
        judged.story.tell(componentId(EventStory::element(1)), LoadChanged{.load = 0.9});
        judged.judge();
        judged.story.wait(9s);
        judged.judge();
        QVERIFY(judged.told.isEmpty());
        judged.story.wait(1s);
        judged.judge();
        QCOMPARE(judged.told.size(), 1);
        QCOMPARE(judged.book.alarms().front().node,
                 std::optional{elementNode(judged.story.pool, EventStory::element(1))});
    }
    void givenRegistrarsASourceAndFailovers_whenTheyAreOutOfBounds_thenEachIsTold() {
        Judged judged;
        Rules rules = noRules();
        rules.staleOn = rules.differOn = rules.failoverOn = true;
        rules.staleSeconds = 5;
        rules.differSeconds = 10;
        rules.failoverMilliseconds = 2;
        judged.book.setRules(rules);
        judged.story.whole(); // ends with an element that one registrar has removed, and the other has not
        judged.judge(6s);
        QVERIFY(judged.told.contains(QStringLiteral("+Nothing is heard from the source")));
        QVERIFY(judged.told.contains(QStringLiteral("+Failovers of the last hour: p95 is 2.80 ms, above 2.00 ms")));
        QCOMPARE(judged.told.size(), 2);
        judged.story.wait(10s);
        judged.judge(std::nullopt); // of a recording: it cannot be silent
        QVERIFY(judged.told.contains(QStringLiteral("-Nothing is heard from the source")));
        QVERIFY(judged.told.contains(QStringLiteral("+Registrars differ about 1 element")));
        judged.book.forget();
        QVERIFY(judged.book.alarms().empty());
    }
    void givenRules_whenKept_thenTheyComeBack() {
        const QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("kept.ini")), QSettings::IniFormat);
        Rules rules;
        rules.minimumOfPools = QStringLiteral("A=3, B=4");
        rules.loadPercent = 42;
        rules.notify = false;
        rules.failoverOn = true;
        rules.write(settings);
        Rules again;
        again.read(settings);
        QCOMPARE(again, rules);
        QCOMPARE(again.minimumOf(QStringLiteral("B")), 4);
        QCOMPARE(again.minimumOf(QStringLiteral("C")), 1);
        QCOMPARE(Rules::complaint(QStringLiteral("A=3,B")), QStringLiteral("“B” is not of the form “Pool=3”"));
        QVERIFY(!Rules::complaint(QStringLiteral("=3")).isEmpty() &&
                !Rules::complaint(QStringLiteral("A=-1")).isEmpty());
        QVERIFY(Rules::complaint({}).isEmpty());
    }
    void givenATable_whenExported_thenAllColumnsAreThereAndNumbersAreNumbers() {
        EventStory story;
        story.whole();
        Model model;
        for (const Event& event : story.events) {
            model.take(event);
        }
        TablePage page(QStringLiteral("Pools"), "pools", elementColumns(true), true);
        page.show(poolRows(model, WallTime{EventStory::midnight + story.now.count()}));
        page.setFilter({.words = QStringLiteral("0a000002"), .states = {}});
        const QStringList lines = toCsv(page.table()).split(u'\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 2); // the heading, and the only row that is shown
        QCOMPARE(lines[0].count(u','),
                 static_cast<int>(elementColumns(true).size()) - 1 + lines[0].count(QStringLiteral("\"")) / 2);
        QVERIFY(lines[1].contains(QStringLiteral("PE 0a000002")) && lines[1].contains(QStringLiteral("75 %")));

        page.setFilter({});
        const QJsonObject json =
            QJsonDocument::fromJson(toJson(page.table(), QStringLiteral("pools"), WallTime{5}).toUtf8()).object();
        QCOMPARE(json[QStringLiteral("at_ns")].toInt(), 5);
        const QJsonObject pool = json[QStringLiteral("rows")].toArray()[0].toObject();
        QCOMPARE(pool[QStringLiteral("rows")].toArray().size(), 3);
        const QJsonObject element = pool[QStringLiteral("rows")].toArray()[1].toObject();
        QCOMPARE(element[QStringLiteral("load")].toDouble(), 0.75);
        QCOMPARE(element[QStringLiteral("state")].toString(), QStringLiteral("up"));
        QVERIFY(element[QStringLiteral("since_ns")].toInteger() >= EventStory::midnight);
        QVERIFY(element[QStringLiteral("failover_p95")].isNull());

        const QStringList all = toTsv(page).split(u'\n', Qt::SkipEmptyParts);
        QCOMPARE(all.size(), 5); // heading, pool, three elements
        page.setCurrentIndex(page.table().find(elementNode(story.pool, EventStory::element(3))));
        const QStringList one = toTsv(page).split(u'\n', Qt::SkipEmptyParts);
        QCOMPARE(one.size(), 2);
        QCOMPARE(one[1].count(u'\t'), one[0].count(u'\t'));
        QVERIFY(!one[0].contains(QStringLiteral("Host"))); // a column that is not shown
    }
    void givenADesktop_whenAlarmsComeAndGo_thenOneQuietNotificationChanges() {
        QProcess daemon;
        daemon.start(QStringLiteral("dbus-daemon"),
                     {QStringLiteral("--session"), QStringLiteral("--print-address"), QStringLiteral("--nofork")});
        if (!daemon.waitForStarted() || !daemon.waitForReadyRead(20'000)) {
            QSKIP("there is no dbus-daemon");
        }
        const QByteArray address = daemon.readLine().trimmed();
        qputenv("DBUS_SESSION_BUS_ADDRESS", address);
        FakeDesktop desktop;
        QDBusConnection bus = QDBusConnection::connectToBus(QString::fromUtf8(address), QStringLiteral("desktop"));
        QVERIFY(bus.registerObject(QStringLiteral("/org/freedesktop/Notifications"), &desktop,
                                   QDBusConnection::ExportAllSlots));
        QVERIFY(bus.registerService(QStringLiteral("org.freedesktop.Notifications")));
        DesktopNotifier notifier;
        notifier.show({});
        notifier.show({QStringLiteral("a < b")});
        QTRY_COMPARE(desktop.shown, QStringList{QStringLiteral("a &lt; b")});
        QCOMPARE(desktop.hints[QStringLiteral("urgency")].value<uchar>(), uchar{0});
        QCOMPARE(desktop.hints[QStringLiteral("suppress-sound")].toBool(), true);
        QTRY_VERIFY((notifier.show({QStringLiteral("a"), QStringLiteral("b")}), desktop.replaced.back() == 7U));
        QCOMPARE(desktop.shown.back(), QStringLiteral("a\nb"));
        notifier.show({});
        QTRY_COMPARE(desktop.closed, QList<uint>{7});
        QDBusConnection::disconnectFromBus(QStringLiteral("desktop"));
        daemon.kill();
        daemon.waitForFinished();
    }
    void givenNoDesktop_whenToldSomething_thenNothingHappens() {
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        qputenv("XDG_RUNTIME_DIR", "/nowhere");
        QVERIFY(!DesktopNotifier::isPossible());
        DesktopNotifier notifier;
        notifier.show({QStringLiteral("x")});
    }
};

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    EnglishPlurals plurals;
    QCoreApplication::installTranslator(&plurals);
    TestRules test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_rules.moc"
