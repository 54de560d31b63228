// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/common/shortcut_sheet.h"

#include "gui/common/theme.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QKeySequence>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace kolam::gui {

ShortcutSheet::ShortcutSheet(const QList<QAction*>& actions, const QList<Gesture>& gestures, QWidget* parent)
    : QDialog(parent) {
    setWindowTitle(tr("Keys and gestures"));
    auto* table = new QTreeWidget(this);
    table->setAccessibleName(tr("Keys and gestures"));
    table->setColumnCount(2);
    table->setHeaderLabels({tr("What"), tr("How")});
    table->setRootIsDecorated(false);
    table->setUniformRowHeights(true);
    table->setSelectionMode(QAbstractItemView::NoSelection);
    const auto add = [&](const QString& what, const QString& how) {
        new QTreeWidgetItem(table, {what, how});
        m_lines.append(what + u'\t' + how);
    };
    for (const QAction* action : actions) {
        if (action->isSeparator() || action->text().isEmpty()) {
            continue;
        }
        QStringList keys;
        for (const QKeySequence& sequence : action->shortcuts()) {
            keys.append(sequence.toString(QKeySequence::NativeText));
        }
        add(plainText(*action), keys.isEmpty() ? tr("menu") : keys.join(tr("  or  ")));
    }
    for (const Gesture& gesture : gestures) {
        add(gesture.what, gesture.how);
    }
    table->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(table);
    layout->addWidget(buttons);
    const int letter = fontMetrics().averageCharWidth();
    resize(letter * 72, std::min(fontMetrics().height() * 36, 900));
}

QString ShortcutSheet::plainText(const QAction& action) {
    QString text = action.text();
    text.remove(u'&');
    text.remove(QStringLiteral("…"));
    return text;
}

} // namespace kolam::gui
