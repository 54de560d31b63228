// SPDX-License-Identifier: GPL-3.0-or-later
// A pool of this window's own, for whoever finds none: a registrar and some elements on this host, started by a lab
// that is a child on a socket pair. Whichever end dies, the other one notices, and nothing is left running. Next door:
// why_panel.h offers it; demos/lab/lab_client.h, the lab's end of the talk.
#pragma once

#include "core/base/address.h"
#include "core/dispatch/epoll_dispatcher.h"
#include "demos/lab/lab_lines.h"
#include "gui/common/qt_dispatcher_bridge.h"

#include <QObject>
#include <QTemporaryDir>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

namespace kolam::lab {
class LabClient;
struct ProcessEnd;
} // namespace kolam::lab

namespace kolam::gui {

class LocalPool final : public QObject {
    Q_OBJECT
public:
    enum class State : quint8 { None, Starting, Running, Failed };
    struct Config {
        std::filesystem::path programs; // the folder of kolam and kolam-registrar
        QString pool;                   // its handle
        QString transport;              // "user", "kernel" or "auto"
        int elements = 3;
    };
    explicit LocalPool(Config config, QObject* parent = nullptr);
    ~LocalPool() override; // ends it, and waits for nobody

    void start();
    [[nodiscard]] State state() const { return m_state; }
    /// How far it is, or what is wrong: a sentence; empty before the start.
    [[nodiscard]] QString text() const;
    /// Viewers find it there.
    [[nodiscard]] QString scope() const;

signals:
    void changed();
    /// Its registrar is there: the window can go to it.
    void registrarStarted(const kolam::TransportAddress& registrar);

private:
    [[nodiscard]] std::string scenario() const;
    void take(const lab::LabLine& line);
    void take(const lab::MemberTold& told);
    void ended(const lab::ProcessEnd& end);
    void fail(const QString& why);

    Config m_config;
    State m_state = State::None;
    QString m_trouble;
    std::map<std::string, bool> m_members; // whether each runs
    QTemporaryDir m_folder;                // logs, until we go
    EpollDispatcher m_dispatcher;
    QtDispatcherBridge m_bridge{m_dispatcher};
    std::unique_ptr<lab::LabClient> m_lab;
};

} // namespace kolam::gui
