// SPDX-License-Identifier: GPL-3.0-or-later
// What an endpoint hears: datagrams and errors from its sockets, events from the stack; and what it tells its owner.
#include "core/transport/crc32c.h"
#include "core/transport/local_addresses.h"
#include "core/transport/packet_check.h"
#include "core/transport/packet_faults.h"
#include "core/transport/user_endpoint.h"

#include <algorithm>
#include <array>
#include <cerrno>

namespace kolam::transport {
namespace {

// Where things are in a packet.
constexpr std::size_t sourcePort = 0;
constexpr std::size_t destinationPort = 2;
constexpr std::size_t verificationTag = 4;
constexpr std::size_t initiateTag = 16; // of an INIT or INIT ACK
constexpr std::size_t smallestPacket = commonHeaderSize + 4;

std::uint8_t firstChunk(OctetView packet) {
    return std::to_integer<std::uint8_t>(packet[commonHeaderSize]);
}

/// Does the packet begin with a chunk that only goes to a peer of a running association? Answers to strangers (INIT
/// ACK, ABORT, SHUTDOWN COMPLETE) carry the strangers' tags.
bool goesToPeer(std::uint8_t chunk) {
    return chunk != chunkInit && chunk != chunkInitAck && chunk != chunkAbort && chunk != 14;
}

/// Is `quoted` the beginning of a packet of ours on this path? Only who saw it knows its tag.
bool provesOurs(const Path& path, OctetView quoted) {
    if (quoted.size() < verificationTag + 4 || readBigEndian<std::uint16_t>(quoted, destinationPort) != path.sctpPort) {
        return false;
    }
    const auto tag = readBigEndian<std::uint32_t>(quoted, verificationTag);
    if (tag != 0) {
        return tag == path.peerTag;
    }
    return quoted.size() >= initiateTag + 4 && firstChunk(quoted) == chunkInit &&
           readBigEndian<std::uint32_t>(quoted, initiateTag) == path.offeredTag;
}

} // namespace

void UserEndpoint::onReady(std::size_t socket, Readiness readiness) {
    const auto stack = m_stack; // the sink may destroy us
    const StackAddress address = m_address;
    stack->advanceTimers();
    if (readiness.error) {
        m_sockets[socket].receiveErrors([&](const DatagramError& error) { takeError(socket, error); });
    }
    m_sockets[socket].receive(stack->receiveBuffers(), [&](const Datagram& datagram) { arrive(socket, datagram); });
    stack->deliver(address);
}

void UserEndpoint::arrive(std::size_t socket, const Datagram& datagram) {
    PacketFaults& faults = packetFaults();
    if (faults.none() && m_late.empty()) {
        return takeDatagram(socket, datagram);
    }
    if (faults.loses(datagram.from)) {
        return;
    }
    const Duration delay = faults.delay(datagram.from);
    if (delay == Duration{}) {
        return takeDatagram(socket, datagram);
    }
    holdBack({.due = {},
              .leaves = false,
              .socket = socket,
              .peer = datagram.from,
              .local = datagram.to,
              .octets = {datagram.octets.begin(), datagram.octets.end()}},
             delay);
}

void UserEndpoint::leave(const Path& path, OctetView packet) {
    if (const PacketFaults& faults = packetFaults(); !faults.none()) {
        if (const Duration delay = faults.delay(path.peer); delay > Duration{}) {
            return holdBack({.due = {},
                             .leaves = true,
                             .socket = path.socket,
                             .peer = path.peer,
                             .local = path.local,
                             .octets = {packet.begin(), packet.end()}},
                            delay);
        }
    }
    m_stack->send(m_sockets[path.socket], path.peer, path.local, packet);
}

void UserEndpoint::holdBack(Late late, Duration delay) {
    late.due = m_stack->dispatcher().now() + delay;
    m_late.push_back(std::move(late));
    if (m_lateTimer == TimerId::None) {
        m_lateTimer = m_stack->dispatcher().callAt(m_late.front().due, [this] { passLate(); });
    }
}

/// In the order in which they came: one that waits less may wait for one that waits more.
void UserEndpoint::passLate() {
    const auto stack = m_stack; // the sink may destroy us
    const StackAddress address = m_address;
    m_lateTimer = TimerId::None;
    stack->advanceTimers();
    while (!m_late.empty() && m_late.front().due <= stack->dispatcher().now()) {
        Late late = std::move(m_late.front());
        m_late.pop_front();
        if (late.leaves) {
            m_stack->send(m_sockets[late.socket], late.peer, late.local, late.octets);
        } else {
            takeDatagram(late.socket, {late.peer, late.local, late.octets});
        }
    }
    if (!m_late.empty()) {
        m_lateTimer = stack->dispatcher().callAt(m_late.front().due, [this] { passLate(); });
    }
    stack->deliver(address);
}

void UserEndpoint::takeDatagram(std::size_t socket, const Datagram& datagram) {
    UserTransportCounters& counters = m_stack->counters();
    const TimePoint now = m_stack->dispatcher().now();
    const std::span<std::byte> packet = datagram.octets;
    if (packet.empty()) {
        ++counters.probes;
        m_paths.forEach(socket, datagram.from, [&](Path& path) { path.lastHeard = now; });
        return;
    }
    if (packet.size() < smallestPacket || !takePacketChecksum(packet)) {
        ++counters.badChecksums;
        return;
    }
    const auto peerPort = readBigEndian<std::uint16_t>(packet, sourcePort);
    if (peerPort == 0 || checkPacket(packet) != PacketFault::None) {
        ++counters.malformed;
        return;
    }
    Path* path = m_paths.obtain(socket, datagram.from, peerPort);
    if (path == nullptr) {
        ++counters.pathsExhausted;
        return;
    }
    const auto tag = readBigEndian<std::uint32_t>(packet, verificationTag);
    if (tag != 0 && tag == path->offeredTag) {
        path->ourTag = tag;
    }
    if (tag != 0 && tag == path->ourTag) {
        path->lastHeard = now;
    }
    if (path->assoc == AssocId::None || tag == path->ourTag) {
        path->local = datagram.to;
    }
    writeBigEndian(packet, sourcePort, path->number);
    m_stack->input(m_address, packet);
}

void UserEndpoint::takeError(std::size_t socket, const DatagramError& error) {
    if (error.error != ECONNREFUSED) {
        return; // no route just now, and the like: the stack tries again
    }
    m_paths.forEach(socket, error.to, [&](Path& path) {
        if (path.assoc == AssocId::None) {
            return;
        }
        // An empty one answers a probe, and those do not leave the host: the kernel itself says so.
        const bool believed = error.octets.empty() ? path.sameHost : provesOurs(path, error.octets);
        if (!believed) {
            ++m_stack->counters().doubtfulNotices;
            return;
        }
        ++m_stack->counters().goneNotices;
        path.processGone = true;
        injectAbort(path);
    });
}

/// Tells the stack that the peer has aborted. The peer itself can no longer do it, but we know the tag it would use.
void UserEndpoint::injectAbort(const Path& path) {
    std::array<std::byte, smallestPacket> packet{};
    writeBigEndian(std::span<std::byte>{packet}, sourcePort, path.number);
    writeBigEndian(std::span<std::byte>{packet}, destinationPort, m_port);
    writeBigEndian(std::span<std::byte>{packet}, verificationTag, path.ourTag != 0 ? path.ourTag : path.offeredTag);
    packet[commonHeaderSize] = std::byte{chunkAbort};
    packet[commonHeaderSize + 3] = std::byte{4}; // the chunk's length
    m_stack->input(m_address, packet);
}

void UserEndpoint::output(std::span<std::byte> packet) {
    if (packet.size() < smallestPacket) {
        return;
    }
    Path* path = m_paths.find(readBigEndian<PathNumber>(packet, destinationPort));
    if (path == nullptr) {
        return;
    }
    const std::uint8_t chunk = firstChunk(packet);
    if (goesToPeer(chunk)) {
        path->peerTag = readBigEndian<std::uint32_t>(packet, verificationTag);
    } else if (chunk != chunkAbort && packet.size() >= initiateTag + 4) {
        path->offeredTag = readBigEndian<std::uint32_t>(packet, initiateTag);
    }
    writeBigEndian(packet, destinationPort, path->sctpPort);
    writePacketChecksum(packet);
    leave(*path, packet);
}

bool UserEndpoint::deliverOne() {
    while (m_events.empty()) {
        auto event = m_sctp->receive(m_stack->messageBuffer());
        if (!event) {
            if (m_waiting > 0) {
                retryWaiting();
            }
            if (m_events.empty()) {
                return false;
            }
            break;
        }
        if (const auto* data = std::get_if<StackData>(&*event)) {
            if (takeData(*data)) {
                return true; // we may be gone
            }
            continue;
        }
        std::visit(
            Overloaded{[](std::monostate) {}, [](const StackData&) {}, [&](const auto& other) { handle(other); }},
            *event);
    }
    const Event event = std::move(m_events.front());
    m_events.pop_front();
    return tell(event);
}

/// Calls the sink; nothing of ours may be touched after it.
bool UserEndpoint::tell(const Event& event) {
    const auto sink = m_sink;
    (*sink)(event);
    return true;
}

/// @return whether a message was told
bool UserEndpoint::takeData(const StackData& data) {
    Association* association = findByStackId(data.assoc);
    if (association == nullptr || association->state != Association::State::Up) {
        return false;
    }
    Octets& partial = association->partial;
    if (partial.size() + data.data.size() > m_config.maxMessage) {
        constexpr std::string_view why = "message too long";
        kill(*association, why);
        end(*association, DownReason::AbortByUs, std::string{why});
        return false;
    }
    Message message{.assoc = association->id, .stream = data.stream, .ppid = data.ppid, .data = data.data};
    if (partial.empty() && data.complete) {
        return tell(message);
    }
    partial.insert(partial.end(), data.data.begin(), data.data.end());
    if (!data.complete) {
        return false;
    }
    const Octets whole = std::exchange(partial, {});
    message.data = whole;
    return tell(message);
}

void UserEndpoint::handle(const StackUp& up) {
    Association* association = findByStackId(up.assoc);
    if (association == nullptr) {
        Path* path = m_paths.find(m_sctp->pathOf(up.assoc));
        if (path == nullptr) {
            (void)m_sctp->abort(up.assoc, "no path"); // forgotten in the middle of a flood
            return;
        }
        association = &insert(AssocId{++m_lastId}, up.assoc, *path);
        association->incoming = true;
        if (const auto route = routeTo(path->peer.ip)) {
            preparePath(*path, up.assoc, *route);
        }
    } else if (association->state == Association::State::Ended) {
        kill(*association, {}); // given up while it was being set up
        return;
    } else if (up.restarted) {
        restart(*association);
    }
    association->state = Association::State::Up;
    association->outStreams = up.outStreams;
    association->otherAddresses.clear();
    m_events.emplace_back(Up{.assoc = association->id,
                             .peer = peerOf(*association),
                             .outStreams = up.outStreams,
                             .incoming = association->incoming});
    armProbe(*association);
}

/// The peer has lost its memory and begun again on the same port: to our owner the old one is dead, and a new one
/// calls.
void UserEndpoint::restart(Association& association) {
    if (association.state == Association::State::Connecting) {
        return;
    }
    m_events.emplace_back(Down{association.id, DownReason::ProcessGone, "peer restarted"});
    m_byId.erase(association.id);
    stopWaiting(association);
    const AssocId id{++m_lastId};
    Association fresh{.id = id,
                      .stackId = association.stackId,
                      .path = association.path,
                      .peerPort = association.peerPort,
                      .outStreams = m_config.outStreams,
                      .liveness = association.liveness};
    association = std::move(fresh);
    association.incoming = true;
    m_byId[id] = &association;
    if (Path* path = m_paths.find(association.path)) {
        m_paths.assign(*path, id);
    }
}

void UserEndpoint::handle(const StackDown& down) {
    const auto found = m_associations.find(down.assoc);
    if (found == m_associations.end()) {
        return;
    }
    const Path* path = m_paths.find(found->second->path);
    const bool gone = path != nullptr && path->processGone;
    const std::unique_ptr<Association> association = release(found);
    if (association->state == Association::State::Connecting) {
        if (!connectToNext(*association)) {
            end(*association, gone || down.aborted ? DownReason::Refused : DownReason::SetupTimeout, down.detail);
        }
    } else if (association->state == Association::State::Up) {
        if (down.kind == StackDown::Kind::ShutDown) {
            end(*association, association->shuttingDown ? DownReason::ShutdownByUs : DownReason::ShutdownByPeer, {});
        } else if (gone) {
            end(*association, DownReason::ProcessGone, "nobody at the peer's port");
        } else {
            end(*association, down.aborted ? DownReason::AbortByPeer : DownReason::Unreachable, down.detail);
        }
    }
}

/// The peer did not answer at one address; tries the next, under the same name.
bool UserEndpoint::connectToNext(Association& failed) {
    const auto& others = failed.otherAddresses;
    for (auto ip = others.begin(); ip != others.end(); ++ip) {
        if (connectTo({*ip, failed.peerPort}, failed.id)) {
            continue;
        }
        Association& next = *find(failed.id);
        next.otherAddresses.assign(ip + 1, others.end());
        next.blocked = std::exchange(failed.blocked, false);
        next.blockedSize = failed.blockedSize;
        next.liveness = failed.liveness;
        m_sctp->setLiveness(next.stackId, next.liveness);
        return true;
    }
    return false;
}

void UserEndpoint::handle(const StackPeerClosing& closing) {
    Association* association = findByStackId(closing.assoc);
    if (association != nullptr && association->state == Association::State::Up &&
        !std::exchange(association->peerClosing, true) && !association->shuttingDown) {
        m_events.emplace_back(PeerClosing{association->id});
    }
}

void UserEndpoint::handle(const StackPathState& state) {
    const Association* association = findByStackId(state.assoc);
    if (association != nullptr && association->state == Association::State::Up) {
        m_events.emplace_back(PathChange{association->id, peerOf(*association).ips.front(), state.state});
    }
}

/// Tries again what had no room in the stack's queues.
void UserEndpoint::retryWaiting() {
    const std::uint32_t half = m_config.sendBuffer / 2;
    for (const auto& [stackId, association] : m_associations) {
        if (association->state != Association::State::Up) {
            continue;
        }
        if (association->shutdownWaits && m_sctp->shutdown(stackId) != EWOULDBLOCK) {
            association->shutdownWaits = false;
            --m_waiting;
        }
        if (!association->blocked) {
            continue;
        }
        const QueueState queue = m_sctp->queueState(stackId);
        if (queue.messages <= mostWaiting() / 2 &&
            queue.octets <= std::min(half, m_config.sendBuffer - association->blockedSize)) {
            association->blocked = false;
            --m_waiting;
            m_events.emplace_back(Writable{association->id});
        }
    }
}

/// Tells the owner that an association is over. The stack may still have to be told, or heard.
void UserEndpoint::end(Association& association, DownReason reason, std::string detail) {
    m_events.emplace_back(Down{association.id, reason, std::move(detail)});
    association.state = Association::State::Ended;
    association.partial = {};
    stopWaiting(association);
    m_byId.erase(association.id);
}

void UserEndpoint::stopWaiting(Association& association) {
    m_waiting -= (association.blocked ? 1U : 0U) + (association.shutdownWaits ? 1U : 0U);
    association.blocked = false;
    association.shutdownWaits = false;
}

/// Takes an association that the stack has let go out of the table; its path is free for another.
std::unique_ptr<UserEndpoint::Association> UserEndpoint::release(Associations::iterator found) {
    std::unique_ptr<Association> association = std::move(found->second);
    m_associations.erase(found);
    Path* path = m_paths.find(association->path);
    if (path != nullptr && path->assoc == association->id) {
        path->forgetTags();
        m_paths.assign(*path, AssocId::None);
    }
    return association;
}

/// Asks a peer on this host whether it lives: when its process is dead, the kernel answers the empty datagram.
void UserEndpoint::probe(const Path& path) {
    leave(path, {});
}

/// A closed port need not be the peer's socket, which may be another one with the same number: asking it makes sure.
void UserEndpoint::portClosed(std::optional<std::uint16_t> port) {
    for (const auto& [stackId, association] : m_associations) {
        const Path* path = m_paths.find(association->path);
        if (path != nullptr && path->sameHost && (!port || path->peer.port == *port) &&
            association->liveness.sameHostProbe > Duration{}) {
            probe(*path);
        }
    }
}

/// Where the kernel does not tell of closed ports, peers on this host are asked in turn.
void UserEndpoint::armProbe(const Association& association) {
    const Path* path = m_paths.find(association.path);
    const Duration interval = association.liveness.sameHostProbe;
    if (path == nullptr || !path->sameHost || interval <= Duration{} || m_stack->hearsClosedPorts()) {
        return;
    }
    if (m_probeTimer != TimerId::None && interval >= m_probeInterval) {
        return;
    }
    m_stack->dispatcher().cancel(m_probeTimer);
    m_probeInterval = interval;
    m_probeTimer = m_stack->dispatcher().callIn(interval, [this] { probeSilentPeers(); });
}

void UserEndpoint::probeSilentPeers() {
    const TimePoint now = m_stack->dispatcher().now();
    m_probeTimer = TimerId::None;
    for (const auto& [stackId, association] : m_associations) {
        const Path* path = m_paths.find(association->path);
        const Duration interval = association->liveness.sameHostProbe;
        if (association->state != Association::State::Up || path == nullptr || !path->sameHost ||
            interval <= Duration{}) {
            continue;
        }
        if (now - path->lastHeard >= interval * 3 / 4) { // one that probes us need not be probed
            probe(*path);
        }
        armProbe(*association);
    }
}

} // namespace kolam::transport
