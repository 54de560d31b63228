// SPDX-License-Identifier: GPL-3.0-or-later
// Environments that users have uploaded: large files that many jobs share, kept in a folder under their SHA-256, so
// that each is uploaded once. The protocol names them by SHA-1, for which others can be forged: whoever uploads a
// second file of the same SHA-1 makes both unknown. Next door: script_files.h computes the digests.
#pragma once

#include "core/base/log.h"
#include "demos/services/scripting/script_files.h"

#include <expected>
#include <filesystem>
#include <list>
#include <optional>
#include <string>

namespace kolam::scripting {

class EnvironmentCache {
public:
    struct Limits {
        std::uint64_t octets = 128ULL << 20U;
        std::size_t entries = 16;
    };
    using Sha1 = std::array<std::uint8_t, 20>;

    /// Takes what is in the folder already, after having computed its digests. An empty name: a folder that dies with
    /// the cache. The error is a sentence.
    static std::expected<std::unique_ptr<EnvironmentCache>, std::string> open(const std::string& folder, Limits limits,
                                                                              Log& log);
    ~EnvironmentCache();
    EnvironmentCache(const EnvironmentCache&) = delete;
    EnvironmentCache& operator=(const EnvironmentCache&) = delete;

    /// Where it is, and that it was used; nothing when it has to be uploaded.
    [[nodiscard]] std::optional<std::string> find(const Sha1& name);
    /// Keeps an uploaded file, if it is what its name says; those that were not used for longest may have to go.
    /// @return where it is. The error is a sentence.
    std::expected<std::string, std::string> store(int descriptor, const Sha1& name);
    [[nodiscard]] std::size_t size() const { return m_entries.size(); }

private:
    struct Entry {
        Digests digests;
        std::filesystem::path file;
        std::uint64_t octets;
    };
    EnvironmentCache(std::filesystem::path folder, bool temporary, Limits limits, Log& log);
    void adopt(const std::filesystem::path& file);
    void remove(std::list<Entry>::iterator entry);
    void makeRoom(std::uint64_t octets);

    std::filesystem::path m_folder;
    bool m_temporary;
    Limits m_limits;
    Log& m_log;
    std::list<Entry> m_entries; // the last one used first
};

} // namespace kolam::scripting
