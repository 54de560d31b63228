// SPDX-License-Identifier: GPL-3.0-or-later
// The tile engine: computes an image by the sessions of a pool, and keeps book of who computed what.
// Next door: tile_grid.h cuts the image, fractal_update.h is what a window gets, fractal_reference.h computes the same
// image at home.
#pragma once

#include "core/base/log.h"
#include "core/dispatch/dispatcher.h"
#include "demos/users/fractal/fractal_update.h"
#include "demos/users/fractal/pool_sessions.h"

#include <functional>
#include <memory>
#include <vector>

namespace kolam::fractal {

using namespace std::chrono_literals;

/// Computes one image at a time with a number of sessions, each of which works on one tile at a time. A session that
/// loses its element goes on at the next one; a tile is given back to the queue when its session cannot go on. Tiles
/// are never cut again: two computations of an image can be compared point by point.
/// Everything happens on the dispatcher's thread, in bounded pieces; destroying it closes its sessions at once.
class FractalPoolUser {
public:
    static constexpr std::uint32_t maxSessions = 64;
    struct Config {
        PoolHandle pool{"FractalGeneratorPool"};
        std::uint32_t sessions = 6; // 1 to maxSessions
        std::uint32_t tileSide = TileGrid::defaultSide;
        /// A computing session without DATA for so long fails over, although it lives. Elements send what they have
        /// every second.
        Duration progressLimit = 5s;
        /// A tile whose session is without an element for so long may be taken over by a session that has one.
        Duration stealAfter = 500ms;
        /// A session at an element of ours is renewed after its tile when it is older than this, so that elements
        /// that came later get their share. Sessions at others' elements are renewed after every tile.
        Duration sessionLife = 2s;
        /// The last tiles, when an element is slow, are asked of another one, too; the first answer counts.
        bool asksTwice = true;
        /// An extended fractal for which only elements were found that do not know it is computed as they know it
        /// after so long, if they know it at all: the whole image, never a part of it.
        Duration compatibleAfter = 1s;
        Duration updateInterval = 33ms; // at most one batch in it
    };
    using UpdateCallback = std::function<void(std::shared_ptr<const FractalUpdate>)>;

    /// All must outlive the engine.
    FractalPoolUser(Dispatcher& dispatcher, PoolSessions& sessions, Log& log, Config config);
    ~FractalPoolUser();

    /// Called on the dispatcher's thread, at most once in Config::updateInterval, and once more when an image is
    /// complete or cancelled. It may call anything of the engine.
    void onUpdate(UpdateCallback callback);

    /// Begins an image; one that is being computed is cancelled before. Sizes and iterations must be within the
    /// protocol's limits (wire::FractalParameter) and at least 1, and an extended fractal must be one that elements can
    /// compute (objection() in smooth_plane.h); else nothing begins and ImageId::None comes back.
    /// @param coarse  whether a coarse image is computed first, for whoever has nothing else to show meanwhile
    ImageId start(const wire::FractalParameter& image, CoarsePass coarse = CoarsePass::No);
    /// Ends the current image and its sessions at once.
    void cancel();
    /// How many sessions work; takes effect at once: new ones are opened, surplus ones close and give back their
    /// tiles.
    void setSessions(std::uint32_t sessions);

    [[nodiscard]] const Config& config() const;
    /// The progress as of now, without waiting for a batch.
    [[nodiscard]] ImageProgress progress() const;
    /// All counts of the current image, row by row; points that have not come are FractalPoolUser::noCount.
    [[nodiscard]] const std::vector<std::uint32_t>& counts() const;
    static constexpr std::uint32_t noCount = 0xffffffff;
    /// Beside the counts, in 2^-32; empty for rsplib's fractals and in compatible mode.
    [[nodiscard]] const std::vector<std::uint32_t>& fractions() const;

    struct Impl;

private:
    std::unique_ptr<Impl> m_impl;
};

} // namespace kolam::fractal
