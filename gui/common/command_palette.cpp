// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/common/command_palette.h"

#include "gui/common/shortcut_sheet.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

namespace kolam::gui {

CommandPalette::CommandPalette(const QList<QAction*>& actions, QWidget* parent)
    : QDialog(parent)
    , m_actions(actions)
    , m_field(new QLineEdit(this))
    , m_list(new QListWidget(this)) {
    setWindowTitle(tr("Commands"));
    m_field->setPlaceholderText(tr("A few letters of what you want to do"));
    m_field->setAccessibleName(tr("What to do"));
    m_list->setAccessibleName(tr("Commands that fit"));
    auto* const column = new QVBoxLayout(this);
    column->addWidget(m_field);
    column->addWidget(m_list);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::narrow);
    connect(m_field, &QLineEdit::returnPressed, this, &CommandPalette::run);
    connect(m_list, &QListWidget::itemActivated, this, &CommandPalette::run);
    m_field->installEventFilter(this);
    narrow({});
    resize(fontMetrics().averageCharWidth() * 64, fontMetrics().height() * 20);
}

bool CommandPalette::fits(const QString& letters, const QString& name) {
    qsizetype at = 0;
    for (const QChar letter : letters) {
        if (letter.isSpace()) {
            continue;
        }
        at = name.indexOf(letter, at, Qt::CaseInsensitive);
        if (at++ < 0) {
            return false;
        }
    }
    return true;
}

void CommandPalette::narrow(const QString& letters) {
    m_list->clear();
    for (int i = 0; i < m_actions.size(); ++i) {
        const QAction& action = *m_actions[i];
        const QString name = ShortcutSheet::plainText(action);
        if (!action.isEnabled() || action.isSeparator() || name.isEmpty() || !fits(letters, name)) {
            continue;
        }
        const QString keys = action.shortcut().toString(QKeySequence::NativeText);
        auto* const item =
            new QListWidgetItem(action.icon(), keys.isEmpty() ? name : tr("%1   (%2)").arg(name, keys), m_list);
        item->setData(Qt::UserRole, i);
    }
    m_list->setCurrentRow(0);
}

QStringList CommandPalette::shown() const {
    QStringList names;
    for (int row = 0; row < m_list->count(); ++row) {
        names.append(m_list->item(row)->text());
    }
    return names;
}

void CommandPalette::run() {
    const QListWidgetItem* const item = m_list->currentItem();
    if (item == nullptr) {
        return;
    }
    QAction* const action = m_actions[item->data(Qt::UserRole).toInt()];
    accept();
    action->trigger();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
    // Arrows move in the list while one types.
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Up) {
            m_list->setCurrentRow(
                std::clamp(m_list->currentRow() + (key == Qt::Key_Down ? 1 : -1), 0, m_list->count() - 1));
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace kolam::gui
