// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/common/named_action.h"

#include <QMainWindow>
#include <QMenu>

namespace kolam::gui {

QAction* addNamedAction(QMainWindow& window, QMenu& menu, const QString& text, const QList<QKeySequence>& keys,
                        const QString& what) {
    auto* const action = new QAction(text, &window);
    action->setShortcuts(keys);
    QString plain = QString(text).remove(u'&').remove(u'…');
    if (!what.isEmpty()) {
        plain += QStringLiteral(": ") + what;
    }
    if (!keys.isEmpty()) {
        plain += QStringLiteral(" (%1)").arg(keys.constFirst().toString(QKeySequence::NativeText));
    }
    action->setToolTip(plain);
    action->setStatusTip({});
    menu.addAction(action);
    window.addAction(action);
    return action;
}

} // namespace kolam::gui
