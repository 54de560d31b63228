// SPDX-License-Identifier: GPL-3.0-or-later
// The command line of kolam-monitor as values. Errors are sentences that name the option. Next door: main.cpp.
#pragma once

#include "core/base/address.h"
#include "gui/monitor/layouts.h"

#include <QSize>
#include <QString>
#include <QStringList>
#include <chrono>
#include <expected>
#include <optional>

namespace kolam::gui {

struct MonitorOptions {
    QString scope;                       // of components on this host
    std::optional<TransportAddress> csp; // where reports are taken
    QString replay;                      // a recording
    QString record;                      // a recording to be written
    QString control;                     // socket of a demonstration
    QString theme;                       // empty: as last time
    std::optional<Layout> layout;
    std::optional<QSize> size;
    bool headless = false;
    QString screenshot;
    std::chrono::milliseconds at{2'000};  // of the screenshot, after the start
    bool screenshotAfterFailover = false; // of the first one
    bool resetSettings = false;
};

struct MonitorCommandLineEnd { // the program ends before it began: --help, --version, or a mistake
    QString text;
    bool isError = false;
};

[[nodiscard]] std::expected<MonitorOptions, MonitorCommandLineEnd> parseMonitorOptions(const QStringList& arguments);

} // namespace kolam::gui
