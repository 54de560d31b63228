// SPDX-License-Identifier: GPL-3.0-or-later
// The fractal window in every language, at the size it opens with: whether all of its words can be read, in every state
// that has words of its own. KOLAM_PICTURES=FOLDER saves pictures of what is looked at.
#include "gui/common/shortcut_sheet.h"
#include "gui/fractal/main_window.h"
#include "gui/fractal/window_actions.h"
#include "tests/gui/common/spoken_language.h"
#include "tests/gui/common/untranslated_text.h"
#include "tests/gui/common/window_reader.h"
#include "tests/gui/fake_backend.h"

#include <QMessageBox>

using namespace kolam;
using namespace kolam::gui;

namespace {

constexpr QSize firstSize{1440, 900}; // as gui/fractal/main.cpp opens it

const WindowReader reader(QStringLiteral("fractal"), firstSize);

struct Stage {
    FakeBackend backend;
    FakeControl control{backend};
    FractalRun run{backend, &control, QStringLiteral("FractalGeneratorPool")};
    MainWindow window;
    Stage() : window(run, {.insecureLan = true, .overlay = QStringLiteral("elements"), .useSettings = false}) {
        control.announce(3);
        window.resize(firstSize);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        backend.setRegistrar(true);
        Place place = homePlace();
        place.maxIterations = 50;
        window.begin(place);
        QTRY_VERIFY(backend.starts() > 0);
    }
};

} // namespace

class TestFractalLanguages : public QObject {
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
        stage.backend.step(5);
        const QString name = language + u'-' + themeName(theme);
        QStringList clipped = reader.look(stage.window, name + QStringLiteral("-computing"));
        stage.backend.kill(stage.backend.element(0));
        stage.backend.step(3);
        clipped += reader.look(stage.window, name + QStringLiteral("-failover"));
        stage.run.freeze(stage.backend.element(1));
        stage.run.kill(stage.backend.element(2));
        for (const WaitReason reason :
             {WaitReason::NoRegistrar, WaitReason::NoElement, WaitReason::Refused, WaitReason::ConnectFailed}) {
            stage.backend.setBlocked(reason);
            stage.backend.step();
            clipped += reader.look(stage.window, name + QStringLiteral("-waits-%1").arg(static_cast<int>(reason)));
        }
        stage.backend.setBlocked(WaitReason::None);
        stage.backend.finish();
        clipped += reader.look(stage.window, name + QStringLiteral("-complete"));
        QVERIFY2(clipped.isEmpty(), qPrintable(clipped.join(u'\n')));
    }
    void givenALanguageThatDoesNotExist_whenTheWindowIsShown_thenNoWordIsEnglish() {
        const SpokenLanguage spoken(QStringLiteral("longer"));
        Stage stage;
        stage.backend.step(5);
        stage.backend.kill(stage.backend.element(0));
        stage.backend.step(3);
        stage.backend.finish();
        const QStringList english = UntranslatedText::in(
            stage.window,
            QRegularExpression(QStringLiteral("Ctrl|Shift|Alt|Del|PgUp|PgDown|Home|End|Space|Left|Right|Up|Down|Esc|"
                                              "Enter|Return|kolam-[a-z]+|FractalGeneratorPool|rsplib|Input \\d+")));
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
        const QStringList clipped = reader.lookAtDialogs(stage.window, language, 2);
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

QTEST_MAIN(TestFractalLanguages)
#include "test_languages.moc"
