// SPDX-License-Identifier: GPL-3.0-or-later
// A picture of a window at a time, or after the first failover, for documents and for people without a display.
// Next door: watch_options.h, where one asks for it; gui/common/saving.h.
#pragma once

#include "gui/common/playback.h"
#include "gui/feeds/feed.h"
#include "gui/feeds/watch_options.h"

#include <QObject>
#include <QTimer>
#include <functional>

class QWidget;

namespace kolam::gui {

class ScreenshotTaker final : public QObject {
    Q_OBJECT
public:
    /// @param refresh  shows everything at once, and not with the next frame. All must outlive the taker.
    ScreenshotTaker(QWidget& window, const Feed& feed, const Playback& playback, std::function<void()> refresh,
                    const WatchOptions& options);
    /// 1: it could not be written, the failover never came, or there was nothing to be seen because the feed has
    /// failed.
    [[nodiscard]] int exitCode() const { return m_exitCode; }

private:
    void look();
    void take();

    QWidget& m_window;
    const Playback& m_playback;
    std::function<void()> m_refresh;
    WatchOptions m_options;
    QTimer m_timer;
    bool m_feedFailed = false;
    int m_exitCode = 1; // until it is there
};

} // namespace kolam::gui
