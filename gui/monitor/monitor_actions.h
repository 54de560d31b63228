// SPDX-License-Identifier: GPL-3.0-or-later
// Every action of the monitor with its words, glyph and keys, in menus and tool bar; the "?" sheet and the command
// palette are made from these. Keys of presenters' clickers (page up and down, full stop) step and pause.
// Next door: monitor_window.h says what they do.
#pragma once

#include "core/telemetry/event_words.h"
#include "gui/common/theme.h"
#include "gui/common/time_bar.h"
#include "gui/monitor/layouts.h"

#include <QAction>
#include <QList>

class QMainWindow;
class QMenu;

namespace kolam::gui {

struct MonitorActions : TimeActions {
    explicit MonitorActions(QMainWindow& window);

    // File
    QAction* exportMap;    // PNG, SVG or PDF
    QAction* exportTables; // CSV
    QAction* exportModel;  // JSON
    QAction* exportEvents; // CSV
    QAction* importSetup;  // of rserpooldemo
    QAction* exportClip;   // a recording of the marked range
    QAction* compare;      // with another run
    QAction* quit;
    QAction* lastFailover; // time
    QAction* fork;
    // Map
    QList<QAction*> layouts; // by Layout
    QAction* zoomIn;
    QAction* zoomOut;
    QAction* fit;
    QAction* undo;
    QAction* redo;
    QAction* choosePicture;
    QAction* forgetPlaces;
    QAction* miniMap;
    QAction* messages;
    QAction* hulls;
    QAction* findText;
    // Faults
    QAction* kill;
    QAction* stop;
    QAction* freeze;
    QAction* resume;
    QAction* loss;
    QAction* delay;
    QAction* partition;
    QAction* cutFrom; // from some, who are chosen
    QAction* slow;
    QAction* flap;
    QAction* overload;
    QAction* drain;
    QAction* healAll;
    QList<QAction*> pick; // the first nine elements
    // Lessons
    QList<QAction*> lessons; // that are shipped; data: where the file is
    QAction* openLesson;
    QAction* lessonNext;
    QAction* lessonBack;
    QAction* lessonSkip;
    QAction* onceMore;
    QAction* endLesson;
    // View
    QList<QAction*> themes; // by Theme
    QMenu* panels;
    QAction* presenter;
    QAction* leavePresenter;
    QAction* resetLayout;
    // Help
    QAction* palette;
    QAction* help;
    QAction* about;

    QList<QAction*> all; // in the order of the menus

    /// While a lesson is on, space and the keys of clickers lead through it, and time has its other keys.
    void setLessonOn(bool on);

private:
    QAction* add(QMenu* menu, const QString& text, const QList<QKeySequence>& keys, const QString& what);
    void makeTime();
    void makeMap();
    void makeFaults();
    void makeLessons();
    void makeView();
    void makeToolBar();
    QMainWindow& m_window;
};

} // namespace kolam::gui
