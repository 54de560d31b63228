// SPDX-License-Identifier: GPL-3.0-or-later
// The conversation of two ends of an association: set-up, messages, heartbeats, and both ways to end.
// The deadlines are next door, in memory_liveness.cpp.
#include "core/transport/memory_association.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace kolam::transport::memory {

namespace {

std::shared_ptr<const Octets> textOctets(std::string_view text) {
    const OctetView view = asOctets(text);
    return std::make_shared<const Octets>(view.begin(), view.end());
}

std::string reasonOf(const Packet& packet) {
    return packet.data ? std::string(asText(*packet.data)) : std::string();
}

} // namespace

Association::Association(EndpointCore& endpoint, AssocId id, TransportAddress peer, bool incoming)
    : m_endpoint(endpoint)
    , m_id(id)
    , m_peer(std::move(peer))
    , m_liveness(endpoint.config().liveness)
    , m_incoming(incoming) {
    for (const IpAddress& address : m_peer.ips) {
        m_paths.push_back(Path{.local = endpoint.sourceFor(address, m_paths.size()), .peer = address});
    }
}

Association::~Association() {
    m_endpoint.dispatcher().cancel(m_timer);
}

// --- set-up ---------------------------------------------------------------------------------------------------------

void Association::connect() {
    transmit(Kind::Init, 0);
    m_retransmitAt = m_endpoint.dispatcher().now() + retransmissionTime();
    schedule();
}

void Association::accept(const Packet& cookieEcho) {
    m_peerTag = cookieEcho.fromTag;
    learnAddresses(cookieEcho);
    transmit(Kind::CookieAck, currentPath());
    establish();
}

void Association::establish() {
    m_state = State::Established;
    m_errors = 0;
    m_retransmitAt = never;
    m_heartbeatAt = nextHeartbeat();
    schedule();
    m_endpoint.emit(
        Up{.assoc = m_id, .peer = m_peer, .outStreams = m_endpoint.config().outStreams, .incoming = m_incoming});
    if (!gone() && isUp() && std::exchange(m_blocked, false)) {
        m_endpoint.emit(Writable{m_id});
    }
}

void Association::learnAddresses(const Packet& packet) {
    if (!packet.addresses) {
        return;
    }
    for (const IpAddress& address : *packet.addresses) {
        if (std::ranges::find(m_peer.ips, address) == m_peer.ips.end()) {
            m_paths.push_back(Path{.local = m_endpoint.sourceFor(address, m_paths.size()), .peer = address});
            m_peer.ips.push_back(address);
            m_endpoint.addPeer(address, *this);
        }
    }
}

// --- what arrives ---------------------------------------------------------------------------------------------------

void Association::receive(const Packet& packet) {
    switch (packet.kind) {
    case Kind::InitAck:
        if (m_state == State::CookieWait) {
            learnAddresses(packet);
            m_state = State::CookieEchoed;
            transmit(Kind::CookieEcho, 0);
            m_retransmitAt = m_endpoint.dispatcher().now() + retransmissionTime();
        }
        break;
    case Kind::CookieAck:
        if (m_state == State::CookieEchoed) {
            m_peerTag = packet.fromTag;
            establish();
        }
        break;
    case Kind::Data: receiveData(packet); break;
    case Kind::Ack: receiveAck(packet); break;
    case Kind::Heartbeat:
        if (isUp()) {
            transmit(Kind::HeartbeatAck, std::min<std::size_t>(packet.number, m_paths.size() - 1), packet.number);
        }
        break;
    case Kind::HeartbeatAck: receiveHeartbeatAck(packet); break;
    case Kind::Shutdown: receiveShutdown(); break;
    case Kind::ShutdownAck:
        if (m_state == State::ShutdownSent || m_state == State::ShutdownAckSent) {
            transmit(Kind::ShutdownComplete, currentPath());
            end(m_shutdownByUs ? DownReason::ShutdownByUs : DownReason::ShutdownByPeer, {});
        }
        break;
    case Kind::ShutdownComplete:
        if (m_state == State::ShutdownAckSent) {
            end(m_shutdownByUs ? DownReason::ShutdownByUs : DownReason::ShutdownByPeer, {});
        }
        break;
    case Kind::Abort:
        if (m_state < State::Ending) {
            end(connecting() ? DownReason::Refused : DownReason::AbortByPeer, reasonOf(packet));
        }
        break;
    case Kind::PortUnreachable:
        if (m_state < State::Ending) {
            end(connecting() ? DownReason::Refused : DownReason::ProcessGone, "port unreachable");
        }
        break;
    case Kind::Init:
    case Kind::CookieEcho:
    case Kind::Datagram: break; // never for one association
    }
    if (!gone()) {
        schedule();
    }
}

void Association::receiveData(const Packet& packet) {
    if (!isUp()) {
        return; // our end is not up yet: the peer repeats it
    }
    if (packet.data->size() > m_endpoint.config().maxMessage) {
        abort("message too big");
        return;
    }
    const bool known = packet.number <= m_arrivedUpTo || !m_arrivedBeyond.insert(packet.number).second;
    while (!m_arrivedBeyond.empty() && *m_arrivedBeyond.begin() == m_arrivedUpTo + 1) {
        m_arrivedBeyond.erase(m_arrivedBeyond.begin());
        ++m_arrivedUpTo;
    }
    acknowledgeArrival(packet.number);
    if (!known) {
        deliver(packet);
    }
}

/// An acknowledgement that cannot fail need not be carried: half of all packets would be nothing else.
void Association::acknowledgeArrival(std::uint64_t number) {
    const auto peer = surelyReached();
    if (peer == nullptr || !peer->noteArrival(number)) {
        transmit(Kind::Ack, currentPath(), number);
    }
}

std::shared_ptr<Association> Association::surelyReached() {
    if (m_paths.size() > 1 || !isUp()) {
        return nullptr;
    }
    Host& host = m_endpoint.process().host;
    const Path& path = m_paths.front();
    auto other = m_other.lock();
    if (other == nullptr || other->m_endpoint.closed()) {
        Packet packet;
        packet.to = path.peer;
        packet.toPort = m_peer.port;
        packet.toTag = m_peerTag;
        other = m_endpoint.network().receiverOf(host, packet);
        m_other = other;
    }
    if (other == nullptr || other->m_endpoint.process().dispatcher.frozen() ||
        !m_endpoint.network().isSure(host, other->m_endpoint.process().host, path.local, path.peer)) {
        return nullptr;
    }
    return other;
}

bool Association::noteArrival(std::uint64_t number) {
    if (gone() || m_state != State::Established || m_blocked || m_outgoing.empty() || m_paths.size() > 1 ||
        !m_paths.front().reachable || m_outgoing.front().number != number || m_outgoing.front().transmissions > 1 ||
        m_outgoing.front().acknowledged) {
        return false;
    }
    const TimePoint now = m_endpoint.dispatcher().now();
    const Duration sample = 2 * (now - m_outgoing.front().sentAt); // there, and back
    m_smoothedRtt = m_smoothedRtt == Duration{} ? sample : (m_smoothedRtt * 7 + sample) / 8;
    m_buffered -= m_outgoing.front().data->size();
    m_outgoing.pop_front();
    m_errors = m_paths.front().errors = 0;
    m_retransmitAt = m_outgoing.empty() ? never : now + retransmissionTime();
    m_endpoint.network().noteArrival();
    return true;
}

void Association::deliver(const Packet& packet) {
    const auto emit = [this](const Packet& arrived) {
        m_endpoint.emit(Message{.assoc = m_id, .stream = arrived.stream, .ppid = arrived.ppid, .data = *arrived.data});
    };
    if (packet.unordered) {
        emit(packet);
        return;
    }
    std::uint64_t& delivered = m_deliveredOrder[packet.stream];
    if (packet.order != delivered + 1) {
        m_heldBack.emplace(std::pair{packet.stream, packet.order}, packet);
        return;
    }
    ++delivered;
    emit(packet);
    while (!gone() && isUp()) {
        const auto next = m_heldBack.find(std::pair{packet.stream, delivered + 1});
        if (next == m_heldBack.end()) {
            break;
        }
        const Packet waiting = std::move(next->second);
        m_heldBack.erase(next);
        ++delivered;
        emit(waiting);
    }
}

void Association::receiveAck(const Packet& packet) {
    if (m_outgoing.empty()) {
        return;
    }
    const TimePoint now = m_endpoint.dispatcher().now();
    const std::uint64_t first = m_outgoing.front().number;
    std::optional<std::size_t> workingPath;
    if (packet.number >= first && packet.number - first < m_outgoing.size()) {
        Outgoing& answered = m_outgoing[packet.number - first];
        if (acknowledge(answered)) {
            workingPath = answered.path;
            if (answered.transmissions == 1) { // of a repeated one it is unknown which is answered
                const Duration sample = now - answered.sentAt;
                m_smoothedRtt = m_smoothedRtt == Duration{} ? sample : (m_smoothedRtt * 7 + sample) / 8;
            }
        }
    }
    while (!m_outgoing.empty() && (m_outgoing.front().number <= packet.order || m_outgoing.front().acknowledged)) {
        acknowledge(m_outgoing.front());
        m_outgoing.pop_front();
    }
    if (workingPath) {
        pathWorks(*workingPath);
    }
    if (gone()) {
        return;
    }
    m_retransmitAt = m_outgoing.empty() ? never : now + retransmissionTime();
    m_unwatched = false;
    if (!m_outgoing.empty() && m_outgoing.front().number < packet.number && ++m_outgoing.front().overtaken == 3) {
        transmit(m_outgoing.front()); // the network works, so this one is lost: no need to wait for the timer
    }
    // Each answer lets two of those go that a time-out has marked: slowly at first, then faster.
    for (int allowed = 2; Outgoing & message : m_outgoing) {
        if (message.lost && !message.acknowledged) {
            transmit(message);
            if (--allowed == 0) {
                break;
            }
        } else if (!message.lost && message.transmissions == 1) {
            break; // the marked ones stand in front
        }
    }
    if (m_outgoing.empty() && m_state != State::Established) {
        finishSending();
    } else {
        tellWritable();
    }
}

void Association::tellWritable() {
    if (m_blocked && !gone() && m_state == State::Established && !m_endpoint.process().sendsBlocked &&
        m_buffered <= m_endpoint.config().sendBuffer / 2) {
        m_blocked = false;
        m_endpoint.emit(Writable{m_id});
    }
}

bool Association::acknowledge(Outgoing& message) {
    if (std::exchange(message.acknowledged, true)) {
        return false;
    }
    m_buffered -= message.data->size();
    return true;
}

void Association::receiveShutdown() {
    switch (m_state) {
    case State::Established:
    case State::ShutdownPending:
        m_state = State::ShutdownReceived;
        m_endpoint.emit(PeerClosing{m_id});
        if (!gone() && m_state == State::ShutdownReceived && m_outgoing.empty()) {
            finishSending();
        }
        break;
    case State::ShutdownSent: // both at once
        m_state = State::ShutdownAckSent;
        transmit(Kind::ShutdownAck, currentPath());
        break;
    case State::ShutdownAckSent: transmit(Kind::ShutdownAck, currentPath()); break;
    case State::CookieWait:
    case State::CookieEchoed:
    case State::ShutdownReceived:
    case State::Ending:
    case State::Gone: break;
    }
}

/// All of ours is delivered: the next step of a graceful end.
void Association::finishSending() {
    const bool asked = m_state == State::ShutdownReceived;
    m_state = asked ? State::ShutdownAckSent : State::ShutdownSent;
    transmit(asked ? Kind::ShutdownAck : Kind::Shutdown, currentPath());
    m_unwatched = false;
    m_retransmitAt = m_endpoint.dispatcher().now() + retransmissionTime();
}

// --- what we are asked ----------------------------------------------------------------------------------------------

std::expected<void, SendError> Association::send(OctetView data, const SendOptions& options) {
    assert(!data.empty()); // SCTP has no empty messages
    const EndpointConfig& config = m_endpoint.config();
    if (gone()) {
        return std::unexpected(SendError::NoAssociation);
    }
    if (!connecting() && m_state != State::Established) {
        return std::unexpected(SendError::Closing);
    }
    if (options.stream >= config.outStreams) {
        return std::unexpected(SendError::BadStream);
    }
    if (data.size() > config.sendBuffer) {
        return std::unexpected(SendError::TooBig);
    }
    if (connecting() || m_endpoint.process().sendsBlocked ||
        (m_buffered > 0 && m_buffered + data.size() > config.sendBuffer)) {
        m_blocked = true;
        return std::unexpected(SendError::WouldBlock);
    }
    m_outgoing.push_back(Outgoing{.number = ++m_lastNumber,
                                  .order = options.unordered ? 0 : ++m_lastOrder[options.stream],
                                  .stream = options.stream,
                                  .unordered = options.unordered,
                                  .ppid = options.ppid,
                                  .data = std::make_shared<const Octets>(data.begin(), data.end()),
                                  .sentAt = {}});
    m_buffered += data.size();
    // Where nothing can go wrong before it has arrived, the timer would ring in vain, once for nearly every message.
    const bool sure = m_state == State::Established && surelyReached() != nullptr;
    m_unwatched = sure && (m_unwatched || m_outgoing.size() == 1);
    if (m_retransmitAt == never) {
        m_retransmitAt = m_endpoint.dispatcher().now() + retransmissionTime();
    }
    schedule();
    transmit(m_outgoing.back(), sure);
    return {};
}

void Association::shutdown() {
    if (connecting()) {
        transmit(Kind::Abort, 0);
        endLater(DownReason::ShutdownByUs, "before it was up");
    } else if (m_state == State::Established) {
        m_shutdownByUs = true;
        m_state = State::ShutdownPending;
        if (m_outgoing.empty()) {
            finishSending();
        }
        schedule();
    }
}

void Association::abort(std::string_view why) {
    if (m_state < State::Ending) {
        transmit(Kind::Abort, currentPath(), 0, textOctets(why));
        endLater(DownReason::AbortByUs, std::string(why));
    }
}

void Association::close(bool sayGoodBye) {
    if (sayGoodBye && m_state < State::Ending) {
        transmit(Kind::Abort, currentPath(), 0, textOctets("endpoint closed"));
    }
    m_state = State::Gone;
    m_endpoint.dispatcher().cancel(std::exchange(m_timer, TimerId::None));
}

void Association::setLiveness(const Liveness& liveness) {
    m_liveness = liveness;
    if (isUp()) {
        m_heartbeatAt = nextHeartbeat();
        schedule();
    }
}

AssocInfo Association::info() const {
    return {.peer = m_peer,
            .transport = "memory",
            .smoothedRtt = m_smoothedRtt,
            .unsentOctets = static_cast<std::uint32_t>(m_buffered)};
}

// --- what we send ---------------------------------------------------------------------------------------------------

void Association::transmit(Outgoing& message, bool unwatched) {
    ++message.transmissions;
    message.overtaken = 0;
    message.lost = false;
    message.sentAt = m_endpoint.dispatcher().now();
    message.path = currentPath();
    const Path& path = m_paths[message.path];
    Packet packet;
    packet.kind = Kind::Data;
    packet.unordered = message.unordered;
    packet.unwatched = unwatched;
    packet.stream = message.stream;
    packet.ppid = message.ppid;
    packet.number = message.number;
    packet.order = message.order;
    packet.data = message.data;
    packet.from = path.local;
    packet.to = path.peer;
    packet.fromPort = m_endpoint.config().local.port;
    packet.toPort = m_peer.port;
    packet.fromTag = static_cast<std::uint64_t>(m_id);
    packet.toTag = m_peerTag;
    m_endpoint.network().transmit(m_endpoint.process().host, std::move(packet), m_lastArrival);
}

void Association::transmit(Kind kind, std::size_t path, std::uint64_t number, std::shared_ptr<const Octets> data) {
    Packet packet;
    packet.kind = kind;
    packet.number = number;
    packet.order = m_arrivedUpTo;
    packet.data = std::move(data);
    packet.from = m_paths[path].local;
    packet.to = m_paths[path].peer;
    packet.fromPort = m_endpoint.config().local.port;
    packet.toPort = m_peer.port;
    packet.fromTag = static_cast<std::uint64_t>(m_id);
    packet.toTag = m_peerTag;
    if (kind == Kind::Init || kind == Kind::CookieEcho) {
        packet.addresses = m_endpoint.addressesFor(packet.to);
        // Sent before there was an association: what is said in it must not wait for one that is still far away.
        TimePoint alone{};
        m_endpoint.network().transmit(m_endpoint.process().host, std::move(packet), alone);
        return;
    }
    m_endpoint.network().transmit(m_endpoint.process().host, std::move(packet), m_lastArrival);
}

} // namespace kolam::transport::memory
