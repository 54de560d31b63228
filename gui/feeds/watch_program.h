// SPDX-License-Identifier: GPL-3.0-or-later
// What main() of every program does that watches pools: from options to a feed and to how windows look.
// Next door: watch_options.h.
#pragma once

#include "gui/feeds/feed.h"
#include "gui/feeds/watch_options.h"

#include <memory>

class QApplication;
class QSettings;

namespace kolam::gui {

[[nodiscard]] QStringList argumentsOf(int argc, char* argv[]);
/// Tells --help and --version, or what is wrong with the command line.
/// @return the program's exit code
[[nodiscard]] int tellEnd(const WatchCommandLineEnd& end);
/// Before the application is made: signals become events of the feed, and without a display Qt needs none.
void prepareProcess(const WatchOptions& options);
/// The theme that is wanted, else that of last time, else the desktop's; without a display always the same.
void applyWantedTheme(QApplication& application, const WatchOptions& options, const QSettings& settings);
/// The source that is wanted. Its complaints go to the standard error stream, too, for those who see no window.
[[nodiscard]] std::unique_ptr<Feed> makeFeed(const WatchOptions& options);

} // namespace kolam::gui
