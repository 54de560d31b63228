// SPDX-License-Identifier: GPL-3.0-or-later
// How much one association, one host or one pool may ask of a registrar. 0 always means: no limit.
// Next door: registrar_side.h keeps to them, node/registrar_node.h bounds what waits to be sent.
#pragma once

#include "core/base/token_bucket.h"

#include <cstddef>

namespace kolam::asap {

struct RegistrarLimits {
    std::size_t associations = 10'000;
    std::size_t associationsPerHost = 64; // loopback is exempt: all programs of a demonstration share it
    std::size_t elements = 100'000;
    std::size_t elementsPerAssociation = 64;
    std::size_t elementsPerPool = 1'024;
    std::size_t poolsPerAssociation = 16;
    std::size_t handleOctets = 255;
    RateLimit registrations{20, 100};  // multiplied by the number of elements that the association has
    RateLimit resolutions{200, 1'000}; // per association
    RateLimit unreachableReports{10, 50};
};

} // namespace kolam::asap
