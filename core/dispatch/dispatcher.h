// SPDX-License-Identifier: GPL-3.0-or-later
// The heart of a process: time, timers and work, on one thread. Everything a node does is called from here.
// Next door: epoll_dispatcher.h turns on real time and sockets, virtual_dispatcher.h on the simulator's clock.
#pragma once

#include "core/base/random.h"
#include "core/base/time.h"

#include <cstdint>
#include <functional>

namespace kolam {

using Task = std::move_only_function<void()>;

/// Names one armed timer. 0 is no timer; cancelling it, or one that has fired, does nothing.
enum class TimerId : std::uint64_t { None = 0 };

/// Time, timers and posted work of one thread.
class Dispatcher {
public:
    virtual ~Dispatcher() = default;
    /// The time of this turn; it stands still during one callback.
    [[nodiscard]] virtual TimePoint now() const noexcept = 0;
    /// Calls `task` once at or after `when`, timers of equal time in the order in which they were armed.
    virtual TimerId callAt(TimePoint when, Task task) = 0;
    virtual void cancel(TimerId id) noexcept = 0;
    /// Calls `task` in the next turn. The real dispatcher takes it from any thread; its lone way in.
    virtual void post(Task task) = 0;
    /// Seeded by whoever built the dispatcher: the same seed, the same life.
    [[nodiscard]] virtual Random& random() noexcept = 0;

    /// For a thread that only computes and posts its results: lets go of the process's descriptors, all but the
    /// standard ones and what post() needs. They close with the last thread that has them, and so tell others that the
    /// process was killed; a thread of low priority may take half a second to die.
    virtual void dropDescriptorsOfThisThread() {}

    TimerId callIn(Duration delay, Task task) { return callAt(now() + delay, std::move(task)); }
};

/// What a watched descriptor is ready for; a set.
enum class Interest : std::uint8_t { Read = 1, Write = 2, ReadWrite = 3 };
struct Readiness {
    bool read = false;
    bool write = false;
    bool error = false; // something waits in the error queue, or the descriptor is broken
};

/// A dispatcher of real descriptors, itself pollable through one descriptor.
class DescriptorDispatcher : public Dispatcher {
public:
    /// Readable whenever turn() has something to do: for a QSocketNotifier, or another poll loop.
    [[nodiscard]] virtual int pollDescriptor() const noexcept = 0;
    /// Does what is ready, without waiting: bounded work, the rest stays ready.
    virtual void turn() = 0;
    /// Turns until stop() is called.
    virtual void run() = 0;
    /// Ends run() after the current turn. Callable from any thread.
    virtual void stop() noexcept = 0;
    /// Calls `callback` whenever `descriptor` is ready; watching it again replaces interest and callback.
    virtual void watch(int descriptor, Interest interest, std::function<void(Readiness)> callback) = 0;
    virtual void unwatch(int descriptor) noexcept = 0;
    /// Runs `flush` at the end of every turn (transports send their batches there).
    /// @return a token; dropping the flush is done by passing it to removeFlush.
    virtual std::uint64_t addFlush(std::function<void()> flush) = 0;
    virtual void removeFlush(std::uint64_t token) noexcept = 0;
};

} // namespace kolam
