// SPDX-License-Identifier: GPL-3.0-or-later
// Which place of the order comes next, of all places where somebody waits: a calendar queue (R. Brown, "Calendar
// Queues", CACM 31, 1988). Finding, adding and taking the first one do not depend on how many there are.
// Next door: turn_queue.h, whose turns stand in the rows.
#pragma once

#include "core/handlespace/slab.h"

#include <vector>

namespace kolam {

/// Everybody who waits for one place of the order; never empty.
struct Row {
    std::uint32_t order;
    std::uint32_t next; // of the calendar
    std::uint32_t first = nowhere;
    std::uint32_t last = nowhere;
};

/// Rows stand unsorted in chains, one for each day; those of past days, sorted, in a list, whose first one is the first
/// of all. Days come again every year: what belongs to a later year is passed over.
class RowCalendar {
public:
    [[nodiscard]] Row& operator[](std::uint32_t row) { return m_rows[row]; }
    [[nodiscard]] const Row& operator[](std::uint32_t row) const { return m_rows[row]; }
    [[nodiscard]] bool empty() const { return m_count == 0; }
    /// The first row; nowhere if there is none.
    [[nodiscard]] std::uint32_t front() {
        if (m_list == nowhere || m_steps > m_count + std::uint64_t{wordBits}) {
            lookAfter();
        }
        return m_list;
    }
    /// The row of that order; nowhere if there is none.
    [[nodiscard]] std::uint32_t find(std::uint32_t order) {
        std::uint32_t row = startFor(order);
        for (; row != nowhere && m_rows[row].order != order; row = m_rows[row].next) {
            ++m_steps;
        }
        return row;
    }
    /// Adds one that is not there, with one who waits.
    std::uint32_t add(std::uint32_t order, std::uint32_t waiting);
    void remove(std::uint32_t row);
    void clear();

    /// In each span of 2^spanBits of the order, an element comes as often as its weight says. So these tell how long a
    /// day should be, and how many there should be.
    static constexpr std::uint32_t spanBits = 20;
    void addElement(std::uint32_t weight);
    void removeElement(std::uint32_t weight);
    void changeWeight(std::uint32_t before, std::uint32_t after) { m_weights += std::uint64_t{after} - before; }

private:
    static constexpr std::uint32_t wordBits = 64;

    [[nodiscard]] std::uint64_t dayOf(std::uint32_t order) const { return std::uint64_t{order} >> m_dayBits; }
    [[nodiscard]] std::uint32_t chainOf(std::uint64_t day) const {
        return static_cast<std::uint32_t>(day & (m_chains.size() - 1));
    }
    [[nodiscard]] std::uint32_t& startFor(std::uint32_t order) {
        const std::uint64_t day = dayOf(order);
        return day < m_today ? m_list : m_chains[chainOf(day)];
    }
    void enter(std::uint32_t row);
    void enterList(std::uint32_t row);
    void markDay(std::uint32_t chain, bool occupied);
    void lookAfter();
    [[nodiscard]] bool listIsLong() const;
    [[nodiscard]] std::uint32_t fittingDayBits() const;
    void openDay();
    [[nodiscard]] std::uint32_t daysToOccupied(std::uint32_t chain) const;
    [[nodiscard]] std::uint64_t firstDay(std::uint64_t from) const;
    void beginYear(std::size_t days);

    std::vector<Row> m_rows; // free ones have nobody
    std::uint32_t m_free = nowhere;
    std::uint32_t m_count = 0;
    std::uint32_t m_list = nowhere;
    std::uint64_t m_today = 1; // the first day that is not past
    std::uint32_t m_dayBits = 32;
    std::vector<std::uint32_t> m_chains; // none when there are few elements
    std::vector<std::uint64_t> m_occupied;
    std::uint64_t m_steps = 0; // over rows that were not looked for
    std::uint64_t m_weights = 0;
    std::uint32_t m_elements = 0;
};

} // namespace kolam
