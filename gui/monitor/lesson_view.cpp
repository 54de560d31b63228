// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/monitor/lesson_view.h"

#include "gui/common/language.h"
#include "gui/common/theme.h"

#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace kolam::gui {

namespace {

QString inOurLanguage(const lab::Words& words) {
    return QString::fromStdString(words.in(languageCode(spokenLanguage()).toStdString())).simplified();
}

QLabel* lessonLabel(QWidget* parent) {
    auto* const label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

QString deedText(const lab::Action& deed) {
    QStringList who;
    for (const std::string& member : deed.who) {
        who.append(QString::fromStdString(member));
    }
    const QString all =
        who.size() <= 2 ? who.join(QStringLiteral(", ")) : who.first() + QStringLiteral(" … ") + who.last();
    switch (deed.deed) {
    case lab::Deed::Start: return LessonView::tr("Start %1").arg(all);
    case lab::Deed::Stop: return LessonView::tr("Stop %1").arg(all);
    case lab::Deed::Kill: return LessonView::tr("Kill %1").arg(all);
    case lab::Deed::Freeze: return LessonView::tr("Freeze %1").arg(all);
    case lab::Deed::Resume: return LessonView::tr("Let %1 go on").arg(all);
    case lab::Deed::Restart: return LessonView::tr("Restart %1").arg(all);
    case lab::Deed::Drain: return LessonView::tr("Drain %1").arg(all);
    case lab::Deed::Loss: return LessonView::tr("Lose packets of %1").arg(all);
    case lab::Deed::Delay: return LessonView::tr("Delay packets of %1").arg(all);
    case lab::Deed::Partition: return LessonView::tr("Cut off %1").arg(all);
    case lab::Deed::Slow: return LessonView::tr("Slow %1 down").arg(all);
    case lab::Deed::Flap: return LessonView::tr("Let %1 flap").arg(all);
    case lab::Deed::Overload: return LessonView::tr("Send a crowd to %1").arg(all);
    case lab::Deed::Heal: return LessonView::tr("Heal everything");
    default: break;
    }
    return LessonView::tr("Do it");
}

LessonView::LessonView(QWidget* parent) : QFrame(parent) {
    setAccessibleName(tr("Lesson"));
    setFrameShape(QFrame::StyledPanel);
    auto* const rows = new QVBoxLayout(this);
    m_where = lessonLabel(this);
    m_where->setWordWrap(false);
    m_where->setProperty("role", QStringLiteral("muted"));
    m_say = lessonLabel(this);
    m_ask = lessonLabel(this);
    m_need = lessonLabel(this);
    m_need->setWordWrap(false);
    m_answerRow = new QVBoxLayout;
    auto* const head = new QHBoxLayout;
    head->addWidget(m_where, 1);
    head->addWidget(m_need);
    rows->addLayout(head);
    rows->addWidget(m_say);
    rows->addWidget(m_ask);
    rows->addLayout(m_answerRow);
    auto* const buttons = new QHBoxLayout;
    const auto button = [&](const QString& words, const QString& help, auto does) {
        auto* const made = new QPushButton(words, this);
        made->setToolTip(help);
        made->setFocusPolicy(Qt::TabFocus);
        connect(made, &QPushButton::clicked, this, does);
        buttons->addWidget(made);
        return made;
    };
    m_back = button(tr("Back"), tr("To the step before"), &LessonView::back);
    m_onceMore =
        button(tr("Once more, slowly"), tr("The last failover, a thousand times as slow"), &LessonView::onceMoreWanted);
    buttons->addStretch();
    m_deed = button({}, tr("Does it to real processes"), [this] {
        if (m_course && m_course->need() == LessonCourse::Need::Deed) {
            goOn();
        }
    });
    m_skip = button(tr("Skip"), tr("To the next step, whatever this one waits for"), &LessonView::skip);
    m_next = button(tr("Continue"), tr("Space, or the forward key of a presenter's clicker"), &LessonView::goOn);
    m_end = button(tr("End the lesson"), tr("The pool goes on until the window is closed"), &LessonView::end);
    rows->addLayout(buttons);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    setVisible(false);
}

void LessonView::setLesson(lab::Words title, std::vector<lab::LessonStep> steps) {
    m_title = std::move(title);
    steps.empty() ? m_course.reset() : static_cast<void>(m_course.emplace(std::move(steps)));
    setVisible(isOn());
    if (isOn()) {
        enter();
    }
}

QString LessonView::caption() const {
    return m_course ? inOurLanguage(m_course->step().say) : QString();
}

void LessonView::take(const std::vector<telemetry::Event>& events) {
    if (!m_course) {
        return;
    }
    const auto before = m_course->need();
    for (const telemetry::Event& event : events) {
        m_course->take(event);
    }
    if (m_course->need() != before) {
        refresh();
    }
}

// ---- What hands do -------------------------------------------------------------------------------------------------

void LessonView::goOn() {
    if (!m_course) {
        return;
    }
    const std::size_t before = m_course->number();
    if (m_course->need() == LessonCourse::Need::Deed) {
        m_course->done();
        emit wanted(*m_course->step().deed);
    } else if (m_course->need() == LessonCourse::Need::Nothing && m_course->isLast()) {
        return end();
    } else {
        (void)m_course->goOn();
    }
    m_course->number() == before ? refresh() : enter();
}

void LessonView::answerRightly() {
    if (m_course && m_course->need() == LessonCourse::Need::Answer) {
        const auto& answers = m_course->step().answers;
        const auto right = std::ranges::find(answers, true, &lab::LessonAnswer::right);
        m_course->choose(static_cast<std::size_t>(right - answers.begin()));
        refresh();
    }
}

void LessonView::skip() {
    if (m_course && !m_course->isLast()) {
        m_course->skip();
        enter();
    }
}

void LessonView::back() {
    if (m_course && m_course->number() > 0) {
        m_course->back();
        enter();
    }
}

void LessonView::end() {
    if (std::exchange(m_course, std::nullopt)) {
        setVisible(false);
        emit lookedAt({});
        emit ended();
    }
}

// ---- What is shown -------------------------------------------------------------------------------------------------

void LessonView::enter() {
    makeAnswers();
    refresh();
    emit lookedAt(m_course->step().look);
}

void LessonView::makeAnswers() {
    qDeleteAll(m_answers);
    m_answers.clear();
    const auto& answers = m_course->step().answers;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        auto* const answer = new QPushButton(inOurLanguage(answers[i].say), this);
        answer->setObjectName(QStringLiteral("answer"));
        answer->setCheckable(true);
        answer->setFocusPolicy(Qt::TabFocus);
        connect(answer, &QPushButton::clicked, this, [this, i] {
            if (m_course) {
                m_course->choose(i);
                refresh();
            }
        });
        m_answerRow->addWidget(answer, 0, Qt::AlignLeft);
        m_answers.append(answer);
    }
}

QString LessonView::needText() const {
    const lab::LessonStep& step = m_course->step();
    switch (m_course->need()) {
    case LessonCourse::Need::Answer: return tr("What do you think?");
    case LessonCourse::Need::Deed: return step.task ? tr("Your turn: how can that be done?") : QString();
    case LessonCourse::Need::Event: return tr("Waiting until it really happens…");
    case LessonCourse::Need::Nothing: break;
    }
    if (!step.answers.empty() && !step.deed && !step.wait) {
        const auto chosen = m_course->chosen();
        return !chosen                       ? QString()
               : step.answers[*chosen].right ? tr("Right!")
                                             : tr("Not quite: see the marked answer.");
    }
    return step.wait ? tr("It has happened.") : QString();
}

void LessonView::refresh() {
    QFont large = font();
    large.setPointSizeF(currentTokens().pointSize * 1.25);
    m_say->setFont(large);
    large.setBold(true);
    m_ask->setFont(large);
    const QString where =
        tr("Lesson: %1 – step %2 of %3").arg(inOurLanguage(m_title)).arg(m_course->number() + 1).arg(m_course->count());
    const auto [points, rated] = m_course->score();
    m_where->setText(rated == 0 ? where : tr("%1 – score %2 of %3").arg(where).arg(points).arg(rated));
    m_say->setText(caption());
    const lab::LessonStep& step = m_course->step();
    m_ask->setText(inOurLanguage(step.ask));
    m_ask->setVisible(!step.ask.empty());
    for (qsizetype i = 0; i < m_answers.size(); ++i) {
        const auto at = static_cast<std::size_t>(i);
        const bool right = m_course->answered() && step.answers[at].right;
        m_answers[i]->setEnabled(!m_course->answered() || right);
        m_answers[i]->setChecked(m_course->chosen() == at);
        m_answers[i]->setText((right ? QStringLiteral("✓ ") : QString()) + inOurLanguage(step.answers[at].say));
        QFont letters = font();
        letters.setBold(right);
        m_answers[i]->setFont(letters);
    }
    const LessonCourse::Need need = m_course->need();
    m_need->setText(needText());
    m_need->setVisible(!m_need->text().isEmpty());
    m_deed->setVisible(step.deed.has_value());
    m_deed->setEnabled(need == LessonCourse::Need::Deed);
    if (step.deed) {
        m_deed->setText(step.task ? tr("Show me") : deedText(*step.deed));
        m_deed->setToolTip(step.task ? tr("%1: that is a way, but no point").arg(deedText(*step.deed))
                                     : tr("Does it to real processes"));
    }
    m_back->setEnabled(m_course->number() > 0);
    m_skip->setEnabled(!m_course->isLast());
    m_next->setEnabled(need != LessonCourse::Need::Event);
    m_next->setText(need == LessonCourse::Need::Nothing && m_course->isLast() ? tr("Finish") : tr("Continue"));
    fitWords();
    setAccessibleDescription(m_where->text() + u'\n' + m_say->text() + u'\n' + m_ask->text());
}

/// Words need the height that their width leaves them; a main window does not ask for it.
void LessonView::fitWords() {
    const QMargins margins = layout()->contentsMargins();
    const int wide = width() - margins.left() - margins.right() - 2 * frameWidth();
    for (QLabel* const label : {m_say, m_ask}) {
        label->setMinimumHeight(0); // what it needs is never less than what it was given
        label->setMinimumHeight(std::max(0, label->heightForWidth(wide)));
    }
}

void LessonView::resizeEvent(QResizeEvent* event) {
    QFrame::resizeEvent(event);
    fitWords();
}

void LessonView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::StyleChange && m_course) {
        refresh();
    }
    QFrame::changeEvent(event);
}

} // namespace kolam::gui
