// SPDX-License-Identifier: GPL-3.0-or-later
// The lessons that come with the program, and how any scenario is played in a window: the file is read, and copied to
// where the lab's logs are. Next door: demos/scenarios, the files; gui/feeds/scenario_lab.h, which plays them.
#pragma once

#include "demos/lab/scenario.h"

#include <QList>
#include <QString>
#include <expected>

namespace kolam::gui {

struct ShippedLesson {
    QString path;  // within the program
    QString title; // in the windows' language
};
[[nodiscard]] QList<ShippedLesson> shippedLessons();

/// From a file, or one within the program. The error is a sentence without its full stop.
[[nodiscard]] std::expected<lab::Scenario, QString> readScenarioFile(const QString& path);
/// @return what is wrong; empty: nothing
[[nodiscard]] QString copyScenario(const QString& path, const QString& target);

/// Opens a window of its own for a scenario. @return whether it could be started
bool openScenarioWindow(const QString& path);

} // namespace kolam::gui
