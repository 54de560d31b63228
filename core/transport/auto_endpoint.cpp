// SPDX-License-Identifier: GPL-3.0-or-later
// Races, translation of names, and the hiding of those who lose.
#include "core/transport/auto_endpoint.h"

#include "core/base/strong.h"

#include <algorithm>
#include <utility>

namespace kolam::transport {

namespace {

// The head start of a preferred transport: longer than a set-up on a LAN, too short for people to notice.
constexpr Duration headStart = 50ms;
constexpr int commonPortAttempts = 64; // a port that is free in one transport may be taken in another

} // namespace

std::error_code AutoEndpointCore::open(const std::vector<std::unique_ptr<Transport>>& transports) {
    std::error_code error = openOn(transports, m_config.local.port);
    for (int i = 1; i < commonPortAttempts && m_config.local.port == 0 && error == std::errc::address_in_use; ++i) {
        error = openOn(transports, 0);
    }
    return error;
}

std::error_code AutoEndpointCore::openOn(const std::vector<std::unique_ptr<Transport>>& transports,
                                         std::uint16_t port) {
    m_parts.clear();
    for (const auto& transport : transports) {
        EndpointConfig config = m_config;
        config.local.port = port;
        auto endpoint =
            transport->open(config, [this, part = m_parts.size()](const Event& event) { handle(part, event); });
        if (!endpoint) {
            m_parts.clear();
            return endpoint.error();
        }
        port = (*endpoint)->local().port;
        m_parts.push_back(std::move(*endpoint));
    }
    return {};
}

void AutoEndpointCore::close() {
    m_closed = true;
    for (auto& [ours, association] : m_associations) {
        m_dispatcher.cancel(association.timer);
    }
    m_parts.clear();
}

// --- what our owner asks --------------------------------------------------------------------------------------------

TransportAddress AutoEndpointCore::local() const {
    TransportAddress result;
    for (const auto& part : m_parts) {
        const TransportAddress local = part->local();
        result.port = local.port;
        for (const IpAddress& ip : local.ips) {
            if (std::ranges::find(result.ips, ip) == result.ips.end()) {
                result.ips.push_back(ip);
            }
        }
    }
    return result;
}

std::expected<AssocId, std::error_code> AutoEndpointCore::connect(const TransportAddress& peer) {
    const AssocId ours{++m_lastId};
    Association& association = m_associations[ours];
    association.peer = peer;
    if (const std::error_code error = startNext(ours, association)) {
        m_associations.erase(ours);
        return std::unexpected(error);
    }
    return ours;
}

/// Tries the next transport that takes the address; the error of the last one when none does.
std::error_code AutoEndpointCore::startNext(AssocId ours, Association& association) {
    std::error_code error = std::make_error_code(std::errc::network_unreachable);
    m_dispatcher.cancel(std::exchange(association.timer, TimerId::None));
    while (association.next < m_parts.size()) {
        const Part part = association.next++;
        const auto theirs = m_parts[part]->connect(association.peer);
        if (!theirs) {
            error = theirs.error();
            if (error == std::errc::already_connected) {
                break; // it would not be another association by another way
            }
            continue;
        }
        association.racing.push_back({part, *theirs});
        m_ours.emplace(std::pair{part, *theirs}, ours);
        if (association.liveness) {
            m_parts[part]->setLiveness(*theirs, *association.liveness);
        }
        if (association.next < m_parts.size()) {
            association.timer = m_dispatcher.callIn(headStart, [this, ours] {
                if (Association* const still = find(ours)) {
                    still->timer = TimerId::None;
                    (void)startNext(ours, *still); // the first one is still running
                }
            });
        }
        return {};
    }
    return error;
}

std::expected<void, SendError> AutoEndpointCore::send(AssocId assoc, OctetView data, const SendOptions& options) {
    Association* const association = find(assoc);
    if (association == nullptr) {
        return std::unexpected(SendError::NoAssociation);
    }
    if (association->winner) {
        return m_parts[association->winner->part]->send(association->winner->theirs, data, options);
    }
    association->blocked = true;
    return std::unexpected(SendError::WouldBlock);
}

void AutoEndpointCore::shutdown(AssocId assoc) {
    Association* const association = find(assoc);
    if (association == nullptr) {
        return;
    }
    if (association->winner) {
        m_parts[association->winner->part]->shutdown(association->winner->theirs);
    } else {
        dropRacing(*association);
        endLater(assoc, DownReason::ShutdownByUs, "before it was up");
    }
}

void AutoEndpointCore::abort(AssocId assoc, std::string_view why) {
    Association* const association = find(assoc);
    if (association == nullptr) {
        return;
    }
    if (association->winner) {
        m_parts[association->winner->part]->abort(association->winner->theirs, why);
    } else {
        dropRacing(*association);
        endLater(assoc, DownReason::AbortByUs, why);
    }
}

std::optional<AssocInfo> AutoEndpointCore::info(AssocId assoc) const {
    const auto found = m_associations.find(assoc);
    if (found == m_associations.end()) {
        return std::nullopt;
    }
    const Association& association = found->second;
    if (association.winner) {
        return m_parts[association.winner->part]->info(association.winner->theirs);
    }
    return AssocInfo{.peer = association.peer, .transport = "auto"};
}

void AutoEndpointCore::setLiveness(AssocId assoc, const Liveness& liveness) {
    Association* const association = find(assoc);
    if (association == nullptr) {
        return;
    }
    if (association->winner) {
        m_parts[association->winner->part]->setLiveness(association->winner->theirs, liveness);
        return;
    }
    association->liveness = liveness;
    for (const Candidate& candidate : association->racing) {
        m_parts[candidate.part]->setLiveness(candidate.theirs, liveness);
    }
}

std::error_code AutoEndpointCore::changeAddress(const IpAddress& address, bool add) {
    std::error_code error = std::make_error_code(std::errc::operation_not_supported);
    for (const auto& part : m_parts) {
        const std::error_code result = add ? part->addAddress(address) : part->removeAddress(address);
        if (result != std::errc::operation_not_supported) {
            error = result; // those that cannot do it keep the addresses that they have
        }
    }
    return error;
}

// --- what the parts tell --------------------------------------------------------------------------------------------

void AutoEndpointCore::handle(Part part, const Event& event) {
    const auto self = shared_from_this(); // the sink may destroy the handle
    if (const auto* up = std::get_if<Up>(&event)) {
        handleUp(part, *up);
        return;
    }
    if (const auto* down = std::get_if<Down>(&event)) {
        handleDown(part, *down);
        return;
    }
    const auto theirs = std::visit(Overloaded{[](const auto& any) { return any.assoc; }}, event);
    const auto ours = oursOf(part, theirs);
    const Association* const association = ours ? find(*ours) : nullptr;
    if (association == nullptr || !association->winner) {
        return; // of one who has lost
    }
    Event translated = event;
    std::visit(Overloaded{[&](auto& any) { any.assoc = *ours; }}, translated);
    emit(translated);
}

void AutoEndpointCore::handleUp(Part part, const Up& up) {
    std::optional<AssocId> ours = oursOf(part, up.assoc);
    if (!ours && !up.incoming) {
        m_parts[part]->abort(up.assoc, "another way was faster");
        return;
    }
    if (!ours) {
        ours = AssocId{++m_lastId};
        m_associations[*ours].peer = up.peer;
        m_ours.emplace(std::pair{part, up.assoc}, *ours);
    }
    Association& association = m_associations.at(*ours);
    std::erase_if(association.racing, [&](const Candidate& candidate) { return candidate.part == part; });
    dropRacing(association);
    association.winner = Candidate{part, up.assoc};
    association.peer = up.peer;
    const bool blocked = std::exchange(association.blocked, false);
    Up translated = up;
    translated.assoc = *ours;
    emit(translated);
    if (blocked && find(*ours) != nullptr) {
        emit(Writable{*ours});
    }
}

void AutoEndpointCore::handleDown(Part part, const Down& down) {
    const auto ours = oursOf(part, down.assoc);
    if (!ours) {
        return; // of one who has lost
    }
    m_ours.erase({part, down.assoc});
    Association& association = m_associations.at(*ours);
    if (!association.winner) {
        std::erase_if(association.racing, [&](const Candidate& candidate) { return candidate.part == part; });
        association.lastReason = down.reason;
        association.lastDetail = down.detail;
        if (!startNext(*ours, association) || !association.racing.empty()) {
            return; // something is still running
        }
    }
    Down translated = association.winner ? down : Down{*ours, association.lastReason, association.lastDetail};
    translated.assoc = *ours;
    m_associations.erase(*ours);
    emit(translated);
}

// --- endings --------------------------------------------------------------------------------------------------------

/// Ends all candidates; what they still tell is of nobody's interest.
void AutoEndpointCore::dropRacing(Association& association) {
    m_dispatcher.cancel(std::exchange(association.timer, TimerId::None));
    for (const Candidate& candidate : std::exchange(association.racing, {})) {
        m_ours.erase({candidate.part, candidate.theirs});
        m_parts[candidate.part]->abort(candidate.theirs, "another way was faster");
    }
}

void AutoEndpointCore::endLater(AssocId ours, DownReason reason, std::string_view detail) {
    m_associations.erase(ours);
    m_dispatcher.post([weak = weak_from_this(), down = Down{ours, reason, std::string(detail)}] {
        if (const auto self = weak.lock()) {
            self->emit(down);
        }
    });
}

void AutoEndpointCore::emit(const Event& event) {
    if (!m_closed) {
        m_sink(event);
    }
}

AutoEndpointCore::Association* AutoEndpointCore::find(AssocId ours) {
    const auto found = m_associations.find(ours);
    return found == m_associations.end() ? nullptr : &found->second;
}

std::optional<AssocId> AutoEndpointCore::oursOf(Part part, AssocId theirs) const {
    const auto found = m_ours.find({part, theirs});
    return found == m_ours.end() ? std::nullopt : std::optional(found->second);
}

} // namespace kolam::transport
