// SPDX-License-Identifier: GPL-3.0-or-later
// What the pool view does for operators besides showing: it judges by their rules, and carries out their operations.
// Next door: rule_book.h and operations.h, which know how; pool_view_window.cpp.
#include "gui/common/shortcut_sheet.h"
#include "gui/poolview/header_bar.h"
#include "gui/poolview/notifier.h"
#include "gui/poolview/operation_dialog.h"
#include "gui/poolview/pool_view_actions.h"
#include "gui/poolview/pool_view_window.h"
#include "gui/poolview/rule_book.h"
#include "gui/poolview/rules_panel.h"
#include "gui/poolview/table_page.h"

#include <QDockWidget>
#include <QLabel>
#include <QMenu>
#include <QStatusBar>

namespace kolam::gui {

// ---- Rules ---------------------------------------------------------------------------------------------------------

void PoolViewWindow::connectRules() {
    connect(m_rules, &RuleBook::changed, this, [this] {
        const auto count = static_cast<int>(m_rules->alarms().size());
        m_rulesDock->setWindowTitle(count == 0 ? tr("Rules") : tr("Rules: %n alarm(s)", nullptr, count));
        m_header->showAlarms(count);
        m_rulesPanel->showAlarms(now());
        if (m_config.notifier != nullptr) {
            QStringList sentences;
            for (const Alarm& alarm : m_rules->alarms()) {
                sentences.append(alarm.sentence);
            }
            m_config.notifier->show(m_rules->rules().notify ? sentences : QStringList());
        }
    });
    connect(m_rules, &RuleBook::raised, this, [this](const Alarm& alarm) { say(alarm.sentence); });
    connect(m_rules, &RuleBook::ended, this,
            [this](const Alarm& alarm) { say(tr("Well again: %1").arg(alarm.sentence)); });
    connect(m_rulesPanel, &RulesPanel::chosen, this, &PoolViewWindow::select);
}

void PoolViewWindow::judge() {
    if (m_playback.history().empty() && !m_feed.isLive()) {
        return; // it is still being read
    }
    if (now() < m_judged) {
        m_rules->forget(); // who goes back in time has not seen how things came to be
    }
    m_judged = now();
    std::optional<Duration> silence;
    if (m_feed.isLive() && m_playback.mode() == Playback::Mode::Live) {
        silence = std::chrono::milliseconds{m_sinceHeard.isValid() ? m_sinceHeard.elapsed() : m_sinceStart.elapsed()};
    }
    m_rules->judge(m_playback.model(), now(), silence);
    m_rulesPanel->showAlarms(now());
}

// ---- Operations ----------------------------------------------------------------------------------------------------

void PoolViewWindow::connectOperations() {
    m_operations = new Operations(m_feed, m_config.control, this);
    for (std::size_t at = 0; at < operationCount; ++at) {
        connect(m_actions->operations[at], &QAction::triggered, this, [this, at] { ask(static_cast<Operation>(at)); });
    }
    for (TablePage* const each : m_pages) {
        connect(each->selectionModel(), &QItemSelectionModel::selectionChanged, this, &PoolViewWindow::showOperations);
        connect(each, &QWidget::customContextMenuRequested, this,
                [this, each](const QPoint& at) { m_actions->operate->popup(each->viewport()->mapToGlobal(at)); });
    }
    connect(m_operations, &Operations::told, this, &PoolViewWindow::say);
    connect(m_operations, &Operations::failed, this, &PoolViewWindow::say);
    connect(m_operations, &Operations::changed, this, &PoolViewWindow::showOperations);
    auto* const control = new QLabel(m_config.control.allowed ? tr("control allowed") : tr("only watches"), this);
    control->setTextFormat(Qt::PlainText);
    control->setToolTip(m_config.control.allowed
                            ? tr("Operations are possible, and written to the audit log")
                            : tr("Operations are not possible: the window was started without --allow-control"));
    statusBar()->addPermanentWidget(control);
}

std::vector<NodeId> PoolViewWindow::chosenNodes() const {
    std::vector<NodeId> nodes = page().selectedNodes();
    if (nodes.empty() && m_selected) {
        nodes.push_back(*m_selected);
    }
    return nodes;
}

void PoolViewWindow::showOperations() {
    // What is done is done now, whatever moment is shown.
    const Model& model = m_playback.history().live();
    const std::vector<NodeId> nodes = chosenNodes();
    for (std::size_t at = 0; at < operationCount; ++at) {
        const auto operation = static_cast<Operation>(at);
        const QString why = m_operations->obstacle(model, nodes, operation);
        m_actions->operations[at]->setEnabled(why.isEmpty());
        m_actions->operations[at]->setToolTip(why.isEmpty() ? operationMeaning(operation) : why);
    }
}

void PoolViewWindow::ask(Operation operation) {
    const std::vector<NodeId> nodes = chosenNodes();
    const QString name = ShortcutSheet::plainText(*m_actions->operations[static_cast<std::size_t>(operation)]);
    m_playback.goLive(); // what is done now is seen now
    auto* const dialog = new OperationDialog(name, operation, nodes,
                                             Operations::stakeOf(m_playback.history().live(), nodes, operation), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, nodes, operation] {
        m_operations->run(m_playback.history().live(), nodes, operation, dialog->typed());
    });
    dialog->open();
}

} // namespace kolam::gui
