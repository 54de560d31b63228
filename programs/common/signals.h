// SPDX-License-Identifier: GPL-3.0-or-later
// Signals as events of a dispatcher. They are blocked before any thread starts, so that no thread is ever interrupted.
#pragma once

#include "core/dispatch/dispatcher.h"

#include <functional>

namespace kolam::programs {

/// Blocks SIGINT, SIGTERM and SIGHUP for this thread and all that it starts later, and ignores SIGPIPE. Call it first.
void blockSignals();

/// Hands those signals to a callback, from a dispatcher's turn. Dispatcher and callback must outlive it.
class SignalWatch {
public:
    SignalWatch(DescriptorDispatcher& dispatcher, std::function<void(int signal)> callback);
    ~SignalWatch();
    SignalWatch(const SignalWatch&) = delete;
    SignalWatch& operator=(const SignalWatch&) = delete;

private:
    DescriptorDispatcher& m_dispatcher;
    int m_descriptor;
};

} // namespace kolam::programs
