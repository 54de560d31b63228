// SPDX-License-Identifier: GPL-3.0-or-later
// Where events come from: components on this host, a recording, or a test. They come in batches, at most thirty a
// second, and commands go back; nobody waits. Next door: core_feed.h and recording_feed.h, the real ones.
#pragma once

#include "core/telemetry/commands.h"
#include "core/telemetry/event_log.h"
#include "core/telemetry/search_index.h"

#include <QObject>
#include <QString>
#include <vector>

namespace kolam::gui {

class Feed : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    /// Where they come from, for people.
    [[nodiscard]] virtual QString name() const = 0;
    /// Whether more will come, and commands can be obeyed.
    [[nodiscard]] virtual bool isLive() const = 0;
    virtual void command(telemetry::ComponentId component, const telemetry::Command& command) = 0;
    /// Whether messages are told, or only what changes.
    virtual void setMessages(bool wanted) = 0;

    /// Where what happens is kept, for people; empty: nowhere.
    [[nodiscard]] virtual QString keptAt() const { return {}; }
    /// Looks in what is kept; found() answers.
    virtual void find(const telemetry::EventQuery& /*query*/) {}

signals:
    void heard(const std::vector<kolam::telemetry::Event>& events);
    /// Twice a second while components are connected, also when they have nothing to tell: how many there are.
    void alive(int components);
    /// How a command has ended; empty: as it was wanted.
    void answered(const QString& component, const QString& trouble);
    void failed(const QString& why);
    /// The last events that fit, oldest first, and how many fit.
    void found(const std::vector<kolam::telemetry::Event>& events, quint64 all);
};

} // namespace kolam::gui

Q_DECLARE_METATYPE(std::vector<kolam::telemetry::Event>)
