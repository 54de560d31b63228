// SPDX-License-Identifier: GPL-3.0-or-later
// How the state machines name an association. The number is the transport's (transport::AssocId), which they do not
// know: core/node carries it across.
#pragma once

#include <cstdint>

namespace kolam {

enum class AssociationId : std::uint64_t { None = 0 };

} // namespace kolam
