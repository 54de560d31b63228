// SPDX-License-Identifier: GPL-3.0-or-later
// The heap of timers and the table of their places.
#include "core/dispatch/timer_queue.h"

#include <cassert>
#include <utility>

namespace kolam {

TimerId TimerQueue::arm(TimePoint when, Task task) {
    std::uint32_t place = m_firstFree;
    if (place == noPlace) {
        place = static_cast<std::uint32_t>(m_places.size());
        m_places.emplace_back();
    } else {
        m_firstFree = m_places[place].index;
    }
    Place& slot = m_places[place];
    slot.task = std::move(task);
    slot.armed = true;
    const Entry entry{.when = when, .sequence = m_sequence++, .place = place};
    m_heap.push_back(entry);
    rise(m_heap.size() - 1, entry);
    return TimerId{(std::uint64_t{slot.generation} << 32) | place};
}

void TimerQueue::cancel(TimerId id) noexcept {
    const auto place = static_cast<std::uint32_t>(static_cast<std::uint64_t>(id));
    const auto generation = static_cast<std::uint32_t>(static_cast<std::uint64_t>(id) >> 32);
    if (place >= m_places.size() || !m_places[place].armed || m_places[place].generation != generation) {
        return;
    }
    removeFromHeap(m_places[place].index);
    // The task dies at the end of this scope, when the queue is in order again: its destructor may arm and cancel.
    const Task dying = release(place);
}

Task TimerQueue::takeFirst() {
    assert(!m_heap.empty());
    const std::uint32_t place = m_heap.front().place;
    removeFromHeap(0);
    return release(place);
}

void TimerQueue::clear() noexcept {
    while (!m_heap.empty()) {
        const Task dying = takeFirst();
    }
}

Task TimerQueue::release(std::uint32_t place) noexcept {
    Place& slot = m_places[place];
    Task task = std::exchange(slot.task, nullptr);
    slot.armed = false;
    if (++slot.generation == 0) {
        slot.generation = 1; // keeps every id different from TimerId::None
    }
    slot.index = std::exchange(m_firstFree, place);
    return task;
}

void TimerQueue::removeFromHeap(std::size_t index) noexcept {
    const Entry last = m_heap.back();
    m_heap.pop_back();
    if (index == m_heap.size()) {
        return;
    }
    if (index > 0 && last.before(m_heap[(index - 1) / arity])) {
        rise(index, last);
    } else {
        sink(index, last);
    }
}

void TimerQueue::put(std::size_t index, const Entry& entry) noexcept {
    m_heap[index] = entry;
    m_places[entry.place].index = static_cast<std::uint32_t>(index);
}

void TimerQueue::rise(std::size_t index, const Entry& entry) noexcept {
    while (index > 0) {
        const std::size_t parent = (index - 1) / arity;
        if (!entry.before(m_heap[parent])) {
            break;
        }
        put(index, m_heap[parent]);
        index = parent;
    }
    put(index, entry);
}

void TimerQueue::sink(std::size_t index, const Entry& entry) noexcept {
    while (true) {
        const std::size_t first = index * arity + 1;
        if (first >= m_heap.size()) {
            break;
        }
        const std::size_t end = first + arity < m_heap.size() ? first + arity : m_heap.size();
        std::size_t least = first;
        for (std::size_t child = first + 1; child < end; ++child) {
            if (m_heap[child].before(m_heap[least])) {
                least = child;
            }
        }
        if (!m_heap[least].before(entry)) {
            break;
        }
        put(index, m_heap[least]);
        index = least;
    }
    put(index, entry);
}

} // namespace kolam
