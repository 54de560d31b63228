// SPDX-License-Identifier: GPL-3.0-or-later
// What the two nodes that keep something registered share: limits out of a profile, and the state's name outside.
// Next door: element_node.cpp and registration_node.cpp, the two.
#pragma once

#include "core/asap/element_registration.h"
#include "core/node/element_node.h"
#include "core/node/profile.h"

#include <algorithm>
#include <utility>

namespace kolam {

[[nodiscard]] inline asap::RegistrationLimits registrationLimits(const Profile& profile) {
    using namespace std::chrono_literals;
    return {.reRegistration = profile.reRegistration,
            .life = profile.registrationLife,
            .retry = profile.retryFirst,
            .loadSpacing = std::clamp<Duration>(profile.reRegistration / 20, 100ms, 1s)};
}

[[nodiscard]] inline ElementState asState(asap::ElementRegistration::State state) {
    using State = asap::ElementRegistration::State;
    switch (state) {
    case State::Looking: return ElementState::Looking;
    case State::Registering: return ElementState::Registering;
    case State::Registered: return ElementState::Registered;
    case State::Rejected: return ElementState::Rejected;
    case State::Leaving: return ElementState::Leaving;
    case State::Left: return ElementState::Left;
    }
    std::unreachable();
}

} // namespace kolam
