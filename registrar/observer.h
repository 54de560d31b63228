// SPDX-License-Identifier: GPL-3.0-or-later
// Shows a registrar to viewers on this host, a part of its handlespace in a turn, so that it serves others meanwhile.
// Next door: core/telemetry, the socket and the lines; `kolam dump`, a viewer.
#pragma once

#include "core/node/registrar_node.h"
#include "core/telemetry/observer_server.h"
#include "core/telemetry/registrar_snapshot.h"

namespace kolam {

/// What the registrar is, without its handlespace.
[[nodiscard]] telemetry::RegistrarSummary summaryOf(const RegistrarNode& node, TimePoint now);
/// The answer to a viewer; the node must outlive it.
[[nodiscard]] telemetry::NextLine tell(const RegistrarNode& node, telemetry::Detail detail, TimePoint now);

/// What its socket answers; both must outlive it.
[[nodiscard]] telemetry::ObserverServer::Answer queriesOf(const Dispatcher& dispatcher, const RegistrarNode& node);

} // namespace kolam
