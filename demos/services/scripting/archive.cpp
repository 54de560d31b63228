// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/services/scripting/archive.h"

#include "demos/services/scripting/descriptor.h"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace kolam::scripting {

namespace {

constexpr std::size_t longestPath = 512; // octets
constexpr std::size_t deepestPath = 32;  // folders

struct CloseReading {
    void operator()(archive* handle) const { archive_read_free(handle); }
};
struct CloseWriting {
    void operator()(archive* handle) const { archive_write_free(handle); }
};
struct FreeEntry {
    void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};

std::string_view lastError(archive* handle) {
    const char* const text = archive_error_string(handle);
    return text != nullptr ? text : "unknown error";
}

EntryType typeOf(archive_entry* entry) {
    if (archive_entry_hardlink(entry) != nullptr) {
        return EntryType::HardLink;
    }
    switch (archive_entry_filetype(entry)) {
    case AE_IFREG: return EntryType::File;
    case AE_IFDIR: return EntryType::Folder;
    case AE_IFLNK: return EntryType::SymbolicLink;
    case AE_IFCHR:
    case AE_IFBLK:
    case AE_IFIFO:
    case AE_IFSOCK: return EntryType::Device;
    default: return EntryType::Other;
    }
}

/// The names of a path, without "." and empty ones.
std::vector<std::string> namesOf(std::string_view path) {
    std::vector<std::string> names;
    while (!path.empty()) {
        const std::size_t end = std::min(path.find('/'), path.size());
        if (const std::string_view name = path.substr(0, end); !name.empty() && name != ".") {
            names.emplace_back(name);
        }
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return names;
}

/// Opens the folder, made where it is missing. No step follows a link, whoever may have put it there.
Descriptor openFolder(int base, const std::vector<std::string>& names, std::size_t count) {
    Descriptor folder{::openat(base, ".", O_PATH | O_DIRECTORY | O_CLOEXEC)};
    for (std::size_t i = 0; i < count && folder.ok(); ++i) {
        if (::mkdirat(folder.get(), names[i].c_str(), 0755) != 0 && errno != EEXIST) {
            return Descriptor{};
        }
        folder = Descriptor{::openat(folder.get(), names[i].c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)};
    }
    return folder;
}

/// One archive on its way into one folder.
class Unpacking {
public:
    Unpacking(archive* handle, int folder, const ArchiveLimits& limits, bool replace)
        : m_handle(handle)
        , m_folder(folder)
        , m_limits(limits)
        , m_replace(replace) {}

    std::expected<ArchiveContents, std::string> run() {
        archive_entry* entry = nullptr;
        int result = ARCHIVE_OK;
        while ((result = archive_read_next_header(m_handle, &entry)) == ARCHIVE_OK || result == ARCHIVE_WARN) {
            if (std::string error = unpackEntry(entry); !error.empty()) {
                return std::unexpected(std::move(error));
            }
        }
        if (result != ARCHIVE_EOF) {
            return std::unexpected(fmt::format("the archive cannot be read: {}", lastError(m_handle)));
        }
        return m_contents;
    }

private:
    std::string unpackEntry(archive_entry* entry) {
        const char* const path = archive_entry_pathname(entry);
        const std::string_view name = path != nullptr ? path : "";
        const EntryType type = typeOf(entry);
        if (const std::string_view objection = entryObjection(name, type); !objection.empty()) {
            return fmt::format("the archive is refused: an entry {}", objection);
        }
        if (++m_contents.entries > m_limits.entries) {
            return fmt::format("the archive is refused: it has more than {} entries", m_limits.entries);
        }
        const std::vector<std::string> names = namesOf(name);
        if (type == EntryType::Folder) {
            return openFolder(m_folder, names, names.size()).ok()
                       ? std::string{}
                       : fmt::format("a folder cannot be made: {}", std::strerror(errno));
        }
        if (names.empty()) {
            return "the archive is refused: a file has no name";
        }
        return unpackFile(names, (archive_entry_perm(entry) & S_IXUSR) != 0 ? 0755 : 0644, archive_entry_mtime(entry));
    }

    std::string unpackFile(const std::vector<std::string>& names, mode_t mode, std::time_t changed) {
        const auto failed = [] { return fmt::format("a file cannot be written: {}", std::strerror(errno)); };
        const Descriptor folder = openFolder(m_folder, names, names.size() - 1);
        if (!folder.ok()) {
            return failed();
        }
        if (m_replace && ::unlinkat(folder.get(), names.back().c_str(), 0) != 0 && errno != ENOENT) {
            return failed();
        }
        const Descriptor file{
            ::openat(folder.get(), names.back().c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)};
        if (!file.ok() || ::fchmod(file.get(), mode) != 0) {
            return failed();
        }
        std::array<char, 65'536> octets;
        for (;;) {
            const la_ssize_t got = archive_read_data(m_handle, octets.data(), octets.size());
            if (got == 0) {
                const std::array times{timespec{.tv_sec = changed}, timespec{.tv_sec = changed}};
                ::futimens(file.get(), times.data());
                return {};
            }
            if (got < 0) {
                return fmt::format("the archive cannot be read: {}", lastError(m_handle));
            }
            m_contents.octets += static_cast<std::uint64_t>(got);
            if (m_contents.octets > m_limits.octets) {
                return fmt::format("the archive is refused: it holds more than {} octets", m_limits.octets);
            }
            for (la_ssize_t written = 0; written < got;) {
                const ssize_t step =
                    ::write(file.get(), octets.data() + written, static_cast<std::size_t>(got - written));
                if (step < 0 && errno != EINTR) {
                    return failed();
                }
                written += std::max<ssize_t>(step, 0);
            }
        }
    }

    archive* m_handle;
    int m_folder;
    ArchiveLimits m_limits;
    bool m_replace;
    ArchiveContents m_contents;
};

/// One folder on its way into one archive.
class Packing {
public:
    Packing(archive* handle, const ArchiveLimits& limits) : m_handle(handle), m_limits(limits) {}

    std::string add(const std::filesystem::path& file, const std::string& name) {
        const Descriptor descriptor{::open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)};
        struct stat status{};
        if (!descriptor.ok() || ::fstat(descriptor.get(), &status) != 0) {
            return fmt::format("{} cannot be read: {}", name, std::strerror(errno));
        }
        const bool folder = S_ISDIR(status.st_mode);
        if (!folder && !S_ISREG(status.st_mode)) {
            return {}; // it has become something else since it was looked at
        }
        if (++m_contents.entries > m_limits.entries) {
            return fmt::format("there are more than {} files", m_limits.entries);
        }
        const std::uint64_t size = folder ? 0 : static_cast<std::uint64_t>(status.st_size);
        if (m_contents.octets + size > m_limits.octets) {
            return fmt::format("there are more than {} octets", m_limits.octets);
        }
        const std::unique_ptr<archive_entry, FreeEntry> entry{archive_entry_new()};
        archive_entry_set_pathname(entry.get(), name.c_str());
        archive_entry_set_filetype(entry.get(), folder ? AE_IFDIR : AE_IFREG);
        archive_entry_set_perm(entry.get(), folder || (status.st_mode & S_IXUSR) != 0 ? 0755 : 0644);
        archive_entry_set_size(entry.get(), static_cast<la_int64_t>(size));
        archive_entry_set_mtime(entry.get(), status.st_mtime, 0);
        if (archive_write_header(m_handle, entry.get()) != ARCHIVE_OK) {
            return fmt::format("the archive cannot be written: {}", lastError(m_handle));
        }
        return copy(descriptor.get(), size);
    }
    std::string addScript(std::string_view text) {
        const std::unique_ptr<archive_entry, FreeEntry> entry{archive_entry_new()};
        archive_entry_set_pathname(entry.get(), "ssrun");
        archive_entry_set_filetype(entry.get(), AE_IFREG);
        archive_entry_set_perm(entry.get(), 0755);
        archive_entry_set_size(entry.get(), static_cast<la_int64_t>(text.size()));
        if (archive_write_header(m_handle, entry.get()) != ARCHIVE_OK ||
            archive_write_data(m_handle, text.data(), text.size()) < 0) {
            return fmt::format("the archive cannot be written: {}", lastError(m_handle));
        }
        return {};
    }
    [[nodiscard]] const ArchiveContents& contents() const { return m_contents; }

private:
    /// Exactly so many octets, also when the file grows or shrinks meanwhile.
    std::string copy(int descriptor, std::uint64_t left) {
        std::array<char, 65'536> octets;
        while (left > 0) {
            ssize_t got = ::read(descriptor, octets.data(), std::min<std::uint64_t>(octets.size(), left));
            if (got <= 0) {
                octets.fill('\0');
                got = static_cast<ssize_t>(std::min<std::uint64_t>(octets.size(), left));
            }
            if (archive_write_data(m_handle, octets.data(), static_cast<std::size_t>(got)) < 0) {
                return fmt::format("the archive cannot be written: {}", lastError(m_handle));
            }
            left -= static_cast<std::uint64_t>(got);
            m_contents.octets += static_cast<std::uint64_t>(got);
        }
        return {};
    }

    archive* m_handle;
    ArchiveLimits m_limits;
    ArchiveContents m_contents;
};

} // namespace

std::string_view entryObjection(std::string_view path, EntryType type) {
    switch (type) {
    case EntryType::File:
    case EntryType::Folder: break;
    case EntryType::SymbolicLink: return "is a symbolic link";
    case EntryType::HardLink: return "is a hard link";
    case EntryType::Device: return "is a device";
    case EntryType::Other: return "is neither a file nor a folder";
    }
    if (path.empty()) {
        return "has no name";
    }
    if (path.size() > longestPath) {
        return "has a name that is too long";
    }
    if (path.front() == '/') {
        return "has an absolute path";
    }
    if (std::ranges::any_of(path, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; })) {
        return "has a control character in its name";
    }
    const std::vector<std::string> names = namesOf(path);
    if (names.size() > deepestPath) {
        return "is too deep";
    }
    return std::ranges::find(names, "..") != names.end() ? "has a path that leads outside" : std::string_view{};
}

std::expected<ArchiveContents, std::string> unpack(int descriptor, const std::string& folder,
                                                   const ArchiveLimits& limits, bool replace) {
    const std::unique_ptr<archive, CloseReading> handle{archive_read_new()};
    archive_read_support_format_tar(handle.get());
    archive_read_support_filter_gzip(handle.get());
    archive_read_support_filter_bzip2(handle.get());
    archive_read_support_filter_xz(handle.get());
    archive_read_support_filter_zstd(handle.get());
    if (archive_read_open_fd(handle.get(), descriptor, 65'536) != ARCHIVE_OK) {
        return std::unexpected(fmt::format("this is no tar archive: {}", lastError(handle.get())));
    }
    const Descriptor base{::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)};
    if (!base.ok()) {
        return std::unexpected(fmt::format("{}: {}", folder, std::strerror(errno)));
    }
    return Unpacking{handle.get(), base.get(), limits, replace}.run();
}

std::expected<ArchiveContents, std::string> pack(const PackOrder& order, int descriptor, const ArchiveLimits& limits) {
    namespace fs = std::filesystem;
    std::error_code error;
    std::vector<std::pair<std::string, fs::path>> found;
    for (fs::recursive_directory_iterator at{order.folder, error}, end; !error && at != end; at.increment(error)) {
        const fs::file_type type = at->symlink_status(error).type();
        if (type == fs::file_type::regular || type == fs::file_type::directory) {
            found.emplace_back(order.prefix + at->path().lexically_relative(order.folder).string(), at->path());
        }
    }
    if (error) {
        return std::unexpected(fmt::format("{}: {}", order.folder, error.message()));
    }
    std::ranges::sort(found);
    const std::unique_ptr<archive, CloseWriting> handle{archive_write_new()};
    archive_write_set_format_pax_restricted(handle.get());
    archive_write_add_filter_gzip(handle.get());
    if (archive_write_open_fd(handle.get(), descriptor) != ARCHIVE_OK) {
        return std::unexpected(fmt::format("the archive cannot be written: {}", lastError(handle.get())));
    }
    Packing packing{handle.get(), limits};
    std::string why = order.script.empty() ? std::string{} : packing.addScript(order.script);
    for (auto file = found.begin(); file != found.end() && why.empty(); ++file) {
        why = packing.add(file->second, file->first);
    }
    if (why.empty() && archive_write_close(handle.get()) != ARCHIVE_OK) {
        why = fmt::format("the archive cannot be written: {}", lastError(handle.get()));
    }
    return why.empty() ? std::expected<ArchiveContents, std::string>{packing.contents()} : std::unexpected(why);
}

} // namespace kolam::scripting
