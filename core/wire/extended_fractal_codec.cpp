// SPDX-License-Identifier: GPL-3.0-or-later
// The codec of our extension of the fractal protocol.
#include "core/wire/extended_fractal.h"

#include "core/wire/instantiate.h"

namespace kolam::wire {

KOLAM_WIRE_MESSAGE(ExtendedFractalParameter)
KOLAM_WIRE_MESSAGE(ExtendedFractalData)
KOLAM_WIRE_MESSAGE(ExtendedFractalRefusal)

} // namespace kolam::wire
