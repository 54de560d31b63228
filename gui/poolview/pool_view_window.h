// SPDX-License-Identifier: GPL-3.0-or-later
// The operators' window: who agrees with whom and how old that is on top, then what there is, the chips that narrow it,
// and tables of pools, elements, registrars and sessions, what registrars differ about, and load over time as colours.
// All of it shows one model: that of the moment of a Playback.
// Only the table that is seen is computed. Next door: pool_view_actions.h, menus and keys; window_panels.cpp.
#pragma once

#include "gui/common/playback.h"
#include "gui/feeds/feed.h"
#include "gui/poolview/load_history.h"
#include "gui/poolview/operations.h"
#include "gui/poolview/pool_table.h"

#include <QElapsedTimer>
#include <QMainWindow>
#include <QTimer>
#include <functional>
#include <memory>

class QComboBox;
class QDockWidget;
class QLabel;
class QLineEdit;
class QTableView;
class QTabWidget;

namespace kolam::gui {

class AgreementClock;
class HeaderBar;
class HeatMap;
class HistoryModel;
class Notifier;
class RowModel;
class RuleBook;
class RulesPanel;
class TablePage;
struct PoolCounts;
struct PoolViewActions;

class PoolViewWindow final : public QMainWindow {
    Q_OBJECT
public:
    struct Config {
        bool useSettings = true;         // remember panels, columns and choices
        std::function<WallTime()> clock; // none: the host's
        Notifier* notifier = nullptr;    // none: the desktop is told nothing
        Operations::Config control;      // by default the window only watches
        int wallMilliseconds = 10'000;   // before the next table is shown on a wall
    };
    /// The feed outlives the window.
    PoolViewWindow(Feed& feed, Config config);
    ~PoolViewWindow() override;

    [[nodiscard]] Playback& playback() { return m_playback; }
    [[nodiscard]] const PoolViewActions& actions() const { return *m_actions; }
    [[nodiscard]] const HeaderBar& header() const { return *m_header; }
    [[nodiscard]] const QList<TablePage*>& pages() const { return m_pages; }
    [[nodiscard]] TablePage& page() const;
    [[nodiscard]] QLineEdit& search() { return *m_search; }
    [[nodiscard]] const RowModel& inspected() const { return *m_inspected; }
    [[nodiscard]] const HistoryModel& history() const { return *m_history; }
    [[nodiscard]] HeatMap& heatMap() { return *m_heat; }
    [[nodiscard]] const AgreementClock& convergence() const { return *m_convergence; }
    [[nodiscard]] RuleBook& rules() { return *m_rules; }
    [[nodiscard]] RulesPanel& rulesPanel() { return *m_rulesPanel; }
    [[nodiscard]] Operations& operations() { return *m_operations; }
    [[nodiscard]] QString status() const;

    void select(const std::optional<NodeId>& node);
    [[nodiscard]] const std::optional<NodeId>& selected() const { return m_selected; }
    /// When it appears, unless something else is selected then.
    void selectLater(ComponentId component) { m_selectLater = component; }
    /// By its key: "pools", "elements", ...
    void showView(const QString& key);
    /// Everything that is shown, now and not with the next frame.
    void refresh();
    void setTheme(Theme theme);
    void say(const QString& sentence);

signals:
    void closed();

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    // window_panels.cpp
    void makeTables();
    void makeChips();
    void makeDetails();
    void makeHeatMap();
    void makeRules();
    void makeTimeline();
    QDockWidget* addDock(Qt::DockWidgetArea area, const QString& name, const char* key, QWidget* content);
    void arrangeDocks();
    // pool_view_window.cpp
    void connectTime();
    void connectShow();
    void connectHeatMap();
    void connectView();
    void scheduleRefresh();
    void showAge();
    void showChips(const PoolCounts& counts);
    void selectWaited();
    void showRows();
    void showHeat(bool atOnce);
    void narrow();
    [[nodiscard]] WallTime now() const;
    // window_duties.cpp
    void connectRules();
    void connectOperations();
    void judge();
    void showOperations();
    void ask(Operation operation);
    [[nodiscard]] std::vector<NodeId> chosenNodes() const;
    // window_view.cpp
    void connectFiles();
    void findEvents();
    void putOnWall(bool on);
    void showNextView();
    void showSheet();
    void resetLayout();
    void readSettings();
    void writeSettings() const;

    Feed& m_feed;
    Config m_config;
    Playback m_playback;
    std::unique_ptr<PoolViewActions> m_actions;
    HeaderBar* m_header = nullptr;
    QWidget* m_chipBar = nullptr;
    QLineEdit* m_search = nullptr;
    QLabel* m_shown = nullptr; // how many rows
    QWidget* m_columnsButton = nullptr;
    QTabWidget* m_tabs = nullptr;
    QList<TablePage*> m_pages; // by viewKeys()
    AgreementClock* m_convergence = nullptr;
    LoadHistory m_loads;
    HeatMap* m_heat = nullptr;
    QComboBox* m_span = nullptr; // of the heat map
    QLabel* m_cell = nullptr;    // of the heat map, in words
    QElapsedTimer m_sinceHeat;
    Operations* m_operations = nullptr;
    RuleBook* m_rules = nullptr;
    RulesPanel* m_rulesPanel = nullptr;
    QDockWidget* m_rulesDock = nullptr;
    WallTime m_judged; // the moment that was judged last
    RowModel* m_inspected = nullptr;
    QLabel* m_inspectorTitle = nullptr;
    HistoryModel* m_history = nullptr;
    QTableView* m_historyTable = nullptr;
    QList<QDockWidget*> m_docks;
    QByteArray m_firstState;  // of the panels
    QByteArray m_stateBefore; // the wall
    Theme m_themeBefore = Theme::Dark;
    std::optional<NodeId> m_selected;
    std::optional<ComponentId> m_selectLater;
    QElapsedTimer m_sinceStart;
    QElapsedTimer m_sinceHeard; // invalid: nothing was heard yet
    QTimer m_frame;             // what has changed is shown with the next one
    QTimer m_ages;              // what grows older, and is not told anything
    QTimer m_wallClock;
};

} // namespace kolam::gui
