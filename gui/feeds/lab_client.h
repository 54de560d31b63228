// SPDX-License-Identifier: GPL-3.0-or-later
// A window's hand in the lab that has started processes: kill, stop, freeze, slow down, and undo that. Only what it has
// started can be touched. Never waits. Every window has this one.
// Next door: demos/lab/lab_lines.h, what is said; gui/monitor/fault_book.h, which shows it.
#pragma once

#include "demos/lab/lab_lines.h"
#include "gui/common/model.h"

#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QLocalSocket>
#include <QObject>
#include <map>
#include <optional>

namespace kolam::gui {

class LabClient final : public QObject {
    Q_OBJECT
public:
    enum class Process : quint8 { Running, Frozen, Killed };
    struct Member {
        std::string name;
        Process process = Process::Running;
        qint64 pid = 0; // 0: none
    };
    struct Fault {
        ComponentId component;
        lab::Deed deed = lab::Deed::Freeze;
        QDeadlineTimer until{QDeadlineTimer::Forever};
    };
    explicit LabClient(const QString& socketPath, QObject* parent = nullptr);
    /// @param descriptor  our end of a socket pair, of a lab that we have started; taken over
    /// @param logs        its folder
    LabClient(int descriptor, QString logs, QObject* parent = nullptr);
    ~LabClient() override;

    /// Where the processes' logs are, one NAME.log each.
    [[nodiscard]] const QString& logFolder() const { return m_logs; }
    /// Nothing: there is no such member, or it has not been heard of yet.
    [[nodiscard]] std::optional<ComponentId> componentOf(const std::string& member) const {
        const auto found = m_byName.find(member);
        return found == m_byName.end() ? std::nullopt : std::optional(found->second);
    }
    [[nodiscard]] bool controls(ComponentId component) const { return m_members.contains(component); }
    [[nodiscard]] Process stateOf(ComponentId component) const { return m_members.at(component).process; }
    [[nodiscard]] const std::map<ComponentId, Member>& members() const { return m_members; }
    /// By the lab's numbers, also what others have done.
    [[nodiscard]] const std::map<quint64, Fault>& faults() const { return m_faults; }

    void kill(ComponentId component) { disturb(component, {.deed = lab::Deed::Kill}); }
    void stop(ComponentId component) { disturb(component, {.deed = lab::Deed::Stop}); }
    void freeze(ComponentId component) { disturb(component, {.deed = lab::Deed::Freeze}); }
    /// Starts it again, or lets it go on.
    void restart(ComponentId component) { disturb(component, {.deed = lab::Deed::Restart}); }
    /// As a scenario would do it, now.
    void perform(const lab::Action& action) { send(action); }
    /// Whom it is done to is filled in.
    void disturb(ComponentId component, lab::Action action);
    void undo(quint64 fault) { send(lab::UndoWanted{fault}); }
    void healAll() { send(lab::Action{.deed = lab::Deed::Heal}); }
    /// How much of this window's image is there, 0 to 1; at most ten times a second, and always the end.
    void reportProgress(double done);

signals:
    void changed(kolam::gui::ComponentId component);
    void faultsChanged();
    void said(const QString& sentence);
    void failed(const QString& why);
    /// Nothing can be touched any more.
    void gone();

private:
    explicit LabClient(QObject* parent, QString logs);
    void send(const lab::LabOrder& order);
    void readLines();
    void take(const lab::LabLine& line);
    void take(const lab::MemberTold& told);
    void take(const lab::FaultTold& told);

    QString m_logs;
    QLocalSocket m_socket;
    bool m_wasConnected = false;
    QElapsedTimer m_sinceProgress;
    std::map<ComponentId, Member> m_members;
    std::map<std::string, ComponentId, std::less<>> m_byName;
    std::map<quint64, Fault> m_faults;
};

} // namespace kolam::gui
