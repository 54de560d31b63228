// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/telemetry/recording_store.h"

#include "core/telemetry/block_reader.h"

#include <algorithm>
#include <fmt/format.h>
#include <numeric>
#include <utility>

namespace kolam::telemetry {

namespace {

/// The event of the block at an offset.
std::optional<Event> eventAt(BlockReader& blocks, std::uint32_t offset) {
    blocks.seek(offset);
    const auto block = blocks.next();
    const auto packet = block && block->type == pcapng::packetType ? pcapng::readPacket(block->body) : std::nullopt;
    if (!packet) {
        return std::nullopt;
    }
    auto event = readEvent(packet->comment.empty() ? packet->data : packet->comment);
    return event ? std::optional{std::move(*event)} : std::nullopt;
}

bool isRecording(const std::filesystem::path& path) {
    return path.filename().string().starts_with("history-") && path.string().ends_with(recordingSuffix);
}

} // namespace

RecordingStore::RecordingStore(std::filesystem::path folder, Limits limits)
    : m_folder(std::move(folder))
    , m_limits(limits) {}

std::expected<std::unique_ptr<RecordingStore>, std::string> RecordingStore::open(const std::filesystem::path& folder,
                                                                                 Limits limits) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    std::vector<std::filesystem::path> paths;
    for (auto entry = std::filesystem::directory_iterator(folder, error);
         !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
        if (isRecording(entry->path())) {
            paths.push_back(entry->path());
        }
    }
    if (error) {
        return std::unexpected(fmt::format("the history {} cannot be kept: {}", folder.string(), error.message()));
    }
    std::ranges::sort(paths); // by their first event
    std::unique_ptr<RecordingStore> store{new RecordingStore{folder, limits}};
    for (const std::filesystem::path& path : paths) {
        const std::uint64_t octets = std::filesystem::file_size(path, error);
        auto index = SearchIndex::load(path, octets);
        if (!index) {
            auto made = SearchIndex::make(path);
            if (!made) {
                continue; // whatever it is, it is none of ours
            }
            made->save(path, octets);
            index = std::move(*made);
        }
        store->m_kept.push_back({path, octets, std::move(*index)});
    }
    store->dropOldest();
    return store;
}

RecordingStore::~RecordingStore() {
    endCurrent();
}

void RecordingStore::write(const Event& event) {
    if (!m_trouble.empty() || std::holds_alternative<MessageSeen>(event.body)) {
        return;
    }
    if (!m_writer || m_writer->size() >= m_limits.recording) {
        beginNext(event.wall);
        if (!m_writer) {
            return;
        }
    }
    m_writer->write(event);
    m_standing.take(event);
    m_kept.back().index.add(event, static_cast<std::uint32_t>(m_writer->lastOffset()));
    m_kept.back().octets = m_writer->size();
}

bool RecordingStore::flush() {
    if (m_writer && !m_writer->flush()) {
        m_trouble = m_writer->trouble();
    }
    return m_trouble.empty();
}

void RecordingStore::beginNext(WallTime time) {
    endCurrent();
    // Nanoseconds of 19 digits: names are in the order of times. A clock that was set back takes the next free one.
    std::int64_t nanoseconds = time.value;
    const auto pathOf = [&] { return m_folder / fmt::format("history-{:019}{}", nanoseconds, recordingSuffix); };
    while (std::filesystem::exists(pathOf())) {
        ++nanoseconds;
    }
    auto writer = RecordingWriter::open(pathOf());
    if (!writer) {
        m_trouble = writer.error();
        return;
    }
    m_writer = std::move(*writer);
    m_writer->goOnFrom(m_standing);
    m_kept.push_back({pathOf(), 0, {}});
    dropOldest();
}

void RecordingStore::endCurrent() {
    if (!m_writer) {
        return;
    }
    (void)flush();
    m_kept.back().octets = m_writer->size();
    m_writer.reset();
    m_kept.back().index.save(m_kept.back().path, m_kept.back().octets);
}

/// So much that what is being written can grow to its end.
void RecordingStore::dropOldest() {
    while (m_kept.size() > 1 && octets() + m_limits.recording > m_limits.octets) {
        std::error_code ignored; // who is not allowed to remove it will not be next time either
        for (const auto& path :
             {m_kept.front().path, SearchIndex::pathOf(m_kept.front().path), indexPath(m_kept.front().path)}) {
            std::filesystem::remove(path, ignored);
        }
        m_kept.erase(m_kept.begin());
    }
}

RecordingStore::Found RecordingStore::find(const EventQuery& query) {
    (void)flush();
    Found found;
    for (auto kept = m_kept.rbegin(); kept != m_kept.rend(); ++kept) {
        std::vector<std::uint32_t> offsets;
        kept->index.find(query, [&](std::uint32_t offset) {
            ++found.all;
            if (found.events.size() + offsets.size() < query.most) {
                offsets.push_back(offset);
            }
        });
        auto blocks = offsets.empty() ? std::nullopt : std::optional{BlockReader::open(kept->path)};
        for (const std::uint32_t offset : offsets) {
            if (auto event = *blocks ? eventAt(**blocks, offset) : std::nullopt) {
                found.events.push_back(std::move(*event));
            }
        }
    }
    std::ranges::reverse(found.events);
    return found;
}

std::uint64_t RecordingStore::events() const {
    return std::accumulate(m_kept.begin(), m_kept.end(), std::uint64_t{0},
                           [](std::uint64_t sum, const Kept& kept) { return sum + kept.index.size(); });
}

std::uint64_t RecordingStore::octets() const {
    return std::accumulate(m_kept.begin(), m_kept.end(), std::uint64_t{0},
                           [](std::uint64_t sum, const Kept& kept) { return sum + kept.octets; });
}

std::vector<std::filesystem::path> RecordingStore::recordings() const {
    std::vector<std::filesystem::path> paths;
    paths.reserve(m_kept.size());
    std::ranges::transform(m_kept, std::back_inserter(paths), &Kept::path);
    return paths;
}

} // namespace kolam::telemetry
