// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/session_types.h"

#include <utility>

namespace kolam {

std::string_view toText(FailoverCause cause) {
    switch (cause) {
    case FailoverCause::None: return "none";
    case FailoverCause::AssociationLost: return "association lost";
    case FailoverCause::PeerShutdown: return "ended by the element";
    case FailoverCause::KeepAliveTimeout: return "keep-alive timed out";
    case FailoverCause::ConnectFailed: return "connect failed";
    case FailoverCause::Application: return "asked for by the application";
    }
    std::unreachable();
}

std::string_view toText(SessionState state) {
    switch (state) {
    case SessionState::Idle: return "idle";
    case SessionState::Resolving: return "resolving";
    case SessionState::Waiting: return "waiting";
    case SessionState::Connecting: return "connecting";
    case SessionState::Established: return "established";
    case SessionState::Closed: return "closed";
    }
    std::unreachable();
}

std::string_view toText(WaitReason reason) {
    switch (reason) {
    case WaitReason::None: return "";
    case WaitReason::NoRegistrar: return "no registrar";
    case WaitReason::NoElement: return "no element";
    case WaitReason::Refused: return "all slots taken";
    case WaitReason::ConnectFailed: return "no element reachable";
    }
    std::unreachable();
}

} // namespace kolam
