// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/cli/script_work.h"

#include "demos/services/scripting/archive.h"
#include "demos/services/scripting/script_files.h"

#include <array>
#include <cstdio>
#include <fcntl.h>
#include <fmt/format.h>

namespace kolam::cli {

namespace {

constexpr scripting::ArchiveLimits whatFits{.octets = 4ULL << 30U, .entries = 100'000};

/// 'it'\''s': one word for the shell, whatever is in it.
std::string quoted(const std::string& word) {
    std::string text = "'";
    for (const char character : word) {
        text += character == '\'' ? std::string{"'\\''"} : std::string{character};
    }
    return text + "'";
}

/// Copies a file to where people look, and removes it.
void sayAndRemove(const std::string& name, std::FILE* where) {
    const scripting::Descriptor file{::open(name.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC)};
    if (!file.ok()) {
        return;
    }
    std::array<std::byte, 65'536> octets;
    std::int64_t got = 0;
    for (std::uint64_t at = 0; (got = scripting::readAt(file.get(), at, octets)) > 0;
         at += static_cast<std::uint64_t>(got)) {
        std::fwrite(octets.data(), 1, static_cast<std::size_t>(got), where);
    }
    std::fflush(where);
    ::unlink(name.c_str());
}

} // namespace

std::string workScript(const std::vector<std::string>& command) {
    std::string line;
    for (const std::string& word : command) {
        line += quoted(word) + " ";
    }
    // Unpacked files have the times that they had at home, so that what is new can be told from them.
    return fmt::format("#!/bin/sh\n"
                       "results=$PWD/$1\n"
                       "mkdir -p job && touch -d '1 minute ago' begun && cd job || exit 126\n"
                       "{} >.kolam-stdout 2>.kolam-stderr\n"
                       "status=$?\n"
                       "find . -type f -newer ../begun -print0 | tar --null -T - -czf \"$results\" || exit 126\n"
                       "exit $status\n",
                       line);
}

std::expected<scripting::Descriptor, std::string> packWork(const std::string& folder,
                                                           const std::vector<std::string>& command) {
    auto package = scripting::anonymousFile();
    if (!package) {
        return package;
    }
    const auto packed =
        scripting::pack({.folder = folder, .prefix = "job/", .script = workScript(command)}, package->get(), whatFits);
    return packed ? std::move(package) : std::unexpected(packed.error());
}

std::expected<void, std::string> takeResults(const std::string& folder, const scripting::Descriptor& results) {
    if (scripting::sizeOf(results.get()) == 0) {
        return {}; // the script has left nothing
    }
    if (::lseek(results.get(), 0, SEEK_SET) != 0) {
        return std::unexpected("the results cannot be read");
    }
    if (const auto unpacked = scripting::unpack(results.get(), folder, whatFits, true); !unpacked) {
        return std::unexpected(unpacked.error());
    }
    sayAndRemove(folder + "/.kolam-stdout", stdout);
    sayAndRemove(folder + "/.kolam-stderr", stderr);
    return {};
}

} // namespace kolam::cli
