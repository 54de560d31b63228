// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/registrar/registrar_torture.h"

#include "core/wire/arbitrary.h"
#include "core/wire/codec.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace kolam::test {

using namespace std::chrono_literals;
using transport::AssocId;
using transport::DownReason;

namespace {

constexpr std::uint32_t ownId = 0x55;
const PoolHandle pool{"Pool"};

TransportAddress peerAddress(std::uint32_t peer) {
    return {{IpAddress::v4(10, 0, 0, static_cast<std::uint8_t>(peer))}, 9901};
}
TransportAddress elementAddress(std::uint32_t number) {
    return {{IpAddress::v4(10, 0, 9, static_cast<std::uint8_t>(number))}, static_cast<std::uint16_t>(8'000 + number)};
}

wire::PoolElement elementOf(std::uint32_t number, std::uint32_t owner) {
    wire::PoolElement element;
    element.identifier = PeIdentifier{number};
    element.homeRegistrar = ServerId{owner};
    element.life = 6s;
    element.userTransport.port = 7'000;
    element.userTransport.addresses = elementAddress(number).ips;
    return element;
}

} // namespace

std::string_view toText(RegistrarState state) {
    static constexpr std::array names{"starting", "mentor known",     "downloading",    "alone",
                                      "in mesh",  "auditing",         "peer silent",    "taking over",
                                      "yielded",  "calling elements", "keep-alive due", "leaving"};
    static_assert(names.size() == registrarStateCount);
    return names[static_cast<std::size_t>(state)];
}

RegistrarTorture::RegistrarTorture(RegistrarState state) {
    RegistrarNode::Config config;
    config.id = ServerId{ownId};
    config.asap = {{IpAddress::v4(10, 0, 1, 1)}, 3863};
    config.loopbackOnly = false;
    config.profile = demoProfile();
    config.limits.elements = 64;
    config.mesh.emplace();
    config.mesh->enrp = {{IpAddress::v4(10, 0, 1, 1)}, 9901};
    config.mesh->limits = {.peers = 8, .associations = 16, .elements = 64};
    config.mesh->queues = {.octetsPerAssociation = 64 * 1024, .octets = 256 * 1024};
    m_node = *RegistrarNode::start(m_dispatcher, m_transport, m_log, m_access, config);
    reach(state);
}

RegistrarTorture::~RegistrarTorture() {
    m_node.reset();
    m_dispatcher.runFor(1s); // what was posted finds nobody
}

// ---- The way to each state -----------------------------------------------------------------------------------------

void RegistrarTorture::present(AssocId association, std::uint32_t peer, std::optional<std::uint16_t> checksum) {
    wire::Presence message;
    message.sender = ServerId{peer};
    message.checksum = checksum.value_or(m_node->handlespace().checksum(ServerId{peer}));
    message.features = wire::Features{1, wire::Features::handlespaceDigest | wire::Features::windowedTables};
    message.server.emplace();
    message.server->server = ServerId{peer};
    message.server->transport.port = 9901;
    message.server->transport.addresses = peerAddress(peer).ips;
    enrp().deliver(association, wire::enrpPpid, wire::encode(message));
}

AssocId RegistrarTorture::meet(std::uint32_t peer) {
    const AssocId association = enrp().add(peerAddress(peer), false);
    enrp().comeUp(association, true);
    present(association, peer);
    return association;
}

AssocId RegistrarTorture::addElement(std::uint32_t number) {
    const AssocId association = asap().add(elementAddress(number), false);
    asap().comeUp(association, true);
    asap().deliver(association, wire::asapPpid, wire::encode(wire::Registration{pool, elementOf(number, 0)}));
    return association;
}

void RegistrarTorture::learnElement(AssocId association, std::uint32_t peer, std::uint32_t number) {
    wire::HandleUpdate message;
    message.sender = ServerId{peer};
    message.poolHandle = pool;
    message.element = elementOf(number, peer);
    message.element.asapTransport.emplace();
    message.element.asapTransport->port = elementAddress(number).port;
    message.element.asapTransport->addresses = elementAddress(number).ips;
    enrp().deliver(association, wire::enrpPpid, wire::encode(message));
}

void RegistrarTorture::reach(RegistrarState state) {
    if (state == RegistrarState::Starting) {
        return;
    }
    if (state == RegistrarState::MentorKnown || state == RegistrarState::Downloading) {
        const AssocId mentor = meet(2);
        if (state == RegistrarState::Downloading) {
            wire::HandleTableResponse part;
            part.sender = ServerId{2};
            part.moreToSend = true;
            part.pools.push_back({pool, {elementOf(1, 2)}});
            enrp().deliver(mentor, wire::enrpPpid, wire::encode(part));
        }
        return;
    }
    settle(1s);
    if (state == RegistrarState::Alone) {
        return;
    }
    const AssocId two = meet(2);
    const AssocId three = meet(3);
    addElement(1);
    addElement(2);
    learnElement(two, 2, 3);
    learnElement(two, 2, 4);
    learnElement(three, 3, 5);
    settle(10ms);
    const auto threeLives = [&](Duration duration) {
        for (Duration passed{}; passed < duration; passed += 100ms) {
            settle(100ms);
            present(three, 3);
        }
    };
    switch (state) {
    case RegistrarState::Auditing: return present(two, 2, std::uint16_t{0x1234});
    case RegistrarState::PeerSilent: return threeLives(800ms);
    case RegistrarState::TakingOver: return enrp().end(two, DownReason::ProcessGone);
    case RegistrarState::Yielded:
        threeLives(800ms);
        return enrp().deliver(three, wire::enrpPpid,
                              wire::encode(wire::InitTakeover{ServerId{3}, ServerId{ownId}, ServerId{2}}));
    case RegistrarState::CallingElement:
        enrp().end(three, DownReason::ProcessGone);
        return enrp().deliver(two, wire::enrpPpid,
                              wire::encode(wire::InitTakeoverAck{ServerId{2}, ServerId{ownId}, ServerId{3}}));
    case RegistrarState::KeepAliveDue: return threeLives(400ms);
    case RegistrarState::Leaving: return m_node->leave([] {});
    default: return;
    }
}

// ---- The script ----------------------------------------------------------------------------------------------------

/// Reads a script; behind its end there are zeros.
class RegistrarTorture::Script {
public:
    explicit Script(OctetView octets) : m_octets(octets) {}
    [[nodiscard]] bool atEnd() const { return m_octets.empty(); }
    std::uint8_t octet() { return std::to_integer<std::uint8_t>(take(1).empty() ? std::byte{0} : m_last.front()); }
    std::uint64_t number() {
        std::uint64_t value = 0;
        const OctetView octets = take(8);
        std::memcpy(&value, octets.data(), octets.size());
        return value;
    }
    OctetView take(std::size_t count) {
        m_last = m_octets.first(std::min(count, m_octets.size()));
        m_octets = m_octets.subspan(m_last.size());
        return m_last;
    }
    /// One of an endpoint's associations; None when it has none.
    AssocId association(const LooseEndpoint& endpoint) {
        const std::uint8_t which = octet();
        if (endpoint.associations().empty()) {
            return AssocId::None;
        }
        return std::next(endpoint.associations().begin(), which % std::ssize(endpoint.associations()))->first;
    }

private:
    OctetView m_octets;
    OctetView m_last;
};

void RegistrarTorture::run(OctetView octets) {
    Script script{octets};
    for (int steps = 0; !script.atEnd() && steps < 200; ++steps) {
        step(script);
        settle(0ms); // what was posted
        if (const std::string_view sentence = broken(); !sentence.empty()) {
            std::fprintf(stderr, "no longer true: %.*s\n", static_cast<int>(sentence.size()), sentence.data());
            std::abort();
        }
    }
}

void RegistrarTorture::step(Script& script) {
    switch (script.octet() % 11) {
    case 0: return rawMessage(enrp(), wire::enrpPpid, script);
    case 1: return rawMessage(asap(), wire::asapPpid, script);
    case 2:
    case 3: return peerMessage(script);
    case 4:
    case 5: return elementMessage(script);
    case 6: return connection(enrp(), script);
    case 7: return connection(asap(), script);
    case 8: {
        const std::uint8_t length = script.octet();
        if (m_transport.group != nullptr) {
            (*m_transport.group)(peerAddress(script.octet() % 12), script.take(length));
        }
        return;
    }
    case 9: return settle(10ms * script.octet());
    case 10: {
        LooseEndpoint& endpoint = script.octet() % 2 == 0 ? enrp() : asap();
        if (endpoint.stuck) {
            endpoint.unstick();
        } else {
            endpoint.stuck = true;
        }
        return;
    }
    default: std::unreachable();
    }
}

void RegistrarTorture::rawMessage(LooseEndpoint& endpoint, std::uint32_t ppid, Script& script) {
    const AssocId association = script.association(endpoint);
    const std::uint8_t length = script.octet();
    endpoint.deliver(association, ppid, script.take(length));
}

/// A well-formed message of a registrar, most of it by chance, with names that mean something here.
void RegistrarTorture::peerMessage(Script& script) {
    const AssocId association = script.association(enrp());
    const auto found = enrp().associations().find(association);
    const std::uint8_t type = script.octet();
    const std::uint8_t likeness = script.octet();
    Random random{script.number()};
    wire::Arbitrary arbitrary{random};
    const std::uint32_t itself = found != enrp().associations().end() && !found->second.peer.ips.empty()
                                     ? found->second.peer.ips[0].octets[3]
                                     : 9;
    const ServerId sender{(likeness & 1) != 0 ? itself : likeness % 10u};
    const auto somebody = [&] { return ServerId{(likeness >> 4) == 5 ? ownId : (likeness >> 4) % 10u}; };
    const auto nearlyRight = [&](wire::PoolElement& element) {
        const std::uint32_t number = element.identifier.value % 8 + 1;
        const wire::PoolElement model = elementOf(number, sender.value);
        element.identifier = model.identifier;
        element.homeRegistrar = (likeness & 2) != 0 ? sender : somebody();
        element.policy = (likeness & 4) != 0 ? model.policy : element.policy;
        element.userTransport = (likeness & 4) != 0 ? model.userTransport : element.userTransport;
        if ((likeness & 8) != 0) {
            element.asapTransport.emplace();
            element.asapTransport->port = elementAddress(number).port;
            element.asapTransport->addresses = elementAddress(number).ips;
        }
    };
    const auto deliver = [&]<typename Message>(Message message) {
        arbitrary.make(message);
        message.sender = sender;
        if constexpr (requires { message.target; }) {
            message.target = somebody();
        }
        if constexpr (requires { message.server; }) {
            if ((likeness & 2) != 0) {
                message.server.emplace();
                message.server->server = sender;
                message.server->transport.port = 9901;
                message.server->transport.addresses = peerAddress(itself).ips;
            }
        }
        if constexpr (requires { message.element; }) {
            message.poolHandle = pool;
            nearlyRight(message.element);
        }
        if constexpr (requires { message.pools; }) {
            for (wire::PoolEntry& entry : message.pools) {
                entry.poolHandle = pool;
                std::ranges::for_each(entry.elements, nearlyRight);
            }
        }
        enrp().deliver(association, wire::enrpPpid, wire::encode(message));
    };
    switch (type % 10) {
    case 0: return deliver(wire::Presence{});
    case 1: return deliver(wire::HandleTableRequest{});
    case 2: return deliver(wire::HandleTableResponse{});
    case 3: return deliver(wire::HandleUpdate{});
    case 4: return deliver(wire::ListRequest{});
    case 5: return deliver(wire::ListResponse{});
    case 6: return deliver(wire::InitTakeover{});
    case 7: return deliver(wire::InitTakeoverAck{});
    case 8: return deliver(wire::TakeoverServer{});
    case 9: return deliver(wire::EnrpError{});
    default: std::unreachable();
    }
}

/// The same of an element or a user.
void RegistrarTorture::elementMessage(Script& script) {
    const AssocId association = script.association(asap());
    const auto found = asap().associations().find(association);
    const std::uint8_t type = script.octet();
    const std::uint8_t likeness = script.octet();
    Random random{script.number()};
    wire::Arbitrary arbitrary{random};
    const std::uint32_t itself = found != asap().associations().end() && !found->second.peer.ips.empty()
                                     ? found->second.peer.ips[0].octets[3]
                                     : 9;
    const auto deliver = [&]<typename Message>(Message message) {
        arbitrary.make(message);
        if ((likeness & 1) != 0) {
            message.poolHandle = pool;
        }
        if constexpr (requires { message.element.identifier; }) {
            if ((likeness & 2) != 0) {
                message.element = elementOf(itself, 0);
            }
        } else if constexpr (requires { message.element = PeIdentifier{}; }) {
            message.element = PeIdentifier{(likeness & 2) != 0 ? itself : likeness % 8u};
        }
        asap().deliver(association, wire::asapPpid, wire::encode(message));
    };
    switch (type % 5) {
    case 0: return deliver(wire::Registration{});
    case 1: return deliver(wire::Deregistration{});
    case 2: return deliver(wire::HandleResolution{});
    case 3: return deliver(wire::EndpointKeepAliveAck{});
    case 4: return deliver(wire::EndpointUnreachable{});
    default: std::unreachable();
    }
}

void RegistrarTorture::connection(LooseEndpoint& endpoint, Script& script) {
    const std::uint8_t what = script.octet();
    const bool registrars = &endpoint == &enrp();
    if (what % 3 == 0) { // somebody connects
        const std::uint32_t number = script.octet() % 12u;
        const TransportAddress from = registrars ? peerAddress(number) : elementAddress(number);
        if (std::ranges::none_of(endpoint.associations(),
                                 [&](const auto& entry) { return entry.second.peer == from; })) {
            endpoint.comeUp(endpoint.add(from, false), true);
        }
        return;
    }
    const AssocId association = script.association(endpoint);
    if (association == AssocId::None) {
        return;
    }
    if (what % 3 == 1 && !endpoint.associations().at(association).up) {
        return endpoint.comeUp(association, false); // our connect() is answered
    }
    static constexpr std::array ends{DownReason::ShutdownByPeer, DownReason::AbortByPeer, DownReason::Refused,
                                     DownReason::SetupTimeout,   DownReason::Unreachable, DownReason::ProcessGone};
    endpoint.end(association, ends[script.octet() % ends.size()]);
}

std::string_view RegistrarTorture::broken() const {
    const Handlespace& space = m_node->handlespace();
    if (space.elementCount() > 64) {
        return "no more elements than allowed";
    }
    if (m_node->peers().size() > 8) {
        return "no more peers than allowed";
    }
    std::size_t owned = 0;
    for (const ServerId owner : space.owners()) {
        owned += space.countOwnedBy(owner);
    }
    if (owned != space.elementCount()) {
        return "every element has one owner";
    }
    for (const ElementRef element : space.ownedBy(m_node->id())) {
        if (space.deadlineKind(element) == DeadlineKind::None) {
            return "every element of ours is watched";
        }
        if (space.deadlineKind(element) == DeadlineKind::Expiry) {
            return "no element of ours is taken for a copy";
        }
    }
    return {};
}

} // namespace kolam::test
