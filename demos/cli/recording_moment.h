// SPDX-License-Identifier: GPL-3.0-or-later
// A moment of a recording as people name it. Next door: replay.cpp.
#pragma once

#include "core/telemetry/recording_index.h"

#include <expected>
#include <string>
#include <string_view>

namespace kolam::cli {

/// "12.5s", "250ms": since the recording's beginning. "17:24:42.5": of its first day (UTC), or the next one when that
/// was before its beginning. "2026-11-28 17:24:42.5": UTC. The error is the end of a sentence.
[[nodiscard]] std::expected<telemetry::WallTime, std::string> readMoment(std::string_view text,
                                                                         const telemetry::RecordingIndex& index);

} // namespace kolam::cli
