// SPDX-License-Identifier: GPL-3.0-or-later
// Events in words that a person understands, and what each is about: so that lists lead to the map, and the map to
// lists. Next door: model.h; core/telemetry/event_log.h says the same for machines.
#pragma once

#include "gui/common/event_list_model.h"
#include "gui/common/model.h"

#include <QString>
#include <vector>

namespace kolam::gui {

/// "PR 0x00000001", "PE 0x0a000001", "PU 4f2a": short, and the same everywhere.
[[nodiscard]] QString nameOf(const NodeId& node);
[[nodiscard]] QString nameOf(ComponentId component);
/// "registrar", "element", "user".
[[nodiscard]] QString roleName(telemetry::Role role);
[[nodiscard]] QString textOf(const PoolHandle& pool);
/// "3.2 ms", "410 µs", "5.1 s", in three figures.
[[nodiscard]] QString textOf(Duration duration);
/// "14:02:17.095", local time.
[[nodiscard]] QString clockText(WallTime time, bool microseconds = false);

/// What an event says to people; nothing for what is only for machines.
struct Sentence {
    Severity severity = Severity::Info;
    QString text;
};
[[nodiscard]] Sentence sentenceOf(const telemetry::Event& event);
/// Whom it is about: its teller last.
[[nodiscard]] std::vector<NodeId> subjectsOf(const telemetry::Event& event);

/// What deserves a mark on the time line.
enum class Mark : quint8 { None, Crash, Failover, Takeover, Fault, Registration };
[[nodiscard]] Mark markOf(const telemetry::Event& event);

/// What a component says in words of its own, in our language where they are known ones; else as it is.
[[nodiscard]] QString toldText(const std::string& words);
/// "3 rows": work in the unit that an application gives it.
[[nodiscard]] QString amountText(quint64 amount, const std::string& unit);
[[nodiscard]] QString reasonText(telemetry::FailoverReason reason);
[[nodiscard]] QString faultText(telemetry::FaultKind kind);

} // namespace kolam::gui
