// SPDX-License-Identifier: GPL-3.0-or-later
// Lets a Qt event loop turn a dispatcher of the core: one socket notifier on the dispatcher's one descriptor.
// Next door: core/dispatch/epoll_dispatcher.h. The bridge lives in the thread whose event loop turns the dispatcher.
#pragma once

#include "core/dispatch/dispatcher.h"

#include <QObject>
#include <QSocketNotifier>

namespace kolam {

class QtDispatcherBridge : public QObject {
    Q_OBJECT
public:
    /// The dispatcher outlives the bridge, and nobody else turns it meanwhile.
    explicit QtDispatcherBridge(DescriptorDispatcher& dispatcher, QObject* parent = nullptr);

private:
    void turn();

    DescriptorDispatcher& m_dispatcher;
    QSocketNotifier m_notifier; // an epoll descriptor can itself be watched
    bool m_turning = false;
};

} // namespace kolam
