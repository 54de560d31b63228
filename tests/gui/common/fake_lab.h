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
    /// Of its only element: waiting, running, frozen or gone.
    void say(const char* state) const {
        write(QByteArray(
                  R"({"event":"member","name":"pe-1","kind":"element","component":"element-0x0a000001","state":")") +
              state + R"(","pid":4711})");
    }
    /// A fault of that element, for eight seconds.
    void fault(const char* deed, bool on, int number = 1) const {
        write(QByteArray(R"({"event":"fault","who":"pe-1","left_ns":8000000000,"do":")") + deed + R"(","fault":)" +
              QByteArray::number(number) + R"(,"on":)" + (on ? "true" : "false") + "}");
    }
    void write(const QByteArray& line) const { window->write(line + '\n'); }
};

} // namespace kolam::gui
