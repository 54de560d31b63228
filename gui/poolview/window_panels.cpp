// SPDX-License-Identifier: GPL-3.0-or-later
// The panels of the pool view, and how they are arranged at first. Next door: pool_view_window.cpp, what they do.
#include "gui/common/history_model.h"
#include "gui/common/panels.h"
#include "gui/common/row_layout.h"
#include "gui/common/rows.h"
#include "gui/common/time_bar.h"
#include "gui/poolview/agreement_clock.h"
#include "gui/poolview/header_bar.h"
#include "gui/poolview/heat_map.h"
#include "gui/poolview/pool_rows.h"
#include "gui/poolview/pool_view_actions.h"
#include "gui/poolview/pool_view_window.h"
#include "gui/poolview/rule_book.h"
#include "gui/poolview/rules_panel.h"
#include "gui/poolview/table_page.h"

#include <QComboBox>
#include <QDockWidget>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QStatusBar>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <algorithm>

namespace kolam::gui {

QDockWidget* PoolViewWindow::addDock(Qt::DockWidgetArea area, const QString& name, const char* key, QWidget* content) {
    m_docks.append(addPanel(*this, area, name, key, content));
    m_actions->panels->addAction(m_docks.back()->toggleViewAction());
    return m_docks.back();
}

void PoolViewWindow::makeChips() {
    m_chipBar = new QWidget(this);
    m_chipBar->setAccessibleName(tr("Show only"));
    m_chipBar->setStyleSheet(QStringLiteral("QToolButton { padding: 3px 5px; }"));
    auto* const chips = new RowLayout(m_chipBar);
    chips->setContentsMargins(4, 0, 4, 2);
    chips->setSpacing(4);
    for (QAction* const chip : m_actions->chips) {
        auto* const button = new QToolButton(m_chipBar);
        button->setDefaultAction(chip);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setIconSize({fontMetrics().height(), fontMetrics().height()});
        button->setFocusPolicy(Qt::TabFocus);
        chips->addWidget(button);
    }
    m_search = new QLineEdit(this);
    m_search->setPlaceholderText(tr("Find: name, pool, address, state …"));
    m_search->setAccessibleName(tr("Find rows with all these words"));
    m_search->setClearButtonEnabled(true);
    m_search->setMinimumWidth(fontMetrics().averageCharWidth() * 34);
    m_shown = new QLabel(this);
    m_shown->setTextFormat(Qt::PlainText);
    m_shown->setAccessibleName(tr("Rows that are shown"));
    m_shown->setContentsMargins(6, 0, 6, 0);
    auto* const columns = new QToolButton(this);
    columns->setText(tr("Columns"));
    columns->setAccessibleName(tr("Choose columns"));
    columns->setToolTip(tr("Which columns this table shows"));
    columns->setMenu(m_actions->columns);
    columns->setPopupMode(QToolButton::InstantPopup);
    columns->setFocusPolicy(Qt::TabFocus);
    m_columnsButton = columns;
}

void PoolViewWindow::makeTables() {
    m_pages = {new TablePage(tr("Pools"), "pools", elementColumns(true), true, this),
               new TablePage(tr("Elements"), "elements", elementColumns(false), false, this),
               new TablePage(tr("Registrars"), "registrars", registrarColumns(), false, this),
               new TablePage(tr("Sessions"), "sessions", sessionColumns(), false, this),
               new TablePage(tr("Agreement"), "agreement", differenceColumns(), false, this)};
    m_convergence = new AgreementClock(this);
    m_tabs = new QTabWidget(this);
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Tables"));
    m_tabs->tabBar()->setAccessibleName(tr("Tables"));
    for (TablePage* const each : m_pages) {
        m_tabs->addTab(each == m_pages.back() ? stacked({m_convergence, each}) : static_cast<QWidget*>(each),
                       each->accessibleName());
        connect(each, &TablePage::chosen, this, &PoolViewWindow::select);
    }
    auto* const corner = new QWidget(this); // beside the tabs, where it is seen at every width
    corner->setStyleSheet(QStringLiteral("QToolButton { padding: 1px 14px 1px 6px; }")); // as high as the tabs
    auto* const row = new QHBoxLayout(corner);
    row->setContentsMargins(4, 0, 4, 0);
    for (QWidget* const widget : std::initializer_list<QWidget*>{m_shown, m_search, m_columnsButton}) {
        row->addWidget(widget);
    }
    m_tabs->setCornerWidget(corner, Qt::TopRightCorner);
    setCentralWidget(stacked({m_header, m_chipBar, m_tabs}));
    statusBar()->setSizeGripEnabled(false);
    statusBar()->setContentsMargins(8, 0, 8, 0);
}

void PoolViewWindow::makeDetails() {
    m_inspected = new RowModel(inspectorHeadings(), this);
    QTableView* const known = plainTable(m_inspected, tr("What is known of the selected component"), this);
    known->horizontalHeader()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    m_inspectorTitle = new QLabel(tr("Select a row."), this);
    m_inspectorTitle->setTextFormat(Qt::PlainText);
    m_inspectorTitle->setProperty("role", QStringLiteral("title"));
    m_inspectorTitle->setMargin(6);
    m_inspectorTitle->setWordWrap(true);
    addDock(Qt::RightDockWidgetArea, tr("Selected"), "selected", stacked({m_inspectorTitle, known}));
    m_history = new HistoryModel(m_playback, this);
    m_historyTable = plainTable(m_history, tr("Events of the selected component"), this);
    m_historyTable->setColumnWidth(HistoryModel::TimeColumn,
                                   fontMetrics().horizontalAdvance(QStringLiteral("00:00:00.000000")) + 16);
    addDock(Qt::RightDockWidgetArea, tr("History"), "history", m_historyTable);
}

void PoolViewWindow::makeHeatMap() {
    m_heat = new HeatMap(this);
    m_span = new QComboBox(this);
    m_span->setAccessibleName(tr("How much time is shown"));
    for (const int minutes : {1, 5, 30, 120}) {
        m_span->addItem(tr("%n minute(s)", nullptr, minutes), minutes);
    }
    m_span->setCurrentIndex(1);
    m_cell = new QLabel(this);
    m_cell->setTextFormat(Qt::PlainText);
    m_cell->setAccessibleName(tr("Load under the pointer"));
    auto* const row = new QWidget(this);
    auto* const layout = new QHBoxLayout(row);
    layout->setContentsMargins(6, 2, 6, 2);
    layout->addWidget(m_cell, 1);
    layout->addWidget(m_span);
    m_heat->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    addDock(Qt::BottomDockWidgetArea, tr("Load over time"), "heat", stacked({m_heat, row}));
}

void PoolViewWindow::makeRules() {
    m_rules = new RuleBook(this);
    m_rulesPanel = new RulesPanel(*m_rules, this);
    m_rulesDock = addDock(Qt::BottomDockWidgetArea, tr("Rules"), "rules", m_rulesPanel);
}

void PoolViewWindow::makeTimeline() {
    addToolBar(Qt::BottomToolBarArea, new TimeBar(m_playback, *m_actions, this));
}

void PoolViewWindow::arrangeDocks() {
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    const auto dock = [&](const char* key) { return findChild<QDockWidget*>(QString::fromLatin1(key)); };
    resizeDocks({dock("selected")}, {380}, Qt::Horizontal);
    resizeDocks({dock("selected"), dock("history")}, {420, 300}, Qt::Vertical);
    splitDockWidget(dock("heat"), dock("rules"), Qt::Horizontal);
    resizeDocks({dock("heat")}, {250}, Qt::Vertical);
    resizeDocks({dock("heat"), dock("rules")}, {640, 420}, Qt::Horizontal);
    m_firstState = saveState(1);
}

} // namespace kolam::gui
