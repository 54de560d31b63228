// SPDX-License-Identifier: GPL-3.0-or-later
// Turns something off and on again, period after period, for as long as it lives. What it leaves behind is as it was
// last; whoever made it puts that right. Next door: director.h, which slows processes down and lets links flap by it.
#pragma once

#include "core/dispatch/dispatcher.h"

#include <functional>

namespace kolam::lab {

class Pulse {
public:
    /// @param duty  the part of each period in which it is on, more than 0 and at most 1; it begins with being off
    /// @param turn  called with what it is from now on, first at once. It must not destroy the pulse.
    Pulse(Dispatcher& dispatcher, Duration period, double duty, std::function<void(bool on)> turn)
        : m_dispatcher(dispatcher)
        , m_on(std::chrono::duration_cast<Duration>(period * duty))
        , m_off(period - m_on)
        , m_turn(std::move(turn)) {
        begin(false);
    }
    ~Pulse() { m_dispatcher.cancel(m_timer); }
    Pulse(const Pulse&) = delete;
    Pulse& operator=(const Pulse&) = delete;

private:
    void begin(bool on) {
        m_timer = m_dispatcher.callIn(on ? m_on : m_off, [this, on] { begin(!on); });
        m_turn(on);
    }
    Dispatcher& m_dispatcher;
    Duration m_on;
    Duration m_off;
    std::function<void(bool)> m_turn;
    TimerId m_timer = TimerId::None;
};

} // namespace kolam::lab
