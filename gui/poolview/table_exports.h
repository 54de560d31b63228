// SPDX-License-Identifier: GPL-3.0-or-later
// A table as text for other programs: every column, also those that are not shown, of the rows that are shown, in
// their order. Next door: pool_table.h; gui/common/saving.h, which writes it.
#pragma once

#include "gui/poolview/pool_table.h"

#include <QTreeView>

namespace kolam::gui {

/// Comma separated values as people read them; of a tree, the rows in its groups.
[[nodiscard]] QString toCsv(const PoolTable& table);
/// {"kolam":"pool view","version":1,"view":"pools","at_ns":...,"rows":[...]}; numbers as numbers, shares from 0 to 1,
/// times in milliseconds, ages as the time since when, in nanoseconds since 1970; groups have "rows" of their own.
[[nodiscard]] QString toJson(const PoolTable& table, const QString& view, WallTime at);
/// Tab separated values for a clipboard: the selected rows, or all when none is, in the columns that are shown.
[[nodiscard]] QString toTsv(const QTreeView& view);

} // namespace kolam::gui
