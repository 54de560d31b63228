// SPDX-License-Identifier: GPL-3.0-or-later
// A model as the rows of the pool view's tables, with every column that an operator may want to see; and its counts.
// Pure functions of the model and of the moment. Next door: pool_table.h, which shows rows; state_story.h.
#pragma once

#include "gui/common/model.h"
#include "gui/poolview/pool_table.h"

#include <array>

namespace kolam::gui {

/// What a pool adds up to.
struct PoolCounts {
    std::array<int, elementStates> states{}; // of elements, by ElementState
    int pools = 0;
    int elements = 0;
    int registrars = 0; // that are up
    std::uint64_t sessions = 0;
    int failoversLastHour = 0;
    Duration failoverP95{}; // of those
};
[[nodiscard]] PoolCounts countsOf(const Model& model, WallTime now);

/// Of pools and elements: the tree's and the flat table's are the same.
[[nodiscard]] std::vector<Column> elementColumns(bool asTree);
/// A group for each pool.
[[nodiscard]] std::vector<Row> poolRows(const Model& model, WallTime now);
[[nodiscard]] std::vector<Row> elementRows(const Model& model, WallTime now);

[[nodiscard]] std::vector<Column> registrarColumns();
[[nodiscard]] std::vector<Row> registrarRows(const Model& model, WallTime now);

[[nodiscard]] std::vector<Column> sessionColumns();
[[nodiscard]] std::vector<Row> poolSessionRows(const Model& model, WallTime now);

/// Elements about which registrars differ.
[[nodiscard]] std::vector<Column> differenceColumns();
[[nodiscard]] std::vector<Row> differenceRows(const Model& model, WallTime now);

/// The RFC's checksum (RFC 5353, PE checksum) over all elements that a registrar knows, whoever owns them: equal
/// handlespaces have equal ones.
[[nodiscard]] std::uint16_t checksumOf(const Model& model, ComponentId registrar);
/// Who does not know the element, and how homes differ, in words; empty: nobody differs.
[[nodiscard]] QString differenceText(const Model& model, const ElementView& element);

} // namespace kolam::gui
