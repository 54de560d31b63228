// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/users/fractal/fractal_update.h"

#include <utility>

namespace kolam::fractal {

std::string_view toText(TileState state) {
    switch (state) {
    case TileState::Queued: return "queued";
    case TileState::Waiting: return "waiting";
    case TileState::Computing: return "computing";
    case TileState::FailingOver: return "failing over";
    case TileState::Recomputing: return "recomputing";
    case TileState::Done: return "done";
    }
    std::unreachable();
}

std::string_view toText(ImageState state) {
    switch (state) {
    case ImageState::Idle: return "idle";
    case ImageState::Computing: return "computing";
    case ImageState::Complete: return "complete";
    case ImageState::Cancelled: return "cancelled";
    case ImageState::Refused: return "refused";
    }
    std::unreachable();
}

} // namespace kolam::fractal
