// SPDX-License-Identifier: GPL-3.0-or-later
// The events of a registrar of any make: asks it every few seconds for its peers and its handlespace, and tells what
// has changed. To the registrar this is a peer that comes and goes, always under the same identifier.
// Next door: enrp_inquiry.h, which asks once; core/telemetry/event_source.h, for registrars that tell by themselves.
#pragma once

#include "core/node/enrp_inquiry.h"
#include "core/node/snapshot_teller.h"

namespace kolam {

class EnrpSource {
public:
    struct Config {
        TransportAddress registrar;
        Duration interval = std::chrono::seconds{3}; // between an answer and the next question
        Duration timeout = std::chrono::seconds{3};
    };
    using Sink = std::function<void(const telemetry::Event& event)>;
    /// Asks at once. Dispatcher and transport must outlive it.
    /// @param failed  is told a sentence when it begins to fail, and not each time
    EnrpSource(Dispatcher& dispatcher, transport::Transport& transport, Config config, Sink sink,
               std::function<void(const std::string& why)> failed);
    ~EnrpSource();
    EnrpSource(const EnrpSource&) = delete;
    EnrpSource& operator=(const EnrpSource&) = delete;
    /// Whether the last question was answered.
    [[nodiscard]] bool isAnswered() const { return m_teller.isThere(); }

private:
    void ask();
    void take(const EnrpInquiry::Answer& answer);
    void tell(std::vector<telemetry::EventBody> bodies);

    Dispatcher& m_dispatcher;
    transport::Transport& m_transport;
    Config m_config;
    Sink m_sink;
    std::function<void(const std::string&)> m_failed;
    ServerId m_own;
    SnapshotTeller m_teller;
    std::unique_ptr<EnrpInquiry> m_inquiry;
    TimerId m_timer = TimerId::None;
    bool m_isFailing = false;
};

} // namespace kolam
