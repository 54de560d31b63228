// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/crc32c.h"

#include <array>
#include <bit>

namespace kolam::transport {
namespace {

constexpr std::uint32_t polynomial = 0x82f63b78; // 0x1edc6f41, bits reversed
constexpr std::size_t checksumOffset = 8;

using Tables = std::array<std::array<std::uint32_t, 256>, 8>;

/// Tables for eight octets at a time: tables[n][octet] is the effect of `octet` followed by n zeros.
constexpr Tables makeTables() {
    Tables tables{};
    for (std::uint32_t octet = 0; octet < 256; ++octet) {
        std::uint32_t crc = octet;
        for (int bit = 0; bit < 8; ++bit) {
            crc = (crc & 1) != 0 ? (crc >> 1) ^ polynomial : crc >> 1;
        }
        tables[0][octet] = crc;
    }
    for (std::size_t n = 1; n < tables.size(); ++n) {
        for (std::size_t octet = 0; octet < 256; ++octet) {
            const std::uint32_t before = tables[n - 1][octet];
            tables[n][octet] = (before >> 8) ^ tables[0][before & 0xff];
        }
    }
    return tables;
}
constexpr Tables tables = makeTables();

std::uint64_t littleEndian64(const std::byte* from) {
    std::uint64_t value;
    std::memcpy(&value, from, sizeof value);
    return std::endian::native == std::endian::little ? value : std::byteswap(value);
}

std::uint32_t updateByTable(std::uint32_t crc, OctetView bytes) {
    const std::byte* at = bytes.data();
    std::size_t left = bytes.size();
    for (; left >= 8; left -= 8, at += 8) {
        const std::uint64_t word = littleEndian64(at) ^ crc;
        crc = 0;
        for (std::size_t n = 0; n < 8; ++n) {
            crc ^= tables[7 - n][(word >> (8 * n)) & 0xff];
        }
    }
    for (; left > 0; --left, ++at) {
        crc = (crc >> 8) ^ tables[0][(crc ^ std::to_integer<std::uint32_t>(*at)) & 0xff];
    }
    return crc;
}

#if defined(__x86_64__)
[[gnu::target("sse4.2")]] std::uint32_t updateByInstruction(std::uint32_t crc, OctetView bytes) {
    const std::byte* at = bytes.data();
    std::size_t left = bytes.size();
    std::uint64_t wide = crc;
    for (; left >= 8; left -= 8, at += 8) {
        std::uint64_t word;
        std::memcpy(&word, at, sizeof word);
        wide = __builtin_ia32_crc32di(wide, word);
    }
    crc = static_cast<std::uint32_t>(wide);
    for (; left > 0; --left, ++at) {
        crc = __builtin_ia32_crc32qi(crc, std::to_integer<unsigned char>(*at));
    }
    return crc;
}

std::uint32_t update(std::uint32_t crc, OctetView bytes) {
    static const bool hasInstruction = __builtin_cpu_supports("sse4.2") != 0;
    return hasInstruction ? updateByInstruction(crc, bytes) : updateByTable(crc, bytes);
}
#else
std::uint32_t update(std::uint32_t crc, OctetView bytes) {
    return updateByTable(crc, bytes);
}
#endif

/// SCTP sends this one number with its lowest octet first.
std::uint32_t asSent(std::uint32_t crc) {
    return std::endian::native == std::endian::little ? crc : std::byteswap(crc);
}

} // namespace

std::uint32_t crc32c(OctetView bytes) noexcept {
    return ~update(~0U, bytes);
}

std::uint32_t crc32cByTable(OctetView bytes) noexcept {
    return ~updateByTable(~0U, bytes);
}

void writePacketChecksum(std::span<std::byte> packet) noexcept {
    std::memset(packet.data() + checksumOffset, 0, sizeof(std::uint32_t));
    const std::uint32_t crc = asSent(crc32c(packet));
    std::memcpy(packet.data() + checksumOffset, &crc, sizeof crc);
}

bool takePacketChecksum(std::span<std::byte> packet) noexcept {
    std::uint32_t sent;
    std::memcpy(&sent, packet.data() + checksumOffset, sizeof sent);
    std::memset(packet.data() + checksumOffset, 0, sizeof sent);
    return asSent(crc32c(packet)) == sent;
}

} // namespace kolam::transport
