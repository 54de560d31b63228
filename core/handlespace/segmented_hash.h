// SPDX-License-Identifier: GPL-3.0-or-later
// From a hash to a number, in one cache line as a rule. It grows one small segment at a time (extendible hashing), so
// that no insertion ever waits for a large table to be rehashed.
// Next door: handlespace.cpp, which finds pools and elements with it.
#pragma once

#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace kolam {

/// Keeps numbers under 32-bit hashes; the caller says which of several with the same hash it means. The hash's top bits
/// choose the segment, its low bits the place to start at; hashes must be well mixed and seeded.
class SegmentedHash {
public:
    static constexpr std::uint32_t none = 0xffffffff; // never a value

    SegmentedHash() { clear(); }

    /// The value for which `matches(value)` holds; `none` when there is none.
    template <typename Matches>
    [[nodiscard]] std::uint32_t find(std::uint32_t hash, const Matches& matches) const {
        const Segment& segment = m_directory[directoryIndex(hash)];
        for (std::uint32_t i = hash & segment.mask;; i = (i + 1) & segment.mask) {
            const Entry entry = segment.at(i);
            if (entry.value == none || (entry.hash == hash && matches(entry.value))) {
                return entry.value;
            }
        }
    }
    /// `value` is not in the table.
    void insert(std::uint32_t hash, std::uint32_t value) {
        std::size_t index = directoryIndex(hash);
        while (m_fill[m_directory[index].number].count * 4 >= (m_directory[index].mask + 1) * 3) {
            enlarge(index); // above three quarters the runs become long
            index = directoryIndex(hash);
        }
        put(m_directory[index], {hash, value});
    }
    /// `value` is in the table.
    void erase(std::uint32_t hash, std::uint32_t value) {
        const Segment& segment = m_directory[directoryIndex(hash)];
        std::uint32_t hole = hash & segment.mask;
        while (segment.at(hole).value != value) {
            assert(segment.at(hole).value != none);
            hole = (hole + 1) & segment.mask;
        }
        // Entries behind the hole move up unless that would take them before their own place.
        for (std::uint32_t i = (hole + 1) & segment.mask; segment.at(i).value != none; i = (i + 1) & segment.mask) {
            const std::uint32_t home = segment.at(i).hash & segment.mask;
            if (((i - home) & segment.mask) >= ((i - hole) & segment.mask)) {
                segment.at(hole) = segment.at(i);
                hole = i;
            }
        }
        segment.at(hole).value = none;
        --m_fill[segment.number].count;
    }
    void clear() {
        m_storage.clear();
        m_fill.clear();
        m_depth = 0;
        m_directory = {addSegment(smallest, 0)};
    }

private:
    struct Entry {
        std::uint32_t hash;
        std::uint32_t value;
    };
    static constexpr std::uint32_t lineSize = 8;
    struct alignas(64) Line {
        Entry entries[lineSize];
    };
    /// All that a look-up needs, so that it only touches the directory and one line.
    struct Segment {
        Line* lines;
        std::uint32_t mask;
        std::uint32_t number;
        [[nodiscard]] Entry& at(std::uint32_t i) const { return lines[i / lineSize].entries[i % lineSize]; }
    };
    struct Fill {
        std::uint32_t count;
        std::uint32_t depth; // so many top bits are equal for all entries of a segment
    };
    static constexpr std::uint32_t smallest = lineSize;
    static constexpr std::uint32_t largest = 128; // a split moves half of that
    static constexpr std::uint32_t deepest = 24;

    [[nodiscard]] std::size_t directoryIndex(std::uint32_t hash) const {
        return static_cast<std::size_t>(std::uint64_t{hash} >> (32 - m_depth));
    }
    void put(const Segment& segment, Entry entry) {
        std::uint32_t i = entry.hash & segment.mask;
        while (segment.at(i).value != none) {
            i = (i + 1) & segment.mask;
        }
        segment.at(i) = entry;
        ++m_fill[segment.number].count;
    }
    static std::unique_ptr<Line[]> emptyLines(std::uint32_t size) {
        auto lines = std::make_unique_for_overwrite<Line[]>(size / lineSize);
        for (std::uint32_t i = 0; i < size; ++i) {
            lines[i / lineSize].entries[i % lineSize].value = none;
        }
        return lines;
    }
    Segment addSegment(std::uint32_t size, std::uint32_t depth) {
        m_storage.push_back(emptyLines(size));
        m_fill.push_back({0, depth});
        return {m_storage.back().get(), size - 1, static_cast<std::uint32_t>(m_storage.size() - 1)};
    }
    /// Doubles a small segment. A large one is split in two by the next bit of the hashes, unless those are used up,
    /// which only happens when somebody knows our seed.
    void enlarge(std::size_t index) {
        const Segment old = m_directory[index];
        const std::uint32_t size = old.mask + 1;
        const std::uint32_t depth = m_fill[old.number].depth;
        const bool split = size >= largest && depth < deepest;
        if (split && depth == m_depth) {
            std::vector<Segment> doubled(m_directory.size() * 2);
            for (std::size_t i = 0; i < doubled.size(); ++i) {
                doubled[i] = m_directory[i / 2];
            }
            m_directory = std::move(doubled);
            ++m_depth;
            index *= 2;
        }
        const std::unique_ptr<Line[]> lines = std::exchange(m_storage[old.number], emptyLines(split ? size : size * 2));
        m_fill[old.number] = {0, split ? depth + 1 : depth};
        const Segment lower{m_storage[old.number].get(), split ? old.mask : size * 2 - 1, old.number};
        const Segment upper = split ? addSegment(size, depth + 1) : lower;
        const std::size_t span = std::size_t{1} << (m_depth - depth); // directory entries that lead here
        const std::size_t first = index / span * span;
        for (std::size_t i = 0; i < span; ++i) {
            m_directory[first + i] = i < span / 2 ? lower : upper;
        }
        for (std::uint32_t i = 0; i < size; ++i) {
            const Entry entry = lines[i / lineSize].entries[i % lineSize];
            if (entry.value != none) {
                put(((entry.hash >> (31 - depth)) & 1) != 0 ? upper : lower, entry);
            }
        }
    }

    std::vector<Segment> m_directory;
    std::vector<Fill> m_fill;
    std::vector<std::unique_ptr<Line[]>> m_storage;
    std::uint32_t m_depth = 0;
};

} // namespace kolam
