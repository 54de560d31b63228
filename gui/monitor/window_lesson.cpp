// SPDX-License-Identifier: GPL-3.0-or-later
// The monitor's window while somebody teaches: the lesson's words under the map, the rest of the map dimmed, its deeds
// done by the lab. Next door: lesson_view.h; gui/feeds/lab_client.h.
#include "gui/feeds/lab_client.h"
#include "gui/monitor/lesson_shelf.h"
#include "gui/monitor/lesson_view.h"
#include "gui/monitor/monitor_actions.h"
#include "gui/monitor/monitor_window.h"
#include "gui/monitor/topology_view.h"

#include <QDockWidget>
#include <QFileDialog>

namespace kolam::gui {

namespace {
constexpr double slowly = 0.001; // a failover of three milliseconds in three seconds
} // namespace

void MonitorWindow::connectLessons() {
    const auto open = [this](const QString& path) {
        if (!openScenarioWindow(path)) {
            say(tr("The window of %1 could not be started.").arg(path));
        }
    };
    for (QAction* const lesson : m_actions->lessons) {
        connect(lesson, &QAction::triggered, this, [open, lesson] { open(lesson->data().toString()); });
    }
    connect(m_actions->openLesson, &QAction::triggered, this, [this, open] {
        auto* const dialog = new QFileDialog(this, tr("Open a scenario"), {}, tr("Scenarios (*.rsdemo)"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        connect(dialog, &QFileDialog::fileSelected, this, open);
        dialog->open();
    });
    connect(m_actions->lessonNext, &QAction::triggered, m_lesson, &LessonView::goOn);
    connect(m_actions->lessonBack, &QAction::triggered, m_lesson, &LessonView::back);
    connect(m_actions->lessonSkip, &QAction::triggered, m_lesson, &LessonView::skip);
    connect(m_actions->endLesson, &QAction::triggered, m_lesson, &LessonView::end);
    connect(m_actions->onceMore, &QAction::triggered, this, &MonitorWindow::showOnceMore);
    connect(m_lesson, &LessonView::onceMoreWanted, this, &MonitorWindow::showOnceMore);
    connect(m_lesson, &LessonView::lookedAt, this, [this](const auto& members) {
        m_lookedAt = members;
        scheduleRefresh();
    });
    connect(m_lesson, &LessonView::ended, this, [this] {
        m_actions->setLessonOn(false);
        restoreState(m_stateBeforeLesson, settingsVersion);
    });
    connect(&m_feed, &Feed::heard, m_lesson, &LessonView::take);
}

void MonitorWindow::teach(const lab::Scenario& scenario, LabClient& lab) {
    connect(&lab, &LabClient::said, this, &MonitorWindow::say);
    connect(m_lesson, &LessonView::wanted, &lab, [this, &lab](const lab::Action& deed) {
        m_playback.goLive(); // what is done now is seen now
        m_failover.reset();
        lab.perform(deed);
    });
    m_componentOf = [&lab](const std::string& member) { return lab.componentOf(member); };
    teach(scenario.words, scenario.lesson);
}

void MonitorWindow::teach(const lab::Words& title, const std::vector<lab::LessonStep>& steps) {
    m_actions->setLessonOn(!steps.empty());
    if (!steps.empty()) { // the room is for the map and for what is said
        m_stateBeforeLesson = saveState(settingsVersion);
        for (QDockWidget* const dock : m_docks) {
            dock->setVisible(dock->objectName() == QStringLiteral("explainer"));
        }
    }
    m_lesson->setLesson(title, steps);
}

void MonitorWindow::showSpotlight() {
    std::set<ComponentId> components;
    for (const std::string& member : m_lookedAt) {
        if (const auto component = m_componentOf ? m_componentOf(member) : std::nullopt) {
            components.insert(*component);
        }
    }
    m_map->setSpotlight(std::move(components));
}

void MonitorWindow::showOnceMore() {
    m_failover.reset();
    refresh(); // the last one is the one
    if (!goToLastFailover()) {
        return say(tr("No session has failed over yet."));
    }
    m_playback.setSpeed(slowly);
    m_playback.play();
}

} // namespace kolam::gui
