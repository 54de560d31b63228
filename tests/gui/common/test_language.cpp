// SPDX-License-Identifier: GPL-3.0-or-later
// Which language is chosen, and that its words arrive: plurals, numbers, Qt's own buttons, and texts of command lines.
#include "gui/common/element_state.h"
#include "gui/common/language.h"
#include "gui/common/sentences.h"

#include <QLocale>
#include <QProcess>
#include <QtTest>

using namespace kolam;
using namespace kolam::gui;
using namespace std::chrono_literals;

namespace {

QString sessions(int count) {
    return QCoreApplication::translate("Map", "%n session(s)", nullptr, count);
}

struct Said {
    QString text;
    int exitCode = -1;
};
Said said(const QString& program, const QStringList& arguments, const QString& languages = {}) {
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("en_GB.UTF-8"));
    environment.insert(QStringLiteral("LANGUAGE"), languages);
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    process.waitForFinished();
    return {QString::fromUtf8(process.readAll()), process.exitCode()};
}

} // namespace

class TestLanguage : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        const Translations translations({Language::German, false});
        if (!translations.complete()) {
            QSKIP("built without lrelease");
        }
    }
    void cleanup() { QLocale::setDefault(QLocale::c()); }

    void givenWhatAPersonLikes_whenChosen_thenTheFirstThatThereIsCounts_data() {
        QTest::addColumn<QStringList>("locales");
        QTest::addColumn<QString>("code");
        QTest::newRow("German in Austria") << QStringList{"de-AT", "de"} << "de";
        QTest::newRow("bokmål") << QStringList{"nb-NO", "nb"} << "nb";
        QTest::newRow("nynorsk") << QStringList{"nn-NO", "nn"} << "nb";
        QTest::newRow("Norwegian, as it was called") << QStringList{"no"} << "nb";
        QTest::newRow("French first, then German") << QStringList{"fr-FR", "fr", "de"} << "de";
        QTest::newRow("English before German") << QStringList{"en-GB", "en", "de"} << "en";
        QTest::newRow("none of them") << QStringList{"fr-FR", "ta"} << "en";
        QTest::newRow("C") << QStringList{"C"} << "en";
        QTest::newRow("nothing") << QStringList{} << "en";
    }
    void givenWhatAPersonLikes_whenChosen_thenTheFirstThatThereIsCounts() {
        QFETCH(QStringList, locales);
        QTEST(languageCode(languageOf(locales)), "code");
    }
    void givenCommandLine_whenALanguageIsAskedFor_thenItIsTaken() {
        const auto chosen = [](const QStringList& options) {
            return chosenLanguage(QStringList{QStringLiteral("window")} + options);
        };
        QCOMPARE(chosen({"--lang", "de"}), (LanguageChoice{Language::German, true}));
        QCOMPARE(chosen({"--theme", "dark", "--lang=nb"}), (LanguageChoice{Language::Norwegian, true}));
        QCOMPARE(chosen({"--lang", "de", "--lang", "en"}), (LanguageChoice{Language::English, true}));
        QVERIFY(!chosen({"--lang", "tlh"}).asked);
        QVERIFY(!chosen({"--lang"}).asked);
        QVERIFY(!chosen({}).asked);
    }
    void givenLanguage_whenSpoken_thenPluralsAndNumbersAreItsOwn() {
        const Duration duration = 2'810us;
        {
            const Translations translations({Language::English, true});
            QCOMPARE(sessions(1), QStringLiteral("1 session"));
            QCOMPARE(sessions(0), QStringLiteral("0 sessions"));
            QCOMPARE(textOf(duration), QStringLiteral("2.81 ms"));
        }
        {
            const Translations translations({Language::German, true});
            QCOMPARE(sessions(1), QStringLiteral("1 Sitzung"));
            QCOMPARE(sessions(0), QStringLiteral("0 Sitzungen"));
            QCOMPARE(sessions(21), QStringLiteral("21 Sitzungen"));
            QCOMPARE(textOf(duration), QStringLiteral("2,81 ms"));
            QCOMPARE(wordOf(ElementState::Frozen), QStringLiteral("eingefroren"));
            QCOMPARE(amountText(3, "rows"), QStringLiteral("3 Zeilen"));
            QCOMPARE(amountText(3, "parsecs"), QStringLiteral("3 parsecs"));
            QCOMPARE(toldText("no element"), QStringLiteral("kein Element"));
            QCOMPARE(toldText("<b>else</b>"), QStringLiteral("<b>else</b>"));
        }
        {
            const Translations translations({Language::Norwegian, true});
            QCOMPARE(sessions(1), QStringLiteral("1 sesjon"));
            QCOMPARE(sessions(2), QStringLiteral("2 sesjoner"));
            QCOMPARE(QCoreApplication::translate("QPlatformTheme", "Cancel"), QStringLiteral("Avbryt"));
        }
        QCOMPARE(sessions(2), QStringLiteral("%n session(s)").replace(QStringLiteral("%n"), QStringLiteral("2")));
    }
    void givenLanguageOfTheDesktop_whenNobodyAsks_thenNumbersStayThoseOfTheDesktop() {
        const Translations translations({Language::German, false});
        QCOMPARE(textOf(2'810us), QStringLiteral("2.81 ms")); // the tests' desktop writes as in C
    }
    void givenProgram_whenAskedForHelp_thenItAnswersInTheLanguage_data() {
        QTest::addColumn<QString>("program");
        QTest::newRow("fractal") << QStringLiteral(KOLAM_FRACTAL);
        QTest::newRow("monitor") << QStringLiteral(KOLAM_MONITOR);
    }
    void givenProgram_whenAskedForHelp_thenItAnswersInTheLanguage() {
        QFETCH(QString, program);
        QVERIFY(said(program, {"--help"}).text.contains(QStringLiteral("Language of the window")));
        QVERIFY(said(program, {"--help", "--lang", "de"}).text.contains(QStringLiteral("Sprache des Fensters")));
        QVERIFY(said(program, {"--help"}, QStringLiteral("nn:nb")).text.contains(QStringLiteral("Språket i vinduet")));
        const Said wrong = said(program, {"--lang", "tlh"});
        QCOMPARE(wrong.exitCode, 2);
        QVERIFY2(wrong.text.contains(QStringLiteral("--lang: “tlh”")), qPrintable(wrong.text));
    }
};

QTEST_GUILESS_MAIN(TestLanguage)
#include "test_language.moc"
