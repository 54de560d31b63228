// SPDX-License-Identifier: GPL-3.0-or-later
// Where the key frames of a recording are, so that a reader can jump. It lives beside the recording (FILE.idx) and
// says nothing that the recording does not say: when it is missing, or of another state of the file, it is made again.
// Next door: recording_writer.h and recording_reader.h.
#pragma once

#include "core/telemetry/event_log.h"

#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace kolam::telemetry {

struct RecordingIndex {
    struct KeyFrame {
        WallTime time;
        std::uint64_t offset = 0; // of the block of its KeyFrameBegan
        std::uint64_t events = 0; // before it, those of key frames not counted
        friend bool operator==(const KeyFrame&, const KeyFrame&) = default;
    };
    std::uint64_t size = 0; // octets of the recording, up to its last whole block
    std::uint64_t events = 0;
    WallTime first; // of an event
    WallTime last;
    std::vector<KeyFrame> keyFrames;
    friend bool operator==(const RecordingIndex&, const RecordingIndex&) = default;

    /// Takes note of one block's event.
    void take(WallTime time, std::uint64_t offset, bool beginsKeyFrame, bool inKeyFrame);
};

[[nodiscard]] std::filesystem::path indexPath(const std::filesystem::path& recording);
/// Nothing: there is none, or it is not of a recording of this size.
[[nodiscard]] std::optional<RecordingIndex> loadIndex(const std::filesystem::path& recording, std::uint64_t size);
/// Where it cannot be written, it is made again the next time.
void saveIndex(const std::filesystem::path& recording, const RecordingIndex& index);
/// Reads the whole recording. The error is a sentence: it is none.
[[nodiscard]] std::expected<RecordingIndex, std::string> makeIndex(const std::filesystem::path& recording);

} // namespace kolam::telemetry
