// SPDX-License-Identifier: GPL-3.0-or-later
// Where an endpoint can be reached: exactly what RSerPool's transport parameters carry.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kolam {

/// How far an address reaches, from near to far (procedures of RSerPool's address filtering).
enum class AddressScope : std::uint8_t { Loopback, LinkLocal, SiteLocal, Global };

/// An IPv4 or IPv6 address in network order; IPv4 uses the first four octets.
struct IpAddress {
    std::array<std::uint8_t, 16> octets{};
    bool v6 = false;
    friend auto operator<=>(const IpAddress&, const IpAddress&) = default;

    [[nodiscard]] static IpAddress v4(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d) {
        IpAddress address;
        address.octets[0] = a;
        address.octets[1] = b;
        address.octets[2] = c;
        address.octets[3] = d;
        return address;
    }
    /// Reads "10.0.0.1" or "2001:db8::1"; nothing else, in particular no host names.
    [[nodiscard]] static std::optional<IpAddress> parse(std::string_view text);
    [[nodiscard]] AddressScope scope() const;
    [[nodiscard]] bool isUnspecified() const;
    [[nodiscard]] bool isMulticast() const;
};

/// One port on one or several addresses (multi-homing). No addresses: every local one, when listening.
struct TransportAddress {
    std::vector<IpAddress> ips;
    std::uint16_t port = 0;
    friend auto operator<=>(const TransportAddress&, const TransportAddress&) = default;

    /// Reads "127.0.0.1:3863", "[::1]:3863", "10.0.0.1,10.0.0.2:3863" or ":3863"; without ":port" the default port.
    [[nodiscard]] static std::optional<TransportAddress> parse(std::string_view text, std::uint16_t defaultPort);
};

[[nodiscard]] std::string toText(const IpAddress& address);
/// "127.0.0.1:3863", "[::1]:3863", or "10.0.0.1,10.0.0.2:3863" when multi-homed.
[[nodiscard]] std::string toText(const TransportAddress& address);

} // namespace kolam
