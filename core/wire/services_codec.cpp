// SPDX-License-Identifier: GPL-3.0-or-later
// The codec of the demonstration services and of their sessions' cookies.
#include "core/wire/instantiate.h"

namespace kolam::wire {

KOLAM_WIRE_MESSAGE(FractalParameter)
KOLAM_WIRE_MESSAGE(FractalData)
KOLAM_WIRE_MESSAGE(FractalCookie)
KOLAM_WIRE_MESSAGE(Ping)
KOLAM_WIRE_MESSAGE(Pong)
KOLAM_WIRE_MESSAGE(PingPongCookie)
KOLAM_WIRE_MESSAGE(CalcAppMessage)
KOLAM_WIRE_MESSAGE(CalcAppCookie)
KOLAM_WIRE_MESSAGE(ScriptNotReady)
KOLAM_WIRE_MESSAGE(ScriptReady)
KOLAM_WIRE_MESSAGE(ScriptUpload)
KOLAM_WIRE_MESSAGE(ScriptDownload)
KOLAM_WIRE_MESSAGE(ScriptKeepAlive)
KOLAM_WIRE_MESSAGE(ScriptKeepAliveAck)
KOLAM_WIRE_MESSAGE(ScriptStatus)
KOLAM_WIRE_MESSAGE(ScriptEnvironment)

WireResult<FractalMessage> decodeFractal(OctetView bytes) {
    return decodeAny<FractalMessage>(bytes);
}
WireResult<PingPongMessage> decodePingPong(OctetView bytes) {
    return decodeAny<PingPongMessage>(bytes);
}
WireResult<ScriptingMessage> decodeScripting(OctetView bytes) {
    return decodeAny<ScriptingMessage>(bytes);
}

} // namespace kolam::wire
