// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/user_associations.h"

#include <algorithm>
#include <utility>

namespace kolam {

using transport::AssocId;

std::error_code UserAssociations::open() {
    const auto added = addEndpoint();
    return added ? std::error_code{} : added.error();
}

std::expected<std::size_t, std::error_code> UserAssociations::addEndpoint() {
    const std::size_t number = m_endpoints.size();
    auto endpoint = m_transport.open({.local = m_local, .liveness = m_liveness},
                                     [this, number](const transport::Event& event) { onTransport(number, event); });
    if (!endpoint) {
        return std::unexpected(endpoint.error());
    }
    auto slot = std::make_unique<Slot>();
    slot->endpoint = std::move(*endpoint);
    m_endpoints.push_back(std::move(slot));
    return number;
}

bool UserAssociations::talksTo(const Slot& slot, const TransportAddress& peer) {
    return std::ranges::any_of(slot.live, [&](const auto& entry) {
        const TransportAddress& other = entry.second.peer;
        return other.port == peer.port && std::ranges::find_first_of(other.ips, peer.ips) != other.ips.end();
    });
}

std::expected<UserAssociations::Handle, std::error_code> UserAssociations::connect(const TransportAddress& peer,
                                                                                   AssociationUser& user) {
    const auto free = std::ranges::find_if(m_endpoints, [&](const auto& slot) { return !talksTo(*slot, peer); });
    std::size_t number = static_cast<std::size_t>(free - m_endpoints.begin());
    if (free == m_endpoints.end()) {
        const auto added = addEndpoint();
        if (!added) {
            return std::unexpected(added.error());
        }
        number = *added;
    }
    Slot& slot = *m_endpoints[number];
    const auto association = slot.endpoint->connect(peer);
    if (!association) {
        return std::unexpected(association.error());
    }
    slot.live[*association] = {peer, &user};
    return Handle{number, *association};
}

std::expected<void, transport::SendError> UserAssociations::send(const Handle& handle, OctetView data,
                                                                 std::uint32_t ppid) {
    if (handle.isNull()) {
        return std::unexpected(transport::SendError::NoAssociation);
    }
    return m_endpoints[handle.endpoint]->endpoint->send(handle.association, data, {.ppid = ppid});
}

void UserAssociations::leave(const Handle& handle, bool graceful, std::string_view why) {
    if (handle.isNull()) {
        return;
    }
    Slot& slot = *m_endpoints[handle.endpoint];
    const auto live = slot.live.find(handle.association);
    if (live == slot.live.end()) {
        return; // gone already
    }
    live->second.user = nullptr;
    if (graceful) {
        slot.endpoint->shutdown(handle.association);
    } else {
        slot.endpoint->abort(handle.association, why);
    }
}

void UserAssociations::onTransport(std::size_t endpoint, const transport::Event& event) {
    Slot& slot = *m_endpoints[endpoint];
    const auto live = slot.live.find(std::visit([](const auto& e) { return e.assoc; }, event));
    if (live == slot.live.end()) {
        return;
    }
    AssociationUser* user = live->second.user;
    if (std::holds_alternative<transport::Down>(event)) {
        slot.live.erase(live);
    }
    if (user != nullptr) {
        user->onAssociation(event);
    }
}

} // namespace kolam
