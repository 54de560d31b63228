// SPDX-License-Identifier: GPL-3.0-or-later
// What the tile engine tells a window: immutable batches, whole in themselves, that may cross to another thread.
// Next door: fractal_pool_user.h makes them.
#pragma once

#include "core/base/address.h"
#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/node/user_node.h"
#include "core/wire/services.h"
#include "demos/users/fractal/tile_grid.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kolam::fractal {

/// Names one computation of one image; counts up, 0 is none.
enum class ImageId : std::uint64_t { None = 0 };

/// Whether a coarse image is computed before the image itself.
enum class CoarsePass : bool { No, Yes };

enum class ImageState : std::uint8_t {
    Idle,
    Computing,
    Complete,
    Cancelled,
    Refused, // an element has said that this cannot be computed: ImageProgress::refusal
};

enum class TileState : std::uint8_t {
    Queued,      // no session has it yet
    Waiting,     // its session waits for an element: no registrar, no element, or all slots taken
    Computing,   // points are coming
    FailingOver, // its element is lost, the next one is being looked for
    Recomputing, // at the next element, which repeats points that had come already
    Done,
};
[[nodiscard]] std::string_view toText(TileState state);
[[nodiscard]] std::string_view toText(ImageState state);

struct TileStatus {
    std::uint32_t tile = 0; // number in the grid
    TileState state = TileState::Queued;
    std::uint32_t points = 0;       // that are there, of TileGrid::rect(tile)
    std::uint32_t redonePoints = 0; // that came more than once
    std::uint32_t session = 0;      // number of the session that works, or worked last, on it; 0: none yet
    std::uint16_t element = 0;      // index into FractalUpdate::elements of the last one that computed; 0: none yet
    std::uint16_t failovers = 0;    // of its sessions while they worked on it
    bool askedTwice = false;        // its element is slow, so another one was asked, too
    Duration computing{};           // from the first request to the last point, for a map of times
};

/// A run of points of one row, with who computed them.
struct RowPiece {
    std::uint32_t x = 0; // in the image
    std::uint32_t y = 0;
    std::uint32_t length = 0; // points; counts are FractalUpdate::counts[first .. first+length-1]
    std::uint32_t first = 0;
    std::uint32_t session = 0;
    std::uint16_t element = 0;   // index into FractalUpdate::elements
    std::uint16_t failovers = 0; // of the tile, before these points came
};

struct FailoverEvent {
    enum class Phase : std::uint8_t { Begin, End };
    Phase phase = Phase::Begin;
    TimePoint at{};
    std::uint32_t session = 0;
    std::optional<std::uint32_t> tile; // none: the session was between two tiles
    PeIdentifier failed;
    PeIdentifier next; // End only
    FailoverCause cause = FailoverCause::None;
    Duration took{};      // End only
    bool resumed = false; // End only: a cookie handed the state over; else the tile started again
};

/// One element that has worked for us. Entry 0 of the table stands for "none".
struct ElementUse {
    PeIdentifier identifier;
    TransportAddress address;
    bool isOurs = false;           // it answers the session keep-alive
    std::uint32_t sessions = 0;    // that stand at it now
    std::uint64_t points = 0;      // that it computed for this image
    std::uint64_t failedAway = 0;  // failovers that left it
    std::optional<TimePoint> lost; // when the last failover left it, until it works for us again
};

/// One session worker.
struct SessionView {
    std::uint32_t number = 0; // from 1
    SessionState state = SessionState::Idle;
    WaitReason waitReason = WaitReason::None;
    TimePoint retryAt{};
    std::uint16_t element = 0;         // index into FractalUpdate::elements
    std::optional<std::uint32_t> tile; // it works on
    std::uint64_t failovers = 0;
    std::uint64_t attempts = 0; // connects tried
};

struct FailoverTimes { // of the completed ones of this image; all 0 when there is none
    std::uint64_t count = 0;
    Duration last{};
    Duration median{};
    Duration p99{};
    Duration longest{};
};

struct ImageProgress {
    ImageState state = ImageState::Idle;
    /// Computed as rsplib's elements know it, in bands: no element has announced that it knows the extended fractals.
    bool compatible = false;
    /// Elements have been found, but none that knows this fractal, and rsplib's know nothing like it.
    bool nobodyKnowsIt = false;
    std::string refusal; // an element's words, from the network; of a refused image
    std::uint64_t pointsTotal = 0;
    std::uint64_t points = 0; // that are there
    std::uint32_t tilesTotal = 0;
    std::uint32_t tilesDone = 0;
    std::uint64_t redonePoints = 0; // came more than once
    std::uint64_t redoneRows = 0;   // rows of tiles that hold such points
    std::uint32_t tilesAskedTwice = 0;
    std::uint64_t failovers = 0; // begun
    FailoverTimes failoverTimes;
    double pointsPerSecond = 0; // over the last second, or since the start
    TimePoint started{};
    TimePoint updated{};               // of this batch; when the image completed, if it has
    std::optional<Duration> remaining; // estimated
    /// Why nothing, or not everything, moves: the reason of the waiting sessions (the most frequent one).
    WaitReason waitReason = WaitReason::None;
    std::uint32_t sessionsWaiting = 0;
    TimePoint retryAt{}; // the earliest of them
};

/// Everything that has changed since the previous batch of the same image. The first batch of an image has `begins`
/// set and holds no counts; whoever keeps an image buffer clears it then.
struct FractalUpdate {
    ImageId image = ImageId::None;
    std::uint64_t number = 0; // counts up by one for each batch of an image, from 0
    bool begins = false;
    wire::FractalParameter parameter; // of the image, as it was asked for
    wire::FractalParameter computed;  // what elements are asked for; another one in compatible mode
    TileGrid grid;
    ImageProgress progress;               // whole
    std::vector<std::uint32_t> counts;    // of all pieces, one after the other
    std::vector<std::uint32_t> fractions; // beside them, in 2^-32; empty for rsplib's fractals, which have none
    std::vector<RowPiece> pieces;         // changed only, in the order in which they came
    wire::FractalParameter coarse;        // what is asked first: coarseOf(computed); no width: nothing
    std::vector<RowPiece> coarsePieces;   // of that one; their counts are among `counts`, too
    std::vector<TileStatus> tiles;        // changed only; all of them in the first batch
    std::vector<FailoverEvent> failovers; // new ones only
    std::vector<ElementUse> elements;     // whole table; entries keep their index while the engine lives
    std::vector<SessionView> sessions;    // whole
};

} // namespace kolam::fractal
