// SPDX-License-Identifier: GPL-3.0-or-later
// A turn: ready descriptors first, then timers, then posted work, then the flushes. Descriptors come before timers, so
// that a process which was stopped for a while hears its peers before it believes that they were silent.
#include "core/dispatch/epoll_dispatcher.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cerrno>
#include <random>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <system_error>
#include <time.h>
#include <unistd.h>
#include <utility>

namespace kolam {

namespace {

// Our two descriptors have keys that no watch can have: watches have generations from 1 on in the upper half.
constexpr std::uint64_t alarmKey = 0;
constexpr std::uint64_t wakeKey = 1;
// The most that one turn takes of each kind, so that nobody waits long for the others.
constexpr std::size_t descriptorsPerTurn = 64;
constexpr std::size_t timersPerTurn = 1024;

TimePoint clockNow() noexcept {
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return TimePoint{std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec}};
}

int opened(int descriptor, const char* what) {
    if (descriptor < 0) {
        throw std::system_error(errno, std::generic_category(), what);
    }
    return descriptor;
}

std::uint64_t systemSeed() {
    std::random_device device;
    return (std::uint64_t{device()} << 32) | device();
}

std::uint64_t keyOf(int descriptor, std::uint32_t generation) {
    return (std::uint64_t{generation} << 32) | static_cast<std::uint32_t>(descriptor);
}

bool has(Interest interest, Interest part) {
    return (static_cast<unsigned>(interest) & static_cast<unsigned>(part)) != 0;
}

} // namespace

EpollDispatcher::Descriptor::~Descriptor() {
    close(value);
}

EpollDispatcher::EpollDispatcher() : EpollDispatcher(systemSeed()) {}

EpollDispatcher::EpollDispatcher(std::uint64_t seed)
    : m_epoll(opened(epoll_create1(EPOLL_CLOEXEC), "epoll_create1"))
    , m_alarm(opened(timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC), "timerfd_create"))
    , m_wake(opened(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC), "eventfd"))
    , m_random(seed) {
    for (const auto& [descriptor, key] : {std::pair{m_alarm.value, alarmKey}, std::pair{m_wake.value, wakeKey}}) {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u64 = key;
        if (epoll_ctl(m_epoll.value, EPOLL_CTL_ADD, descriptor, &event) != 0) {
            throw std::system_error(errno, std::generic_category(), "epoll_ctl");
        }
    }
}

EpollDispatcher::~EpollDispatcher() {
    // What waits may own things that cancel and unwatch when they die: while all of us is still there.
    m_posted.clear();
    m_timers.clear();
    std::exchange(m_watches, {}).clear();
    std::exchange(m_flushes, {}).clear();
}

TimePoint EpollDispatcher::now() const noexcept {
    return m_inTurn ? m_now : clockNow();
}

TimerId EpollDispatcher::callAt(TimePoint when, Task task) {
    const TimerId id = m_timers.arm(std::max(when, now()), std::move(task));
    if (!m_inTurn) {
        setAlarm();
    }
    return id;
}

void EpollDispatcher::cancel(TimerId id) noexcept {
    m_timers.cancel(id);
    if (!m_inTurn) {
        setAlarm();
    }
}

void EpollDispatcher::post(Task task) {
    bool first = false;
    {
        const std::lock_guard lock(m_postedLock);
        first = m_posted.empty();
        m_posted.push_back(std::move(task));
    }
    // A callback of ours that posts need not wake us: this turn comes to it.
    if (first && m_collector.load(std::memory_order_relaxed) != std::this_thread::get_id()) {
        wake();
    }
}

void EpollDispatcher::dropDescriptorsOfThisThread() {
    constexpr unsigned firstOfOurs = 3; // after the standard ones
    const auto kept = static_cast<unsigned>(m_wake.value);
    // The thread gets a table of its own first. A kernel that knows none of this leaves things as they were.
    if (close_range(kept + 1, ~0U, CLOSE_RANGE_UNSHARE) == 0 && kept > firstOfOurs) {
        close_range(firstOfOurs, kept - 1, 0);
    }
}

void EpollDispatcher::run() {
    while (!m_stop.exchange(false)) {
        turn(-1);
    }
}

void EpollDispatcher::stop() noexcept {
    m_stop = true;
    wake();
}

void EpollDispatcher::watch(int descriptor, Interest interest, std::function<void(Readiness)> callback) {
    if (++m_generation == 0) {
        m_generation = 1;
    }
    epoll_event event{};
    event.events = (has(interest, Interest::Read) ? std::uint32_t{EPOLLIN} : 0U) |
                   (has(interest, Interest::Write) ? std::uint32_t{EPOLLOUT} : 0U);
    event.data.u64 = keyOf(descriptor, m_generation);
    const bool known = m_watches.contains(descriptor);
    [[maybe_unused]] const int result =
        epoll_ctl(m_epoll.value, known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, descriptor, &event);
    assert(result == 0); // not a pollable descriptor, or closed while it was watched
    m_watches[descriptor] = std::make_shared<Watch>(
        Watch{.generation = m_generation, .interest = interest, .callback = std::move(callback)});
}

void EpollDispatcher::unwatch(int descriptor) noexcept {
    const auto found = m_watches.find(descriptor);
    if (found == m_watches.end()) {
        return;
    }
    epoll_ctl(m_epoll.value, EPOLL_CTL_DEL, descriptor, nullptr);
    const auto dying = std::move(found->second); // its destructor may call us: after the table is in order
    m_watches.erase(found);
}

std::uint64_t EpollDispatcher::addFlush(std::function<void()> flush) {
    m_flushes.push_back(std::make_shared<Flush>(Flush{.token = ++m_lastToken, .call = std::move(flush)}));
    return m_lastToken;
}

void EpollDispatcher::removeFlush(std::uint64_t token) noexcept {
    const auto found = std::ranges::find(m_flushes, token, [](const auto& flush) { return flush->token; });
    if (found == m_flushes.end()) {
        return;
    }
    (*found)->token = 0;
    if (!m_flushing) { // else at the end of the walk
        m_flushes.erase(found);
    }
}

void EpollDispatcher::turn(int waitMilliseconds) {
    assert(!m_inTurn); // a callback must not turn its own dispatcher
    std::array<epoll_event, descriptorsPerTurn> events;
    const int count = epoll_wait(m_epoll.value, events.data(), static_cast<int>(events.size()), waitMilliseconds);
    m_now = clockNow();
    m_inTurn = true;
    m_collector.store(std::this_thread::get_id(), std::memory_order_relaxed);
    for (int i = 0; i < count; ++i) {
        const epoll_event& event = events[static_cast<std::size_t>(i)];
        if (event.data.u64 == wakeKey) {
            std::uint64_t ignored = 0;
            // Emptied before the tasks are taken: whoever posts after that rings again.
            [[maybe_unused]] const auto got = read(m_wake.value, &ignored, sizeof ignored);
        } else if (event.data.u64 == alarmKey) {
            m_alarmTime = TimePoint::min(); // has rung: must be set anew, also to become silent
        } else {
            dispatchDescriptor(event.data.u64, event.events);
        }
    }
    runTimers();
    runPosted();
    runFlushes();
    m_inTurn = false;
    setAlarm();
}

void EpollDispatcher::dispatchDescriptor(std::uint64_t key, std::uint32_t events) {
    const auto found = m_watches.find(static_cast<int>(static_cast<std::uint32_t>(key)));
    if (found == m_watches.end() || found->second->generation != key >> 32) {
        return; // unwatched by an earlier callback of this turn
    }
    const std::shared_ptr<Watch> watch = found->second;
    const bool broken = (events & (EPOLLERR | EPOLLHUP)) != 0;
    watch->callback(Readiness{
        .read = has(watch->interest, Interest::Read) && (events & (EPOLLIN | EPOLLHUP)) != 0,
        .write = has(watch->interest, Interest::Write) && (events & EPOLLOUT) != 0,
        .error = broken,
    });
}

void EpollDispatcher::runTimers() {
    const std::uint64_t sequence = m_timers.sequence(); // what is armed from here on waits for the next turn
    for (std::size_t count = 0; count < timersPerTurn && m_timers.hasDue(m_now, sequence); ++count) {
        Task task = m_timers.takeFirst();
        task();
    }
}

void EpollDispatcher::runPosted() {
    m_collector.store({}, std::memory_order_relaxed);
    {
        const std::lock_guard lock(m_postedLock);
        m_running.swap(m_posted);
    }
    for (Task& task : m_running) {
        std::exchange(task, nullptr)();
    }
    m_running.clear();
}

void EpollDispatcher::runFlushes() {
    m_flushing = true;
    for (std::size_t i = 0; i < m_flushes.size(); ++i) {
        if (const auto flush = m_flushes[i]; flush->token != 0) {
            flush->call();
        }
    }
    m_flushing = false;
    std::erase_if(m_flushes, [](const auto& flush) { return flush->token == 0; });
}

void EpollDispatcher::setAlarm() noexcept {
    const TimePoint wanted = m_timers.next();
    // An alarm that has become too early rings once in vain and is set anew then. Setting it back at once would cost a
    // system call for every deadline that is met, as that of each request is.
    const bool hasRung = m_alarmTime == TimePoint::min();
    if (!hasRung && wanted >= m_alarmTime) {
        return;
    }
    itimerspec alarm{}; // all zero: silent
    if (wanted != never) {
        const Duration sinceBoot = std::max(wanted.time_since_epoch(), Duration{1});
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(sinceBoot);
        alarm.it_value.tv_sec = seconds.count();
        alarm.it_value.tv_nsec = (sinceBoot - seconds).count();
    }
    timerfd_settime(m_alarm.value, TFD_TIMER_ABSTIME, &alarm, nullptr);
    m_alarmTime = wanted;
}

void EpollDispatcher::wake() noexcept {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto put = write(m_wake.value, &one, sizeof one);
}

} // namespace kolam
