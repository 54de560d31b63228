// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/telemetry/csp_source.h"

#include "core/telemetry/event_hub.h"
#include "core/telemetry/system_address.h"
#include "core/wire/codec.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <sys/socket.h>

namespace kolam::telemetry {

using namespace std::chrono_literals;

namespace {

constexpr std::size_t batchSize = 64;
constexpr int batchesInATurn = 16;
constexpr std::size_t mostInATurn = batchSize * batchesInATurn;
constexpr std::size_t longestReport = 65536;
constexpr Duration pause = 5ms;
constexpr int receiveBuffer = 8 * 1024 * 1024; // octets; the usual one holds some 165 reports
constexpr Duration shortestInterval = 100ms;   // of a sender that says that it sends all the time

std::string clean(const std::string& text) {
    return text.substr(0, 128);
}

} // namespace

// ---- Who there is --------------------------------------------------------------------------------------------------

std::optional<StatusReported> CspSenders::take(const wire::CspReport& report, const TransportAddress& from,
                                               TimePoint now) {
    const bool known = m_senders.contains(report.sender);
    if (!known && m_senders.size() >= m_limits.senders) {
        return std::nullopt;
    }
    Sender& sender = m_senders[report.sender];
    const IpAddress host = from.ips.front();
    // Two processes under one identifier: reports of another host or place while the first one is still heard, or
    // whose clocks go back and forth. A process that starts again has a clock that goes back only once.
    const bool elsewhere = sender.from != host || (!report.final && sender.location != report.location);
    if (known && elsewhere && now - sender.heard < 3 * sender.interval) {
        sender.conflictUntil = now + 10 * sender.interval;
    }
    sender.from = host;
    if (!report.final) {
        sender.location = report.location;
    }
    sender.uptime = report.timeStamp;
    sender.heard = now;
    sender.silent = false;
    sender.interval = std::max<Duration>(std::chrono::microseconds{report.reportInterval}, shortestInterval);
    StatusReported status{.source = from,
                          .final = report.final,
                          .conflicting = now < sender.conflictUntil,
                          .location = clean(report.location),
                          .status = clean(report.status),
                          .uptimeUs = report.timeStamp,
                          .intervalUs = report.reportInterval,
                          .workload = report.workload,
                          .associations = {}};
    for (const wire::CspAssociation& association : report.associations) {
        status.associations.push_back({association.receiver, association.ppid, association.duration});
    }
    if (report.final) {
        m_senders.erase(report.sender);
    }
    return status;
}

std::vector<ComponentId> CspSenders::silent(TimePoint now) {
    std::vector<ComponentId> gone;
    for (auto& [component, sender] : m_senders) {
        if (now - sender.heard > longestWait(sender.interval) && !std::exchange(sender.silent, true)) {
            gone.push_back(component);
        }
    }
    std::erase_if(m_senders, [&](const auto& entry) {
        return now - entry.second.heard >= std::min(m_limits.forget, 10 * entry.second.interval);
    });
    std::ranges::sort(gone);
    return gone;
}

// ---- The socket ----------------------------------------------------------------------------------------------------

/// Where one call of recvmmsg() puts what it has.
struct CspSource::Batch {
    struct Slot {
        SystemAddress from;
        iovec octets{};
        alignas(cmsghdr) std::array<std::byte, CMSG_SPACE(sizeof(std::uint32_t))> control{};
    };
    Batch() {
        for (std::size_t i = 0; i < batchSize; ++i) {
            slots[i].octets = {memory.get() + i * longestReport, longestReport};
        }
    }
    void prepare() {
        for (std::size_t i = 0; i < batchSize; ++i) {
            Slot& slot = slots[i];
            slot.from = {};
            headers[i] = {};
            headers[i].msg_hdr.msg_name = slot.from.generic();
            headers[i].msg_hdr.msg_namelen = slot.from.length();
            headers[i].msg_hdr.msg_iov = &slot.octets;
            headers[i].msg_hdr.msg_iovlen = 1;
            headers[i].msg_hdr.msg_control = slot.control.data();
            headers[i].msg_hdr.msg_controllen = slot.control.size();
        }
    }
    std::unique_ptr<std::byte[]> memory = std::make_unique_for_overwrite<std::byte[]>(batchSize * longestReport);
    std::array<Slot, batchSize> slots;
    std::array<mmsghdr, batchSize> headers{};
};

CspSource::CspSource(DescriptorDispatcher& dispatcher, const Config& config, Sink sink)
    : m_dispatcher(dispatcher)
    , m_sink(std::move(sink))
    , m_senders(config.limits)
    , m_batch(std::make_unique<Batch>()) {}

std::expected<std::unique_ptr<CspSource>, std::string> CspSource::open(DescriptorDispatcher& dispatcher,
                                                                       const Config& config, Sink sink) {
    std::unique_ptr<CspSource> source{new CspSource{dispatcher, config, std::move(sink)}};
    const SystemAddress local{config.local.ips.front(), config.local.port};
    LocalSocket socket{::socket(local.generic()->sa_family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
    const int on = 1;
    if (socket.descriptor() < 0 || ::bind(socket.descriptor(), local.generic(), local.length()) != 0 ||
        ::setsockopt(socket.descriptor(), SOL_SOCKET, SO_RXQ_OVFL, &on, sizeof on) != 0) {
        const bool taken = errno == EADDRINUSE;
        return std::unexpected(fmt::format("cannot hear reports at {}: {}{}", toText(config.local),
                                           std::strerror(errno),
                                           taken ? "; another monitor runs here, or choose another port" : ""));
    }
    // As much as may be: without the privilege, the system's limit holds.
    if (::setsockopt(socket.descriptor(), SOL_SOCKET, SO_RCVBUFFORCE, &receiveBuffer, sizeof receiveBuffer) != 0) {
        (void)::setsockopt(socket.descriptor(), SOL_SOCKET, SO_RCVBUF, &receiveBuffer, sizeof receiveBuffer);
    }
    SystemAddress bound;
    socklen_t length = bound.length();
    (void)::getsockname(socket.descriptor(), bound.generic(), &length);
    source->m_port = bound.read().port;
    source->m_socket = std::move(socket);
    source->listen();
    source->look();
    return source;
}

CspSource::~CspSource() {
    m_dispatcher.cancel(m_look);
    m_dispatcher.cancel(m_resting);
    if (m_socket.descriptor() >= 0) {
        m_dispatcher.unwatch(m_socket.descriptor());
    }
}

void CspSource::listen() {
    m_dispatcher.watch(m_socket.descriptor(), Interest::Read, [this](Readiness) {
        if (read() < mostInATurn) {
            m_dispatcher.unwatch(m_socket.descriptor());
            rest();
        }
    });
}

/// A thousand senders would wake us four thousand times a second. They wait for each other: so briefly that nobody sees
/// it, and that the socket holds them all.
void CspSource::rest() {
    m_resting = m_dispatcher.callIn(pause, [this] {
        m_resting = TimerId::None;
        const std::size_t taken = read();
        taken > 0 && taken < mostInATurn ? rest() : listen();
    });
}

/// @return how many datagrams there were
std::size_t CspSource::read() {
    const std::uint64_t before = m_counters.dropped;
    const std::size_t taken = readAll();
    if (const std::uint64_t dropped = m_counters.dropped - before; dropped > 0) {
        tell(noComponent, EventsDropped{dropped}, {}); // whose they were is not known
    }
    return taken;
}

std::size_t CspSource::readAll() {
    std::size_t taken = 0;
    for (int left = batchesInATurn; left > 0; --left) {
        m_batch->prepare();
        const int count = ::recvmmsg(m_socket.descriptor(), m_batch->headers.data(), batchSize, MSG_DONTWAIT, nullptr);
        for (int i = 0; i < count; ++i) {
            const auto index = static_cast<std::size_t>(i);
            msghdr& header = m_batch->headers[index].msg_hdr;
            for (cmsghdr* note = CMSG_FIRSTHDR(&header); note != nullptr; note = CMSG_NXTHDR(&header, note)) {
                if (note->cmsg_level == SOL_SOCKET && note->cmsg_type == SO_RXQ_OVFL) {
                    std::uint32_t overflow = 0;
                    std::memcpy(&overflow, CMSG_DATA(note), sizeof overflow);
                    m_counters.dropped += overflow - std::exchange(m_overflow, overflow); // it may wrap
                }
            }
            const auto* const octets = static_cast<const std::byte*>(m_batch->slots[index].octets.iov_base);
            take({octets, m_batch->headers[index].msg_len}, m_batch->slots[index].from.read());
        }
        taken += static_cast<std::size_t>(std::max(count, 0));
        if (count < static_cast<int>(batchSize)) {
            break;
        }
    }
    return taken;
}

void CspSource::take(OctetView datagram, const TransportAddress& from) {
    const auto report = wire::decode<wire::CspReport>(datagram);
    if (!report || roleOf(report->sender) == Role::None || objectOf(report->sender) == 0) {
        ++m_counters.malformed;
        return;
    }
    auto status = m_senders.take(*report, from, m_dispatcher.now());
    if (!status) {
        ++m_counters.refused;
        return;
    }
    ++m_counters.reports;
    tell(report->sender, std::move(*status), datagram);
}

void CspSource::look() {
    m_look = m_dispatcher.callIn(signsLook, [this] { look(); });
    const TimePoint now = m_dispatcher.now();
    if (!m_awake.continues(now)) {
        return; // what waits in the socket comes first
    }
    read(); // also what came while we rest
    for (const ComponentId gone : m_senders.silent(now)) {
        tell(gone, ComponentDown{DownKind::Silent}, {});
    }
}

void CspSource::tell(ComponentId component, EventBody body, OctetView datagram) {
    m_sink({.number = 0,
            .component = component,
            .wall = EventHub::systemWallClock(),
            .monotonic = m_dispatcher.now(),
            .story = {},
            .body = std::move(body)},
           datagram);
}

} // namespace kolam::telemetry
