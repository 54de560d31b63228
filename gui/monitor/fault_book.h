// SPDX-License-Identifier: GPL-3.0-or-later
// What was made worse on purpose, until when, and how to undo it: processes by the lab's hand, networks by commands to
// components. Every fault ends by itself, by its button, or by "heal everything".
// Next door: lab_client.h, feed.h, the hands; fault_bar.h shows the badges.
#pragma once

#include "gui/common/model.h"
#include "gui/feeds/feed.h"

#include <QDeadlineTimer>
#include <QObject>
#include <QTimer>
#include <vector>

namespace kolam::gui {

class LabClient;

class FaultBook final : public QObject {
    Q_OBJECT
public:
    /// @param lab  none: processes cannot be touched
    FaultBook(Feed& feed, LabClient* lab, QObject* parent = nullptr);

    struct Entry {
        ComponentId component;
        telemetry::FaultKind kind = telemetry::FaultKind::Crash;
        QDeadlineTimer until; // then it is undone
        bool seen = false;    // of a process: that it does not run
    };
    [[nodiscard]] const std::vector<Entry>& entries() const { return m_entries; }
    /// Why it cannot be done, as a sentence; empty: it can.
    [[nodiscard]] QString obstacle(ComponentId component, telemetry::FaultKind kind) const;

    void begin(ComponentId component, telemetry::FaultKind kind, std::chrono::seconds lasts);
    void undo(const Entry& entry);
    void healAll();
    /// Takes no more users, and leaves when the last one has gone.
    void drain(ComponentId component);

signals:
    void changed();
    void failed(const QString& why);

private:
    void processChanged(ComponentId component);
    void forget(ComponentId component, telemetry::FaultKind kind);
    void checkDeadlines();

    Feed& m_feed;
    LabClient* m_lab;
    std::vector<Entry> m_entries;
    QTimer m_clock;
};

} // namespace kolam::gui
