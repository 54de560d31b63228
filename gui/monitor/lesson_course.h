// SPDX-License-Identifier: GPL-3.0-or-later
// Where a lesson is: at which step, and what of it is next - a question, something to be done, something to wait for
// that must really happen. It is told what happened; it touches nothing. One key leads through all of it.
// Next door: demos/lab/scenario.h, what a step says; lesson_view.h, which shows it.
#pragma once

#include "demos/lab/account.h"
#include "demos/lab/scenario.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace kolam::gui {

class LessonCourse {
public:
    /// @param steps  at least one
    explicit LessonCourse(std::vector<lab::LessonStep> steps);

    /// What the step needs next; Nothing: one can go on.
    enum class Need : std::uint8_t { Answer, Deed, Event, Nothing };
    [[nodiscard]] Need need() const;
    [[nodiscard]] const lab::LessonStep& step() const { return m_steps[m_at]; }
    [[nodiscard]] std::size_t number() const { return m_at; } // of the step, from 0
    [[nodiscard]] std::size_t count() const { return m_steps.size(); }
    [[nodiscard]] bool isLast() const { return m_at + 1 == m_steps.size(); }
    /// Of the question: what was chosen. Nothing: nobody has, or the answer was given away.
    [[nodiscard]] std::optional<std::size_t> chosen() const { return m_chosen; }
    [[nodiscard]] bool answered() const { return m_answered; }
    /// Questions that were answered rightly and tasks that people found a way for, and all questions that were answered
    /// and all tasks so far.
    [[nodiscard]] std::pair<std::size_t, std::size_t> score() const;

    void take(const telemetry::Event& event);
    void choose(std::size_t answer);
    void done(); // what was to be done
    /// The one key: gives the answer away, or goes to the next step when nothing is needed. A deed is whoever's has
    /// hands, and an event comes when it comes.
    /// @return whether anything has changed
    bool goOn();
    void skip(); // to the next step, whatever this one needs
    void back();

private:
    void enter(std::size_t step);
    [[nodiscard]] double measured() const;
    [[nodiscard]] bool holds() const;
    void rate(bool good) { m_points[m_at] = good; }

    std::vector<lab::LessonStep> m_steps;
    lab::Account m_account;
    std::size_t m_at = 0;
    double m_before = 0; // the measure when the step began
    bool m_done = false;
    bool m_came = false; // what was waited for: once is enough
    bool m_answered = false;
    std::optional<std::size_t> m_chosen;
    std::vector<std::optional<bool>> m_points; // of each step
};

} // namespace kolam::gui
