// SPDX-License-Identifier: GPL-3.0-or-later
// Daytime: tells every user what time it is, and ends the session.
// Next door: chargen_service.h, which never ends one.
#pragma once

#include "core/node/service.h"

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace kolam::services {

using WallTime = std::chrono::system_clock::time_point;
using WallClock = std::function<WallTime()>;

/// "Monday, 23-November-2026 04:31:24.906715\n", in local time.
[[nodiscard]] std::string daytimeText(WallTime time);

class DaytimeService final : public Service {
public:
    /// Asks `clock` what time it is.
    explicit DaytimeService(WallClock clock) : m_clock(std::move(clock)) {}
    std::unique_ptr<ServiceSession> open(SessionLink& link) override;

private:
    class Session;
    WallClock m_clock;
};

} // namespace kolam::services
