// SPDX-License-Identifier: GPL-3.0-or-later
// What an EventLoop is made of. Next door: event_loop.cpp.
#pragma once

#include "core/dispatch/epoll_dispatcher.h"
#include "core/transport/transport.h"
#include "kolam/event_loop.h"

namespace kolam::api {

struct [[gnu::visibility("hidden")]] EventLoop::Impl {
    EpollDispatcher dispatcher;
    std::unique_ptr<transport::Transport> transport; // dies before the dispatcher
};

} // namespace kolam::api
