// SPDX-License-Identifier: GPL-3.0-or-later
// The sheet behind "?": every action of a window with its keys, made from the actions themselves, so it cannot lie.
#pragma once

#include <QDialog>
#include <QList>
#include <QString>

class QAction;

namespace kolam::gui {

/// A mouse gesture, which has no action.
struct Gesture {
    QString what;
    QString how;
};

class ShortcutSheet : public QDialog {
    Q_OBJECT
public:
    ShortcutSheet(const QList<QAction*>& actions, const QList<Gesture>& gestures, QWidget* parent);
    /// "Zoom in": the action's text without mnemonic and dots.
    [[nodiscard]] static QString plainText(const QAction& action);
    /// The lines shown, for tests and for copying: "Zoom in\t+".
    [[nodiscard]] QStringList lines() const { return m_lines; }

private:
    QStringList m_lines;
};

} // namespace kolam::gui
