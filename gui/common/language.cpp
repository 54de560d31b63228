// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/common/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <array>

namespace kolam::gui {

namespace {

constexpr std::array<const char*, 3> languageCodes{"en", "de", "nb"}; // in the order of Language

struct LanguageWords {
    Q_DECLARE_TR_FUNCTIONS(Language)
};

QLocale localeOf(Language language) {
    return QLocale(languageCode(language));
}

Language theSpokenLanguage = Language::English;

} // namespace

std::optional<Language> languageFromCode(const QString& code) {
    for (std::size_t i = 0; i < languageCodes.size(); ++i) {
        if (code == QLatin1String(languageCodes[i])) {
            return static_cast<Language>(i);
        }
    }
    return {};
}

QString languageCode(Language language) {
    return QString::fromLatin1(languageCodes[static_cast<std::size_t>(language)]);
}

Language languageOf(const QStringList& locales) {
    for (const QString& locale : locales) {
        switch (QLocale(locale).language()) {
        case QLocale::English: return Language::English;
        case QLocale::German: return Language::German;
        case QLocale::NorwegianBokmal:
        case QLocale::NorwegianNynorsk: return Language::Norwegian;
        default: break;
        }
    }
    return Language::English;
}

LanguageChoice chosenLanguage(const QStringList& arguments) {
    const QString option = QStringLiteral("--lang");
    std::optional<Language> asked;
    for (qsizetype i = 1; i < arguments.size(); ++i) {
        const QString& argument = arguments[i];
        if (argument == option && i + 1 < arguments.size()) {
            asked = languageFromCode(arguments[++i]);
        } else if (argument.startsWith(option + u'=')) {
            asked = languageFromCode(argument.mid(option.size() + 1));
        }
    }
    return asked ? LanguageChoice{*asked, true} : LanguageChoice{languageOf(QLocale::system().uiLanguages()), false};
}

QString languageOptionHelp() {
    return LanguageWords::tr("Language of the window: en, de or nb; else that of the desktop.");
}

QString languageMistake(const QString& code) {
    return LanguageWords::tr("--lang: “%1” is none of en, de, nb").arg(code);
}

Language spokenLanguage() {
    return theSpokenLanguage;
}

Translations::~Translations() {
    theSpokenLanguage = Language::English;
}

Translations::Translations(LanguageChoice choice) {
    theSpokenLanguage = choice.language;
    QCoreApplication::installTranslator(&m_plurals);
    if (choice.asked) {
        QLocale::setDefault(localeOf(choice.language));
    }
    if (choice.language == Language::English) {
        return;
    }
    const QString folder = QStringLiteral(":/kolam/words/");
    const QString code = languageCode(choice.language);
    // Qt has no Norwegian bokmål: what our windows show of it is among our own words.
    if (m_qt.load(folder + QStringLiteral("qt_") + code) ||
        m_qt.load(QStringLiteral("qtbase_") + code, QLibraryInfo::path(QLibraryInfo::TranslationsPath))) {
        QCoreApplication::installTranslator(&m_qt);
    }
    m_complete = m_words.load(folder + QStringLiteral("kolam_") + code);
    if (m_complete) {
        QCoreApplication::installTranslator(&m_words);
    }
}

} // namespace kolam::gui
