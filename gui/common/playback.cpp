// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/common/playback.h"

#include "gui/common/sentences.h"

#include <algorithm>

namespace kolam::gui {

Playback::Playback(QObject* parent, EventHistory::Limits limits) : QObject(parent), m_history(limits) {
    m_frames.setInterval(frameMilliseconds);
    connect(&m_frames, &QTimer::timeout, this, &Playback::advance);
}

void Playback::take(std::vector<telemetry::Event> events) {
    if (events.empty()) {
        return;
    }
    const Position from = m_history.end();
    for (telemetry::Event& event : events) {
        m_history.append(std::move(event));
    }
    emit appended(from);
    if (m_mode == Mode::Live) {
        show(m_history.end(), m_history.timeAt(m_history.end()));
    } else if (m_position < m_history.begin()) {
        show(m_history.begin(), m_history.timeAt(m_history.begin())); // what was shown is forgotten
    }
}

void Playback::clear() {
    m_history.clear();
    m_model = {};
    m_position = 0;
    m_time = {};
    setMode(Mode::Live);
    emit appended(0);
    emit shown();
}

void Playback::goLive() {
    m_speed = 1; // now passes as fast as it does
    show(m_history.end(), m_history.timeAt(m_history.end()));
    setMode(Mode::Live);
}

void Playback::pause() {
    setMode(Mode::Paused);
}

void Playback::play() {
    setMode(Mode::Playing);
}

void Playback::togglePause() {
    setMode(m_mode == Mode::Paused ? Mode::Playing : Mode::Paused);
}

void Playback::setSpeed(double speed) {
    m_speed = std::clamp(speed, slowest, fastest);
    if (m_mode == Mode::Live && m_speed < 1) {
        setMode(Mode::Playing); // slower than now is the past
    }
    emit modeChanged();
}

void Playback::seek(WallTime time) {
    setMode(Mode::Paused);
    show(m_history.positionAt(time), time);
}

void Playback::seekPosition(Position position) {
    setMode(Mode::Paused);
    const Position there = std::clamp(position, m_history.begin(), m_history.end());
    show(there, m_history.timeAt(there == m_history.begin() ? there : there - 1));
}

void Playback::step(int direction) {
    const auto told = [this](Position position) { return !sentenceOf(m_history.at(position)).text.isEmpty(); };
    Position position = m_position;
    if (direction > 0) {
        while (position < m_history.end() && !told(position)) {
            ++position;
        }
        position = std::min(position + 1, m_history.end());
    } else {
        // What is shown last is the event before the position: it is taken back, with all that is silent before it.
        const auto back = [&] {
            while (position > m_history.begin() && !told(position - 1)) {
                --position;
            }
        };
        back();
        position -= position > m_history.begin() ? 1U : 0U;
        back();
    }
    seekPosition(position);
}

void Playback::show(Position position, WallTime time) {
    m_history.move(m_model, m_position, position);
    m_position = position;
    m_time = time;
    emit shown();
}

void Playback::advance() {
    const auto passed = static_cast<double>(m_sinceFrame.nsecsElapsed());
    m_sinceFrame.start();
    const WallTime last = m_history.timeAt(m_history.end());
    const WallTime next{m_time.value + static_cast<std::int64_t>(passed * m_speed)};
    if (next < last) {
        return show(m_history.positionAt(next), next);
    }
    // Caught up with the present.
    goLive();
}

void Playback::setMode(Mode mode) {
    if (mode == m_mode) {
        return;
    }
    m_mode = mode;
    if (mode == Mode::Playing) {
        m_sinceFrame.start();
        m_frames.start();
    } else {
        m_frames.stop();
    }
    emit modeChanged();
}

} // namespace kolam::gui
