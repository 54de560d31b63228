// SPDX-License-Identifier: GPL-3.0-or-later
// What the owner of an endpoint calls. What comes from the network is in user_endpoint_input.cpp.
#include "core/transport/user_endpoint.h"

#include "core/transport/local_addresses.h"
#include "core/transport/user_sockets.h"

#include <algorithm>
#include <cassert>
#include <cerrno>

namespace kolam::transport {
namespace {

constexpr std::uint32_t ipv4Overhead = 20 + 8 + 12; // IP, UDP and SCTP's common header, which the stack does not count
constexpr std::uint32_t ipv6Overhead = 40 + 8 + 12;
constexpr std::uint32_t waitingCost = 512; // octets of memory that a waiting message takes beside its own
constexpr std::uint32_t fewestWaiting = 64;

SendError sendError(int error) {
    switch (error) {
    case EMSGSIZE: return SendError::TooBig;
    case EINVAL: return SendError::BadStream;
    case ENOENT: return SendError::NoAssociation;
    default: return SendError::Closing;
    }
}

} // namespace

std::expected<std::unique_ptr<Endpoint>, std::error_code>
UserEndpoint::open(std::shared_ptr<UsrsctpStack> stack, const EndpointConfig& config, EventSink sink) {
    auto sockets = bindPort(config.local, config.listen);
    if (!sockets) {
        return std::unexpected(sockets.error());
    }
    const std::uint16_t port = sockets->front().local().port;
    std::unique_ptr<UserEndpoint> endpoint{new UserEndpoint{std::move(stack), config, std::move(sink), port}};
    for (UdpSocket& socket : *sockets) {
        endpoint->addSocket(std::move(socket));
    }
    if (const std::error_code error = endpoint->start()) {
        return std::unexpected(error);
    }
    return endpoint;
}

UserEndpoint::UserEndpoint(std::shared_ptr<UsrsctpStack> stack, const EndpointConfig& config, EventSink sink,
                           std::uint16_t port)
    : m_stack(std::move(stack))
    , m_config(config)
    , m_sink(std::make_shared<EventSink>(std::move(sink)))
    , m_port(port)
    , m_address(m_stack->add(*this)) {}

std::error_code UserEndpoint::start() {
    auto sctp = SctpSocket::open(m_address, m_port, m_config);
    if (!sctp) {
        return sctp.error();
    }
    m_sctp = std::make_unique<SctpSocket>(std::move(*sctp));
    m_stack->needTimeout(m_config.liveness.rtoMin);
    if (m_config.local.ips.empty() && !m_sockets.front().boundToAll()) {
        m_addressChanges = watchInterfaces(m_stack->dispatcher(), [this] { followAddresses(); });
    }
    return {};
}

void UserEndpoint::addSocket(UdpSocket socket) {
    const std::size_t index = m_sockets.size();
    m_sockets.push_back(std::move(socket));
    m_stack->dispatcher().watch(m_sockets.back().descriptor(), Interest::Read,
                                [this, index](Readiness readiness) { onReady(index, readiness); });
}

/// An endpoint on all addresses is also on those that the host gets later. A socket whose address has gone stays: the
/// address may come back.
void UserEndpoint::followAddresses() {
    for (const IpAddress& ip : localAddresses()) {
        const SocketAddress wanted{ip, m_port};
        if (std::ranges::find(m_sockets, wanted, &UdpSocket::local) == m_sockets.end()) {
            if (auto socket = UdpSocket::open(wanted)) {
                addSocket(std::move(*socket));
            }
        }
    }
}

UserEndpoint::~UserEndpoint() {
    for (const auto& [stackId, association] : m_associations) {
        if (association->state != Association::State::Ended) {
            kill(*association, "endpoint closed");
        }
    }
    m_sctp.reset();
    for (const Late& late : m_late) { // a fault that lasts longer than we do must not eat our farewells
        if (late.leaves) {
            m_stack->send(m_sockets[late.socket], late.peer, late.local, late.octets);
        }
    }
    m_stack->flush(); // the last packets leave through sockets that are about to close
    m_stack->remove(m_address);
    m_stack->dispatcher().cancel(m_probeTimer);
    m_stack->dispatcher().cancel(m_lateTimer);
    for (const UdpSocket& socket : m_sockets) {
        m_stack->dispatcher().unwatch(socket.descriptor());
    }
}

TransportAddress UserEndpoint::local() const {
    TransportAddress result{.ips = {}, .port = m_port};
    for (const UdpSocket& socket : m_sockets) {
        if (!socket.boundToAll()) {
            result.ips.push_back(socket.local().ip);
            continue;
        }
        std::ranges::copy_if(localAddresses(), std::back_inserter(result.ips),
                             [&](const IpAddress& ip) { return ip.v6 == socket.local().ip.v6; });
    }
    return result;
}

std::optional<std::size_t> UserEndpoint::socketFor(const IpAddress& peer, const Route& route) const {
    std::optional<std::size_t> nearby; // on this host, any address of ours will do
    for (std::size_t i = 0; i < m_sockets.size(); ++i) {
        const IpAddress& ip = m_sockets[i].local().ip;
        if (ip.v6 != peer.v6) {
            continue;
        }
        if (m_sockets[i].boundToAll() || ip == route.source) {
            return i;
        }
        if (route.sameHost && !nearby) {
            nearby = i;
        }
    }
    return nearby;
}

std::expected<AssocId, std::error_code> UserEndpoint::connect(const TransportAddress& peer) {
    std::error_code reason = std::make_error_code(std::errc::destination_address_required);
    const AssocId id{m_lastId + 1};
    for (std::size_t i = 0; i < peer.ips.size(); ++i) {
        const std::error_code error = connectTo(SocketAddress{peer.ips[i], peer.port}, id);
        if (!error) {
            m_lastId = static_cast<std::uint64_t>(id);
            m_byId.at(id)->otherAddresses.assign(peer.ips.begin() + static_cast<std::ptrdiff_t>(i) + 1, peer.ips.end());
            return id;
        }
        reason = error;
        if (error == std::errc::already_connected) {
            break; // not by another way either
        }
    }
    return std::unexpected(reason);
}

/// Begins an association by one address of the peer.
std::error_code UserEndpoint::connectTo(const SocketAddress& peer, AssocId id) {
    if (peer.port == 0 || peer.ip.isUnspecified() || peer.ip.isMulticast()) {
        return std::make_error_code(std::errc::invalid_argument);
    }
    const std::optional<Route> route = routeTo(peer.ip);
    const auto socket = route ? socketFor(peer.ip, *route) : std::nullopt;
    if (!socket) {
        return std::make_error_code(std::errc::network_unreachable);
    }
    const bool toOurselves =
        route->sameHost && peer.port == m_port &&
        (m_sockets[*socket].boundToAll() || std::ranges::find(m_sockets, peer, &UdpSocket::local) != m_sockets.end());
    if (toOurselves) {
        return std::make_error_code(std::errc::invalid_argument);
    }
    Path* path = m_paths.obtain(*socket, peer, peer.port);
    if (path == nullptr) {
        return UserTransportError::NoPathLeft;
    }
    if (find(path->assoc) != nullptr) {
        return std::make_error_code(std::errc::already_connected);
    }
    path->forgetTags();
    const auto stackId = m_sctp->connect(path->number);
    if (!stackId) {
        return stackId.error();
    }
    preparePath(*path, *stackId, *route);
    insert(id, *stackId, *path);
    return {};
}

/// Tells the stack how large packets may be on the way to the peer.
void UserEndpoint::preparePath(Path& path, StackAssoc assoc, const Route& route) {
    path.sameHost = route.sameHost;
    const std::uint32_t overhead = path.peer.ip.v6 ? ipv6Overhead : ipv4Overhead;
    if (route.mtu > overhead) {
        m_sctp->setPathMtu(assoc, route.mtu - overhead);
    }
}

std::expected<void, SendError> UserEndpoint::send(AssocId assoc, OctetView data, const SendOptions& options) {
    assert(!data.empty()); // SCTP has no empty messages
    Association* association = find(assoc);
    if (association == nullptr) {
        return std::unexpected(SendError::NoAssociation);
    }
    if (association->shuttingDown || association->peerClosing) {
        return std::unexpected(SendError::Closing);
    }
    if (options.stream >= association->outStreams) {
        return std::unexpected(SendError::BadStream);
    }
    if (data.size() > m_config.sendBuffer) {
        return std::unexpected(SendError::TooBig);
    }
    if (association->state == Association::State::Connecting) {
        return block(*association, data.size());
    }
    if (association->sendCredit == 0) {
        // The stack limits the octets that wait, but not the messages: a million of one octet each would cost 400 MB.
        const std::uint32_t waiting = m_sctp->queueState(association->stackId).messages;
        association->sendCredit = mostWaiting() - std::min(mostWaiting(), waiting);
        if (association->sendCredit == 0) {
            return block(*association, data.size());
        }
    }
    const int error = m_sctp->send(association->stackId, data, options);
    if (error == 0) {
        --association->sendCredit;
        return {};
    }
    return error == EWOULDBLOCK ? block(*association, data.size()) : std::unexpected(sendError(error));
}

std::expected<void, SendError> UserEndpoint::block(Association& association, std::size_t size) {
    association.blockedSize = static_cast<std::uint32_t>(size);
    if (!std::exchange(association.blocked, true)) {
        ++m_waiting;
    }
    return std::unexpected(SendError::WouldBlock);
}

std::uint32_t UserEndpoint::mostWaiting() const {
    return std::max(m_config.sendBuffer / waitingCost, fewestWaiting);
}

void UserEndpoint::shutdown(AssocId assoc) {
    Association* association = find(assoc);
    if (association == nullptr || association->shuttingDown) {
        return;
    }
    association->shuttingDown = true;
    stopWaiting(*association); // nothing can be sent any more, so there is no room to tell of
    if (association->state == Association::State::Connecting) {
        kill(*association, {});
        end(*association, DownReason::ShutdownByUs, {});
    } else if (m_sctp->shutdown(association->stackId) == EWOULDBLOCK) {
        association->shutdownWaits = true; // the queue is full: again when there is room
        ++m_waiting;
    }
    m_stack->deliverSoon(m_address);
}

void UserEndpoint::abort(AssocId assoc, std::string_view why) {
    Association* association = find(assoc);
    if (association == nullptr) {
        return;
    }
    kill(*association, why);
    end(*association, DownReason::AbortByUs, std::string{why});
    m_stack->deliverSoon(m_address);
}

/// Ends an association inside the stack, in whatever state it is.
void UserEndpoint::kill(Association& association, std::string_view why) {
    if (m_sctp->abort(association.stackId, why) != 0) {
        // Before it is up the stack refuses to abort; but it obeys a peer who does.
        if (const Path* path = m_paths.find(association.path)) {
            injectAbort(*path);
        }
    }
}

std::optional<AssocInfo> UserEndpoint::info(AssocId assoc) const {
    const auto found = m_byId.find(assoc);
    if (found == m_byId.end()) {
        return std::nullopt;
    }
    const QueueState queue = m_sctp->queueState(found->second->stackId);
    return AssocInfo{.peer = peerOf(*found->second),
                     .transport = "user",
                     .smoothedRtt = queue.smoothedRtt,
                     .unsentOctets = queue.octets};
}

void UserEndpoint::setLiveness(AssocId assoc, const Liveness& liveness) {
    if (Association* association = find(assoc)) {
        association->liveness = liveness;
        m_sctp->setLiveness(association->stackId, liveness);
        m_stack->needTimeout(liveness.rtoMin);
        armProbe(*association);
    }
}

std::error_code UserEndpoint::addAddress(const IpAddress&) {
    return std::make_error_code(std::errc::operation_not_supported);
}

std::error_code UserEndpoint::removeAddress(const IpAddress&) {
    return std::make_error_code(std::errc::operation_not_supported);
}

UserEndpoint::Association& UserEndpoint::insert(AssocId id, StackAssoc stackId, Path& path) {
    auto made = std::make_unique<Association>(Association{.id = id,
                                                          .stackId = stackId,
                                                          .path = path.number,
                                                          .peerPort = path.sctpPort,
                                                          .outStreams = m_config.outStreams,
                                                          .liveness = m_config.liveness});
    Association& association = *made;
    m_associations[stackId] = std::move(made);
    m_byId[id] = &association;
    m_paths.assign(path, id);
    return association;
}

UserEndpoint::Association* UserEndpoint::find(AssocId id) {
    const auto found = m_byId.find(id);
    return found == m_byId.end() ? nullptr : found->second;
}

UserEndpoint::Association* UserEndpoint::findByStackId(StackAssoc assoc) {
    const auto found = m_associations.find(assoc);
    return found == m_associations.end() ? nullptr : found->second.get();
}

TransportAddress UserEndpoint::peerOf(const Association& association) const {
    const Path* path = m_paths.find(association.path);
    return path == nullptr ? TransportAddress{} : TransportAddress{.ips = {path->peer.ip}, .port = path->sctpPort};
}

} // namespace kolam::transport
