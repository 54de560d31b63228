// SPDX-License-Identifier: GPL-3.0-or-later
// The panels of the monitor's window, and how they are arranged at first. Next door: monitor_window.cpp, what they do.
#include "gui/common/panels.h"
#include "gui/common/rows.h"
#include "gui/common/theme.h"
#include "gui/common/time_bar.h"
#include "gui/common/timeline_bar.h"
#include "gui/monitor/charts_panel.h"
#include "gui/monitor/explainer_view.h"
#include "gui/monitor/fault_bar.h"
#include "gui/monitor/lesson_view.h"
#include "gui/monitor/log_view.h"
#include "gui/monitor/message_dots.h"
#include "gui/monitor/monitor_actions.h"
#include "gui/monitor/monitor_window.h"
#include "gui/monitor/topology_view.h"

#include <QDockWidget>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStatusBar>
#include <QTableView>
#include <QTreeView>
#include <algorithm>

namespace kolam::gui {

namespace {

constexpr int tight = 2; // pixels between things that belong together

QLineEdit* filterField(const QString& name, QWidget* parent) {
    auto* const field = new QLineEdit(parent);
    field->setPlaceholderText(name);
    field->setAccessibleName(name);
    field->setClearButtonEnabled(true);
    return field;
}

} // namespace

QDockWidget* MonitorWindow::addDock(Qt::DockWidgetArea area, const QString& name, const char* key, QWidget* content) {
    m_docks.append(addPanel(*this, area, name, key, content));
    m_actions->panels->addAction(m_docks.back()->toggleViewAction());
    return m_docks.back();
}

void MonitorWindow::makeCentre() {
    m_map = new TopologyView(this);
    m_dots = new MessageDots(m_playback, this);
    m_map->setDots(m_dots);
    connect(m_dots, &MessageDots::moved, m_map, QOverload<>::of(&QWidget::update));
    m_lesson = new LessonView(this);
    setCentralWidget(stacked({new FaultBar(*m_faults, this), m_map, m_lesson}, tight));
    m_summary = new QLabel(this);
    m_summary->setTextFormat(Qt::PlainText);
    statusBar()->addPermanentWidget(m_summary);
    statusBar()->setSizeGripEnabled(false);
    statusBar()->setContentsMargins(currentTokens().space, 0, currentTokens().space, 0);
}

void MonitorWindow::makeComponents() {
    m_components = new RowModel(componentHeadings(), this);
    m_componentFilter = new QSortFilterProxyModel(this);
    m_componentFilter->setSourceModel(m_components);
    m_componentFilter->setRecursiveFilteringEnabled(true);
    m_componentFilter->setAutoAcceptChildRows(true);
    m_componentFilter->setFilterKeyColumn(-1);
    m_componentFilter->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_componentTree = new QTreeView(this);
    m_componentTree->setModel(m_componentFilter);
    m_componentTree->setAccessibleName(tr("Components"));
    m_componentTree->setUniformRowHeights(true);
    m_componentTree->setIndentation(14);
    m_componentTree->header()->setResizeContentsPrecision(0); // of what is seen, and not of thousands of rows
    m_componentTree->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    m_componentTree->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_componentTree->header()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
    connect(m_componentFilter, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex& parent) {
        if (!parent.isValid()) {
            m_componentTree->expandAll();
        }
    });
    m_find = filterField(tr("Find components: name, pool, state"), this);
    connect(m_find, &QLineEdit::textChanged, this, [this](const QString& words) {
        m_componentFilter->setFilterFixedString(words);
        m_componentTree->expandAll();
    });
    addDock(Qt::LeftDockWidgetArea, tr("Components"), "components", stacked({m_find, m_componentTree}, tight));
}

void MonitorWindow::makeInspector() {
    m_inspected = new RowModel(inspectorHeadings(), this);
    auto* const table = plainTable(m_inspected, tr("What is known of the selected component"), this);
    table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    m_inspectorTitle = new QLabel(tr("Select a component on the map or in the list."), this);
    m_inspectorTitle->setTextFormat(Qt::PlainText);
    m_inspectorTitle->setProperty("role", QStringLiteral("title"));
    m_inspectorTitle->setMargin(6);
    m_inspectorTitle->setWordWrap(true);
    addDock(Qt::LeftDockWidgetArea, tr("Inspector"), "inspector", stacked({m_inspectorTitle, table}, tight));
}

void MonitorWindow::makeFailovers() {
    m_failovers = new RowModel(failoverHeadings(), this);
    m_failoverTable = plainTable(m_failovers, tr("Failovers"), this);
    int widest = 96; // each column has the room of the longest heading
    for (const QString& heading : failoverHeadings()) {
        widest = std::max(widest, m_failoverTable->horizontalHeader()->fontMetrics().horizontalAdvance(heading) + 16);
    }
    m_failoverTable->horizontalHeader()->setDefaultSectionSize(widest);
    m_explainer = new ExplainerView(this);
    addDock(Qt::RightDockWidgetArea, tr("Failover explained"), "explainer", m_explainer);
    m_charts = new ChartsPanel(m_playback, this);
    addDock(Qt::RightDockWidgetArea, tr("Charts"), "charts", m_charts);
}

void MonitorWindow::makeEvents(const QString& logFolder) {
    m_events = new HistoryModel(m_playback, this);
    m_eventTable = plainTable(m_events, tr("Events"), this);
    m_eventTable->setColumnWidth(HistoryModel::TimeColumn,
                                 fontMetrics().horizontalAdvance(QStringLiteral("00:00:00.000000")) + 16);
    m_findEvents = filterField(tr("Find events"), this);
    connect(m_findEvents, &QLineEdit::textChanged, m_events, &HistoryModel::setWords);
    QDockWidget* const events =
        addDock(Qt::BottomDockWidgetArea, tr("Events"), "events", stacked({m_findEvents, m_eventTable}, tight));
    QDockWidget* const failovers = addDock(Qt::BottomDockWidgetArea, tr("Failovers"), "failovers", m_failoverTable);
    m_sessions = new RowModel(sessionHeadings(), this);
    auto* const sorted = new QSortFilterProxyModel(this);
    sorted->setSourceModel(m_sessions);
    sorted->setSortRole(RowModel::SortRole);
    QTableView* const table = plainTable(sorted, tr("Sessions"), this);
    table->setSortingEnabled(true);
    table->sortByColumn(0, Qt::AscendingOrder);
    QDockWidget* const sessions = addDock(Qt::BottomDockWidgetArea, tr("Sessions"), "sessions", table);
    m_log = new LogView(logFolder, this);
    connect(m_log, &LogView::momentWanted, this, [this] { m_log->jumpTo(m_playback.time()); });
    QDockWidget* const log = addDock(Qt::BottomDockWidgetArea, tr("Log"), "log", m_log);
    tabifyDockWidget(events, sessions);
    tabifyDockWidget(sessions, log);
    splitDockWidget(events, failovers, Qt::Horizontal);
    events->raise();
}

void MonitorWindow::makeTimeline() {
    auto* const bar = new TimeBar(m_playback, *m_actions, this);
    m_timeline = &bar->timeline();
    m_range = new QLabel(this);
    m_range->setTextFormat(Qt::PlainText);
    m_range->setContentsMargins(currentTokens().space, 0, currentTokens().space, 0);
    m_range->setAccessibleName(tr("Figures of the marked range"));
    connect(m_timeline, &TimelineBar::rangeChanged, this, [this] { m_range->setText(m_timeline->rangeText()); });
    bar->addWidget(m_range);
    addToolBar(Qt::BottomToolBarArea, bar);
}

void MonitorWindow::arrangeDocks() {
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    const auto dock = [&](const char* key) { return findChild<QDockWidget*>(QString::fromLatin1(key)); };
    resizeDocks({dock("components"), dock("explainer")}, {430, 430}, Qt::Horizontal);
    resizeDocks({dock("components"), dock("inspector")}, {300, 300}, Qt::Vertical);
    resizeDocks({dock("explainer"), dock("charts")}, {280, 380}, Qt::Vertical);
    resizeDocks({dock("events")}, {190}, Qt::Vertical);
    m_firstState = saveState(settingsVersion);
}

} // namespace kolam::gui
