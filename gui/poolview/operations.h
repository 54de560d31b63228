// SPDX-License-Identifier: GPL-3.0-or-later
// What operators can do to components: drain, maintenance, closing sessions, stopping, restarting. Each says why it is
// not possible where it is not, and what it puts at stake where it is; whatever is asked is written down first, also
// when it is refused. Commands go to components through the feed, as the monitor's do, and to processes through the
// hand of the lab that has started them. Next door: operation_dialog.h, who asks; audit_log.h.
#pragma once

#include "gui/common/model.h"
#include "gui/feeds/feed.h"

#include <QObject>
#include <array>
#include <set>
#include <vector>

namespace kolam::gui {

class AuditLog;
class LabClient;

enum class Operation : quint8 { Drain, Maintenance, ServeAgain, CloseSessions, Stop, Restart };
inline constexpr std::size_t operationCount = 6;

/// "drain": for the log.
[[nodiscard]] const char* operationKey(Operation operation);
/// What it does, as a sentence for a question.
[[nodiscard]] QString operationMeaning(Operation operation);

/// What an operation puts at stake.
struct Stake {
    QString sentence;  // empty: nothing that others could not bear
    QString challenge; // to be typed by who wants it all the same: the name of the pool or registrar
};

class Operations final : public QObject {
    Q_OBJECT
public:
    struct Config {
        bool allowed = false;    // --allow-control
        AuditLog* log = nullptr; // none: nothing can be done
        LabClient* lab = nullptr;
    };
    Operations(Feed& feed, const Config& config, QObject* parent = nullptr);

    [[nodiscard]] bool allowed() const { return m_config.allowed; }
    /// Why it cannot be done to all of them, as a sentence; empty: it can.
    [[nodiscard]] QString obstacle(const Model& model, const std::vector<NodeId>& nodes, Operation operation) const;
    /// Whether a pool would have no element up any more, or nobody would keep the handlespace.
    [[nodiscard]] static Stake stakeOf(const Model& model, const std::vector<NodeId>& nodes, Operation operation);
    /// Does it, to all or to none. What is in the way now, which may be more than at the question, is told as failed().
    /// @param typed  what was typed as the stake's challenge
    /// @return whether it was asked for
    bool run(const Model& model, const std::vector<NodeId>& nodes, Operation operation, const QString& typed);

signals:
    /// How it goes, in sentences.
    void told(const QString& sentence);
    void failed(const QString& why);
    /// What is possible may have changed.
    void changed();

private:
    [[nodiscard]] QString obstacleOf(const Model& model, const NodeId& node, Operation operation) const;
    [[nodiscard]] QString note(const NodeId& node, Operation operation, const QString& result);
    void perform(const NodeId& node, Operation operation);
    void processChanged(ComponentId component);

    struct Asked {
        NodeId node;
        Operation operation;
    };
    Feed& m_feed;
    Config m_config;
    std::vector<Asked> m_asked;         // without an answer yet
    std::set<ComponentId> m_restarting; // stopped, and to be started again
};

} // namespace kolam::gui
