// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/services/common/outbox.h"

namespace kolam::services {

/// False when it has to wait. What can never be sent (the session is ending, or it is too long) counts as sent.
bool Outbox::trySend(std::optional<std::uint32_t> ppid, OctetView octets) {
    const auto sent = ppid ? m_link.send(*ppid, octets) : m_link.sendCookie(octets);
    return sent || sent.error() != SessionSendError::WouldBlock;
}

bool Outbox::put(std::optional<std::uint32_t> ppid, OctetView octets) {
    if (m_waiting.empty() && trySend(ppid, octets)) {
        return true;
    }
    if (m_size + octets.size() > m_limit) {
        return false;
    }
    m_size += octets.size();
    m_waiting.push_back({ppid, {octets.begin(), octets.end()}});
    return true;
}

void Outbox::onWritable() {
    while (!m_waiting.empty() && trySend(m_waiting.front().ppid, m_waiting.front().octets)) {
        m_size -= m_waiting.front().octets.size();
        m_waiting.pop_front();
    }
}

} // namespace kolam::services
