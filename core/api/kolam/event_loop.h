// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// The thread that instances, sessions and services live on: time, descriptors, and the SCTP beneath.
/// Next door: instance.h, which lives here; blocking.h, for programs that want no loop of their own.
#pragma once

#include "kolam/types.h"

#include <functional>
#include <memory>

namespace kolam::api {

/// One thread's loop. All of the API that is reached through it belongs to the thread that turns it, but for post()
/// and stop(). Callbacks come from turns only, never from inside a call.
class KOLAM_API EventLoop {
public:
    /// Whose SCTP is used.
    enum class Transport : std::uint8_t {
        Auto,   ///< Both, whichever answers first.
        Kernel, ///< The operating system's.
        User,   ///< This library's own, in user space above UDP: needs no privilege. One loop of a process can have it.
    };
    /// Names a timer. 0 names none.
    enum class TimerId : std::uint64_t { None = 0 };
    /// What a watched descriptor is ready for.
    struct Ready {
        bool read = false;  ///< There is something to read.
        bool write = false; ///< There is room to write.
        bool error = false; ///< It is broken.
    };

    /// Errors: TransportInUse, System.
    [[nodiscard]] static Result<std::unique_ptr<EventLoop>> create(Transport transport = Transport::Auto);
    /// Everything that lives on the loop must be gone.
    ~EventLoop();
    EventLoop(const EventLoop&) = delete;
    EventLoop& operator=(const EventLoop&) = delete;

    /// Turns until stop() is called.
    void run();
    /// Turns until `done` says so, or the time is over. @return what `done` said last.
    bool runUntil(const std::function<bool()>& done, Duration limit = noLimit);
    /// Does what is ready and does not wait: for programs with a loop of their own, which watch descriptor().
    void turn();
    /// Readable whenever turn() has something to do.
    [[nodiscard]] int descriptor() const;
    /// Ends run(); from any thread.
    void stop();
    /// Calls `task` in the next turn; from any thread.
    void post(std::move_only_function<void()> task);
    /// Calls `task` once, after `delay`.
    TimerId callIn(Duration delay, std::move_only_function<void()> task);
    /// Forgets a timer; one that has rung is forgotten already.
    void cancel(TimerId timer);
    /// Calls `callback` whenever the descriptor is ready; unwatch it before it is closed.
    void watch(int descriptor, bool read, bool write, std::function<void(Ready)> callback);
    /// Ends watch().
    void unwatch(int descriptor);

    struct Impl;
    /// For the library's own use.
    [[nodiscard]] Impl& impl() { return *m_impl; }

private:
    explicit EventLoop(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace kolam::api
