// SPDX-License-Identifier: GPL-3.0-or-later
// Real time and real descriptors on one thread: one epoll set with a timerfd for all timers and an eventfd for post().
// The set itself can be polled, so Qt or any other loop can drive it. Next door: virtual_dispatcher.h, the simulator's.
#pragma once

#include "core/dispatch/timer_queue.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

namespace kolam {

/// The dispatcher of a running program. Everything but post() and stop() belongs to the thread that turns it.
class EpollDispatcher final : public DescriptorDispatcher {
public:
    /// @param seed  of random(); the default asks the system
    /// Throws std::system_error when the system has no descriptors left.
    EpollDispatcher();
    explicit EpollDispatcher(std::uint64_t seed);
    ~EpollDispatcher() override;
    EpollDispatcher(const EpollDispatcher&) = delete;
    EpollDispatcher& operator=(const EpollDispatcher&) = delete;

    /// Within a turn the time at which it began; outside of turns the clock's.
    [[nodiscard]] TimePoint now() const noexcept override;
    TimerId callAt(TimePoint when, Task task) override;
    void cancel(TimerId id) noexcept override;
    void post(Task task) override;
    [[nodiscard]] Random& random() noexcept override { return m_random; }
    void dropDescriptorsOfThisThread() override;

    [[nodiscard]] int pollDescriptor() const noexcept override { return m_epoll.value; }
    void turn() override { turn(0); }
    /// A stop() that came before run() ends it at once: a thread may be stopped before it got that far.
    void run() override;
    void stop() noexcept override;
    /// A descriptor must be unwatched before it is closed.
    void watch(int descriptor, Interest interest, std::function<void(Readiness)> callback) override;
    void unwatch(int descriptor) noexcept override;
    std::uint64_t addFlush(std::function<void()> flush) override;
    void removeFlush(std::uint64_t token) noexcept override;

private:
    struct Descriptor {
        explicit Descriptor(int opened) : value(opened) {}
        ~Descriptor();
        Descriptor(const Descriptor&) = delete;
        Descriptor& operator=(const Descriptor&) = delete;
        int value;
    };
    struct Watch {
        std::uint32_t generation; // readiness reported for an earlier watch of the same number is not ours
        Interest interest;
        std::function<void(Readiness)> callback;
    };
    struct Flush {
        std::uint64_t token; // 0: removed
        std::function<void()> call;
    };

    void turn(int waitMilliseconds);
    void dispatchDescriptor(std::uint64_t key, std::uint32_t events);
    void runTimers();
    void runPosted();
    void runFlushes();
    void setAlarm() noexcept;
    void wake() noexcept;

    Descriptor m_epoll;
    Descriptor m_alarm;
    Descriptor m_wake;
    TimerQueue m_timers;
    TimePoint m_alarmTime = never; // what the timerfd is set to: the next timer, or a time before it
    TimePoint m_now{};
    bool m_inTurn = false;
    Random m_random;

    std::unordered_map<int, std::shared_ptr<Watch>> m_watches; // shared: a callback may unwatch itself
    std::uint32_t m_generation = 0;
    std::vector<std::shared_ptr<Flush>> m_flushes; // in the order in which they were added
    std::uint64_t m_lastToken = 0;
    bool m_flushing = false;

    std::atomic<std::thread::id> m_collector; // the turn's thread, while what it posts is still of this turn
    std::mutex m_postedLock;                  // guards m_posted, nothing else
    std::vector<Task> m_posted;
    std::vector<Task> m_running; // kept for its memory
    std::atomic<bool> m_stop = false;
};

} // namespace kolam
