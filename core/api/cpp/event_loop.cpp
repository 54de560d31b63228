// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/cpp/event_loop_impl.h"
#include "core/api/cpp/words.h"
#include "core/transport/auto_transport.h"
#include "core/transport/user_transport.h"

#include <algorithm>
#include <limits>
#include <poll.h>
#include <system_error>
#include <utility>

namespace kolam::api {

namespace {

/// A timer that is as good as never must not overflow the clock.
TimePoint after(TimePoint now, Duration delay) {
    return delay >= never - now ? never : now + delay;
}

/// Milliseconds for poll(), rounded up, so that nobody turns for nothing until the time has come.
int pollTime(Duration left) {
    const auto milliseconds = std::chrono::ceil<std::chrono::milliseconds>(left).count();
    return static_cast<int>(std::clamp<std::int64_t>(milliseconds, 0, std::numeric_limits<int>::max()));
}

} // namespace

EventLoop::EventLoop(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
EventLoop::~EventLoop() = default;

Result<std::unique_ptr<EventLoop>> EventLoop::create(Transport transport) {
    try {
        auto impl = std::make_unique<Impl>();
        const auto kind = transport == Transport::Kernel ? transport::TransportKind::Kernel
                          : transport == Transport::User ? transport::TransportKind::User
                                                         : transport::TransportKind::Auto;
        auto opened = transport::makeTransport(kind, impl->dispatcher);
        if (!opened) {
            if (opened.error() == transport::UserTransportError::TransportInUse) {
                return std::unexpected(Error{Errc::TransportInUse});
            }
            return std::unexpected(systemError(opened.error()));
        }
        impl->transport = std::move(*opened);
        return std::unique_ptr<EventLoop>{new EventLoop(std::move(impl))};
    } catch (const std::system_error& error) { // no descriptors left
        return std::unexpected(systemError(error.code()));
    }
}

void EventLoop::run() {
    m_impl->dispatcher.run();
}

bool EventLoop::runUntil(const std::function<bool()>& done, Duration limit) {
    EpollDispatcher& dispatcher = m_impl->dispatcher;
    const TimePoint end = after(dispatcher.now(), limit);
    while (!done()) {
        const TimePoint now = dispatcher.now();
        if (now >= end) {
            return false;
        }
        pollfd ready{.fd = dispatcher.pollDescriptor(), .events = POLLIN, .revents = 0};
        ::poll(&ready, 1, end == never ? -1 : pollTime(end - now));
        dispatcher.turn();
    }
    return true;
}

void EventLoop::turn() {
    m_impl->dispatcher.turn();
}

int EventLoop::descriptor() const {
    return m_impl->dispatcher.pollDescriptor();
}

void EventLoop::stop() {
    m_impl->dispatcher.stop();
}

void EventLoop::post(std::move_only_function<void()> task) {
    m_impl->dispatcher.post(std::move(task));
}

EventLoop::TimerId EventLoop::callIn(Duration delay, std::move_only_function<void()> task) {
    const TimePoint when = after(m_impl->dispatcher.now(), delay);
    return TimerId{std::to_underlying(m_impl->dispatcher.callAt(when, std::move(task)))};
}

void EventLoop::cancel(TimerId timer) {
    m_impl->dispatcher.cancel(kolam::TimerId{std::to_underlying(timer)});
}

void EventLoop::watch(int descriptor, bool read, bool write, std::function<void(Ready)> callback) {
    if (!read && !write) {
        m_impl->dispatcher.unwatch(descriptor);
        return;
    }
    const Interest interest = read && write ? Interest::ReadWrite : read ? Interest::Read : Interest::Write;
    m_impl->dispatcher.watch(descriptor, interest, [callback = std::move(callback)](Readiness readiness) {
        callback({.read = readiness.read, .write = readiness.write, .error = readiness.error});
    });
}

void EventLoop::unwatch(int descriptor) {
    m_impl->dispatcher.unwatch(descriptor);
}

} // namespace kolam::api
