// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/tile_book.h"

#include <algorithm>

namespace kolam::gui {

using fractal::TileState;

void TileBook::apply(const fractal::FractalUpdate& update) {
    if (update.begins) {
        begin(update);
    }
    for (const fractal::RowPiece& piece : update.pieces) {
        take(piece);
    }
    for (const fractal::TileStatus& status : update.tiles) {
        take(status);
    }
}

void TileBook::begin(const fractal::FractalUpdate& update) {
    m_grid = update.grid;
    m_size = QSize(static_cast<int>(update.parameter.width), static_cast<int>(update.parameter.height));
    m_tiles.assign(m_grid.count(), {});
    for (quint32 tile = 0; tile < m_grid.count(); ++tile) {
        m_tiles[tile].tile = tile;
    }
    m_lastOrigin.assign(m_grid.count(), {});
    m_origins.assign(static_cast<std::size_t>(m_size.width()) * static_cast<std::size_t>(m_size.height()), {});
    m_handOvers.clear();
    m_counts = {};
    m_counts[static_cast<std::size_t>(TileState::Queued)] = static_cast<int>(m_grid.count());
}

void TileBook::take(const fractal::RowPiece& piece) {
    const auto width = static_cast<quint32>(m_size.width());
    if (piece.y >= static_cast<quint32>(m_size.height()) || piece.x >= width) {
        return;
    }
    const PointOrigin origin{piece.element, static_cast<quint8>(std::min(piece.session, 255U)),
                             static_cast<quint8>(std::min<quint16>(piece.failovers, 255))};
    const std::size_t first = static_cast<std::size_t>(piece.y) * width + piece.x;
    std::fill_n(m_origins.begin() + static_cast<std::ptrdiff_t>(first), std::min(piece.length, width - piece.x),
                origin);
    if (const std::optional<quint32> tile = tileAt(QPoint(static_cast<int>(piece.x), static_cast<int>(piece.y)))) {
        PointOrigin& last = m_lastOrigin[*tile];
        if (origin.failovers > last.failovers) {
            m_handOvers.push_back({*tile, piece.y, piece.element, piece.failovers});
        }
        last = origin;
    }
}

void TileBook::take(const fractal::TileStatus& status) {
    if (status.tile >= m_tiles.size()) {
        return;
    }
    fractal::TileStatus& known = m_tiles[status.tile];
    --m_counts[static_cast<std::size_t>(known.state)];
    ++m_counts[static_cast<std::size_t>(status.state)];
    known = status;
}

QRect TileBook::rect(quint32 tile) const {
    const fractal::TileRect rect = m_grid.rect(tile);
    return {static_cast<int>(rect.x), static_cast<int>(rect.y), static_cast<int>(rect.width),
            static_cast<int>(rect.height)};
}

PointOrigin TileBook::originAt(QPoint point) const {
    if (!QRect(QPoint(), m_size).contains(point)) {
        return {};
    }
    return m_origins[static_cast<std::size_t>(point.y()) * static_cast<std::size_t>(m_size.width()) +
                     static_cast<std::size_t>(point.x())];
}

std::optional<quint32> TileBook::tileAt(QPoint point) const {
    if (!QRect(QPoint(), m_size).contains(point) || m_grid.count() == 0) {
        return {};
    }
    // Tiles differ by a point at most, so the even share is the tile itself or a neighbour.
    const auto search = [](int at, quint32 count, int size, auto&& beginOf) {
        auto guess = static_cast<quint32>(static_cast<quint64>(at) * count / static_cast<quint64>(size));
        while (guess > 0 && beginOf(guess) > at) {
            --guess;
        }
        while (guess + 1 < count && beginOf(guess + 1) <= at) {
            ++guess;
        }
        return guess;
    };
    const quint32 column =
        search(point.x(), m_grid.columns(), m_size.width(), [this](quint32 index) { return rect(index).x(); });
    const quint32 row = search(point.y(), m_grid.rows(), m_size.height(),
                               [this](quint32 index) { return rect(index * m_grid.columns()).y(); });
    return row * m_grid.columns() + column;
}

int TileBook::workingOf(quint16 element) const {
    return static_cast<int>(std::ranges::count_if(m_tiles, [element](const fractal::TileStatus& tile) {
        return tile.element == element && (tile.state == TileState::Computing || tile.state == TileState::Recomputing);
    }));
}

int TileBook::doneOf(quint16 element) const {
    return static_cast<int>(std::ranges::count_if(m_tiles, [element](const fractal::TileStatus& tile) {
        return tile.element == element && tile.state == TileState::Done;
    }));
}

} // namespace kolam::gui
