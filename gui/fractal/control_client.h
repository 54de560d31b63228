// SPDX-License-Identifier: GPL-3.0-or-later
// ElementControl over the socket of `kolam demo`. Never waits: connecting, reading and writing are events of Qt's loop.
// Next door: element_control.h describes the protocol.
#pragma once

#include "gui/fractal/element_control.h"

#include <QElapsedTimer>
#include <QLocalSocket>

namespace kolam::gui {

class ControlClient final : public ElementControl {
    Q_OBJECT
public:
    explicit ControlClient(const QString& socketPath, QObject* parent = nullptr);
    void kill(PeIdentifier element) override;
    void freeze(PeIdentifier element) override;
    void restart(PeIdentifier element) override;
    void reportProgress(double done) override;

private:
    void command(const QString& name, PeIdentifier element);
    void send(const QJsonObject& command);
    void readLines();
    void take(const QByteArray& line);

    QLocalSocket m_socket;
    QElapsedTimer m_sinceProgress; // at most ten a second, and always the last one
    bool m_wasConnected = false;
};

} // namespace kolam::gui
