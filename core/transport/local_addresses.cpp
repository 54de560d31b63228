// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/local_addresses.h"

#include "core/transport/socket_address.h"

#include <algorithm>
#include <cstring>
#include <ifaddrs.h>
#include <memory>
#include <net/if.h>
#include <sys/socket.h>
#include <unistd.h>

namespace kolam::transport {
namespace {

using AddressList = std::unique_ptr<ifaddrs, decltype([](ifaddrs* list) { freeifaddrs(list); })>;

AddressList listAddresses() {
    ifaddrs* list = nullptr;
    return AddressList{getifaddrs(&list) == 0 ? list : nullptr};
}

std::optional<IpAddress> addressOf(const ifaddrs& entry) {
    if (entry.ifa_addr == nullptr || (entry.ifa_flags & IFF_UP) == 0) {
        return std::nullopt;
    }
    SystemAddress address;
    if (entry.ifa_addr->sa_family == AF_INET) {
        std::memcpy(&address.v4, entry.ifa_addr, sizeof address.v4);
    } else if (entry.ifa_addr->sa_family == AF_INET6) {
        std::memcpy(&address.v6, entry.ifa_addr, sizeof address.v6);
    } else {
        return std::nullopt;
    }
    return address.read().ip;
}

} // namespace

std::vector<IpAddress> localAddresses() {
    const AddressList list = listAddresses();
    std::vector<IpAddress> result;
    for (const bool v6 : {false, true}) {
        for (const bool loopback : {false, true}) {
            for (const ifaddrs* entry = list.get(); entry != nullptr; entry = entry->ifa_next) {
                const auto ip = addressOf(*entry);
                if (ip && ip->v6 == v6 && (ip->scope() == AddressScope::Loopback) == loopback &&
                    !(v6 && ip->scope() == AddressScope::LinkLocal) && std::ranges::find(result, *ip) == result.end()) {
                    result.push_back(*ip);
                }
            }
        }
    }
    return result;
}

std::vector<Interface> multicastInterfaces() {
    const AddressList list = listAddresses();
    std::vector<Interface> interfaces;
    for (const ifaddrs* entry = list.get(); entry != nullptr; entry = entry->ifa_next) {
        const auto ip = addressOf(*entry);
        const bool loopback = (entry->ifa_flags & IFF_LOOPBACK) != 0;
        if (!ip || !(loopback || (entry->ifa_flags & IFF_MULTICAST) != 0)) {
            continue;
        }
        const unsigned index = if_nametoindex(entry->ifa_name);
        auto found = std::ranges::find(interfaces, index, &Interface::index);
        if (found == interfaces.end()) {
            found = interfaces.insert(interfaces.end(), Interface{.index = index, .loopback = loopback, .ips = {}});
        }
        found->ips.push_back(*ip);
    }
    return interfaces;
}

std::optional<Route> routeTo(const IpAddress& destination) {
    // Connecting a UDP socket sends nothing: it makes the kernel look the route up, which is all that is wanted.
    const int probe = ::socket(destination.v6 ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (probe < 0) {
        return std::nullopt;
    }
    std::optional<Route> route;
    const SystemAddress to{SocketAddress{destination, 9}};
    SystemAddress from;
    if (::connect(probe, &to.generic, to.length) == 0 && ::getsockname(probe, &from.generic, &from.length) == 0) {
        int mtu = 0;
        socklen_t length = sizeof mtu;
        if (::getsockopt(probe, destination.v6 ? IPPROTO_IPV6 : IPPROTO_IP, destination.v6 ? IPV6_MTU : IP_MTU, &mtu,
                         &length) == 0 &&
            mtu > 0) {
            const IpAddress source = from.read().ip;
            route = Route{.source = source,
                          .mtu = static_cast<std::uint32_t>(mtu),
                          .sameHost = source == destination || destination.scope() == AddressScope::Loopback};
        }
    }
    ::close(probe);
    return route;
}

} // namespace kolam::transport
