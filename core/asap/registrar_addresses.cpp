// SPDX-License-Identifier: GPL-3.0-or-later
// Next door: registrar_addresses.h says what for.
#include "core/asap/registrar_addresses.h"

#include <algorithm>

namespace kolam::asap {

std::vector<IpAddress> usableAddresses(const TransportAddress& peer, AddressScope minimum) {
    std::vector<IpAddress> usable = peer.ips;
    std::erase_if(usable, [minimum](const IpAddress& address) {
        return address.scope() < minimum || address.scope() == AddressScope::LinkLocal;
    });
    std::ranges::sort(usable);
    return usable;
}

bool keepUsable(wire::TransportParameter& transport, const std::vector<IpAddress>& usable) {
    const auto isForeign = [&usable](const IpAddress& address) { return !std::ranges::binary_search(usable, address); };
    if (std::ranges::all_of(transport.addresses, isForeign)) {
        return false;
    }
    std::erase_if(transport.addresses, isForeign);
    return true;
}

bool isEndpoint(const wire::TransportParameter& transport, const std::vector<IpAddress>& usable, std::uint16_t port) {
    return transport.port == port && transport.addresses.size() == usable.size() &&
           std::ranges::is_permutation(transport.addresses, usable);
}

} // namespace kolam::asap
