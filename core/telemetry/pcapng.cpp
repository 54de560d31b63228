// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/telemetry/pcapng.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace kolam::telemetry::pcapng {

static_assert(std::endian::native == std::endian::little, "blocks are written in this order, whatever the machine's");

namespace {

constexpr std::uint32_t byteOrderMagic = 0x1a2b3c4d;
constexpr std::uint16_t exportedPdu = 252;
constexpr std::uint16_t commentOption = 1;
constexpr std::uint16_t interfaceName = 2;
constexpr std::uint16_t userApplication = 4;
constexpr std::uint16_t timeResolution = 9;
constexpr std::uint16_t dissectorNameTag = 12;
constexpr std::uint16_t dissectorTableTag = 14;
constexpr std::uint16_t tableNumberTag = 32;
constexpr std::size_t frame = 12; // type and two lengths around a body
constexpr std::size_t packetHeader = 20;

template <typename Number>
void append(std::string& to, Number number) {
    to.append(reinterpret_cast<const char*>(&number), sizeof number);
}
template <typename Number>
Number read(std::string_view from, std::size_t at) {
    Number number{};
    std::memcpy(&number, from.data() + at, sizeof number);
    return number;
}
template <typename Number>
void appendBig(std::string& to, Number number) {
    std::array<std::byte, sizeof(Number)> octets{};
    writeBigEndian(octets, 0, number);
    to += asText(octets);
}

std::size_t padded(std::size_t length) {
    return (length + 3) / 4 * 4;
}
void pad(std::string& to, std::size_t length) {
    to.append(padded(length) - length, '\0');
}

void appendOption(std::string& to, std::uint16_t code, std::string_view value) {
    append(to, code);
    append(to, static_cast<std::uint16_t>(value.size()));
    to += value;
    pad(to, value.size());
}
void appendOptionsEnd(std::string& to) {
    append(to, std::uint32_t{0});
}

void appendBlock(std::string& file, std::uint32_t type, std::string_view body) {
    const auto length = static_cast<std::uint32_t>(body.size() + frame);
    append(file, type);
    append(file, length);
    file += body;
    append(file, length);
}

void appendTag(std::string& to, std::uint16_t tag, std::string_view value) {
    appendBig(to, tag);
    appendBig(to, static_cast<std::uint16_t>(padded(value.size())));
    to += value;
    pad(to, value.size());
}

/// What follows the tags; nothing when they do not end.
std::optional<std::string_view> behindTags(std::string_view data) {
    while (data.size() >= 4) {
        const auto tag = readBigEndian<std::uint16_t>(asOctets(data), 0);
        const std::size_t length = readBigEndian<std::uint16_t>(asOctets(data), 2);
        if (data.size() < 4 + length) {
            return std::nullopt;
        }
        data.remove_prefix(4 + length);
        if (tag == 0) {
            return data;
        }
    }
    return std::nullopt;
}

std::string_view findComment(std::string_view options) {
    while (options.size() >= 4) {
        const auto code = read<std::uint16_t>(options, 0);
        const std::size_t length = read<std::uint16_t>(options, 2);
        if (code == 0 || options.size() < 4 + length) {
            return {};
        }
        if (code == commentOption) {
            return options.substr(4, length);
        }
        options.remove_prefix(std::min(4 + padded(length), options.size()));
    }
    return {};
}

} // namespace

void appendSection(std::string& file, std::string_view application) {
    std::string body;
    append(body, byteOrderMagic);
    append(body, std::uint16_t{1}); // version 1.0
    append(body, std::uint16_t{0});
    append(body, ~std::uint64_t{0}); // its length is not known while it grows
    appendOption(body, userApplication, application);
    appendOptionsEnd(body);
    appendBlock(file, sectionType, body);
}

void appendInterface(std::string& file, std::string_view name) {
    std::string body;
    append(body, exportedPdu);
    append(body, std::uint16_t{0});
    append(body, std::uint32_t{0}); // no limit to the length of packets
    appendOption(body, interfaceName, name);
    appendOption(body, timeResolution, "\x09"); // nanoseconds
    appendOptionsEnd(body);
    appendBlock(file, interfaceType, body);
}

void appendPacket(std::string& file, std::uint32_t interface, std::int64_t nanoseconds, std::string_view data,
                  std::string_view comment) {
    std::string body;
    body.reserve(packetHeader + data.size() + comment.size() + 16);
    append(body, interface);
    append(body, static_cast<std::uint32_t>(static_cast<std::uint64_t>(nanoseconds) >> 32));
    append(body, static_cast<std::uint32_t>(nanoseconds));
    append(body, static_cast<std::uint32_t>(data.size()));
    append(body, static_cast<std::uint32_t>(data.size()));
    body += data;
    pad(body, data.size());
    if (!comment.empty()) {
        appendOption(body, commentOption, comment);
        appendOptionsEnd(body);
    }
    appendBlock(file, packetType, body);
}

std::string readByName(std::string_view dissector) {
    std::string tags;
    appendTag(tags, dissectorNameTag, dissector);
    appendTag(tags, 0, {});
    return tags;
}

std::string readByTable(std::string_view table, std::uint32_t number) {
    std::string tags;
    appendTag(tags, dissectorTableTag, table);
    std::string value;
    appendBig(value, number);
    appendTag(tags, tableNumberTag, value);
    appendTag(tags, 0, {});
    return tags;
}

std::optional<std::size_t> blockLength(std::string_view file) {
    if (file.size() < 8) {
        return std::nullopt;
    }
    const std::size_t length = read<std::uint32_t>(file, 4);
    return length >= frame && length % 4 == 0 && length <= longestBlock ? std::optional{length} : std::nullopt;
}

std::optional<Block> readBlock(std::string_view file) {
    const auto length = blockLength(file);
    if (!length || file.size() < *length || read<std::uint32_t>(file, *length - 4) != *length) {
        return std::nullopt;
    }
    const Block block{read<std::uint32_t>(file, 0), *length, file.substr(8, *length - frame)};
    if (block.type == sectionType && (block.body.size() < 4 || read<std::uint32_t>(block.body, 0) != byteOrderMagic)) {
        return std::nullopt; // of a machine with the other order of octets: not one of ours
    }
    return block;
}

std::optional<Packet> readPacket(std::string_view body) {
    if (body.size() < packetHeader) {
        return std::nullopt;
    }
    const std::size_t length = read<std::uint32_t>(body, 12);
    if (body.size() < packetHeader + padded(length)) {
        return std::nullopt;
    }
    const auto data = behindTags(body.substr(packetHeader, length));
    if (!data) {
        return std::nullopt;
    }
    const std::uint64_t time = std::uint64_t{read<std::uint32_t>(body, 4)} << 32 | read<std::uint32_t>(body, 8);
    return Packet{.nanoseconds = static_cast<std::int64_t>(time),
                  .data = *data,
                  .comment = findComment(body.substr(packetHeader + padded(length)))};
}

} // namespace kolam::telemetry::pcapng
