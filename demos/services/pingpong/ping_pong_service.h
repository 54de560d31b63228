// SPDX-License-Identifier: GPL-3.0-or-later
// Ping pong: every PING gets a PONG with a number that counts on through the whole session, whoever serves it: the
// smallest service whose failover can be seen. Octet for octet that of rsplib's elements.
// Next door: demos/users/pingpong, which looks for gaps in the numbers.
#pragma once

#include "core/base/log.h"
#include "core/node/service.h"
#include "demos/services/common/slots.h"

#include <cstdint>
#include <memory>

namespace kolam::services {

struct PingPongOptions {
    std::uint32_t capacity = 4;     // sessions at a time; more are refused
    std::uint32_t failureAfter = 0; // a session ends after so many replies, to show failovers; 0: never
};

/// The cookie follows its PONG, as rsplib's does: so the cookie that a user has never runs ahead of the replies that it
/// has, and a failover can repeat a number but not skip one.
class PingPongService final : public Service {
public:
    /// The log must outlive the service, the service its sessions.
    PingPongService(Log& log, PingPongOptions options) : m_log(log), m_options(options), m_slots(options.capacity) {}

    std::unique_ptr<ServiceSession> open(SessionLink& link) override;
    [[nodiscard]] double load() const override { return m_slots.load(); }
    [[nodiscard]] bool watchesUsers() const override { return true; }

    struct Statistics {
        std::uint64_t replies = 0;
        std::uint64_t resumed = 0; // sessions, by a cookie
        std::uint64_t aborted = 0; // because of what their users sent, or did not take
    };
    [[nodiscard]] const Statistics& statistics() const { return m_statistics; }

private:
    class Session;
    Log& m_log;
    PingPongOptions m_options;
    Slots m_slots;
    Statistics m_statistics;
};

} // namespace kolam::services
