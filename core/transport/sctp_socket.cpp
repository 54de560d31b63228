// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/sctp_socket.h"

#include "core/base/system_error.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <chrono>
#include <usrsctp.h>

namespace kolam::transport {
namespace {

// Packets on the loopback interface carry this much; above about 65,495 octets UDP refuses them.
constexpr std::uint32_t largestPathMtu = 65000;
constexpr std::uint16_t mostInStreams = 1024;
// FreeBSD's and usrsctp's option for the octets that an association has queued; the header forgets to name it.
constexpr int optionQueuedOctets = 0x1101;
struct QueuedOctets {
    sctp_assoc_t assoc;
    std::uint32_t toSend;
    std::uint32_t received;
};

std::uint32_t milliseconds(Duration duration) {
    return static_cast<std::uint32_t>(
        std::max<std::int64_t>(1, std::chrono::duration_cast<std::chrono::milliseconds>(duration).count()));
}

template <typename Value>
bool setOption(struct socket* socket, int level, int option, const Value& value) {
    return usrsctp_setsockopt(socket, level, option, &value, sizeof value) == 0;
}

sockaddr_conn stackAddress(StackAddress address, std::uint16_t port) {
    sockaddr_conn result{};
    result.sconn_family = AF_CONN;
    result.sconn_port = htons(port);
    result.sconn_addr = stackPointer(address);
    return result;
}

sctp_paddrparams peerParameters(StackAssoc assoc) {
    sctp_paddrparams parameters{};
    parameters.spp_address.ss_family = AF_CONN;
    parameters.spp_assoc_id = assoc;
    return parameters;
}

/// The reason in an ABORT chunk: the text of a user-initiated abort (RFC 9260 section 3.3.10.12), or the cause's
/// number.
std::string abortReason(OctetView chunk) {
    constexpr std::uint16_t userInitiated = 12;
    if (chunk.size() < 8) {
        return {};
    }
    const auto cause = readBigEndian<std::uint16_t>(chunk, 4);
    const std::size_t length = readBigEndian<std::uint16_t>(chunk, 6);
    if (cause == userInitiated && length >= 4 && 4 + length <= chunk.size()) {
        return std::string{asText(chunk.subspan(8, length - 4))};
    }
    return "cause " + std::to_string(cause);
}

StackEvent associationChange(OctetView notification) {
    sctp_assoc_change change{};
    constexpr std::size_t fixed = offsetof(sctp_assoc_change, sac_info);
    if (notification.size() < fixed) {
        return {};
    }
    std::memcpy(&change, notification.data(), fixed);
    const OctetView info = notification.subspan(fixed); // the peer's ABORT, if there was one
    StackDown down{.assoc = change.sac_assoc_id,
                   .kind = StackDown::Kind::Lost,
                   .aborted = !info.empty(),
                   .detail = abortReason(info)};
    switch (change.sac_state) {
    case SCTP_COMM_UP:
    case SCTP_RESTART:
        return StackUp{.assoc = change.sac_assoc_id,
                       .outStreams = change.sac_outbound_streams,
                       .restarted = change.sac_state == SCTP_RESTART};
    case SCTP_CANT_STR_ASSOC: down.kind = StackDown::Kind::CannotStart; break;
    case SCTP_SHUTDOWN_COMP: down.kind = StackDown::Kind::ShutDown; break;
    case SCTP_COMM_LOST: break;
    default: return {};
    }
    return down;
}

StackEvent pathChange(const sctp_paddr_change& change) {
    switch (change.spc_state) {
    case SCTP_ADDR_AVAILABLE: return StackPathState{change.spc_assoc_id, PathState::Available};
    case SCTP_ADDR_UNREACHABLE: return StackPathState{change.spc_assoc_id, PathState::Unreachable};
    default: return {};
    }
}

/// Copies a notification out of the octets that usrsctp delivered, which may lie anywhere.
template <typename Notification>
std::optional<Notification> read(OctetView bytes) {
    if (bytes.size() < sizeof(Notification)) {
        return std::nullopt;
    }
    Notification notification;
    std::memcpy(&notification, bytes.data(), sizeof notification);
    return notification;
}

StackEvent readNotification(OctetView bytes) {
    std::uint16_t type = 0;
    if (bytes.size() >= sizeof type) {
        std::memcpy(&type, bytes.data(), sizeof type);
    }
    switch (type) {
    case SCTP_ASSOC_CHANGE: return associationChange(bytes);
    case SCTP_SHUTDOWN_EVENT:
        if (const auto shutdown = read<sctp_shutdown_event>(bytes)) {
            return StackPeerClosing{shutdown->sse_assoc_id};
        }
        return {};
    case SCTP_PEER_ADDR_CHANGE:
        if (const auto change = read<sctp_paddr_change>(bytes)) {
            return pathChange(*change);
        }
        return {};
    default: return {};
    }
}

} // namespace

std::expected<SctpSocket, std::error_code> SctpSocket::open(StackAddress address, std::uint16_t port,
                                                            const EndpointConfig& config) {
    struct socket* made = usrsctp_socket(AF_CONN, SOCK_SEQPACKET, IPPROTO_SCTP, nullptr, nullptr, 0, nullptr);
    if (made == nullptr) {
        return std::unexpected(lastError());
    }
    SctpSocket result{made, address};
    if (const std::error_code error = result.prepare(port, config)) {
        return std::unexpected(error);
    }
    return result;
}

std::error_code SctpSocket::prepare(std::uint16_t port, const EndpointConfig& config) {
    const int on = 1;
    usrsctp_set_non_blocking(m_socket, on);
    bool ok = setOption(m_socket, IPPROTO_SCTP, SCTP_RECVRCVINFO, on);
    ok = ok && setOption(m_socket, IPPROTO_SCTP, SCTP_NODELAY, on);
    ok = ok && setOption(m_socket, SOL_SOCKET, SO_SNDBUF, static_cast<int>(config.sendBuffer));
    // Twice the largest message, so that one which waits for its end never closes the window.
    const std::uint32_t receiveBuffer = std::max<std::uint32_t>(2 * config.maxMessage, 1 << 20);
    ok = ok && setOption(m_socket, SOL_SOCKET, SO_RCVBUF, static_cast<int>(receiveBuffer));
    constexpr std::uint16_t events[] = {SCTP_ASSOC_CHANGE, SCTP_PEER_ADDR_CHANGE, SCTP_SHUTDOWN_EVENT};
    for (const std::uint16_t type : events) {
        sctp_event event{};
        event.se_type = type;
        event.se_on = 1;
        ok = ok && setOption(m_socket, IPPROTO_SCTP, SCTP_EVENT, event);
    }
    sctp_initmsg init{};
    init.sinit_num_ostreams = config.outStreams;
    init.sinit_max_instreams = mostInStreams;
    init.sinit_max_attempts = config.liveness.initAttempts;
    init.sinit_max_init_timeo =
        static_cast<std::uint16_t>(std::min<std::uint32_t>(milliseconds(config.liveness.rtoMax), 0xffff));
    ok = ok && setOption(m_socket, IPPROTO_SCTP, SCTP_INITMSG, init);
    if (!ok) {
        return lastError();
    }
    setLiveness(SCTP_FUTURE_ASSOC, config.liveness);
    setPathMtu(SCTP_FUTURE_ASSOC, largestPathMtu);
    sockaddr_conn local = stackAddress(m_address, port);
    if (usrsctp_bind(m_socket, reinterpret_cast<sockaddr*>(&local), sizeof local) != 0 ||
        (config.listen && usrsctp_listen(m_socket, 1) != 0)) {
        return lastError();
    }
    return {};
}

SctpSocket::~SctpSocket() {
    if (m_socket != nullptr) {
        const linger atOnce{.l_onoff = 1, .l_linger = 0};
        setOption(m_socket, SOL_SOCKET, SO_LINGER, atOnce);
        usrsctp_close(m_socket);
    }
}

std::expected<StackAssoc, std::error_code> SctpSocket::connect(PathNumber peer) {
    sockaddr_conn to = stackAddress(m_address, peer);
    auto* generic = reinterpret_cast<sockaddr*>(&to);
    if (usrsctp_connect(m_socket, generic, sizeof to) != 0 && errno != EINPROGRESS) {
        return std::unexpected(
            errno == EALREADY || errno == EISCONN ? std::make_error_code(std::errc::already_connected) : lastError());
    }
    return usrsctp_getassocid(m_socket, generic);
}

int SctpSocket::sendWithFlags(StackAssoc assoc, OctetView data, const SendOptions& options, std::uint16_t flags) {
    sctp_sndinfo info{};
    info.snd_sid = options.stream;
    info.snd_ppid = htonl(options.ppid);
    info.snd_flags = flags;
    info.snd_assoc_id = assoc;
    const void* octets = data.empty() ? static_cast<const void*>("") : data.data(); // usrsctp wants a pointer anyway
    return usrsctp_sendv(m_socket, octets, data.size(), nullptr, 0, &info, sizeof info, SCTP_SENDV_SNDINFO, 0) >= 0
               ? 0
               : errno;
}

int SctpSocket::send(StackAssoc assoc, OctetView data, const SendOptions& options) {
    return sendWithFlags(assoc, data, options, options.unordered ? SCTP_UNORDERED : 0);
}

int SctpSocket::shutdown(StackAssoc assoc) {
    return sendWithFlags(assoc, {}, {}, SCTP_EOF);
}

int SctpSocket::abort(StackAssoc assoc, std::string_view why) {
    return sendWithFlags(assoc, asOctets(why), {}, SCTP_ABORT);
}

std::optional<StackEvent> SctpSocket::receive(std::span<std::byte> buffer) {
    if ((usrsctp_get_events(m_socket) & SCTP_EVENT_READ) == 0) {
        return std::nullopt;
    }
    sctp_rcvinfo info{};
    socklen_t infoLength = sizeof info;
    unsigned infoType = 0;
    sockaddr_conn from{};
    socklen_t fromLength = sizeof from;
    int flags = 0;
    const ssize_t length = usrsctp_recvv(m_socket, buffer.data(), buffer.size(), reinterpret_cast<sockaddr*>(&from),
                                         &fromLength, &info, &infoLength, &infoType, &flags);
    if (length <= 0) {
        return std::nullopt;
    }
    const OctetView octets = buffer.first(static_cast<std::size_t>(length));
    if ((flags & MSG_NOTIFICATION) != 0) {
        return readNotification(octets);
    }
    return StackData{.assoc = info.rcv_assoc_id,
                     .stream = info.rcv_sid,
                     .ppid = ntohl(info.rcv_ppid),
                     .complete = (flags & MSG_EOR) != 0,
                     .data = octets};
}

void SctpSocket::setLiveness(StackAssoc assoc, const Liveness& liveness) {
    sctp_paddrparams peer = peerParameters(assoc);
    peer.spp_hbinterval = milliseconds(liveness.heartbeat);
    peer.spp_pathmaxrxt = liveness.pathMaxRetransmissions;
    peer.spp_flags = SPP_HB_ENABLE;
    setOption(m_socket, IPPROTO_SCTP, SCTP_PEER_ADDR_PARAMS, peer);
    sctp_rtoinfo timeouts{};
    timeouts.srto_assoc_id = assoc;
    timeouts.srto_initial = milliseconds(liveness.rtoInitial);
    timeouts.srto_min = milliseconds(liveness.rtoMin);
    timeouts.srto_max = milliseconds(liveness.rtoMax);
    setOption(m_socket, IPPROTO_SCTP, SCTP_RTOINFO, timeouts);
    sctp_assocparams parameters{};
    parameters.sasoc_assoc_id = assoc;
    parameters.sasoc_asocmaxrxt = liveness.associationMaxRetransmissions;
    setOption(m_socket, IPPROTO_SCTP, SCTP_ASSOCINFO, parameters);
    // Acknowledgements may wait for company, but never so long that the peer, with the same values, sends again.
    sctp_sack_info sack{};
    sack.sack_assoc_id = assoc;
    sack.sack_delay = std::clamp<std::uint32_t>(milliseconds(liveness.rtoMin) / 2, 10, 200);
    sack.sack_freq = 2;
    setOption(m_socket, IPPROTO_SCTP, SCTP_DELAYED_SACK, sack);
}

void SctpSocket::setPathMtu(StackAssoc assoc, std::uint32_t mtu) {
    sctp_paddrparams peer = peerParameters(assoc);
    peer.spp_pathmtu = std::min(mtu, largestPathMtu);
    peer.spp_flags = SPP_PMTUD_DISABLE;
    setOption(m_socket, IPPROTO_SCTP, SCTP_PEER_ADDR_PARAMS, peer);
}

QueueState SctpSocket::queueState(StackAssoc assoc) const {
    QueueState state;
    sctp_status status{};
    status.sstat_assoc_id = assoc;
    socklen_t length = sizeof status;
    if (usrsctp_getsockopt(m_socket, IPPROTO_SCTP, SCTP_STATUS, &status, &length) == 0) {
        state.messages = std::uint32_t{status.sstat_unackdata} + status.sstat_penddata;
        state.smoothedRtt = std::chrono::milliseconds{status.sstat_primary.spinfo_srtt};
    }
    QueuedOctets queued{.assoc = assoc, .toSend = 0, .received = 0};
    length = sizeof queued;
    if (usrsctp_getsockopt(m_socket, IPPROTO_SCTP, optionQueuedOctets, &queued, &length) == 0) {
        state.octets = queued.toSend;
    }
    return state;
}

PathNumber SctpSocket::pathOf(StackAssoc assoc) const {
    sockaddr* addresses = nullptr;
    if (usrsctp_getpaddrs(m_socket, assoc, &addresses) <= 0) {
        return 0;
    }
    sockaddr_conn peer;
    std::memcpy(&peer, addresses, sizeof peer);
    usrsctp_freepaddrs(addresses);
    return ntohs(peer.sconn_port);
}

} // namespace kolam::transport
