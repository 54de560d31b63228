// SPDX-License-Identifier: GPL-3.0-or-later
// A picture of the window at a time, or after the first failover, for documents and for people without a display.
// Next door: options.h, where one asks for it; exports.h.
#pragma once

#include "gui/monitor/options.h"

#include <QObject>
#include <QTimer>

namespace kolam::gui {

class MonitorWindow;

class ScreenshotTaker final : public QObject {
    Q_OBJECT
public:
    ScreenshotTaker(MonitorWindow& window, const MonitorOptions& options);
    /// 1: it could not be written, or the failover never came.
    [[nodiscard]] int exitCode() const { return m_exitCode; }

private:
    void look();
    void take();

    MonitorWindow& m_window;
    MonitorOptions m_options;
    QTimer m_timer;
    int m_exitCode = 1; // until it is there
};

} // namespace kolam::gui
