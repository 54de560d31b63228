// SPDX-License-Identifier: GPL-3.0-or-later
// Asks any registrar for its peers and its handlespace, in the words that registrars use among themselves (ENRP): so it
// is a peer for a moment. It takes part in nothing, and agrees to everything, so that nobody waits for it.
// Next door: enrp_source.h, which asks again and again; demos/cli/dump.cpp, which prints what was answered.
#pragma once

#include "core/dispatch/dispatcher.h"
#include "core/enrp/table_tally.h"
#include "core/telemetry/registrar_snapshot.h"
#include "core/transport/transport.h"
#include "core/wire/enrp.h"

#include <expected>
#include <functional>
#include <memory>
#include <string>

namespace kolam {

class EnrpInquiry {
public:
    struct Config {
        TransportAddress registrar;
        Duration timeout; // without any progress
        ServerId own;     // ours, while we are a peer; 0: random
    };
    struct Trouble {
        std::string sentence;
        bool nobodyThere = false; // else somebody is, and does not answer, or not as he should
    };
    using Answer = std::expected<telemetry::RegistrarSnapshot, Trouble>;
    /// `done` is called once, from a later turn, when all is known and the association has ended; it may destroy the
    /// inquiry. Dispatcher and transport must outlive it.
    EnrpInquiry(Dispatcher& dispatcher, transport::Transport& transport, Config config,
                std::move_only_function<void(Answer)> done);
    ~EnrpInquiry();
    EnrpInquiry(const EnrpInquiry&) = delete;
    EnrpInquiry& operator=(const EnrpInquiry&) = delete;

private:
    /// The error is a sentence.
    [[nodiscard]] std::expected<void, std::string> begin();
    void end();
    void happened(const transport::Event& event);
    void down(const transport::Down& down);
    void received(const transport::Message& message);
    void on(const wire::Presence& message);
    void on(const wire::ListResponse& message);
    void on(const wire::HandleTableResponse& message);
    void on(const wire::InitTakeover& message);
    void on(const wire::EnrpError& message);
    void on(const auto&) {} // the others concern registrars only
    void present(bool replyRequired);
    void requestTable(bool continuation);
    void send(OctetView octets);
    void checkComplete();
    void fail(std::string sentence);
    void close();
    void bePatient(Duration patience);

    Dispatcher& m_dispatcher;
    transport::Transport& m_transport;
    Config m_config;
    std::move_only_function<void(Answer)> m_done;
    std::unique_ptr<transport::Endpoint> m_endpoint;
    transport::AssocId m_association = transport::AssocId::None;
    TimerId m_timer = TimerId::None;
    bool m_up = false;
    bool m_presented = false; // the registrar has, to us
    bool m_windowed = false;  // it wants to know whether a request goes on
    bool m_listed = false;
    bool m_tabled = false;
    bool m_closing = false;
    enrp::TableTally m_told;
    telemetry::RegistrarSnapshot m_snapshot;
    Trouble m_trouble; // empty: none
};

} // namespace kolam
