// SPDX-License-Identifier: GPL-3.0-or-later
// How large a simulated world is, how long it lives, and what may happen to it.
// Next door: fault_plan.h draws what does happen, world.h is built from these.
#pragma once

#include "core/node/profile.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kolam::sim {

using namespace std::chrono_literals;

/// A part of the product that is switched off, to prove that the simulator would notice.
enum class Weakness : std::uint8_t {
    None,
    Takeover, // a takeover that everybody has acknowledged is not carried out
    Audit,    // checksums and digests of registrars are not compared
    Owner,    // anybody's word about an element is believed
    Backoff,  // a user that finds no element asks again at once
};

/// What goes wrong. Each has a name for the command line: toText().
enum class FaultKind : std::uint8_t {
    Loss,
    Duplication,
    Reordering,
    Delay,
    Partition, // in two halves
    OneWay,    // of two halves, one is not heard by the other
    Isolation, // of one host
    Kill,      // its host says that it is dead
    SilentKill,
    Stop, // leaves as it should, and comes back later
    Pause,
    Restart,     // killed, and at once there again with the same identifier
    Replacement, // killed, and at once there again with a new identifier
    Collision,   // one more process with the identifier of another one
    ClockStep,   // of the wall's clock
    ClockSkew,
    SendFailure, // nothing can be sent for a while: buffers are full
    Malformed,   // messages of a peer that are garbage, or not its business
    MassJoin,
    MassRestart,
};
inline constexpr std::size_t faultKindCount = 20;
[[nodiscard]] std::string_view toText(FaultKind kind);
[[nodiscard]] std::string_view toText(Weakness weakness);
[[nodiscard]] std::optional<FaultKind> findFaultKind(std::string_view name);
/// "loss, duplication, ..."
[[nodiscard]] std::string faultNames();
[[nodiscard]] std::optional<Weakness> findWeakness(std::string_view name);

/// Steps the wall's clock, which nothing in the core may ask. A program without it has no ClockStep.
class WallClock {
public:
    virtual ~WallClock() = default;
    virtual void step(Duration by) = 0;
};

struct Settings {
    std::uint64_t seed = 1;
    unsigned registrars = 5;
    unsigned elements = 50;
    unsigned users = 20;
    Duration length = 10min;
    Profile profile = demoProfile();
    bool faults = true;
    std::optional<FaultKind> only; // no other kind of fault
    Weakness weakness = Weakness::None;
    WallClock* wallClock = nullptr;
};

} // namespace kolam::sim
