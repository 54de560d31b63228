// SPDX-License-Identifier: GPL-3.0-or-later
// Every action of the window with its words, glyph and keys, in menus and tool bar. The "?" sheet is made from these.
// Next door: main_window.h says what they do.
#pragma once

#include "gui/common/theme.h"
#include "gui/fractal/overlay_painter.h"

#include <QAction>
#include <QList>

class QMainWindow;
class QMenu;

namespace kolam::gui {

struct WindowActions {
    explicit WindowActions(QMainWindow& window);

    QAction* open;
    QAction* savePicture;
    QAction* saveParameters;
    QAction* copyEvents;
    QAction* quit;
    QAction* back;
    QAction* forward;
    QAction* home;
    QAction* zoomIn;
    QAction* zoomOut;
    QAction* boxZoom;
    QAction* left;
    QAction* right;
    QAction* up;
    QAction* down;
    QAction* julia;
    QAction* slideShow;
    QAction* compute;
    QAction* stop;
    QAction* moreSessions;
    QAction* fewerSessions;
    QAction* kill;
    QAction* freeze;
    QAction* restart;
    QAction* overlay;
    QAction* nextPalette;
    QAction* previousPalette;
    QAction* editPalette;
    QAction* fullScreen;
    QAction* pictureOnly;
    QAction* help;
    QAction* about;
    QList<QAction*> overlays; // by OverlayMode
    QList<QAction*> themes;   // by Theme
    QMenu* panels;            // show and hide docks

    QList<QAction*> all; // in the order of the menus

private:
    QAction* add(QMenu* menu, const QString& text, const QList<QKeySequence>& keys, const QString& what);
    QMainWindow& m_window;
};

} // namespace kolam::gui
