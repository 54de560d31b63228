// SPDX-License-Identifier: GPL-3.0-or-later
// How people disturb what the monitor shows: by the menu, by the right button on the map, and whom from whom.
// Next door: fault_book.h, which does it and undoes it; monitor_window.cpp, the rest of the window.
#include "gui/common/sentences.h"
#include "gui/monitor/fault_book.h"
#include "gui/monitor/monitor_actions.h"
#include "gui/monitor/monitor_window.h"
#include "gui/monitor/partition_dialog.h"
#include "gui/monitor/topology_view.h"

#include <QMenu>
#include <algorithm>

namespace kolam::gui {

using lab::Deed;

namespace {
constexpr std::chrono::seconds faultLasts{15};
} // namespace

void MonitorWindow::connectFaults() {
    const std::pair<QAction*, Deed> faults[]{
        {m_actions->kill, Deed::Kill}, {m_actions->stop, Deed::Stop},   {m_actions->freeze, Deed::Freeze},
        {m_actions->slow, Deed::Slow}, {m_actions->flap, Deed::Flap},   {m_actions->overload, Deed::Overload},
        {m_actions->loss, Deed::Loss}, {m_actions->delay, Deed::Delay}, {m_actions->partition, Deed::Partition},
    };
    for (const auto& [action, kind] : faults) {
        connect(action, &QAction::triggered, this, [this, kind = kind] { begin(kind); });
    }
    connect(m_actions->cutFrom, &QAction::triggered, this, &MonitorWindow::choosePartition);
    connect(m_actions->resume, &QAction::triggered, this,
            [this] { m_selected ? m_faults->restart(m_selected->component) : m_faults->healAll(); });
    connect(m_actions->drain, &QAction::triggered, this,
            [this] { m_selected ? m_faults->drain(m_selected->component) : say(tr("Select an element first.")); });
    connect(m_actions->healAll, &QAction::triggered, m_faults, &FaultBook::healAll);
    for (int i = 0; i < m_actions->pick.size(); ++i) {
        connect(m_actions->pick[i], &QAction::triggered, this, [this, i] { pick(i); });
    }
    connect(m_faults, &FaultBook::failed, this, &MonitorWindow::say);
    connect(m_map, &TopologyView::menuWanted, this, &MonitorWindow::showFaultMenu);
}

void MonitorWindow::begin(Deed kind) {
    if (!m_selected) {
        say(tr("Select a component first: a click on the map, or the keys 1 to 9."));
        return;
    }
    m_playback.goLive(); // what is done now is seen now
    m_failover.reset();
    m_faults->begin(m_selected->component, kind, faultLasts);
}

void MonitorWindow::pick(int number) {
    for (const auto& [id, element] : m_playback.model().elements()) {
        if (number-- == 0) {
            return select(id);
        }
    }
}

// ---- Whom from whom ------------------------------------------------------------------------------------------------

/// Who is here, and has said where.
std::vector<ComponentId> MonitorWindow::reachable() const {
    std::vector<ComponentId> components;
    for (const auto& [id, component] : m_playback.model().components()) {
        if (component.presence == Presence::Here && !component.introduction.addresses.empty()) {
            components.push_back(id);
        }
    }
    return components;
}

void MonitorWindow::choosePartition() {
    m_playback.goLive();
    const std::vector<ComponentId> all = reachable();
    if (all.size() < 2) {
        say(tr("There are no two components that could be cut off from each other."));
        return;
    }
    const std::vector<ComponentId> first = m_selected ? std::vector{m_selected->component} : std::vector<ComponentId>{};
    auto* const dialog = new PartitionDialog(all, first, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { cut(dialog->these(), dialog->fromThese()); });
    dialog->open();
}

void MonitorWindow::cut(const std::vector<ComponentId>& these, const std::vector<ComponentId>& fromThese) {
    const auto& components = m_playback.model().components();
    std::vector<TransportAddress> addresses;
    for (const ComponentId other : fromThese) {
        if (const auto found = components.find(other); found != components.end()) {
            std::ranges::copy(found->second.introduction.addresses, std::back_inserter(addresses));
        }
    }
    if (addresses.empty()) {
        return; // nobody: without an address it would be everybody
    }
    for (const ComponentId one : these) {
        m_faults->cutOff(one, addresses, faultLasts);
    }
}

void MonitorWindow::showFaultMenu(const NodeId& node, QPoint global) {
    select(node);
    auto* const menu = new QMenu(nameOf(node), this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions({m_actions->kill, m_actions->stop, m_actions->freeze, m_actions->slow, m_actions->flap,
                      m_actions->overload, m_actions->resume});
    menu->addSeparator();
    menu->addActions({m_actions->loss, m_actions->delay, m_actions->partition});
    QMenu* const others = menu->addMenu(m_actions->cutFrom->icon(), tr("Cut off fro&m"));
    for (const ComponentId other : reachable()) {
        if (other != node.component) {
            others->addAction(nameOf(other), this, [this, node, other] { cut({node.component}, {other}); });
        }
    }
    others->setEnabled(!others->isEmpty());
    others->addSeparator();
    others->addAction(tr("&Several…"), this, &MonitorWindow::choosePartition);
    menu->addAction(m_actions->drain);
    menu->addSeparator();
    for (const FaultBook::Entry& entry : m_faults->entries()) {
        if (entry.component == node.component) {
            menu->addAction(tr("Undo: %1 %2").arg(nameOf(entry.component), faultText(entry.kind)), this,
                            [this, entry] { m_faults->undo(entry); });
        }
    }
    menu->addAction(m_actions->healAll);
    menu->popup(global);
}

} // namespace kolam::gui
