// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a recording: from its beginning, or from any moment, for which it needs no more than the last key frame before
// it and what follows. Events of this version come back as they were written; others are counted.
// Next door: recording_writer.h; recording_index.h, how it jumps.
#pragma once

#include "core/telemetry/block_reader.h"
#include "core/telemetry/recording_index.h"

#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

namespace kolam::telemetry {

class RecordingReader {
public:
    struct Counters {
        std::uint64_t unreadable = 0; // packets that are no events
        std::uint64_t unknown = 0;    // events of a later version
    };
    /// Makes the index if need be. The error is a sentence.
    static std::expected<std::unique_ptr<RecordingReader>, std::string> open(const std::filesystem::path& path);

    [[nodiscard]] const RecordingIndex& index() const { return m_index; }
    [[nodiscard]] const Counters& counters() const { return m_counters; }
    /// Whether there is a torn block behind the last whole one.
    [[nodiscard]] bool torn() const { return m_blocks.size() > m_index.size; }

    /// Back to the first event.
    void rewind();
    /// To a moment. What next() gives then is what happens after it.
    /// @return how things were at that moment, as events: key frame, and what has happened from there on.
    [[nodiscard]] std::vector<Event> seek(WallTime moment);
    /// The next event; those of key frames are left out. Nothing: that was the last one.
    [[nodiscard]] std::optional<Event> next();

private:
    RecordingReader(BlockReader blocks, RecordingIndex index)
        : m_blocks(std::move(blocks))
        , m_index(std::move(index)) {}
    /// The next one, also of key frames.
    [[nodiscard]] std::optional<Event> nextOfAll();

    BlockReader m_blocks;
    RecordingIndex m_index;
    Counters m_counters;
    std::optional<Event> m_ahead; // read already, and not given yet
};

} // namespace kolam::telemetry
