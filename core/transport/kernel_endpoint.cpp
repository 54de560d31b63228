// SPDX-License-Identifier: GPL-3.0-or-later
// What the kernel's notifications mean, and what our owner asks for.
#include "core/transport/kernel_endpoint.h"

#include "core/base/strong.h"
#include "core/transport/local_addresses.h"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <iterator>

namespace kolam::transport {

namespace {

constexpr std::size_t eventsPerTurn = 64; // of a listener, so that a busy one does not starve the others

bool isTransient(const std::error_code& error) {
    return error == std::errc::resource_unavailable_try_again || error == std::errc::interrupted;
}

} // namespace

KernelEndpointCore::KernelEndpointCore(DescriptorDispatcher& dispatcher, const EndpointConfig& config,
                                       KernelSocket socket, EventSink sink)
    : m_dispatcher(dispatcher)
    , m_config(config)
    , m_socket(std::move(socket))
    , m_sink(std::move(sink))
    , m_port(m_socket.port()) {}

void KernelEndpointCore::start() {
    m_dispatcher.watch(m_socket.descriptor(), Interest::Read, [this](Readiness) { onListener(); });
}

void KernelEndpointCore::close() {
    if (std::exchange(m_closed, true)) {
        return;
    }
    m_dispatcher.unwatch(m_socket.descriptor());
    for (const auto& [id, association] : m_associations) {
        if (association->socket) {
            m_dispatcher.unwatch(association->socket->descriptor());
            (void)association->socket->abort(association->kernelId, "endpoint closed");
            association->socket.reset();
        }
    }
    // Closing aborts the rest.
    const KernelSocket dying = std::move(m_socket);
}

// --- what our owner asks --------------------------------------------------------------------------------------------

TransportAddress KernelEndpointCore::local() const {
    TransportAddress result{m_config.local.ips, m_port};
    if (result.ips.empty()) {
        std::ranges::copy_if(localAddresses(), std::back_inserter(result.ips),
                             [v6 = m_socket.isV6()](const IpAddress& ip) { return v6 || !ip.v6; });
    }
    return result;
}

std::expected<AssocId, std::error_code> KernelEndpointCore::connect(const TransportAddress& peer) {
    if (peer.ips.empty() || peer.port == 0 || isOurs(peer)) {
        return std::unexpected(std::make_error_code(std::errc::invalid_argument));
    }
    // The kernel would say so for associations on the first socket, but not for those that are peeled off.
    if (std::ranges::any_of(peer.ips, [&](const IpAddress& ip) { return m_peers.contains({ip, peer.port}); })) {
        return std::unexpected(std::make_error_code(std::errc::already_connected));
    }
    const auto kernelId = m_socket.connect(peer);
    if (!kernelId) {
        const bool exists = kernelId.error() == std::errc::already_connected ||
                            kernelId.error() == std::errc::connection_already_in_progress;
        return std::unexpected(exists ? std::make_error_code(std::errc::already_connected) : kernelId.error());
    }
    const AssocId id{++m_lastId};
    const auto association = std::make_shared<Association>();
    association->id = id;
    association->kernelId = *kernelId;
    association->peer = peer;
    association->outStreams = m_config.outStreams;
    association->liveness = m_config.liveness;
    association->begun = m_dispatcher.now();
    m_associations.emplace(id, association);
    m_onListener.insert_or_assign(*kernelId, association);
    for (const IpAddress& ip : peer.ips) {
        m_peers.emplace(std::pair{ip, peer.port}, id);
    }
    return id;
}

bool KernelEndpointCore::isOurs(const TransportAddress& peer) const {
    if (peer.port != m_port) {
        return false;
    }
    const std::vector<IpAddress> own = local().ips;
    return std::ranges::any_of(peer.ips,
                               [&own](const IpAddress& ip) { return std::ranges::find(own, ip) != own.end(); });
}

std::expected<void, SendError> KernelEndpointCore::send(AssocId assoc, OctetView data, const SendOptions& options) {
    assert(!data.empty()); // SCTP has no empty messages
    Association* const association = find(assoc);
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
        association->blocked = true;
        return std::unexpected(SendError::WouldBlock);
    }
    switch (association->socket->send(association->kernelId, data, options)) {
    case 0: return {};
    case EAGAIN:
        if (!std::exchange(association->blocked, true)) {
            watch(m_associations.at(assoc), Interest::ReadWrite);
        }
        return std::unexpected(SendError::WouldBlock);
    case EMSGSIZE: return std::unexpected(SendError::TooBig);
    case EINVAL: return std::unexpected(SendError::BadStream);
    default: return std::unexpected(SendError::Closing); // it is ending; the notification is on its way
    }
}

void KernelEndpointCore::shutdown(AssocId assoc) {
    Association* const association = find(assoc);
    if (association == nullptr || std::exchange(association->shuttingDown, true)) {
        return;
    }
    if (association->state == Association::State::Connecting) {
        (void)m_socket.abort(association->kernelId, {});
        endLater(*association, DownReason::ShutdownByUs, "before it was up");
        return;
    }
    if (std::exchange(association->blocked, false)) {
        watch(m_associations.at(assoc), Interest::Read); // nobody waits for room any more
    }
    association->socket->shutdown(association->kernelId);
}

void KernelEndpointCore::abort(AssocId assoc, std::string_view why) {
    if (Association* const association = find(assoc)) {
        (void)socketOf(*association).abort(association->kernelId, why);
        endLater(*association, DownReason::AbortByUs, why);
    }
}

std::optional<AssocInfo> KernelEndpointCore::info(AssocId assoc) const {
    const Association* const association = find(assoc);
    if (association == nullptr) {
        return std::nullopt;
    }
    const auto status =
        association->socket ? association->socket->status(association->kernelId) : KernelSocket::Status{};
    return AssocInfo{.peer = association->peer,
                     .transport = "kernel",
                     .smoothedRtt = status.smoothedRtt,
                     .unsentOctets = status.unsentOctets};
}

void KernelEndpointCore::setLiveness(AssocId assoc, const Liveness& liveness) {
    if (Association* const association = find(assoc)) {
        association->liveness = liveness;
        socketOf(*association).setLiveness(association->kernelId, liveness);
    }
}

std::error_code KernelEndpointCore::changeAddress(const IpAddress& address, bool add) {
    if (m_config.local.ips.empty()) {
        return std::make_error_code(std::errc::operation_not_supported); // it has all of them anyway
    }
    // The listener comes last: while it has the address, the kernel grants it to nobody else on this port.
    for (const auto& [id, association] : m_associations) {
        if (association->socket) {
            (void)association->socket->changeAddress(address, add); // a peer that cannot follow keeps the others
        }
    }
    if (const std::error_code error = m_socket.changeAddress(address, add)) {
        return error;
    }
    if (add) {
        m_config.local.ips.push_back(address);
    } else {
        std::erase(m_config.local.ips, address);
    }
    return {};
}

KernelEndpointCore::Association* KernelEndpointCore::find(AssocId assoc) const {
    const auto found = m_associations.find(assoc);
    return found == m_associations.end() ? nullptr : found->second.get();
}

// --- what the kernel tells ------------------------------------------------------------------------------------------

void KernelEndpointCore::onListener() {
    const auto self = shared_from_this(); // the sink may destroy the handle
    for (std::size_t i = 0; i < eventsPerTurn && !m_closed; ++i) {
        // One by one: what comes behind the news that an association is up goes to the socket that it gets then.
        const auto got = m_socket.receive(m_inbox, 1);
        if (!got) {
            if (!isTransient(got.error())) {
                continue; // an error of one association, which its notification tells again
            }
            return;
        }
        const auto event = KernelSocket::read(m_inbox, 0);
        if (!event) {
            continue;
        }
        const auto assoc = std::visit(
            Overloaded{[](std::monostate) { return KernelAssoc{}; }, [](const auto& any) { return any.assoc; }},
            *event);
        const auto known = m_onListener.find(assoc);
        handle(m_socket, *event, known == m_onListener.end() ? nullptr : known->second);
    }
}

void KernelEndpointCore::onAssociation(const Shared& association, Readiness readiness) {
    const auto self = shared_from_this();
    const Shared kept = association; // the callback that holds it may be replaced
    const auto over = [&](const std::error_code& error) {
        end(kept, kept->shuttingDown ? DownReason::ShutdownByUs : DownReason::Unreachable, error.message());
    };
    // One inbox a turn: nobody waits long for its own, however many send much. Who is not heard is taken for dead.
    const auto got = kept->socket->receive(m_inbox, KernelInbox::slots);
    if (!got && !isTransient(got.error())) {
        over(got.error());
    }
    for (std::size_t i = 0; got && i < *got && !m_closed && kept->socket; ++i) {
        const auto event = KernelSocket::read(m_inbox, i);
        if (!event) {
            over(event.error());
            break;
        }
        handle(*kept->socket, *event, kept);
    }
    if (readiness.write && !m_closed && kept->socket && std::exchange(kept->blocked, false)) {
        watch(kept, Interest::Read);
        emit(Writable{kept->id});
    }
}

void KernelEndpointCore::watch(const Shared& association, Interest interest) {
    m_dispatcher.watch(association->socket->descriptor(), interest,
                       [this, association](Readiness readiness) { onAssociation(association, readiness); });
}

void KernelEndpointCore::handle(KernelSocket& socket, const KernelEvent& event, Shared association) {
    std::visit(Overloaded{
                   [](std::monostate) {},
                   [&](const KernelData& data) { handleData(data, association); },
                   [&](const KernelUp& up) { handleUp(up, std::move(association)); },
                   [&](const KernelDown& down) { handleDown(down, association); },
                   [&](const KernelPeerClosing&) {
                       if (association && association->state == Association::State::Up && !association->shuttingDown &&
                           !std::exchange(association->peerClosing, true)) {
                           emit(PeerClosing{association->id});
                       }
                   },
                   [&](const KernelPathState& path) {
                       if (association && association->state == Association::State::Up) {
                           association->peer = socket.peer(association->kernelId);
                           emit(PathChange{association->id, path.address, path.state});
                       }
                   },
               },
               event);
}

void KernelEndpointCore::handleUp(const KernelUp& up, Shared association) {
    if (association && association->state == Association::State::Ended) {
        (void)m_socket.abort(up.assoc, {}); // given up while it was being set up
        return;
    }
    if (association && association->state == Association::State::Up) {
        if (up.restarted) {
            restart(association);
        }
        return;
    }
    auto socket = m_socket.peelOff(up.assoc);
    if (!socket) {
        (void)m_socket.abort(up.assoc, "out of descriptors");
        if (association) {
            end(association, DownReason::AbortByUs, socket.error().message());
        }
        return;
    }
    m_onListener.erase(up.assoc);
    if (!association) {
        association = std::make_shared<Association>();
        association->id = AssocId{++m_lastId};
        association->kernelId = up.assoc;
        association->incoming = true;
        association->liveness = m_config.liveness;
        m_associations.emplace(association->id, association);
    }
    association->socket = std::move(*socket);
    association->state = Association::State::Up;
    association->outStreams = up.outStreams;
    association->peer = association->socket->peer(up.assoc);
    for (const IpAddress& ip : association->peer.ips) {
        m_peers.insert_or_assign({ip, association->peer.port}, association->id);
    }
    association->socket->setLiveness(up.assoc, association->liveness);
    watch(association, Interest::Read);
    emit(Up{association->id, association->peer, association->outStreams, association->incoming});
    if (!m_closed && association->socket && std::exchange(association->blocked, false)) {
        emit(Writable{association->id});
    }
}

/// The peer has lost its memory and begun again on the same port: to our owner the old one is dead, and a new one
/// calls.
void KernelEndpointCore::restart(const Shared& association) {
    const AssocId old = association->id;
    m_associations.erase(old);
    association->id = AssocId{++m_lastId};
    association->incoming = true;
    association->shuttingDown = association->peerClosing = association->blocked = false;
    association->partial.clear();
    association->peer = association->socket->peer(association->kernelId);
    m_associations.emplace(association->id, association);
    for (const IpAddress& ip : association->peer.ips) {
        m_peers.insert_or_assign({ip, association->peer.port}, association->id);
    }
    watch(association, Interest::Read);
    emit(Down{old, DownReason::ProcessGone, "the peer has restarted"});
    if (!m_closed && association->socket) {
        emit(Up{association->id, association->peer, association->outStreams, true});
    }
}

void KernelEndpointCore::handleDown(const KernelDown& down, const Shared& association) {
    m_onListener.erase(down.assoc);
    if (!association || association->state == Association::State::Ended) {
        return;
    }
    if (association->state == Association::State::Connecting) {
        end(association, takesLongerThanRefusal(*association) ? DownReason::SetupTimeout : DownReason::Refused,
            down.detail);
    } else if (down.kind == KernelDown::Kind::ShutDown) {
        end(association, association->shuttingDown ? DownReason::ShutdownByUs : DownReason::ShutdownByPeer, {});
    } else {
        end(association, association->socket->wasAborted() ? DownReason::AbortByPeer : DownReason::Unreachable,
            down.detail);
    }
}

/// The kernel does not say why an association could not start. But it gives up in silence only after all its attempts,
/// whose intervals we have set; an answer comes before.
bool KernelEndpointCore::takesLongerThanRefusal(const Association& association) const {
    Duration interval = association.liveness.rtoInitial;
    Duration all{};
    for (int attempt = 0; attempt < association.liveness.initAttempts; ++attempt) {
        all += interval;
        interval = std::min(interval * 2, association.liveness.rtoMax);
    }
    return m_dispatcher.now() - association.begun >= all;
}

void KernelEndpointCore::handleData(const KernelData& data, const Shared& association) {
    if (!association || association->state != Association::State::Up) {
        return;
    }
    Octets& partial = association->partial;
    if (partial.size() + data.data.size() > m_config.maxMessage) {
        constexpr std::string_view why = "message too long";
        (void)association->socket->abort(association->kernelId, why);
        end(association, DownReason::AbortByUs, std::string{why});
        return;
    }
    Message message{.assoc = association->id, .stream = data.stream, .ppid = data.ppid, .data = data.data};
    if (partial.empty() && data.complete) {
        emit(message);
        return;
    }
    partial.insert(partial.end(), data.data.begin(), data.data.end());
    if (data.complete) {
        const Octets whole = std::exchange(partial, {});
        message.data = whole;
        emit(message);
    }
}

// --- endings --------------------------------------------------------------------------------------------------------

/// Our owner no longer knows it. While it is still on the first socket it stays in that table, until the kernel has
/// said its last word about it; otherwise that would look like news of a stranger.
void KernelEndpointCore::forget(Association& association) {
    association.state = Association::State::Ended;
    for (const IpAddress& ip : association.peer.ips) {
        const auto peer = m_peers.find({ip, association.peer.port});
        if (peer != m_peers.end() && peer->second == association.id) {
            m_peers.erase(peer);
        }
    }
    if (association.socket) {
        m_dispatcher.unwatch(association.socket->descriptor());
        association.socket.reset();
    }
    m_associations.erase(association.id); // maybe the last reference
}

void KernelEndpointCore::end(const Shared& association, DownReason reason, std::string detail) {
    const Shared kept = association;
    forget(*kept);
    emit(Down{kept->id, reason, std::move(detail)});
}

void KernelEndpointCore::endLater(Association& association, DownReason reason, std::string_view detail) {
    Down down{association.id, reason, std::string(detail)};
    forget(association);
    m_dispatcher.post([weak = weak_from_this(), down = std::move(down)] {
        if (const auto self = weak.lock()) {
            self->emit(down);
        }
    });
}

void KernelEndpointCore::emit(const Event& event) {
    if (!m_closed) {
        m_sink(event);
    }
}

} // namespace kolam::transport
