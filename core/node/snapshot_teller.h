// SPDX-License-Identifier: GPL-3.0-or-later
// Tells in events what snapshots of a registrar show: all of the first one, and then what differs from the last. So a
// registrar that tells nothing by itself can be watched by asking it. No socket, no clock.
// Next door: enrp_source.h, who asks.
#pragma once

#include "core/telemetry/event_log.h"
#include "core/telemetry/registrar_snapshot.h"

#include <map>
#include <vector>

namespace kolam {

class SnapshotTeller {
public:
    [[nodiscard]] std::vector<telemetry::EventBody> take(const telemetry::RegistrarSnapshot& snapshot);
    /// It has not answered. Nothing, if it was not there before.
    [[nodiscard]] std::vector<telemetry::EventBody> lost(telemetry::DownKind how);
    /// Nobody has told who it is: 0.
    [[nodiscard]] ServerId registrar() const { return m_registrar; }
    [[nodiscard]] bool isThere() const { return m_isThere; }

private:
    using Elements = std::map<std::pair<PoolHandle, PeIdentifier>, telemetry::ElementFacts>;
    ServerId m_registrar;
    bool m_isThere = false;
    std::map<ServerId, TransportAddress> m_peers;
    Elements m_elements;
};

} // namespace kolam
