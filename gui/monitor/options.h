// SPDX-License-Identifier: GPL-3.0-or-later
// The command line of kolam-monitor as values. Next door: gui/feeds/watch_options.h, most of it; main.cpp.
#pragma once

#include "gui/feeds/watch_options.h"
#include "gui/monitor/layouts.h"

namespace kolam::gui {

struct MonitorOptions : WatchOptions {
    std::optional<Layout> layout;
    QString scenario; // a file to be played, with its lesson if it has one
};

[[nodiscard]] std::expected<MonitorOptions, WatchCommandLineEnd> parseMonitorOptions(const QStringList& arguments);

} // namespace kolam::gui
