// SPDX-License-Identifier: GPL-3.0-or-later
// The files in translations/: whether every word of the windows is there, finished, and fits its source. What is shown
// with them is tested with the windows.
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QXmlStreamReader>
#include <QtTest>
#include <vector>

namespace {

struct Message {
    QString context;
    QString source;
    QString type;      // empty: finished
    QStringList forms; // one, or one for each number
    bool counted = false;
    [[nodiscard]] QString key() const { return context + QStringLiteral(": ") + source; }
};

const QDir folder{QStringLiteral(KOLAM_SOURCE "/translations")};

std::vector<Message> messagesOf(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("%s cannot be read", qPrintable(path));
    }
    QXmlStreamReader xml(&file);
    std::vector<Message> messages;
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) {
            continue;
        }
        if (xml.name() == u"name") {
            context = xml.readElementText();
        } else if (xml.name() == u"message") {
            messages.push_back({.context = context, .source = {}, .type = {}, .forms = {}});
            messages.back().counted = xml.attributes().value(QStringLiteral("numerus")) == u"yes";
        } else if (xml.name() == u"source") {
            messages.back().source = xml.readElementText();
        } else if (xml.name() == u"translation") {
            messages.back().type = xml.attributes().value(QStringLiteral("type")).toString();
            if (!messages.back().counted) {
                messages.back().forms.append(xml.readElementText());
            }
        } else if (xml.name() == u"numerusform") {
            messages.back().forms.append(xml.readElementText());
        }
    }
    if (xml.hasError()) {
        qFatal("%s: %s", qPrintable(path), qPrintable(xml.errorString()));
    }
    return messages;
}

/// "%1", "%n", "%d" and the like, sorted. In "100 % –" there is none.
QStringList placeholders(const QString& text) {
    static const QRegularExpression form(QStringLiteral("%(L?\\d+|n|[.\\d]*[dfs])"));
    QStringList found;
    for (auto match = form.globalMatch(text); match.hasNext();) {
        found.append(match.next().captured());
    }
    found.sort();
    return found;
}

int mnemonics(const QString& text) {
    static const QRegularExpression form(QStringLiteral("&[^& ]"));
    return static_cast<int>(text.count(form));
}

/// What stands before and behind the words: what is put together from two texts needs the same.
QString edges(const QString& text) {
    static const QRegularExpression form(QStringLiteral("^(\\s*).*?([.:…?]?\\s*)$"),
                                         QRegularExpression::DotMatchesEverythingOption);
    const auto match = form.match(text);
    return match.captured(1) + u'|' + match.captured(2);
}

QString typography(const QString& text, const QString& language, bool qtWords) {
    const auto has = [&](const char16_t* signs) {
        return std::ranges::any_of(QStringView(signs), [&](QChar sign) { return text.contains(sign); });
    };
    if (language == u"de" && (has(u"”«»\"") || text.count(u'„') != text.count(u'“'))) {
        return QStringLiteral("quotation marks are „so“");
    }
    if (language == u"nb" && (has(u"“”„\"") || text.count(u'«') != text.count(u'»'))) {
        return QStringLiteral("quotation marks are «slik»");
    }
    if (text.contains(QStringLiteral("...")) && !qtWords) {
        return QStringLiteral("three dots are one sign");
    }
    return {};
}

QString mistakeOf(const Message& message, const QString& language) {
    if (!message.type.isEmpty()) {
        return message.type;
    }
    if (message.context.endsWith(QStringLiteral("Words"))) {
        // lupdate takes "std::" of a constant for the next function's class, and asks under a name that nobody has.
        return QStringLiteral("the wrong context: write what stands before its function without std::");
    }
    if (message.forms.size() != (message.counted ? 2 : 1)) {
        return QStringLiteral("wrong number of forms");
    }
    if (message.counted != message.source.contains(QStringLiteral("%n")) ||
        (!message.counted && message.source.contains(QStringLiteral("(s)")))) {
        return QStringLiteral("what is counted has %n: see english_plurals.h");
    }
    for (const QString& form : message.forms) {
        if (form.trimmed().isEmpty()) {
            return QStringLiteral("empty");
        }
        if (placeholders(form) != placeholders(message.source)) {
            return QStringLiteral("other placeholders");
        }
        if (mnemonics(form) != mnemonics(message.source)) {
            return QStringLiteral("other marks of keys (&)");
        }
        if (edges(form) != edges(message.source)) {
            return QStringLiteral("begins or ends otherwise");
        }
        if (const QString sign = typography(form, language, message.source.contains(QStringLiteral("...")));
            !sign.isEmpty()) {
            return sign;
        }
    }
    return {};
}

} // namespace

class TestTranslations : public QObject {
    Q_OBJECT
private slots:
    void givenTheWindows_whenTheirWordsAreCollected_thenNothingIsNewAndNothingIsGone_data() { languages(); }
    void givenTheWindows_whenTheirWordsAreCollected_thenNothingIsNewAndNothingIsGone() {
        QFETCH(QString, file);
        QTemporaryDir copies;
        for (const QString& name : folder.entryList({QStringLiteral("kolam_*.ts")})) {
            QVERIFY(QFile::copy(folder.filePath(name), copies.filePath(name)));
        }
        QProcess update;
        update.setProcessChannelMode(QProcess::ForwardedChannels);
        update.start(folder.filePath(QStringLiteral("update")), {copies.path()});
        QVERIFY(update.waitForFinished(60'000));
        if (update.exitCode() == 127) {
            QSKIP("lupdate is missing");
        }
        QCOMPARE(update.exitCode(), 0);
        QStringList ours;
        QStringList collected;
        for (const Message& message : messagesOf(folder.filePath(file))) {
            ours.append(message.key());
        }
        for (const Message& message : messagesOf(copies.filePath(file))) {
            collected.append(message.key());
        }
        QVERIFY(collected.size() > 600);
        QStringList differences;
        for (const QString& key : collected) {
            if (!ours.contains(key)) {
                differences.append(QStringLiteral("new: ") + key);
            }
        }
        for (const QString& key : ours) {
            if (!collected.contains(key)) {
                differences.append(QStringLiteral("gone: ") + key);
            }
        }
        QVERIFY2(differences.isEmpty(), qPrintable(QStringLiteral("call ./dev translate\n") + differences.join(u'\n')));
    }
    void givenTranslations_whenRead_thenEachIsFinishedAndFitsItsSource_data() {
        languages();
        QTest::newRow("Qt in Norwegian") << QStringLiteral("qt_nb.ts") << QStringLiteral("nb");
    }
    void givenTranslations_whenRead_thenEachIsFinishedAndFitsItsSource() {
        QFETCH(QString, file);
        QFETCH(QString, language);
        QStringList mistakes;
        for (const Message& message : messagesOf(folder.filePath(file))) {
            const QString mistake = mistakeOf(message, language);
            if (!mistake.isEmpty()) {
                mistakes.append(mistake + QStringLiteral(": ") + message.key() + QStringLiteral(" => ") +
                                message.forms.join(QStringLiteral(" / ")));
            }
        }
        QVERIFY2(mistakes.isEmpty(), qPrintable(mistakes.join(u'\n')));
    }
    void givenPicturesOfTheGallery_whenNamed_thenTheirNamesAreTranslated_data() { languages(); }
    void givenPicturesOfTheGallery_whenNamed_thenTheirNamesAreTranslated() { // which are names of files
        QFETCH(QString, file);
        QStringList known;
        for (const Message& message : messagesOf(folder.filePath(file))) {
            if (message.context == u"Gallery") {
                known.append(message.source);
            }
        }
        const QDir gallery(QStringLiteral(KOLAM_SOURCE "/demos/users/fractal/gallery"));
        const QStringList pictures = gallery.entryList({QStringLiteral("*.fsf")});
        QVERIFY(pictures.size() > 10);
        for (const QString& picture : pictures) {
            QString name = picture.section(u'-', 1).chopped(4).replace(u'-', u' '); // "08-star.fsf"
            name[0] = name[0].toUpper();
            QVERIFY2(known.contains(name), qPrintable(name + QStringLiteral(": see gallery_model.cpp")));
        }
    }
    void givenMistakes_whenLookedFor_thenTheyAreFound() {
        const auto mistake = [](const QString& source, const QString& words) {
            return mistakeOf({.context = {}, .source = source, .type = {}, .forms = {words}}, QStringLiteral("de"));
        };
        QVERIFY(mistake("%1 of %2", "%2 von %1").isEmpty());
        QVERIFY(!mistake("%1 of %2", "%1 von 2").isEmpty());
        QVERIFY(!mistake("&Open…", "Öffnen…").isEmpty());
        QVERIFY(!mistake("&Open…", "&Öffnen").isEmpty());
        QVERIFY(!mistake(" and ", "und").isEmpty());
        QVERIFY(!mistake("See “that”", "Siehe “das”").isEmpty());
        QVERIFY(!mistake("%n tile(s)", "%n Kacheln").isEmpty());
    }

private:
    static void languages() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("language");
        QTest::newRow("German") << QStringLiteral("kolam_de.ts") << QStringLiteral("de");
        QTest::newRow("Norwegian") << QStringLiteral("kolam_nb.ts") << QStringLiteral("nb");
    }
};

QTEST_GUILESS_MAIN(TestTranslations)
#include "test_translations.moc"
