// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/monitor/monitor_window.h"

#include "gui/common/rows.h"
#include "gui/common/sentences.h"
#include "gui/common/timeline_bar.h"
#include "gui/feeds/lab_client.h"
#include "gui/monitor/charts_panel.h"
#include "gui/monitor/explainer_view.h"
#include "gui/monitor/fault_book.h"
#include "gui/monitor/message_dots.h"
#include "gui/monitor/monitor_actions.h"
#include "gui/monitor/samples.h"
#include "gui/monitor/topology_view.h"

#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QStatusBar>
#include <QTableView>
#include <QTreeView>
#include <utility>

namespace kolam::gui {

namespace {

constexpr int trailMilliseconds = 500;
constexpr std::chrono::seconds trailLength{60};
constexpr std::size_t trailParts = 40;
constexpr std::size_t nodesWithTrails = 150; // more are no full cards
constexpr int turnMilliseconds = 15;         // of work at a time
constexpr int pauses = 12;                   // times as long as what was shown has taken
constexpr int slowestFrame = 1'000;          // milliseconds, of a window with very many components

} // namespace

const std::array<MonitorWindow::Rest (MonitorWindow::*)(), 5> MonitorWindow::parts{
    &MonitorWindow::showMap, &MonitorWindow::showComponents, &MonitorWindow::showSessions,
    &MonitorWindow::showFailovers, &MonitorWindow::showSummary};

MonitorWindow::MonitorWindow(Feed& feed, LabClient* lab, const Config& config)
    : m_feed(feed)
    , m_config(config)
    , m_actions(std::make_unique<MonitorActions>(*this))
    , m_faults(new FaultBook(feed, lab, this)) {
    setWindowTitle(tr("Kolam monitor – %1").arg(feed.name()));
    setDockNestingEnabled(true);
    makeCentre();
    makeComponents();
    makeInspector();
    makeFailovers();
    makeEvents(lab == nullptr ? QString() : lab->logFolder());
    makeTimeline();
    m_frame.setSingleShot(true);
    m_frame.setInterval(frameMilliseconds);
    connect(&m_frame, &QTimer::timeout, this, &MonitorWindow::showParts);
    m_trailsDue.setSingleShot(true);
    m_trailsDue.setInterval(trailMilliseconds);
    connect(&m_trailsDue, &QTimer::timeout, this, &MonitorWindow::showTrails);
    connectTime();
    connectMap();
    connectFaults();
    connectView();
    connectFiles();
    connectLessons();
    connect(&feed, &Feed::heard, this, [this](const auto& events) { m_playback.take(events); });
    connect(&feed, &Feed::failed, this, &MonitorWindow::say);
    arrangeDocks();
    m_actions->layouts[0]->setChecked(true);
    m_actions->themes[static_cast<int>(currentTheme())]->setChecked(true);
    readSettings();
    refresh();
    m_map->setFocus();
}

MonitorWindow::~MonitorWindow() = default;

// ---- The moment ----------------------------------------------------------------------------------------------------

void MonitorWindow::connectTime() {
    connect(m_actions->lastFailover, &QAction::triggered, this, [this] {
        if (!goToLastFailover()) {
            say(tr("No session has failed over yet."));
        }
    });
    connect(&m_playback, &Playback::shown, this, &MonitorWindow::scheduleRefresh);
    connect(m_explainer, &ExplainerView::stepChosen, this, [this](WallTime time) { m_playback.seek(time); });
    connect(m_failoverTable, &QTableView::clicked, this, [this](const QModelIndex& index) {
        if (const Row* const row = m_failovers->rowAt(index)) {
            showFailover(row->number);
        }
    });
    connect(m_failoverTable, &QTableView::activated, this, [this](const QModelIndex& index) {
        if (const Row* const row = m_failovers->rowAt(index)) {
            showFailover(row->number);
            goToLastFailover();
        }
    });
    connect(m_eventTable, &QTableView::clicked, this, [this](const QModelIndex& index) {
        const std::vector<NodeId> subjects = subjectsOf(m_playback.history().at(m_events->positionOf(index.row())));
        if (!subjects.empty()) {
            select(subjects.front());
        }
    });
    connect(m_eventTable, &QTableView::activated, this,
            [this](const QModelIndex& index) { m_playback.seekPosition(m_events->positionOf(index.row()) + 1); });
}

void MonitorWindow::showFailover(std::size_t index) {
    const auto& failovers = m_playback.model().failovers();
    if (index < failovers.size()) {
        const Failover& failover = failovers[index];
        m_failover = std::pair{failover.user, failover.at(FailoverStep::Detected)->value};
        m_explainer->setFailover(failover);
    }
}

bool MonitorWindow::goToLastFailover() {
    const auto failover = m_explainer->failover();
    if (!failover) {
        return false;
    }
    std::int64_t first = failover->at(FailoverStep::Detected)->value;
    std::int64_t last = first;
    for (const auto& time : failover->times) {
        if (time) {
            first = std::min(first, time->value);
            last = std::max(last, time->value);
        }
    }
    m_failover = std::pair{failover->user, failover->at(FailoverStep::Detected)->value};
    const std::int64_t around = std::max<std::int64_t>((last - first) / 4, 200'000);
    m_timeline->look(WallTime{first - around}, WallTime{last + around});
    m_playback.seek(WallTime{first - around / 2});
    return true;
}

// ---- What is shown -------------------------------------------------------------------------------------------------

void MonitorWindow::scheduleRefresh() {
    m_isBehind = true;
    if (!m_frame.isActive() && !isShowing()) {
        m_frame.start();
    }
}

void MonitorWindow::refresh() {
    m_frame.stop();
    m_isBehind = false;
    m_part = 0;
    m_rest = {}; // was drafted of an older moment
    for (const auto part : parts) {
        if (const Rest rest = (this->*part)()) {
            rest();
        }
    }
}

void MonitorWindow::showParts() {
    QElapsedTimer clock;
    clock.start();
    m_isBehind &= isShowing();
    do {
        if (m_rest) {
            std::exchange(m_rest, {})();
        } else {
            m_rest = (this->*parts[m_part])();
        }
        m_part = m_rest ? m_part : (m_part + 1) % parts.size();
    } while (isShowing() && clock.elapsed() < turnMilliseconds);
    m_spent += static_cast<int>(clock.elapsed());
    if (isShowing()) {
        return QTimer::singleShot(0, this, &MonitorWindow::showParts); // after what hands have done meanwhile
    }
    // Most of the time is left for people, and for other programs, however much there is.
    m_frame.setInterval(std::clamp(pauses * std::exchange(m_spent, 0), frameMilliseconds, slowestFrame));
    if (m_isBehind) {
        m_frame.start();
    }
}

MonitorWindow::Rest MonitorWindow::showMap() {
    return [this, topology = topologyOf(m_playback.model(), m_config.nodeLimit)]() mutable {
        m_map->setTopology(std::move(topology));
        placeSetup();
        showSpotlight();
        if (!m_trailsDue.isActive()) {
            m_trailsDue.start();
        }
    };
}

MonitorWindow::Rest MonitorWindow::showComponents() {
    return [this, rows = componentRows(m_playback.model())]() mutable { m_components->setRows(std::move(rows)); };
}

MonitorWindow::Rest MonitorWindow::showSessions() {
    return [this, rows = sessionRows(m_playback.model())]() mutable { m_sessions->setRows(std::move(rows)); };
}

MonitorWindow::Rest MonitorWindow::showFailovers() {
    const auto& failovers = m_playback.model().failovers();
    m_failovers->setRows(failoverRows(m_playback.model()));
    const auto chosen = std::ranges::find_if(failovers, [&](const Failover& failover) {
        return m_failover && failover.user == m_failover->first &&
               failover.at(FailoverStep::Detected)->value == m_failover->second;
    });
    if (chosen != failovers.end()) {
        m_explainer->setFailover(*chosen);
    } else if (!m_failover) {
        m_explainer->setFailover(failovers.empty() ? std::nullopt : std::optional(failovers.back()));
    }
    return {};
}

MonitorWindow::Rest MonitorWindow::showSummary() {
    const Model& model = m_playback.model();
    if (m_selected) {
        m_inspectorTitle->setText(nameOf(*m_selected));
        m_inspected->setRows(inspectorRows(model, *m_selected));
    }
    if (!m_eventTable->hasFocus() && m_events->rowCount() > 0) {
        m_eventTable->scrollTo(m_events->index(std::max(m_events->currentRow(), 0), 0));
    }
    QString summary = tr("%n component(s)", nullptr, static_cast<int>(model.components().size()));
    summary += tr("  ·  %n session(s)", nullptr, static_cast<int>(model.sessionCount()));
    summary += tr("  ·  %n failover(s)", nullptr, static_cast<int>(model.failovers().size()));
    summary += tr("  ·  %n event(s)", nullptr, static_cast<int>(model.events()));
    if (model.lost() > 0) {
        summary += tr("  ·  %1 lost").arg(model.lost());
    }
    if (m_playback.history().forgotten() > 0) {
        summary += tr("  ·  the oldest %1 are forgotten").arg(m_playback.history().forgotten());
    }
    m_summary->setText(summary);
    return {};
}

void MonitorWindow::showTrails() {
    const bool cards = m_map->topology().nodes.size() <= nodesWithTrails;
    m_map->setTrails(cards ? loadTrails(m_playback.history(), m_playback.time(), trailLength, trailParts)
                           : TopologyView::Trails{});
}

void MonitorWindow::select(const std::optional<NodeId>& node) {
    if (node == m_selected) {
        return;
    }
    m_selected = node;
    m_map->select(node);
    m_inspectorTitle->setText(node ? nameOf(*node) : tr("Select a component on the map or in the list."));
    m_inspected->setRows(node ? inspectorRows(m_playback.model(), *node) : std::vector<Row>{});
    const QModelIndex row = node ? m_componentFilter->mapFromSource(m_components->find(*node)) : QModelIndex();
    const QSignalBlocker silence(m_componentTree->selectionModel());
    m_componentTree->setCurrentIndex(row);
    m_componentTree->viewport()->update();
}

void MonitorWindow::say(const QString& sentence) {
    statusBar()->showMessage(sentence, 8'000);
}

// ---- The map -------------------------------------------------------------------------------------------------------

void MonitorWindow::connectMap() {
    const auto on = [this](QAction* action, auto&& does) { connect(action, &QAction::triggered, this, does); };
    for (int i = 0; i < layoutCount; ++i) {
        on(m_actions->layouts[i], [this, i] { m_map->setLayout(static_cast<Layout>(i)); });
    }
    on(m_actions->zoomIn, [this] { m_map->zoomBy(1.25); });
    on(m_actions->zoomOut, [this] { m_map->zoomBy(0.8); });
    on(m_actions->fit, [this] { m_map->fit(); });
    on(m_actions->choosePicture, [this] { choosePicture(); });
    on(m_actions->forgetPlaces, [this] { m_map->forgetPlaces(); });
    on(m_actions->undo, [this] { m_map->undoStack().undo(); });
    on(m_actions->redo, [this] { m_map->undoStack().redo(); });
    on(m_actions->findText, [this] { findText(); });
    connect(m_actions->miniMap, &QAction::toggled, m_map, &TopologyView::setMiniMap);
    connect(m_actions->hulls, &QAction::toggled, &m_map->ownership(), &OwnershipLayer::setEnabled);
    connect(m_actions->messages, &QAction::toggled, this, [this](bool wanted) {
        m_dots->setEnabled(wanted);
        m_feed.setMessages(wanted);
    });
    connect(m_map, &TopologyView::chosen, this, &MonitorWindow::select);
    connect(m_map, &TopologyView::activated, this, [this](const NodeId& node) {
        // Only what concerns it; once more, and it is all again.
        m_events->setNode(node);
        say(tr("Events of %1 only. Press “Find” to see all again.").arg(nameOf(node)));
    });
    connect(m_componentTree->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& index) {
                if (const Row* const row = m_components->rowAt(m_componentFilter->mapToSource(index));
                    row != nullptr && row->node) {
                    select(row->node);
                }
            });
}

void MonitorWindow::findText() {
    m_events->setNode(std::nullopt);
    QLineEdit* const field = m_find->hasFocus() ? m_findEvents : m_find;
    field->setFocus(Qt::ShortcutFocusReason);
    field->selectAll();
}

} // namespace kolam::gui
