// SPDX-License-Identifier: GPL-3.0-or-later
// Qt forms plurals from translation files only, also in English. This small translator writes "1 tile", "2 tiles" for
// "%n tile(s)" when no language file is loaded; one that is installed later comes first.
#pragma once

#include <QTranslator>

namespace kolam::gui {

class EnglishPlurals final : public QTranslator {
public:
    using QTranslator::QTranslator;
    QString translate(const char* /*context*/, const char* source, const char* /*disambiguation*/,
                      int n) const override {
        if (n < 0 || source == nullptr || qstrlen(source) == 0) {
            return {};
        }
        QString text = QString::fromUtf8(source);
        if (!text.contains(QLatin1String("(s)"))) {
            return {};
        }
        return text.replace(QLatin1String("(s)"), n == 1 ? QString() : QStringLiteral("s"));
    }
    [[nodiscard]] bool isEmpty() const override { return false; }
};

} // namespace kolam::gui
