// SPDX-License-Identifier: GPL-3.0-or-later
// A model as rows of tables: components by pool, sessions, failovers, and all that is known of one node.
// Next door: row_model.h, which shows rows; sentences.h, the words.
#pragma once

#include "gui/common/row_model.h"

#include <QStringList>

namespace kolam::gui {

[[nodiscard]] QStringList componentHeadings();
/// Registrars, then the elements of each pool, then users; a group says how many of them are well.
[[nodiscard]] std::vector<Row> componentRows(const Model& model);

[[nodiscard]] QStringList sessionHeadings();
[[nodiscard]] std::vector<Row> sessionRows(const Model& model);

[[nodiscard]] QStringList failoverHeadings();
/// Newest first; a row's number is the failover's index in the model.
[[nodiscard]] std::vector<Row> failoverRows(const Model& model);

[[nodiscard]] QStringList inspectorHeadings();
[[nodiscard]] std::vector<Row> inspectorRows(const Model& model, const NodeId& node);

[[nodiscard]] QString stageText(SessionView::Stage stage);

} // namespace kolam::gui
