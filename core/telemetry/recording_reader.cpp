// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/telemetry/recording_reader.h"

#include <algorithm>
#include <utility>

namespace kolam::telemetry {

std::expected<std::unique_ptr<RecordingReader>, std::string> RecordingReader::open(const std::filesystem::path& path) {
    auto blocks = BlockReader::open(path);
    if (!blocks) {
        return std::unexpected(std::move(blocks.error()));
    }
    auto index = loadIndex(path, blocks->size());
    if (!index) {
        auto made = makeIndex(path);
        if (!made) {
            return std::unexpected(std::move(made.error()));
        }
        index = std::move(*made);
        if (index->size == blocks->size()) { // of a file that is torn, or still growing, it would not be found again
            saveIndex(path, *index);
        }
    }
    return std::unique_ptr<RecordingReader>{new RecordingReader{std::move(*blocks), std::move(*index)}};
}

void RecordingReader::rewind() {
    m_ahead.reset();
    m_blocks.seek(0);
}

std::vector<Event> RecordingReader::seek(WallTime moment) {
    rewind();
    const auto after = std::ranges::upper_bound(m_index.keyFrames, moment, {}, &RecordingIndex::KeyFrame::time);
    if (after != m_index.keyFrames.begin()) {
        m_blocks.seek(std::prev(after)->offset);
    }
    std::vector<Event> events;
    bool begun = false; // later key frames say nothing new
    bool skipping = false;
    while (auto event = nextOfAll()) {
        if (std::holds_alternative<KeyFrameBegan>(event->body)) {
            skipping = std::exchange(begun, true);
        } else if (std::holds_alternative<KeyFrameEnded>(event->body)) {
            skipping = false;
        } else if (event->wall > moment) {
            if (!skipping) {
                m_ahead = std::move(event);
                break;
            }
        } else if (!skipping) {
            events.push_back(std::move(*event));
        }
    }
    return events;
}

std::optional<Event> RecordingReader::next() {
    if (m_ahead) {
        return std::exchange(m_ahead, std::nullopt);
    }
    bool skipping = false;
    while (auto event = nextOfAll()) {
        if (std::holds_alternative<KeyFrameBegan>(event->body)) {
            skipping = true;
        } else if (std::holds_alternative<KeyFrameEnded>(event->body)) {
            skipping = false;
        } else if (!skipping) {
            return event;
        }
    }
    return std::nullopt;
}

std::optional<Event> RecordingReader::nextOfAll() {
    while (const auto block = m_blocks.next()) {
        const auto packet = block->type == pcapng::packetType ? pcapng::readPacket(block->body) : std::nullopt;
        if (!packet) {
            continue; // sections, interfaces, and what other programs may have put in
        }
        auto event = readEvent(packet->comment.empty() ? packet->data : packet->comment);
        if (!event) {
            ++(event.error().unknown ? m_counters.unknown : m_counters.unreadable);
            continue;
        }
        if (auto* const message = std::get_if<MessageSeen>(&event->body);
            message != nullptr && !packet->comment.empty()) {
            const OctetView payload = asOctets(packet->data);
            message->payload.assign(payload.begin(), payload.end());
        }
        return std::move(*event);
    }
    return std::nullopt;
}

} // namespace kolam::telemetry
