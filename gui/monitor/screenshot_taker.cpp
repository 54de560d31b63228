// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/monitor/screenshot_taker.h"

#include "gui/monitor/charts_panel.h"
#include "gui/monitor/exports.h"
#include "gui/monitor/monitor_window.h"

#include <algorithm>
#include <cstdio>

namespace kolam::gui {

namespace {
constexpr std::chrono::milliseconds afterwards{1'200}; // so that one sees the failover and what came of it
} // namespace

ScreenshotTaker::ScreenshotTaker(MonitorWindow& window, const MonitorOptions& options)
    : m_window(window)
    , m_options(options) {
    m_timer.setSingleShot(true);
    if (options.screenshotAfterFailover) {
        connect(&window.playback(), &Playback::shown, this, &ScreenshotTaker::look);
        connect(&m_timer, &QTimer::timeout, this, &ScreenshotTaker::take);
    } else {
        connect(&m_timer, &QTimer::timeout, this, &ScreenshotTaker::take);
        m_timer.start(options.at);
    }
}

void ScreenshotTaker::look() {
    const auto& failovers = m_window.playback().history().live().failovers();
    const bool ended =
        std::ranges::any_of(failovers, [](const Failover& failover) { return failover.took.has_value(); });
    if (ended && m_exitCode != 0 && !m_timer.isActive()) {
        m_timer.start(afterwards);
    }
}

void ScreenshotTaker::take() {
    m_window.refresh();
    m_window.charts().refresh();
    const QString trouble = saveScreenshot(m_window, m_options.screenshot);
    m_exitCode = trouble.isEmpty() ? 0 : 1;
    if (!trouble.isEmpty()) {
        std::fprintf(stderr, "kolam-monitor: %s.\n", qPrintable(trouble));
    }
    if (m_options.headless) {
        m_window.close();
    }
}

} // namespace kolam::gui
