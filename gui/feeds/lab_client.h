// SPDX-License-Identifier: GPL-3.0-or-later
// The hand of the lab that has started processes: kill, stop, freeze, resume. Only what it has started can be touched.
// Never waits. Next door: demos/lab/control_server.h describes the protocol; fault_book.h keeps what was done.
#pragma once

#include "gui/common/model.h"

#include <QLocalSocket>
#include <QObject>
#include <map>

namespace kolam::gui {

class LabClient final : public QObject {
    Q_OBJECT
public:
    enum class Process : quint8 { Running, Frozen, Killed };
    explicit LabClient(const QString& socketPath, QObject* parent = nullptr);
    ~LabClient() override;

    [[nodiscard]] bool controls(ComponentId component) const { return m_processes.contains(component); }
    [[nodiscard]] Process stateOf(ComponentId component) const { return m_processes.at(component); }
    [[nodiscard]] const std::map<ComponentId, Process>& processes() const { return m_processes; }

    void kill(ComponentId component) { send("kill", component); }
    void stop(ComponentId component) { send("stop", component); }
    void freeze(ComponentId component) { send("freeze", component); }
    /// Starts it again, or lets it go on.
    void restart(ComponentId component) { send("restart", component); }

signals:
    void changed(kolam::gui::ComponentId component);
    void failed(const QString& why);

private:
    void send(const char* command, ComponentId component);
    void readLines();
    void take(const QByteArray& line);

    QLocalSocket m_socket;
    std::map<ComponentId, Process> m_processes;
};

} // namespace kolam::gui
