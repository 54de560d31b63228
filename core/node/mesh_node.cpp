// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/mesh_node.h"

#include "core/base/counted.h"
#include "core/wire/codec.h"

#include <utility>

namespace kolam {

using transport::AssocId;

namespace {

constexpr transport::SendOptions asEnrp{.ppid = wire::enrpPpid};
constexpr std::uint8_t groupHops = 30; // beyond the host; as rsplib

AssociationId toMachine(AssocId id) {
    return AssociationId{static_cast<std::uint64_t>(id)};
}
AssocId fromMachine(AssociationId id) {
    return AssocId{static_cast<std::uint64_t>(id)};
}

enrp::Settings settingsOf(const RegistrarConfig& config, ServerId id) {
    const RegistrarMesh& mesh = *config.mesh;
    return {.id = id,
            .peers = mesh.peers,
            .heartbeat = config.profile.peerHeartbeat,
            .lastHeard = config.profile.peerLastHeard,
            .noResponse = config.profile.peerNoResponse,
            .takeoverExpiry = config.profile.takeoverExpiry,
            .mentorDiscovery = config.profile.mentorDiscovery,
            .arbitration = mesh.arbitration,
            .suggestTakeovers = mesh.suggestTakeovers,
            .limits = mesh.limits,
            .weaknesses = mesh.weaknesses};
}

} // namespace

MeshNode::MeshNode(Dispatcher& dispatcher, Log& log, Authorizer& access, Handlespace& handlespace, MeshOwner& owner,
                   const RegistrarConfig& config, ServerId id)
    : m_dispatcher(dispatcher)
    , m_log(log)
    , m_strangers(log)
    , m_owner(owner)
    , m_config(config)
    , m_telemetry(telemetry::orSilence(config.telemetry))
    , m_machine(settingsOf(config, id), handlespace, access, dispatcher.random(), *this)
    , m_queues(config.mesh->queues)
    , m_deadline(dispatcher, [this] { m_machine.deadlineReached(m_dispatcher.now()); }) {}

std::error_code MeshNode::open(transport::Transport& transport) {
    transport::EndpointConfig endpoint;
    endpoint.local = m_config.mesh->enrp;
    if (endpoint.local.ips.empty()) {
        endpoint.local.ips = m_config.asap.ips;
    }
    endpoint.listen = true;
    endpoint.outStreams = 1;
    endpoint.sendBuffer = static_cast<std::uint32_t>(m_config.mesh->queues.octetsPerAssociation);
    endpoint.maxMessage = largestMessage;
    endpoint.liveness = m_config.profile.liveness;
    auto opened = transport.open(endpoint, [this](const transport::Event& event) { happened(event); });
    if (!opened) {
        return opened.error();
    }
    m_endpoint = std::move(*opened);
    m_log.info("registrar {} meets its peers (ENRP) at {}", toText(m_machine.id()), toText(m_endpoint->local()));
    if (m_config.mesh->group.enabled) {
        openGroup(transport);
    }
    m_machine.start(m_endpoint->local(), m_dispatcher.now());
    return {};
}

void MeshNode::openGroup(transport::Transport& transport) {
    const MulticastGroup& group = m_config.mesh->group;
    auto opened =
        transport.openMulticast({.group = group.group,
                                 .port = group.port,
                                 .sourcePort = m_endpoint->local().port,
                                 .receive = true,
                                 .loopbackOnly = m_config.loopbackOnly,
                                 .ttl = m_config.loopbackOnly ? std::uint8_t{1} : groupHops,
                                 .from = m_config.mesh->enrp.ips.empty() ? m_config.asap.ips : m_config.mesh->enrp.ips},
                                [this](const TransportAddress& from, OctetView octets) {
                                    if (!m_closed) {
                                        m_machine.datagram(from, octets, m_dispatcher.now());
                                    }
                                });
    if (opened) {
        m_group = std::move(*opened);
    } else {
        m_log.warning("cannot meet peers in {}: {}; those that are named still find this registrar",
                      toText(TransportAddress{{group.group}, group.port}), opened.error().message());
    }
}

void MeshNode::setPeers(std::vector<TransportAddress> peers) {
    m_machine.setStaticPeers(std::move(peers), m_dispatcher.now());
}

void MeshNode::ownElementChanged(ElementRef element, enrp::OwnChange change) {
    m_machine.ownElementChanged(element, change, m_dispatcher.now());
}

void MeshNode::copyExpired(ElementRef element) {
    m_machine.copyExpired(element, m_dispatcher.now());
}

void MeshNode::leave() {
    m_machine.leave(m_dispatcher.now());
}

void MeshNode::close() {
    m_closed = true;
    m_deadline.stop();
    for (const AssocId association : m_associations) {
        m_endpoint->shutdown(association);
    }
}

// ---- What happens on the network -----------------------------------------------------------------------------------

void MeshNode::happened(const transport::Event& event) {
    const TimePoint now = m_dispatcher.now();
    std::visit(Overloaded{
                   [&](const transport::Up& up) {
                       m_associations.insert(up.assoc);
                       if (m_closed) {
                           return m_endpoint->shutdown(up.assoc);
                       }
                       m_machine.associationUp(toMachine(up.assoc), up.peer, now);
                   },
                   [&](const transport::Down& down) {
                       m_associations.erase(down.assoc);
                       m_queues.forget(down.assoc);
                       if (isClosed()) {
                           m_owner.closed();
                       } else if (!m_closed) {
                           const bool dead = down.reason == transport::DownReason::Refused ||
                                             down.reason == transport::DownReason::ProcessGone;
                           m_machine.associationDown(toMachine(down.assoc), dead, now);
                       }
                   },
                   [&](const transport::Message& message) { received(message); },
                   [&](const transport::Writable& writable) { m_queues.writable(*m_endpoint, writable.assoc, asEnrp); },
                   [](const transport::PeerClosing&) {}, // its Down follows
                   [](const transport::PathChange&) {},
               },
               event);
}

void MeshNode::received(const transport::Message& message) {
    if (m_closed) {
        return;
    }
    if (message.ppid != wire::enrpPpid) {
        m_strangers.warning(m_dispatcher.now(), [&] {
            return fmt::format("ignored {} octets of another protocol (PPID {}) at the ENRP port", message.data.size(),
                               message.ppid);
        });
        return;
    }
    if (m_telemetry.wants(telemetry::Level::State) && wire::peekType(message.data) == wire::InitTakeoverAck::type) {
        if (const auto ack = wire::decode<wire::InitTakeoverAck>(message.data)) {
            m_telemetry.tell(telemetry::TakeoverAcknowledged{ack->target, ack->sender},
                             telemetry::storyOf(ack->target));
        }
    }
    m_machine.message(toMachine(message.assoc), message.data, m_dispatcher.now());
}

// ---- What the machine wants done -----------------------------------------------------------------------------------

void MeshNode::send(AssociationId to, OctetView message) {
    if (const auto over = m_queues.send(*m_endpoint, fromMachine(to), message, asEnrp)) {
        m_strangers.warning(m_dispatcher.now(), [] { return "a peer does not read what it is told: closed"; });
        m_queues.forget(*over);
        m_endpoint->abort(*over, "updates not read");
    }
}

void MeshNode::multicast(OctetView message) {
    if (m_group) {
        m_group->send(message);
    }
}

AssociationId MeshNode::connect(const TransportAddress& peer) {
    const auto begun = m_endpoint->connect(peer);
    if (!begun) {
        m_strangers.warning(m_dispatcher.now(), [&] {
            return fmt::format("cannot connect to the peer at {}: {}", toText(peer), begun.error().message());
        });
    }
    return begun ? toMachine(*begun) : AssociationId::None;
}

void MeshNode::abort(AssociationId association, std::string_view why) {
    m_endpoint->abort(fromMachine(association), why);
}

Duration MeshNode::roundTrip(AssociationId association) {
    const auto info = m_endpoint->info(fromMachine(association));
    return info ? info->smoothedRtt : Duration{};
}

void MeshNode::armTimer(TimePoint deadline) {
    m_deadline.arm(deadline);
}

// ---- For people ----------------------------------------------------------------------------------------------------

void MeshNode::tell(const enrp::PeerEvent& event) {
    const ServerId peer = event.peer.id;
    const telemetry::StoryId story = telemetry::storyOf(peer);
    switch (event.change) {
    case enrp::PeerChange::Appeared:
    case enrp::PeerChange::Returned: return m_telemetry.tell(telemetry::PeerUp{peer, event.peer.address});
    case enrp::PeerChange::Silent: return m_telemetry.tell(telemetry::PeerSilent{peer}, story);
    case enrp::PeerChange::TakingOver: return m_telemetry.tell(telemetry::TakeoverBegan{peer, event.elements}, story);
    case enrp::PeerChange::TakenOver:
        return m_telemetry.tell(telemetry::TakeoverEnded{peer, event.successor, event.elements}, story);
    case enrp::PeerChange::Lost: return m_telemetry.tell(telemetry::PeerLost{peer}, story);
    }
}

void MeshNode::peerChanged(const enrp::PeerEvent& event) {
    if (m_telemetry.wants(telemetry::Level::State)) {
        tell(event);
    }
    const std::string who =
        fmt::format("registrar {}{}", toText(event.peer.id),
                    event.peer.address.ips.empty() ? std::string{} : " at " + toText(event.peer.address));
    switch (event.change) {
    case enrp::PeerChange::Appeared: return m_log.info("{} is a peer", who);
    case enrp::PeerChange::Silent: return m_log.debug("{} is silent: asked whether it lives", who);
    case enrp::PeerChange::Returned: return m_log.info("{} is heard again", who);
    case enrp::PeerChange::TakingOver:
        return m_log.warning("{} is dead: asks the others to take over its {}", who,
                             counted(event.elements, "element"));
    case enrp::PeerChange::TakenOver:
        return m_log.info("{}: its {} {} to {} now", who, counted(event.elements, "element"),
                          event.elements == 1 ? "belongs" : "belong",
                          event.successor == m_machine.id() ? "this registrar" : toText(event.successor));
    case enrp::PeerChange::Lost: return m_log.info("{} is gone", who);
    }
}

void MeshNode::incident(const enrp::Incident& incident) {
    m_strangers.warning(m_dispatcher.now(), [&] {
        return fmt::format("registrar {}: message of type 0x{:02x} not followed: {}{}{}", toText(incident.sender),
                           incident.messageType, enrp::toText(incident.kind), incident.error != nullptr ? ", " : "",
                           incident.error != nullptr ? wire::toText(incident.error->code) : "");
    });
}

} // namespace kolam
