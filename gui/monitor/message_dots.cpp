// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/monitor/message_dots.h"

namespace kolam::gui {

namespace {
constexpr qint64 placesHold = 1'000;     // milliseconds
constexpr Position farthestJump = 5'000; // events: more than that is a jump, not a flow
} // namespace

MessageDots::MessageDots(const Playback& playback, QObject* parent) : QObject(parent), m_playback(playback) {
    m_clock.start();
    m_frames.setInterval(frameMilliseconds);
    connect(&m_frames, &QTimer::timeout, this, &MessageDots::tick);
    connect(&playback, &Playback::shown, this, &MessageDots::follow);
}

void MessageDots::setEnabled(bool enabled) {
    m_enabled = enabled;
    m_dots.clear();
    emit moved();
}

double MessageDots::progress(const Dot& dot) const {
    return static_cast<double>(m_clock.elapsed() - dot.begun) / travelMilliseconds;
}

void MessageDots::follow() {
    const Position to = m_playback.position();
    const Position from = std::exchange(m_seen, to);
    if (!m_enabled || to <= from || to - from > farthestJump || from < m_playback.history().begin()) {
        return;
    }
    const qint64 now = m_clock.elapsed();
    if (now - m_placesFrom > placesHold) {
        m_places.clear();
        m_placesFrom = now;
    }
    for (Position at = from; at < to && m_dots.size() < mostDots; ++at) {
        const telemetry::Event& event = m_playback.history().at(at);
        const auto* const message = std::get_if<telemetry::MessageSeen>(&event.body);
        if (message == nullptr || message->association == 0) {
            continue;
        }
        // Both ends may tell of it; the sender does, or the receiver if the sender cannot.
        const auto [place, isNew] = m_places.try_emplace(message->peer);
        if (isNew) {
            place->second = m_playback.model().whoIsAt(message->peer);
        }
        const ComponentView* const teller = m_playback.model().component(event.component);
        if (!place->second || teller == nullptr) {
            continue;
        }
        const bool received = message->direction == telemetry::Direction::Received;
        const NodeId own{event.component, teller->introduction.pool};
        const NodeId& other = *place->second;
        const bool otherTells = m_playback.model().component(other.component) != nullptr;
        if (received && otherTells) {
            continue;
        }
        m_dots.push_back({.from = received ? other : own,
                          .to = received ? own : other,
                          .begun = now,
                          .session = telemetry::roleOf(own.component) != telemetry::Role::Registrar &&
                                     telemetry::roleOf(other.component) != telemetry::Role::Registrar});
    }
    if (!m_dots.empty() && !m_frames.isActive()) {
        m_frames.start();
    }
}

void MessageDots::tick() {
    while (!m_dots.empty() && progress(m_dots.front()) >= 1) {
        m_dots.pop_front();
    }
    if (m_dots.empty()) {
        m_frames.stop();
    }
    emit moved();
}

} // namespace kolam::gui
