// SPDX-License-Identifier: GPL-3.0-or-later
// By what a desktop recognises a program's windows: icon and name of the entry in its menu, as desktop/ has them.
#pragma once

class QIcon;
class QString;

namespace kolam::gui {

/// The icon of "kolam-monitor" and its like: the desktop's, where the program is installed, else the one inside of it.
[[nodiscard]] QIcon programIcon(const QString& program);
/// Gives all windows of this program their icon, and their compositor the name to look for. Needs a QGuiApplication.
void introduce(const QString& program);

} // namespace kolam::gui
