// SPDX-License-Identifier: GPL-3.0-or-later
// Every action of a window by a few letters of its name: Ctrl+Shift+P, type, Enter. Made from the actions themselves.
// Next door: shortcut_sheet.h.
#pragma once

#include <QDialog>
#include <QList>

class QAction;
class QLineEdit;
class QListWidget;

namespace kolam::gui {

class CommandPalette final : public QDialog {
    Q_OBJECT
public:
    CommandPalette(const QList<QAction*>& actions, QWidget* parent);
    /// Whether the letters are in the name in this order, anywhere.
    [[nodiscard]] static bool fits(const QString& letters, const QString& name);
    [[nodiscard]] QLineEdit& field() { return *m_field; }
    [[nodiscard]] QStringList shown() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void narrow(const QString& letters);
    void run();
    QList<QAction*> m_actions;
    QLineEdit* m_field;
    QListWidget* m_list;
};

} // namespace kolam::gui
