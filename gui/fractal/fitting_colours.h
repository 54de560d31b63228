// SPDX-License-Identifier: GPL-3.0-or-later
// Colours for a picture of which nobody has said how it is coloured, as in the parameter files of others: always the
// same for the same place, other ones for another. Next door: palette.h; gallery_model.h and slide show use them.
#pragma once

#include "core/wire/services.h"
#include "gui/fractal/palette.h"

#include <functional>

namespace kolam::gui {

/// Computes some points of the picture, here and now, to see which counts it has: within some milliseconds.
/// @param cancelled  asked now and then; true ends early, with whatever colours
[[nodiscard]] Colouring fittingColours(const wire::FractalParameter& parameter,
                                       const std::function<bool()>& cancelled = {});

} // namespace kolam::gui
