// SPDX-License-Identifier: GPL-3.0-or-later
// What a session has to say while its user takes nothing: messages and cookies wait here, and go out in the order in
// which they came. Next door: core/node/service.h, whose link says when there is no room.
#pragma once

#include "core/node/service.h"

#include <cstddef>
#include <deque>
#include <optional>

namespace kolam::services {

class Outbox {
public:
    static constexpr std::size_t defaultLimit = 1U << 20U; // octets

    /// The link must outlive it. `limit`: so much may wait.
    explicit Outbox(SessionLink& link, std::size_t limit = defaultLimit) : m_link(link), m_limit(limit) {}

    /// Sends, now or later. False: too much waits already; the user takes nothing, and its session should end.
    [[nodiscard]] bool send(std::uint32_t ppid, OctetView data) { return put(ppid, data); }
    [[nodiscard]] bool sendCookie(OctetView cookie) { return put(std::nullopt, cookie); }
    /// To be called from ServiceSession::onWritable.
    void onWritable();
    /// Whether everything has gone out.
    [[nodiscard]] bool empty() const { return m_waiting.empty(); }

private:
    struct Entry {
        std::optional<std::uint32_t> ppid; // nothing: a cookie
        Octets octets;
    };
    bool put(std::optional<std::uint32_t> ppid, OctetView octets);
    [[nodiscard]] bool trySend(std::optional<std::uint32_t> ppid, OctetView octets);

    SessionLink& m_link;
    std::size_t m_limit;
    std::size_t m_size = 0;
    std::deque<Entry> m_waiting;
};

} // namespace kolam::services
