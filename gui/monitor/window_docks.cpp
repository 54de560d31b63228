// SPDX-License-Identifier: GPL-3.0-or-later
// The panels of the monitor's window, and how they are arranged at first. Next door: monitor_window.cpp, what they do.
#include "gui/common/rows.h"
#include "gui/common/theme.h"
#include "gui/common/timeline_bar.h"
#include "gui/monitor/charts_panel.h"
#include "gui/monitor/explainer_view.h"
#include "gui/monitor/fault_bar.h"
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
#include <QToolBar>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>
#include <algorithm>

namespace kolam::gui {

namespace {

QLineEdit* filterField(const QString& name, QWidget* parent) {
    auto* const field = new QLineEdit(parent);
    field->setPlaceholderText(name);
    field->setAccessibleName(name);
    field->setClearButtonEnabled(true);
    return field;
}

QWidget* column(std::initializer_list<QWidget*> widgets) {
    auto* const box = new QWidget;
    auto* const layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    for (QWidget* const widget : widgets) {
        layout->addWidget(widget);
    }
    return box;
}

} // namespace

QDockWidget* MonitorWindow::addDock(Qt::DockWidgetArea area, const QString& name, const char* key, QWidget* content) {
    auto* const dock = new QDockWidget(name, this);
    dock->setObjectName(QString::fromLatin1(key));
    dock->setAccessibleName(name);
    dock->setWidget(content);
    dock->setFeatures(QDockWidget::DockWidgetClosable | QDockWidget::DockWidgetMovable);
    addDockWidget(area, dock);
    m_actions->panels->addAction(dock->toggleViewAction());
    m_docks.append(dock);
    return dock;
}

QTableView* MonitorWindow::makeTable(QAbstractItemModel* model, const QString& name) {
    auto* const table = new QTableView(this);
    table->setModel(model);
    table->setAccessibleName(name);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setTabKeyNavigation(false); // Tab leaves it
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->horizontalHeader()->setHighlightSections(false);
    return table;
}

void MonitorWindow::makeCentre() {
    m_map = new TopologyView(this);
    m_dots = new MessageDots(m_playback, this);
    m_map->setDots(m_dots);
    connect(m_dots, &MessageDots::moved, m_map, QOverload<>::of(&QWidget::update));
    setCentralWidget(column({new FaultBar(*m_faults, this), m_map}));
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
    addDock(Qt::LeftDockWidgetArea, tr("Components"), "components", column({m_find, m_componentTree}));
}

void MonitorWindow::makeInspector() {
    m_inspected = new RowModel(inspectorHeadings(), this);
    auto* const table = makeTable(m_inspected, tr("What is known of the selected component"));
    table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    m_inspectorTitle = new QLabel(tr("Select a component on the map or in the list."), this);
    m_inspectorTitle->setTextFormat(Qt::PlainText);
    m_inspectorTitle->setProperty("role", QStringLiteral("title"));
    m_inspectorTitle->setMargin(6);
    m_inspectorTitle->setWordWrap(true);
    addDock(Qt::LeftDockWidgetArea, tr("Inspector"), "inspector", column({m_inspectorTitle, table}));
}

void MonitorWindow::makeFailovers() {
    m_failovers = new RowModel(failoverHeadings(), this);
    m_failoverTable = makeTable(m_failovers, tr("Failovers"));
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

void MonitorWindow::makeEvents() {
    m_events = new HistoryModel(m_playback, this);
    m_eventTable = makeTable(m_events, tr("Events"));
    m_eventTable->setColumnWidth(HistoryModel::TimeColumn,
                                 fontMetrics().horizontalAdvance(QStringLiteral("00:00:00.000000")) + 16);
    m_findEvents = filterField(tr("Find events"), this);
    connect(m_findEvents, &QLineEdit::textChanged, m_events, &HistoryModel::setWords);
    QDockWidget* const events =
        addDock(Qt::BottomDockWidgetArea, tr("Events"), "events", column({m_findEvents, m_eventTable}));
    QDockWidget* const failovers = addDock(Qt::BottomDockWidgetArea, tr("Failovers"), "failovers", m_failoverTable);
    m_sessions = new RowModel(sessionHeadings(), this);
    auto* const sorted = new QSortFilterProxyModel(this);
    sorted->setSourceModel(m_sessions);
    sorted->setSortRole(RowModel::SortRole);
    QTableView* const table = makeTable(sorted, tr("Sessions"));
    table->setSortingEnabled(true);
    table->sortByColumn(0, Qt::AscendingOrder);
    QDockWidget* const sessions = addDock(Qt::BottomDockWidgetArea, tr("Sessions"), "sessions", table);
    tabifyDockWidget(events, sessions);
    splitDockWidget(events, failovers, Qt::Horizontal);
    events->raise();
}

void MonitorWindow::makeTimeline() {
    m_timeBar = new QToolBar(tr("Time"), this);
    m_timeBar->setObjectName(QStringLiteral("time"));
    m_timeBar->setMovable(false);
    for (QAction* const action : {m_actions->stepBack, m_actions->pause, m_actions->stepForward, m_actions->toNow}) {
        m_timeBar->addAction(action);
    }
    m_mode = new QLabel(this);
    m_mode->setTextFormat(Qt::PlainText);
    m_mode->setAccessibleName(tr("Moment that is shown"));
    const QString time = QStringLiteral("00:00:00.000000");
    for (const QString& words : {tr("PAUSED %1").arg(time), tr("×%1 %2").arg(QStringLiteral("0.001"), time)}) {
        m_mode->setMinimumWidth(std::max(m_mode->minimumWidth(), fontMetrics().horizontalAdvance(words) + 24));
    }
    m_mode->setAlignment(Qt::AlignCenter);
    m_timeline = new TimelineBar(m_playback, this);
    m_timeline->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_range = new QLabel(this);
    m_range->setTextFormat(Qt::PlainText);
    m_range->setContentsMargins(currentTokens().space, 0, currentTokens().space, 0);
    m_range->setAccessibleName(tr("Figures of the marked range"));
    connect(m_timeline, &TimelineBar::rangeChanged, this, [this] { m_range->setText(m_timeline->rangeText()); });
    m_timeBar->addWidget(m_mode);
    m_timeBar->addWidget(m_timeline);
    m_timeBar->addWidget(m_range);
    addToolBar(Qt::BottomToolBarArea, m_timeBar);
}

void MonitorWindow::arrangeDocks() {
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    const auto dock = [&](const char* key) { return findChild<QDockWidget*>(QString::fromLatin1(key)); };
    resizeDocks({dock("components"), dock("explainer")}, {430, 430}, Qt::Horizontal);
    resizeDocks({dock("components"), dock("inspector")}, {300, 300}, Qt::Vertical);
    resizeDocks({dock("explainer"), dock("charts")}, {280, 380}, Qt::Vertical);
    resizeDocks({dock("events")}, {190}, Qt::Vertical);
    m_firstState = saveState(1);
}

} // namespace kolam::gui
