// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/enrp/enrp_settings.h"

#include <utility>

namespace kolam::enrp {

std::string_view toText(PeerState state) {
    switch (state) {
    case PeerState::Active: return "active";
    case PeerState::Probing: return "silent";
    case PeerState::TakingOver: return "being taken over";
    case PeerState::Yielded: return "taken over by another";
    }
    std::unreachable();
}

} // namespace kolam::enrp
