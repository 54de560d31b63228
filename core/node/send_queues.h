// SPDX-License-Identifier: GPL-3.0-or-later
// What waits for associations whose peers do not read as fast as we write: each has a queue of its own, so that one
// that stands still holds up nobody, and all of them have a bound. Next door: registrar_node.h, which closes who is
// over it.
#pragma once

#include "core/base/octets.h"
#include "core/transport/transport.h"

#include <cstddef>
#include <deque>
#include <optional>
#include <unordered_map>

namespace kolam {

class SendQueues {
public:
    struct Limits {
        std::size_t octetsPerAssociation = 256 * 1024;
        std::size_t octets = 32 * 1024 * 1024; // of all associations together
    };
    explicit SendQueues(const Limits& limits) : m_limits(limits) {}

    /// Sends, or queues behind what waits already.
    /// @return the association to be closed: this one when its own queue is full, or else the one with the longest
    ///         queue when all of them together hold too much.
    std::optional<transport::AssocId> send(transport::Endpoint& endpoint, transport::AssocId to, OctetView message,
                                           const transport::SendOptions& options);
    /// There is room again.
    void writable(transport::Endpoint& endpoint, transport::AssocId to, const transport::SendOptions& options);
    void forget(transport::AssocId association);
    [[nodiscard]] std::size_t octets() const { return m_octets; }

private:
    struct Queue {
        std::deque<Octets> messages;
        std::size_t octets = 0;
    };
    Limits m_limits;
    std::unordered_map<transport::AssocId, Queue> m_queues; // of those that wait only
    std::size_t m_octets = 0;
};

} // namespace kolam
