// SPDX-License-Identifier: GPL-3.0-or-later
// The error causes that a registrar answers with, with the information that RFC 5354 section 4 wants in them.
// Next door: registrar_side.h, which decides when.
#pragma once

#include "core/handlespace/handlespace.h"
#include "core/wire/asap.h"

namespace kolam::asap {

[[nodiscard]] wire::ErrorCause plainCause(wire::CauseCode code);
/// "Invalid values", quoting the parameter.
[[nodiscard]] wire::ErrorCause emptyHandle();
[[nodiscard]] wire::ErrorCause invalidElement(const wire::PoolElement& element);
[[nodiscard]] wire::ErrorCause invalidTransport(const wire::TransportParameter& transport);
/// Why the handlespace did not take an element; quotes what the pool has where the RFC asks for it.
[[nodiscard]] wire::ErrorCause refusalCause(RegistrationErrc error, const Handlespace& handlespace,
                                            const wire::Registration& registration);

} // namespace kolam::asap
