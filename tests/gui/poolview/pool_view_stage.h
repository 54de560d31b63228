// SPDX-License-Identifier: GPL-3.0-or-later
// A pool view with a feed that the test writes itself, and a clock that stands where the story does.
// Next door: tests/gui/common/fake_feed.h.
#pragma once

#include "gui/poolview/pool_view_window.h"
#include "tests/gui/common/fake_feed.h"

#include <QtTest>

namespace kolam::gui {

struct PoolViewStage {
    FakeFeed feed;
    EventStory story;
    std::chrono::nanoseconds later{}; // than the story
    PoolViewWindow window;

    explicit PoolViewStage(Notifier* notifier = nullptr, const Operations::Config& control = {})
        : window(feed, {.useSettings = false,
                        .clock = [this] { return WallTime{EventStory::midnight + (story.now + later).count()}; },
                        .notifier = notifier,
                        .control = control,
                        .wallMilliseconds = 50}) {
        window.resize(1500, 900);
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
        window.refresh();
    }
};

/// A pool of so many elements, of which all are registered with both registrars.
inline void manyElements(EventStory& story, std::uint32_t count) {
    story.registrars();
    for (std::uint32_t i = 1; i <= count; ++i) {
        telemetry::ElementFacts facts = story.facts(i, i % 2 == 0 ? story.one : story.two, (i * 37 % 100) / 100.0);
        facts.pool = PoolHandle{"Pool" + std::to_string(i % 20)};
        story.tell(telemetry::componentId(story.one), telemetry::ElementRegistered{facts});
        story.tell(telemetry::componentId(story.two), telemetry::ElementRegistered{facts});
    }
}

} // namespace kolam::gui
