// SPDX-License-Identifier: GPL-3.0-or-later
// Elements in the order of a 64-bit key: a B+ tree of blocks of 64, made for taking the first few and moving the first
// one back. Next door: ordered_selector.h, key_order.h and policies/consistent_hash.cpp, which are built on it.
#pragma once

#include "core/handlespace/handlespace.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace kolam {

/// Keys are unique. No operation touches more than a few blocks. What moves about in a tree that does not grow finds
/// the blocks that it needs among those that it has left.
class SortedBlocks {
    struct Leaf;
    struct Inner;

public:
    using Key = std::uint64_t;

    SortedBlocks() = default;
    SortedBlocks(const SortedBlocks&) = delete;
    SortedBlocks& operator=(const SortedBlocks&) = delete;
    ~SortedBlocks();

    /// Walks upwards through the keys; invalid after a change.
    class Cursor {
    public:
        [[nodiscard]] bool atEnd() const { return m_leaf == nullptr; }
        [[nodiscard]] Key key() const;
        [[nodiscard]] ElementRef ref() const;
        void next();
        /// Copies at most `count` references from here on and moves behind them; returns how many there were.
        std::size_t copy(std::size_t count, ElementRef* into);

    private:
        friend class SortedBlocks;
        Cursor(const Leaf* leaf, std::uint32_t index) : m_leaf(leaf), m_index(index) {}
        const Leaf* m_leaf;
        std::uint32_t m_index;
    };

    [[nodiscard]] bool empty() const { return m_first == nullptr; }
    [[nodiscard]] Cursor begin() const;
    /// At the first key that is not below `key`.
    [[nodiscard]] Cursor lowerBound(Key key) const;

    void insert(Key key, ElementRef ref);
    /// The key is there.
    void erase(Key key);
    /// Gives the first element another key.
    void moveFirst(Key key);
    void clear();

private:
    static constexpr std::uint32_t blockSize = 64;
    static constexpr std::uint32_t smallestBlock = 8;
    static constexpr std::uint32_t maxHeight = 12;
    static constexpr std::uint32_t maxSpare = 3;

    /// The way from the root down to a leaf: at each inner block, which child.
    struct Path {
        struct Step {
            Inner* inner;
            std::uint32_t child;
        };
        std::array<Step, maxHeight> steps;
        std::uint32_t depth = 0;
        Leaf* leaf = nullptr;
    };
    [[nodiscard]] Path pathTo(Key key) const;
    [[nodiscard]] Path firstPath() const;
    [[nodiscard]] Path lastPath() const;
    void insertAt(const Path& path, Key key, ElementRef ref);
    Leaf* enlarge(Leaf* leaf);
    Leaf* split(const Path& path, Key key);
    void addChild(const Path& path, std::uint32_t depth, Key key, void* child);
    [[nodiscard]] Leaf* takeLeaf();
    void giveLeaf(Leaf* leaf);
    void removeLeaf(const Path& path);
    void mergeIfSparse(const Path& path);
    static void destroy(void* block, std::uint32_t height);

    void* m_root = nullptr; // a leaf when the height is 0
    std::uint32_t m_height = 0;
    Leaf* m_first = nullptr;
    Leaf* m_last = nullptr;
    Leaf* m_spare = nullptr; // a few leaves of full size that are not used now
    std::uint32_t m_spareCount = 0;
};

} // namespace kolam
