// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/socket_address.h"

#include <arpa/inet.h>
#include <cstring>

namespace kolam::transport {

IpAddress toIpAddress(const in_addr& address) {
    IpAddress ip;
    std::memcpy(ip.octets.data(), &address, sizeof address);
    return ip;
}

IpAddress toIpAddress(const in6_addr& address) {
    IpAddress ip;
    ip.v6 = true;
    std::memcpy(ip.octets.data(), &address, sizeof address);
    return ip;
}

in_addr toInAddr(const IpAddress& address) {
    in_addr result;
    std::memcpy(&result, address.octets.data(), sizeof result);
    return result;
}

in6_addr toIn6Addr(const IpAddress& address) {
    in6_addr result;
    std::memcpy(&result, address.octets.data(), sizeof result);
    return result;
}

SystemAddress::SystemAddress(const SocketAddress& address) : v6{} {
    if (address.ip.v6) {
        v6.sin6_family = AF_INET6;
        v6.sin6_port = htons(address.port);
        v6.sin6_addr = toIn6Addr(address.ip);
        length = sizeof v6;
    } else {
        v4 = {};
        v4.sin_family = AF_INET;
        v4.sin_port = htons(address.port);
        v4.sin_addr = toInAddr(address.ip);
        length = sizeof v4;
    }
}

SocketAddress SystemAddress::read() const {
    if (generic.sa_family == AF_INET6) {
        return {toIpAddress(v6.sin6_addr), ntohs(v6.sin6_port)};
    }
    return {toIpAddress(v4.sin_addr), ntohs(v4.sin_port)};
}

} // namespace kolam::transport
