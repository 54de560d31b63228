// SPDX-License-Identifier: GPL-3.0-or-later
// Performs a state machine's actions in the order in which it decided on them, also when performing one makes the
// machine decide again (a callback that sends, fails over or closes).
#pragma once

#include <deque>
#include <iterator>
#include <utility>
#include <vector>

namespace kolam {

template <typename Action>
class ActionQueue {
public:
    /// Calls `perform` for each action. Called from within `perform`, it only appends: the outer call goes on with it.
    template <typename Perform>
    void run(std::vector<Action>&& actions, Perform&& perform) {
        m_waiting.insert(m_waiting.end(), std::make_move_iterator(actions.begin()),
                         std::make_move_iterator(actions.end()));
        if (m_busy) {
            return;
        }
        m_busy = true;
        while (!m_waiting.empty()) {
            const Action action = std::move(m_waiting.front());
            m_waiting.pop_front();
            perform(action);
        }
        m_busy = false;
    }

private:
    std::deque<Action> m_waiting;
    bool m_busy = false;
};

} // namespace kolam
