// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/services/scripting/environment_cache.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <numeric>
#include <vector>

namespace kolam::scripting {

namespace fs = std::filesystem;

std::expected<std::unique_ptr<EnvironmentCache>, std::string> EnvironmentCache::open(const std::string& folder,
                                                                                     Limits limits, Log& log) {
    fs::path place = folder;
    if (folder.empty()) {
        std::error_code error;
        std::string name = (fs::temp_directory_path(error) / "kolam-environments.XXXXXX").string();
        if (error || ::mkdtemp(name.data()) == nullptr) {
            return std::unexpected(fmt::format("no folder for environments can be made: {}", std::strerror(errno)));
        }
        place = name;
    }
    std::error_code error;
    fs::create_directories(place, error);
    std::unique_ptr<EnvironmentCache> cache{new EnvironmentCache(place, folder.empty(), limits, log)};
    std::vector<fs::path> files;
    for (fs::directory_iterator at{place, error}, end; !error && at != end; at.increment(error)) {
        files.push_back(at->path());
    }
    if (error) {
        return std::unexpected(fmt::format("{}: {}", place.string(), error.message()));
    }
    for (const fs::path& file : files) {
        cache->adopt(file);
    }
    cache->makeRoom(0);
    return cache;
}

EnvironmentCache::EnvironmentCache(fs::path folder, bool temporary, Limits limits, Log& log)
    : m_folder(std::move(folder))
    , m_temporary(temporary)
    , m_limits(limits)
    , m_log(log) {}

EnvironmentCache::~EnvironmentCache() {
    if (m_temporary) {
        std::error_code error;
        fs::remove_all(m_folder, error);
    }
}

/// A file of an earlier life: it is what its name says, or it goes.
void EnvironmentCache::adopt(const fs::path& file) {
    const Descriptor descriptor{::open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC)};
    const auto digests = descriptor.ok() ? digestsOf(descriptor.get()) : std::unexpected(std::string{});
    if (digests && file.filename() == toHex(std::as_bytes(std::span{digests->sha256}))) {
        m_entries.push_back({*digests, file, sizeOf(descriptor.get())});
    } else {
        m_log.warning("scripting: {} is no environment of that name, and is left alone", file.string());
    }
}

std::optional<std::string> EnvironmentCache::find(const Sha1& name) {
    const auto found = std::ranges::find(m_entries, name, [](const Entry& entry) { return entry.digests.sha1; });
    if (found == m_entries.end()) {
        return std::nullopt;
    }
    m_entries.splice(m_entries.begin(), m_entries, found);
    return m_entries.front().file.string();
}

std::expected<std::string, std::string> EnvironmentCache::store(int descriptor, const Sha1& name) {
    const auto digests = digestsOf(descriptor);
    if (!digests) {
        return std::unexpected(digests.error());
    }
    if (digests->sha1 != name) {
        return std::unexpected("the environment is not the one that was announced");
    }
    const std::uint64_t octets = sizeOf(descriptor);
    if (octets > m_limits.octets) {
        return std::unexpected("the environment is larger than the cache");
    }
    if (const auto other = std::ranges::find(m_entries, name, [](const Entry& entry) { return entry.digests.sha1; });
        other != m_entries.end()) {
        if (other->digests.sha256 == digests->sha256) {
            return other->file.string(); // two users uploaded it at the same time
        }
        m_log.warning("scripting: two environments have one SHA-1: somebody forges them; both are forgotten");
        remove(other);
        return std::unexpected("the environment's SHA-1 is that of another one");
    }
    makeRoom(octets);
    const fs::path file = m_folder / toHex(std::as_bytes(std::span{digests->sha256}));
    const Descriptor copy{::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600)};
    std::vector<std::byte> buffer(65'536);
    std::int64_t got = 0;
    for (std::uint64_t at = 0; copy.ok() && (got = readAt(descriptor, at, buffer)) > 0;
         at += static_cast<std::uint64_t>(got)) {
        if (!append(copy.get(), OctetView{buffer}.first(static_cast<std::size_t>(got)))) {
            got = -1;
            break;
        }
    }
    if (!copy.ok() || got < 0) {
        std::error_code error;
        fs::remove(file, error);
        return std::unexpected("the environment cannot be kept: is the disk full?");
    }
    m_entries.push_front({*digests, file, octets});
    return file.string();
}

void EnvironmentCache::remove(std::list<Entry>::iterator entry) {
    std::error_code error;
    fs::remove(entry->file, error); // jobs that have it open keep it
    m_entries.erase(entry);
}

void EnvironmentCache::makeRoom(std::uint64_t octets) {
    const auto used = [this] {
        return std::accumulate(m_entries.begin(), m_entries.end(), std::uint64_t{0},
                               [](std::uint64_t sum, const Entry& entry) { return sum + entry.octets; });
    };
    const std::size_t room = octets > 0 ? 1 : 0;
    while (!m_entries.empty() && (m_entries.size() + room > m_limits.entries || used() + octets > m_limits.octets)) {
        remove(std::prev(m_entries.end()));
    }
}

} // namespace kolam::scripting
