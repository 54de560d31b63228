// SPDX-License-Identifier: GPL-3.0-or-later
// One process's view of a dispatcher that many simulated processes share: it can be frozen, like by SIGSTOP, and
// killed. Next door: virtual_dispatcher.h, which it usually stands on; memory_network.h gives one to each process.
#pragma once

#include "core/dispatch/timer_queue.h"

namespace kolam {

/// A dispatcher on a dispatcher: its timers wait while it is frozen and never fire once it is killed.
class PausableDispatcher final : public Dispatcher {
public:
    /// @param below  must outlive this
    PausableDispatcher(Dispatcher& below, std::uint64_t seed) : m_below(below), m_random(seed) {}
    ~PausableDispatcher() override { m_below.cancel(m_alarm); }
    PausableDispatcher(const PausableDispatcher&) = delete;
    PausableDispatcher& operator=(const PausableDispatcher&) = delete;

    [[nodiscard]] TimePoint now() const noexcept override {
        return m_parts == 0 ? m_below.now() + m_ahead : toOurs(m_below.now());
    }
    TimerId callAt(TimePoint when, Task task) override;
    void cancel(TimerId id) noexcept override;
    void post(Task task) override { callAt(now(), std::move(task)); }
    [[nodiscard]] Random& random() noexcept override { return m_random; }

    /// Nothing runs until thaw(); then what has become due runs in order.
    void freeze();
    void thaw();
    /// Drops all timers, and all that are armed later.
    void kill();
    /// Our clock runs faster than the one below by so many parts of a million, or slower. Time goes on from where it
    /// is.
    void setClockRate(std::int32_t partsPerMillion);
    [[nodiscard]] bool frozen() const noexcept { return m_frozen; }
    [[nodiscard]] bool killed() const noexcept { return m_killed; }

private:
    void runDue();
    void setAlarm();
    [[nodiscard]] TimePoint toOurs(TimePoint below) const noexcept;
    [[nodiscard]] TimePoint toBelow(TimePoint ours) const noexcept;

    Dispatcher& m_below;
    Random m_random;
    TimerQueue m_timers;
    TimerId m_alarm = TimerId::None; // the one timer below, at the time of our first
    TimePoint m_alarmTime = never;   // by our clock
    std::int32_t m_parts = 0;        // of a million: the rate of our clock
    TimePoint m_since{};             // below, since when it has that rate
    Duration m_ahead{};              // of the clock below, at that time
    bool m_running = false;
    bool m_frozen = false;
    bool m_killed = false;
};

} // namespace kolam
