// SPDX-License-Identifier: GPL-3.0-or-later
// A table on sheets of A4, for people who hand it on: the rows and columns that are shown, with headings and numbers on
// each sheet. Next door: table_exports.h, tables for other programs.
#pragma once

#include <QString>

class QTreeView;

namespace kolam::gui {

/// As PDF. Groups that are closed stay closed.
/// @return what went wrong, as a sentence; empty: nothing
[[nodiscard]] QString saveSheets(const QTreeView& view, const QString& title, const QString& path);

} // namespace kolam::gui
