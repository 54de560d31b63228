// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/poolview/pool_view_window.h"

#include "gui/common/history_model.h"
#include "gui/common/rows.h"
#include "gui/common/sentences.h"
#include "gui/common/timeline_bar.h"
#include "gui/poolview/agreement_clock.h"
#include "gui/poolview/header_bar.h"
#include "gui/poolview/heat_map.h"
#include "gui/poolview/pool_rows.h"
#include "gui/poolview/pool_view_actions.h"
#include "gui/poolview/table_page.h"

#include <QComboBox>
#include <QDateTime>
#include <QLabel>
#include <QLineEdit>
#include <QStatusBar>
#include <QTabWidget>
#include <QTableView>

namespace kolam::gui {

namespace {

constexpr int agesMilliseconds = 1'000;
constexpr int heatMilliseconds = 250; // between two pictures of load
constexpr int slowestFrame = 1'000;   // milliseconds, of a window with very many rows
constexpr Duration staleAfter = std::chrono::seconds{3};

WallTime hostClock() {
    return WallTime{QDateTime::currentMSecsSinceEpoch() * 1'000'000};
}

} // namespace

PoolViewWindow::PoolViewWindow(Feed& feed, Config config)
    : m_feed(feed)
    , m_config(std::move(config))
    , m_actions(std::make_unique<PoolViewActions>(*this))
    , m_header(new HeaderBar(feed.name(), this)) {
    if (!m_config.clock) {
        m_config.clock = hostClock;
    }
    setWindowTitle(tr("Kolam pool view – %1").arg(feed.name()));
    setDockNestingEnabled(true);
    makeChips();
    makeTables();
    makeDetails();
    makeHeatMap();
    makeRules();
    makeTimeline();
    m_frame.setSingleShot(true);
    m_frame.setInterval(frameMilliseconds);
    connect(&m_frame, &QTimer::timeout, this, &PoolViewWindow::refresh);
    m_ages.setInterval(agesMilliseconds);
    connect(&m_ages, &QTimer::timeout, this, &PoolViewWindow::refresh);
    connectTime();
    connectShow();
    connectHeatMap();
    connectRules();
    connectOperations();
    connectView();
    connectFiles();
    connect(&feed, &Feed::heard, this, [this](const auto& events) {
        m_sinceHeard.start();
        m_playback.take(events);
    });
    connect(&feed, &Feed::alive, this, [this] { m_sinceHeard.start(); });
    connect(&feed, &Feed::failed, this, &PoolViewWindow::say);
    arrangeDocks();
    m_actions->themes[static_cast<int>(currentTheme())]->setChecked(true);
    m_actions->views[0]->setChecked(true);
    readSettings();
    feed.setMessages(false); // nobody draws them here
    m_ages.start();
    m_sinceStart.start();
    refresh();
    page().setFocus();
}

PoolViewWindow::~PoolViewWindow() = default;

TablePage& PoolViewWindow::page() const {
    return *m_pages[m_tabs->currentIndex()];
}

QString PoolViewWindow::status() const {
    return statusBar()->currentMessage();
}

WallTime PoolViewWindow::now() const {
    // In the present, time passes also when nothing is told; a recording has no present.
    return m_playback.mode() == Playback::Mode::Live && m_feed.isLive()
               ? std::max(m_config.clock(), m_playback.model().now())
               : m_playback.time();
}

// ---- The moment ----------------------------------------------------------------------------------------------------

void PoolViewWindow::connectTime() {
    connect(&m_playback, &Playback::shown, this, &PoolViewWindow::scheduleRefresh);
    connect(m_historyTable, &QTableView::activated, this,
            [this](const QModelIndex& index) { m_playback.seekPosition(m_history->positionOf(index.row()) + 1); });
}

// ---- What is shown -------------------------------------------------------------------------------------------------

void PoolViewWindow::scheduleRefresh() {
    if (!m_frame.isActive()) {
        m_frame.start();
    }
}

void PoolViewWindow::refresh() {
    m_frame.stop();
    QElapsedTimer clock;
    clock.start();
    const Model& model = m_playback.model();
    const PoolCounts counts = countsOf(model, now());
    selectWaited();
    m_header->showModel(model, counts, now());
    showAge();
    showChips(counts);
    showRows();
    showHeat(false);
    judge();
    showOperations();
    if (m_selected) {
        m_inspected->setRows(inspectorRows(model, *m_selected));
    }
    if (!m_historyTable->hasFocus() && m_history->rowCount() > 0) {
        m_historyTable->scrollTo(m_history->index(std::max(m_history->currentRow(), 0), 0));
    }
    // Half of the time is left for people, however many rows there are.
    m_frame.setInterval(std::clamp(static_cast<int>(clock.elapsed()) * 2, frameMilliseconds, slowestFrame));
}

void PoolViewWindow::showRows() {
    const Model& model = m_playback.model();
    switch (m_tabs->currentIndex()) {
    case 0: page().show(poolRows(model, now())); break;
    case 1: page().show(elementRows(model, now())); break;
    case 2: page().show(registrarRows(model, now())); break;
    case 3: page().show(poolSessionRows(model, now())); break;
    case 4:
        m_convergence->showModel(model, now());
        page().show(differenceRows(model, now()));
        break;
    default: break;
    }
    page().select(m_selected);
    const int all = page().table().allRows();
    const int shown = page().table().shownRows();
    m_shown->setText(all == shown ? tr("%n row(s)", nullptr, all) : tr("%1 of %2 rows").arg(shown).arg(all));
}

void PoolViewWindow::showAge() {
    if (!m_feed.isLive() || m_playback.mode() != Playback::Mode::Live) {
        m_header->showAge({}, false, tr("at %1").arg(clockText(m_playback.time())));
        return;
    }
    if (!m_sinceHeard.isValid()) {
        m_header->showAge({}, true, {});
        return;
    }
    const Duration age = std::chrono::milliseconds{m_sinceHeard.elapsed()};
    m_header->showAge(age, age > staleAfter, {});
}

void PoolViewWindow::showChips(const PoolCounts& counts) {
    for (std::size_t at = 0; at < elementStates; ++at) {
        const auto state = static_cast<ElementState>(at);
        m_actions->chips[at]->setIconText(tr("%1 %2").arg(wordOf(state)).arg(counts.states[at]));
    }
}

void PoolViewWindow::select(const std::optional<NodeId>& node) {
    if (node == m_selected) {
        return;
    }
    m_selected = node;
    m_inspectorTitle->setText(node ? nameOf(*node) : tr("Select a row."));
    m_inspected->setRows(node ? inspectorRows(m_playback.model(), *node) : std::vector<Row>{});
    m_history->setNode(node);
    m_heat->select(node);
    page().select(node);
}

// ---- Load over time ------------------------------------------------------------------------------------------------

void PoolViewWindow::connectHeatMap() {
    connect(&m_playback, &Playback::appended, this, [this](Position from) {
        if (m_playback.history().empty()) {
            m_loads.clear();
        } else {
            m_loads.take(m_playback.history(), from);
        }
    });
    connect(m_heat, &HeatMap::chosen, this, &PoolViewWindow::select);
    connect(m_heat, &HeatMap::momentChosen, this, [this](WallTime time) { m_playback.seek(time); });
    connect(m_heat, &HeatMap::sentenceChanged, m_cell, &QLabel::setText);
    connect(m_span, &QComboBox::currentIndexChanged, this, [this] {
        m_heat->setSpan(std::chrono::minutes{m_span->currentData().toInt()});
        showHeat(true);
    });
}

void PoolViewWindow::showHeat(bool atOnce) {
    if (!m_heat->isVisible() || (!atOnce && m_sinceHeat.isValid() && m_sinceHeat.elapsed() < heatMilliseconds)) {
        return;
    }
    m_sinceHeat.start();
    m_heat->showLoads(m_loads, now());
}

void PoolViewWindow::selectWaited() {
    if (!m_selectLater) {
        return;
    }
    const Model& model = m_playback.model();
    const auto element = std::ranges::find_if(
        model.elements(), [&](const auto& entry) { return entry.first.component == *m_selectLater; });
    if (m_selected) {
        m_selectLater.reset();
    } else if (element != model.elements().end()) {
        select(element->first);
    } else if (telemetry::roleOf(*m_selectLater) != telemetry::Role::Element &&
               model.component(*m_selectLater) != nullptr) {
        select(NodeId{*m_selectLater, {}});
    }
}

void PoolViewWindow::say(const QString& sentence) {
    statusBar()->showMessage(sentence, 8'000);
}

// ---- What is left out ----------------------------------------------------------------------------------------------

void PoolViewWindow::connectShow() {
    connect(m_actions->findText, &QAction::triggered, this, [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
    connect(m_search, &QLineEdit::textChanged, this, &PoolViewWindow::narrow);
    connect(m_search, &QLineEdit::returnPressed, this, [this] { page().setFocus(); });
    for (QAction* const chip : m_actions->chips) {
        connect(chip, &QAction::toggled, this, &PoolViewWindow::narrow);
    }
    connect(m_actions->showAll, &QAction::triggered, this, [this] {
        for (QAction* const chip : m_actions->chips) {
            chip->setChecked(false);
        }
        m_search->clear();
    });
}

void PoolViewWindow::narrow() {
    RowFilter filter{.words = m_search->text(), .states = {}};
    for (std::size_t at = 0; at < elementStates; ++at) {
        filter.states.set(at, m_actions->chips[at]->isChecked());
    }
    for (TablePage* const each : m_pages) {
        each->setFilter(filter);
    }
    showRows();
}

} // namespace kolam::gui
