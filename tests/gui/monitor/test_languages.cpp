// SPDX-License-Identifier: GPL-3.0-or-later
// The monitor's window in every language, at the size it opens with: whether all of its words can be read, with events,
// faults, a range of time, and each panel in front. KOLAM_PICTURES=FOLDER saves pictures of what is looked at.
#include "gui/common/command_palette.h"
#include "gui/common/shortcut_sheet.h"
#include "gui/common/timeline_bar.h"
#include "gui/monitor/lesson_shelf.h"
#include "gui/monitor/lesson_view.h"
#include "gui/monitor/monitor_actions.h"
#include "tests/gui/common/spoken_language.h"
#include "tests/gui/common/untranslated_text.h"
#include "tests/gui/common/window_reader.h"
#include "tests/gui/monitor/monitor_stage.h"

#include <QDialog>
#include <QMessageBox>

using namespace kolam;
using namespace kolam::gui;

namespace {

constexpr QSize firstSize{1600, 1000}; // as gui/monitor/main.cpp opens it

const WindowReader reader(QStringLiteral("monitor"), firstSize);

struct Stage : MonitorStage {
    Stage() {
        window.resize(firstSize);
        show();
    }
    void tellAll() {
        story.whole();
        tell();
        window.refresh();
    }
};

} // namespace

class TestMonitorLanguages : public QObject {
    Q_OBJECT
private slots:
    void init() { applyTheme(*qApp, Theme::Dark); }

    void givenLanguage_whenTheWindowIsShown_thenAllItsWordsCanBeRead_data() {
        SpokenLanguage::rows({Theme::Dark, Theme::Presenter});
    }
    void givenLanguage_whenTheWindowIsShown_thenAllItsWordsCanBeRead() {
        QFETCH(QString, language);
        QFETCH(Theme, theme);
        applyTheme(*qApp, theme);
        const SpokenLanguage spoken(language);
        if (!spoken.isThere()) {
            QSKIP("built without lrelease");
        }
        Stage stage;
        const QString name = language + u'-' + themeName(theme);
        QStringList clipped = reader.look(stage.window, name + QStringLiteral("-empty"));
        stage.tellAll();
        stage.window.select(elementNode(stage.story.pool, EventStory::element(2)));
        clipped += reader.look(stage.window, name + QStringLiteral("-live"));
        stage.window.actions().loss->trigger();
        stage.window.actions().delay->trigger();
        stage.window.actions().pause->trigger();
        auto* const timeline = stage.window.findChild<TimelineBar*>();
        const EventHistory& history = stage.window.playback().history();
        timeline->setRange(TimelineBar::Range{history.timeAt(history.begin()), history.timeAt(history.end() - 1)});
        for (QDockWidget* const dock : stage.window.findChildren<QDockWidget*>()) {
            dock->raise(); // those behind others, too
            clipped += reader.look(stage.window, name + u'-' + dock->objectName());
        }
        QVERIFY2(clipped.isEmpty(), qPrintable(clipped.join(u'\n')));
    }
    void givenLanguage_whenALessonIsTaught_thenItsWordsCanBeRead_data() {
        QTest::addColumn<QString>("language");
        QTest::addColumn<Theme>("theme");
        for (const char* const language : {"en", "de", "nb"}) {
            for (const Theme theme : {Theme::Dark, Theme::Presenter}) {
                QTest::addRow("%s-%s", language, qPrintable(themeName(theme)))
                    << QString::fromLatin1(language) << theme;
            }
        }
    }
    void givenLanguage_whenALessonIsTaught_thenItsWordsCanBeRead() {
        QFETCH(QString, language);
        QFETCH(Theme, theme);
        applyTheme(*qApp, theme);
        const SpokenLanguage spoken(language);
        if (!spoken.isThere()) {
            QSKIP("built without lrelease");
        }
        QStringList clipped;
        int number = 0;
        for (const ShippedLesson& shipped : shippedLessons()) {
            Stage stage;
            stage.tellAll();
            const auto scenario = readScenarioFile(shipped.path);
            stage.window.teach(scenario->words, scenario->lesson);
            LessonView& lesson = stage.window.lesson();
            ++number;
            for (std::size_t step = 0; step < lesson.course().count(); ++step) {
                clipped += reader.look(
                    stage.window,
                    QStringLiteral("%1-%2-lesson-%3-%4").arg(language, themeName(theme)).arg(number).arg(step));
                lesson.skip();
            }
        }
        QVERIFY2(clipped.isEmpty(), qPrintable(clipped.join(u'\n')));
    }
    void givenALanguageThatDoesNotExist_whenTheWindowIsShown_thenNoWordIsEnglish() {
        const SpokenLanguage spoken(QStringLiteral("longer"));
        Stage stage;
        stage.tellAll();
        stage.window.select(elementNode(stage.story.pool, EventStory::element(2)));
        stage.window.actions().loss->trigger();
        QStringList names{QStringLiteral("\\blab\\b|</?span>|kolam[ -][a-z "
                                         "]+|FractalGeneratorPool|LeastUsed|Ctrl|Shift|Alt|Del|PgUp|PgDown|Home|End|"
                                         "Space|Left|Right|Up|Down|Esc|Enter|Return|Backspace")};
        // The tool tip of an event is its line in the language of machines, as `kolam replay` has it.
        names.append(QStringLiteral("^\\d\\d:\\d\\d:\\d\\d\\.\\d{9} .*"));
        for (const ShippedLesson& lesson : shippedLessons()) { // in the languages of their files
            names.append(QRegularExpression::escape(lesson.title));
        }
        const QStringList english = UntranslatedText::in(stage.window, QRegularExpression(names.join(u'|')));
        QVERIFY2(english.isEmpty(), qPrintable(english.join(u'\n')));
    }
    void givenLanguage_whenDialogsAreOpened_thenAllTheirWordsCanBeRead_data() { SpokenLanguage::rows(); }
    void givenLanguage_whenDialogsAreOpened_thenAllTheirWordsCanBeRead() {
        QFETCH(QString, language);
        const SpokenLanguage spoken(language);
        if (!spoken.isThere()) {
            QSKIP("built without lrelease");
        }
        Stage stage;
        stage.window.actions().help->trigger();
        stage.window.actions().about->trigger();
        stage.window.actions().palette->trigger();
        const QStringList clipped = reader.lookAtDialogs(stage.window, language, 3);
        QVERIFY2(clipped.isEmpty(), qPrintable(clipped.join(u'\n')));
    }
    void givenLanguage_whenMenusAreOpened_thenNoKeyMeansTwoThings_data() { SpokenLanguage::existing(); }
    void givenLanguage_whenMenusAreOpened_thenNoKeyMeansTwoThings() {
        QFETCH(QString, language);
        const SpokenLanguage spoken(language);
        if (!spoken.isThere()) {
            QSKIP("built without lrelease");
        }
        const Stage stage;
        const QStringList same = sameMnemonics(stage.window);
        QVERIFY2(same.isEmpty(), qPrintable(same.join(u'\n')));
    }
};

QTEST_MAIN(TestMonitorLanguages)
#include "test_languages.moc"
