// SPDX-License-Identifier: GPL-3.0-or-later
// Packets around messages. Checksums stay zero: dissectors do not look at them unless asked to.
#include "tests/unit/wire/pcap.h"

namespace kolam::test {

namespace {

constexpr std::uint8_t sctpProtocol = 132;
constexpr std::uint8_t udpProtocol = 17;
constexpr std::uint32_t address = 0x0affff01;

template <typename Word>
void append(Octets& to, Word word) {
    to.resize(to.size() + sizeof word);
    writeBigEndian(std::span{to}.last(sizeof word), 0, word);
}
void append(Octets& to, OctetView octets) {
    to.insert(to.end(), octets.begin(), octets.end());
}

} // namespace

Pcap::Pcap() {
    constexpr std::uint32_t magicNumber = 0xa1b2c3d4;
    constexpr std::uint32_t rawIp = 101; // LINKTYPE_RAW
    append(m_file, magicNumber);
    append(m_file, std::uint16_t{2}); // version 2.4
    append(m_file, std::uint16_t{4});
    append(m_file, std::uint32_t{0});       // time zone
    append(m_file, std::uint32_t{0});       // accuracy
    append(m_file, std::uint32_t{0x40000}); // longest packet
    append(m_file, rawIp);
}

void Pcap::addSctp(std::uint32_t ppid, OctetView message) {
    constexpr std::uint16_t port = 50000; // no protocol's own: the PPID alone tells what it is
    Octets packet;
    append(packet, port);
    append(packet, port);
    append(packet, std::uint32_t{1});      // verification tag
    append(packet, std::uint32_t{0});      // checksum
    append(packet, std::uint16_t{0x0003}); // DATA, first and last fragment
    append(packet, static_cast<std::uint16_t>(16 + message.size()));
    append(packet, static_cast<std::uint32_t>(m_packets)); // transmission sequence number
    append(packet, std::uint16_t{0});                      // stream
    append(packet, static_cast<std::uint16_t>(m_packets));
    append(packet, ppid);
    append(packet, message);
    packet.resize((packet.size() + 3) & ~std::size_t{3});
    addIp(sctpProtocol, packet);
}

void Pcap::addUdp(std::uint16_t port, OctetView message) {
    Octets packet;
    append(packet, port);
    append(packet, port);
    append(packet, static_cast<std::uint16_t>(8 + message.size()));
    append(packet, std::uint16_t{0}); // checksum
    append(packet, message);
    addIp(udpProtocol, packet);
}

void Pcap::addIp(std::uint8_t protocol, OctetView payload) {
    const std::size_t length = 20 + payload.size();
    append(m_file, static_cast<std::uint32_t>(m_packets)); // seconds
    append(m_file, std::uint32_t{0});
    append(m_file, static_cast<std::uint32_t>(length)); // captured
    append(m_file, static_cast<std::uint32_t>(length)); // on the wire
    append(m_file, std::uint16_t{0x4500});
    append(m_file, static_cast<std::uint16_t>(length));
    append(m_file, std::uint32_t{0}); // identification, fragment
    append(m_file, std::uint8_t{64});
    append(m_file, protocol);
    append(m_file, std::uint16_t{0}); // checksum
    append(m_file, address);
    append(m_file, address);
    append(m_file, payload);
    ++m_packets;
}

} // namespace kolam::test
