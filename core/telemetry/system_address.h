// SPDX-License-Identifier: GPL-3.0-or-later
// Addresses as the system's calls for UDP spell them. Next door: csp_reporter.cpp and csp_source.cpp. (Transport has
// its own; telemetry does not know transport.)
#pragma once

#include "core/base/address.h"

#include <algorithm>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>

namespace kolam::telemetry {

class SystemAddress {
public:
    SystemAddress() = default;
    SystemAddress(const IpAddress& ip, std::uint16_t port) {
        if (ip.v6) {
            sockaddr_in6 address{};
            address.sin6_family = AF_INET6;
            address.sin6_port = htons(port);
            std::memcpy(&address.sin6_addr, ip.octets.data(), 16);
            store(address);
        } else {
            sockaddr_in address{};
            address.sin_family = AF_INET;
            address.sin_port = htons(port);
            std::memcpy(&address.sin_addr, ip.octets.data(), 4);
            store(address);
        }
    }
    [[nodiscard]] TransportAddress read() const {
        TransportAddress result;
        IpAddress& ip = result.ips.emplace_back();
        if (m_storage.ss_family == AF_INET6) {
            sockaddr_in6 address{};
            std::memcpy(&address, &m_storage, sizeof address);
            ip.v6 = true;
            std::memcpy(ip.octets.data(), &address.sin6_addr, 16);
            result.port = ntohs(address.sin6_port);
        } else {
            sockaddr_in address{};
            std::memcpy(&address, &m_storage, sizeof address);
            std::memcpy(ip.octets.data(), &address.sin_addr, 4);
            result.port = ntohs(address.sin_port);
        }
        return result;
    }
    [[nodiscard]] sockaddr* generic() { return reinterpret_cast<sockaddr*>(&m_storage); }
    [[nodiscard]] const sockaddr* generic() const { return reinterpret_cast<const sockaddr*>(&m_storage); }
    [[nodiscard]] socklen_t length() const { return m_length; }

private:
    template <typename Address>
    void store(const Address& address) {
        std::memcpy(&m_storage, &address, sizeof address);
        m_length = sizeof address;
    }
    sockaddr_storage m_storage{};
    socklen_t m_length = sizeof(sockaddr_storage);
};

} // namespace kolam::telemetry
