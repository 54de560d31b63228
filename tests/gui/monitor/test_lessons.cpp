// SPDX-License-Identifier: GPL-3.0-or-later
// Lessons: where one is, what its window shows and asks for, and that those which are shipped have an end with real
// processes: every deed is done, and everything they wait for happens.
#include "core/telemetry/observer_folder.h"
#include "demos/lab/scenario_file.h"
#include "gui/common/english_plurals.h"
#include "gui/feeds/core_feed.h"
#include "gui/feeds/lab_client.h"
#include "gui/feeds/scenario_lab.h"
#include "gui/monitor/lesson_pilot.h"
#include "gui/monitor/lesson_shelf.h"
#include "gui/monitor/monitor_actions.h"
#include "gui/monitor/topology_view.h"
#include "programs/common/signals.h"
#include "tests/gui/monitor/monitor_stage.h"

#include <QAbstractButton>
#include <QApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace kolam;
using namespace kolam::gui;

namespace {

constexpr int patience = 60'000; // milliseconds, of a loaded machine

lab::Scenario smallLesson() {
    auto read = lab::readScenarioText(R"(kolam-scenario = 1
title = { en = "Small", de = "Klein" }
length = "10s"
[[registrar]]
name = "pr"
[[element]]
name = "pe"
count = 2
serves = "pingpong"
[[lesson]]
say = "Look."
look = "pe-1"
[[lesson]]
say = "Now."
do = "kill"
who = "pe-1"
wait = "failovers"
more = 1
ask = "What then?"
[[lesson.answer]]
say = "nothing"
[[lesson.answer]]
say = "a failover"
right = true
[[lesson]]
say = "That was it."
)",
                                      "small");
    if (!read) {
        qFatal("%s", read.error().c_str());
    }
    return *std::move(read);
}

QAbstractButton* buttonOf(const LessonView& view, const QString& text) {
    for (QAbstractButton* const button : view.findChildren<QAbstractButton*>()) {
        if (button->text() == text) {
            return button;
        }
    }
    return nullptr;
}

} // namespace

class TestMonitorLessons : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { applyTheme(*qApp, Theme::Dark); }

    void givenALesson_whenLedThrough_thenItAsksWaitsAndGoesOn() {
        using Need = LessonCourse::Need;
        LessonCourse course(smallLesson().lesson);
        QCOMPARE(course.need(), Need::Nothing);
        QVERIFY(course.goOn());
        QCOMPARE(course.need(), Need::Answer);
        course.choose(0);
        QVERIFY(!course.step().answers[*course.chosen()].right);
        QCOMPARE(course.score(), (std::pair{std::size_t{0}, std::size_t{1}}));
        QCOMPARE(course.need(), Need::Deed);
        QVERIFY(!course.goOn()); // a deed is not skipped by accident
        course.done();
        QCOMPARE(course.need(), Need::Event);
        QVERIFY(!course.goOn());
        EventStory story;
        story.whole();
        for (const telemetry::Event& event : story.events) {
            course.take(event);
        }
        QCOMPARE(course.need(), Need::Nothing);
        QVERIFY(course.goOn() && course.isLast());
        course.back();
        QCOMPARE(course.need(), Need::Answer); // from the beginning: one failover more is needed
        course.choose(1);
        course.done();
        QCOMPARE(course.need(), Need::Event);
        course.skip();
        QVERIFY(course.isLast());
    }
    void givenALesson_whenTheDeedIsDoneByOtherHands_thenItGoesOnAsWell() {
        LessonCourse course(smallLesson().lesson);
        course.skip();
        course.choose(1);
        EventStory story;
        story.whole();
        for (const telemetry::Event& event : story.events) {
            course.take(event);
        }
        QCOMPARE(course.need(), LessonCourse::Need::Nothing);
    }
    void givenATask_whenAWayIsFoundOrShown_thenOnlyTheFirstIsAPoint() {
        std::vector<lab::LessonStep> steps = smallLesson().lesson;
        steps[1].task = true;
        steps[1].ask = {};
        steps[1].answers.clear();
        EventStory story;
        story.whole();
        const auto lead = [&](const auto& deal) {
            LessonCourse course(steps);
            course.skip();
            deal(course);
            for (const telemetry::Event& event : story.events) {
                course.take(event);
            }
            return course.score();
        };
        using Score = std::pair<std::size_t, std::size_t>;
        QCOMPARE(lead([](LessonCourse&) {}), (Score{1, 1}));
        QCOMPARE(lead([](LessonCourse& course) { course.done(); }), (Score{0, 1}));
        QCOMPARE(lead([](LessonCourse& course) { course.skip(); }), (Score{0, 1}));
        QCOMPARE(lead([](LessonCourse& course) {
                     course.skip();
                     course.back(); // one more chance
                 }),
                 (Score{1, 1}));
    }
    void givenATask_whenTaughtInTheWindow_thenAWayIsShownOnlyOnRequest() {
        MonitorStage stage;
        stage.show();
        lab::Scenario scenario = smallLesson();
        scenario.lesson[1].task = true;
        scenario.lesson[1].ask = {};
        scenario.lesson[1].answers.clear();
        LessonView& view = stage.window.lesson();
        QSignalSpy deeds(&view, &LessonView::wanted);
        stage.window.teach(scenario.words, scenario.lesson);
        view.goOn();
        QVERIFY(buttonOf(view, QStringLiteral("Kill pe-1")) == nullptr);
        QAbstractButton* const show = buttonOf(view, QStringLiteral("Show me"));
        QVERIFY(show != nullptr && show->isVisible());
        stage.story.whole(); // somebody has found another way
        stage.tell();
        QVERIFY(!show->isEnabled() && deeds.isEmpty());
        QCOMPARE(view.course().score(), (std::pair{std::size_t{1}, std::size_t{1}}));
    }
    void givenALesson_whenTaughtInTheWindow_thenKeysLeadThroughIt() {
        MonitorStage stage;
        stage.show();
        LessonView& view = stage.window.lesson();
        QVERIFY(!view.isVisible());
        const lab::Scenario scenario = smallLesson();
        QSignalSpy deeds(&view, &LessonView::wanted);
        QSignalSpy looks(&view, &LessonView::lookedAt);
        stage.window.teach(scenario.words, scenario.lesson);
        QVERIFY(view.isVisible());
        QCOMPARE(view.caption(), QStringLiteral("Look."));
        QCOMPARE(looks.size(), 1);
        QTest::keyClick(&stage.window, Qt::Key_Space);
        QCOMPARE(stage.window.playback().mode(), Playback::Mode::Live); // space is the lesson's
        QCOMPARE(view.course().number(), std::size_t{1});
        QCOMPARE(view.findChildren<QPushButton*>(QStringLiteral("answer")).size(), 2);
        view.findChildren<QPushButton*>(QStringLiteral("answer")).first()->click();
        QVERIFY(view.course().answered());
        QVERIFY(buttonOf(view, QStringLiteral("✓ a failover")) != nullptr);
        QTest::keyClick(&stage.window, Qt::Key_PageDown);
        QCOMPARE(deeds.size(), 1);
        QCOMPARE(view.course().need(), LessonCourse::Need::Event);
        QVERIFY(!buttonOf(view, QStringLiteral("Continue"))->isEnabled());
        stage.story.whole();
        stage.tell();
        QVERIFY(buttonOf(view, QStringLiteral("Continue"))->isEnabled());
        stage.window.actions().onceMore->trigger();
        QCOMPARE(stage.window.playback().mode(), Playback::Mode::Playing);
        QCOMPARE(stage.window.playback().speed(), 0.001);
        QTest::keyClick(&stage.window, Qt::Key_Space);
        QTest::keyClick(&stage.window, Qt::Key_PageUp);
        QCOMPARE(view.course().number(), std::size_t{1});
        stage.window.actions().endLesson->trigger();
        QVERIFY(!view.isVisible());
        QTest::keyClick(&stage.window, Qt::Key_Space); // time has its keys again
        QCOMPARE(stage.window.playback().mode(), Playback::Mode::Paused);
    }
    void givenASpotlight_whenPainted_thenOthersAreDimmed() {
        EventStory story;
        story.whole();
        Playback playback;
        playback.take(story.events);
        TopologyView map;
        map.resize(900, 520);
        map.setTopology(topologyOf(playback.model()));
        const QImage bright = map.grab().toImage();
        map.setSpotlight({telemetry::componentId(EventStory::element(2))});
        QVERIFY(map.grab().toImage() != bright);
        map.setSpotlight({});
        QCOMPARE(map.grab().toImage(), bright);
    }
    void givenTheShelf_whenLookedAt_thenTenLessonsSpeakAllLanguages() {
        const QList<ShippedLesson> lessons = shippedLessons();
        QCOMPARE(lessons.size(), 10);
        for (const ShippedLesson& lesson : lessons) {
            const auto scenario = readScenarioFile(lesson.path);
            QVERIFY(scenario);
            QCOMPARE(scenario->words.byLanguage.size(), std::size_t{3});
            for (const lab::LessonStep& step : scenario->lesson) {
                for (const char* const language : {"en", "de", "nb"}) {
                    QVERIFY2(step.say.byLanguage.contains(language), qPrintable(lesson.title));
                    QVERIFY(step.ask.empty() || step.ask.byLanguage.contains(language));
                    for (const lab::LessonAnswer& answer : step.answers) {
                        QVERIFY(answer.say.byLanguage.contains(language));
                    }
                }
            }
        }
        QVERIFY(!readScenarioFile(QStringLiteral("/nowhere")));
    }
    void givenAShippedLesson_whenTaughtWithRealProcesses_thenItComesToItsEnd_data() {
        QTest::addColumn<QString>("path");
        for (const ShippedLesson& lesson : shippedLessons()) {
            QTest::newRow(qPrintable(lesson.path.section(u'/', -1))) << lesson.path;
        }
    }
    void givenAShippedLesson_whenTaughtWithRealProcesses_thenItComesToItsEnd() {
        QFETCH(QString, path);
        const QTemporaryDir folder;
        qputenv("XDG_RUNTIME_DIR", folder.path().toLocal8Bit());
        const auto scenario = readScenarioFile(path);
        QVERIFY(scenario);
        QCOMPARE(copyScenario(path, folder.filePath(QStringLiteral("s.rsdemo"))), QString());
        CoreFeed feed({.folder = telemetry::observerFolder("lesson"), .scope = QStringLiteral("lesson"), .csp = {}});
        const auto descriptor = startLab({.programs = QCoreApplication::applicationDirPath(),
                                          .scenario = folder.filePath(QStringLiteral("s.rsdemo")),
                                          .logs = folder.path(),
                                          .scope = QStringLiteral("lesson"),
                                          .byHand = true,
                                          .windows = false});
        QVERIFY(descriptor);
        LabClient lab(*descriptor, folder.path());
        QSignalSpy troubles(&lab, &LabClient::failed);
        MonitorWindow window(feed, &lab, {.useSettings = false});
        window.teach(*scenario, lab);
        window.show();
        LessonPilot pilot(window.lesson(), std::chrono::milliseconds{100});
        QTRY_VERIFY2_WITH_TIMEOUT(!window.lesson().isOn(), qPrintable(window.lesson().caption()), patience);
        QVERIFY2(troubles.isEmpty(), troubles.isEmpty() ? "" : qPrintable(troubles.first().first().toString()));
        QVERIFY(lab.members().size() >= 4);
    }
};

int main(int argc, char** argv) {
    programs::blockSignals();
    QApplication application(argc, argv);
    EnglishPlurals plurals;
    QCoreApplication::installTranslator(&plurals);
    TestMonitorLessons test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_lessons.moc"
