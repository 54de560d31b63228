// SPDX-License-Identifier: GPL-3.0-or-later
// The map as a file. Returns what went wrong, as a sentence; empty: nothing.
// Next door: gui/common/saving.h, other files; window_view.cpp, the actions.
#pragma once

#include <QString>

namespace kolam::gui {

class TopologyView;

/// PNG in twice the resolution, or SVG if the name ends so.
[[nodiscard]] QString saveMap(TopologyView& map, const QString& path);

} // namespace kolam::gui
