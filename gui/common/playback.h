// SPDX-License-Identifier: GPL-3.0-or-later
// The moment that is shown: now, one that stands still, or one that moves through the past, slowly or fast. Everything
// a window shows is the model of this moment. Next door: event_history.h; core_feed.h, which fills it.
#pragma once

#include "gui/common/event_history.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace kolam::gui {

/// What moves in a window moves 30 times a second.
inline constexpr int frameMilliseconds = 33;

class Playback final : public QObject {
    Q_OBJECT
public:
    explicit Playback(QObject* parent = nullptr, EventHistory::Limits limits = {});

    enum class Mode : quint8 { Live, Paused, Playing };
    [[nodiscard]] Mode mode() const { return m_mode; }
    [[nodiscard]] double speed() const { return m_speed; }
    [[nodiscard]] const EventHistory& history() const { return m_history; }
    [[nodiscard]] const Model& model() const { return m_model; }
    [[nodiscard]] Position position() const { return m_position; }
    /// Of the moment that is shown.
    [[nodiscard]] WallTime time() const { return m_time; }

    /// What was heard goes into the history; the moment follows when it is live.
    void take(std::vector<telemetry::Event> events);
    void clear();

    void goLive();
    void pause();
    void play();
    void togglePause();
    void setSpeed(double speed);
    /// Stands still there.
    void seek(WallTime time);
    void seekPosition(Position position);
    /// To the next, or last, event that people are told about, and stands still.
    void step(int direction);

    static constexpr double slowest = 0.001;
    static constexpr double fastest = 100;

signals:
    /// The model that is shown is another one.
    void shown();
    /// Mode or speed.
    void modeChanged();
    /// Events were appended from this position on; the oldest may have been forgotten.
    void appended(kolam::gui::Position from);

private:
    void show(Position position, WallTime time);
    void advance();
    void setMode(Mode mode);

    EventHistory m_history;
    Model m_model;
    Position m_position = 0;
    WallTime m_time;
    Mode m_mode = Mode::Live;
    double m_speed = 1;
    QTimer m_frames;
    QElapsedTimer m_sinceFrame;
};

} // namespace kolam::gui
