// SPDX-License-Identifier: GPL-3.0-or-later
// What a lab would answer to a window, and what it was asked. Next door: gui/feeds/lab_client.h, the other end.
#pragma once

#include <QLocalServer>
#include <QLocalSocket>
#include <QTemporaryDir>

namespace kolam::gui {

struct FakeLab {
    QTemporaryDir folder;
    QLocalServer server;
    QLocalSocket* window = nullptr;
    QByteArray heard;
    FakeLab() {
        QObject::connect(&server, &QLocalServer::newConnection, &server, [this] {
            window = server.nextPendingConnection();
            QObject::connect(window, &QLocalSocket::readyRead, window, [this] { heard += window->readAll(); });
            say("running");
        });
        if (!server.listen(path())) {
            qFatal("no socket");
        }
    }
    [[nodiscard]] QString path() const { return folder.filePath(QStringLiteral("control.sock")); }
    void say(const char* state) const {
        window->write(QByteArray(R"({"event":"element","component":"element-0x0a000001","state":")") + state + "\"}\n");
    }
};

} // namespace kolam::gui
