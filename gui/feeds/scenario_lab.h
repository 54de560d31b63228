// SPDX-License-Identifier: GPL-3.0-or-later
// Starts a lab of this window's own, which plays a scenario. When the window's end of the socket pair closes, the lab
// heals and ends everything it has started, and itself.
// Next door: lab_client.h, which talks to it; demos/lab/lab_service.h, the other end.
#pragma once

#include <QString>
#include <expected>

namespace kolam::gui {

struct ScenarioLab {
    QString programs; // the folder of kolam
    QString scenario;
    QString logs; // a folder that is there
    QString scope;
    bool byHand = false; // only what is asked for is done
    bool windows = true; // of users; else they draw to nowhere
};
/// @return our end, for LabClient. The error is a sentence without its full stop.
[[nodiscard]] std::expected<int, QString> startLab(const ScenarioLab& lab);

} // namespace kolam::gui
