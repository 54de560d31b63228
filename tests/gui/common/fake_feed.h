// SPDX-License-Identifier: GPL-3.0-or-later
// A feed that a test writes itself, and that remembers what it was told to do. Next door: event_story.h, the events.
#pragma once

#include "gui/feeds/feed.h"
#include "tests/gui/common/event_story.h"

#include <QStringList>

namespace kolam::gui {

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

} // namespace kolam::gui
