// SPDX-License-Identifier: GPL-3.0-or-later
// As much of the pcapng file format as recordings need: sections, interfaces, packets with a comment, and packets of
// link type 252, which say by tags how they are to be read ("exported PDU"): so Wireshark reads recordings.
// Next door: recording_writer.h and recording_reader.h. Source: draft-ietf-opsawg-pcapng; Wireshark's exported_pdu.h.
#pragma once

#include "core/base/octets.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kolam::telemetry::pcapng {

inline constexpr std::uint32_t sectionType = 0x0a0d0d0a;
inline constexpr std::uint32_t interfaceType = 1;
inline constexpr std::uint32_t packetType = 6;
inline constexpr std::size_t longestBlock = 16 * 1024 * 1024; // octets; what is longer is no block of ours

// ---- Writing: each appends a whole block ---------------------------------------------------------------------------

void appendSection(std::string& file, std::string_view application);
/// @param name  of the interface; its number is the count of those before it in the section.
void appendInterface(std::string& file, std::string_view name);
/// @param nanoseconds  since 1970
void appendPacket(std::string& file, std::uint32_t interface, std::int64_t nanoseconds, std::string_view data,
                  std::string_view comment);

/// The tags that make Wireshark read what follows by the dissector of this name.
[[nodiscard]] std::string readByName(std::string_view dissector);
/// ... or by what is in the table under a number: "sctp.ppi" and a PPID.
[[nodiscard]] std::string readByTable(std::string_view table, std::uint32_t number);

// ---- Reading -------------------------------------------------------------------------------------------------------

struct Block {
    std::uint32_t type = 0;
    std::size_t length = 0; // octets, the whole block
    std::string_view body;  // without type and lengths
};
/// The block at the beginning of `file`. Nothing: it is not whole, or no block.
[[nodiscard]] std::optional<Block> readBlock(std::string_view file);
/// How long the block is that begins there, when it begins well; it needs 8 octets.
[[nodiscard]] std::optional<std::size_t> blockLength(std::string_view file);

struct Packet {
    std::int64_t nanoseconds = 0;
    std::string_view data;    // behind the tags
    std::string_view comment; // empty: none
};
/// Of a packet's block.
[[nodiscard]] std::optional<Packet> readPacket(std::string_view body);

} // namespace kolam::telemetry::pcapng
