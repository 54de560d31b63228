// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/common/core_thread.h"

#include "gui/common/qt_dispatcher_bridge.h"

#include <QDeadlineTimer>

namespace kolam::gui {

CoreThread::~CoreThread() {
    if (isRunning()) {
        quit();
        wait(); // a QThread must not die running
    }
}

void CoreThread::finish(Task last) {
    post([this, last = std::move(last)]() mutable {
        last();
        quit();
    });
}

bool CoreThread::end(Task last, std::chrono::milliseconds limit) {
    if (!isRunning()) {
        return true;
    }
    finish(std::move(last));
    return wait(QDeadlineTimer(limit));
}

void CoreThread::run() {
    QtDispatcherBridge bridge(m_dispatcher);
    exec();
}

} // namespace kolam::gui
