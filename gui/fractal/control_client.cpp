// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/control_client.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace kolam::gui {

namespace {

constexpr qsizetype maxLine = 64 * 1024; // octets
constexpr qint64 progressMilliseconds = 100;

} // namespace

ControlClient::ControlClient(const QString& socketPath, QObject* parent) : ElementControl(parent) {
    connect(&m_socket, &QLocalSocket::connected, this, [this] { m_wasConnected = true; });
    connect(&m_socket, &QLocalSocket::readyRead, this, &ControlClient::readLines);
    connect(&m_socket, &QLocalSocket::disconnected, this, [this] { emit disconnected(); });
    connect(&m_socket, &QLocalSocket::errorOccurred, this, [this](QLocalSocket::LocalSocketError) {
        if (!m_wasConnected) {
            emit failed(tr("The demonstration's control socket does not answer: %1").arg(m_socket.errorString()));
            emit disconnected();
        }
    });
    // Later, so that whoever made us can connect to our signals first: a missing socket fails at once.
    QMetaObject::invokeMethod(this, [this, socketPath] { m_socket.connectToServer(socketPath); }, Qt::QueuedConnection);
}

void ControlClient::kill(PeIdentifier element) {
    command(QStringLiteral("kill"), element);
}
void ControlClient::freeze(PeIdentifier element) {
    command(QStringLiteral("freeze"), element);
}
void ControlClient::restart(PeIdentifier element) {
    command(QStringLiteral("restart"), element);
}

void ControlClient::reportProgress(double done) {
    if (done < 1 && m_sinceProgress.isValid() && m_sinceProgress.elapsed() < progressMilliseconds) {
        return;
    }
    m_sinceProgress.start();
    send({{QStringLiteral("cmd"), QStringLiteral("progress")}, {QStringLiteral("done"), done}});
}

void ControlClient::command(const QString& name, PeIdentifier element) {
    send({{QStringLiteral("cmd"), name}, {QStringLiteral("element"), QString::fromStdString(toText(element))}});
}

void ControlClient::send(const QJsonObject& command) {
    if (m_socket.state() == QLocalSocket::ConnectedState) {
        m_socket.write(QJsonDocument(command).toJson(QJsonDocument::Compact) + '\n');
    }
}

void ControlClient::readLines() {
    while (m_socket.canReadLine()) {
        take(m_socket.readLine(maxLine));
    }
    if (m_socket.bytesAvailable() >= maxLine) {
        m_socket.abort(); // whoever writes lines this long is no lab of ours
    }
}

void ControlClient::take(const QByteArray& line) {
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    const QString event = object[QStringLiteral("event")].toString();
    if (event == u"error") {
        emit failed(object[QStringLiteral("text")].toString());
        return;
    }
    bool isNumber = false;
    const quint32 id = object[QStringLiteral("id")].toString().toUInt(&isNumber, 16);
    if (event != u"element" || !isNumber || id == 0) {
        return;
    }
    const QString state = object[QStringLiteral("state")].toString();
    ControlledElement element{PeIdentifier{id}, ProcessState::Running, object[QStringLiteral("pid")].toInteger()};
    if (state == u"killed") {
        element.state = ProcessState::Killed;
    } else if (state == u"frozen") {
        element.state = ProcessState::Frozen;
    }
    emit elementChanged(element);
}

} // namespace kolam::gui
