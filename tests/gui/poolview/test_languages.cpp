// SPDX-License-Identifier: GPL-3.0-or-later
// The pool view in every language, at the size it opens with: whether all of its words can be read, in each of its
// tables. KOLAM_PICTURES=FOLDER saves pictures of what is looked at.
#include "gui/common/command_palette.h"
#include "gui/common/shortcut_sheet.h"
#include "gui/poolview/operation_dialog.h"
#include "gui/poolview/pool_view_actions.h"
#include "tests/gui/common/spoken_language.h"
#include "tests/gui/common/untranslated_text.h"
#include "tests/gui/common/window_reader.h"
#include "tests/gui/poolview/pool_view_stage.h"

#include <QDialog>

using namespace kolam;
using namespace kolam::gui;

namespace {

constexpr QSize firstSize{1500, 900}; // as gui/poolview/main.cpp opens it

const WindowReader reader(QStringLiteral("poolview"), firstSize);

} // namespace

class TestPoolViewLanguages : public QObject {
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
        PoolViewStage stage;
        stage.show();
        const QString name = language + u'-' + themeName(theme);
        QStringList clipped = reader.look(stage.window, name + QStringLiteral("-empty"));
        stage.story.whole();
        stage.story.tell(telemetry::componentId(stage.story.one),
                         telemetry::ElementRegistered{stage.story.facts(9, stage.story.one)}); // they differ
        stage.tell();
        for (const QString& view : viewKeys()) {
            stage.window.showView(view);
            stage.window.refresh();
            clipped += reader.look(stage.window, name + u'-' + view);
        }
        QVERIFY2(clipped.isEmpty(), qPrintable(clipped.join(u'\n')));
    }
    void givenALanguageThatDoesNotExist_whenTheWindowIsShown_thenNoWordIsEnglish() {
        const SpokenLanguage spoken(QStringLiteral("longer"));
        PoolViewStage stage;
        stage.show();
        stage.story.whole();
        stage.tell();
        stage.window.select(elementNode(stage.story.pool, EventStory::element(2)));
        // The tool tip of an event is its line in the language of machines, as `kolam replay` has it.
        const QStringList english = UntranslatedText::in(
            stage.window, QRegularExpression(QStringLiteral(
                              "\\blab\\b|</?span>|kolam[ -][a-z ]+|FractalGeneratorPool|LeastUsed|Ctrl|Shift|Alt|Del|"
                              "PgUp|PgDown|Home|End|Space|Left|Right|Up|Down|Esc|Enter|Return|"
                              "^\\d\\d:\\d\\d:\\d\\d\\.\\d{9} .*")));
        QVERIFY2(english.isEmpty(), qPrintable(english.join(u'\n')));
    }
    void givenLanguage_whenDialogsAreOpened_thenAllTheirWordsCanBeRead_data() { SpokenLanguage::rows(); }
    void givenLanguage_whenDialogsAreOpened_thenAllTheirWordsCanBeRead() {
        QFETCH(QString, language);
        const SpokenLanguage spoken(language);
        if (!spoken.isThere()) {
            QSKIP("built without lrelease");
        }
        PoolViewStage stage;
        stage.show();
        stage.story.whole();
        stage.tell();
        stage.window.actions().findEvents->trigger();
        stage.window.actions().help->trigger();
        stage.window.actions().about->trigger();
        stage.window.actions().palette->trigger();
        QStringList clipped = reader.lookAtDialogs(stage.window, language, 4);
        for (std::size_t i = 0; i < operationCount; ++i) {
            const std::vector<NodeId> nodes{elementNode(stage.story.pool, EventStory::element(1)),
                                            elementNode(stage.story.pool, EventStory::element(2))};
            const auto operation = static_cast<Operation>(i);
            OperationDialog dialog(stage.window.actions().operations[i]->text(), operation, nodes,
                                   {.sentence = QStringLiteral("S"), .challenge = QStringLiteral("EchoPool")}, nullptr);
            dialog.show();
            QVERIFY(QTest::qWaitForWindowExposed(&dialog));
            clipped += reader.look(dialog, language + QStringLiteral("-operation-%1").arg(i));
        }
        QVERIFY2(clipped.isEmpty(), qPrintable(clipped.join(u'\n')));
    }
    void givenLanguage_whenMenusAreOpened_thenNoKeyMeansTwoThings_data() { SpokenLanguage::existing(); }
    void givenLanguage_whenMenusAreOpened_thenNoKeyMeansTwoThings() {
        QFETCH(QString, language);
        const SpokenLanguage spoken(language);
        if (!spoken.isThere()) {
            QSKIP("built without lrelease");
        }
        const PoolViewStage stage;
        const QStringList same = sameMnemonics(stage.window);
        QVERIFY2(same.isEmpty(), qPrintable(same.join(u'\n')));
    }
};

QTEST_MAIN(TestPoolViewLanguages)
#include "test_languages.moc"
