// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/users/fractal/image_book.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <span>

namespace kolam::fractal {
namespace {

using namespace std::chrono_literals;
constexpr Duration speedWindow = 1s;

template <typename Number>
Number oneMore(Number number) {
    return number == std::numeric_limits<Number>::max() ? number : static_cast<Number>(number + 1);
}

} // namespace

void ImageBook::begin(ImageId id, const wire::FractalParameter& image, const wire::FractalParameter& computed,
                      const std::optional<wire::FractalParameter>& coarse, std::uint32_t tileSide, TimePoint now) {
    m_id = id;
    m_state = ImageState::Computing;
    m_parameter = image;
    m_grid = TileGrid{image.width, image.height, tileSide};
    m_tiles.clear();
    addTiles(m_fine, computed, m_grid);
    if (coarse) {
        addTiles(m_coarse, *coarse, TileGrid{coarse->width, coarse->height, coarseTileSide});
    } else {
        m_coarse = {};
    }
    for (ElementUse& element : m_elements) {
        element.points = 0;
        element.failedAway = 0;
    }
    m_tilesDone = m_tilesAskedTwice = 0;
    m_points = m_taken = m_redone = m_redoneRows = m_failovers = 0;
    m_failoverTimes.clear();
    m_started = m_ended = now;
    m_speed.assign(1, {now, 0});
    m_updates = 0;
    m_newCounts.clear();
    m_newFractions.clear();
    m_newFailovers.clear();
}

void ImageBook::addTiles(Sheet& sheet, const wire::FractalParameter& asked, const TileGrid& grid) {
    sheet.asked = asked;
    sheet.counts.assign(std::size_t{asked.width} * asked.height, noCount);
    sheet.fractions.assign(wire::isExtended(asked.algorithm) ? sheet.counts.size() : 0, 0);
    sheet.newPieces.clear();
    for (std::uint32_t tile = 0; tile < grid.count(); ++tile) {
        m_tiles.push_back({.sheet = &sheet, .rect = grid.rect(tile), .redoneRows = {}});
    }
}

void ImageBook::end(ImageState state, TimePoint now) {
    m_state = state;
    m_ended = now;
}

wire::FractalParameter ImageBook::parameterOf(std::uint32_t tile) const {
    return tileParameter(m_tiles[tile].sheet->asked, m_tiles[tile].rect);
}

wire::ExtendedFractalParameter ImageBook::extendedParameterOf(std::uint32_t tile) const {
    const Tile& page = m_tiles[tile]; // its points have come in order, without gaps
    return {.parameter = parameterOf(tile),
            .startX = page.points % page.rect.width,
            .startY = page.points / page.rect.width};
}

void ImageBook::tileBegins(std::uint32_t tile, std::uint32_t session, std::uint16_t element, bool resumed,
                           TimePoint now) {
    Tile& page = m_tiles[tile];
    page.session = session;
    page.element = element;
    page.state = page.points > 0 && !resumed && !page.askedTwice ? TileState::Recomputing : TileState::Computing;
    if (page.began == TimePoint{}) {
        page.began = now;
    }
    touch(page);
}

void ImageBook::tileIs(std::uint32_t tile, TileState state) {
    m_tiles[tile].state = state;
    touch(m_tiles[tile]);
}

void ImageBook::tileIsAskedTwice(std::uint32_t tile) {
    m_tilesAskedTwice += !m_tiles[tile].askedTwice;
    m_tiles[tile].askedTwice = true;
    touch(m_tiles[tile]);
}

bool ImageBook::take(std::uint32_t tile, Source from, const wire::FractalData& data, TimePoint now) {
    Tile& page = m_tiles[tile];
    const std::uint64_t first = std::uint64_t{data.startY} * page.rect.width + data.startX;
    if (isExtended() || data.startX >= page.rect.width || first + data.points.size() > pointsOf(page)) {
        return false;
    }
    // The reference's test pattern may count to 255 whatever the limit is.
    const std::uint32_t highest = std::max(m_parameter.maxIterations, 255u);
    if (std::ranges::any_of(data.points, [highest](std::uint32_t count) { return count > highest; })) {
        return false;
    }
    takePoints(page, from, first, data.points, {}, now);
    return true;
}

bool ImageBook::take(std::uint32_t tile, Source from, const wire::ExtendedFractalData& data, TimePoint now) {
    Tile& page = m_tiles[tile];
    const std::uint64_t first = std::uint64_t{data.startY} * page.rect.width + data.startX;
    if (!isExtended() || data.startX >= page.rect.width || first > page.points ||
        first + data.points.size() > pointsOf(page)) {
        return false;
    }
    const std::uint64_t highest = std::uint64_t{m_parameter.maxIterations} << 32U;
    if (std::ranges::any_of(data.points, [highest](std::uint64_t count) { return count > highest; })) {
        return false;
    }
    m_wholeParts.clear();
    m_fractionParts.clear();
    for (const std::uint64_t count : data.points) {
        m_wholeParts.push_back(static_cast<std::uint32_t>(count >> 32U));
        m_fractionParts.push_back(static_cast<std::uint32_t>(count));
    }
    takePoints(page, from, first, m_wholeParts, m_fractionParts, now);
    return true;
}

void ImageBook::takePoints(Tile& tile, Source from, std::uint64_t first, std::span<const std::uint32_t> counts,
                           std::span<const std::uint32_t> fractions, TimePoint now) {
    m_taken += tile.sheet == &m_fine ? counts.size() : 0;
    auto row = static_cast<std::uint32_t>(first / tile.rect.width);
    auto column = static_cast<std::uint32_t>(first % tile.rect.width);
    while (!counts.empty()) {
        const std::size_t length = std::min<std::size_t>(counts.size(), tile.rect.width - column);
        takeRow(tile, from, row, column, counts.first(length), fractions.first(std::min(length, fractions.size())));
        counts = counts.subspan(length);
        fractions = fractions.subspan(std::min(length, fractions.size()));
        column = 0;
        ++row;
    }
    tile.ended = now;
    if (tile.points == pointsOf(tile) && tile.state != TileState::Done) {
        tile.state = TileState::Done;
        m_tilesDone += tile.sheet == &m_fine;
    }
    touch(tile);
}

void ImageBook::takeRow(Tile& tile, Source from, std::uint32_t row, std::uint32_t column,
                        std::span<const std::uint32_t> counts, std::span<const std::uint32_t> fractions) {
    Sheet& sheet = *tile.sheet;
    std::size_t place = (std::size_t{tile.rect.y} + row) * sheet.asked.width + tile.rect.x + column;
    if (tile.askedTwice) { // the first answer counts
        const auto there = std::span{sheet.counts}.subspan(place, counts.size());
        const auto known = static_cast<std::uint32_t>(std::ranges::find(there, noCount) - there.begin());
        place += known;
        column += known;
        counts = counts.subspan(known);
        fractions = fractions.subspan(std::min<std::size_t>(known, fractions.size()));
        if (counts.empty()) {
            return;
        }
    }
    tile.session = from.session;
    tile.element = from.element;
    const RowPiece piece{.x = tile.rect.x + column,
                         .y = tile.rect.y + row,
                         .length = static_cast<std::uint32_t>(counts.size()),
                         .first = static_cast<std::uint32_t>(m_newCounts.size()),
                         .session = tile.session,
                         .element = tile.element,
                         .failovers = tile.failovers};
    const auto here = std::span{sheet.counts}.subspan(place, counts.size());
    const auto fresh = static_cast<std::uint32_t>(std::ranges::count(here, noCount));
    std::ranges::copy(counts, here.begin());
    if (!fractions.empty()) {
        std::ranges::copy(fractions, sheet.fractions.begin() + static_cast<std::ptrdiff_t>(place));
    }
    tile.points += fresh;
    if (&sheet == &m_fine) { // only that one is counted
        m_points += fresh;
        m_elements[tile.element].points += counts.size();
        if (const std::uint32_t redone = piece.length - fresh; redone > 0 && !tile.askedTwice) {
            noteRedone(tile, row, redone);
        }
    }
    if (tile.state != TileState::Done) {
        tile.state = fresh > 0 ? TileState::Computing : TileState::Recomputing;
    }
    m_newCounts.insert(m_newCounts.end(), counts.begin(), counts.end());
    m_newFractions.insert(m_newFractions.end(), fractions.begin(), fractions.end());
    sheet.newPieces.push_back(piece);
}

void ImageBook::noteRedone(Tile& tile, std::uint32_t row, std::uint32_t points) {
    tile.redone += points;
    m_redone += points;
    tile.redoneRows.resize(tile.rect.height);
    m_redoneRows += !tile.redoneRows[row];
    tile.redoneRows[row] = true;
}

void ImageBook::failoverBegins(std::uint32_t session, std::optional<std::uint32_t> tile, PeIdentifier failed,
                               FailoverCause cause, TimePoint now) {
    ++m_failovers;
    if (tile) {
        Tile& page = m_tiles[*tile];
        page.failovers = oneMore(page.failovers);
        page.state = TileState::FailingOver;
        touch(page);
    }
    if (const std::uint16_t index = knownElement(failed); index != 0) {
        ++m_elements[index].failedAway;
        m_elements[index].lost = now;
    }
    m_newFailovers.push_back({.phase = FailoverEvent::Phase::Begin,
                              .at = now,
                              .session = session,
                              .tile = inGrid(tile),
                              .failed = failed,
                              .cause = cause});
}

void ImageBook::failoverEnds(const FailoverEvent& end) {
    m_failoverTimes.push_back(end.took);
    m_newFailovers.push_back(end);
}

std::uint16_t ImageBook::knownElement(PeIdentifier identifier) const {
    const auto found = std::ranges::find(m_elements.begin() + 1, m_elements.end(), identifier, &ElementUse::identifier);
    return found == m_elements.end() ? std::uint16_t{0} : static_cast<std::uint16_t>(found - m_elements.begin());
}

std::vector<std::uint16_t> ImageBook::usefulElements() const {
    std::vector<std::uint16_t> useful;
    for (std::size_t index = 1; index < m_elements.size(); ++index) {
        if (m_elements[index].points > 0 && !m_elements[index].lost) {
            useful.push_back(static_cast<std::uint16_t>(index));
        }
    }
    return useful;
}

std::uint16_t ImageBook::elementIndex(PeIdentifier identifier, const TransportAddress& address, bool isOurs) {
    std::uint16_t index = knownElement(identifier);
    if (index == 0) {
        if (identifier == PeIdentifier{} || m_elements.size() > std::numeric_limits<std::uint16_t>::max()) {
            return 0;
        }
        index = static_cast<std::uint16_t>(m_elements.size());
        m_elements.push_back({.identifier = identifier});
    }
    ElementUse& element = m_elements[index];
    element.address = address;
    element.isOurs = element.isOurs || isOurs;
    element.lost.reset();
    return index;
}

void ImageBook::sampleSpeed(TimePoint now) {
    m_speed.push_back({now, m_taken});
    // The oldest one that is kept is at least a window old, if there is any.
    while (m_speed.size() > 2 && now - m_speed[1].at >= speedWindow) {
        m_speed.erase(m_speed.begin());
    }
}

FailoverTimes ImageBook::failoverTimes() const {
    if (m_failoverTimes.empty()) {
        return {};
    }
    std::vector<Duration> times = m_failoverTimes;
    std::ranges::sort(times);
    return {.count = times.size(),
            .last = m_failoverTimes.back(),
            .median = times[times.size() / 2],
            .p99 = times[(times.size() - 1) * 99 / 100],
            .longest = times.back()};
}

ImageProgress ImageBook::progress(TimePoint now) const {
    ImageProgress progress{.state = m_state,
                           .compatible = isCompatible(),
                           .refusal = {},
                           .pointsTotal = m_fine.counts.size(),
                           .points = m_points,
                           .tilesTotal = m_grid.count(),
                           .tilesDone = m_tilesDone,
                           .redonePoints = m_redone,
                           .redoneRows = m_redoneRows,
                           .tilesAskedTwice = m_tilesAskedTwice,
                           .failovers = m_failovers,
                           .failoverTimes = failoverTimes(),
                           .started = m_started,
                           .updated = m_state == ImageState::Computing ? now : m_ended};
    if (m_speed.empty()) {
        return progress;
    }
    // While it runs, the speed of the last second; afterwards that of the whole image.
    const SpeedSample from = m_state == ImageState::Computing ? m_speed.front() : SpeedSample{m_started, 0};
    const std::chrono::duration<double> seconds = progress.updated - from.at;
    if (seconds > 1ms) {
        progress.pointsPerSecond = static_cast<double>(m_taken - from.points) / seconds.count();
    }
    if (m_state == ImageState::Computing && progress.pointsPerSecond > 1.0) {
        const double left = static_cast<double>(progress.pointsTotal - m_points) / progress.pointsPerSecond;
        if (left < 1e9) {
            progress.remaining = std::chrono::duration_cast<Duration>(std::chrono::duration<double>(left));
        }
    }
    return progress;
}

std::uint64_t ImageBook::redoneRows(std::uint32_t tile) const {
    return static_cast<std::uint64_t>(std::ranges::count(m_tiles[tile].redoneRows, true));
}

TileStatus ImageBook::statusOf(std::uint32_t tile) const {
    const Tile& page = m_tiles[tile];
    return {.tile = tile,
            .state = page.state,
            .points = page.points,
            .redonePoints = page.redone,
            .session = page.session,
            .element = page.element,
            .failovers = page.failovers,
            .askedTwice = page.askedTwice,
            .computing = page.ended == TimePoint{} ? Duration{} : page.ended - page.began};
}

std::shared_ptr<FractalUpdate> ImageBook::takeUpdate(TimePoint now) {
    auto update = std::make_shared<FractalUpdate>();
    update->image = m_id;
    update->begins = m_updates == 0;
    update->number = m_updates++;
    update->parameter = m_parameter;
    update->computed = m_fine.asked;
    update->coarse = m_coarse.asked;
    update->grid = m_grid;
    update->progress = progress(now);
    for (std::uint32_t tile = 0; tile < m_grid.count(); ++tile) {
        if (m_tiles[tile].changed) {
            m_tiles[tile].changed = false;
            update->tiles.push_back(statusOf(tile));
        }
    }
    update->counts.swap(m_newCounts);
    update->fractions.swap(m_newFractions);
    update->pieces.swap(m_fine.newPieces);
    update->coarsePieces.swap(m_coarse.newPieces);
    update->failovers.swap(m_newFailovers);
    update->elements = m_elements;
    return update;
}

} // namespace kolam::fractal
