// SPDX-License-Identifier: GPL-3.0-or-later
// The codec of our extensions of the scripting protocol.
#include "core/wire/script_extensions.h"

#include "core/wire/instantiate.h"

namespace kolam::wire {

KOLAM_WIRE_MESSAGE(ScriptReceipt)
KOLAM_WIRE_MESSAGE(ScriptCheckpoint)
KOLAM_WIRE_MESSAGE(ScriptCheckpointWanted)
KOLAM_WIRE_MESSAGE(ScriptCookie)

WireResult<ScriptExtension> decodeScriptExtension(OctetView bytes) {
    return decodeAny<ScriptExtension>(bytes);
}

} // namespace kolam::wire
