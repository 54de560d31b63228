// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/telemetry/block_reader.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace kolam::telemetry {

namespace {
constexpr std::size_t atOnce = 256 * 1024; // octets read by one call
} // namespace

std::expected<BlockReader, std::string> BlockReader::open(const std::filesystem::path& path) {
    LocalSocket file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    struct stat found{};
    if (file.descriptor() < 0 || ::fstat(file.descriptor(), &found) != 0) {
        return std::unexpected(fmt::format("cannot read {}: {}", path.string(), std::strerror(errno)));
    }
    if (!S_ISREG(found.st_mode)) {
        return std::unexpected(fmt::format("{} is no file", path.string()));
    }
    return BlockReader{std::move(file)};
}

std::uint64_t BlockReader::size() const {
    struct stat found{};
    return ::fstat(m_file.descriptor(), &found) == 0 ? static_cast<std::uint64_t>(found.st_size) : 0;
}

void BlockReader::seek(std::uint64_t offset) {
    m_buffer.clear();
    m_read = 0;
    m_bufferOffset = offset;
}

bool BlockReader::want(std::size_t octets) {
    if (m_buffer.size() - m_read >= octets) {
        return true;
    }
    m_bufferOffset += m_read;
    m_buffer.erase(0, std::exchange(m_read, 0));
    while (m_buffer.size() < octets) {
        const std::size_t had = m_buffer.size();
        const std::size_t more = std::max(atOnce, octets - had);
        m_buffer.resize(had + more);
        const ssize_t length =
            ::pread(m_file.descriptor(), m_buffer.data() + had, more, static_cast<off_t>(m_bufferOffset + had));
        m_buffer.resize(had + static_cast<std::size_t>(std::max<ssize_t>(length, 0)));
        if (length == 0 || (length < 0 && errno != EINTR)) {
            return false;
        }
    }
    return true;
}

std::optional<pcapng::Block> BlockReader::next() {
    if (!want(8)) {
        return std::nullopt;
    }
    const auto length = pcapng::blockLength(std::string_view{m_buffer}.substr(m_read));
    if (!length || !want(*length)) {
        return std::nullopt;
    }
    const auto block = pcapng::readBlock(std::string_view{m_buffer}.substr(m_read));
    if (block) {
        m_read += block->length;
    }
    return block;
}

} // namespace kolam::telemetry
