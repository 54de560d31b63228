// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/common/time_bar.h"

#include "gui/common/sentences.h"
#include "gui/common/timeline_bar.h"

#include <QAction>
#include <QLabel>
#include <algorithm>
#include <array>

namespace kolam::gui {

namespace {
constexpr std::array speeds{0.001, 0.01, 0.1, 0.5, 1.0, 2.0, 10.0, 100.0};
} // namespace

TimeBar::TimeBar(Playback& playback, const TimeActions& actions, QWidget* parent)
    : QToolBar(tr("Time"), parent)
    , m_playback(playback)
    , m_mode(new QLabel(this))
    , m_timeline(new TimelineBar(playback, this)) {
    setObjectName(QStringLiteral("time"));
    setMovable(false);
    for (QAction* const action : {actions.stepBack, actions.pause, actions.stepForward, actions.toNow}) {
        addAction(action);
    }
    m_mode->setTextFormat(Qt::PlainText);
    m_mode->setAccessibleName(tr("Moment that is shown"));
    const QString time = QStringLiteral("00:00:00.000000");
    for (const QString& words : {tr("PAUSED %1").arg(time), tr("×%1 %2").arg(QStringLiteral("0.001"), time)}) {
        m_mode->setMinimumWidth(std::max(m_mode->minimumWidth(), fontMetrics().horizontalAdvance(words) + 24));
    }
    m_mode->setAlignment(Qt::AlignCenter);
    m_timeline->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    addWidget(m_mode);
    addWidget(m_timeline);
    connectActions(actions);
    connect(&playback, &Playback::shown, this, &TimeBar::showMode);
    connect(&playback, &Playback::modeChanged, this, &TimeBar::showMode);
    showMode();
}

void TimeBar::connectActions(const TimeActions& actions) {
    const auto on = [this](QAction* action, auto&& does) { connect(action, &QAction::triggered, this, does); };
    on(actions.pause,
       [this] { m_playback.mode() == Playback::Mode::Live ? m_playback.pause() : m_playback.togglePause(); });
    on(actions.stepBack, [this] { m_playback.step(-1); });
    on(actions.stepForward, [this] { m_playback.step(1); });
    on(actions.toBegin, [this] { m_playback.seekPosition(m_playback.history().begin()); });
    on(actions.toNow, [this] {
        m_timeline->lookAtAll();
        m_playback.goLive();
    });
    on(actions.slower, [this] {
        const auto slower = std::ranges::lower_bound(speeds, m_playback.speed());
        m_playback.setSpeed(slower == speeds.begin() ? speeds.front() : *std::prev(slower));
    });
    on(actions.faster, [this] {
        const auto faster = std::ranges::upper_bound(speeds, m_playback.speed());
        m_playback.setSpeed(faster == speeds.end() ? speeds.back() : *faster);
    });
    on(actions.showAllTime, [this] { m_timeline->lookAtAll(); });
}

void TimeBar::showMode() {
    QString words;
    switch (m_playback.mode()) {
    case Playback::Mode::Live:
        words = m_playback.history().empty() ? tr("LIVE") : tr("LIVE %1").arg(clockText(m_playback.time()).left(8));
        break;
    case Playback::Mode::Paused: words = tr("PAUSED %1").arg(clockText(m_playback.time(), true)); break;
    case Playback::Mode::Playing:
        words = tr("×%1 %2").arg(QString::number(m_playback.speed()), clockText(m_playback.time(), true));
        break;
    }
    m_mode->setText(words);
}

} // namespace kolam::gui
