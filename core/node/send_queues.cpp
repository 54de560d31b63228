// SPDX-License-Identifier: GPL-3.0-or-later
// Next door: send_queues.h says what for.
#include "core/node/send_queues.h"

namespace kolam {
namespace {

/// What a queued message costs besides its octets, so that a peer cannot hold much memory by many small ones.
constexpr std::size_t overhead = 64;

} // namespace

std::optional<transport::AssocId> SendQueues::send(transport::Endpoint& endpoint, transport::AssocId to,
                                                   OctetView message, const transport::SendOptions& options) {
    auto waiting = m_queues.find(to);
    if (waiting == m_queues.end()) {
        const auto sent = endpoint.send(to, message, options);
        if (sent || sent.error() != transport::SendError::WouldBlock) {
            return std::nullopt; // gone or going: its Down tells everything
        }
        waiting = m_queues.try_emplace(to).first;
    }
    const std::size_t cost = message.size() + overhead;
    if (waiting->second.octets + cost > m_limits.octetsPerAssociation) {
        return to;
    }
    waiting->second.messages.emplace_back(message.begin(), message.end());
    waiting->second.octets += cost;
    m_octets += cost;
    if (m_octets > m_limits.octets) {
        auto longest = waiting; // whoever has most waiting, so that one slow peer never costs another its association
        for (auto queue = m_queues.begin(); queue != m_queues.end(); ++queue) {
            if (queue->second.octets > longest->second.octets) {
                longest = queue;
            }
        }
        return longest->first;
    }
    return std::nullopt;
}

void SendQueues::writable(transport::Endpoint& endpoint, transport::AssocId to, const transport::SendOptions& options) {
    const auto waiting = m_queues.find(to);
    if (waiting == m_queues.end()) {
        return;
    }
    Queue& queue = waiting->second;
    while (!queue.messages.empty()) {
        const auto sent = endpoint.send(to, queue.messages.front(), options);
        if (!sent && sent.error() == transport::SendError::WouldBlock) {
            return;
        }
        const std::size_t cost = queue.messages.front().size() + overhead;
        queue.octets -= cost;
        m_octets -= cost;
        queue.messages.pop_front();
    }
    m_queues.erase(waiting);
}

void SendQueues::forget(transport::AssocId association) {
    const auto waiting = m_queues.find(association);
    if (waiting != m_queues.end()) {
        m_octets -= waiting->second.octets;
        m_queues.erase(waiting);
    }
}

} // namespace kolam
