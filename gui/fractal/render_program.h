// SPDX-License-Identifier: GPL-3.0-or-later
// kolam-fractal --render: a picture into a file, without a window and without a display.
// Next door: picture_render.h does it; main.cpp decides whether there is a window.
#pragma once

#include "gui/common/language.h"
#include "gui/fractal/options.h"
#include "gui/fractal/pool_backend.h"

namespace kolam::gui {

/// Runs to the end of the picture, or to a signal; tells about it on standard error.
/// @return the program's exit code: 0 when the file is there
int runRender(int argc, char* argv[], const Options& options, const LanguageChoice& language,
              const PoolBackend::Config& poolConfig);

} // namespace kolam::gui
