// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/telemetry/csp_reporter.h"

#include "core/telemetry/local_socket.h"
#include "core/telemetry/system_address.h"
#include "core/wire/codec.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <sys/socket.h>

namespace kolam::telemetry {

namespace {

std::uint64_t microseconds(Duration duration) {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(duration / std::chrono::microseconds{1}, 0));
}

} // namespace

std::string cspSessions(std::size_t sessions) {
    return fmt::format("{} Session{}", sessions, sessions == 1 ? "" : "s");
}

std::string cspRegistrar(std::size_t elements, std::size_t own, std::size_t pools, std::size_t peers) {
    return fmt::format("{}[{}] PEs in {} Pool{}, {} Peer{}", elements, own, pools, pools == 1 ? "" : "s", peers,
                       peers == 1 ? "" : "s");
}

std::string cspLocation(std::string_view host, const TransportAddress& address) {
    AddressScope widest = AddressScope::Loopback;
    for (const IpAddress& ip : address.ips) {
        widest = std::max(widest, ip.scope());
    }
    std::string location{host};
    std::string_view between = ": ";
    for (const IpAddress& ip : address.ips) {
        if (ip.scope() == widest) {
            location += between;
            location += address.port == 0 ? toText(ip) : toText(TransportAddress{{ip}, address.port});
            between = ", ";
        }
    }
    return location;
}

std::uint16_t cspWorkload(double load) {
    return static_cast<std::uint16_t>(std::lround(std::clamp(load, 0.0, 1.0) * 0xfffe));
}

wire::CspAssociation cspAssociation(ComponentId receiver, std::uint32_t ppid, std::optional<Duration> since) {
    return {.receiver = receiver,
            .duration = since ? microseconds(*since) : wire::CspAssociation::unknownDuration,
            .ppid = ppid};
}

Octets CspReports::report(const CspContent& content, TimePoint now) {
    return encode({.location = m_location,
                   .status = content.status,
                   .workload = content.workload,
                   .associations = content.associations},
                  now);
}

Octets CspReports::final(TimePoint now) {
    wire::CspReport report;
    report.final = true;
    report.workload = 0;
    return encode(std::move(report), now);
}

Octets CspReports::encode(wire::CspReport report, TimePoint now) {
    if (objectOf(m_sender) == 0) {
        return {};
    }
    if (!m_first) {
        m_first = now;
    }
    report.sender = m_sender;
    report.timeStamp = microseconds(now - *m_first);
    report.reportInterval = static_cast<std::uint32_t>(microseconds(m_interval));
    return wire::encode(report);
}

CspReporter::CspReporter(Dispatcher& dispatcher, const Config& config, std::function<CspContent()> content)
    : m_dispatcher(dispatcher)
    , m_config(config)
    , m_content(std::move(content))
    , m_reports(config.sender, config.interval, config.location) {
    report();
}

CspReporter::~CspReporter() {
    m_dispatcher.cancel(m_timer);
    send(m_reports.final(m_dispatcher.now()));
}

void CspReporter::report() {
    m_dispatcher.cancel(m_timer);
    m_timer = m_dispatcher.callIn(m_config.interval, [this] {
        m_timer = TimerId::None;
        report();
    });
    send(m_reports.report(m_content(), m_dispatcher.now()));
}

/// A fresh socket each time, as rsplib: an old one would remember that nobody listened.
void CspReporter::send(const Octets& datagram) const {
    const SystemAddress to{m_config.server.ips.front(), m_config.server.port};
    const LocalSocket socket{::socket(to.generic()->sa_family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
    if (!datagram.empty() && socket.descriptor() >= 0) {
        (void)::sendto(socket.descriptor(), datagram.data(), datagram.size(), MSG_DONTWAIT | MSG_NOSIGNAL, to.generic(),
                       to.length());
    }
}

} // namespace kolam::telemetry
