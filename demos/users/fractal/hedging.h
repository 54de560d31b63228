// SPDX-License-Identifier: GPL-3.0-or-later
// Which tile is worth being asked twice: one of the last of an image, at a slow element. Numbers only, no sessions.
// Next door: fractal_pool_user.cpp asks when no tile is left that nobody has.
#pragma once

#include "core/base/time.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace kolam::fractal {

/// A tile that a session works on.
struct TileInWork {
    std::uint32_t tile = 0;
    std::uint16_t element = 0; // that computes it: index in the book
    Duration elapsed{};        // since the session asked for it
    std::uint64_t come = 0;    // points since then
    std::uint64_t missing = 0; // points
};

/// How long tiles of an image take.
class TileTimes {
public:
    void add(Duration time);
    void clear() { m_sorted.clear(); }
    /// The median; nothing before a tile is done.
    [[nodiscard]] std::optional<Duration> usual() const;

private:
    std::vector<Duration> m_sorted;
};

/// The tile that `element` should be asked for, too, if any: one that has taken longer than is usual and is expected to
/// take longer than that once more, so that asking again is quicker than waiting. The one that would be waited for
/// longest comes first. What two sessions have already is not asked a third time.
[[nodiscard]] std::optional<std::uint32_t> worthAskingTwice(const std::vector<TileInWork>& all, std::uint16_t element,
                                                            Duration usual);

} // namespace kolam::fractal
