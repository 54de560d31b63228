// SPDX-License-Identifier: GPL-3.0-or-later
// Where the events of one recording are by time, kind and object, in columns that are looked through in a millisecond
// for each million. It lives beside the recording (FILE.find) and says nothing that the recording does not say: when it
// is missing, or of another state of the file, it is made again. Next door: recording_store.h, which asks it.
#pragma once

#include "core/telemetry/event_log.h"

#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace kolam::telemetry {

struct EventQuery {
    std::optional<WallTime> from; // and this moment itself
    std::optional<WallTime> to;
    std::optional<ComponentId> object; // that tells it, or that it is about
    std::optional<std::size_t> kind;   // index of EventBody's alternatives
    std::size_t most = 1'000;          // events that are wanted: the last ones
};

class SearchIndex {
public:
    /// @param offset  of the event's block in its recording
    void add(const Event& event, std::uint32_t offset);
    /// Calls `visit` with the offsets of all that fit, the last one first.
    void find(const EventQuery& query, const std::function<void(std::uint32_t offset)>& visit) const;
    [[nodiscard]] std::size_t size() const { return m_times.size(); }

    /// @param recorded  octets of the recording
    void save(const std::filesystem::path& recording, std::uint64_t recorded) const;
    /// Nothing: there is none, or it is not of a recording of this size.
    [[nodiscard]] static std::optional<SearchIndex> load(const std::filesystem::path& recording,
                                                         std::uint64_t recorded);
    /// Reads the whole recording. The error is a sentence.
    [[nodiscard]] static std::expected<SearchIndex, std::string> make(const std::filesystem::path& recording);
    [[nodiscard]] static std::filesystem::path pathOf(const std::filesystem::path& recording);

private:
    /// Who tells it, and up to two others that it is about; an index into m_objects each.
    struct Subjects {
        std::uint32_t teller = 0;
        std::uint32_t about = 0;
        std::uint32_t also = 0;
    };
    [[nodiscard]] std::uint32_t numberOf(ComponentId object);

    std::vector<std::int64_t> m_times;
    std::vector<std::uint8_t> m_kinds;
    std::vector<Subjects> m_subjects;
    std::vector<std::uint32_t> m_offsets;
    std::vector<ComponentId> m_objects{ComponentId{}}; // 0: nobody
    std::unordered_map<ComponentId, std::uint32_t> m_numbers;
};

} // namespace kolam::telemetry
