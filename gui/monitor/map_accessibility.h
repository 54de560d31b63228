// SPDX-License-Identifier: GPL-3.0-or-later
// The map for those who do not see it: each node that is on the screen is a child with name, state and place, the
// selected one has the focus. Next door: topology_view.h; gui/common/rows.h, the same as a list.
#pragma once

namespace kolam::gui {

/// Once; before the first map is asked about.
void installMapAccessibility();

} // namespace kolam::gui
