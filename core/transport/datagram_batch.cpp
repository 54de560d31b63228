// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/datagram_batch.h"

#include "core/transport/udp_socket.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <netinet/udp.h>

namespace kolam::transport {
namespace {

// What is collected before sending without waiting for the turn's end: more would save no system call.
constexpr std::size_t enoughOctets = 512UZ * 1024;
constexpr std::size_t enoughDatagrams = 256;
constexpr std::size_t largestSend = 65'000; // octets of one send that the kernel cuts
constexpr std::size_t mostSegments = 64;    // the oldest kernels' limit
constexpr std::size_t sendsAtOnce = 32;     // of one system call
constexpr int attempts = 4;                 // a pending ICMP error makes one call fail that is innocent

struct alignas(cmsghdr) ControlSpace {
    std::array<std::byte, CMSG_SPACE(sizeof(in6_pktinfo)) + CMSG_SPACE(sizeof(std::uint16_t))> octets;
};

/// Appends one control message at `*used` and moves it on.
template <typename Value>
void putControl(ControlSpace& space, std::size_t& used, int level, int type, const Value& value) {
    const cmsghdr header{.cmsg_len = CMSG_LEN(sizeof value), .cmsg_level = level, .cmsg_type = type};
    std::memcpy(space.octets.data() + used, &header, sizeof header);
    std::memcpy(space.octets.data() + used + CMSG_LEN(0), &value, sizeof value);
    used += CMSG_SPACE(sizeof value);
}

void putSource(ControlSpace& space, std::size_t& used, const IpAddress& from) {
    if (from.v6) {
        in6_pktinfo info{};
        info.ipi6_addr = toIn6Addr(from);
        putControl(space, used, IPPROTO_IPV6, IPV6_PKTINFO, info);
    } else {
        in_pktinfo info{};
        info.ipi_spec_dst = toInAddr(from);
        putControl(space, used, IPPROTO_IP, IP_PKTINFO, info);
    }
}

} // namespace

void DatagramBatch::add(UdpSocket& socket, const SocketAddress& to, const std::optional<IpAddress>& from,
                        OctetView octets) {
    m_entries.push_back({&socket, to, from, m_memory.size(), octets.size()});
    m_memory.insert(m_memory.end(), octets.begin(), octets.end());
    if (m_memory.size() >= enoughOctets || m_entries.size() >= enoughDatagrams) {
        flush();
    }
}

void DatagramBatch::flush() {
    for (std::size_t next = 0; next < m_entries.size();) {
        next += sendSome(next);
    }
    m_entries.clear();
    m_memory.clear();
}

/// How many entries from `first` on can leave as one send: same way, same length, the last one perhaps shorter.
std::size_t DatagramBatch::runLength(std::size_t first) const {
    const Entry& entry = m_entries[first];
    if (!entry.socket->segments() || entry.length == 0) {
        return 1;
    }
    std::size_t count = 1;
    std::size_t total = entry.length;
    while (first + count < m_entries.size() && count < mostSegments) {
        const Entry& next = m_entries[first + count];
        const bool sameWay = next.socket == entry.socket && next.to == entry.to && next.from == entry.from;
        if (!sameWay || next.length > entry.length || next.length == 0 || total + next.length > largestSend) {
            break;
        }
        total += next.length;
        ++count;
        if (next.length < entry.length) {
            break;
        }
    }
    return count;
}

/// Sends from `first` on with one system call.
/// @return how many entries are done with, sent or refused; 0 once, when cutting has just been given up
std::size_t DatagramBatch::sendSome(std::size_t first) {
    std::array<mmsghdr, sendsAtOnce> messages;
    std::array<iovec, sendsAtOnce> vectors;
    std::array<SystemAddress, sendsAtOnce> addresses;
    std::array<ControlSpace, sendsAtOnce> controls;
    std::array<std::size_t, sendsAtOnce> runs;
    UdpSocket& socket = *m_entries[first].socket;
    std::size_t count = 0;
    for (std::size_t at = first; at < m_entries.size() && m_entries[at].socket == &socket && count < sendsAtOnce;) {
        const Entry& entry = m_entries[at];
        const std::size_t run = runLength(at);
        std::size_t octets = 0;
        for (std::size_t i = at; i < at + run; ++i) {
            octets += m_entries[i].length;
        }
        std::size_t used = 0;
        if (entry.from) {
            putSource(controls[count], used, *entry.from);
        }
        if (run > 1) {
            putControl(controls[count], used, SOL_UDP, UDP_SEGMENT, static_cast<std::uint16_t>(entry.length));
        }
        addresses[count] = SystemAddress{entry.to};
        vectors[count] = {m_memory.data() + entry.offset, octets};
        messages[count].msg_hdr = {.msg_name = &addresses[count].generic,
                                   .msg_namelen = addresses[count].length,
                                   .msg_iov = &vectors[count],
                                   .msg_iovlen = 1,
                                   .msg_control = used > 0 ? controls[count].octets.data() : nullptr,
                                   .msg_controllen = used,
                                   .msg_flags = 0};
        runs[count++] = run;
        at += run;
    }
    int sent = -1;
    for (int attempt = 0; attempt < attempts && sent < 0; ++attempt) {
        sent = ::sendmmsg(socket.descriptor(), messages.data(), static_cast<unsigned>(count), MSG_DONTWAIT);
    }
    if (sent > 0) {
        std::size_t done = 0;
        for (std::size_t i = 0; i < static_cast<std::size_t>(sent); ++i) {
            done += runs[i];
        }
        return done;
    }
    if (runs[0] > 1 && (errno == EIO || errno == EINVAL || errno == EMSGSIZE)) {
        socket.dontSegment(); // the device, or the kernel, cannot: from now on one by one
        return 0;
    }
    m_refused += runs[0];
    return runs[0];
}

} // namespace kolam::transport
