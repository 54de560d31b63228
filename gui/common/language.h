// SPDX-License-Identifier: GPL-3.0-or-later
// In which language windows speak: the one asked for with --lang, or the first of the desktop's that there is. The
// words are in translations/ and part of the program; where they were built without Qt's tools, everything is English.
// Next door: english_plurals.h, which comes last.
#pragma once

#include "gui/common/english_plurals.h"

#include <QStringList>
#include <optional>

namespace kolam::gui {

enum class Language : quint8 { English, German, Norwegian };

/// "en", "de", "nb"; nothing for all others.
[[nodiscard]] std::optional<Language> languageFromCode(const QString& code);
[[nodiscard]] QString languageCode(Language language);
/// Whose words the windows have now; English before anybody has chosen.
[[nodiscard]] Language spokenLanguage();
/// The first that there is, of locales in the order in which a person likes them (as QLocale::uiLanguages() has them);
/// else English. Who reads either form of Norwegian gets bokmål.
[[nodiscard]] Language languageOf(const QStringList& locales);

struct LanguageChoice {
    Language language = Language::English;
    bool asked = false; // with --lang: numbers, too, are written as in that language
    friend bool operator==(const LanguageChoice&, const LanguageChoice&) = default;
};
/// The last "--lang CODE" or "--lang=CODE" of a command line, before anybody has read it: so that the texts about
/// options are in that language, too. What is no code of ours counts as not asked.
[[nodiscard]] LanguageChoice chosenLanguage(const QStringList& arguments);

/// What every window's --help says of the option, and what is said when there is no such language.
[[nodiscard]] QString languageOptionHelp();
[[nodiscard]] QString languageMistake(const QString& code);

/// Gives the application its words, as long as this lives. Needs a QCoreApplication.
class Translations final {
public:
    explicit Translations(LanguageChoice choice);
    ~Translations();
    Translations(const Translations&) = delete;
    Translations& operator=(const Translations&) = delete;
    /// Whether our own words are there in that language; always for English.
    [[nodiscard]] bool complete() const { return m_complete; }

private:
    EnglishPlurals m_plurals;
    QTranslator m_qt; // buttons and menus that Qt makes
    QTranslator m_words;
    bool m_complete = true;
};

} // namespace kolam::gui
