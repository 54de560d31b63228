// SPDX-License-Identifier: GPL-3.0-or-later
// Associations, presence and peers. enrp_side.h says what for.
#include "core/enrp/enrp_side.h"

#include <algorithm>
#include <utility>

namespace kolam::enrp {

using namespace std::chrono_literals;

namespace {

/// rsplib believes a registrar to be dead after five seconds of silence, whatever our own timers are.
constexpr Duration rsplibHeartbeat = 2'400ms;

constexpr std::uint32_t ourFeatures = wire::Features::handlespaceDigest | wire::Features::windowedTables;

template <typename Message>
constexpr bool isPresence = std::is_same_v<Message, wire::Presence>;

} // namespace

/// Which messages are handled: one line each, which cannot be written without a handler that wants a permit.
struct EnrpSide::Handlers {
    using Run = void (*)(EnrpSide&, Source, OctetView);

    template <typename Message, auto handler>
    static void run(EnrpSide& side, Source from, OctetView octets) {
        const auto message = wire::decode<Message>(octets);
        if (!message) {
            return side.malformed(from, Message::type, from.peer != nullptr ? from.peer->id : ServerId{},
                                  message.error());
        }
        static const PoolHandle noPool;
        const auto permit = side.m_authorizer.authorize({.name = {}, .address = from.address}, Verb::Peer, noPool);
        if (!permit) {
            return side.count({IncidentKind::Unauthorized, from.association, message->sender, Message::type});
        }
        // A registrar presents itself before it says anything else; another name than its own is no name.
        if (!isPresence<Message> && from.peer != nullptr && message->sender != from.peer->id) {
            return side.count({IncidentKind::Stranger, from.association, message->sender, Message::type});
        }
        (side.*handler)(*permit, from, *message);
    }

    static constexpr auto table = [] {
        std::array<Run, 16> byType{};
        byType[wire::Presence::type] = run<wire::Presence, &EnrpSide::presence>;
        byType[wire::HandleTableRequest::type] = run<wire::HandleTableRequest, &EnrpSide::tableRequest>;
        byType[wire::HandleTableResponse::type] = run<wire::HandleTableResponse, &EnrpSide::tableResponse>;
        byType[wire::HandleUpdate::type] = run<wire::HandleUpdate, &EnrpSide::update>;
        byType[wire::ListRequest::type] = run<wire::ListRequest, &EnrpSide::listRequest>;
        byType[wire::ListResponse::type] = run<wire::ListResponse, &EnrpSide::listResponse>;
        byType[wire::InitTakeover::type] = run<wire::InitTakeover, &EnrpSide::initTakeover>;
        byType[wire::InitTakeoverAck::type] = run<wire::InitTakeoverAck, &EnrpSide::initTakeoverAck>;
        byType[wire::TakeoverServer::type] = run<wire::TakeoverServer, &EnrpSide::takeoverServer>;
        byType[wire::EnrpError::type] = run<wire::EnrpError, &EnrpSide::error>;
        return byType;
    }();
};

EnrpSide::EnrpSide(const Settings& settings, Handlespace& handlespace, Authorizer& authorizer, Random& random,
                   EnrpSink& sink)
    : m_settings(settings)
    , m_handlespace(handlespace)
    , m_authorizer(authorizer)
    , m_random(random)
    , m_sink(sink) {}

void EnrpSide::start(const TransportAddress& own, TimePoint now) {
    m_own = own;
    m_startDeadline = now + m_settings.mentorDiscovery;
    heartbeat(now); // whoever is there hears of us at once, and answers
    arm();
}

void EnrpSide::setStaticPeers(std::vector<TransportAddress> peers, TimePoint) {
    m_settings.peers = std::move(peers);
    contactStatic();
    arm();
}

// ---- Associations --------------------------------------------------------------------------------------------------

void EnrpSide::associationUp(AssociationId association, const TransportAddress& peer, TimePoint now) {
    Link* link = m_peers.link(association);
    const bool called = link != nullptr; // by us: so it is we who speak first
    if (!called) {
        if (m_peers.linkCount() >= m_settings.limits.associations) {
            count({IncidentKind::TooMany, association, {}});
            return m_sink.abort(association, "too many associations");
        }
        link = &m_peers.addLink(association, peer);
    }
    link->up = true;
    link->address = peer;
    Peer* const bound = m_peers.find(link->peer);
    if (bound != nullptr) {
        bound->up = true;
    }
    if (called) {
        greet(association, link->peer);
    }
    if (bound != nullptr) { // what it has missed while it could not be reached
        for (const auto& [id, target] : m_peers.all()) {
            if (target.state == PeerState::TakingOver && target.awaited.contains(bound->id)) {
                send(association, wire::InitTakeover{m_settings.id, bound->id, id});
            }
        }
    }
    static_cast<void>(now);
    arm();
}

void EnrpSide::associationDown(AssociationId association, bool dead, TimePoint now) {
    const Link* const link = m_peers.link(association);
    if (link == nullptr) {
        return;
    }
    Peer* const peer = m_peers.find(link->peer);
    const bool wasFetching = peer != nullptr && peer->fetch.has_value();
    if (peer != nullptr) {
        m_peers.unbind(*peer);
    }
    m_peers.removeLink(association);
    if (peer != nullptr) {
        if (wasFetching) {
            failFetch(*peer, now);
        }
        if (dead) {
            unanswered(*peer, now);
        } else if (now - peer->lastConnect >= m_settings.noResponse) {
            // Perhaps it has been restarted, perhaps it is dead: calling it tells. One that hangs up on us at once is
            // called again with the next heartbeat only.
            silent(*peer, now);
        }
    }
    arm();
}

void EnrpSide::message(AssociationId association, OctetView octets, TimePoint now) {
    Link* const link = m_peers.link(association);
    if (link == nullptr) {
        return; // refused, or gone: what was still on its way
    }
    const TransportAddress address = link->address;
    const std::uint8_t type = wire::peekType(octets);
    const Source from{association, address, m_peers.find(link->peer), now};
    if (type < Handlers::table.size() && Handlers::table[type] != nullptr) {
        Handlers::table[type](*this, from, octets);
    } else if (const auto decoded = wire::decodeEnrp(octets); !decoded) {
        malformed(from, type, from.peer != nullptr ? from.peer->id : ServerId{}, decoded.error());
    }
    checkFarewell();
    arm();
}

void EnrpSide::malformed(Source from, std::uint8_t type, ServerId sender, const wire::WireError& error) {
    count({IncidentKind::Malformed, from.association, sender, type, &error});
    if (error.report && type != wire::EnrpError::type) {
        wire::EnrpError answer{m_settings.id, sender, {}};
        answer.error.causes.push_back(*error.report);
        send(from.association, answer);
    }
}

void EnrpSide::error(Permit, Source from, const wire::EnrpError& message) {
    count({IncidentKind::Reported, from.association, message.sender, wire::EnrpError::type});
    const bool collides = std::ranges::any_of(message.error.causes, [](const wire::ErrorCause& cause) {
        return cause.code == wire::CauseCode::NonUniqueIdentifier;
    });
    // Only who is still looking for its place gives way to a mere assertion; an established registrar waits until it
    // hears its double itself.
    if (collides && m_starting && from.peer == nullptr) {
        rename(from.now);
    }
}

// ---- Presence ------------------------------------------------------------------------------------------------------

wire::Presence EnrpSide::presenceFor(const Peer* peer) const {
    wire::Presence message;
    message.sender = m_settings.id;
    message.receiver = peer != nullptr ? peer->id : ServerId{};
    // Of what it can know: else rsplib would download our table again with every presence. It compares what comes by
    // multicast, too; registrars of ours do not.
    message.checksum = peer != nullptr && peer->ours ? m_handlespace.checksum(m_settings.id)
                                                     : m_handlespace.checksum(m_settings.id, rsplibUnderstands);
    message.features = wire::Features{.version = 1, .mask = ourFeatures};
    if (peer != nullptr && (peer->features & wire::Features::handlespaceDigest) != 0) {
        message.digest = m_handlespace.digest(m_settings.id);
    }
    message.server.emplace();
    message.server->server = m_settings.id;
    message.server->transport.port = m_own.port;
    message.server->transport.addresses = m_own.ips;
    return message;
}

void EnrpSide::greet(AssociationId association, ServerId receiver) {
    wire::Presence message = presenceFor(m_peers.find(receiver));
    message.replyRequired = true;
    send(association, message);
}

void EnrpSide::sendPresence(const Peer& peer, bool replyRequired) {
    if (peer.up) {
        wire::Presence message = presenceFor(&peer);
        message.replyRequired = replyRequired;
        send(peer.association, message);
    }
}

void EnrpSide::heartbeat(TimePoint now) {
    flushUpdates(); // a checksum must not speak of what peers have not heard yet
    m_sink.multicast(wire::encode(presenceFor(nullptr)));
    contactStatic();
    adoptOrphans(now);
    bool rsplib = false;
    for (auto& [id, peer] : m_peers.all()) {
        rsplib = rsplib || !peer.ours;
        contact(peer, now);
        sendPresence(peer, false);
    }
    const Duration cycle = rsplib ? std::min(m_settings.heartbeat, rsplibHeartbeat) : m_settings.heartbeat;
    m_heartbeat = now + std::chrono::duration_cast<Duration>(cycle * (0.875 + 0.25 * m_random.unit()));
}

void EnrpSide::presence(Permit, Source from, const wire::Presence& message) {
    const auto stranger = [&] {
        count({IncidentKind::Stranger, from.association, message.sender, wire::Presence::type});
    };
    if (!message.server || message.sender == ServerId{} || message.server->server != message.sender) {
        return stranger();
    }
    if (message.sender == m_settings.id) {
        return collision(from.association, from.address, from.now);
    }
    // Of what it says of itself, only what its association shows: nobody can send peers to somebody else's host.
    TransportAddress address{{}, message.server->transport.port};
    std::ranges::copy_if(message.server->transport.addresses, std::back_inserter(address.ips), [&](const auto& ip) {
        return std::ranges::find(from.address.ips, ip) != from.address.ips.end();
    });
    if (address.port != from.address.port || address.ips.empty()) {
        return stranger();
    }
    if (from.peer != nullptr && from.peer->id != message.sender) {
        m_peers.unbind(*from.peer); // it has given way in a collision, and has another identifier now
    }
    Peer* peer = m_peers.find(message.sender);
    if (peer != nullptr && peer->up && peer->association != from.association && !sameEndpoint(peer->address, address)) {
        count({IncidentKind::Collision, from.association, message.sender, wire::Presence::type});
        wire::EnrpError answer{m_settings.id, message.sender, {}};
        answer.error.causes.push_back({wire::CauseCode::NonUniqueIdentifier, {}});
        return send(from.association, answer);
    }
    const bool unknown = peer == nullptr;
    if (unknown) {
        peer = enter(message.sender, address, from.now);
        if (peer == nullptr) {
            return count({IncidentKind::TooMany, from.association, message.sender, wire::Presence::type});
        }
    }
    peer->address = address;
    peer->ours = message.features.has_value();
    peer->features = message.features ? message.features->mask : 0;
    m_peers.bind(from.association, *peer);
    const bool first = !std::exchange(peer->presented, true);
    heard(*peer, from.now);
    if (unknown || message.replyRequired) {
        sendPresence(*peer, unknown && !message.replyRequired);
    }
    if (first && !std::exchange(peer->listAsked, true)) {
        send(peer->association, wire::ListRequest{m_settings.id, peer->id});
    }
    if (m_starting) {
        nextMentor(from.now);
    } else {
        audit(*peer, message, from.now);
    }
}

void EnrpSide::datagram(const TransportAddress& from, OctetView octets, TimePoint now) {
    if (wire::peekType(octets) != wire::Presence::type || from.ips.empty()) {
        return;
    }
    const auto message = wire::decode<wire::Presence>(octets);
    if (!message) {
        return count({IncidentKind::Malformed, {}, {}, wire::Presence::type, &message.error()});
    }
    if (!m_authorizer.authorize({.name = {}, .address = from}, Verb::Peer, PoolHandle{})) {
        return count({IncidentKind::Unauthorized, {}, message->sender, wire::Presence::type});
    }
    if (!message->server || message->sender == ServerId{} || message->server->server != message->sender) {
        return count({IncidentKind::Stranger, {}, message->sender, wire::Presence::type});
    }
    // All its addresses when the datagram has come from one of them, as far as they reach as far as that one.
    const std::vector<IpAddress>& told = message->server->transport.addresses;
    TransportAddress address{{}, message->server->transport.port};
    if (std::ranges::find(told, from.ips.front()) != told.end()) {
        std::ranges::copy_if(told, std::back_inserter(address.ips),
                             [&](const IpAddress& ip) { return ip.scope() >= from.ips.front().scope(); });
    } else {
        address.ips = {from.ips.front()};
    }
    // Our own voice may come back from any address of this host, and after a change of identifier.
    if (sameEndpoint(address, m_own) || TransportAddress{told, address.port} == m_own) {
        return;
    }
    if (message->sender == m_settings.id) {
        collision(AssociationId::None, address, now);
    } else if (Peer* const known = m_peers.find(message->sender); known == nullptr) {
        if (Peer* const peer = enter(message->sender, address, now)) {
            contact(*peer, now);
        } else {
            count({IncidentKind::TooMany, {}, message->sender, wire::Presence::type});
        }
    } else if (known->up && !sameEndpoint(known->address, address) &&
               !sameEndpoint(known->address, {told, address.port})) { // its host has other addresses besides
        count({IncidentKind::Collision, {}, message->sender, wire::Presence::type});
    } else {
        if (!known->up) {
            known->address = address;
        }
        heard(*known, now);
        contact(*known, now);
    }
    arm();
}

/// Two registrars with one identifier: who has just come gives way, else the one with the greater address.
void EnrpSide::collision(AssociationId association, const TransportAddress& other, TimePoint now) {
    count({IncidentKind::Collision, association, m_settings.id, wire::Presence::type});
    if (m_starting || other < m_own) {
        rename(now);
    } else if (association != AssociationId::None) {
        greet(association, {}); // so that it notices
    }
}

void EnrpSide::rename(TimePoint now) {
    const ServerId old = m_settings.id;
    m_settings.id = ServerId{m_random.nonZero32()};
    for (const ElementRef element : m_handlespace.ownedBy(old)) {
        m_handlespace.setOwner(element, m_settings.id);
        ownElementChanged(element, OwnChange::Changed, now);
    }
    m_sink.renamed(m_settings.id);
    heartbeat(now);
}

// ---- Peers ---------------------------------------------------------------------------------------------------------

Peer* EnrpSide::enter(ServerId id, const TransportAddress& address, TimePoint now) {
    if (m_peers.all().size() >= m_settings.limits.peers) {
        return nullptr;
    }
    Peer& peer = m_peers.add(id);
    peer.address = address;
    peer.lastHeard = now;
    peer.deadline = now + m_settings.lastHeard;
    tell(peer, PeerChange::Appeared);
    return &peer;
}

void EnrpSide::heard(Peer& peer, TimePoint now) {
    peer.lastHeard = now;
    peer.deadline = now + m_settings.lastHeard;
    peer.consentOwed.clear();
    if (peer.state != PeerState::Active) {
        peer.state = PeerState::Active;
        peer.awaited.clear();
        tell(peer, PeerChange::Returned);
    }
}

/// Connects to the peer, unless there is an association already.
void EnrpSide::contact(Peer& peer, TimePoint now) {
    if (peer.association != AssociationId::None || peer.address.ips.empty()) {
        return;
    }
    const AssociationId present = m_peers.linkTo(peer.address);
    if (Link* const link = m_peers.link(present)) {
        if (link->peer == ServerId{}) {
            m_peers.bind(present, peer);
            if (link->up) {
                greet(present, peer.id);
            }
        }
        return; // somebody else is at this address now: this peer is silent for good
    }
    peer.lastConnect = now;
    const AssociationId begun = m_sink.connect(peer.address);
    if (begun != AssociationId::None) {
        m_peers.addLink(begun, peer.address);
        m_peers.bind(begun, peer);
    }
}

void EnrpSide::contactStatic() {
    for (const TransportAddress& address : m_settings.peers) {
        if (!sameEndpoint(address, m_own) && m_peers.linkTo(address) == AssociationId::None) {
            if (const AssociationId begun = m_sink.connect(address); begun != AssociationId::None) {
                m_peers.addLink(begun, address);
            }
        }
    }
}

void EnrpSide::listRequest(Permit, Source from, const wire::ListRequest& message) {
    wire::ListResponse answer;
    answer.sender = m_settings.id;
    answer.receiver = message.sender;
    for (const auto& [id, peer] : m_peers.all()) {
        if (!peer.address.ips.empty() && peer.state == PeerState::Active) {
            wire::ServerInformation& server = answer.servers.emplace_back();
            server.server = id;
            server.transport.port = peer.address.port;
            server.transport.addresses = peer.address.ips;
        }
    }
    send(from.association, answer);
}

void EnrpSide::listResponse(Permit, Source from, const wire::ListResponse& message) {
    if (from.peer == nullptr) {
        return count({IncidentKind::Stranger, from.association, message.sender, wire::ListResponse::type});
    }
    heard(*from.peer, from.now);
    for (const wire::ServerInformation& server : message.servers) {
        const TransportAddress address{server.transport.addresses, server.transport.port};
        if (server.server == ServerId{} || server.server == m_settings.id || sameEndpoint(address, m_own) ||
            address.ips.empty() || address.port == 0 || m_peers.find(server.server) != nullptr) {
            continue;
        }
        if (Peer* const peer = enter(server.server, address, from.now)) {
            contact(*peer, from.now);
        }
    }
}

void EnrpSide::lose(ServerId id, TimePoint now) {
    Peer* const peer = m_peers.find(id);
    if (peer == nullptr) {
        return;
    }
    tell(*peer, PeerChange::Lost);
    const AssociationId association = peer->association;
    m_peers.remove(id);
    if (association != AssociationId::None) {
        m_sink.abort(association, "declared dead"); // if it ever wakes up, it learns that it has been away
    }
    for (const ServerId other : m_peers.ids()) { // whoever waits for its consent waits no longer
        Peer* const target = m_peers.find(other);
        if (target != nullptr && target->state == PeerState::TakingOver && target->awaited.erase(id) != 0 &&
            target->awaited.empty()) {
            completeTakeover(*target, now);
        }
    }
}

/// Elements whose owner nobody has presented: a registrar that died before we came. It is watched like one that we
/// know, so that its elements find a home.
void EnrpSide::adoptOrphans(TimePoint now) {
    if (m_starting) {
        return;
    }
    for (const ServerId owner : m_handlespace.owners()) {
        if (owner != m_settings.id && m_peers.find(owner) == nullptr) {
            static_cast<void>(enter(owner, {}, now));
        }
    }
}

// ---- Time ----------------------------------------------------------------------------------------------------------

void EnrpSide::deadlineReached(TimePoint now) {
    m_armed = never;
    if (m_flush <= now) {
        flushUpdates();
    }
    if (m_heartbeat <= now) {
        heartbeat(now);
    }
    for (const ServerId id : m_peers.ids()) {
        Peer* peer = m_peers.find(id);
        if (peer != nullptr && peer->fetch && peer->fetch->deadline <= now) {
            failFetch(*peer, now);
            peer = m_peers.find(id);
        }
        if (peer != nullptr && peer->deadline <= now) {
            peerDeadline(*peer, now);
        }
    }
    if (m_startDeadline <= now) {
        m_startDeadline = never;
        nextMentor(now);
    }
    if (m_leaving && m_leaveDeadline <= now) {
        m_leaveDeadline = never;
        m_sink.farewell();
    }
    arm();
}

void EnrpSide::peerDeadline(Peer& peer, TimePoint now) {
    switch (peer.state) {
    case PeerState::Active: return silent(peer, now);
    case PeerState::Probing: return unanswered(peer, now);
    case PeerState::TakingOver: return takeoverExpired(peer, now);
    case PeerState::Yielded: return unanswered(peer, now);
    }
    std::unreachable();
}

void EnrpSide::arm() {
    TimePoint next = std::min({m_flush, m_heartbeat, m_leaveDeadline, m_startDeadline});
    for (const auto& [id, peer] : m_peers.all()) {
        next = std::min(next, peer.deadline);
        if (peer.fetch) {
            next = std::min(next, peer.fetch->deadline);
        }
    }
    if (next != m_armed) {
        m_armed = next;
        m_sink.armTimer(next);
    }
}

// ---- For people ----------------------------------------------------------------------------------------------------

PeerView EnrpSide::view(const Peer& peer) const {
    return {.id = peer.id,
            .address = peer.address,
            .state = peer.state,
            .ours = peer.ours,
            .connected = peer.up,
            .inSync = peer.inSync,
            .lastHeard = peer.lastHeard,
            .elements = m_handlespace.countOwnedBy(peer.id)};
}

std::vector<PeerView> EnrpSide::peers() const {
    std::vector<PeerView> result;
    for (const auto& [id, peer] : m_peers.all()) {
        result.push_back(view(peer));
    }
    return result;
}

void EnrpSide::tell(const Peer& peer, PeerChange change, ServerId successor, std::size_t elements) {
    m_sink.peerChanged({view(peer), change, successor, elements});
}

void EnrpSide::count(const Incident& incident) {
    ++m_counters.incidents[static_cast<std::size_t>(incident.kind)];
    m_sink.incident(incident);
}

} // namespace kolam::enrp
