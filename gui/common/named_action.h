// SPDX-License-Identifier: GPL-3.0-or-later
// Actions as all windows have them: words, keys that work also when the menus are hidden, and a tool tip that says all.
// Next door: shortcut_sheet.h and command_palette.h, which show them.
#pragma once

#include <QAction>
#include <QKeySequence>
#include <QList>

class QMainWindow;
class QMenu;

namespace kolam::gui {

/// @param what  more than its name says; may be empty
/// @return the action, in the menu; the window owns it
[[nodiscard]] QAction* addNamedAction(QMainWindow& window, QMenu& menu, const QString& text,
                                      const QList<QKeySequence>& keys, const QString& what);

} // namespace kolam::gui
