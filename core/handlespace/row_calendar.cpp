// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlespace/row_calendar.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace kolam {

namespace {

constexpr std::uint32_t fewElements = 64;   // so many need no days
constexpr std::uint32_t elementsPerDay = 4; // rows are fewer as a rule
constexpr std::uint32_t turnsPerDay = 4;
constexpr std::uint32_t longList = 16;

std::size_t daysFor(std::uint32_t elements) {
    return elements <= fewElements ? 0 : std::bit_ceil(elements) / elementsPerDay;
}

} // namespace

void RowCalendar::addElement(std::uint32_t weight) {
    m_weights += weight;
    if (const std::size_t days = daysFor(++m_elements); days > m_chains.size()) {
        beginYear(days);
    }
}

void RowCalendar::removeElement(std::uint32_t weight) {
    m_weights -= weight;
    --m_elements;
    const std::size_t days = daysFor(2 * m_elements);
    if (!m_chains.empty() && days * 4 <= m_chains.size()) {
        beginYear(days);
    }
}

std::uint32_t RowCalendar::add(std::uint32_t order, std::uint32_t waiting) {
    std::uint32_t row = m_free;
    if (row == nowhere) {
        row = static_cast<std::uint32_t>(m_rows.size());
        m_rows.emplace_back();
    } else {
        m_free = m_rows[row].next;
    }
    m_rows[row] = {order, nowhere, waiting, waiting};
    ++m_count;
    enter(row);
    return row;
}

void RowCalendar::remove(std::uint32_t row) {
    std::uint32_t& start = startFor(m_rows[row].order);
    std::uint32_t* link = &start;
    while (*link != row) {
        link = &m_rows[*link].next;
        ++m_steps;
    }
    *link = m_rows[row].next;
    if (start == nowhere && &start != &m_list) {
        markDay(chainOf(dayOf(m_rows[row].order)), false);
    }
    m_rows[row].first = nowhere;
    m_rows[row].next = std::exchange(m_free, row);
    --m_count;
}

void RowCalendar::clear() {
    m_rows.clear();
    m_free = nowhere;
    m_count = 0;
    beginYear(m_chains.size());
}

void RowCalendar::enter(std::uint32_t row) {
    std::uint32_t& start = startFor(m_rows[row].order);
    if (&start == &m_list) {
        enterList(row);
        return;
    }
    if (start == nowhere) {
        markDay(chainOf(dayOf(m_rows[row].order)), true);
    }
    m_rows[row].next = std::exchange(start, row);
}

void RowCalendar::enterList(std::uint32_t row) {
    std::uint32_t* link = &m_list;
    while (*link != nowhere && m_rows[*link].order < m_rows[row].order) {
        link = &m_rows[*link].next;
        ++m_steps;
    }
    m_rows[row].next = std::exchange(*link, row);
}

void RowCalendar::markDay(std::uint32_t chain, bool occupied) {
    const std::uint64_t bit = std::uint64_t{1} << chain % wordBits;
    m_occupied[chain / wordBits] = (m_occupied[chain / wordBits] & ~bit) | (occupied ? bit : 0);
}

/// Many steps may mean that the weights have become others, or that an early day was opened too soon.
void RowCalendar::lookAfter() {
    if (m_steps > m_count + fewElements) {
        m_steps = 0;
        if (m_dayBits != fittingDayBits() || listIsLong()) {
            beginYear(m_chains.size());
        }
    }
    if (m_list == nowhere && m_count > 0) {
        openDay();
    }
}

bool RowCalendar::listIsLong() const {
    std::uint32_t length = 0;
    for (std::uint32_t row = m_list; row != nowhere && length < longList; row = m_rows[row].next) {
        ++length;
    }
    return length == longList && !m_chains.empty();
}

/// Moves the rows of the next day that has some into the list, which is empty.
void RowCalendar::openDay() {
    for (std::size_t passed = 0; m_list == nowhere; ++m_today) {
        if (passed > m_chains.size()) { // a whole year without a row
            m_today = firstDay(m_today);
        }
        const std::uint32_t distance = daysToOccupied(chainOf(m_today));
        passed += distance + 1;
        m_today += distance;
        const std::uint32_t chain = chainOf(m_today);
        std::uint32_t* link = &m_chains[chain];
        while (*link != nowhere) {
            const std::uint32_t row = *link;
            if (dayOf(m_rows[row].order) == m_today) {
                *link = m_rows[row].next;
                enterList(row);
            } else {
                link = &m_rows[row].next;
                ++m_steps;
            }
        }
        markDay(chain, m_chains[chain] != nowhere);
    }
}

/// There is an occupied one.
std::uint32_t RowCalendar::daysToOccupied(std::uint32_t chain) const {
    std::size_t index = chain / wordBits;
    std::uint64_t word = m_occupied[index] >> chain % wordBits;
    if (word != 0) {
        return static_cast<std::uint32_t>(std::countr_zero(word));
    }
    std::uint32_t distance =
        static_cast<std::uint32_t>(std::min<std::size_t>(wordBits, m_chains.size())) - chain % wordBits;
    while ((word = m_occupied[index = index + 1 < m_occupied.size() ? index + 1 : 0]) == 0) {
        distance += wordBits;
    }
    return distance + static_cast<std::uint32_t>(std::countr_zero(word));
}

/// The first day from that one on that has a row.
std::uint64_t RowCalendar::firstDay(std::uint64_t from) const {
    std::uint64_t first = ~std::uint64_t{0};
    for (const Row& row : m_rows) {
        if (row.first != nowhere && dayOf(row.order) >= from) {
            first = std::min(first, dayOf(row.order));
        }
    }
    return first;
}

/// In a span of the order there are as many turns as all weights together say; so there will be few rows in a day.
std::uint32_t RowCalendar::fittingDayBits() const {
    if (m_chains.empty()) {
        return 32;
    }
    const auto turnBits = static_cast<std::uint32_t>(std::bit_width(m_weights / turnsPerDay));
    return spanBits - std::min(turnBits, spanBits);
}

/// Begins a year of so many days, on the day of the first row.
void RowCalendar::beginYear(std::size_t days) {
    if (days != m_chains.size()) {
        m_chains = std::vector<std::uint32_t>(days);
        m_occupied = std::vector<std::uint64_t>((days + wordBits - 1) / wordBits);
    }
    std::ranges::fill(m_chains, nowhere);
    std::ranges::fill(m_occupied, 0);
    m_list = nowhere;
    m_steps = 0;
    m_dayBits = fittingDayBits();
    m_today = days == 0 ? 1 : m_count == 0 ? 0 : firstDay(0);
    for (std::uint32_t row = 0; row < m_rows.size(); ++row) {
        if (m_rows[row].first != nowhere) {
            enter(row);
        }
    }
}

} // namespace kolam
