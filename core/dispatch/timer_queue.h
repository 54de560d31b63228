// SPDX-License-Identifier: GPL-3.0-or-later
// Timers in the order of their time: the heap that every dispatcher stands on. It knows no clock.
// Next door: epoll_dispatcher.h, virtual_dispatcher.h and pausable_dispatcher.h, which decide what time it is.
#pragma once

#include "core/dispatch/dispatcher.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace kolam {

/// A heap with a place for every timer, so that arming, cancelling and taking cost O(log n) and allocate nothing once
/// it has grown. Timers of equal time come out in the order in which they were armed.
class TimerQueue {
public:
    TimerId arm(TimePoint when, Task task);
    /// Forgets a timer. One that has been taken, or never existed, is no error.
    void cancel(TimerId id) noexcept;
    /// Takes the first timer out. The queue must not be empty. The caller runs it: by then it is no longer armed.
    [[nodiscard]] Task takeFirst();
    /// When the first timer is due; `never` when there is none.
    [[nodiscard]] TimePoint next() const noexcept { return m_heap.empty() ? never : m_heap.front().when; }
    [[nodiscard]] bool empty() const noexcept { return m_heap.empty(); }
    [[nodiscard]] std::size_t size() const noexcept { return m_heap.size(); }

    /// Counts the timers ever armed. With it a turn can end at what was armed while it ran: see armedBefore().
    [[nodiscard]] std::uint64_t sequence() const noexcept { return m_sequence; }
    /// True when the first timer is due at `now` and was armed before the queue had that sequence.
    [[nodiscard]] bool hasDue(TimePoint now, std::uint64_t sequence) const noexcept {
        return !m_heap.empty() && m_heap.front().when <= now && m_heap.front().sequence < sequence;
    }
    void clear() noexcept;

private:
    struct Entry {
        TimePoint when;
        std::uint64_t sequence;
        std::uint32_t place;
        [[nodiscard]] bool before(const Entry& other) const noexcept {
            return when != other.when ? when < other.when : sequence < other.sequence;
        }
    };
    /// Where a timer's task waits. The generation makes ids of earlier timers in the same place unknown.
    struct Place {
        Task task;
        std::uint32_t generation = 1;
        std::uint32_t index = 0; // in the heap; while free: the next free place
        bool armed = false;
    };
    void put(std::size_t index, const Entry& entry) noexcept;
    void rise(std::size_t index, const Entry& entry) noexcept;
    void sink(std::size_t index, const Entry& entry) noexcept;
    void removeFromHeap(std::size_t index) noexcept;
    [[nodiscard]] Task release(std::uint32_t place) noexcept;

    static constexpr std::size_t arity = 4; // shallower than two, and four children share a cache line or two
    static constexpr std::uint32_t noPlace = ~std::uint32_t{0};
    std::vector<Entry> m_heap;
    std::vector<Place> m_places;
    std::uint32_t m_firstFree = noPlace;
    std::uint64_t m_sequence = 0;
};

} // namespace kolam
