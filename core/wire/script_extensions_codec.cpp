// SPDX-License-Identifier: GPL-3.0-or-later
// The codec of our extension of the scripting protocol.
#include "core/wire/script_receipt.h"

#include "core/wire/instantiate.h"

namespace kolam::wire {

KOLAM_WIRE_MESSAGE(ScriptReceipt)

} // namespace kolam::wire
