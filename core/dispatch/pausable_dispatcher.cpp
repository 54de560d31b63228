// SPDX-License-Identifier: GPL-3.0-or-later
// A queue of its own with one alarm in the dispatcher below: freezing a process is taking its alarm away.
#include "core/dispatch/pausable_dispatcher.h"

#include <algorithm>
#include <utility>

namespace kolam {

namespace {
constexpr std::int64_t million = 1'000'000;
} // namespace

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

void PausableDispatcher::setClockRate(std::int32_t partsPerMillion) {
    const TimePoint ours = now();
    m_since = m_below.now();
    m_ahead = ours - m_since;
    m_parts = partsPerMillion;
    m_below.cancel(m_alarm); // it stands at a place that means another time now
    m_alarm = TimerId::None;
    m_alarmTime = never;
    setAlarm();
}

TimePoint PausableDispatcher::toOurs(TimePoint below) const noexcept {
    __extension__ using Wide = __int128;
    const auto gained = static_cast<Wide>((below - m_since).count()) * m_parts / million;
    return below + m_ahead + Duration{static_cast<std::int64_t>(gained)};
}

/// The first instant below at which it is at least `ours` here.
TimePoint PausableDispatcher::toBelow(TimePoint ours) const noexcept {
    if (m_parts == 0) {
        return ours - m_ahead;
    }
    __extension__ using Wide = __int128;
    const auto passed = static_cast<Wide>((ours - m_ahead - m_since).count()) * million / (million + m_parts);
    TimePoint below = m_since + Duration{static_cast<std::int64_t>(passed)};
    while (toOurs(below) < ours) {
        below += Duration{1};
    }
    return below;
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
        m_alarm = m_below.callAt(toBelow(wanted), [this] { runDue(); });
    }
}

} // namespace kolam
