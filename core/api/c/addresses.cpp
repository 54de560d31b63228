// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/c/addresses.h"

#include "core/base/address.h"

#include <arpa/inet.h>
#include <cstdlib>
#include <cstring>
#include <netinet/in.h>

namespace kolam::rsp {

namespace {

struct Read {
    IpAddress ip;
    std::uint16_t port = 0;
    std::size_t length = 0;
};

/// Octet by octet: nobody says how a packed array is aligned.
Outcome<Read> readOne(const std::byte* packed) {
    sockaddr header{};
    std::memcpy(&header, packed, sizeof header);
    Read read;
    if (header.sa_family == AF_INET) {
        sockaddr_in address{};
        std::memcpy(&address, packed, sizeof address);
        std::memcpy(read.ip.octets.data(), &address.sin_addr, sizeof address.sin_addr);
        read.port = ntohs(address.sin_port);
        read.length = sizeof address;
    } else if (header.sa_family == AF_INET6) {
        sockaddr_in6 address{};
        std::memcpy(&address, packed, sizeof address);
        std::memcpy(read.ip.octets.data(), &address.sin6_addr, sizeof address.sin6_addr);
        read.ip.v6 = true;
        read.port = ntohs(address.sin6_port);
        read.length = sizeof address;
    } else {
        return failure(EAFNOSUPPORT);
    }
    return read;
}

} // namespace

Outcome<api::Address> addressOf(const sockaddr* packed, std::size_t count) {
    if (packed == nullptr || count == 0) {
        return failure(EINVAL);
    }
    api::Address address;
    const auto* octets = reinterpret_cast<const std::byte*>(packed);
    for (std::size_t i = 0; i < count; ++i) {
        const auto read = readOne(octets);
        if (!read) {
            return failure(read.error());
        }
        if (i > 0 && read->port != address.port) {
            return failure(EINVAL);
        }
        address.port = read->port;
        if (!read->ip.isUnspecified()) {
            address.hosts.push_back(toText(read->ip));
        }
        octets += read->length;
    }
    return address;
}

std::string textOf(const api::Address& address) {
    TransportAddress transport;
    for (const std::string& host : address.hosts) {
        if (const auto ip = IpAddress::parse(host)) {
            transport.ips.push_back(*ip);
        }
    }
    transport.port = address.port;
    return toText(transport);
}

Packed pack(const api::Address& address) {
    Packed packed;
    auto* const room = static_cast<std::byte*>(std::calloc(address.hosts.size() + 1, sizeof(sockaddr_in6)));
    packed.addresses = reinterpret_cast<sockaddr*>(room);
    if (room == nullptr) {
        return packed;
    }
    std::size_t used = 0;
    for (const std::string& host : address.hosts) {
        const auto ip = IpAddress::parse(host);
        if (!ip) {
            continue;
        }
        const std::size_t length = ip->v6 ? sizeof(sockaddr_in6) : sizeof(sockaddr_in);
        if (ip->v6) {
            sockaddr_in6 made{};
            made.sin6_family = AF_INET6;
            made.sin6_port = htons(address.port);
            std::memcpy(&made.sin6_addr, ip->octets.data(), sizeof made.sin6_addr);
            std::memcpy(room + used, &made, sizeof made);
        } else {
            sockaddr_in made{};
            made.sin_family = AF_INET;
            made.sin_port = htons(address.port);
            std::memcpy(&made.sin_addr, ip->octets.data(), sizeof made.sin_addr);
            std::memcpy(room + used, &made, sizeof made);
        }
        if (packed.count == 0) {
            packed.firstLength = length;
            packed.firstFamily = ip->v6 ? AF_INET6 : AF_INET;
        }
        used += length;
        ++packed.count;
    }
    return packed;
}

Outcome<api::Address> readAddress(std::string_view text, std::uint16_t defaultPort) {
    const auto read = TransportAddress::parse(text, defaultPort);
    if (!read || read->ips.empty()) {
        return failure(EINVAL);
    }
    api::Address address{.hosts = {}, .port = read->port == 0 ? defaultPort : read->port};
    for (const IpAddress& ip : read->ips) {
        address.hosts.push_back(toText(ip));
    }
    return address;
}

} // namespace kolam::rsp
