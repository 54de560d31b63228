// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/feeds/lab_client.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace kolam::gui {

namespace {
constexpr qint64 longestLine = 64 * 1024; // octets
} // namespace

LabClient::LabClient(const QString& socketPath, QObject* parent) : QObject(parent) {
    connect(&m_socket, &QLocalSocket::readyRead, this, &LabClient::readLines);
    connect(&m_socket, &QLocalSocket::disconnected, this, [this] {
        for (const auto& [component, process] : std::exchange(m_processes, {})) {
            emit changed(component);
        }
        emit failed(tr("The demonstration has ended: its processes can no more be controlled."));
    });
    connect(&m_socket, &QLocalSocket::errorOccurred, this, [this](QLocalSocket::LocalSocketError error) {
        if (error != QLocalSocket::PeerClosedError) {
            emit failed(tr("The demonstration's control socket does not answer: %1").arg(m_socket.errorString()));
        }
    });
    // Later, so that whoever made us can connect to our signals first: a missing socket fails at once.
    QMetaObject::invokeMethod(this, [this, socketPath] { m_socket.connectToServer(socketPath); }, Qt::QueuedConnection);
}

LabClient::~LabClient() {
    m_socket.disconnect(this); // a socket that closes tells it, and we are half gone then
}

void LabClient::send(const char* command, ComponentId component) {
    const QJsonObject line{{QStringLiteral("cmd"), QString::fromLatin1(command)},
                           {QStringLiteral("component"), QString::fromStdString(telemetry::toText(component))}};
    if (m_socket.state() == QLocalSocket::ConnectedState) {
        m_socket.write(QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n');
        m_socket.flush(); // a window that closes heals first
    } else {
        emit failed(tr("There is no demonstration that could do this."));
    }
}

void LabClient::readLines() {
    while (m_socket.canReadLine()) {
        take(m_socket.readLine(longestLine));
    }
    if (m_socket.bytesAvailable() >= longestLine) {
        m_socket.abort(); // whoever writes lines this long is no lab of ours
    }
}

void LabClient::take(const QByteArray& line) {
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    if (object[QStringLiteral("event")].toString() == u"error") {
        emit failed(object[QStringLiteral("text")].toString());
        return;
    }
    const auto component = telemetry::readComponentId(object[QStringLiteral("component")].toString().toStdString());
    if (!component) {
        return; // of a later version
    }
    const QString state = object[QStringLiteral("state")].toString();
    m_processes[*component] = state == u"killed"   ? Process::Killed
                              : state == u"frozen" ? Process::Frozen
                                                   : Process::Running;
    emit changed(*component);
}

} // namespace kolam::gui
