// SPDX-License-Identifier: GPL-3.0-or-later
// Next door: registrar_node.h says what for.
#include "core/node/registrar_node.h"

#include "core/base/counted.h"
#include "core/node/limited_log.h"
#include "core/node/mesh_node.h"
#include "core/node/registrar_teller.h"
#include "core/node/timer.h"
#include "core/wire/codec.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace kolam {

using namespace std::chrono_literals;
using transport::AssocId;

namespace {

constexpr transport::SendOptions asAsap{.ppid = wire::asapPpid};
constexpr Duration farewellTime = 1s;     // how long leave() waits for peers
constexpr std::uint8_t announceHops = 30; // beyond the host; as rsplib

asap::AssociationId toAsap(AssocId id) {
    return asap::AssociationId{static_cast<std::uint64_t>(id)};
}
AssocId fromAsap(asap::AssociationId id) {
    return AssocId{static_cast<std::uint64_t>(id)};
}

/// Names our addresses: that is how endpoints of ours know a registrar of ours, and all of several addresses. rsplib
/// connects to what is named, but drops an announcement that names nothing beyond the host: so loopback addresses are
/// named only where there are no others, and rsplib could do nothing anyway.
Octets announcement(ServerId id, const TransportAddress& asapAddress) {
    const auto reachesOthers = [](const IpAddress& address) { return address.scope() > AddressScope::LinkLocal; };
    wire::TransportParameter transport;
    transport.port = asapAddress.port;
    std::ranges::copy_if(asapAddress.ips, std::back_inserter(transport.addresses), reachesOthers);
    if (transport.addresses.empty()) {
        transport.addresses = asapAddress.ips;
    }
    return wire::encode(wire::ServerAnnounce{id, {std::move(transport)}});
}

std::string serviceAddress(const wire::PoolElement& element) {
    return toText(TransportAddress{element.userTransport.addresses, element.userTransport.port});
}

} // namespace

struct RegistrarNode::Impl final : asap::RegistrarSink, MeshOwner {
    Impl(Dispatcher& dispatcherToUse, Log& logToUse, Authorizer& access, const Config& configToUse, ServerId idToUse)
        : dispatcher(dispatcherToUse)
        , log(logToUse)
        , strangers(logToUse)
        , config(configToUse)
        , id(idToUse)
        , handlespace(dispatcher.random()(), config.handlespace)
        , machine({.id = id,
                   .keepAliveInterval = config.profile.elementKeepAliveInterval,
                   .keepAliveTimeout = config.profile.elementKeepAliveTimeout,
                   .maxUnreachableReports = config.profile.maxUnreachableReports,
                   .minimumScope = config.minimumScope,
                   .limits = config.limits},
                  handlespace, access, dispatcher.random(), *this)
        , queues(config.queues)
        , teller(dispatcher, telemetry::orSilence(config.telemetry),
                 {.id = id,
                  .handlespace = handlespace,
                  .machine = machine,
                  .state = [this] { return state(); },
                  .peers = [this] { return mesh ? mesh->machine().peers() : std::vector<enrp::PeerView>{}; },
                  .associations = [this] { return associations.size(); }}) {
        if (config.mesh) {
            mesh.emplace(dispatcher, log, access, handlespace, *this, config, id);
        }
    }

    std::error_code open(transport::Transport& transport);
    void openAnnounces(transport::Transport& transport);
    void announce();
    void deadlineReached();
    void close();
    void happened(const transport::Event& event);
    void received(const transport::Message& message);
    void ended(const transport::Down& down);
    void leave(std::function<void()> callback);
    void left();

    // What the machine wants done.
    void send(asap::AssociationId to, OctetView message) override;
    asap::AssociationId connect(const TransportAddress& element) override;
    void abort(asap::AssociationId association, std::string_view why) override;
    [[nodiscard]] Duration roundTrip(asap::AssociationId association) override;
    void armTimer(TimePoint deadline) override;
    void elementChanged(const asap::ElementEvent& event) override;
    void incident(const asap::Incident& incident) override;

    // What the mesh wants done.
    bool holds(ElementRef element) override { return machine.holds(element, dispatcher.now()); }
    bool takeOver(ElementRef element) override;
    void release(ElementRef element) override { machine.release(element); }
    void drop(ElementRef element) override;
    void copyChanged(ElementRef element, enrp::CopyChange change) override;
    void serviceBegins() override;
    void handedOver() override { close(); }
    void closed() override { leftIfEmpty(); }
    void renamed(ServerId newId) override;

    void leftIfEmpty();
    [[nodiscard]] telemetry::ComponentState state() const {
        return leaving   ? telemetry::ComponentState::Leaving
               : serving ? telemetry::ComponentState::Serving
                         : telemetry::ComponentState::Looking;
    }
    [[nodiscard]] std::string peer(asap::AssociationId association) const;
    void tell(const asap::ElementEvent& event);
    void tellUp(const transport::Up& up);

    Dispatcher& dispatcher;
    Log& log;
    LimitedLog strangers;
    Config config;
    ServerId id;
    Handlespace handlespace;
    asap::RegistrarSide machine;
    SendQueues queues;
    std::unique_ptr<transport::Endpoint> endpoint;
    std::unique_ptr<transport::DatagramPort> group;
    Octets announcedOctets;
    std::unordered_set<AssocId> associations;
    Timer deadlines{dispatcher, [this] { deadlineReached(); }};
    Timer announces{dispatcher, [this] { announce(); }};
    Timer farewell{dispatcher, [this] { left(); }};
    bool leaving = false; // hands its elements over
    bool closing = false; // and then its associations end
    bool serving = false;
    std::function<void()> onLeft;
    std::function<void(const asap::ElementEvent&)> watcher;
    std::optional<MeshNode> mesh;
    RegistrarTeller teller;
};

// ---- Coming and going ----------------------------------------------------------------------------------------------

std::error_code RegistrarNode::Impl::open(transport::Transport& transport) {
    transport::EndpointConfig endpointConfig;
    endpointConfig.local = config.asap;
    endpointConfig.listen = true;
    endpointConfig.outStreams = 1;
    endpointConfig.sendBuffer = static_cast<std::uint32_t>(config.queues.octetsPerAssociation);
    endpointConfig.maxMessage = largestMessage;
    endpointConfig.liveness = config.profile.liveness;
    auto opened = transport.open(endpointConfig, [this](const transport::Event& event) { happened(event); });
    if (!opened) {
        return opened.error();
    }
    endpoint = std::move(*opened);
    log.info("registrar {} serves ASAP at {} over {} transport", toText(id), toText(endpoint->local()),
             transport.name());
    if (config.announce.enabled) {
        openAnnounces(transport);
    }
    if (mesh) {
        return mesh->open(transport);
    }
    serviceBegins();
    return {};
}

void RegistrarNode::Impl::openAnnounces(transport::Transport& transport) {
    auto opened = transport.openMulticast({.group = config.announce.group,
                                           .port = config.announce.port,
                                           .sourcePort = endpoint->local().port,
                                           .receive = false,
                                           .loopbackOnly = config.loopbackOnly,
                                           .ttl = config.loopbackOnly ? std::uint8_t{1} : announceHops,
                                           .from = config.asap.ips},
                                          [](const TransportAddress&, OctetView) {});
    const std::string where = toText(TransportAddress{{config.announce.group}, config.announce.port});
    if (!opened) {
        log.warning("cannot announce to {}: {}; who knows the address still finds this registrar", where,
                    opened.error().message());
        return;
    }
    group = std::move(*opened);
    announcedOctets = announcement(id, endpoint->local());
    log.info("announces itself to {} every {} ms", where, config.profile.announceInterval / 1ms);
}

void RegistrarNode::Impl::serviceBegins() {
    serving = true;
    teller.stateChanged();
    if (mesh) {
        log.info("knows {} in {} and {}: service begins", counted(handlespace.elementCount(), "element"),
                 counted(handlespace.poolCount(), "pool"), counted(mesh->machine().peers().size(), "peer"));
    }
    if (group) {
        announce();
    }
}

void RegistrarNode::Impl::announce() {
    group->send(announcedOctets);
    const double factor = 0.875 + 0.25 * dispatcher.random().unit();
    announces.arm(dispatcher.now() + std::chrono::duration_cast<Duration>(config.profile.announceInterval * factor));
}

void RegistrarNode::Impl::leave(std::function<void()> callback) {
    if (std::exchange(leaving, true)) {
        return;
    }
    onLeft = std::move(callback);
    teller.stateChanged();
    announces.stop();
    if (mesh) {
        mesh->leave();
    } else {
        close();
    }
}

void RegistrarNode::Impl::close() {
    if (std::exchange(closing, true)) {
        return;
    }
    deadlines.stop();
    const std::size_t own = handlespace.countOwnedBy(id);
    log.info("registrar {} leaves; {} {} to find another one", toText(id), counted(own, "element"),
             own == 1 ? "has" : "have");
    for (const AssocId association : associations) {
        endpoint->shutdown(association);
    }
    if (mesh) {
        mesh->close();
    }
    farewell.arm(dispatcher.now() + farewellTime);
    leftIfEmpty();
}

void RegistrarNode::Impl::leftIfEmpty() {
    if (closing && associations.empty() && (!mesh || mesh->isClosed())) {
        left();
    }
}

void RegistrarNode::Impl::left() {
    farewell.stop();
    if (onLeft) {
        dispatcher.post(std::exchange(onLeft, nullptr)); // later: it may destroy us
    }
}

// ---- What happens on the network -----------------------------------------------------------------------------------

void RegistrarNode::Impl::happened(const transport::Event& event) {
    std::visit(Overloaded{
                   [this](const transport::Up& up) {
                       associations.insert(up.assoc);
                       tellUp(up);
                       machine.associationUp(toAsap(up.assoc), up.peer, dispatcher.now());
                       if (closing) {
                           endpoint->shutdown(up.assoc);
                       }
                   },
                   [this](const transport::Down& down) { ended(down); },
                   [this](const transport::Message& message) { received(message); },
                   [this](const transport::Writable& writable) { queues.writable(*endpoint, writable.assoc, asAsap); },
                   [](const transport::PeerClosing&) {}, // its Down follows
                   [](const transport::PathChange&) {},
               },
               event);
}

void RegistrarNode::Impl::received(const transport::Message& message) {
    if (closing) {
        return;
    }
    if (message.ppid != wire::asapPpid) {
        strangers.warning(dispatcher.now(), [&] {
            return fmt::format("{}: ignored {} octets of another protocol (PPID {})", peer(toAsap(message.assoc)),
                               message.data.size(), message.ppid);
        });
        return;
    }
    teller.received(message.data, [&] {
        const auto info = endpoint->info(message.assoc);
        return info ? info->peer : TransportAddress{};
    });
    machine.message(toAsap(message.assoc), message.data, dispatcher.now());
}

void RegistrarNode::Impl::ended(const transport::Down& down) {
    associations.erase(down.assoc);
    queues.forget(down.assoc);
    log.debug("an association ended: {}{}{}", transport::toText(down.reason), down.detail.empty() ? "" : ", ",
              down.detail);
    if (!closing) {
        machine.associationDown(toAsap(down.assoc), dispatcher.now());
    }
    leftIfEmpty();
}

void RegistrarNode::Impl::deadlineReached() {
    for (const ElementRef copy : machine.deadlineReached(dispatcher.now())) {
        if (mesh) {
            mesh->copyExpired(copy);
        }
    }
    machine.deadlinesChanged();
}

// ---- What the machine wants done -----------------------------------------------------------------------------------

void RegistrarNode::Impl::send(asap::AssociationId to, OctetView message) {
    if (const auto over = queues.send(*endpoint, fromAsap(to), message, asAsap)) {
        strangers.warning(dispatcher.now(),
                          [&] { return fmt::format("{} does not read its answers: closed", peer(toAsap(*over))); });
        queues.forget(*over);
        endpoint->abort(*over, "answers not read");
    }
}

asap::AssociationId RegistrarNode::Impl::connect(const TransportAddress& element) {
    const auto begun = endpoint->connect(element);
    if (!begun) {
        log.warning("cannot connect to the element at {}: {}", toText(element), begun.error().message());
    }
    return begun ? toAsap(*begun) : asap::AssociationId::None;
}

void RegistrarNode::Impl::abort(asap::AssociationId association, std::string_view why) {
    strangers.warning(dispatcher.now(), [&] { return fmt::format("{} is closed: {}", peer(association), why); });
    endpoint->abort(fromAsap(association), why);
}

Duration RegistrarNode::Impl::roundTrip(asap::AssociationId association) {
    const auto info = endpoint->info(fromAsap(association));
    return info ? info->smoothedRtt : Duration{};
}

void RegistrarNode::Impl::armTimer(TimePoint deadline) {
    deadlines.arm(deadline);
}

void RegistrarNode::Impl::elementChanged(const asap::ElementEvent& event) {
    tell(event);
    teller.elementChanged(event);
    if (mesh) {
        const auto change = event.change == asap::ElementChange::Removed     ? enrp::OwnChange::Removed
                            : event.change == asap::ElementChange::Refreshed ? enrp::OwnChange::Refreshed
                                                                             : enrp::OwnChange::Changed;
        mesh->ownElementChanged(event.element, change);
    }
    if (watcher) {
        watcher(event);
    }
}

// ---- What the mesh wants done --------------------------------------------------------------------------------------

bool RegistrarNode::Impl::takeOver(ElementRef element) {
    const ServerId from = handlespace.owner(element);
    if (!machine.takeOver(element, dispatcher.now())) {
        return false;
    }
    teller.takenOver(element, from);
    return true;
}

void RegistrarNode::Impl::drop(ElementRef element) {
    if (machine.isConnected(element) && machine.takeOver(element, dispatcher.now())) {
        return; // whoever owned it has given it up, but it is registered here
    }
    copyChanged(element, enrp::CopyChange::Removed);
    machine.forget(element);
    handlespace.remove(element);
}

void RegistrarNode::Impl::copyChanged(ElementRef element, enrp::CopyChange change) {
    log.debug("pool {}: element {} of registrar {} {}", toText(handlespace.poolHandle(element)),
              toText(handlespace.identifier(element)), toText(handlespace.owner(element)),
              change == enrp::CopyChange::Added     ? "is new"
              : change == enrp::CopyChange::Changed ? "has changed"
                                                    : "is gone");
    machine.deadlinesChanged();
    teller.copyChanged(element, change);
    if (watcher) {
        watcher({element, change == enrp::CopyChange::Added     ? asap::ElementChange::Added
                          : change == enrp::CopyChange::Changed ? asap::ElementChange::Changed
                                                                : asap::ElementChange::Removed});
    }
}

void RegistrarNode::Impl::renamed(ServerId newId) {
    log.warning("identifier {} is another registrar's: goes on as {}", toText(id), toText(newId));
    id = newId;
    machine.rename(id);
    announcedOctets = announcement(id, endpoint->local());
}

// ---- For people ----------------------------------------------------------------------------------------------------

std::string RegistrarNode::Impl::peer(asap::AssociationId association) const {
    const auto info = endpoint->info(fromAsap(association));
    return info ? toText(info->peer) : "an association that has ended";
}

void RegistrarNode::Impl::tellUp(const transport::Up& up) {
    if (log.wants(LogLevel::Debug)) {
        const auto info = endpoint->info(up.assoc);
        log.debug("association with {} is up over {} transport", toText(up.peer), info ? info->transport : "no");
    }
}

void RegistrarNode::Impl::tell(const asap::ElementEvent& event) {
    const bool rare = event.change == asap::ElementChange::Added || event.change == asap::ElementChange::Removed;
    if (!log.wants(rare ? LogLevel::Info : LogLevel::Debug)) {
        return;
    }
    const PoolHandle& pool = handlespace.poolHandle(event.element);
    const wire::PoolElement element = handlespace.element(event.element);
    const std::size_t elements = handlespace.elementCount(pool);
    switch (event.change) {
    case asap::ElementChange::Added:
        return log.info("pool {}: element {} registered ({}), {}", toText(pool), toText(element.identifier),
                        serviceAddress(element), counted(elements, "element"));
    case asap::ElementChange::Changed:
        return log.debug("pool {}: element {} registered again, changed ({}, load {:.0f} %)", toText(pool),
                         toText(element.identifier), serviceAddress(element),
                         element.policy.load * (100.0 / 0xffffffff));
    case asap::ElementChange::Refreshed:
        return log.debug("pool {}: element {} registered again", toText(pool), toText(element.identifier));
    case asap::ElementChange::Removed:
        return log.info("pool {}: element {} removed ({}): {}, {} left", toText(pool), toText(element.identifier),
                        serviceAddress(element), asap::toText(event.reason), elements - 1);
    }
}

void RegistrarNode::Impl::incident(const asap::Incident& incident) {
    strangers.warning(dispatcher.now(), [&] {
        const std::string from = peer(incident.association);
        if (incident.error != nullptr) {
            return fmt::format("{}: malformed message of type {:#04x}: {} at octet {}", from, incident.messageType,
                               wire::toText(incident.error->code), incident.error->offset);
        }
        const std::string why = incident.kind == asap::IncidentKind::Rejected
                                    ? wire::toText(incident.cause)
                                    : std::string{asap::toText(incident.kind)};
        if (incident.pool != nullptr) {
            return fmt::format("{}: message of type {:#04x} about pool {}, element {}: {}", from, incident.messageType,
                               toText(*incident.pool), toText(incident.element), why);
        }
        return fmt::format("{}: message of type {:#04x}: {}", from, incident.messageType, why);
    });
}

// ---- The outside ---------------------------------------------------------------------------------------------------

RegistrarNode::RegistrarNode(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
RegistrarNode::~RegistrarNode() = default;

std::expected<std::unique_ptr<RegistrarNode>, std::error_code> RegistrarNode::start(Dispatcher& dispatcher,
                                                                                    transport::Transport& transport,
                                                                                    Log& log, Authorizer& access,
                                                                                    const Config& config) {
    const ServerId id = config.id == ServerId{0} ? ServerId{dispatcher.random().nonZero32()} : config.id;
    auto impl = std::make_unique<Impl>(dispatcher, log, access, config, id);
    if (const std::error_code error = impl->open(transport)) {
        return std::unexpected(error);
    }
    return std::unique_ptr<RegistrarNode>(new RegistrarNode(std::move(impl)));
}

ServerId RegistrarNode::id() const {
    return m_impl->id;
}
TransportAddress RegistrarNode::asapAddress() const {
    return m_impl->endpoint->local();
}
std::optional<TransportAddress> RegistrarNode::enrpAddress() const {
    return m_impl->mesh ? std::optional{m_impl->mesh->address()} : std::nullopt;
}
std::vector<enrp::PeerView> RegistrarNode::peers() const {
    return m_impl->mesh ? m_impl->mesh->machine().peers() : std::vector<enrp::PeerView>{};
}
enrp::EnrpCounters RegistrarNode::meshCounters() const {
    return m_impl->mesh ? m_impl->mesh->machine().counters() : enrp::EnrpCounters{};
}
void RegistrarNode::setStaticPeers(std::vector<TransportAddress> peers) {
    if (m_impl->mesh) {
        m_impl->mesh->setPeers(std::move(peers));
    }
}
bool RegistrarNode::serving() const {
    return m_impl->serving;
}
const Handlespace& RegistrarNode::handlespace() const {
    return m_impl->handlespace;
}
const asap::RegistrarCounters& RegistrarNode::counters() const {
    return m_impl->machine.counters();
}
std::size_t RegistrarNode::associationCount() const {
    return m_impl->associations.size();
}
telemetry::CspContent RegistrarNode::cspContent() const {
    const std::vector<enrp::PeerView> known = peers();
    telemetry::CspContent content{.status = telemetry::cspRegistrar(handlespace().elementCount(),
                                                                    handlespace().countOwnedBy(id()),
                                                                    handlespace().poolCount(), known.size())};
    for (const enrp::PeerView& peer : known) {
        content.associations.push_back(
            telemetry::cspAssociation(telemetry::componentId(peer.id), wire::enrpPpid, std::nullopt));
    }
    return content;
}
void RegistrarNode::onElementChange(std::function<void(const asap::ElementEvent&)> callback) {
    m_impl->watcher = std::move(callback);
}
void RegistrarNode::leave(std::function<void()> done) {
    m_impl->leave(std::move(done));
}

} // namespace kolam
