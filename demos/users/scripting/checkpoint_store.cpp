// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/users/scripting/checkpoint_store.h"

#include "demos/services/scripting/script_files.h"

#include <algorithm>

namespace kolam::scripting {

namespace {
constexpr std::size_t mostKept = 2;
}

bool CheckpointStore::take(std::uint32_t number, OctetView piece) {
    if (number != m_incoming.number || (!m_incoming.file.ok() && !m_spoilt)) {
        auto file = anonymousFile();
        m_spoilt = !file;
        m_incoming = {number, file ? std::move(*file) : Descriptor{}};
        m_incomingSize = 0;
    }
    m_incomingSize += piece.size();
    m_spoilt = m_spoilt || m_incomingSize > m_longest || !append(m_incoming.file.get(), piece);
    if (!piece.empty()) {
        return false;
    }
    const bool whole = !m_spoilt && m_incomingSize > 0;
    if (whole) {
        std::erase_if(m_kept, [&](const Kept& kept) { return kept.number == number; });
        if (m_kept.size() >= mostKept) {
            m_kept.erase(m_kept.begin());
        }
        m_kept.push_back(std::move(m_incoming));
    }
    dropIncoming();
    return whole;
}

void CheckpointStore::dropIncoming() {
    m_incoming = {};
    m_incomingSize = 0;
    m_spoilt = false;
}

void CheckpointStore::clear() {
    dropIncoming();
    m_kept.clear();
}

int CheckpointStore::find(std::uint32_t number) const {
    const auto found = std::ranges::find(m_kept, number, &Kept::number);
    return found == m_kept.end() ? -1 : found->file.get();
}

} // namespace kolam::scripting
