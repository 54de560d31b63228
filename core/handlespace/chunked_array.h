// SPDX-License-Identifier: GPL-3.0-or-later
// An array that grows by whole chunks, so that no element ever moves and growing never copies a large table.
// Next door: everything in this folder that must grow without a pause.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace kolam {

/// `T` is a plain value. Small arrays double their only chunk, so that ten thousand small ones cost little.
template <typename T, std::uint32_t chunkSize = 256>
class ChunkedArray {
public:
    [[nodiscard]] std::uint32_t size() const { return m_size; }
    [[nodiscard]] bool empty() const { return m_size == 0; }
    [[nodiscard]] T& operator[](std::uint32_t index) { return m_chunks[index / chunkSize][index % chunkSize]; }
    [[nodiscard]] const T& operator[](std::uint32_t index) const {
        return m_chunks[index / chunkSize][index % chunkSize];
    }
    [[nodiscard]] T& back() { return (*this)[m_size - 1]; }

    void push_back(const T& value) {
        if (m_size == m_capacity) {
            grow();
        }
        (*this)[m_size++] = value;
    }
    void pop_back() {
        assert(m_size > 0);
        --m_size;
        if (m_capacity - m_size >= 2 * chunkSize) { // one spare chunk stays, so that no boundary is worn out
            m_chunks.pop_back();
            m_capacity -= chunkSize;
        }
    }
    /// Fills the hole at `index` with the last value.
    void swapRemove(std::uint32_t index) {
        (*this)[index] = back();
        pop_back();
    }

private:
    static constexpr std::uint32_t firstSize = 8;
    using Chunk = std::unique_ptr<T[]>;

    void grow() {
        if (m_capacity == 0 || m_capacity >= chunkSize) {
            const std::uint32_t added = m_capacity == 0 ? firstSize : chunkSize;
            m_chunks.push_back(std::make_unique_for_overwrite<T[]>(added));
            m_capacity += added;
            return;
        }
        Chunk larger = std::make_unique_for_overwrite<T[]>(std::size_t{m_capacity} * 2);
        for (std::uint32_t i = 0; i < m_size; ++i) {
            larger[i] = m_chunks.front()[i];
        }
        m_chunks.front() = std::move(larger);
        m_capacity *= 2;
    }

    std::vector<Chunk> m_chunks;
    std::uint32_t m_size = 0;
    std::uint32_t m_capacity = 0;
};

} // namespace kolam
