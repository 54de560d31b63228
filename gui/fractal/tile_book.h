// SPDX-License-Identifier: GPL-3.0-or-later
// Who computed what: the state of every tile and, point by point, the element, the session and the failovers before it.
// It is a function of the engine's batches. Next door: overlay_painter.h draws it, pool_model.h lists the elements.
#pragma once

#include "demos/users/fractal/fractal_update.h"

#include <QRect>
#include <vector>

namespace kolam::gui {

/// Where a tile changed hands: the first row that another element computed.
struct HandOver {
    quint32 tile = 0;
    quint32 row = 0;       // in the picture
    quint16 element = 0;   // of the engine's table: the new one
    quint16 failovers = 0; // of the tile up to here
};

/// Who computed a point.
struct PointOrigin {
    quint16 element = 0; // of the engine's table; 0: nobody yet
    quint8 session = 0;
    quint8 failovers = 0; // of the tile, before the point came; at most 255
    friend bool operator==(const PointOrigin&, const PointOrigin&) = default;
};

class TileBook {
public:
    static constexpr std::size_t stateCount = 6;

    void apply(const fractal::FractalUpdate& update);

    [[nodiscard]] const fractal::TileGrid& grid() const { return m_grid; }
    [[nodiscard]] QSize size() const { return m_size; }
    [[nodiscard]] const std::vector<fractal::TileStatus>& tiles() const { return m_tiles; }
    [[nodiscard]] QRect rect(quint32 tile) const;
    [[nodiscard]] const std::vector<HandOver>& handOvers() const { return m_handOvers; }
    [[nodiscard]] PointOrigin originAt(QPoint point) const;
    [[nodiscard]] const std::vector<PointOrigin>& origins() const { return m_origins; } // row by row
    /// The tile at a point of the picture; nothing outside.
    [[nodiscard]] std::optional<quint32> tileAt(QPoint point) const;

    [[nodiscard]] int countOf(fractal::TileState state) const { return m_counts[static_cast<std::size_t>(state)]; }
    /// Tiles that the element works on, and tiles that it finished.
    [[nodiscard]] int workingOf(quint16 element) const;
    [[nodiscard]] int doneOf(quint16 element) const;

private:
    void begin(const fractal::FractalUpdate& update);
    void take(const fractal::RowPiece& piece);
    void take(const fractal::TileStatus& status);

    fractal::TileGrid m_grid;
    QSize m_size;
    std::vector<fractal::TileStatus> m_tiles;
    std::vector<PointOrigin> m_origins;
    std::vector<HandOver> m_handOvers;
    std::vector<PointOrigin> m_lastOrigin; // of each tile
    std::array<int, stateCount> m_counts{};
};

} // namespace kolam::gui
