// SPDX-License-Identifier: GPL-3.0-or-later
// Lets a window that is made from now on speak a language by its code; "en", "de", "nb", or "longer": one that does not
// exist, see pseudo_language.h.
#pragma once

#include "gui/common/language.h"
#include "gui/common/theme.h"
#include "tests/gui/common/pseudo_language.h"

#include <QLocale>
#include <QtTest>
#include <memory>

namespace kolam::gui {

class SpokenLanguage final {
public:
    explicit SpokenLanguage(const QString& code)
        : m_translations({languageFromCode(code).value_or(Language::English), code != u"longer"}) {
        if (code == u"longer") {
            QCoreApplication::installTranslator(&m_pseudo);
        }
    }
    ~SpokenLanguage() { QLocale::setDefault(QLocale::c()); }
    SpokenLanguage(const SpokenLanguage&) = delete;
    SpokenLanguage& operator=(const SpokenLanguage&) = delete;
    [[nodiscard]] bool isThere() const { return m_translations.complete(); }

    /// A column "language" with a row for each that exists.
    static void existing() {
        QTest::addColumn<QString>("language");
        for (const char* code : {"en", "de", "nb"}) {
            QTest::newRow(code) << QString::fromLatin1(code);
        }
    }
    /// Columns "language" and "theme" with a row for each; what does not exist is longer than what people see, and no
    /// measure for the theme of large letters.
    static void rows(std::initializer_list<Theme> themes = {Theme::Dark}) {
        QTest::addColumn<QString>("language");
        QTest::addColumn<Theme>("theme");
        for (const char* code : {"en", "de", "nb", "longer"}) {
            for (const Theme theme : themes) {
                if (theme != Theme::Presenter || qstrcmp(code, "longer") != 0) {
                    QTest::addRow("%s-%s", code, qPrintable(themeName(theme))) << QString::fromLatin1(code) << theme;
                }
            }
        }
    }

private:
    Translations m_translations;
    PseudoLanguage m_pseudo;
};

} // namespace kolam::gui
