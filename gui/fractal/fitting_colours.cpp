// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/fitting_colours.h"

#include "demos/users/fractal/fractal_reference.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace kolam::gui {

namespace {

constexpr quint32 sampleWidth = 24;
constexpr quint32 sampleHeight = 16;
constexpr quint32 sampleIterations = 2000;
constexpr double wantedRounds = 1.0; // of the palette, over nearly all counts of the picture
// From dark to light and back: these look well with whatever counts there are.
constexpr std::array suitable{"doorstep", "midnight", "ocean",   "fire",   "twilight", "ice",      "orchid",
                              "sunset",   "aurora",   "peacock", "copper", "magma",    "rose-gold"};

/// The same for the same place on every machine and in every run.
std::size_t numberOf(const wire::FractalParameter& parameter) {
    std::uint64_t number = static_cast<std::uint64_t>(parameter.algorithm);
    for (const double part : {parameter.c1Real, parameter.c1Imag, parameter.kReal, parameter.kImag, parameter.n}) {
        number = (number ^ std::bit_cast<std::uint64_t>(part)) * 0x9e3779b97f4a7c15U;
        number ^= number >> 29U;
    }
    return static_cast<std::size_t>(number % suitable.size());
}

} // namespace

Colouring fittingColours(const wire::FractalParameter& parameter, const std::function<bool()>& cancelled) {
    Colouring colours;
    colours.palette = paletteIndex(QLatin1String(suitable[numberOf(parameter)]));
    if (parameter.algorithm == wire::FractalAlgorithm::Newton) {
        return colours; // its roots share the palette
    }
    wire::FractalParameter sample = parameter;
    sample.width = sampleWidth;
    sample.height = sampleHeight;
    sample.maxIterations = std::min(sample.maxIterations, sampleIterations);
    std::vector<quint32> counts = fractal::computeReference(sample, fractal::TileGrid::defaultSide, 1, cancelled);
    std::erase_if(counts, [&sample](quint32 count) { return count >= sample.maxIterations; });
    if (counts.empty()) {
        return colours;
    }
    std::ranges::sort(counts);
    const double lowest = colourRounds(counts[counts.size() / 20]);
    const double highest = colourRounds(counts[counts.size() - 1 - counts.size() / 20]);
    colours.density = std::clamp(wantedRounds / std::max(highest - lowest, 1e-6), 0.5, 4.0);
    const double turn = colours.density * lowest; // where the palette would begin: let it be at its first colour
    colours.offset = 1 - (turn - std::floor(turn));
    return colours;
}

} // namespace kolam::gui
