// SPDX-License-Identifier: GPL-3.0-or-later
// The simulator's clock: time jumps from one timer to the next, so that an hour takes as long as its work.
// Any number of nodes share one; the same seed and the same calls give the same life. Next door: memory_network.h.
#pragma once

#include "core/dispatch/timer_queue.h"

#include <cstddef>
#include <cstdint>
#include <utility>

namespace kolam {

/// A dispatcher of virtual time, driven by a test or a simulation. One thread only, post() included.
class VirtualDispatcher final : public Dispatcher {
public:
    explicit VirtualDispatcher(std::uint64_t seed) : m_random(seed) {}

    [[nodiscard]] TimePoint now() const noexcept override { return m_now; }
    TimerId callAt(TimePoint when, Task task) override {
        return m_timers.arm(when < m_now ? m_now : when, std::move(task));
    }
    void cancel(TimerId id) noexcept override { m_timers.cancel(id); }
    void post(Task task) override { m_timers.arm(m_now, std::move(task)); }
    [[nodiscard]] Random& random() noexcept override { return m_random; }

    /// Jumps to the next timer and runs it; false when there is none.
    bool step() {
        if (m_timers.empty()) {
            return false;
        }
        m_now = m_timers.next();
        Task task = m_timers.takeFirst();
        ++m_steps;
        task();
        return true;
    }
    /// Runs everything due up to and including `end`; then it is `end`.
    void runUntil(TimePoint end) {
        while (!m_timers.empty() && m_timers.next() <= end) {
            step();
        }
        if (m_now < end) {
            m_now = end;
        }
    }
    void runFor(Duration duration) { runUntil(m_now + duration); }
    /// Steps until `done()` is true or `limit` has passed; returns what `done()` says then.
    template <typename Condition>
    bool runUntilTrue(Condition done, Duration limit) {
        const TimePoint end = m_now + limit;
        while (!done()) {
            if (m_timers.next() > end) {
                m_now = end;
                return done();
            }
            step();
        }
        return true;
    }
    /// How many timers and posted tasks have run.
    [[nodiscard]] std::uint64_t steps() const noexcept { return m_steps; }
    [[nodiscard]] bool idle() const noexcept { return m_timers.empty(); }
    /// When the next timer is due; `never` when there is none.
    [[nodiscard]] TimePoint next() const noexcept { return m_timers.next(); }
    /// How many timers wait.
    [[nodiscard]] std::size_t armed() const noexcept { return m_timers.size(); }

private:
    TimePoint m_now{};
    std::uint64_t m_steps = 0;
    TimerQueue m_timers;
    Random m_random;
};

} // namespace kolam
