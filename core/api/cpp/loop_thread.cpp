// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/cpp/loop_thread.h"

#include "core/api/cpp/words.h"
#include "core/transport/auto_transport.h"

#include <csignal>
#include <cstdlib>
#include <string>
#include <system_error>
#include <utility>

namespace kolam::api {

namespace {

Result<EventLoop::Transport> chosenTransport() {
    const char* const wanted = std::getenv("KOLAM_TRANSPORT");
    const auto kind = transport::parseTransportKind(wanted == nullptr ? "auto" : wanted);
    if (!kind) {
        return std::unexpected(Error{Errc::BadArgument, "KOLAM_TRANSPORT must be auto, user or kernel"});
    }
    switch (*kind) {
    case transport::TransportKind::Auto: return EventLoop::Transport::Auto;
    case transport::TransportKind::Kernel: return EventLoop::Transport::Kernel;
    case transport::TransportKind::User: return EventLoop::Transport::User;
    }
    std::unreachable();
}

} // namespace

Result<std::shared_ptr<LoopThread>> LoopThread::shared() {
    static std::mutex lock;
    static std::weak_ptr<LoopThread> running;
    const std::lock_guard guard{lock};
    if (auto known = running.lock()) {
        return known;
    }
    const auto transport = chosenTransport();
    if (!transport) {
        return std::unexpected(transport.error());
    }
    auto loop = EventLoop::create(*transport);
    if (!loop) {
        return std::unexpected(loop.error());
    }
    try {
        std::shared_ptr<LoopThread> started{new LoopThread(std::move(*loop))};
        running = started;
        return started;
    } catch (const std::system_error& error) { // no thread to be had
        return std::unexpected(systemError(error.code()));
    }
}

LoopThread::LoopThread(std::unique_ptr<EventLoop> loop) : m_loop(std::move(loop)) {
    // The application's signals are the application's: none of them may come to a thread that it does not know.
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    try {
        m_thread = std::thread{[this] { m_loop->run(); }};
    } catch (...) {
        pthread_sigmask(SIG_SETMASK, &before, nullptr);
        throw;
    }
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

LoopThread::~LoopThread() {
    m_loop->stop();
    m_thread.join();
}

void LoopThread::callAndWait(const std::function<void()>& function) {
    bool done = false;
    m_loop->post([&] {
        function();
        // Told under the lock: the caller's frame, with all of this in it, may be gone as soon as it is free.
        const std::lock_guard guard{m_lock};
        done = true;
        m_done.notify_all();
    });
    std::unique_lock wait{m_lock};
    m_done.wait(wait, [&] { return done; });
}

} // namespace kolam::api
