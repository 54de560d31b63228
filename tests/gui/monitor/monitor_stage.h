// SPDX-License-Identifier: GPL-3.0-or-later
// A monitor's window with a feed that the test writes itself. Next door: tests/gui/common/event_story.h, the events.
#pragma once

#include "gui/monitor/monitor_window.h"
#include "tests/gui/common/event_story.h"

#include <QtTest>
#include <vector>

namespace kolam::gui {

/// Remembers what it was told to do.
class FakeFeed final : public Feed {
    Q_OBJECT
public:
    using Feed::Feed;
    [[nodiscard]] QString name() const override { return QStringLiteral("test"); }
    [[nodiscard]] bool isLive() const override { return live; }
    void command(telemetry::ComponentId component, const telemetry::Command& command) override {
        commands.push_back(QString::fromStdString(telemetry::toText(component) + " " + toLine(command)));
    }
    void setMessages(bool wanted) override { messages = wanted; }
    void hear(const EventStory& story) { emit heard(story.events); }

    bool live = true;
    bool messages = true;
    QStringList commands;
};

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
