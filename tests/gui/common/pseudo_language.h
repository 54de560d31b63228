// SPDX-License-Identifier: GPL-3.0-or-later
// A language that does not exist: English with accents and a third longer, as other languages are. A window that can
// show it can show any; and what is read without accents was never translated.
#pragma once

#include <QTranslator>
#include <algorithm>

namespace kolam::gui {

class PseudoLanguage final : public QTranslator {
public:
    using QTranslator::QTranslator;
    [[nodiscard]] bool isEmpty() const override { return false; }
    QString translate(const char* /*context*/, const char* source, const char* /*disambiguation*/,
                      int /*n*/) const override {
        return source == nullptr ? QString() : pseudo(QString::fromUtf8(source));
    }
    static QString pseudo(const QString& english) {
        static const QString plain = QStringLiteral("aceinousyzACEINOUSYZ");
        static const QString accented = QStringLiteral("àçéîñöûšýžÀÇÉÎÑÖÛŠÝŽ");
        QString text;
        qsizetype letters = 0;
        for (qsizetype i = 0; i < english.size(); ++i) {
            if (english[i] == u'%' && i + 1 < english.size() && english[i + 1].isLetterOrNumber()) {
                text += english[i++]; // a placeholder stays as it is
                text += english[i];
                continue;
            }
            const qsizetype known = plain.indexOf(english[i]);
            text += known < 0 ? english[i] : accented[known];
            letters += english[i].isLetter() ? 1 : 0;
        }
        text.replace(QStringLiteral("(š)"), QStringLiteral("š"));
        if (letters < 4) {
            return text; // "PE %1", "%1 ms": signs are as short everywhere
        }
        // In words, so that what may be wrapped can be; before the end, whose sign is asked for now and then.
        QString longer;
        for (qsizetype more = (letters * 35 + 99) / 100; more > 0; more -= 6) {
            longer += QStringLiteral(" ") + QStringLiteral("ñöûšà").left(std::max<qsizetype>(more - 1, 1));
        }
        const bool ends = !text.isEmpty() && QStringLiteral(".:…?").contains(text.back());
        text.insert(text.size() - (ends ? 1 : 0), longer);
        return text;
    }
};

} // namespace kolam::gui
