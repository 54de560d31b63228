// SPDX-License-Identifier: GPL-3.0-or-later
// The tool bar that goes through time: steps and pause, the moment in words, and the time line. Connects the actions of
// a window to its playback. Next door: timeline_bar.h, playback.h.
#pragma once

#include "gui/common/playback.h"

#include <QToolBar>

class QLabel;

namespace kolam::gui {

class TimelineBar;

struct TimeActions {
    QAction* pause = nullptr;
    QAction* stepBack = nullptr;
    QAction* stepForward = nullptr;
    QAction* toBegin = nullptr;
    QAction* toNow = nullptr;
    QAction* slower = nullptr;
    QAction* faster = nullptr;
    QAction* showAllTime = nullptr;
};

class TimeBar final : public QToolBar {
    Q_OBJECT
public:
    TimeBar(Playback& playback, const TimeActions& actions, QWidget* parent);
    [[nodiscard]] TimelineBar& timeline() { return *m_timeline; }

private:
    void connectActions(const TimeActions& actions);
    void showMode();

    Playback& m_playback;
    QLabel* m_mode;
    TimelineBar* m_timeline;
};

} // namespace kolam::gui
