// SPDX-License-Identifier: GPL-3.0-or-later
// The codec of ASAP.
#include "core/wire/instantiate.h"

namespace kolam::wire {

KOLAM_WIRE_MESSAGE(Registration)
KOLAM_WIRE_MESSAGE(Deregistration)
KOLAM_WIRE_MESSAGE(RegistrationResponse)
KOLAM_WIRE_MESSAGE(DeregistrationResponse)
KOLAM_WIRE_MESSAGE(HandleResolution)
KOLAM_WIRE_MESSAGE(HandleResolutionResponse)
KOLAM_WIRE_MESSAGE(EndpointKeepAlive)
KOLAM_WIRE_MESSAGE(EndpointKeepAliveAck)
KOLAM_WIRE_MESSAGE(EndpointUnreachable)
KOLAM_WIRE_MESSAGE(ServerAnnounce)
KOLAM_WIRE_MESSAGE(Cookie)
KOLAM_WIRE_MESSAGE(CookieEcho)
KOLAM_WIRE_MESSAGE(BusinessCard)
KOLAM_WIRE_MESSAGE(AsapError)

WireResult<AsapMessage> decodeAsap(OctetView bytes) {
    return decodeAny<AsapMessage>(bytes);
}

} // namespace kolam::wire
