// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a window as a person would in one language: what is clipped of it and of its open dialogs.
// KOLAM_PICTURES=FOLDER saves pictures of what is looked at. Next door: clipped_text.h, which knows what clipped means.
#pragma once

#include "tests/gui/common/clipped_text.h"

#include <QCoreApplication>
#include <QDialog>

namespace kolam::gui {

class WindowReader {
public:
    /// `program` begins the names of pictures; the window opens with `firstSize`.
    WindowReader(QString program, QSize firstSize) : m_program(std::move(program)), m_firstSize(firstSize) {}

    /// One line for each clipped text, `name` before it.
    [[nodiscard]] QStringList look(QWidget& window, const QString& name) const {
        QCoreApplication::processEvents();
        if (const QString folder = qEnvironmentVariable("KOLAM_PICTURES"); !folder.isEmpty()) {
            window.grab().save(QStringLiteral("%1/%2-%3.png").arg(folder, m_program, name));
        }
        QStringList found = ClippedText::in(window, m_firstSize);
        for (QString& line : found) {
            line.prepend(name + QStringLiteral(": "));
        }
        return found;
    }
    /// The same of all open dialogs; one line more unless there are as many as `expected`.
    [[nodiscard]] QStringList lookAtDialogs(const QWidget& window, const QString& name, int expected) const {
        QStringList found;
        int dialogs = 0;
        for (QDialog* const dialog : window.findChildren<QDialog*>()) {
            if (dialog->isVisible()) {
                found += look(*dialog, name + QStringLiteral("-dialog-%1").arg(++dialogs));
            }
        }
        if (dialogs != expected) {
            found += QStringLiteral("%1: %2 dialogs are open, %3 should be").arg(name).arg(dialogs).arg(expected);
        }
        return found;
    }

private:
    QString m_program;
    QSize m_firstSize;
};

} // namespace kolam::gui
