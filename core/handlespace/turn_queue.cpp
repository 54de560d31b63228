// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlespace/turn_queue.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace kolam {

std::uint32_t TurnQueue::insert(const Turn& turn, std::uint32_t order) {
    m_rows.addElement(turn.weight);
    std::uint32_t number = m_free;
    if (number == nowhere) {
        number = m_turns.size();
        m_turns.push_back(turn);
    } else {
        m_free = m_turns[number].next;
        m_turns[number] = turn;
    }
    place(m_turns[number], number, order);
    return number;
}

void TurnQueue::erase(std::uint32_t number) {
    Turn& turn = m_turns[number];
    leave(turn, number);
    m_rows.removeElement(turn.weight);
    turn.ref = {};
    turn.next = std::exchange(m_free, number);
}

void TurnQueue::leave(Turn& turn, std::uint32_t number) {
    if (turn.row == next) {
        const std::uint32_t at = search(keyOf(turn));
        assert(m_next[at].number == number);
        std::copy(m_next.data() + at + 1, m_next.data() + m_end, m_next.data() + at);
        --m_end;
        return;
    }
    if (turn.row == stray) {
        m_strays.erase(keyOf(turn));
        return;
    }
    Row& row = m_rows[turn.row];
    if (row.first == row.last) {
        m_rows.remove(turn.row);
    } else if (row.first == number) {
        row.first = turn.next;
    } else {
        m_turns[turn.previous].next = turn.next;
        (row.last == number ? row.last : m_turns[turn.next].previous) = turn.previous;
    }
}

/// Where the first one is whose key is not below. Halving without branches that nobody could predict.
std::uint32_t TurnQueue::search(Key key) const {
    std::uint32_t first = m_begin;
    for (std::uint32_t count = m_end - m_begin; count > 0;) {
        const std::uint32_t half = (count + 1) / 2;
        first += m_next[first + half - 1].key < key ? half : 0;
        count -= half;
    }
    return first;
}

/// Moves all to the start. So much room is always left that this is rare.
void TurnQueue::makeRoomBehind() {
    if (drawn() * 4 >= m_next.size() * 3) {
        m_next.resize(std::max<std::size_t>(m_next.size() * 2, 8));
    }
    std::copy(m_next.data() + m_begin, m_next.data() + m_end, m_next.data());
    m_end -= m_begin;
    m_begin = 0;
}

void TurnQueue::placeNext(Key key, Turn& turn, std::uint32_t number) {
    turn.row = next;
    turn.order = static_cast<std::uint32_t>(key >> 32);
    if (m_end == m_next.size()) {
        makeRoomBehind();
    }
    std::uint32_t at = search(key);
    Next* const all = m_next.data();
    if (m_begin > 0 && at - m_begin < m_end - at) {
        std::copy(all + m_begin, all + at, all + m_begin - 1);
        --m_begin;
        --at;
    } else {
        std::copy_backward(all + at, all + m_end, all + m_end + 1);
        ++m_end;
    }
    all[at] = {key, turn.ref, number};
    if (drawn() > 2 * m_most) {
        spill();
    }
}

/// Puts the last ones back to the heads of their rows.
void TurnQueue::spill() {
    while (drawn() > m_most) {
        const std::uint32_t number = m_next[--m_end].number;
        Turn& turn = m_turns[number];
        const std::uint32_t order = turn.order;
        turn.row = m_rows.find(order);
        if (turn.row == nowhere) {
            turn.row = m_rows.add(order, number);
            turn.next = nowhere;
        } else {
            turn.next = std::exchange(m_rows[turn.row].first, number);
            m_turns[turn.next].previous = number;
        }
    }
}

void TurnQueue::drawStray() {
    const SortedBlocks::Cursor first = m_strays.begin();
    const std::uint32_t number = first.ref().slot;
    const Key key = first.key();
    m_strays.erase(key);
    append(m_turns[number], number, static_cast<std::uint32_t>(key >> 32));
}

std::uint32_t TurnQueue::renumber(std::uint32_t elapsed) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> turns; // number and order
    for (std::uint32_t number = 0; number < m_turns.size(); ++number) {
        if (!m_turns[number].ref.isNull()) {
            turns.emplace_back(number, orderOf(m_turns[number]) - elapsed);
        }
    }
    std::ranges::sort(turns, {}, [this](const auto& turn) { return m_turns[turn.first].sequence; });
    m_rows.clear();
    m_strays.clear();
    m_begin = m_end = 0;
    std::uint32_t sequence = 0;
    for (const auto& [number, order] : turns) {
        m_turns[number].sequence = sequence++;
        place(m_turns[number], number, order);
    }
    return sequence;
}

} // namespace kolam
