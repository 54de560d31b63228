// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/services/scripting/script_files.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <memory>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <vector>

namespace kolam::scripting {

std::expected<Descriptor, std::string> anonymousFile() {
    const char* const set = std::getenv("TMPDIR");
    const std::string folder = set != nullptr && *set != '\0' ? set : "/tmp";
    Descriptor file{::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600)};
    if (!file.ok()) { // not every file system can do that
        std::string name = folder + "/kolam.XXXXXX";
        file = Descriptor{::mkostemp(name.data(), O_CLOEXEC)};
        if (!file.ok()) {
            return std::unexpected(fmt::format("no file can be made in {}: {}", folder, std::strerror(errno)));
        }
        ::unlink(name.c_str());
    }
    return file;
}

bool append(int descriptor, OctetView data) {
    while (!data.empty()) {
        const ssize_t written = ::write(descriptor, data.data(), data.size());
        if (written < 0 && errno != EINTR) {
            return false;
        }
        data = data.subspan(static_cast<std::size_t>(std::max<ssize_t>(written, 0)));
    }
    return true;
}

std::int64_t readAt(int descriptor, std::uint64_t offset, std::span<std::byte> into) {
    std::size_t got = 0;
    while (got < into.size()) {
        const ssize_t step =
            ::pread(descriptor, into.data() + got, into.size() - got, static_cast<off_t>(offset + got));
        if (step < 0 && errno == EINTR) {
            continue;
        }
        if (step < 0) {
            return -1;
        }
        if (step == 0) {
            break;
        }
        got += static_cast<std::size_t>(step);
    }
    return static_cast<std::int64_t>(got);
}

std::uint64_t sizeOf(int descriptor) {
    struct stat status{};
    return ::fstat(descriptor, &status) == 0 ? static_cast<std::uint64_t>(status.st_size) : 0;
}

std::expected<Digests, std::string> digestsOf(int descriptor) {
    using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;
    const Context sha1{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
    const Context sha256{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
    if (EVP_DigestInit_ex(sha1.get(), EVP_sha1(), nullptr) != 1 ||
        EVP_DigestInit_ex(sha256.get(), EVP_sha256(), nullptr) != 1) {
        return std::unexpected("this system computes no SHA-1 or SHA-256");
    }
    std::vector<std::byte> octets(65'536);
    std::uint64_t offset = 0;
    std::int64_t got = 0;
    while ((got = readAt(descriptor, offset, octets)) > 0) {
        EVP_DigestUpdate(sha1.get(), octets.data(), static_cast<std::size_t>(got));
        EVP_DigestUpdate(sha256.get(), octets.data(), static_cast<std::size_t>(got));
        offset += static_cast<std::uint64_t>(got);
    }
    if (got < 0) {
        return std::unexpected(fmt::format("a file cannot be read: {}", std::strerror(errno)));
    }
    Digests digests;
    EVP_DigestFinal_ex(sha1.get(), digests.sha1.data(), nullptr);
    EVP_DigestFinal_ex(sha256.get(), digests.sha256.data(), nullptr);
    return digests;
}

} // namespace kolam::scripting
