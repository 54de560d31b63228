// SPDX-License-Identifier: GPL-3.0-or-later
// What users and fractal elements of ours say to each other besides rsplib's protocol: more fractals, and counts with
// a fraction. Used only towards an element that has announced Features::extendedFractals. Next door: services.h, the
// protocol itself; docs/extensions.md, the numbers.
#pragma once

#include "core/wire/services.h"

namespace kolam::wire {

/// What to compute, and from which pixel on: user to element. The user knows what it has got, so it says where an
/// element goes on after a failover; there is no cookie, and nothing is computed twice.
struct ExtendedFractalParameter {
    static constexpr std::uint8_t type = 0x81;
    static constexpr std::string_view name = "FGP_EXTENDED_PARAMETER";
    static constexpr bool exactLength = true;
    FractalParameter parameter;
    std::uint32_t startX = 0;
    std::uint32_t startY = 0;
    static constexpr void fields(auto& self, auto&& visit) {
        FractalParameter::fields(self.parameter, visit);
        visit("k-real", self.parameter.kReal);
        visit("k-imag", self.parameter.kImag);
        visit("c1-real-low", self.parameter.c1RealLow);
        visit("c1-imag-low", self.parameter.c1ImagLow);
        visit("c2-real-low", self.parameter.c2RealLow);
        visit("c2-imag-low", self.parameter.c2ImagLow);
        visit("start-x", self.startX);
        visit("start-y", self.startY);
    }
    friend bool operator==(const ExtendedFractalParameter&, const ExtendedFractalParameter&) = default;
};

/// Iteration counts in row order from (startX, startY), each as fixed-point number with 32 bits before and 32 after
/// the point: element to user; at most 162. max-iterations without a fraction: the point never escapes.
struct ExtendedFractalData {
    static constexpr std::uint8_t type = 0x82;
    static constexpr std::string_view name = "FGP_EXTENDED_DATA";
    static constexpr bool exactLength = true;
    static constexpr std::uint32_t maxPoints = 162;
    std::uint32_t startX = 0;
    std::uint32_t startY = 0;
    std::vector<std::uint64_t> points;
    [[nodiscard]] bool isEnd() const { return startX == FractalData::endMarker && startY == FractalData::endMarker; }
    static constexpr void fields(auto& self, auto&& visit) {
        visit("start-x", self.startX);
        visit("start-y", self.startY);
        visit("points", counted<std::uint32_t>(self.points));
    }
    friend bool operator==(const ExtendedFractalData&, const ExtendedFractalData&) = default;
};

/// Why an element does not compute what it was asked for: element to user; the session goes on.
struct ExtendedFractalRefusal {
    static constexpr std::uint8_t type = 0x83;
    static constexpr std::string_view name = "FGP_EXTENDED_REFUSAL";
    static constexpr bool exactLength = true;
    Octets reason; // English text, at most 200 octets
    static constexpr void fields(auto& self, auto&& visit) { visit("reason", self.reason); }
    friend bool operator==(const ExtendedFractalRefusal&, const ExtendedFractalRefusal&) = default;
};

} // namespace kolam::wire
