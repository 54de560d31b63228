// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/path_table.h"

#include <cassert>
#include <limits>
#include <string_view>

namespace kolam::transport {

std::size_t PathTable::Hash::operator()(const Key& key) const noexcept {
    const auto* octets = reinterpret_cast<const char*>(key.peer.ip.octets.data());
    const std::size_t address = std::hash<std::string_view>{}({octets, key.peer.ip.octets.size()});
    return address ^ (std::size_t{key.peer.port} << 20) ^ key.socket;
}

Path* PathTable::obtain(std::size_t socket, const SocketAddress& peer, std::uint16_t sctpPort) {
    const Key key{socket, peer};
    const auto [begin, end] = m_numbers.equal_range(key);
    for (auto at = begin; at != end; ++at) {
        const PathNumber number = at->second;
        if (m_slots[number].path.sctpPort == sctpPort) {
            if (m_slots[number].path.assoc == AssocId::None) {
                takeFromIdle(number);
                makeIdle(number);
            }
            return &m_slots[number].path;
        }
    }
    const PathNumber number = freeNumber();
    if (number == 0) {
        return nullptr;
    }
    m_slots[number].path = Path{.number = number, .socket = socket, .peer = peer, .sctpPort = sctpPort};
    m_numbers.emplace(key, number);
    makeIdle(number);
    return &m_slots[number].path;
}

Path* PathTable::find(PathNumber number) {
    return number < m_slots.size() && m_slots[number].path.number == number && number != 0 ? &m_slots[number].path
                                                                                           : nullptr;
}

void PathTable::assign(Path& path, AssocId assoc) {
    const bool wasIdle = path.assoc == AssocId::None;
    path.assoc = assoc;
    if (wasIdle && assoc != AssocId::None) {
        takeFromIdle(path.number);
    } else if (!wasIdle && assoc == AssocId::None) {
        makeIdle(path.number);
    }
}

PathNumber PathTable::freeNumber() {
    const PathNumber oldest = m_slots[0].after;
    if (oldest != 0 && m_idle >= mostIdle) {
        forget(oldest);
    }
    if (m_free.empty() && m_slots.size() > std::numeric_limits<PathNumber>::max()) {
        if (oldest == 0) {
            return 0;
        }
        forget(oldest);
    }
    if (m_free.empty()) {
        m_slots.emplace_back();
        return static_cast<PathNumber>(m_slots.size() - 1);
    }
    const PathNumber number = m_free.back();
    m_free.pop_back();
    return number;
}

void PathTable::forget(PathNumber number) {
    takeFromIdle(number);
    const Path& path = m_slots[number].path;
    const auto [begin, end] = m_numbers.equal_range(Key{path.socket, path.peer});
    for (auto at = begin; at != end; ++at) {
        if (at->second == number) {
            m_numbers.erase(at);
            break;
        }
    }
    m_slots[number].path = {};
    m_free.push_back(number);
}

void PathTable::makeIdle(PathNumber number) {
    const PathNumber last = m_slots[0].before;
    m_slots[number].before = last;
    m_slots[number].after = 0;
    m_slots[last].after = number;
    m_slots[0].before = number;
    ++m_idle;
}

void PathTable::takeFromIdle(PathNumber number) {
    Slot& slot = m_slots[number];
    m_slots[slot.before].after = slot.after;
    m_slots[slot.after].before = slot.before;
    --m_idle;
}

} // namespace kolam::transport
