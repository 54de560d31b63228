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
    case 0x8000:           // ECN capable
    case 0xc000: return 4; // forward TSN supported
    case 5:                // IPv4 address
    case 9:                // cookie preservative
    case 0xc006: return 8; // adaptation layer indication
    case 6: return 20;     // IPv6 address
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

/// The smallest length of a chunk of this type, header included.
std::size_t smallestChunk(std::uint8_t type) {
    switch (type) {
    case 4:               // HEARTBEAT
    case 5:               // HEARTBEAT ACK
    case 7:               // SHUTDOWN
    case 10:              // COOKIE ECHO
    case 12:              // ECNE
    case 13:              // CWR
    case 15:              // AUTH
    case 0x80:            // ASCONF ACK
    case 0x82:            // RE-CONFIG
    case 0xc0:            // FORWARD TSN
    case 0xc1: return 8;  // ASCONF
    case 3:               // SACK
    case 0x81: return 16; // PACKET DROPPED
    case 0: return 17;    // DATA, with one octet at least
    case chunkInit:
    case chunkInitAck:
    case 0x10: return 20; // NR SACK
    case 0x40: return 21; // I-DATA
    default: return headerSize;
    }
}

PacketFault checkInit(OctetView chunk) {
    const std::uint32_t tag = readBigEndian<std::uint32_t>(chunk, 4);
    if (tag == 0 || number16(chunk, 12) == 0 || number16(chunk, 14) == 0) {
        return PacketFault::InitContents;
    }
    return listIsWhole(chunk.subspan(20), parameterLength) ? PacketFault::None : PacketFault::Parameter;
}

/// Is what a chunk contains whole?
/// @param chunk  header and value, without padding; at least as long as its type must be
bool contentsAreWhole(std::uint8_t type, OctetView chunk) {
    switch (type) {
    case 3: // SACK: as many gaps and duplicates as it says
        return chunk.size() == 16 + 4 * (std::size_t{number16(chunk, 12)} + number16(chunk, 14));
    case 4:    // HEARTBEAT
    case 5:    // HEARTBEAT ACK
    case 0x82: // RE-CONFIG
        return listIsWhole(chunk.subspan(headerSize), parameterLength);
    case chunkAbort:
    case 9: // ERROR: causes have types of their own
        return listIsWhole(chunk.subspan(headerSize), [](std::uint16_t) { return std::size_t{0}; });
    case 0x80: // ASCONF ACK
    case 0xc1: // ASCONF: a serial number, then an address and requests
        return listIsWhole(chunk.subspan(8), parameterLength);
    case 0xc0: // FORWARD TSN
        return (chunk.size() - 8) % 4 == 0;
    default: return true;
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
        const OctetView chunk = rest.first(length);
        if (type == chunkInit || type == chunkInitAck) {
            return checkInit(chunk); // it is alone
        }
        if (!contentsAreWhole(type, chunk)) {
            return PacketFault::Parameter;
        }
        rest = last ? OctetView{} : rest.subspan(padded(length));
        first = false;
    }
    return PacketFault::None;
}

} // namespace kolam::transport
