// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/users/fractal/tile_grid.h"

#include "core/base/double_double.h"

#include <algorithm>
#include <cassert>

namespace kolam::fractal {
namespace {

/// Where part number `part` of `parts` nearly equal ones begins.
std::uint32_t cut(std::uint32_t length, std::uint32_t part, std::uint32_t parts) {
    return static_cast<std::uint32_t>(std::uint64_t{length} * part / parts);
}

std::uint32_t partsOf(std::uint32_t length, std::uint32_t side) {
    return static_cast<std::uint32_t>((std::uint64_t{length} + side - 1) / side);
}

/// Large images have large tiles: each of them costs a round trip.
std::uint32_t usualSide(std::uint32_t width, std::uint32_t height) {
    std::uint32_t side = 40;
    while (std::uint64_t{partsOf(width, side)} * partsOf(height, side) > 80) {
        ++side;
    }
    return side;
}

/// The coordinate of pixel boundary `at`; the far end is exactly the far corner.
double boundary(double from, double to, std::uint32_t at, std::uint32_t length) {
    return at == length ? to : from + at * ((to - from) / length);
}

/// The same with twice a double's precision.
DoubleDouble boundary(const DoubleDouble& from, const DoubleDouble& to, std::uint32_t at, std::uint32_t length) {
    return at == length ? to : from + DoubleDouble::productOf((to - from).toDouble() / length, at);
}

wire::FractalParameter deepTile(const wire::FractalParameter& image, const TileRect& tile) {
    wire::FractalParameter parameter = image;
    parameter.width = tile.width;
    parameter.height = tile.height;
    const DoubleDouble left{image.c1Real, image.c1RealLow};
    const DoubleDouble top{image.c1Imag, image.c1ImagLow};
    const DoubleDouble right{image.c2Real, image.c2RealLow};
    const DoubleDouble bottom{image.c2Imag, image.c2ImagLow};
    const auto put = [](const DoubleDouble& number, double& high, double& low) {
        high = number.high;
        low = number.low;
    };
    put(boundary(left, right, tile.x, image.width), parameter.c1Real, parameter.c1RealLow);
    put(boundary(top, bottom, tile.y, image.height), parameter.c1Imag, parameter.c1ImagLow);
    put(boundary(left, right, tile.x + tile.width, image.width), parameter.c2Real, parameter.c2RealLow);
    put(boundary(top, bottom, tile.y + tile.height, image.height), parameter.c2Imag, parameter.c2ImagLow);
    return parameter;
}

constexpr std::uint32_t coarseness = 8;
constexpr std::uint32_t leastCoarseSide = 12;

} // namespace

TileGrid::TileGrid(std::uint32_t width, std::uint32_t height, std::uint32_t side) : m_width(width), m_height(height) {
    if (side == defaultSide) {
        side = usualSide(width, height);
    }
    m_columns = partsOf(width, side);
    m_rows = partsOf(height, side);
}

TileRect TileGrid::rect(std::uint32_t tile) const {
    assert(tile < count());
    const std::uint32_t column = tile % m_columns;
    const std::uint32_t row = tile / m_columns;
    const std::uint32_t x = cut(m_width, column, m_columns);
    const std::uint32_t y = cut(m_height, row, m_rows);
    return {x, y, cut(m_width, column + 1, m_columns) - x, cut(m_height, row + 1, m_rows) - y};
}

wire::FractalParameter tileParameter(const wire::FractalParameter& image, const TileRect& tile) {
    if (image.isDeep()) {
        return deepTile(image, tile);
    }
    wire::FractalParameter parameter = image;
    parameter.width = tile.width;
    parameter.height = tile.height;
    parameter.c1Real = boundary(image.c1Real, image.c2Real, tile.x, image.width);
    parameter.c1Imag = boundary(image.c1Imag, image.c2Imag, tile.y, image.height);
    parameter.c2Real = boundary(image.c1Real, image.c2Real, tile.x + tile.width, image.width);
    parameter.c2Imag = boundary(image.c1Imag, image.c2Imag, tile.y + tile.height, image.height);
    return parameter;
}

std::optional<wire::FractalParameter> coarseOf(const wire::FractalParameter& image) {
    wire::FractalParameter coarse = image;
    coarse.width /= coarseness;
    coarse.height /= coarseness;
    return std::min(coarse.width, coarse.height) < leastCoarseSide ? std::nullopt : std::optional{coarse};
}

} // namespace kolam::fractal
