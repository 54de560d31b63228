// SPDX-License-Identifier: GPL-3.0-or-later
// A monitor's window with a feed that the test writes itself. Next door: tests/gui/common/fake_feed.h.
#pragma once

#include "gui/monitor/monitor_window.h"
#include "tests/gui/common/fake_feed.h"

#include <QtTest>

namespace kolam::gui {

struct MonitorStage {
    FakeFeed feed;
    EventStory story;
    MonitorWindow window;
    explicit MonitorStage(LabClient* lab = nullptr) : window(feed, lab, {.useSettings = false}) {
        window.resize(1500, 950);
    }
    /// Keys reach only a window that is active.
    void show() {
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
    }
    /// Tells the window what the story says, and forgets it.
    void tell() {
        feed.hear(story);
        story.events.clear();
    }
};

} // namespace kolam::gui
