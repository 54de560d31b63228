// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/feeds/screenshot_taker.h"

#include "gui/common/saving.h"

#include <QCoreApplication>
#include <QWidget>
#include <algorithm>
#include <cstdio>

namespace kolam::gui {

namespace {
constexpr std::chrono::milliseconds afterwards{1'200}; // so that one sees the failover and what came of it
} // namespace

ScreenshotTaker::ScreenshotTaker(QWidget& window, const Feed& feed, const Playback& playback,
                                 std::function<void()> refresh, const WatchOptions& options)
    : m_window(window)
    , m_playback(playback)
    , m_refresh(std::move(refresh))
    , m_options(options) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &ScreenshotTaker::take);
    connect(&feed, &Feed::failed, this, [this] { m_feedFailed = true; });
    if (options.screenshotAfterFailover) {
        connect(&playback, &Playback::shown, this, &ScreenshotTaker::look);
    } else {
        m_timer.start(options.at);
    }
}

void ScreenshotTaker::look() {
    const auto& failovers = m_playback.history().live().failovers();
    const bool ended =
        std::ranges::any_of(failovers, [](const Failover& failover) { return failover.took.has_value(); });
    if (ended && m_exitCode != 0 && !m_timer.isActive()) {
        m_timer.start(afterwards);
    }
}

void ScreenshotTaker::take() {
    m_refresh();
    const QString trouble = saveScreenshot(m_window, m_options.screenshot);
    const bool shows = !m_feedFailed || m_playback.history().live().events() > 0;
    m_exitCode = trouble.isEmpty() && shows ? 0 : 1;
    if (!trouble.isEmpty()) {
        std::fprintf(stderr, "%s: %s.\n", qPrintable(QCoreApplication::applicationName()), qPrintable(trouble));
    }
    if (m_options.headless) {
        m_window.close();
    }
}

} // namespace kolam::gui
