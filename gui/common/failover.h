// SPDX-License-Identifier: GPL-3.0-or-later
// The story of one failover, and of one takeover, put together from what user, registrars and elements tell: each step
// with its own time, so that one can see where the milliseconds went. Steps that nobody has told are not there.
// Next door: model.h, which collects the stories.
#pragma once

#include "core/telemetry/event_log.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kolam::gui {

/// What happens in a failover, in the usual order.
enum class FailoverStep : std::uint8_t {
    Gone,       // the element's process is seen to be gone, by who watches it
    Detected,   // the user notices: FailoverBegan
    Reported,   // it tells its registrar
    Heard,      // a registrar has got the report
    Removed,    // a registrar takes the element out of the pool
    Reselected, // another element was chosen
    Connecting, // to it
    Cookie,     // it was given the session's state
    Resumed,    // the session goes on
};
inline constexpr std::size_t failoverSteps = 9;

struct Failover {
    telemetry::StoryId story;
    telemetry::ComponentId user;
    std::uint64_t session = 0;
    PoolHandle pool;
    PeIdentifier failed;
    PeIdentifier next; // 0: not yet
    telemetry::FailoverReason reason = telemetry::FailoverReason::AssociationLost;
    std::optional<telemetry::DownKind> how; // what the watchers have seen of the failed element
    std::array<std::optional<telemetry::WallTime>, failoverSteps> times;
    std::optional<Duration> took; // by the user's own clock: it has ended
    std::uint64_t cookieOctets = 0;
    std::uint64_t tries = 0; // connections begun
    std::uint64_t redone = 0;
    std::string unit; // of what was redone
    friend bool operator==(const Failover&, const Failover&) = default;

    [[nodiscard]] const std::optional<telemetry::WallTime>& at(FailoverStep step) const {
        return times[static_cast<std::size_t>(step)];
    }
    /// The first time counts: what comes again is no new step.
    void happened(FailoverStep step, telemetry::WallTime when) {
        auto& time = times[static_cast<std::size_t>(step)];
        if (!time) {
            time = when;
        }
    }
    /// Takes an event that belongs to this story, or may.
    void take(const telemetry::Event& event);
};

/// One stretch of a failover, for people: how long it took until a step since the one before it.
struct FailoverStretch {
    FailoverStep until;
    Duration from{}; // since detection; negative before it
    Duration length{};
    friend bool operator==(const FailoverStretch&, const FailoverStretch&) = default;
};
/// The steps on the way of the session - detect, report, reselect, connect, cookie, resume - one after the other, in
/// the order of their times. What registrars do at the same time is not on that way.
[[nodiscard]] std::vector<FailoverStretch> stretchesOf(const Failover& failover);

/// A registrar takes over the elements of another one.
struct Takeover {
    ServerId target;
    ServerId by;
    std::uint64_t elements = 0;
    std::uint64_t acknowledged = 0;
    telemetry::WallTime began;
    std::optional<telemetry::WallTime> ended;
    friend bool operator==(const Takeover&, const Takeover&) = default;
};

/// The value below which `share` of the (sorted) durations lie; 0 of none.
[[nodiscard]] Duration percentile(const std::vector<Duration>& sorted, double share);

} // namespace kolam::gui
