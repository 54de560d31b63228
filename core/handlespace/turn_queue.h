// SPDX-License-Identifier: GPL-3.0-or-later
// Whose turn is next, of elements that are put off again and again: made for turns that are put off far, to places in
// the order where many others wait. Next door: row_calendar.h; policies/weighted_round_robin.cpp, which says when each
// turn comes.
#pragma once

#include "core/handlespace/chunked_array.h"
#include "core/handlespace/row_calendar.h"
#include "core/handlespace/sorted_blocks.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace kolam {

/// What an element waits for. Turns come by order, and those of the same order by sequence.
struct Turn {
    std::uint32_t sequence; // unique
    std::uint32_t weight;   // this and part: for whoever computes the order
    std::uint32_t part;
    ElementRef ref;
    std::uint32_t row; // from here on for the queue
    union {
        std::uint32_t order; // of one that is not in a row
        std::uint32_t next;  // in the row, or among free ones
    };
    std::uint32_t previous; // in the row, unless it is the first one
};

/// The next few turns are a sorted array, and all turns of a small queue are in it. Behind it, turns of the same order
/// stand in a row: who comes joins its end, and who comes to the head of the first row moves into the array when it is
/// needed there. So a turn touches its own line of memory and the one before it, however many there are. Who would have
/// to stand in the midst of a row, because its sequence is an old one, is a stray, sorted alone.
class TurnQueue {
public:
    /// Has the first `count` turns, or all if there are less, in the array.
    void draw(std::uint32_t count) {
        while (m_end - m_begin < count && !onlyNext()) {
            drawOne(count);
        }
    }
    /// How many are in the array; after draw(1) none only when there is no turn at all.
    [[nodiscard]] std::uint32_t drawn() const { return m_end - m_begin; }
    [[nodiscard]] std::uint32_t firstOrder() const { return static_cast<std::uint32_t>(m_next[m_begin].key >> 32); }
    [[nodiscard]] std::uint32_t firstNumber() const { return m_next[m_begin].number; }
    void copy(std::uint32_t count, ElementRef* into) const {
        const Next* from = m_next.data() + m_begin;
        for (std::uint32_t i = 0; i < count; ++i) {
            into[i] = from[i].ref;
        }
    }

    /// Turns are known by numbers.
    [[nodiscard]] Turn& operator[](std::uint32_t number) { return m_turns[number]; }
    [[nodiscard]] std::uint32_t orderOf(const Turn& turn) const {
        return turn.row >= stray ? turn.order : m_rows[turn.row].order;
    }
    std::uint32_t insert(const Turn& turn, std::uint32_t order);
    void erase(std::uint32_t number);
    void setWeight(Turn& turn, std::uint32_t weight) {
        m_rows.changeWeight(turn.weight, weight);
        turn.weight = weight;
    }
    /// Gives the turn another order and sequence.
    void move(std::uint32_t number, std::uint32_t order, std::uint32_t sequence) {
        leave(m_turns[number], number);
        m_turns[number].sequence = sequence;
        place(m_turns[number], number, order);
    }
    void moveFirst(Turn& turn, std::uint32_t order, std::uint32_t sequence) {
        const std::uint32_t number = m_next[m_begin++].number;
        turn.sequence = sequence;
        place(turn, number, order);
    }
    /// Lowers all orders by so much, and numbers the sequences from 0 on; returns the first one that is free.
    std::uint32_t renumber(std::uint32_t elapsed);

private:
    using Key = SortedBlocks::Key;
    struct Next {
        Key key; // order and sequence
        ElementRef ref;
        std::uint32_t number;
    };
    static constexpr std::uint32_t stray = nowhere - 1; // in the place of a row
    static constexpr std::uint32_t next = nowhere;
    static constexpr std::uint32_t fewest = 64; // so many turns need no rows

    static Key key(std::uint32_t order, std::uint32_t sequence) { return Key{order} << 32 | sequence; }
    [[nodiscard]] Key keyOf(const Turn& turn) const { return key(orderOf(turn), turn.sequence); }
    [[nodiscard]] bool onlyNext() const { return m_rows.empty() && m_strays.empty(); }

    void place(Turn& turn, std::uint32_t number, std::uint32_t order) {
        const Key mine = key(order, turn.sequence);
        if (belongsToNext(mine)) {
            placeNext(mine, turn, number);
            return;
        }
        turn.row = m_rows.find(order);
        if (turn.row == nowhere) {
            turn.row = m_rows.add(order, number);
            turn.next = nowhere;
            return;
        }
        Row& row = m_rows[turn.row];
        Turn& last = m_turns[row.last];
        if (last.sequence > turn.sequence) {
            turn.row = stray;
            turn.order = order;
            m_strays.insert(mine, {number, 0});
            return;
        }
        last.next = number;
        turn.next = nowhere;
        turn.previous = std::exchange(row.last, number);
    }
    [[nodiscard]] bool belongsToNext(Key mine) const {
        return (m_end > m_begin && mine < m_next[m_end - 1].key) || (drawn() < fewest && onlyNext());
    }
    void drawOne(std::uint32_t wanted) {
        const std::uint32_t front = m_rows.front();
        if (!m_strays.empty()) [[unlikely]] {
            if (front == nowhere || m_strays.begin().key() < keyOf(m_turns[m_rows[front].first])) {
                drawStray();
                return;
            }
        }
        Row& row = m_rows[front];
        const std::uint32_t number = row.first;
        Turn& turn = m_turns[number];
        const std::uint32_t following = turn.next;
        append(turn, number, row.order);
        if (following == nowhere) {
            m_rows.remove(front);
        } else {
            row.first = following;
            __builtin_prefetch(&m_turns[following]); // it will be drawn next
        }
        m_most = std::max(m_most, wanted);
    }
    void append(Turn& turn, std::uint32_t number, std::uint32_t order) {
        if (m_end == m_next.size()) {
            makeRoomBehind();
        }
        turn.row = next;
        turn.order = order;
        m_next[m_end++] = {key(order, turn.sequence), turn.ref, number};
    }
    void drawStray();
    [[nodiscard]] std::uint32_t search(Key key) const;
    void placeNext(Key key, Turn& turn, std::uint32_t number);
    void makeRoomBehind();
    void spill();
    void leave(Turn& turn, std::uint32_t number);

    ChunkedArray<Turn> m_turns;
    RowCalendar m_rows;
    SortedBlocks m_strays; // by order and sequence
    std::vector<Next> m_next;
    std::uint32_t m_begin = 0; // of what is used of m_next
    std::uint32_t m_end = 0;
    std::uint32_t m_most = fewest; // so many may be wanted in it
    std::uint32_t m_free = nowhere;
};

} // namespace kolam
