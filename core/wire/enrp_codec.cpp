// SPDX-License-Identifier: GPL-3.0-or-later
// The codec of ENRP.
#include "core/wire/instantiate.h"

namespace kolam::wire {

KOLAM_WIRE_MESSAGE(Presence)
KOLAM_WIRE_MESSAGE(HandleTableRequest)
KOLAM_WIRE_MESSAGE(HandleTableResponse)
KOLAM_WIRE_MESSAGE(HandleUpdate)
KOLAM_WIRE_MESSAGE(ListRequest)
KOLAM_WIRE_MESSAGE(ListResponse)
KOLAM_WIRE_MESSAGE(InitTakeover)
KOLAM_WIRE_MESSAGE(InitTakeoverAck)
KOLAM_WIRE_MESSAGE(TakeoverServer)
KOLAM_WIRE_MESSAGE(EnrpError)

WireResult<EnrpMessage> decodeEnrp(OctetView bytes) {
    return decodeAny<EnrpMessage>(bytes);
}

} // namespace kolam::wire
