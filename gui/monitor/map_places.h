// SPDX-License-Identifier: GPL-3.0-or-later
// Where people have put nodes, and the picture behind them, remembered for each scenario, scope or recording.
// Next door: topology_view.h, where they are put.
#pragma once

#include "gui/monitor/topology_view.h"

class QSettings;

namespace kolam::gui {

/// @param key  whose places they are; may be empty
void savePlaces(QSettings& settings, const QString& key, const TopologyView& map, const QString& picture);
/// @return where the picture is; empty: there is none
QString loadPlaces(QSettings& settings, const QString& key, TopologyView& map);

/// A scope without the process's number in its name, or the name of a file: the same as the next time.
[[nodiscard]] QString placesKey(const QString& scope, const QString& file);

} // namespace kolam::gui
