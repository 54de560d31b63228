// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/telemetry/recording_index.h"

#include "core/telemetry/block_reader.h"
#include "core/telemetry/pcapng.h"

#include <array>
#include <cstring>
#include <fmt/format.h>
#include <fstream>

namespace kolam::telemetry {

namespace {

constexpr std::array<char, 8> magic{'K', 'O', 'L', 'A', 'M', 'I', 'D', '1'};
constexpr std::uint64_t mostKeyFrames = 100'000'000; // more are no index of ours

template <typename Value>
bool readInto(std::istream& from, Value& value) {
    return static_cast<bool>(from.read(reinterpret_cast<char*>(&value), sizeof value));
}
template <typename Value>
void writeTo(std::ostream& to, const Value& value) {
    to.write(reinterpret_cast<const char*>(&value), sizeof value);
}

bool says(std::string_view json, std::string_view event) {
    return json.find(event) != std::string_view::npos;
}

} // namespace

void RecordingIndex::take(WallTime time, std::uint64_t offset, bool beginsKeyFrame, bool inKeyFrame) {
    if (beginsKeyFrame) {
        keyFrames.push_back({time, offset, events});
    } else if (!inKeyFrame) {
        first = events == 0 ? time : first;
        last = events == 0 ? time : std::max(last, time);
        ++events;
    }
}

std::filesystem::path indexPath(const std::filesystem::path& recording) {
    return recording.string() + ".idx";
}

std::optional<RecordingIndex> loadIndex(const std::filesystem::path& recording, std::uint64_t size) {
    std::ifstream file{indexPath(recording), std::ios::binary};
    std::array<char, magic.size()> found{};
    std::uint64_t count = 0;
    RecordingIndex index;
    if (!readInto(file, found) || found != magic || !readInto(file, index.size) || index.size != size ||
        !readInto(file, index.events) || !readInto(file, index.first) || !readInto(file, index.last) ||
        !readInto(file, count) || count > mostKeyFrames) {
        return std::nullopt;
    }
    for (; count > 0; --count) {
        if (!readInto(file, index.keyFrames.emplace_back())) {
            return std::nullopt;
        }
    }
    return index;
}

void saveIndex(const std::filesystem::path& recording, const RecordingIndex& index) {
    const std::filesystem::path path = indexPath(recording);
    const std::filesystem::path fresh = path.string() + ".new"; // so that nobody reads half of one
    {
        std::ofstream file{fresh, std::ios::binary | std::ios::trunc};
        writeTo(file, magic);
        writeTo(file, index.size);
        writeTo(file, index.events);
        writeTo(file, index.first);
        writeTo(file, index.last);
        writeTo(file, std::uint64_t{index.keyFrames.size()});
        for (const RecordingIndex::KeyFrame& frame : index.keyFrames) {
            writeTo(file, frame);
        }
        if (!file.flush()) {
            return;
        }
    }
    std::error_code ignored;
    std::filesystem::rename(fresh, path, ignored);
}

std::expected<RecordingIndex, std::string> makeIndex(const std::filesystem::path& recording) {
    auto blocks = BlockReader::open(recording);
    if (!blocks) {
        return std::unexpected(std::move(blocks.error()));
    }
    RecordingIndex index;
    bool inKeyFrame = false;
    while (true) {
        const std::uint64_t offset = blocks->offset();
        const auto block = blocks->next();
        if (!block) {
            break;
        }
        if (offset == 0 && block->type != pcapng::sectionType) {
            return std::unexpected(fmt::format("{} is no recording", recording.string()));
        }
        index.size = blocks->offset();
        const auto packet = block->type == pcapng::packetType ? pcapng::readPacket(block->body) : std::nullopt;
        if (packet) {
            // Key frames have no comments, and are short: their names need not be looked for in all packets.
            const bool plain = packet->comment.empty() && packet->data.size() < 512;
            const bool begins = plain && says(packet->data, "\"event\":\"key_frame_began\"");
            inKeyFrame = inKeyFrame || begins;
            index.take(WallTime{packet->nanoseconds}, offset, begins, inKeyFrame);
            inKeyFrame = inKeyFrame && !(plain && says(packet->data, "\"event\":\"key_frame_ended\""));
        }
    }
    if (index.size == 0) {
        return std::unexpected(fmt::format("{} is no recording", recording.string()));
    }
    return index;
}

} // namespace kolam::telemetry
