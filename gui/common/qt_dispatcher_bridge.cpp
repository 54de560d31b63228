// SPDX-License-Identifier: GPL-3.0-or-later
// One turn for each time that Qt finds the descriptor readable; Qt's other work comes in between.
#include "gui/common/qt_dispatcher_bridge.h"

#include <QPointer>

namespace kolam {

QtDispatcherBridge::QtDispatcherBridge(DescriptorDispatcher& dispatcher, QObject* parent)
    : QObject(parent)
    , m_dispatcher(dispatcher)
    , m_notifier(dispatcher.pollDescriptor(), QSocketNotifier::Read) {
    connect(&m_notifier, &QSocketNotifier::activated, this, &QtDispatcherBridge::turn);
}

void QtDispatcherBridge::turn() {
    // A callback that opens a nested event loop must not turn the dispatcher that it runs on. The descriptor stays
    // readable, so nothing is lost; the notifier is silenced, so that the nested loop does not spin on it.
    if (m_turning) {
        m_notifier.setEnabled(false);
        return;
    }
    const QPointer<QtDispatcherBridge> self(this); // a callback may end us
    m_turning = true;
    m_dispatcher.turn();
    if (!self) {
        return;
    }
    m_turning = false;
    m_notifier.setEnabled(true);
}

} // namespace kolam
