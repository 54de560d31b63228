// SPDX-License-Identifier: GPL-3.0-or-later
// Leads through a lesson where nobody is there to do it: without a display, and in tests. It answers rightly, does what
// is to be done, and waits for what must happen. Next door: lesson_view.h.
#pragma once

#include "gui/monitor/lesson_view.h"

#include <QObject>
#include <QTimer>

namespace kolam::gui {

class LessonPilot final : public QObject {
    Q_OBJECT
public:
    explicit LessonPilot(LessonView& lesson, std::chrono::milliseconds pace = std::chrono::milliseconds{700})
        : m_lesson(lesson) {
        connect(&m_timer, &QTimer::timeout, this, &LessonPilot::step);
        m_timer.start(pace);
    }

private:
    void step() {
        if (m_lesson.isOn()) {
            m_lesson.answerRightly();
            m_lesson.goOn();
        } else {
            m_timer.stop();
        }
    }
    LessonView& m_lesson;
    QTimer m_timer;
};

} // namespace kolam::gui
