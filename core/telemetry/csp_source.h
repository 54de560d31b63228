// SPDX-License-Identifier: GPL-3.0-or-later
// Hears the reports of CSP that components send to a monitor's UDP port, and tells them as events: so pools of rsplib
// are seen, too. Nobody is authenticated, so all text is only text, and the number of senders is bounded. Datagrams
// are taken many at a time, every few milliseconds; those that the kernel had to drop are counted and told.
// Next door: csp_reporter.h, who sends; event_source.h, for components of ours.
#pragma once

#include "core/dispatch/dispatcher.h"
#include "core/telemetry/event_log.h"
#include "core/telemetry/local_socket.h"
#include "core/telemetry/signs_of_life.h"

#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace kolam::telemetry {

/// Which senders there are, and what a report of one means; no socket, no clock.
class CspSenders {
public:
    struct Limits {
        std::size_t senders = 20'000;
        Duration forget = std::chrono::seconds{30}; // at most; ten intervals at least
    };
    explicit CspSenders(Limits limits) : m_limits(limits) {}
    CspSenders() : CspSenders(Limits{}) {}
    /// The event's body; nothing for a sender too many.
    [[nodiscard]] std::optional<StatusReported> take(const wire::CspReport& report, const TransportAddress& from,
                                                     TimePoint now);
    /// Whose report has been missing since the last call. Who is silent for min(30 s, ten intervals) is forgotten.
    [[nodiscard]] std::vector<ComponentId> silent(TimePoint now);
    [[nodiscard]] std::size_t count() const { return m_senders.size(); }

private:
    struct Sender {
        IpAddress from;       // its host: the port is another one for each report
        std::string location; // two of one host differ there
        std::uint64_t uptime = 0;
        TimePoint heard{};
        Duration interval{};
        bool silent = false; // and that was told
        TimePoint conflictUntil{};
    };
    Limits m_limits;
    std::unordered_map<ComponentId, Sender> m_senders;
};

class CspSource {
public:
    struct Config {
        TransportAddress local; // one address and a port, usually 2960
        CspSenders::Limits limits;
    };
    struct Counters {
        std::uint64_t reports = 0;
        std::uint64_t malformed = 0;
        std::uint64_t dropped = 0; // by the kernel: its buffer was full
        std::uint64_t refused = 0; // senders too many
    };
    /// `report`: also the datagram as it was, for recordings.
    using Sink = std::function<void(const Event& event, OctetView datagram)>;
    /// The error is a sentence, and says who has the port if that can be known.
    static std::expected<std::unique_ptr<CspSource>, std::string> open(DescriptorDispatcher& dispatcher,
                                                                       const Config& config, Sink sink);
    ~CspSource();
    CspSource(const CspSource&) = delete;
    CspSource& operator=(const CspSource&) = delete;

    [[nodiscard]] const Counters& counters() const { return m_counters; }
    [[nodiscard]] std::uint16_t port() const { return m_port; }

private:
    struct Batch;
    CspSource(DescriptorDispatcher& dispatcher, const Config& config, Sink sink);
    void listen();
    void rest();
    std::size_t read();
    std::size_t readAll();
    void take(OctetView datagram, const TransportAddress& from);
    void look();
    void tell(ComponentId component, EventBody body, OctetView datagram);

    DescriptorDispatcher& m_dispatcher;
    Sink m_sink;
    CspSenders m_senders;
    Counters m_counters;
    std::uint32_t m_overflow = 0; // as the kernel counts
    LocalSocket m_socket;
    std::uint16_t m_port = 0;
    std::unique_ptr<Batch> m_batch;
    TimerId m_look = TimerId::None;
    TimerId m_resting = TimerId::None; // until the socket is read again
    Wakefulness m_awake;
};

} // namespace kolam::telemetry
