// SPDX-License-Identifier: GPL-3.0-or-later
// How far away an element is, for policies with a distance penalty factor (DPF): its home registrar measures the way to
// it, and every other registrar adds its own way to that one. So each has a distance of its own, as its users feel it.
// Source: draft-dreibholz-rserpool-delay. Next door: policies/, where the distance counts; asap and enrp, which set it.
#pragma once

#include "core/base/time.h"
#include "core/wire/parameters.h"

#include <cmath>
#include <cstdint>
#include <limits>

namespace kolam {

/// Coarse, as rsplib's, so that the noise of a measurement is no news to all peers.
inline constexpr std::chrono::milliseconds distanceStep{50};

[[nodiscard]] constexpr bool hasDistance(wire::PolicyType type) {
    return wire::policyWords(type).has(wire::PolicyWords::PenaltyFactor);
}

/// Milliseconds one way, to the nearest step, of two equally near ones to the even one: exactly as rsplib rounds.
[[nodiscard]] inline std::uint32_t distanceOf(Duration roundTrip) {
    const auto oneWay = std::chrono::duration_cast<std::chrono::milliseconds>(roundTrip).count() / 2;
    const double steps = std::nearbyint(static_cast<double>(oneWay) / static_cast<double>(distanceStep.count()));
    return static_cast<std::uint32_t>(steps) * static_cast<std::uint32_t>(distanceStep.count());
}

[[nodiscard]] constexpr std::uint32_t addDistance(std::uint32_t one, std::uint32_t other) {
    return other > std::numeric_limits<std::uint32_t>::max() - one ? std::numeric_limits<std::uint32_t>::max()
                                                                   : one + other;
}

} // namespace kolam
