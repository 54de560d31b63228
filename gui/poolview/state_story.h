// SPDX-License-Identifier: GPL-3.0-or-later
// Why something is in its state, who says so, and since when: what an operator asks before he does anything.
// Next door: gui/common/element_state.h, the state itself.
#pragma once

#include "gui/common/element_state.h"

#include <QString>

namespace kolam::gui {

struct StateStory {
    ElementState state = ElementState::Unknown;
    QString reason;
    QString teller; // "PE 0x0a000001" for its own word, "users", "this window", ...
    WallTime since;
    bool inferred = false; // nobody has said so: it follows from what others say
};

[[nodiscard]] StateStory storyOfState(const Model& model, const NodeId& node);

/// "12 s", "4 min", "3 h", "2 d": how long ago, in one figure; "now" below a second.
[[nodiscard]] QString ageText(Duration age);
/// From `since` to `now`, never negative.
[[nodiscard]] Duration ageOf(WallTime since, WallTime now);

} // namespace kolam::gui
