// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/telemetry/observer_folder.h"

#include "core/telemetry/local_socket.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace kolam::telemetry {

namespace {

constexpr mode_t onlyUs = 0700;

/// The error is a sentence.
std::expected<void, std::string> makeOurs(const std::filesystem::path& folder) {
    if (::mkdir(folder.c_str(), onlyUs) != 0 && errno != EEXIST) {
        return std::unexpected(fmt::format("cannot make the folder {}: {}", folder.string(), std::strerror(errno)));
    }
    struct stat found{};
    if (::lstat(folder.c_str(), &found) != 0) {
        return std::unexpected(fmt::format("cannot look at {}: {}", folder.string(), std::strerror(errno)));
    }
    // In /tmp anybody could have been there before us, with a link to somewhere else.
    if (!S_ISDIR(found.st_mode) || found.st_uid != ::geteuid()) {
        return std::unexpected(fmt::format("{} is not a folder of this user", folder.string()));
    }
    if ((found.st_mode & 0077) != 0 && ::chmod(folder.c_str(), onlyUs) != 0) {
        return std::unexpected(fmt::format("others can enter {}: {}", folder.string(), std::strerror(errno)));
    }
    return {};
}

std::filesystem::path userFolder() {
    const char* const runtime = std::getenv("XDG_RUNTIME_DIR");
    if (runtime != nullptr && *runtime == '/') {
        return std::filesystem::path{runtime} / "kolam";
    }
    return fmt::format("/tmp/kolam-{}", ::geteuid());
}

} // namespace

bool isScope(std::string_view text) {
    const auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    return !text.empty() && text.size() <= 32 && plain(text.front()) &&
           std::ranges::all_of(text, [&](char c) { return plain(c) || c == '-' || c == '_' || c == '.'; });
}

std::filesystem::path observerFolder(std::string_view scope) {
    return userFolder() / scope;
}

std::expected<std::filesystem::path, std::string> makeObserverFolder(std::string_view scope) {
    for (const std::filesystem::path& folder : {userFolder(), observerFolder(scope)}) {
        if (auto made = makeOurs(folder); !made) {
            return std::unexpected(std::move(made.error()));
        }
    }
    return observerFolder(scope);
}

std::vector<std::filesystem::path> observerSockets(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> sockets;
    std::error_code error;
    for (std::filesystem::directory_iterator entry{folder, error};
         !error && entry != std::filesystem::directory_iterator{}; entry.increment(error)) {
        std::error_code gone;
        if (entry->is_socket(gone) && entry->path().extension() == ".sock") {
            sockets.push_back(entry->path());
        }
    }
    std::ranges::sort(sockets);
    return sockets;
}

Listening listensAt(const std::filesystem::path& socket) {
    const auto connected = LocalSocket::connect(socket);
    if (connected || connected.error() == std::errc::resource_unavailable_try_again) { // too many wait for it already
        return Listening::Yes;
    }
    const bool nobody =
        connected.error() == std::errc::connection_refused || connected.error() == std::errc::no_such_file_or_directory;
    return nobody ? Listening::No : Listening::Unknown;
}

} // namespace kolam::telemetry
