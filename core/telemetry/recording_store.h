// SPDX-License-Identifier: GPL-3.0-or-later
// A history that stays: a folder of recordings, one after the other, of which the oldest go when there is too much.
// Each begins with a key frame, so that each can be read alone, by every program that reads recordings. Events are
// found by object, kind and time. Messages are not kept. Next door: recording_writer.h; search_index.h.
#pragma once

#include "core/telemetry/recording_writer.h"
#include "core/telemetry/search_index.h"

#include <expected>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace kolam::telemetry {

class RecordingStore {
public:
    struct Limits {
        std::uint64_t octets = 1'000'000'000; // of all recordings together
        std::uint64_t recording = 64'000'000; // of one; then the next begins
    };
    struct Found {
        std::vector<Event> events; // the last ones, oldest first
        std::uint64_t all = 0;     // that fit
    };
    /// Makes the folder if need be, and indexes of what is there. The error is a sentence.
    static std::expected<std::unique_ptr<RecordingStore>, std::string> open(const std::filesystem::path& folder,
                                                                            Limits limits);
    static std::expected<std::unique_ptr<RecordingStore>, std::string> open(const std::filesystem::path& folder) {
        return open(folder, Limits{});
    }
    ~RecordingStore(); // with the index of what was written

    void write(const Event& event);
    /// Hands everything to the system. False: it did not take it; trouble() says why.
    bool flush();
    [[nodiscard]] const std::string& trouble() const { return m_trouble; }

    [[nodiscard]] Found find(const EventQuery& query);
    [[nodiscard]] std::uint64_t events() const;
    [[nodiscard]] std::uint64_t octets() const;
    /// Oldest first.
    [[nodiscard]] std::vector<std::filesystem::path> recordings() const;

private:
    struct Kept {
        std::filesystem::path path;
        std::uint64_t octets = 0;
        SearchIndex index;
    };
    RecordingStore(std::filesystem::path folder, Limits limits);
    void beginNext(WallTime time);
    void endCurrent();
    void dropOldest();

    std::filesystem::path m_folder;
    Limits m_limits;
    std::vector<Kept> m_kept; // oldest first; the last one is being written while there is a writer
    std::unique_ptr<RecordingWriter> m_writer;
    StandingEvents m_standing;
    std::string m_trouble;
};

} // namespace kolam::telemetry
