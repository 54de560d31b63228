// SPDX-License-Identifier: GPL-3.0-or-later
// The monitor's window: the map in the middle, components left, what explains them right, events below, and the time
// line under everything. All of it shows one model: that of the moment of a Playback. What people do goes to the
// playback, or through the fault book to components. Next door: monitor_actions.h, menus and keys; window_docks.cpp.
#pragma once

#include "demos/lab/demo_import.h"
#include "demos/lab/scenario.h"
#include "gui/common/history_model.h"
#include "gui/common/playback.h"
#include "gui/common/row_model.h"
#include "gui/feeds/feed.h"

#include <QMainWindow>
#include <QTimer>
#include <array>
#include <functional>
#include <memory>
#include <set>

class QDockWidget;
class QLabel;
class QLineEdit;
class QSortFilterProxyModel;
class QTableView;
class QTreeView;

namespace kolam::gui {

class ChartsPanel;
class ExplainerView;
class FaultBook;
class LabClient;
class LessonView;
class LogView;
class MessageDots;
class TimelineBar;
class TopologyView;
struct MonitorActions;

class MonitorWindow final : public QMainWindow {
    Q_OBJECT
public:
    struct Config {
        bool useSettings = true; // remember panels, places and choices
        std::size_t nodeLimit = 1'500;
        QString placesKey; // of a scenario, scope or recording: places of nodes are remembered for each
    };
    /// @param lab  none: processes cannot be killed. Feed and lab outlive the window.
    MonitorWindow(Feed& feed, LabClient* lab, const Config& config);
    ~MonitorWindow() override;

    [[nodiscard]] Playback& playback() { return m_playback; }
    [[nodiscard]] const MonitorActions& actions() const { return *m_actions; }
    [[nodiscard]] TopologyView& map() { return *m_map; }
    [[nodiscard]] ExplainerView& explainer() { return *m_explainer; }
    [[nodiscard]] TimelineBar& timeline() { return *m_timeline; }
    [[nodiscard]] FaultBook& faults() { return *m_faults; }
    [[nodiscard]] ChartsPanel& charts() { return *m_charts; }
    [[nodiscard]] LogView& log() { return *m_log; }
    [[nodiscard]] LessonView& lesson() { return *m_lesson; }
    [[nodiscard]] const RowModel& components() const { return *m_components; }
    [[nodiscard]] const RowModel& sessions() const { return *m_sessions; }
    [[nodiscard]] const RowModel& failovers() const { return *m_failovers; }
    [[nodiscard]] const HistoryModel& events() const { return *m_events; }

    /// The scenario's lesson, with the lab that plays it and outlives the window.
    void teach(const lab::Scenario& scenario, LabClient& lab);
    /// The lesson alone.
    void teach(const lab::Words& title, const std::vector<lab::LessonStep>& steps);
    void select(const std::optional<NodeId>& node);
    /// Before its first step, with all its steps on the time line. False: there is none.
    bool goToLastFailover();
    /// Everything that is shown, now and not with the next frame.
    void refresh();
    void setTheme(Theme theme);
    /// A setup of rserpooldemo: places of components, and a scenario.
    void importSetup(const QString& path);
    void say(const QString& sentence);
    /// Opens the comparison of what is remembered here with a recording.
    void compareWith(const QString& recording);

signals:
    void closed();

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    // window_docks.cpp
    void makeCentre();
    void makeComponents();
    void makeInspector();
    void makeFailovers();
    void makeEvents(const QString& logFolder);
    void makeTimeline();
    void arrangeDocks();
    QDockWidget* addDock(Qt::DockWidgetArea area, const QString& name, const char* key, QWidget* content);
    // monitor_window.cpp
    void connectTime();
    void connectMap();
    void choosePicture();
    void saveClip();
    void compareWithRecording();
    void setMapPicture(const QString& path);
    // window_faults.cpp
    void connectFaults();
    void begin(lab::Deed kind);
    void pick(int number);
    void showFaultMenu(const NodeId& node, QPoint global);
    void choosePartition();
    void cut(const std::vector<ComponentId>& these, const std::vector<ComponentId>& fromThese);
    [[nodiscard]] std::vector<ComponentId> reachable() const;
    // window_import.cpp
    void chooseSetup();
    void placeSetup();
    // monitor_window.cpp and window_view.cpp
    void connectView();
    void connectFiles();
    // window_lesson.cpp
    void connectLessons();
    void showSpotlight();
    void showOnceMore();
    void scheduleRefresh();
    /// A part of what is shown, and the others in turns of their own when there is much: hands wait for one at most.
    void showParts();
    /// What is left of a part for the next turn: what was drafted is shown. Nothing: the part is done.
    using Rest = std::function<void()>;
    Rest showMap();
    Rest showComponents();
    Rest showSessions();
    Rest showFailovers();
    Rest showSummary();
    [[nodiscard]] bool isShowing() const { return m_part != 0 || m_rest; }
    void showTrails();
    void showFailover(std::size_t index);
    void present(bool on);
    void findText();
    void showSheet();
    void readSettings();
    void writeSettings() const;

    Feed& m_feed;
    Config m_config;
    Playback m_playback;
    std::unique_ptr<MonitorActions> m_actions;
    FaultBook* m_faults = nullptr;
    MessageDots* m_dots = nullptr;
    TopologyView* m_map = nullptr;
    TimelineBar* m_timeline = nullptr;
    ExplainerView* m_explainer = nullptr;
    ChartsPanel* m_charts = nullptr;
    LessonView* m_lesson = nullptr;
    LogView* m_log = nullptr;
    RowModel* m_components = nullptr;
    RowModel* m_sessions = nullptr;
    RowModel* m_failovers = nullptr;
    RowModel* m_inspected = nullptr;
    HistoryModel* m_events = nullptr;
    QTreeView* m_componentTree = nullptr;
    QSortFilterProxyModel* m_componentFilter = nullptr;
    QTableView* m_eventTable = nullptr;
    QTableView* m_failoverTable = nullptr;
    QLineEdit* m_find = nullptr;
    QLineEdit* m_findEvents = nullptr;
    QLabel* m_inspectorTitle = nullptr;
    QLabel* m_range = nullptr;
    QLabel* m_summary = nullptr;
    QList<QDockWidget*> m_docks;
    QString m_picturePath;                    // behind the map
    static constexpr int settingsVersion = 1; // of the state of panels
    QByteArray m_stateBeforeLesson;
    QByteArray m_firstState;  // of the panels
    QByteArray m_stateBefore; // the presentation
    Theme m_themeBefore = Theme::Dark;
    std::optional<NodeId> m_selected;
    std::optional<lab::ImportedDemo> m_setup;
    std::set<NodeId> m_placed;                                      // by it
    std::optional<std::pair<ComponentId, std::int64_t>> m_failover; // chosen: user and detection; none: the last one
    std::vector<std::string> m_lookedAt;                            // members that the lesson is about
    std::function<std::optional<ComponentId>(const std::string& member)> m_componentOf;
    QTimer m_trailsDue; // half a second is soon enough for a minute
    static const std::array<Rest (MonitorWindow::*)(), 5> parts;
    std::size_t m_part = 0;  // that is being shown, or comes next
    Rest m_rest;             // of it
    bool m_isBehind = false; // something has happened since the first part
    int m_spent = 0;         // milliseconds, for all parts
    QTimer m_frame;          // what has changed is shown with the next one
};

} // namespace kolam::gui
