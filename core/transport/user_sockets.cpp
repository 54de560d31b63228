// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/user_sockets.h"

#include "core/transport/local_addresses.h"

#include <utility>

namespace kolam::transport {
namespace {

constexpr int portAttempts = 64; // a port that is free on one address may be taken on another

struct Wanted {
    std::vector<IpAddress> ips;
    bool optional = false; // an address that cannot be bound (just gone, not yet there) is left out
};

Wanted wantedAddresses(const TransportAddress& local, bool listen) {
    if (!local.ips.empty()) {
        return {.ips = local.ips};
    }
    if (listen || local.port != 0) {
        return {.ips = localAddresses(), .optional = true};
    }
    IpAddress allV6;
    allV6.v6 = true;
    return {.ips = {IpAddress{}, allV6}, .optional = true};
}

bool cannotBeThere(const std::error_code& error) {
    return error == std::errc::address_not_available || error == std::errc::address_family_not_supported;
}

std::expected<std::vector<UdpSocket>, std::error_code> bindOnce(const Wanted& wanted, std::uint16_t port) {
    std::vector<UdpSocket> sockets;
    std::error_code reason = std::make_error_code(std::errc::address_not_available);
    for (const IpAddress& ip : wanted.ips) {
        auto socket = UdpSocket::open({ip, port});
        if (socket) {
            port = socket->local().port;
            sockets.push_back(std::move(*socket));
        } else if (!wanted.optional || !cannotBeThere(socket.error())) {
            return std::unexpected(socket.error());
        } else {
            reason = socket.error();
        }
    }
    if (sockets.empty()) {
        return std::unexpected(reason);
    }
    return sockets;
}

} // namespace

std::expected<std::vector<UdpSocket>, std::error_code> bindPort(const TransportAddress& local, bool listen) {
    const Wanted wanted = wantedAddresses(local, listen);
    auto sockets = bindOnce(wanted, local.port);
    for (int i = 1; local.port == 0 && i < portAttempts && !sockets && sockets.error() == std::errc::address_in_use;
         ++i) {
        sockets = bindOnce(wanted, 0);
    }
    return sockets;
}

} // namespace kolam::transport
