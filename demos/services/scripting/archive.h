// SPDX-License-Identifier: GPL-3.0-or-later
// Tar archives of strangers, packed and unpacked. An archive holds files and folders and nothing else: no links, no
// devices, nothing outside of the folder that it is unpacked into, and not more than was agreed.
// Next door: sandbox.h, inside of which work packages are unpacked; demos/users/scripting unpacks their results.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace kolam::scripting {

struct ArchiveLimits {
    std::uint64_t octets = 256ULL << 20U; // of all files, unpacked
    std::uint32_t entries = 10'000;
};

enum class EntryType : std::uint8_t { File, Folder, SymbolicLink, HardLink, Device, Other };

/// Nothing when an entry of this name and type may be unpacked; else why not.
[[nodiscard]] std::string_view entryObjection(std::string_view path, EntryType type);

struct ArchiveContents {
    std::uint64_t octets = 0;
    std::uint32_t entries = 0;
};

/// Unpacks a tar archive (plain, or compressed by gzip, bzip2, xz or zstd) into an existing folder. Files get mode
/// 0644, or 0755 when their owner may execute them, and belong to whoever calls; nothing that is there is replaced
/// unless `replace` is true. An archive with a single objectionable entry is refused; what was before it stays there.
/// @param descriptor  open for reading, at its beginning
/// The error is a sentence.
std::expected<ArchiveContents, std::string> unpack(int descriptor, const std::string& folder,
                                                   const ArchiveLimits& limits, bool replace = false);

struct PackOrder {
    std::string folder; // whose files and folders are packed
    std::string prefix; // of their names in the archive: "job/"; empty: none
    std::string script; // text of an executable file "ssrun" besides; empty: none
};
/// Packs files and folders, gzip-compressed, ordered by name; links and devices are left out. The error is a sentence.
std::expected<ArchiveContents, std::string> pack(const PackOrder& order, int descriptor, const ArchiveLimits& limits);

} // namespace kolam::scripting
