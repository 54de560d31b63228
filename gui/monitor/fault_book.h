// SPDX-License-Identifier: GPL-3.0-or-later
// What was made worse on purpose, until when, and how to undo it: processes by the lab's hand, networks by commands to
// components. Lab and components count their faults down themselves, so that they end whatever becomes of us; the book
// has what these say, whoever has begun it. Next door: lab_client.h, feed.h, the hands; fault_bar.h shows the badges.
#pragma once

#include "demos/lab/scenario.h"
#include "gui/common/model.h"
#include "gui/feeds/feed.h"

#include <QDeadlineTimer>
#include <QObject>
#include <QTimer>
#include <vector>

namespace kolam::gui {

class LabClient;

/// What a fault is called on badges: "frozen", "loss".
[[nodiscard]] QString faultText(lab::Deed deed);

class FaultBook final : public QObject {
    Q_OBJECT
public:
    /// @param lab  none: processes cannot be touched
    FaultBook(Feed& feed, LabClient* lab, QObject* parent = nullptr);

    struct Entry {
        ComponentId component;
        lab::Deed kind = lab::Deed::Kill;
        QDeadlineTimer until;                // then it ends
        std::optional<std::uint64_t> number; // of the lab, or of the component; nothing: it has not answered yet
        bool ours = false;                   // of a network: begun here
    };
    [[nodiscard]] const std::vector<Entry>& entries() const { return m_entries; }
    /// Why it cannot be done, as a sentence; empty: it can.
    [[nodiscard]] QString obstacle(ComponentId component, lab::Deed kind) const;

    void begin(ComponentId component, lab::Deed kind, std::chrono::seconds lasts);
    /// Cuts it off from these only.
    void cutOff(ComponentId component, const std::vector<TransportAddress>& peers, std::chrono::seconds lasts);
    void undo(const Entry& entry);
    /// Resumes or starts again a process that does not run.
    void restart(ComponentId component);
    void healAll();
    /// What was begun here must not outlive the window. (The lab sees to its own.)
    void undoOurs();
    /// Takes no more users, and leaves when the last one has gone.
    void drain(ComponentId component);

signals:
    void changed();
    void failed(const QString& why);

private:
    void command(ComponentId component, const telemetry::FaultCommand& fault);
    void takeFromLab();
    void take(const std::vector<telemetry::Event>& events);
    void countDown();

    Feed& m_feed;
    LabClient* m_lab;
    std::vector<Entry> m_entries;
    QTimer m_clock;
};

} // namespace kolam::gui
