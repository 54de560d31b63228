// SPDX-License-Identifier: GPL-3.0-or-later
// The command line of kolam-poolview as values. Next door: gui/feeds/watch_options.h, most of it; main.cpp.
#pragma once

#include "core/telemetry/component.h"
#include "gui/feeds/watch_options.h"

namespace kolam::gui {

struct PoolViewOptions : WatchOptions {
    QString view;                                 // the table that is shown first; empty: as last time
    std::optional<telemetry::ComponentId> select; // when it appears
    bool allowControl = false;                    // else the window only watches
    QString auditLog;                             // where operations are written down
};

[[nodiscard]] std::expected<PoolViewOptions, WatchCommandLineEnd> parsePoolViewOptions(const QStringList& arguments);

} // namespace kolam::gui
