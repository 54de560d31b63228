// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a capture's conversation: the SCTP user messages of a classic pcap file, in order. Just what the captures in
// tests/captures need: Ethernet, IPv4, messages in one piece.
#pragma once

#include "core/base/octets.h"

#include <cstdint>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace kolam::test {

struct CapturedMessage {
    int frame = 0; // as tshark counts
    std::uint16_t sourcePort = 0;
    std::uint16_t destinationPort = 0;
    std::uint32_t ppid = 0;
    Octets data;
};

inline std::vector<CapturedMessage> readCapture(const std::string& path) {
    std::ostringstream file;
    file << std::ifstream{path, std::ios::binary}.rdbuf();
    const std::string text = std::move(file).str();
    const OctetView all = asOctets(text);
    const auto littleEndian32 = [&](std::size_t at) { return std::byteswap(readBigEndian<std::uint32_t>(all, at)); };
    constexpr std::size_t fileHeader = 24;
    constexpr std::size_t frameHeader = 16;
    constexpr std::size_t ethernet = 14;
    constexpr std::uint8_t sctp = 132;
    std::vector<CapturedMessage> messages;
    int number = 0;
    for (std::size_t at = fileHeader; at + frameHeader <= all.size();) {
        const std::size_t length = littleEndian32(at + 8);
        const OctetView frame = all.subspan(at + frameHeader, length);
        at += frameHeader + length;
        ++number;
        if (frame.size() < ethernet + 20 || readBigEndian<std::uint16_t>(frame, 12) != 0x0800 ||
            frame[ethernet + 9] != std::byte{sctp}) {
            continue;
        }
        const std::size_t ip = static_cast<std::size_t>(frame[ethernet] & std::byte{15}) * 4;
        const OctetView packet = frame.subspan(ethernet + ip, readBigEndian<std::uint16_t>(frame, ethernet + 2) - ip);
        for (std::size_t chunk = 12; chunk + 16 <= packet.size();) {
            const std::size_t size = readBigEndian<std::uint16_t>(packet, chunk + 2);
            if (packet[chunk] == std::byte{0}) { // DATA
                const OctetView data = packet.subspan(chunk + 16, size - 16);
                messages.push_back(
                    {number, readBigEndian<std::uint16_t>(packet, 0), readBigEndian<std::uint16_t>(packet, 2),
                     readBigEndian<std::uint32_t>(packet, chunk + 12), Octets(data.begin(), data.end())});
            }
            chunk += (size + 3) / 4 * 4;
        }
    }
    return messages;
}

} // namespace kolam::test
