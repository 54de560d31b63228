// SPDX-License-Identifier: GPL-3.0-or-later
// A queue of its own with one alarm in the dispatcher below: freezing a process is taking its alarm away.
#include "core/dispatch/pausable_dispatcher.h"

#include <algorithm>
#include <utility>

namespace kolam {

TimerId PausableDispatcher::callAt(TimePoint when, Task task) {
    if (m_killed) {
        return TimerId::None;
    }
    const TimerId id = m_timers.arm(std::max(when, now()), std::move(task));
    setAlarm();
    return id;
}

void PausableDispatcher::cancel(TimerId id) noexcept {
    m_timers.cancel(id); // an alarm that comes too early finds nothing due, and sets itself anew
}

void PausableDispatcher::freeze() {
    m_frozen = true;
    setAlarm();
}

void PausableDispatcher::thaw() {
    m_frozen = false;
    setAlarm();
}

void PausableDispatcher::kill() {
    m_killed = true;
    m_timers.clear();
    setAlarm();
}

void PausableDispatcher::runDue() {
    m_alarm = TimerId::None;
    m_alarmTime = never;
    m_running = true;
    const std::uint64_t sequence = m_timers.sequence();
    while (!m_frozen && m_timers.hasDue(now(), sequence)) {
        Task task = m_timers.takeFirst();
        task();
    }
    m_running = false;
    setAlarm();
}

void PausableDispatcher::setAlarm() {
    if (m_running) {
        return; // at the end of runDue
    }
    const TimePoint wanted = m_frozen ? never : m_timers.next();
    if (wanted >= m_alarmTime && wanted != never) {
        return; // rings earlier already
    }
    if (m_alarmTime != never) {
        m_below.cancel(m_alarm);
        m_alarm = TimerId::None;
    }
    m_alarmTime = wanted;
    if (wanted != never) {
        m_alarm = m_below.callAt(wanted, [this] { runDue(); });
    }
}

} // namespace kolam
