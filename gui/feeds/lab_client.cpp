// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/feeds/lab_client.h"

#include "core/base/strong.h"

#include <QFileInfo>
#include <utility>

namespace kolam::gui {

namespace {
constexpr qint64 longestLine = 64 * 1024; // octets
constexpr qint64 progressMilliseconds = 100;
} // namespace

LabClient::LabClient(QObject* parent, QString logs) : QObject(parent), m_logs(std::move(logs)) {
    connect(&m_socket, &QLocalSocket::connected, this, [this] { m_wasConnected = true; });
    connect(&m_socket, &QLocalSocket::readyRead, this, &LabClient::readLines);
    connect(&m_socket, &QLocalSocket::disconnected, this, [this] {
        m_faults.clear();
        emit faultsChanged();
        for (const auto& [component, member] : std::exchange(m_members, {})) {
            emit changed(component);
        }
        emit failed(tr("The demonstration has ended: its processes can no more be controlled."));
        emit gone();
    });
    connect(&m_socket, &QLocalSocket::errorOccurred, this, [this](QLocalSocket::LocalSocketError error) {
        if (error != QLocalSocket::PeerClosedError) {
            emit failed(tr("The demonstration's control socket does not answer: %1").arg(m_socket.errorString()));
        }
        if (!m_wasConnected) {
            emit gone();
        }
    });
}

LabClient::LabClient(int descriptor, QString logs, QObject* parent) : LabClient(parent, std::move(logs)) {
    m_wasConnected = true;
    m_socket.setSocketDescriptor(descriptor);
}

LabClient::LabClient(const QString& socketPath, QObject* parent)
    : LabClient(parent, QFileInfo(socketPath).absolutePath()) { // a demonstration has logs and socket in one folder
    // Later, so that whoever made us can connect to our signals first: a missing socket fails at once.
    QMetaObject::invokeMethod(this, [this, socketPath] { m_socket.connectToServer(socketPath); }, Qt::QueuedConnection);
}

LabClient::~LabClient() {
    m_socket.disconnect(this); // a socket that closes tells it, and we are half gone then
}

void LabClient::disturb(ComponentId component, lab::Action action) {
    if (const auto member = m_members.find(component); member != m_members.end()) {
        action.who = {member->second.name};
        send(action);
    } else {
        emit failed(tr("There is no demonstration that could do this."));
    }
}

void LabClient::reportProgress(double done) {
    if (m_socket.state() != QLocalSocket::ConnectedState ||
        (done < 1 && m_sinceProgress.isValid() && m_sinceProgress.elapsed() < progressMilliseconds)) {
        return;
    }
    m_sinceProgress.start();
    send(lab::ProgressMade{done});
}

void LabClient::send(const lab::LabOrder& order) {
    if (m_socket.state() == QLocalSocket::ConnectedState) {
        m_socket.write(QByteArray::fromStdString(toJson(order)) + '\n');
        m_socket.flush(); // a window that closes heals first
    } else {
        emit failed(tr("There is no demonstration that could do this."));
    }
}

void LabClient::readLines() {
    while (m_socket.canReadLine()) {
        if (const auto line =
                lab::readLabLine(m_socket.readLine(longestLine).toStdString())) { // else of a later version
            take(*line);
        }
    }
    if (m_socket.bytesAvailable() >= longestLine) {
        m_socket.abort(); // whoever writes lines this long is no lab of ours
    }
}

void LabClient::take(const lab::LabLine& line) {
    std::visit(Overloaded{[this](const lab::MemberTold& told) { take(told); },
                          [this](const lab::FaultTold& told) { take(told); },
                          [this](const lab::Said& told) { emit said(QString::fromStdString(told.text)); },
                          [this](const lab::ErrorTold& told) { emit failed(QString::fromStdString(told.text)); },
                          [](const auto&) {}},
               line);
}

void LabClient::take(const lab::MemberTold& told) {
    const auto component = telemetry::readComponentId(told.component);
    if (!component) {
        return; // a user that was not heard of yet
    }
    const auto [known, isNew] = m_byName.try_emplace(told.name, *component);
    if (!isNew && known->second != *component) { // a user that was started again has another identifier
        m_members.erase(std::exchange(known->second, *component));
    }
    m_members[*component] = {told.name,
                             told.state == "running"  ? Process::Running
                             : told.state == "frozen" ? Process::Frozen
                                                      : Process::Killed,
                             told.state == "gone" ? 0 : static_cast<qint64>(told.pid)};
    emit changed(*component);
}

void LabClient::take(const lab::FaultTold& told) {
    const auto member = m_byName.find(told.who);
    if (!told.on) {
        m_faults.erase(told.fault);
    } else if (member != m_byName.end()) {
        Fault& fault = m_faults[told.fault];
        fault = {.component = member->second, .deed = told.deed};
        if (told.left > Duration{}) {
            fault.until = QDeadlineTimer(std::chrono::ceil<std::chrono::milliseconds>(told.left));
        }
    }
    emit faultsChanged();
}

} // namespace kolam::gui
