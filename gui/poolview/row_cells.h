// SPDX-License-Identifier: GPL-3.0-or-later
// Cells of rows: a value as people read it, and as it is sorted and exported. Next door: pool_rows.h.
#pragma once

#include "gui/common/row_model.h"
#include "gui/common/sentences.h"
#include "gui/poolview/state_story.h"

namespace kolam::gui {

[[nodiscard]] inline Cell countCell(std::uint64_t value) {
    return {QString::number(value), QVariant::fromValue<qulonglong>(value)};
}
/// @param value  0 to 1
[[nodiscard]] Cell shareCell(double value);
/// Sorted, and exported, in milliseconds.
[[nodiscard]] inline Cell timeCell(Duration value) {
    return {textOf(value), std::chrono::duration<double, std::milli>(value).count()};
}
[[nodiscard]] inline Cell stateCell(ElementState state) {
    return {wordOf(state), static_cast<int>(state)};
}
/// Sorted by when it began, so that the order does not change as time passes; the youngest have the least age.
[[nodiscard]] inline Cell ageCell(WallTime since, WallTime now) {
    return {since == WallTime{} ? QString() : ageText(ageOf(since, now)), QVariant::fromValue<qlonglong>(-since.value)};
}
/// One key for a node, in tables and settings.
[[nodiscard]] inline QString keyOf(const NodeId& node) {
    return QString::fromStdString(telemetry::toText(node.component)) + u'/' + textOf(node.pool);
}
/// "LeastUsed" of "LeastUsed:load=50%": what changes all the time has a column of its own.
[[nodiscard]] inline QString policyName(const std::string& policy) {
    return QString::fromStdString(policy.substr(0, policy.find(':')));
}

} // namespace kolam::gui
