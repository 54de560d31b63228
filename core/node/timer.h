// SPDX-License-Identifier: GPL-3.0-or-later
// One timer of a node that may be armed again and again; it dies with its owner.
// Next door: action_queue.h, the other helper of those who perform actions.
#pragma once

#include "core/dispatch/dispatcher.h"

#include <utility>

namespace kolam {

class Timer {
public:
    /// `ring` is called once for every armed deadline that is reached.
    Timer(Dispatcher& dispatcher, std::function<void()> ring) : m_dispatcher(dispatcher), m_ring(std::move(ring)) {}
    ~Timer() { stop(); }
    Timer(const Timer&) = delete;
    Timer& operator=(const Timer&) = delete;

    /// Replaces the earlier deadline; `never` stops the timer.
    void arm(TimePoint deadline) {
        stop();
        if (deadline != never) {
            m_id = m_dispatcher.callAt(deadline, [this] {
                m_id = TimerId::None;
                m_ring();
            });
        }
    }
    void stop() { m_dispatcher.cancel(std::exchange(m_id, TimerId::None)); }
    [[nodiscard]] bool armed() const { return m_id != TimerId::None; }

private:
    Dispatcher& m_dispatcher;
    std::function<void()> m_ring;
    TimerId m_id = TimerId::None;
};

} // namespace kolam
