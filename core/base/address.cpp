// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/address.h"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <cstring>
#include <fmt/format.h>

namespace kolam {

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
    const std::string terminated{text};
    IpAddress address;
    if (inet_pton(AF_INET, terminated.c_str(), address.octets.data()) == 1) {
        return address;
    }
    if (inet_pton(AF_INET6, terminated.c_str(), address.octets.data()) == 1) {
        address.v6 = true;
        return address;
    }
    return std::nullopt;
}

AddressScope IpAddress::scope() const {
    if (v6) {
        const bool mapped = std::all_of(octets.begin(), octets.begin() + 15, [](auto octet) { return octet == 0; });
        if (mapped && octets[15] == 1) {
            return AddressScope::Loopback;
        }
        if (octets[0] == 0xfe && (octets[1] & 0xc0) == 0x80) {
            return AddressScope::LinkLocal;
        }
        return octets[0] == 0xfe && (octets[1] & 0xc0) == 0xc0 ? AddressScope::SiteLocal : AddressScope::Global;
    }
    if (octets[0] == 127) {
        return AddressScope::Loopback;
    }
    if (octets[0] == 169 && octets[1] == 254) {
        return AddressScope::LinkLocal;
    }
    const bool siteLocal =
        octets[0] == 10 || (octets[0] == 172 && (octets[1] & 0xf0) == 16) || (octets[0] == 192 && octets[1] == 168);
    return siteLocal ? AddressScope::SiteLocal : AddressScope::Global;
}

bool IpAddress::isUnspecified() const {
    return std::all_of(octets.begin(), octets.begin() + (v6 ? 16 : 4), [](auto octet) { return octet == 0; });
}

bool IpAddress::isMulticast() const {
    return v6 ? octets[0] == 0xff : (octets[0] & 0xf0) == 0xe0;
}

std::optional<TransportAddress> TransportAddress::parse(std::string_view text, std::uint16_t defaultPort) {
    TransportAddress address;
    address.port = defaultPort;
    std::string_view hosts = text;
    const auto readPort = [&](std::string_view digits) {
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), address.port);
        return error == std::errc{} && end == digits.data() + digits.size() && !digits.empty();
    };
    const std::size_t colon = text.rfind(':');
    const std::size_t bracket = text.rfind(']');
    const bool severalColons = colon != std::string_view::npos && text.find(':') != colon;
    // A lone colon, or one after a closing bracket, ends the hosts; other colons belong to a bare IPv6 address.
    const bool hasPort =
        colon != std::string_view::npos && (bracket == std::string_view::npos ? !severalColons : colon > bracket);
    if (hasPort) {
        if (!readPort(text.substr(colon + 1))) {
            return std::nullopt;
        }
        hosts = text.substr(0, colon);
    }
    while (!hosts.empty()) {
        const std::size_t comma = hosts.find(',');
        std::string_view host = hosts.substr(0, comma);
        if (host.size() >= 2 && host.front() == '[' && host.back() == ']') {
            host = host.substr(1, host.size() - 2);
        }
        const auto ip = IpAddress::parse(host);
        if (!ip) {
            return std::nullopt;
        }
        address.ips.push_back(*ip);
        if (comma == std::string_view::npos) {
            break;
        }
        hosts = hosts.substr(comma + 1);
        if (hosts.empty()) {
            return std::nullopt; // a trailing comma
        }
    }
    return address;
}

std::string toText(const IpAddress& address) {
    char buffer[INET6_ADDRSTRLEN] = {};
    inet_ntop(address.v6 ? AF_INET6 : AF_INET, address.octets.data(), buffer, sizeof buffer);
    return buffer;
}

std::string toText(const TransportAddress& address) {
    std::string text;
    for (const IpAddress& ip : address.ips) {
        text += text.empty() ? "" : ",";
        text += ip.v6 ? fmt::format("[{}]", toText(ip)) : toText(ip);
    }
    return text + ":" + std::to_string(address.port);
}

} // namespace kolam
