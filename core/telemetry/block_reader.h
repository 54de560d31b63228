// SPDX-License-Identifier: GPL-3.0-or-later
// The blocks of a recording one after the other, from anywhere; the file may be longer than memory, torn at its end,
// or still growing. Next door: pcapng.h, the blocks; recording_reader.h and recording_index.cpp, who read them.
#pragma once

#include "core/telemetry/local_socket.h"
#include "core/telemetry/pcapng.h"

#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>

namespace kolam::telemetry {

class BlockReader {
public:
    /// The error is a sentence.
    static std::expected<BlockReader, std::string> open(const std::filesystem::path& path);
    /// Valid until the next call; nothing at the end, or before a block that is torn.
    [[nodiscard]] std::optional<pcapng::Block> next();
    /// Where the next block begins.
    [[nodiscard]] std::uint64_t offset() const { return m_bufferOffset + m_read; }
    void seek(std::uint64_t offset);
    /// Octets of the file now.
    [[nodiscard]] std::uint64_t size() const;

private:
    explicit BlockReader(LocalSocket file) : m_file(std::move(file)) {}
    /// Makes so many octets available, if the file has them.
    [[nodiscard]] bool want(std::size_t octets);

    LocalSocket m_file; // closes itself
    std::string m_buffer;
    std::uint64_t m_bufferOffset = 0; // of the buffer's beginning in the file
    std::size_t m_read = 0;
};

} // namespace kolam::telemetry
