// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/attempt_meter.h"

#include <algorithm>

namespace kolam::gui {

void AttemptMeter::apply(const fractal::FractalUpdate& update) {
    const TimePoint now = update.progress.updated;
    m_highest = 0;
    for (const fractal::SessionView& session : update.sessions) {
        if (session.state == SessionState::Established || session.state == SessionState::Idle ||
            session.state == SessionState::Closed) {
            m_samples.erase(session.number);
            continue;
        }
        std::deque<Sample>& samples = m_samples[session.number];
        if (samples.empty() && session.state != SessionState::Waiting) {
            continue; // its first connect is no retry
        }
        if (samples.empty() || session.attempts < samples.back().attempts) {
            samples.assign(1, {now, session.attempts});
            continue;
        }
        if (session.attempts != samples.back().attempts || samples.size() == 1) {
            samples.push_back({now, session.attempts});
        }
        while (samples.size() > 2 && samples[1].at < now - window) {
            samples.pop_front();
        }
        const double seconds = std::chrono::duration<double>(now - samples.front().at).count();
        if (seconds >= 1) { // before, a single attempt would look like many
            m_highest = std::max(m_highest, static_cast<double>(session.attempts - samples.front().attempts) / seconds);
        }
    }
}

} // namespace kolam::gui
