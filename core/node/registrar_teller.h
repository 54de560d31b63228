// SPDX-License-Identifier: GPL-3.0-or-later
// Tells viewers what a registrar does with elements and users, and how its handlespace is.
// Next door: registrar_node.cpp, which calls it where things happen; mesh_node.cpp, which tells of peers.
#pragma once

#include "core/asap/registrar_side.h"
#include "core/base/token_bucket.h"
#include "core/dispatch/dispatcher.h"
#include "core/enrp/enrp_sink.h"
#include "core/handlespace/handlespace.h"
#include "core/telemetry/telemetry.h"

#include <functional>
#include <vector>

namespace kolam {

class RegistrarTeller final : telemetry::TelemetrySubject {
public:
    /// Where it looks; everything must outlive it.
    struct Registrar {
        const ServerId& id;
        const Handlespace& handlespace;
        const asap::RegistrarSide& machine;
        std::function<telemetry::ComponentState()> state;
        std::function<std::vector<enrp::PeerView>()> peers;
        std::function<std::size_t()> associations;
    };
    RegistrarTeller(Dispatcher& dispatcher, telemetry::Telemetry& telemetry, Registrar registrar);
    ~RegistrarTeller() override;
    RegistrarTeller(const RegistrarTeller&) = delete;
    RegistrarTeller& operator=(const RegistrarTeller&) = delete;

    void stateChanged();
    void elementChanged(const asap::ElementEvent& event);
    void copyChanged(ElementRef element, enrp::CopyChange change);
    void takenOver(ElementRef element, ServerId from);
    /// A message of ASAP that has come; `from` is asked only when somebody wants to know.
    void received(OctetView message, const std::function<TransportAddress()>& from);

private:
    [[nodiscard]] telemetry::SnapshotParts snapshot() override;
    void tick() override;
    [[nodiscard]] std::vector<telemetry::EventBody> general() const;
    [[nodiscard]] telemetry::RegistrarCounted counted() const;
    [[nodiscard]] telemetry::ElementFacts facts(ElementRef element) const;

    Dispatcher& m_dispatcher;
    telemetry::Telemetry& m_telemetry;
    Registrar m_registrar;
    telemetry::RegistrarCounted m_told;
    TokenBucket m_samples;
    std::uint64_t m_skipped = 0;
};

} // namespace kolam
