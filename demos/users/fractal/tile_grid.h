// SPDX-License-Identifier: GPL-3.0-or-later
// How an image is cut into tiles, and what each tile asks of an element.
// Next door: fractal_pool_user.h hands the tiles to sessions, fractal_reference.h computes them at home.
#pragma once

#include "core/wire/services.h"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace kolam::fractal {

struct TileRect {
    std::uint32_t x = 0; // of the left column within the image
    std::uint32_t y = 0;
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    friend bool operator==(const TileRect&, const TileRect&) = default;
};

/// A fixed grid: it depends on the image's size alone, never on sessions or time, so that two computations of one image
/// can be compared point by point.
class TileGrid {
public:
    static constexpr std::uint32_t defaultSide = 0; // about 80 tiles, but none smaller than 40 pixels

    TileGrid() = default;
    /// Cuts width x height into tiles of nearly equal size, none wider or higher than `side`.
    TileGrid(std::uint32_t width, std::uint32_t height, std::uint32_t side = defaultSide);

    [[nodiscard]] std::uint32_t columns() const { return m_columns; }
    [[nodiscard]] std::uint32_t rows() const { return m_rows; }
    [[nodiscard]] std::uint32_t count() const { return m_columns * m_rows; }
    /// Tiles are numbered row by row from the top left.
    [[nodiscard]] TileRect rect(std::uint32_t tile) const;

private:
    std::uint32_t m_width = 0;
    std::uint32_t m_height = 0;
    std::uint32_t m_columns = 0;
    std::uint32_t m_rows = 0;
};

/// What a session asks for to compute one tile of `image`: the tile's size and its own corners.
///
/// The protocol can only say "this many pixels between these corners", and an element takes pixel (x, y) of what it was
/// asked as C1 + x (C2 - C1) / Width. So a tile's points may differ in their last bits from those of a session that
/// computes the whole image. Therefore "the image" is defined as the assembly of its tiles, each computed by its own
/// parameter; the grid is fixed, and the local reference computes the very same tiles. Neighbouring tiles share their
/// corners exactly.
[[nodiscard]] wire::FractalParameter tileParameter(const wire::FractalParameter& image, const TileRect& tile);

/// The same view with an eighth of the points in a row, to be seen long before the image itself: a request as any
/// other. Nothing for an image that is small itself.
[[nodiscard]] std::optional<wire::FractalParameter> coarseOf(const wire::FractalParameter& image);
inline constexpr std::uint32_t coarseTileSide = 80; // a few tiles, all of them in work at once

} // namespace kolam::fractal
