// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/poolview/operations.h"

#include "gui/common/element_state.h"
#include "gui/common/sentences.h"
#include "gui/feeds/lab_client.h"
#include "gui/poolview/audit_log.h"

#include <QJsonObject>
#include <algorithm>

namespace kolam::gui {

using telemetry::ComponentState;
using telemetry::Role;

namespace {

bool isUp(const Model& model, const NodeId& node) {
    return stateOf(model, node) == ElementState::Up;
}

/// Whether it takes something away from users.
bool takesAway(Operation operation) {
    return operation != Operation::CloseSessions && operation != Operation::ServeAgain;
}

/// Pools of which no other element would be up.
QStringList emptied(const Model& model, const std::vector<NodeId>& nodes) {
    std::map<PoolHandle, int> left;
    std::set<PoolHandle> touched;
    for (const auto& [node, element] : model.elements()) {
        const bool chosen = std::ranges::find(nodes, node) != nodes.end();
        left[node.pool] += isUp(model, node) && !chosen ? 1 : 0;
        if (chosen) {
            touched.insert(node.pool);
        }
    }
    QStringList names;
    for (const PoolHandle& pool : touched) {
        if (left[pool] == 0) {
            names.append(textOf(pool));
        }
    }
    return names;
}

bool takesLastRegistrar(const Model& model, const std::vector<NodeId>& nodes) {
    int left = 0;
    bool chosenOne = false;
    for (const auto& [id, component] : model.components()) {
        if (telemetry::roleOf(id) == Role::Registrar) {
            const bool chosen = std::ranges::find(nodes, NodeId{id, {}}) != nodes.end();
            chosenOne |= chosen;
            left += component.presence == Presence::Here && !chosen ? 1 : 0;
        }
    }
    return chosenOne && left == 0;
}

} // namespace

const char* operationKey(Operation operation) {
    switch (operation) {
    case Operation::Drain: return "drain";
    case Operation::Maintenance: return "maintenance";
    case Operation::ServeAgain: return "serve_again";
    case Operation::CloseSessions: return "close_sessions";
    case Operation::Stop: return "stop";
    case Operation::Restart: return "restart";
    }
    std::unreachable();
}

QString operationMeaning(Operation operation) {
    switch (operation) {
    case Operation::Drain: return Operations::tr("It takes no more users, and ends when the last one has gone.");
    case Operation::Maintenance:
        return Operations::tr("It takes no more users and keeps running, until it is told to serve again.");
    case Operation::ServeAgain: return Operations::tr("It ends its maintenance, and takes users again.");
    case Operation::CloseSessions: return Operations::tr("Its users lose their sessions, and fail over.");
    case Operation::Stop: return Operations::tr("It deregisters and ends; its users fail over.");
    case Operation::Restart: return Operations::tr("It deregisters, ends, and is started again by its lab.");
    }
    std::unreachable();
}

Operations::Operations(Feed& feed, const Config& config, QObject* parent)
    : QObject(parent)
    , m_feed(feed)
    , m_config(config) {
    connect(&feed, &Feed::answered, this, [this](const QString& component, const QString& trouble) {
        const auto asked =
            std::ranges::find_if(m_asked, [&](const Asked& one) { return nameOf(one.node.component) == component; });
        if (asked == m_asked.end()) {
            return; // somebody else has asked
        }
        const QString complaint =
            note(asked->node, asked->operation, trouble.isEmpty() ? QStringLiteral("done") : trouble);
        m_asked.erase(asked);
        if (!trouble.isEmpty()) {
            emit failed(tr("%1: %2").arg(component, trouble));
        } else if (!complaint.isEmpty()) {
            emit failed(complaint);
        } else {
            emit told(tr("%1 does it.").arg(component));
        }
    });
    if (m_config.lab != nullptr) {
        connect(m_config.lab, &LabClient::changed, this, &Operations::processChanged);
        connect(m_config.lab, &LabClient::failed, this, &Operations::failed);
    }
}

// ---- What is in the way --------------------------------------------------------------------------------------------

QString Operations::obstacle(const Model& model, const std::vector<NodeId>& nodes, Operation operation) const {
    if (!m_feed.isLive()) {
        return tr("A recording cannot be changed.");
    }
    if (!m_config.allowed) {
        return tr("This window only watches. Start it with --allow-control to change something.");
    }
    if (m_config.log == nullptr) {
        return tr("There is no audit log to write it to.");
    }
    if (nodes.empty()) {
        return tr("Select elements or registrars first.");
    }
    for (const NodeId& node : nodes) {
        if (const QString why = obstacleOf(model, node, operation); !why.isEmpty()) {
            return tr("%1: %2").arg(nameOf(node.component), why);
        }
    }
    return {};
}

QString Operations::obstacleOf(const Model& model, const NodeId& node, Operation operation) const {
    const ComponentView* const own = model.component(node.component);
    const Role role = telemetry::roleOf(node.component);
    if (operation == Operation::Restart) {
        if (m_config.lab == nullptr || !m_config.lab->controls(node.component)) {
            return tr("only a lab can start a process again that it has started itself (--control).");
        }
        return m_restarting.contains(node.component) ? tr("it is being restarted.") : QString();
    }
    if (own == nullptr || own->reportsOnly) {
        return tr("it is no component of this scope on this host: it cannot be commanded from here.");
    }
    if (own->presence != Presence::Here) {
        return tr("it is not there to be told.");
    }
    if (operation == Operation::Stop) {
        return {};
    }
    if (role != Role::Element) {
        return tr("only elements can do that.");
    }
    const bool leaves = own->state.state == ComponentState::Draining || own->state.state == ComponentState::Leaving;
    const bool maintained = leaves && own->state.detail == telemetry::maintenanceDetail;
    switch (operation) {
    case Operation::ServeAgain: return maintained ? QString() : tr("it is not in maintenance.");
    case Operation::Maintenance: return leaves ? tr("it takes no users already.") : QString();
    case Operation::Drain: return leaves && !maintained ? tr("it is leaving already.") : QString();
    case Operation::CloseSessions:
    case Operation::Stop:
    case Operation::Restart: break;
    }
    return {};
}

Stake Operations::stakeOf(const Model& model, const std::vector<NodeId>& nodes, Operation operation) {
    if (!takesAway(operation)) {
        return {};
    }
    if (takesLastRegistrar(model, nodes)) {
        return {.sentence = tr("No registrar would be left: nobody could find any pool."),
                .challenge = QStringLiteral("registrar")};
    }
    const QStringList pools = emptied(model, nodes);
    if (pools.isEmpty()) {
        return {};
    }
    return {.sentence = tr("No element would be up any more in: %1.").arg(pools.join(QStringLiteral(", "))),
            .challenge = pools.front()};
}

// ---- Doing it ------------------------------------------------------------------------------------------------------

QString Operations::note(const NodeId& node, Operation operation, const QString& result) {
    return m_config.log == nullptr
               ? tr("There is no audit log to write it to.")
               : m_config.log->write(
                     {{QStringLiteral("operation"), QString::fromLatin1(operationKey(operation))},
                      {QStringLiteral("component"), QString::fromStdString(telemetry::toText(node.component))},
                      {QStringLiteral("pool"), textOf(node.pool)},
                      {QStringLiteral("source"), m_feed.name()},
                      {QStringLiteral("result"), result}});
}

bool Operations::run(const Model& model, const std::vector<NodeId>& nodes, Operation operation, const QString& typed) {
    QString why = obstacle(model, nodes, operation);
    const Stake stake = stakeOf(model, nodes, operation);
    if (why.isEmpty() && !stake.challenge.isEmpty() && typed != stake.challenge) {
        why = stake.sentence;
    }
    for (const NodeId& node : nodes) {
        const QString complaint =
            note(node, operation, why.isEmpty() ? QStringLiteral("asked") : QStringLiteral("refused: ") + why);
        if (!complaint.isEmpty() && why.isEmpty()) {
            why = complaint; // what cannot be written down is not done
        }
    }
    if (!why.isEmpty()) {
        emit failed(why);
        return false;
    }
    for (const NodeId& node : nodes) {
        perform(node, operation);
    }
    emit told(tr("%n component(s) asked.", nullptr, static_cast<int>(nodes.size())));
    emit changed();
    return true;
}

void Operations::perform(const NodeId& node, Operation operation) {
    switch (operation) {
    case Operation::Drain:
        m_asked.push_back({node, operation});
        m_feed.command(node.component, telemetry::DrainCommand{});
        break;
    case Operation::Stop:
        m_asked.push_back({node, operation});
        m_feed.command(node.component, telemetry::StopCommand{});
        break;
    case Operation::Restart:
        if (m_config.lab->stateOf(node.component) == LabClient::Process::Running) {
            m_restarting.insert(node.component);
            m_config.lab->stop(node.component);
        } else {
            m_config.lab->restart(node.component);
        }
        break;
    case Operation::CloseSessions:
        m_asked.push_back({node, operation});
        m_feed.command(node.component, telemetry::CloseSessionsCommand{});
        break;
    case Operation::Maintenance:
    case Operation::ServeAgain:
        m_asked.push_back({node, operation});
        m_feed.command(node.component, telemetry::MaintenanceCommand{operation == Operation::Maintenance});
        break;
    }
}

void Operations::processChanged(ComponentId component) {
    if (m_config.lab->controls(component) && m_config.lab->stateOf(component) == LabClient::Process::Killed &&
        m_restarting.erase(component) > 0) {
        m_config.lab->restart(component);
        emit told(tr("%1 has ended, and is started again.").arg(nameOf(component)));
    }
    emit changed();
}

} // namespace kolam::gui
