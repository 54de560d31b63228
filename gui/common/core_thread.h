// SPDX-License-Identifier: GPL-3.0-or-later
// The one thread of a window in which the core lives: an event loop of Qt turns a dispatcher. Windows post commands and
// get values by queued signals; neither ever waits for the other. Next door: qt_dispatcher_bridge.h.
#pragma once

#include "core/dispatch/epoll_dispatcher.h"

#include <QThread>
#include <chrono>

namespace kolam::gui {

class CoreThread final : public QThread {
    Q_OBJECT
public:
    explicit CoreThread(QObject* parent = nullptr) : QThread(parent) {}
    ~CoreThread() override;

    /// Only its post() may be called from other threads.
    [[nodiscard]] DescriptorDispatcher& dispatcher() { return m_dispatcher; }
    /// Runs `task` in the thread, in the order of the calls.
    void post(Task task) { m_dispatcher.post(std::move(task)); }
    /// Runs `last` after all that was posted before, then ends the thread. Does not wait for it.
    void finish(Task last);
    /// The same, and waits.
    /// @return false when it has not ended within `limit`
    bool end(Task last, std::chrono::milliseconds limit);

protected:
    void run() override;

private:
    EpollDispatcher m_dispatcher;
};

} // namespace kolam::gui
