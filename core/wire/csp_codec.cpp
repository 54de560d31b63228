// SPDX-License-Identifier: GPL-3.0-or-later
// The codec of CSP.
#include "core/wire/instantiate.h"

namespace kolam::wire {

KOLAM_WIRE_MESSAGE(CspReport)

} // namespace kolam::wire
