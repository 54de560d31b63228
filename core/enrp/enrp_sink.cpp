// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/enrp/enrp_sink.h"

#include <utility>

namespace kolam::enrp {

std::string_view toText(IncidentKind kind) {
    switch (kind) {
    case IncidentKind::Malformed: return "malformed";
    case IncidentKind::Unauthorized: return "not allowed";
    case IncidentKind::Stranger: return "from a stranger";
    case IncidentKind::NotOwner: return "not its element";
    case IncidentKind::Collision: return "an identifier that is taken";
    case IncidentKind::Refused: return "an element that does not fit";
    case IncidentKind::TooMany: return "too many";
    case IncidentKind::Reported: return "reports an error of ours";
    }
    std::unreachable();
}

std::string_view toText(PeerChange change) {
    switch (change) {
    case PeerChange::Appeared: return "appeared";
    case PeerChange::Silent: return "is silent";
    case PeerChange::Returned: return "is back";
    case PeerChange::TakingOver: return "is dead";
    case PeerChange::TakenOver: return "is taken over";
    case PeerChange::Lost: return "is gone";
    }
    std::unreachable();
}

} // namespace kolam::enrp
