// SPDX-License-Identifier: GPL-3.0-or-later
// A lesson under the map: its words in large letters, its question, what is to be done, what it waits for. Space, or
// the forward key of a presenter's clicker, leads through all of it. It does nothing itself: it asks for deeds. Next
// door: lesson_course.h, where the lesson is; monitor_window.h, who has hands and knows what happens.
#pragma once

#include "gui/monitor/lesson_course.h"

#include <QFrame>

class QBoxLayout;
class QLabel;
class QPushButton;

namespace kolam::gui {

class LessonView final : public QFrame {
    Q_OBJECT
public:
    explicit LessonView(QWidget* parent = nullptr);

    /// Begins at the first step. Without steps there is no lesson, and nothing to be seen.
    void setLesson(lab::Words title, std::vector<lab::LessonStep> steps);
    [[nodiscard]] bool isOn() const { return m_course.has_value(); }
    [[nodiscard]] const LessonCourse& course() const { return *m_course; }
    /// In the windows' language where the lesson knows it.
    [[nodiscard]] QString caption() const;
    void take(const std::vector<telemetry::Event>& events);

    /// Does what is next: the deed, the answer, the next step.
    void goOn();
    void answerRightly();
    void skip();
    void back();
    void end();

signals:
    /// The members that the step is about; none: everybody.
    void lookedAt(const std::vector<std::string>& members);
    void wanted(const kolam::lab::Action& deed);
    /// The last failover once more, slowly.
    void onceMoreWanted();
    void ended();

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void enter();
    void refresh();
    void makeAnswers();
    void fitWords();
    [[nodiscard]] QString needText() const;

    std::optional<LessonCourse> m_course;
    lab::Words m_title;
    QLabel* m_where;
    QLabel* m_say;
    QLabel* m_ask;
    QBoxLayout* m_answerRow;
    QList<QPushButton*> m_answers;
    QLabel* m_need;
    QPushButton* m_deed;
    QPushButton* m_back;
    QPushButton* m_skip;
    QPushButton* m_onceMore;
    QPushButton* m_next;
    QPushButton* m_end;
};

/// "Kill pe-1": what is done by a deed of a lesson, for a button.
[[nodiscard]] QString deedText(const lab::Action& deed);

} // namespace kolam::gui
