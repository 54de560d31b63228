// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/packet_check.h"

#include <algorithm>
#include <utility>

namespace kolam::transport {
namespace {

constexpr std::size_t headerSize = 4; // of a chunk, a parameter and an error cause alike

std::uint8_t octet(OctetView bytes, std::size_t at) {
    return std::to_integer<std::uint8_t>(bytes[at]);
}
std::uint16_t number16(OctetView bytes, std::size_t at) {
    return readBigEndian<std::uint16_t>(bytes, at);
}
std::size_t padded(std::size_t length) {
    return (length + 3) & ~std::size_t{3};
}

/// The exact length of a parameter that has only one, 0 for the others.
std::size_t parameterLength(std::uint16_t type) {
    switch (type) {
    case 5: return 8;      // IPv4 address
    case 6: return 20;     // IPv6 address
    case 9: return 8;      // cookie preservative
    case 0x8000: return 4; // ECN capable
    case 0xc000: return 4; // forward TSN supported
    case 0xc006: return 8; // adaptation layer indication
    default: return 0;
    }
}

/// Walks through a list of parameters or causes, each a type, a length and a value.
/// @param exact  the length that a type must have, 0 for any
template <typename Exact>
bool listIsWhole(OctetView list, Exact exact) {
    while (!list.empty()) {
        if (list.size() < headerSize) {
            return false;
        }
        const std::size_t length = number16(list, 2);
        const std::size_t wanted = exact(number16(list, 0));
        if (length < headerSize || length > list.size() || (wanted != 0 && length != wanted)) {
            return false;
        }
        list = list.subspan(std::min(padded(length), list.size())); // the last one's padding may be cut off
    }
    return true;
}

bool parametersAreWhole(OctetView list) {
    return listIsWhole(list, parameterLength);
}
bool causesAreWhole(OctetView list) {
    return listIsWhole(list, [](std::uint16_t) { return std::size_t{0}; });
}

/// The smallest length of a chunk of this type, header included.
std::size_t smallestChunk(std::uint8_t type) {
    switch (type) {
    case 0: return 17;    // DATA, with one octet at least
    case 1:               // INIT
    case 2: return 20;    // INIT ACK
    case 3: return 16;    // SACK
    case 4:               // HEARTBEAT
    case 5: return 8;     // HEARTBEAT ACK
    case 7: return 8;     // SHUTDOWN
    case 10: return 8;    // COOKIE ECHO
    case 12:              // ECNE
    case 13: return 8;    // CWR
    case 15: return 8;    // AUTH
    case 0x40: return 21; // I-DATA
    case 0x80:            // ASCONF ACK
    case 0xc1: return 8;  // ASCONF
    case 0x10: return 20; // NR SACK
    case 0x81: return 16; // PACKET DROPPED
    case 0x82: return 8;  // RE-CONFIG
    case 0xc0: return 8;  // FORWARD TSN
    default: return headerSize;
    }
}

PacketFault checkInit(OctetView chunk) {
    const std::uint32_t tag = readBigEndian<std::uint32_t>(chunk, 4);
    if (tag == 0 || number16(chunk, 12) == 0 || number16(chunk, 14) == 0) {
        return PacketFault::InitContents;
    }
    return parametersAreWhole(chunk.subspan(20)) ? PacketFault::None : PacketFault::Parameter;
}

/// @param chunk  header and value, without padding; at least as long as its type must be
PacketFault checkContents(std::uint8_t type, OctetView chunk) {
    const auto whole = [](bool is) { return is ? PacketFault::None : PacketFault::Parameter; };
    switch (type) {
    case chunkInit:
    case chunkInitAck: return checkInit(chunk);
    case 3: // SACK: as many gaps and duplicates as it says
        return whole(chunk.size() == 16 + 4 * (std::size_t{number16(chunk, 12)} + number16(chunk, 14)));
    case 4:
    case 5: return whole(parametersAreWhole(chunk.subspan(headerSize)));
    case chunkAbort:
    case 9: return whole(causesAreWhole(chunk.subspan(headerSize))); // ERROR
    case 0xc0: return whole((chunk.size() - 8) % 4 == 0);
    case 0xc1: // ASCONF: serial number, then an address and requests
    case 0x80: return whole(parametersAreWhole(chunk.subspan(8)));
    case 0x82: return whole(parametersAreWhole(chunk.subspan(headerSize)));
    default: return PacketFault::None;
    }
}

} // namespace

std::string_view toText(PacketFault fault) {
    switch (fault) {
    case PacketFault::None: return "none";
    case PacketFault::TooShort: return "too short";
    case PacketFault::ChunkLength: return "chunk length";
    case PacketFault::Parameter: return "parameter";
    case PacketFault::BundledInit: return "bundled INIT";
    case PacketFault::InitTag: return "tag of an INIT";
    case PacketFault::InitContents: return "contents of an INIT";
    }
    std::unreachable();
}

PacketFault checkPacket(OctetView packet) noexcept {
    if (packet.size() < commonHeaderSize + headerSize) {
        return PacketFault::TooShort;
    }
    const bool tagged = readBigEndian<std::uint32_t>(packet, 4) != 0;
    const bool opensWithInit = octet(packet, commonHeaderSize) == chunkInit;
    if (tagged == opensWithInit) {
        return PacketFault::InitTag;
    }
    OctetView rest = packet.subspan(commonHeaderSize);
    bool first = true;
    while (!rest.empty()) {
        if (rest.size() < headerSize) {
            return PacketFault::ChunkLength;
        }
        const std::uint8_t type = octet(rest, 0);
        const std::size_t length = number16(rest, 2);
        if (length < smallestChunk(type) || length > rest.size()) {
            return PacketFault::ChunkLength;
        }
        const bool last = padded(length) >= rest.size();
        const bool lonely = type == chunkInit || type == chunkInitAck || type == 14; // SHUTDOWN COMPLETE
        if (lonely && !(first && last)) {
            return PacketFault::BundledInit;
        }
        if (const PacketFault fault = checkContents(type, rest.first(length)); fault != PacketFault::None) {
            return fault;
        }
        rest = last ? OctetView{} : rest.subspan(padded(length));
        first = false;
    }
    return PacketFault::None;
}

} // namespace kolam::transport
