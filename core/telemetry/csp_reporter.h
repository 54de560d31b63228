// SPDX-License-Identifier: GPL-3.0-or-later
// Reports a component's status to a monitor by CSP 0x0200, octet for octet as rsplib does: at once, then at every
// interval, and a last time as final. One datagram each, nobody answers.
// Next door: core/wire/csp.h, the report; csp_source.h, the receiver.
#pragma once

#include "core/base/address.h"
#include "core/base/octets.h"
#include "core/dispatch/dispatcher.h"
#include "core/telemetry/component.h"
#include "core/wire/csp.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kolam::telemetry {

/// What a component says of itself at one moment.
struct CspContent {
    std::string status; // "2 Sessions"
    std::uint16_t workload = wire::CspReport::noWorkload;
    std::vector<wire::CspAssociation> associations;
};

// rsplib's words, because people and programs know them.
inline constexpr std::string_view cspLooking = "Looking for Registrar ...";
[[nodiscard]] std::string cspSessions(std::size_t sessions); // "1 Session"
/// "2[1] PEs in 2 Pools, 1 Peer": all of the handlespace, and those that this registrar owns.
[[nodiscard]] std::string cspRegistrar(std::size_t elements, std::size_t own, std::size_t pools, std::size_t peers);
/// "host: 127.0.0.1:3863, 10.0.0.1:3863"; a port of 0 is left out. Addresses that reach far come alone.
[[nodiscard]] std::string cspLocation(std::string_view host, const TransportAddress& address);
[[nodiscard]] std::uint16_t cspWorkload(double load); // of 0 to 1
[[nodiscard]] wire::CspAssociation cspAssociation(ComponentId receiver, std::uint32_t ppid,
                                                  std::optional<Duration> since);

/// Makes the reports of one component; no socket, no clock.
class CspReports {
public:
    CspReports(ComponentId sender, Duration interval, std::string location)
        : m_sender(sender)
        , m_interval(interval)
        , m_location(std::move(location)) {}
    /// Empty where rsplib sends nothing: the component has no identifier.
    [[nodiscard]] Octets report(const CspContent& content, TimePoint now);
    [[nodiscard]] Octets final(TimePoint now);

private:
    [[nodiscard]] Octets encode(wire::CspReport report, TimePoint now);
    ComponentId m_sender;
    Duration m_interval;
    std::string m_location;
    std::optional<TimePoint> m_first;
};

class CspReporter {
public:
    struct Config {
        TransportAddress server; // one address
        Duration interval{};
        ComponentId sender;
        std::string location;
    };
    /// Reports at once. The dispatcher must outlive it.
    CspReporter(Dispatcher& dispatcher, const Config& config, std::function<CspContent()> content);
    ~CspReporter(); // with a final report
    CspReporter(const CspReporter&) = delete;
    CspReporter& operator=(const CspReporter&) = delete;
    /// Now, and not only with the next interval.
    void report();

private:
    void send(const Octets& datagram) const;

    Dispatcher& m_dispatcher;
    Config m_config;
    std::function<CspContent()> m_content;
    CspReports m_reports;
    TimerId m_timer = TimerId::None;
};

} // namespace kolam::telemetry
