// SPDX-License-Identifier: GPL-3.0-or-later
// The book of one image: what has come, from whom, how often, and what a window has not been told yet.
// It decides nothing. Next door: fractal_pool_user.cpp decides, tile_worker.h talks to elements.
#pragma once

#include "core/wire/extended_fractal.h"
#include "demos/users/fractal/fractal_update.h"

#include <memory>
#include <span>
#include <vector>

namespace kolam::fractal {

class ImageBook {
public:
    static constexpr std::uint32_t noCount = 0xffffffff;

    ImageBook() = default;
    ImageBook(const ImageBook&) = delete; // its tiles know where they are
    ImageBook& operator=(const ImageBook&) = delete;

    /// Opens a new page. The table of elements stays, for its indices are known to windows.
    /// @param computed  what elements are asked for; `image` itself but in compatible mode
    /// @param coarse  what they are asked for before that, if anything
    void begin(ImageId id, const wire::FractalParameter& image, const wire::FractalParameter& computed,
               const std::optional<wire::FractalParameter>& coarse, std::uint32_t tileSide, TimePoint now);
    void end(ImageState state, TimePoint now);

    [[nodiscard]] const TileGrid& grid() const { return m_grid; }
    /// Those of the grid, and after them those of the coarse image.
    [[nodiscard]] std::uint32_t tileCount() const { return static_cast<std::uint32_t>(m_tiles.size()); }
    [[nodiscard]] bool isCoarse(std::uint32_t tile) const { return tile >= m_grid.count(); }
    /// What others may know of it: coarse ones are an affair between us and the elements.
    [[nodiscard]] std::optional<std::uint32_t> inGrid(std::optional<std::uint32_t> tile) const {
        return tile && !isCoarse(*tile) ? tile : std::nullopt;
    }
    [[nodiscard]] const wire::FractalParameter& image() const { return m_parameter; }
    /// Elements are asked for one of our own fractals.
    [[nodiscard]] bool isExtended() const { return wire::isExtended(m_fine.asked.algorithm); }
    [[nodiscard]] bool isCompatible() const { return m_fine.asked.algorithm != m_parameter.algorithm; }
    [[nodiscard]] wire::FractalParameter parameterOf(std::uint32_t tile) const;
    /// The same for an extended fractal: from the first point on that has not come.
    [[nodiscard]] wire::ExtendedFractalParameter extendedParameterOf(std::uint32_t tile) const;
    [[nodiscard]] bool hasPoints(std::uint32_t tile) const { return m_tiles[tile].points > 0; }
    [[nodiscard]] bool isDone(std::uint32_t tile) const { return m_tiles[tile].state == TileState::Done; }
    [[nodiscard]] std::uint64_t pointsOf(std::uint32_t tile) const { return m_tiles[tile].points; }
    [[nodiscard]] std::uint64_t missingOf(std::uint32_t tile) const {
        return pointsOf(m_tiles[tile]) - m_tiles[tile].points;
    }
    /// Of a tile: rows that came more than once, in part at least.
    [[nodiscard]] std::uint64_t redoneRows(std::uint32_t tile) const;
    [[nodiscard]] bool isComplete() const { return m_tilesDone == m_grid.count(); }
    [[nodiscard]] ImageState state() const { return m_state; }
    [[nodiscard]] const std::vector<std::uint32_t>& counts() const { return m_fine.counts; }
    /// Beside the counts, in 2^-32; empty for rsplib's fractals.
    [[nodiscard]] const std::vector<std::uint32_t>& fractions() const { return m_fine.fractions; }

    /// An element asked for, or resumed, a tile; from here on its points are expected.
    void tileBegins(std::uint32_t tile, std::uint32_t session, std::uint16_t element, bool resumed, TimePoint now);
    void tileIs(std::uint32_t tile, TileState state);
    /// Another session has been given the tile, too: from here on, what has come already is passed over.
    void tileIsAskedTwice(std::uint32_t tile);
    struct Source {
        std::uint32_t session = 0;
        std::uint16_t element = 0;
    };
    /// Takes points of a tile. False: they do not belong there, nothing was taken.
    [[nodiscard]] bool take(std::uint32_t tile, Source from, const wire::FractalData& data, TimePoint now);
    [[nodiscard]] bool take(std::uint32_t tile, Source from, const wire::ExtendedFractalData& data, TimePoint now);

    void failoverBegins(std::uint32_t session, std::optional<std::uint32_t> tile, PeIdentifier failed,
                        FailoverCause cause, TimePoint now);
    void failoverEnds(const FailoverEvent& end);

    /// The index of an element in the table; from now on it counts as working.
    [[nodiscard]] std::uint16_t elementIndex(PeIdentifier identifier, const TransportAddress& address, bool isOurs);
    [[nodiscard]] std::uint16_t knownElement(PeIdentifier identifier) const;
    /// Those that have computed points of this image, and were not lost since.
    [[nodiscard]] std::vector<std::uint16_t> usefulElements() const;

    /// Called a few times a second, so that the speed is that of the last second.
    void sampleSpeed(TimePoint now);
    [[nodiscard]] ImageProgress progress(TimePoint now) const;
    /// Everything that has changed since the last time. `sessions` and their reasons are the caller's.
    [[nodiscard]] std::shared_ptr<FractalUpdate> takeUpdate(TimePoint now);

private:
    struct Sheet { // an image, and what has come of it
        wire::FractalParameter asked;
        std::vector<std::uint32_t> counts;
        std::vector<std::uint32_t> fractions;
        std::vector<RowPiece> newPieces; // not told yet
    };
    struct Tile {
        Sheet* sheet = nullptr;
        TileRect rect;
        TileState state = TileState::Queued;
        std::uint32_t points = 0;
        std::uint32_t redone = 0;
        std::uint32_t session = 0;
        std::uint16_t element = 0;
        std::uint16_t failovers = 0;
        TimePoint began{};
        TimePoint ended{};
        bool askedTwice = false;
        bool changed = true;
        std::vector<bool> redoneRows; // none: no row
    };
    struct SpeedSample {
        TimePoint at{};
        std::uint64_t points = 0;
    };

    void touch(Tile& tile) { tile.changed = true; }
    void takePoints(Tile& tile, Source from, std::uint64_t first, std::span<const std::uint32_t> counts,
                    std::span<const std::uint32_t> fractions, TimePoint now);
    void takeRow(Tile& tile, Source from, std::uint32_t row, std::uint32_t column,
                 std::span<const std::uint32_t> counts, std::span<const std::uint32_t> fractions);
    void noteRedone(Tile& tile, std::uint32_t row, std::uint32_t points);
    void addTiles(Sheet& sheet, const wire::FractalParameter& asked, const TileGrid& grid);
    [[nodiscard]] static std::uint64_t pointsOf(const Tile& tile) {
        return std::uint64_t{tile.rect.width} * tile.rect.height;
    }
    [[nodiscard]] TileStatus statusOf(std::uint32_t tile) const;
    [[nodiscard]] FailoverTimes failoverTimes() const;

    ImageId m_id = ImageId::None;
    ImageState m_state = ImageState::Idle;
    wire::FractalParameter m_parameter;
    TileGrid m_grid;
    Sheet m_fine;
    Sheet m_coarse;
    std::vector<std::uint32_t> m_wholeParts; // of a message, kept for their memory
    std::vector<std::uint32_t> m_fractionParts;
    std::vector<Tile> m_tiles;
    std::vector<ElementUse> m_elements{1};
    std::uint32_t m_tilesDone = 0;
    std::uint32_t m_tilesAskedTwice = 0;
    std::uint64_t m_points = 0;
    std::uint64_t m_taken = 0; // points, repeated ones included
    std::uint64_t m_redone = 0;
    std::uint64_t m_redoneRows = 0;
    std::uint64_t m_failovers = 0;
    std::vector<Duration> m_failoverTimes;
    TimePoint m_started{};
    TimePoint m_ended{};
    std::vector<SpeedSample> m_speed; // of about the last second, oldest first

    // not told yet
    std::uint64_t m_updates = 0;
    std::vector<std::uint32_t> m_newCounts;
    std::vector<std::uint32_t> m_newFractions;
    std::vector<FailoverEvent> m_newFailovers;
};

} // namespace kolam::fractal
