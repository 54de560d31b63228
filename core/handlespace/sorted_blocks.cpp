// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlespace/sorted_blocks.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <new>
#include <utility>

namespace kolam {

namespace {

/// How many of the sorted keys are below `limit` (or at it, when asked so): first in steps of eight, then within the
/// eight. More comparisons than by halving, but none has to wait for the one before, and no branch depends on them.
template <bool orEqual>
std::uint32_t countBelow(const SortedBlocks::Key* keys, std::uint32_t count, SortedBlocks::Key limit) {
    constexpr std::uint32_t step = 8;
    const auto below = [limit](SortedBlocks::Key key) { return (orEqual ? key <= limit : key < limit) ? 1u : 0u; };
    std::uint32_t result = 0;
    for (std::uint32_t i = step - 1; i < count; i += step) {
        result += below(keys[i]);
    }
    result *= step;
    const SortedBlocks::Key* group = keys + result;
    const std::uint32_t rest = std::min(count - result, step - 1);
    for (std::uint32_t i = 0; i < rest; ++i) {
        result += below(group[i]);
    }
    return result;
}

} // namespace

/// Entries begin .. end-1 of the arrays are used: so the first one is taken away without moving the others.
struct SortedBlocks::Leaf {
    Leaf* next;
    Leaf* previous;
    std::uint32_t begin;
    std::uint32_t end;
    std::uint32_t capacity;

    [[nodiscard]] Key* keys() { return reinterpret_cast<Key*>(this + 1); }
    [[nodiscard]] const Key* keys() const { return reinterpret_cast<const Key*>(this + 1); }
    [[nodiscard]] ElementRef* refs() { return reinterpret_cast<ElementRef*>(keys() + capacity); }
    [[nodiscard]] const ElementRef* refs() const { return reinterpret_cast<const ElementRef*>(keys() + capacity); }
    [[nodiscard]] std::uint32_t count() const { return end - begin; }
    [[nodiscard]] bool full() const { return count() == capacity; }
    [[nodiscard]] Key lastKey() const { return keys()[end - 1]; }
    /// Index of the first key that is not below `key`.
    [[nodiscard]] std::uint32_t indexOf(Key key) const {
        return begin + countBelow<false>(keys() + begin, count(), key);
    }

    static Leaf* make(std::uint32_t capacity) {
        void* memory = ::operator new(sizeof(Leaf) + capacity * (sizeof(Key) + sizeof(ElementRef)));
        return new (memory) Leaf{nullptr, nullptr, 0, 0, capacity};
    }
    static void destroy(Leaf* leaf) { ::operator delete(leaf); }

    /// Moves entries first .. last-1 by so many places.
    void shift(std::uint32_t first, std::uint32_t last, std::int32_t by) {
        std::memmove(keys() + first + by, keys() + first, (last - first) * sizeof(Key));
        std::memmove(refs() + first + by, refs() + first, (last - first) * sizeof(ElementRef));
    }
    void put(std::uint32_t index, Key key, ElementRef ref) {
        keys()[index] = key;
        refs()[index] = ref;
    }
    /// There is room; whichever side is shorter makes it.
    void insert(std::uint32_t index, Key key, ElementRef ref) {
        if (end == capacity && end - index < index - begin) { // all the room is in front: worth fetching it at once
            index -= begin;
            slide();
        }
        if (end < capacity && (begin == 0 || end - index <= index - begin)) {
            shift(index, end, 1);
            ++end;
        } else {
            shift(begin, index, -1);
            --begin;
            --index;
        }
        put(index, key, ref);
    }
    /// Moves all entries to the start.
    void slide() {
        shift(begin, end, -static_cast<std::int32_t>(begin));
        end -= begin;
        begin = 0;
    }
    void erase(std::uint32_t index) {
        if (end - index <= index - begin) {
            shift(index + 1, end, -1);
            --end;
        } else {
            shift(begin, index, 1);
            ++begin;
        }
    }
    void append(const Leaf& other, std::uint32_t from) {
        std::memcpy(keys() + end, other.keys() + from, (other.end - from) * sizeof(Key));
        std::memcpy(refs() + end, other.refs() + from, (other.end - from) * sizeof(ElementRef));
        end += other.end - from;
    }
};

/// children[i] holds the keys from keys[i] up to, not including, keys[i + 1]; keys[0] is never looked at.
struct SortedBlocks::Inner {
    std::uint32_t count = 0;
    std::array<Key, blockSize> keys;
    std::array<void*, blockSize> children;

    [[nodiscard]] std::uint32_t childFor(Key key) const { return countBelow<true>(keys.data() + 1, count - 1, key); }
    void insert(std::uint32_t index, Key key, void* child) {
        std::memmove(&keys[index] + 1, &keys[index], (count - index) * sizeof(Key));
        std::memmove(&children[index] + 1, &children[index], (count - index) * sizeof(void*));
        keys[index] = key;
        children[index] = child;
        ++count;
    }
    void erase(std::uint32_t index) {
        std::memmove(&keys[index], &keys[index] + 1, (count - index - 1) * sizeof(Key));
        std::memmove(&children[index], &children[index] + 1, (count - index - 1) * sizeof(void*));
        --count;
    }
};

SortedBlocks::Key SortedBlocks::Cursor::key() const {
    return m_leaf->keys()[m_index];
}
ElementRef SortedBlocks::Cursor::ref() const {
    return m_leaf->refs()[m_index];
}
void SortedBlocks::Cursor::next() {
    if (++m_index == m_leaf->end) {
        m_leaf = m_leaf->next;
        m_index = m_leaf != nullptr ? m_leaf->begin : 0;
    }
}
std::size_t SortedBlocks::Cursor::copy(std::size_t count, ElementRef* into) {
    std::size_t copied = 0;
    while (copied < count && m_leaf != nullptr) {
        const std::size_t here = std::min<std::size_t>(count - copied, m_leaf->end - m_index);
        for (std::size_t i = 0; i < here; ++i) {
            into[copied + i] = m_leaf->refs()[m_index + i];
        }
        copied += here;
        m_index += static_cast<std::uint32_t>(here);
        if (m_index == m_leaf->end) {
            m_leaf = m_leaf->next;
            m_index = m_leaf != nullptr ? m_leaf->begin : 0;
        }
    }
    return copied;
}

SortedBlocks::Cursor SortedBlocks::begin() const {
    return {m_first, m_first != nullptr ? m_first->begin : 0};
}
SortedBlocks::Cursor SortedBlocks::lowerBound(Key key) const {
    if (empty()) {
        return {nullptr, 0};
    }
    const Leaf* leaf = pathTo(key).leaf;
    const std::uint32_t index = leaf->indexOf(key);
    return index < leaf->end ? Cursor{leaf, index} : Cursor{leaf->next, leaf->next != nullptr ? leaf->next->begin : 0};
}

SortedBlocks::Path SortedBlocks::pathTo(Key key) const {
    Path path;
    void* block = m_root;
    for (; path.depth < m_height; ++path.depth) {
        Inner* inner = static_cast<Inner*>(block);
        const std::uint32_t child = inner->childFor(key);
        path.steps[path.depth] = {inner, child};
        block = inner->children[child];
    }
    path.leaf = static_cast<Leaf*>(block);
    return path;
}
SortedBlocks::Path SortedBlocks::firstPath() const {
    return pathTo(0);
}
SortedBlocks::Path SortedBlocks::lastPath() const {
    return pathTo(~Key{0});
}

void SortedBlocks::insert(Key key, ElementRef ref) {
    if (empty()) {
        m_first = m_last = Leaf::make(smallestBlock);
        m_root = m_first;
        m_first->put(0, key, ref);
        m_first->end = 1;
        return;
    }
    if (key > m_last->lastKey() && m_last->end < m_last->capacity) {
        m_last->put(m_last->end++, key, ref);
        return;
    }
    insertAt(pathTo(key), key, ref);
}

void SortedBlocks::insertAt(const Path& path, Key key, ElementRef ref) {
    Leaf* leaf = path.leaf;
    // A single leaf needs room to spare, or else whatever is moved from its front to its end moves all others.
    if (leaf->full() || (m_height == 0 && leaf->count() * 4 >= leaf->capacity * 3)) {
        leaf = leaf->capacity < blockSize ? enlarge(leaf) : split(path, key);
    }
    leaf->insert(leaf->indexOf(key), key, ref);
}

/// Only the one leaf of a small tree is smaller than a block.
SortedBlocks::Leaf* SortedBlocks::enlarge(Leaf* leaf) {
    assert(m_height == 0);
    Leaf* larger = Leaf::make(leaf->capacity * 2);
    larger->append(*leaf, leaf->begin);
    Leaf::destroy(leaf);
    m_root = m_first = m_last = larger;
    return larger;
}

/// Makes room for `key`; returns the half that it belongs to. What only grows at its end is not split but continued,
/// so that its blocks stay full.
SortedBlocks::Leaf* SortedBlocks::split(const Path& path, Key key) {
    Leaf* left = path.leaf;
    Leaf* right = takeLeaf();
    const bool atEnd = left == m_last && key > left->lastKey();
    if (!atEnd) {
        const std::uint32_t middle = left->begin + left->count() / 2;
        right->append(*left, middle);
        left->end = middle;
    }
    const Key first = atEnd ? key : right->keys()[0];
    right->next = left->next;
    right->previous = left;
    left->next = right;
    (right->next != nullptr ? right->next->previous : m_last) = right;
    addChild(path, path.depth, first, right);
    return key < first ? left : right;
}

/// Enters `child`, which begins at `key`, behind the child at path.steps[depth - 1].
void SortedBlocks::addChild(const Path& path, std::uint32_t depth, Key key, void* child) {
    if (depth == 0) {
        Inner* root = new Inner;
        root->insert(0, 0, m_root);
        root->insert(1, key, child);
        m_root = root;
        ++m_height;
        assert(m_height < maxHeight);
        return;
    }
    Inner* inner = path.steps[depth - 1].inner;
    std::uint32_t index = path.steps[depth - 1].child + 1;
    if (inner->count == blockSize) {
        Inner* right = new Inner;
        const std::uint32_t middle = index == blockSize ? blockSize - 1 : blockSize / 2;
        for (std::uint32_t i = middle; i < blockSize; ++i) {
            right->insert(i - middle, inner->keys[i], inner->children[i]);
        }
        inner->count = middle;
        addChild(path, depth - 1, right->keys[0], right);
        if (index > middle) {
            inner = right;
            index -= middle;
        }
    }
    inner->insert(index, key, child);
}

void SortedBlocks::erase(Key key) {
    const Path path = pathTo(key);
    const std::uint32_t index = path.leaf->indexOf(key);
    assert(index < path.leaf->end && path.leaf->keys()[index] == key);
    path.leaf->erase(index);
    if (path.leaf->count() == 0) {
        removeLeaf(path);
    } else if (path.leaf->count() < blockSize / 4) {
        mergeIfSparse(path);
    }
}

SortedBlocks::Leaf* SortedBlocks::takeLeaf() {
    if (m_spare == nullptr) {
        return Leaf::make(blockSize);
    }
    Leaf* leaf = m_spare;
    m_spare = leaf->next;
    --m_spareCount;
    leaf->begin = leaf->end = 0;
    return leaf;
}

void SortedBlocks::giveLeaf(Leaf* leaf) {
    if (leaf->capacity < blockSize || m_spareCount == maxSpare) {
        Leaf::destroy(leaf);
        return;
    }
    leaf->next = m_spare;
    m_spare = leaf;
    ++m_spareCount;
}

void SortedBlocks::removeLeaf(const Path& path) {
    Leaf* leaf = path.leaf;
    (leaf->previous != nullptr ? leaf->previous->next : m_first) = leaf->next;
    (leaf->next != nullptr ? leaf->next->previous : m_last) = leaf->previous;
    giveLeaf(leaf);
    std::uint32_t depth = path.depth;
    while (depth > 0) {
        Inner* inner = path.steps[depth - 1].inner;
        inner->erase(path.steps[depth - 1].child);
        if (inner->count > 0) {
            break;
        }
        delete inner;
        --depth;
    }
    if (depth == 0) {
        m_root = nullptr;
        m_height = 0;
    }
    while (m_height > 0 && static_cast<Inner*>(m_root)->count == 1) {
        Inner* root = static_cast<Inner*>(m_root);
        m_root = root->children[0];
        delete root;
        --m_height;
    }
}

/// Joins a sparse leaf with a neighbour under the same parent, so that removals do not leave a trail of small blocks.
void SortedBlocks::mergeIfSparse(const Path& path) {
    if (path.depth == 0) {
        return;
    }
    const Path::Step& step = path.steps[path.depth - 1];
    const std::uint32_t left = step.child + 1 < step.inner->count ? step.child : step.child - 1;
    if (step.inner->count < 2) {
        return;
    }
    Leaf* into = static_cast<Leaf*>(step.inner->children[left]);
    Leaf* from = static_cast<Leaf*>(step.inner->children[left + 1]);
    if (into->count() + from->count() > blockSize * 3 / 4) {
        return;
    }
    into->slide();
    into->append(*from, from->begin);
    Path emptied = path;
    emptied.leaf = from;
    emptied.steps[path.depth - 1].child = left + 1;
    removeLeaf(emptied);
}

void SortedBlocks::moveFirst(Key key) {
    Leaf* leaf = m_first;
    if (key < leaf->keys()[leaf->count() > 1 ? leaf->begin + 1 : leaf->begin]) { // it stays the first one
        leaf->keys()[leaf->begin] = key;
        return;
    }
    const ElementRef ref = leaf->refs()[leaf->begin];
    if (key < leaf->lastKey()) { // it stays in this block, as a rule not far behind
        Key* const keys = leaf->keys();
        ElementRef* const refs = leaf->refs();
        std::uint32_t index = leaf->begin;
        for (; keys[index + 1] < key; ++index) {
            keys[index] = keys[index + 1];
            refs[index] = refs[index + 1];
        }
        leaf->put(index, key, ref);
        return;
    }
    if (leaf->count() == 1) {
        if (leaf == m_last) {
            leaf->keys()[leaf->begin] = key;
            return;
        }
        removeLeaf(firstPath());
    } else {
        ++leaf->begin;
    }
    insert(key, ref);
}

SortedBlocks::~SortedBlocks() {
    clear();
    while (m_spare != nullptr) {
        Leaf::destroy(std::exchange(m_spare, m_spare->next));
    }
}

void SortedBlocks::clear() {
    if (m_root != nullptr) {
        destroy(m_root, m_height);
    }
    m_root = nullptr;
    m_first = m_last = nullptr;
    m_height = 0;
}

void SortedBlocks::destroy(void* block, std::uint32_t height) {
    if (height == 0) {
        Leaf::destroy(static_cast<Leaf*>(block));
        return;
    }
    Inner* inner = static_cast<Inner*>(block);
    for (std::uint32_t i = 0; i < inner->count; ++i) {
        destroy(inner->children[i], height - 1);
    }
    delete inner;
}

} // namespace kolam
