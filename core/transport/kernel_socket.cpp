// SPDX-License-Identifier: GPL-3.0-or-later
// lksctp's calls. The kernel's manners that are worked around here are named where it happens.
#include "core/transport/kernel_socket.h"

#include "core/base/system_error.h"
#include "core/transport/socket_address.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <linux/sock_diag.h>
#include <netinet/sctp.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace kolam::transport {

namespace {

template <typename Value>
bool setOption(int descriptor, int level, int option, const Value& value) {
    return setsockopt(descriptor, level, option, &value, sizeof value) == 0;
}

/// Addresses one after the other without gaps, as lksctp wants them.
struct PackedAddresses {
    explicit PackedAddresses(const TransportAddress& address) {
        for (const IpAddress& ip : address.ips) {
            add(ip, address.port);
        }
    }
    PackedAddresses(const IpAddress& ip, std::uint16_t port) { add(ip, port); }
    void add(const IpAddress& ip, std::uint16_t port) {
        const SystemAddress address{SocketAddress{ip, port}};
        const auto* const begin = reinterpret_cast<const std::byte*>(&address.generic);
        octets.insert(octets.end(), begin, begin + address.length);
        ++count;
    }
    [[nodiscard]] sockaddr* data() { return reinterpret_cast<sockaddr*>(octets.data()); }
    std::vector<std::byte> octets;
    int count = 0;
};

std::uint32_t milliseconds(Duration duration) {
    return static_cast<std::uint32_t>(std::max<std::int64_t>(duration / std::chrono::milliseconds{1}, 1));
}

IpAddress readAddress(const sockaddr_storage& storage) {
    SystemAddress address;
    std::memcpy(&address.v6, &storage, sizeof address.v6);
    return address.read().ip;
}

std::optional<PathState> pathState(int state) {
    switch (state) {
    case SCTP_ADDR_AVAILABLE: return PathState::Available;
    case SCTP_ADDR_UNREACHABLE: return PathState::Unreachable;
    case SCTP_ADDR_REMOVED: return PathState::Removed;
    case SCTP_ADDR_ADDED: return PathState::Added;
    case SCTP_ADDR_MADE_PRIM: return PathState::Primary;
    case SCTP_ADDR_CONFIRMED: return PathState::Confirmed;
    default: return std::nullopt;
    }
}

/// The reason that an ABORT gives. The notification carries its causes, if any; we read a first one that is "user
/// initiated" (12).
std::string abortReason(OctetView causes) {
    constexpr std::uint16_t userInitiated = 12;
    if (causes.size() < 4 || readBigEndian<std::uint16_t>(causes, 0) != userInitiated) {
        return {};
    }
    const std::size_t length = readBigEndian<std::uint16_t>(causes, 2);
    if (length < 4 || length > causes.size()) {
        return {};
    }
    return std::string(asText(causes.subspan(4, length - 4)));
}

KernelEvent readAssocChange(OctetView notification) {
    sctp_assoc_change change{};
    std::memcpy(&change, notification.data(), std::min(sizeof change, notification.size()));
    const OctetView causes = notification.subspan(std::min(sizeof change, notification.size()));
    // Its number alone: Clang captures no structure that ends in an array without a size.
    const auto down = [assoc = change.sac_assoc_id, causes](KernelDown::Kind kind) {
        return KernelDown{assoc, kind, abortReason(causes)};
    };
    switch (change.sac_state) {
    case SCTP_COMM_UP: return KernelUp{change.sac_assoc_id, change.sac_outbound_streams, false};
    case SCTP_RESTART: return KernelUp{change.sac_assoc_id, change.sac_outbound_streams, true};
    case SCTP_COMM_LOST: return down(KernelDown::Kind::Lost);
    case SCTP_SHUTDOWN_COMP: return down(KernelDown::Kind::ShutDown);
    case SCTP_CANT_STR_ASSOC: return down(KernelDown::Kind::NotStarted);
    default: return std::monostate{};
    }
}

template <typename Notification>
Notification read(OctetView octets) {
    Notification notification{};
    std::memcpy(&notification, octets.data(), std::min(sizeof notification, octets.size()));
    return notification;
}

KernelEvent readNotification(OctetView octets) {
    switch (read<decltype(sctp_notification::sn_header)>(octets).sn_type) {
    case SCTP_ASSOC_CHANGE: return readAssocChange(octets);
    case SCTP_SHUTDOWN_EVENT: return KernelPeerClosing{read<sctp_shutdown_event>(octets).sse_assoc_id};
    case SCTP_PEER_ADDR_CHANGE: {
        const auto change = read<sctp_paddr_change>(octets);
        if (const auto state = pathState(change.spc_state)) {
            sockaddr_storage address{};
            std::memcpy(&address, &change.spc_aaddr, sizeof address);
            return KernelPathState{change.spc_assoc_id, readAddress(address), *state};
        }
        return std::monostate{};
    }
    default: return std::monostate{};
    }
}

} // namespace

std::expected<KernelSocket, std::error_code> KernelSocket::open(const EndpointConfig& config) {
    const auto& ips = config.local.ips;
    const bool wantsV6 = ips.empty() || std::ranges::any_of(ips, &IpAddress::v6);
    int descriptor = -1;
    for (const int family : {AF_INET6, AF_INET}) { // one of IPv6 carries both, where the host has it
        if (family == AF_INET || wantsV6) {
            descriptor = socket(family, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_SCTP);
        }
        if (descriptor >= 0) {
            break;
        }
    }
    if (descriptor < 0) {
        return std::unexpected(lastError());
    }
    KernelSocket socket{descriptor};
    socket.configure(config);
    if (const std::error_code error = socket.bindTo(config.local)) {
        return std::unexpected(error);
    }
    if (config.listen && listen(descriptor, SOMAXCONN) != 0) {
        return std::unexpected(lastError());
    }
    return socket;
}

KernelSocket::~KernelSocket() {
    if (m_descriptor >= 0) {
        // Else data on their way would keep the port busy for a while.
        setOption(m_descriptor, SOL_SOCKET, SO_LINGER, linger{.l_onoff = 1, .l_linger = 0});
        close(m_descriptor);
    }
}

void KernelSocket::configure(const EndpointConfig& config) {
    const int on = 1;
    const int off = 0;
    setOption(m_descriptor, IPPROTO_SCTP, SCTP_RECVRCVINFO, on);
    setOption(m_descriptor, IPPROTO_SCTP, SCTP_NODELAY, on);
    setOption(m_descriptor, IPPROTO_SCTP, SCTP_I_WANT_MAPPED_V4_ADDR, off);
    // Whoever may exceed the system's limits does; the others get what the limits allow. With the defaults bulk data
    // stall where packets are large, as on loopback.
    const int sendBuffer = static_cast<int>(config.sendBuffer);
    const int receiveBuffer = static_cast<int>(std::max(config.maxMessage, 2'000'000U));
    if (!setOption(m_descriptor, SOL_SOCKET, SO_SNDBUFFORCE, sendBuffer)) {
        setOption(m_descriptor, SOL_SOCKET, SO_SNDBUF, sendBuffer);
    }
    if (!setOption(m_descriptor, SOL_SOCKET, SO_RCVBUFFORCE, receiveBuffer)) {
        setOption(m_descriptor, SOL_SOCKET, SO_RCVBUF, receiveBuffer);
    }
    for (const int type : {SCTP_ASSOC_CHANGE, SCTP_PEER_ADDR_CHANGE, SCTP_SHUTDOWN_EVENT}) {
        sctp_event event{};
        event.se_assoc_id = SCTP_FUTURE_ASSOC;
        event.se_type = static_cast<std::uint16_t>(type);
        event.se_on = 1;
        setOption(m_descriptor, IPPROTO_SCTP, SCTP_EVENT, event);
    }
    sctp_initmsg init{};
    init.sinit_num_ostreams = config.outStreams;
    init.sinit_max_instreams = 0xffff;
    init.sinit_max_attempts = config.liveness.initAttempts;
    init.sinit_max_init_timeo =
        static_cast<std::uint16_t>(std::min<std::uint32_t>(milliseconds(config.liveness.rtoMax), 0xffff));
    setOption(m_descriptor, IPPROTO_SCTP, SCTP_INITMSG, init);
    // A peer with our timers must not repeat what only waits for a late acknowledgement.
    sctp_sack_info acknowledgement{};
    acknowledgement.sack_delay = std::min(milliseconds(config.liveness.rtoMin) / 4 + 1, 200U);
    acknowledgement.sack_freq = 2;
    setOption(m_descriptor, IPPROTO_SCTP, SCTP_DELAYED_SACK, acknowledgement);
    enableAddressChanges();
    setLiveness(SCTP_FUTURE_ASSOC, config.liveness);
}

void KernelSocket::enableAddressChanges() {
    // Changes of addresses (RFC 5061) must be authenticated (RFC 4895), with the empty key that everybody has.
    sctp_assoc_value able{};
    able.assoc_value = 1;
    if (setOption(m_descriptor, IPPROTO_SCTP, SCTP_AUTH_SUPPORTED, able)) {
        setOption(m_descriptor, IPPROTO_SCTP, SCTP_ASCONF_SUPPORTED, able);
    }
}

std::error_code KernelSocket::bindTo(const TransportAddress& local) {
    if (local.ips.empty()) {
        IpAddress any;
        any.v6 = isV6();
        const SystemAddress address{SocketAddress{any, local.port}};
        return bind(m_descriptor, &address.generic, address.length) == 0 ? std::error_code{} : lastError();
    }
    const SystemAddress first{SocketAddress{local.ips.front(), local.port}};
    if (bind(m_descriptor, &first.generic, first.length) != 0) {
        return lastError();
    }
    for (std::size_t i = 1; i < local.ips.size(); ++i) {
        PackedAddresses more{local.ips[i], port()};
        if (sctp_bindx(m_descriptor, more.data(), 1, SCTP_BINDX_ADD_ADDR) != 0) {
            return lastError();
        }
    }
    return {};
}

std::uint16_t KernelSocket::port() const {
    SystemAddress address;
    address.length = sizeof address.v6;
    getsockname(m_descriptor, &address.generic, &address.length);
    return address.read().port;
}

bool KernelSocket::isV6() const {
    int family = AF_INET;
    socklen_t length = sizeof family;
    getsockopt(m_descriptor, SOL_SOCKET, SO_DOMAIN, &family, &length);
    return family == AF_INET6;
}

std::expected<KernelAssoc, std::error_code> KernelSocket::connect(const TransportAddress& peer) {
    PackedAddresses addresses{peer};
    sctp_assoc_t assoc = 0;
    if (sctp_connectx(m_descriptor, addresses.data(), addresses.count, &assoc) == 0 || errno == EINPROGRESS) {
        return assoc;
    }
    const std::error_code error = lastError();
    const KernelAssoc present = error == std::errc::already_connected ? associationWith(peer) : KernelAssoc{};
    return present != KernelAssoc{} ? std::expected<KernelAssoc, std::error_code>{present} : std::unexpected(error);
}

KernelAssoc KernelSocket::associationWith(const TransportAddress& peer) const {
    for (const IpAddress& ip : peer.ips) {
        sctp_paddrinfo path{};
        const SystemAddress address{SocketAddress{ip, peer.port}};
        std::memcpy(&path.spinfo_address, &address.generic, address.length);
        socklen_t length = sizeof path;
        if (getsockopt(m_descriptor, IPPROTO_SCTP, SCTP_GET_PEER_ADDR_INFO, &path, &length) == 0) {
            return static_cast<KernelAssoc>(path.spinfo_assoc_id);
        }
    }
    return {};
}

std::expected<KernelSocket, std::error_code> KernelSocket::peelOff(KernelAssoc assoc) {
    // Debian's lksctp declares sctp_peeloff_flags() but does not have it; this is all that it does.
    sctp_peeloff_flags_arg_t request{};
    request.p_arg.associd = assoc;
    request.flags = SOCK_NONBLOCK | SOCK_CLOEXEC;
    socklen_t length = sizeof request;
    const int descriptor = getsockopt(m_descriptor, IPPROTO_SCTP, SCTP_SOCKOPT_PEELOFF_FLAGS, &request, &length);
    if (descriptor < 0) {
        return std::unexpected(lastError());
    }
    KernelSocket socket{descriptor};
    socket.enableAddressChanges(); // the kernel does not hand this on
    return socket;
}

int KernelSocket::send(KernelAssoc assoc, OctetView data, const SendOptions& options) {
    return sendFlagged(assoc, data, options, options.unordered ? SCTP_UNORDERED : 0);
}

int KernelSocket::shutdown(KernelAssoc assoc) {
    return sendFlagged(assoc, {}, {}, SCTP_EOF);
}

int KernelSocket::abort(KernelAssoc assoc, std::string_view why) {
    return sendFlagged(assoc, asOctets(why), {}, SCTP_ABORT);
}

int KernelSocket::sendFlagged(KernelAssoc assoc, OctetView data, const SendOptions& options, unsigned flags) {
    sctp_sndinfo info{};
    info.snd_sid = options.stream;
    info.snd_flags = static_cast<std::uint16_t>(flags);
    writeBigEndian(std::as_writable_bytes(std::span{&info.snd_ppid, 1}), 0, options.ppid); // goes out as it stands
    info.snd_assoc_id = assoc;
    // Not sctp_sendv(): it drops MSG_NOSIGNAL, and an association that has just ended would kill us by SIGPIPE.
    alignas(cmsghdr) std::array<std::byte, CMSG_SPACE(sizeof info)> control{};
    iovec part{.iov_base = const_cast<std::byte*>(data.data()), .iov_len = data.size()};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    cmsghdr* const header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = IPPROTO_SCTP;
    header->cmsg_type = SCTP_SNDINFO;
    header->cmsg_len = CMSG_LEN(sizeof info);
    std::memcpy(CMSG_DATA(header), &info, sizeof info);
    return sendmsg(m_descriptor, &message, MSG_NOSIGNAL | MSG_DONTWAIT) < 0 ? errno : 0;
}

std::expected<std::size_t, std::error_code> KernelSocket::receive(KernelInbox& inbox, std::size_t most) {
    const auto wanted = static_cast<unsigned>(std::min(most, KernelInbox::slots));
    int got = recvmmsg(m_descriptor, inbox.prepare(wanted), wanted, MSG_DONTWAIT, nullptr);
    if (got < 0 && errno != EAGAIN && errno != EINTR) {
        // Unlike recvmsg(), this tells of an association's end, and only once, before what has come until then.
        m_error = errno;
        got = recvmmsg(m_descriptor, inbox.prepare(wanted), wanted, MSG_DONTWAIT, nullptr);
    }
    if (got < 0) {
        return std::unexpected(lastError());
    }
    return static_cast<std::size_t>(got);
}

std::expected<KernelEvent, std::error_code> KernelSocket::read(KernelInbox& inbox, std::size_t slot) {
    const mmsghdr& received = inbox[slot];
    msghdr header = received.msg_hdr;
    const OctetView octets{static_cast<const std::byte*>(header.msg_iov->iov_base), received.msg_len};
    if ((header.msg_flags & MSG_NOTIFICATION) != 0) {
        return readNotification(octets);
    }
    if (octets.empty()) {
        return std::unexpected(std::make_error_code(std::errc::not_connected)); // a peeled off association is over
    }
    sctp_rcvinfo info{};
    for (cmsghdr* control = CMSG_FIRSTHDR(&header); control != nullptr; control = CMSG_NXTHDR(&header, control)) {
        if (control->cmsg_level == IPPROTO_SCTP && control->cmsg_type == SCTP_RCVINFO) {
            std::memcpy(&info, CMSG_DATA(control), sizeof info);
        }
    }
    return KernelData{.assoc = info.rcv_assoc_id,
                      .stream = info.rcv_sid,
                      .ppid = readBigEndian<std::uint32_t>(std::as_bytes(std::span{&info.rcv_ppid, 1}), 0),
                      .data = octets,
                      .complete = (header.msg_flags & MSG_EOR) != 0};
}

bool KernelSocket::wasAborted() const {
    int error = 0;
    socklen_t length = sizeof error;
    getsockopt(m_descriptor, SOL_SOCKET, SO_ERROR, &error, &length);
    return error != ETIMEDOUT && m_error != ETIMEDOUT;
}

TransportAddress KernelSocket::peer(KernelAssoc assoc) const {
    TransportAddress result;
    sockaddr* addresses = nullptr;
    const int count = sctp_getpaddrs(m_descriptor, assoc, &addresses);
    const auto* next = reinterpret_cast<const std::byte*>(addresses);
    for (int i = 0; i < count; ++i) {
        sockaddr generic{};
        std::memcpy(&generic, next, sizeof generic);
        const std::size_t length = generic.sa_family == AF_INET6 ? sizeof(sockaddr_in6) : sizeof(sockaddr_in);
        SystemAddress address;
        std::memcpy(&address.v6, next, length);
        const SocketAddress read = address.read();
        result.ips.push_back(read.ip);
        result.port = read.port;
        next += length;
    }
    if (count > 0) {
        sctp_freepaddrs(addresses);
    }
    return result;
}

void KernelSocket::setLiveness(KernelAssoc assoc, const Liveness& liveness) {
    sctp_paddrparams path{};
    path.spp_assoc_id = assoc;
    path.spp_address.ss_family = isV6() ? AF_INET6 : AF_INET; // the wildcard: all paths
    path.spp_hbinterval = milliseconds(liveness.heartbeat);
    path.spp_pathmaxrxt = liveness.pathMaxRetransmissions;
    path.spp_flags = liveness.heartbeat > Duration{} ? SPP_HB_ENABLE : SPP_HB_DISABLE;
    setOption(m_descriptor, IPPROTO_SCTP, SCTP_PEER_ADDR_PARAMS, path);
    sctp_rtoinfo rto{};
    rto.srto_assoc_id = assoc;
    rto.srto_initial = milliseconds(liveness.rtoInitial);
    rto.srto_min = milliseconds(liveness.rtoMin);
    rto.srto_max = milliseconds(liveness.rtoMax);
    setOption(m_descriptor, IPPROTO_SCTP, SCTP_RTOINFO, rto);
    sctp_assocparams params{};
    params.sasoc_assoc_id = assoc;
    params.sasoc_asocmaxrxt = liveness.associationMaxRetransmissions;
    setOption(m_descriptor, IPPROTO_SCTP, SCTP_ASSOCINFO, params);
}

std::error_code KernelSocket::changeAddress(const IpAddress& address, bool add) {
    // An address may be shared by sockets on one port that say so; all of ours do, but only here.
    setOption(m_descriptor, SOL_SOCKET, SO_REUSEADDR, 1);
    PackedAddresses packed{address, port()};
    const int result =
        sctp_bindx(m_descriptor, packed.data(), packed.count, add ? SCTP_BINDX_ADD_ADDR : SCTP_BINDX_REM_ADDR);
    return result == 0 ? std::error_code{} : lastError();
}

KernelSocket::Status KernelSocket::status(KernelAssoc assoc) const {
    sctp_status status{};
    status.sstat_assoc_id = assoc;
    socklen_t length = sizeof status;
    if (getsockopt(m_descriptor, IPPROTO_SCTP, SCTP_STATUS, &status, &length) != 0) {
        return {};
    }
    std::array<std::uint32_t, SK_MEMINFO_VARS> memory{};
    length = sizeof memory;
    getsockopt(m_descriptor, SOL_SOCKET, SO_MEMINFO, memory.data(), &length);
    return {.smoothedRtt = std::chrono::milliseconds{status.sstat_primary.spinfo_srtt},
            .unsentOctets = memory[SK_MEMINFO_WMEM_QUEUED]}; // with what the kernel needs to keep them
}

std::uint32_t KernelSocket::sendBuffer() const {
    int size = 0;
    socklen_t length = sizeof size;
    getsockopt(m_descriptor, SOL_SOCKET, SO_SNDBUF, &size, &length);
    return static_cast<std::uint32_t>(std::max(size, 0));
}

bool KernelSocket::canChangeAddresses() const {
    sctp_assoc_value able{};
    socklen_t length = sizeof able;
    return getsockopt(m_descriptor, IPPROTO_SCTP, SCTP_ASCONF_SUPPORTED, &able, &length) == 0 && able.assoc_value != 0;
}

} // namespace kolam::transport
