// SPDX-License-Identifier: GPL-3.0-or-later
// A stretch of time as a recording of its own: how things were when it began, and what happened in it. Written a part
// at a time, so that the window goes on. Next door: core/telemetry/recording_writer.h; gui/common/timeline_bar.h, where
// a stretch is marked.
#pragma once

#include "core/telemetry/recording_writer.h"
#include "gui/common/event_history.h"

#include <QObject>
#include <QString>
#include <QTimer>
#include <memory>

namespace kolam::gui {

class ClipWriter final : public QObject {
    Q_OBJECT
public:
    /// @param history  outlives the writer; may grow meanwhile
    ClipWriter(const EventHistory& history, WallTime from, WallTime to, QString path, QObject* parent = nullptr);

signals:
    /// @param trouble  what went wrong, as a sentence without its full stop; empty: nothing
    /// @param events   of the stretch
    void done(const QString& trouble, quint64 events);

private:
    void work();
    bool begin(); // the file
    void end(const QString& trouble);

    static constexpr int eventsAtATime = 2'000; // a few milliseconds

    const EventHistory& m_history;
    WallTime m_from;
    WallTime m_to;
    QString m_path;
    Position m_at = 0;
    telemetry::StandingEvents m_standing;
    std::unique_ptr<telemetry::RecordingWriter> m_writer;
    quint64 m_events = 0;
    QTimer m_turn;
};

} // namespace kolam::gui
