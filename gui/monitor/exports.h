// SPDX-License-Identifier: GPL-3.0-or-later
// What the window shows, as files. Each returns what went wrong, as a sentence; empty: nothing.
// Next door: monitor_window.cpp, the actions.
#pragma once

#include <QString>

class QWidget;

namespace kolam::gui {

class TopologyView;

/// PNG in twice the resolution, or SVG if the name ends so.
[[nodiscard]] QString saveMap(TopologyView& map, const QString& path);
[[nodiscard]] QString saveText(const QString& path, const QString& text);
[[nodiscard]] QString saveScreenshot(QWidget& window, const QString& path);

} // namespace kolam::gui
