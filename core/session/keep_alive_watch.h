// SPDX-License-Identifier: GPL-3.0-or-later
// Decides whether the other end of a session is alive: probe it when it is silent, give it up when it stays silent.
// Used by both ends; next door: user_session.h, element_session.h. Source: extensions, section 3.
#pragma once

#include "core/base/time.h"

#include <cstdint>

namespace kolam::session {

class KeepAliveWatch {
public:
    enum class Verdict : std::uint8_t { Fine, Probe, Dead };

    /// `interval` 0: never watches.
    KeepAliveWatch(Duration interval, std::uint16_t missed) : m_interval(interval), m_limit(missed) {}

    void start(TimePoint now) {
        if (m_interval > Duration{} && !m_running) {
            m_running = true;
            heard(now);
        }
    }
    void stop() { m_running = false; }
    [[nodiscard]] bool running() const { return m_running; }
    void heard(TimePoint now) {
        m_heard = now;
        m_missed = 0;
    }
    /// When to look again: the end of the running interval.
    [[nodiscard]] TimePoint deadline() const { return m_running ? m_heard + m_interval * (m_missed + 1) : never; }
    /// Each interval in which nothing was heard is a missed one. An interval that was looked at far too late proves
    /// nothing: then it was this process that stood still, and what the other end has sent may still wait to be read.
    [[nodiscard]] Verdict look(TimePoint now) {
        if (now < deadline()) {
            return Verdict::Fine;
        }
        if (const Duration late = now - deadline(); late > m_interval / 2) {
            m_heard += late + m_interval;
            return Verdict::Probe;
        }
        ++m_missed;
        return m_missed >= m_limit ? Verdict::Dead : Verdict::Probe;
    }

private:
    Duration m_interval;
    std::uint16_t m_limit;
    bool m_running = false;
    TimePoint m_heard{};
    int m_missed = 0;
};

} // namespace kolam::session
