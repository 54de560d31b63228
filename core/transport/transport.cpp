// SPDX-License-Identifier: GPL-3.0-or-later
// The words for what happens to associations.
#include "core/transport/transport.h"

#include <utility>

namespace kolam::transport {

std::string_view toText(DownReason reason) {
    switch (reason) {
    case DownReason::ShutdownByUs: return "shut down by us";
    case DownReason::ShutdownByPeer: return "shut down by the peer";
    case DownReason::AbortByUs: return "aborted by us";
    case DownReason::AbortByPeer: return "aborted by the peer";
    case DownReason::Refused: return "refused";
    case DownReason::SetupTimeout: return "no answer to the set-up";
    case DownReason::Unreachable: return "unreachable";
    case DownReason::ProcessGone: return "process gone";
    case DownReason::EndpointClosed: return "endpoint closed";
    }
    std::unreachable();
}

} // namespace kolam::transport
