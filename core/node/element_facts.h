// SPDX-License-Identifier: GPL-3.0-or-later
// What viewers are told of an element that is in a handlespace. Next door: registrar_teller.h, snapshot_teller.h.
#pragma once

#include "core/telemetry/registrar_events.h"
#include "core/wire/parameters.h"

namespace kolam {

[[nodiscard]] telemetry::ElementFacts factsOf(const PoolHandle& pool, const wire::PoolElement& element);

} // namespace kolam
