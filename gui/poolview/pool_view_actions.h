// SPDX-License-Identifier: GPL-3.0-or-later
// Every action of the pool view with its words, glyph and keys, in menus; the "?" sheet and the command palette are
// made from these. The chips are nine of them: one for each state. Next door: pool_view_window.h says what they do.
#pragma once

#include "gui/common/element_state.h"
#include "gui/common/time_bar.h"
#include "gui/poolview/operations.h"

#include <QAction>
#include <QList>
#include <array>

class QMainWindow;
class QMenu;

namespace kolam::gui {

/// The tables, in the order of their tabs: "pools", "elements", ... as on the command line.
[[nodiscard]] QStringList viewKeys();

struct PoolViewActions : TimeActions {
    explicit PoolViewActions(QMainWindow& window);

    // File
    QAction* saveTable; // CSV, JSON or PDF
    QAction* saveLoads; // SVG, PNG or PDF
    QAction* saveAll;   // JSON
    QAction* copyRows;
    QAction* quit;
    // View
    QList<QAction*> views; // by viewKeys()
    QMenu* columns;        // of the table that is shown
    QAction* compact;
    QList<QAction*> themes; // by Theme
    QMenu* panels;
    QAction* wall;
    QAction* leaveWall;
    QAction* resetLayout;
    // Show
    QAction* findText;
    QAction* findEvents;
    std::array<QAction*, elementStates> chips; // by ElementState
    QAction* showAll;
    // Operate
    QMenu* operate;
    std::array<QAction*, operationCount> operations; // by Operation
    // Help
    QAction* palette;
    QAction* help;
    QAction* about;

    QList<QAction*> all; // in the order of the menus

private:
    QAction* add(QMenu* menu, const QString& text, const QList<QKeySequence>& keys, const QString& what);
    void makeTime();
    void makeView();
    void makeShow();
    void makeOperate();
    QMainWindow& m_window;
};

} // namespace kolam::gui
