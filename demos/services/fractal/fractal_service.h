// SPDX-License-Identifier: GPL-3.0-or-later
// The fractal generator as a service of a pool (octet for octet that of rsplib's elements).
// Next door: fractal_session.h serves one user, compute_pool.h computes, fractal_element.h joins it all to a pool.
#pragma once

#include "core/base/log.h"
#include "core/dispatch/dispatcher.h"
#include "core/node/service.h"
#include "demos/services/fractal/compute_pool.h"

#include <cstdint>
#include <vector>

namespace kolam::fractal {

class FractalSession;
using namespace std::chrono_literals;

/// The limits of the service; the names are those of rsplib's options.
struct FractalServiceOptions {
    std::uint32_t capacity = 4;          // sessions at a time; more are refused
    std::uint32_t failureAfter = 0;      // a session ends after so many DATA messages, to show failovers; 0: never
    Duration dataMaxTime = 1s;           // points wait at most so long for more to fill their message
    Duration cookieMaxTime = 1s;         // a new cookie at the latest after so long
    std::uint32_t cookieMaxPackets = 10; // or so many DATA messages
    Duration transmitTimeout = 10s;      // a user that takes nothing for so long loses its session
    Duration idleTimeout = 60s;          // a user that asks for nothing for so long, too
    bool classic = false;                // knows rsplib's two fractals only
    bool testMode = false;               // sends the test pattern, whatever is asked for
};

class FractalService final : public Service {
public:
    /// All must outlive the service; the service must outlive its sessions.
    FractalService(Dispatcher& dispatcher, ComputePool& pool, Log& log, FractalServiceOptions options);
    ~FractalService() override;
    FractalService(const FractalService&) = delete;
    FractalService& operator=(const FractalService&) = delete;

    std::unique_ptr<ServiceSession> open(SessionLink& link) override;
    [[nodiscard]] double load() const override;
    [[nodiscard]] std::uint32_t features() const override;

    struct Statistics {
        std::uint64_t sessions = 0; // begun
        std::uint64_t refused = 0;
        std::uint64_t resumed = 0;  // by a cookie
        std::uint64_t aborted = 0;  // because of what their users sent, or did not take
        std::uint64_t declined = 0; // extended parameters that made no sense, each answered with the reason
        std::uint64_t points = 0;   // sent
        std::uint64_t images = 0;   // completed
    };
    [[nodiscard]] const Statistics& statistics() const { return m_statistics; }
    [[nodiscard]] std::size_t sessions() const { return m_sessions.size(); }

private:
    friend class FractalSession;
    void ended(FractalSession& session);
    void armTick();
    void tick();

    Dispatcher& m_dispatcher;
    ComputePool& m_pool;
    Log& m_log;
    FractalServiceOptions m_options;
    Statistics m_statistics;
    std::vector<FractalSession*> m_sessions;
    TimerId m_tick = TimerId::None;
};

} // namespace kolam::fractal
