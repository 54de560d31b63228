// SPDX-License-Identifier: GPL-3.0-or-later
// The words for what a session is doing: shared by its state machine, the nodes and the windows.
// Next door: user_session.h, which lives through these states.
#pragma once

#include "core/base/address.h"
#include "core/base/ids.h"
#include "core/base/time.h"

#include <cstdint>
#include <string_view>

namespace kolam {

/// What a session is doing; every state has a reason that a person understands.
enum class SessionState : std::uint8_t {
    Idle,
    Resolving,  // asking the registrar
    Waiting,    // no registrar, no element, or refused: tries again at SessionStatus::retryAt
    Connecting, // to an element
    Established,
    Closed,
};
/// Why a failover began.
enum class FailoverCause : std::uint8_t {
    None,
    AssociationLost,  // aborted, unreachable, or its process is gone
    PeerShutdown,     // the element ended the session
    KeepAliveTimeout, // the element is frozen
    ConnectFailed,
    Application, // the application asked for it
};
enum class WaitReason : std::uint8_t { None, NoRegistrar, NoElement, Refused, ConnectFailed };
[[nodiscard]] std::string_view toText(FailoverCause cause);
[[nodiscard]] std::string_view toText(SessionState state);
/// "no registrar", "no element", "all slots taken", "no element reachable"; empty for None.
[[nodiscard]] std::string_view toText(WaitReason reason);

struct SessionStatus {
    SessionState state = SessionState::Idle;
    WaitReason waitReason = WaitReason::None;
    TimePoint retryAt{};
    PeIdentifier element; // 0: none
    TransportAddress elementAddress;
    std::uint64_t failovers = 0; // completed
    std::uint64_t attempts = 0;  // connects tried
    std::size_t cookieSize = 0;  // octets; 0: none
    bool peerIsOurs = false;     // it has answered the session keep-alive
    bool peerIsKnown = false; // it has answered, or has had the time to: peerIsOurs and peerFeatures can be relied on
    std::uint32_t peerFeatures = 0;
};

} // namespace kolam
