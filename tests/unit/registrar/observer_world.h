// SPDX-License-Identifier: GPL-3.0-or-later
// A folder for sockets that nobody else uses, and viewers that speak to them octet by octet.
#pragma once

#include "core/dispatch/epoll_dispatcher.h"
#include "core/telemetry/local_socket.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <cerrno>
#include <filesystem>
#include <functional>
#include <poll.h>
#include <sys/socket.h>

namespace kolam {

struct ObserverWorld {
    ObserverWorld() { qputenv("XDG_RUNTIME_DIR", directory.path().toUtf8()); }
    bool until(const std::function<bool()>& happened) {
        QElapsedTimer clock;
        clock.start();
        while (!happened() && clock.elapsed() < 10'000) {
            pollfd ready{dispatcher.pollDescriptor(), POLLIN, 0};
            poll(&ready, 1, 20);
            dispatcher.turn();
        }
        return happened();
    }
    QTemporaryDir directory;
    EpollDispatcher dispatcher{1};
};

/// A viewer with manners of its own.
struct RawViewer {
    explicit RawViewer(const std::filesystem::path& path) : socket(std::move(*telemetry::LocalSocket::connect(path))) {}
    bool say(std::string_view text) const {
        return ::send(socket.descriptor(), text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
    }
    /// Reads what is there. True when the other end has closed.
    bool read() {
        char buffer[4096];
        for (;;) {
            const ssize_t length = ::recv(socket.descriptor(), buffer, sizeof buffer, MSG_DONTWAIT);
            if (length <= 0) {
                return length == 0 || errno != EAGAIN;
            }
            heard.append(buffer, static_cast<std::size_t>(length));
        }
    }
    telemetry::LocalSocket socket;
    std::string heard;
};

} // namespace kolam
