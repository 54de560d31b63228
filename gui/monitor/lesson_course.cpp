// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/monitor/lesson_course.h"

#include <algorithm>
#include <cassert>

namespace kolam::gui {

LessonCourse::LessonCourse(std::vector<lab::LessonStep> steps) : m_steps(std::move(steps)), m_points(m_steps.size()) {
    assert(!m_steps.empty());
    enter(0);
}

void LessonCourse::enter(std::size_t step) {
    m_at = step;
    m_done = false;
    m_came = false;
    m_answered = false;
    m_chosen.reset();
    m_before = measured();
    m_came = !this->step().deed && holds();
}

LessonCourse::Need LessonCourse::need() const {
    if (!step().answers.empty() && !m_answered) {
        return Need::Answer;
    }
    if (step().deed && !m_done && !m_came) { // it may have come by other hands
        return Need::Deed;
    }
    return step().wait && !m_came ? Need::Event : Need::Nothing;
}

double LessonCourse::measured() const {
    return step().wait ? lab::findMetric(step().wait->what)->measure(m_account).value_or(0) : 0;
}

bool LessonCourse::holds() const {
    if (!step().wait) {
        return false;
    }
    const double value = measured();
    const lab::Expectation& wait = *step().wait;
    return (!step().more || value >= m_before + *step().more) && (!wait.atLeast || value >= *wait.atLeast) &&
           (!wait.atMost || value <= *wait.atMost);
}

std::pair<std::size_t, std::size_t> LessonCourse::score() const {
    const auto count = [this](bool good) {
        return static_cast<std::size_t>(std::ranges::count(m_points, std::optional{good}));
    };
    return {count(true), count(true) + count(false)};
}

void LessonCourse::take(const telemetry::Event& event) {
    m_account.take(event);
    // How things were before anything was done is not what has come of it; that there is more of something is.
    if (!m_came && (m_done || !step().deed || step().more || step().task) && holds()) {
        m_came = true;
        if (step().task) {
            rate(!m_done);
        }
    }
}

void LessonCourse::choose(std::size_t answer) {
    if (need() != Need::Answer || answer >= step().answers.size()) {
        return;
    }
    m_answered = true;
    m_chosen = answer;
    rate(step().answers[answer].right);
}

void LessonCourse::done() {
    m_done = true;
    m_before = measured();
}

bool LessonCourse::goOn() {
    if (need() == Need::Answer) {
        m_answered = true;
        return true;
    }
    if (need() != Need::Nothing || isLast()) {
        return false;
    }
    enter(m_at + 1);
    return true;
}

void LessonCourse::skip() {
    if (!isLast()) {
        if (step().task && !m_came) {
            rate(false);
        }
        enter(m_at + 1);
    }
}

void LessonCourse::back() {
    if (m_at > 0) {
        enter(m_at - 1);
    }
}

} // namespace kolam::gui
